"""Payments planned and received, the receipts given for them, and the cash that was counted."""

from datetime import date, datetime

from sqlalchemy import text
from sqlmodel import Field, Index, UniqueConstraint

from desktop_crm.storage.tables.base import Instant, Record, flag, link


class Payment(Record, table=True):
    """Money due on a day, received on a day, or both; minor units of `currency`, below zero for a refund.

    Money that comes at once for several deals is several rows with the same `taking`. `state` tells of what is on its
    way (`cod`, `held`, `deposited`) or never came (`bounced`); received money has none or `cleared`. Rows `on_account`
    lower what the customer owes.
    """

    __tablename__ = "payments"
    __table_args__ = (
        # The daily report reads these alone.
        Index("payments_due", "due_on", "currency", "amount", "seller_id", "state"),
        Index("payments_received", "received_on", "due_on", "currency", "amount", "seller_id", "method", "state",
              "on_account", "deal_id"),
        Index("payments_account", "customer_id", "currency", "amount", "received_on",
              sqlite_where=text("on_account = 1 AND received_on IS NOT NULL")),
        Index("payments_taking", "taking"),
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
    state: str | None = None
    taking: str | None = None
    on_account: bool = flag()


class Receipt(Record, table=True):
    """A numbered receipt as it was given: `content` is the paper as JSON. A number is voided, never used again."""

    __tablename__ = "receipts"
    __table_args__ = (UniqueConstraint("series", "number"), {"sqlite_autoincrement": True})

    series: str = ""
    number: int
    on_date: date
    amount: int
    currency: str
    taking: str | None = Field(default=None, index=True)
    customer_id: int | None = link("customers")
    deal_id: int | None = link("deals")
    content: str = "{}"
    voided_at: datetime | None = Field(default=None, sa_type=Instant)


class CashCount(Record, table=True):
    """The cash that someone counted at the end of a business day; minor units of `currency`."""

    __tablename__ = "cash_counts"

    on_date: date = Field(unique=True)
    amount: int
    currency: str
    seller_id: int | None = link("sellers")
    notes: str | None = None
