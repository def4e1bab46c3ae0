"""Activities: what happened with a customer."""

from datetime import date, datetime

from sqlmodel import Field, Index

from desktop_crm.storage.tables.base import Instant, Record, link


class Activity(Record, table=True):
    """A call, meeting, visit, message or note; `name` is what was said, `on_date` its local day."""

    __tablename__ = "activities"
    __table_args__ = (
        Index("activities_day", "on_date", "state", "kind", "seller_id"),
        Index("activities_customer", "customer_id", "state", "on_date"),
        {"sqlite_autoincrement": True},
    )

    external_id: str | None = Field(default=None, index=True)
    name: str
    kind: str = "note"
    direction: str | None = None
    state: str = "held"
    on_date: date | None = None
    at: datetime | None = Field(default=None, sa_type=Instant)
    minutes: int | None = None
    outcome: str | None = None
    customer_id: int | None = Field(default=None, foreign_key="customers.id", ondelete="CASCADE")
    contact_id: int | None = link("contacts")
    deal_id: int | None = link("deals")
    seller_id: int | None = link("sellers")
    name_fold: str = ""
