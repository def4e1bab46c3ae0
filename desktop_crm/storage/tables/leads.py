"""Where leads come from, what they are worth, what has to be known of them, and who gets them."""

from datetime import date

from sqlmodel import Field, UniqueConstraint

from desktop_crm.storage.tables.base import Record, link


class Campaign(Record, table=True):
    """Something done to win customers: its cost (minor units of `currency`, or unknown) and its first and last day."""

    __tablename__ = "campaigns"

    name: str = Field(unique=True)
    source_id: int | None = link("choices")
    cost: int | None = None
    currency: str
    from_on: date | None = None
    until_on: date | None = None
    notes: str | None = None


class ScoreRule(Record, table=True):
    """So many points (below zero too) for each lead that passes a filter of customers, kept as JSON."""

    __tablename__ = "score_rules"

    name: str
    filter: str = "{}"
    points: int = 0
    position: int = 0


class ChecklistItem(Record, table=True):
    """One thing to know before a lead counts as qualified; `list` is marketing or sales."""

    __tablename__ = "checklist_items"
    __table_args__ = (UniqueConstraint("list", "name"), {"sqlite_autoincrement": True})

    list: str
    name: str
    position: int = 0


class ChecklistMark(Record, table=True):
    """One thing that is known of one lead, since a local day, and who said so."""

    __tablename__ = "checklist_marks"
    __table_args__ = (UniqueConstraint("item_id", "customer_id"), {"sqlite_autoincrement": True})

    item_id: int = link("checklist_items", cascade=True, required=True)
    customer_id: int = link("customers", cascade=True, required=True)
    seller_id: int | None = link("sellers")
    on_date: date


class AssignmentRule(Record, table=True):
    """Which seller gets a new lead that passes a filter of customers, kept as JSON; the first rule that fits counts.

    `seller_id` is the seller, none: the one with the fewest open leads; one who has `most` open leads is passed over.
    """

    __tablename__ = "assignment_rules"

    name: str
    filter: str = "{}"
    seller_id: int | None = link("sellers", cascade=True)
    most: int | None = None
    position: int = 0
