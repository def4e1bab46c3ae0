"""Payments, planned and received."""

from datetime import date

from sqlmodel import Field

from desktop_crm.storage.tables.base import Record, link


class Payment(Record, table=True):
    """Money due on a day, received on a day, or both; minor units of `currency`."""

    __tablename__ = "payments"

    external_id: str | None = Field(default=None, index=True)
    name: str = ""
    customer_id: int | None = link("customers")
    deal_id: int | None = link("deals")
    seller_id: int | None = link("sellers")
    amount: int
    currency: str
    due_on: date | None = Field(default=None, index=True)
    received_on: date | None = Field(default=None, index=True)
    method: str | None = None
