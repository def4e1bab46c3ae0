"""Pipelines, stages, deals with their lines, and the stage log."""

from datetime import date, datetime

from sqlalchemy import text
from sqlmodel import Field, Index

from desktop_crm.storage.tables.base import Instant, Record, flag, link


class Pipeline(Record, table=True):
    """A way of selling: an ordered set of stages."""

    __tablename__ = "pipelines"

    name: str
    position: int = 0


class Stage(Record, table=True):
    """One step of a pipeline; `kind` is open, won or lost, probability in per cent, day limit in days."""

    __tablename__ = "stages"

    pipeline_id: int = link("pipelines", cascade=True, required=True)
    name: str
    position: int = 0
    kind: str = "open"
    probability: int = 0
    day_limit: int | None = None


class Deal(Record, table=True):
    """A deal; `amount` is minor units of `currency`, or unknown. `status` mirrors its stage's kind.

    A won deal `on_account` stands in the credit book: what is not paid of it is owed. One with an amount below zero is
    a return (of the deal `return_of_id`, if that is known).
    """

    __tablename__ = "deals"
    __table_args__ = (
        # Reports read these alone: a covering index is 14-19 x faster. What was closed, in every cut of `sales`:
        Index("deals_sums", "status", "closed_on", "created_on", "amount", "currency", "seller_id", "customer_id",
              "source_id", "stage_id", "lost_reason_id", "on_account"),
        # … what was opened, and what is open: by day, by seller, by customer, by source, by stage.
        Index("deals_created", "created_on", "status", "closed_on", "amount", "currency"),
        Index("deals_seller", "seller_id", "status", "created_on", "closed_on"),
        Index("deals_customer", "customer_id", "status", "created_on", "closed_on", "amount", "currency"),
        Index("deals_source", "source_id", "status", "created_on", "closed_on"),
        Index("deals_stage", "stage_id", "status", "stage_on"),
        Index("deals_board", "pipeline_id", "stage_id", "status", "amount"),
        # The credit book alone: balances of all customers without a look at the other deals.
        Index("deals_account", "customer_id", "currency", "amount", "closed_on",
              sqlite_where=text("on_account = 1 AND status = 'won'")),
        Index("deals_returns", "created_on", "status", sqlite_where=text("amount < 0")),
        {"sqlite_autoincrement": True},
    )

    external_id: str | None = Field(default=None, index=True)
    name: str
    customer_id: int | None = Field(default=None, foreign_key="customers.id", ondelete="SET NULL")
    seller_id: int | None = Field(default=None, foreign_key="sellers.id", ondelete="SET NULL")
    pipeline_id: int = Field(foreign_key="pipelines.id")
    stage_id: int = Field(foreign_key="stages.id")
    status: str = "open"
    amount: int | None = None
    currency: str
    source_id: int | None = Field(default=None, foreign_key="choices.id", ondelete="SET NULL")
    created_on: date | None = None
    expected_on: date | None = Field(default=None, index=True)
    closed_on: date | None = Field(default=None, index=True)
    stage_on: date | None = None
    lost_reason_id: int | None = link("choices")
    lost_note: str | None = None
    notes: str | None = None
    name_fold: str = ""
    more_fold: str = ""
    on_account: bool = flag()
    return_of_id: int | None = link("deals")
    custom: str | None = None


class DealLine(Record, table=True):
    """What is sold in a deal: `quantity` in thousandths, price and cost in minor units per piece."""

    __tablename__ = "deal_lines"
    __table_args__ = (
        Index("deal_lines_sums", "deal_id", "product_id", "quantity", "price"),
        {"sqlite_autoincrement": True},
    )

    deal_id: int = Field(foreign_key="deals.id", ondelete="CASCADE")
    product_id: int | None = link("products")
    name: str | None = None
    quantity: int = 1000
    price: int | None = None
    cost: int | None = None
    position: int = 0


class StageMove(Record, table=True):
    """One line of the stage log: from where to where, on which day, the instant, amount and seller then."""

    __tablename__ = "stage_moves"

    deal_id: int = link("deals", cascade=True, required=True)
    from_stage_id: int | None = Field(default=None, foreign_key="stages.id")
    to_stage_id: int = Field(foreign_key="stages.id")
    on_date: date | None = Field(default=None, index=True)
    at: datetime | None = Field(default=None, sa_type=Instant)
    amount: int | None = None
    seller_id: int | None = Field(default=None, foreign_key="sellers.id", ondelete="SET NULL", index=True)
