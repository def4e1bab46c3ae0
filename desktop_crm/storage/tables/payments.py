"""Payments, planned and received."""

from datetime import date

from sqlmodel import Field, Index

from desktop_crm.storage.tables.base import Record, link


class Payment(Record, table=True):
    """Money due on a day, received on a day, or both; minor units of `currency`."""

    __tablename__ = "payments"
    __table_args__ = (
        Index("payments_due", "due_on", "currency", "amount", "seller_id"),
        Index("payments_received", "received_on", "due_on", "currency", "amount", "seller_id"),
        {"sqlite_autoincrement": True},
    )

    external_id: str | None = Field(default=None, index=True)
    name: str = ""
    customer_id: int | None = link("customers")
    deal_id: int | None = link("deals")
    seller_id: int | None = link("sellers")
    amount: int
    currency: str
    due_on: date | None = None
    received_on: date | None = None
    method: str | None = None
