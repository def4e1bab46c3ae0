"""Tasks: what is to be done, for whom, by when."""

from datetime import date, datetime

from sqlmodel import Field, Index

from desktop_crm.storage.tables.base import Instant, Record, link


class Task(Record, table=True):
    """A to-do; `due_on` is a local day and `due_time` a local 'HH:MM', each may be unknown.

    It rings `remind_minutes` before it is due (none: never); `ring_at` is the instant of its next ring, none once it
    was answered.
    """

    __tablename__ = "tasks"
    __table_args__ = (
        Index("tasks_open", "done_on", "due_on", "due_time"),
        Index("tasks_due", "due_on", "done_on", "seller_id"),
        Index("tasks_seller", "seller_id", "done_on", "due_on"),
        Index("tasks_customer", "customer_id", "done_on", "due_on"),
        {"sqlite_autoincrement": True},
    )

    external_id: str | None = Field(default=None, index=True)
    name: str
    kind: str = "call"
    due_on: date | None = None
    due_time: str | None = None
    minutes: int | None = None
    important: bool = False
    urgent: bool = False
    done_on: date | None = None
    done_at: datetime | None = Field(default=None, sa_type=Instant)
    customer_id: int | None = Field(default=None, foreign_key="customers.id", ondelete="CASCADE")
    contact_id: int | None = link("contacts")
    deal_id: int | None = link("deals", cascade=True)
    seller_id: int | None = Field(default=None, foreign_key="sellers.id", ondelete="SET NULL")
    notes: str | None = None
    created_on: date | None = None
    name_fold: str = ""
    more_fold: str = ""
    remind_minutes: int | None = None
    ring_at: datetime | None = Field(default=None, sa_type=Instant, index=True)
