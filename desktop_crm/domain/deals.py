"""Deals: what may be sold, to whom, for how much, and how far it has come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from desktop_crm.domain.custom_fields import Value
from desktop_crm.domain.errors import N_
from desktop_crm.domain.fields import Field, FieldType, checked
from desktop_crm.domain.values import Period, extended

STATUSES = {"open": N_("Open"), "won": N_("Won"), "lost": N_("Lost")}
LOST_REASONS = {
    "price": N_("Price"), "competitor": N_("Competitor"), "budget": N_("Budget"),
    "feature": N_("Missing feature"), "slow": N_("Too slow"), "decision": N_("No decision-maker"),
    "silence": N_("No answer"), "fit": N_("Poor fit"), "postponed": N_("Postponed"),
    "stock": N_("Out of stock"), "other": N_("Other"), "mistake": N_("Entered by mistake"),
}
"""The lost reasons that a new file starts with; `mistake` leaves the statistics (DEFINITIONS.md)."""

PIPELINES: tuple[tuple[str, tuple[tuple[str, str, int, int | None], ...]], ...] = (
    (N_("Sales"), (
        (N_("New"), "open", 10, 7), (N_("Qualified"), "open", 25, 14), (N_("Proposal"), "open", 50, 14),
        (N_("Negotiation"), "open", 75, 14), (N_("Ready to close"), "open", 90, 7),
        (N_("Won"), "won", 100, None), (N_("Lost"), "lost", 0, None),
    )),
    (N_("Quick sale"), (
        (N_("Offered"), "open", 50, None), (N_("Won"), "won", 100, None), (N_("Lost"), "lost", 0, None),
    )),
)
"""The pipelines of a new file: name, then stages as name, kind, probability in per cent, day limit."""

FIELDS = (
    Field("name", N_("Name"), required=True),
    Field("customer_id", N_("Customer"), FieldType.LINK, link="customers"),
    Field("seller_id", N_("Seller"), FieldType.LINK, link="sellers"),
    Field("amount", N_("Amount"), FieldType.MONEY),
    Field("pipeline_id", N_("Pipeline"), FieldType.LINK, link="pipelines"),
    Field("stage_id", N_("Stage"), FieldType.LINK, link="stages"),
    Field("source_id", N_("Source"), FieldType.LINK, link="sources"),
    Field("created_on", N_("Created on"), FieldType.DATE),
    Field("expected_on", N_("Expected on"), FieldType.DATE),
    Field("closed_on", N_("Closed on"), FieldType.DATE),
    Field("status", N_("Status"), FieldType.CHOICE, choices=STATUSES),
    Field("lost_reason_id", N_("Lost reason"), FieldType.LINK, link="lost_reasons"),
    Field("lost_note", N_("Why it was lost"), FieldType.LONG),
    Field("notes", N_("Notes"), FieldType.LONG),
    Field("external_id", N_("External ID")),
)

STAGE_FIELDS = (
    Field("name", N_("Name"), required=True),
    Field("kind", N_("Kind"), FieldType.CHOICE, choices=STATUSES),
    Field("probability", N_("Probability"), FieldType.INTEGER, most=100),
    Field("day_limit", N_("Day limit"), FieldType.INTEGER, most=3650),
)


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a pipeline, in its order."""

    id: int
    pipeline_id: int
    name: str
    kind: str
    probability: int
    day_limit: int | None
    position: int


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A pipeline with its stages in order."""

    id: int
    name: str
    stages: tuple[Stage, ...]

    @property
    def open_stages(self) -> tuple[Stage, ...]:
        """The stages that a deal passes before it is decided."""
        return tuple(stage for stage in self.stages if stage.kind == "open")

    def first(self, kind: str) -> Stage | None:
        """The first stage of a kind (open, won, lost)."""
        return next((stage for stage in self.stages if stage.kind == kind), None)


@dataclass(frozen=True, slots=True)
class DealFilter:
    """Which deals a list shows; empty means any. 0 among sellers, products … means "none".

    `created`, `closed` and `expected` are half-open periods of local days; `over_limit` keeps deals that
    are longer in their stage than its day limit; `open_at` keeps those that were open when that day began
    (deals without a created day were never open on any); `undated` keeps those without a created day; `credit_on` the
    sales on account of a day for which less than their amount was received on that day.
    """

    search: str = ""
    statuses: tuple[str, ...] = ()
    pipelines: tuple[int, ...] = ()
    stages: tuple[int, ...] = ()
    sellers: tuple[int, ...] = ()
    customers: tuple[int, ...] = ()
    sources: tuple[int, ...] = ()
    regions: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    products: tuple[int, ...] = ()
    lines: tuple[str, ...] = ()
    lost_reasons: tuple[int, ...] = ()
    created: Period | None = None
    closed: Period | None = None
    expected: Period | None = None
    moved: Period | None = None
    open_at: date | None = None
    undated: bool = False
    over_limit: bool = False
    no_next_step: bool = False
    without_mistakes: bool = False
    credit_on: date | None = None
    ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DealRow:
    """One line of the deals list or one card of the board; `amount` in minor units of `currency`.

    `own` holds the values of the business's own fields by field id.
    """

    id: int
    name: str
    customer_id: int | None
    customer: str | None
    seller: str | None
    stage_id: int
    stage: str
    status: str
    probability: int
    day_limit: int | None
    amount: int | None
    currency: str
    source: str | None
    created_on: date | None
    expected_on: date | None
    closed_on: date | None
    stage_on: date | None
    next_step: str | None
    next_step_on: date | None
    products: str
    external_id: str | None = None
    own: Mapping[int, Value] = field(default_factory=dict, hash=False)

    def days_in_stage(self, today: date) -> int | None:
        """Whole days since the deal came to its stage; None if that day is unknown or it is closed."""
        return None if self.stage_on is None or self.status != "open" else max(0, (today - self.stage_on).days)

    def over_limit(self, today: date) -> bool:
        """Whether the deal has stayed longer in its stage than the stage's day limit."""
        days = self.days_in_stage(today)
        return days is not None and self.day_limit is not None and days > self.day_limit


@dataclass(frozen=True, slots=True)
class DealLine:
    """One product line: quantity in thousandths, price and cost in minor units per piece."""

    product_id: int | None
    name: str
    quantity: int = 1000
    price: int | None = None
    cost: int | None = None
    id: int = 0

    @property
    def amount(self) -> int | None:
        """Quantity × price in minor units, half a unit away from zero; None if the price is unknown."""
        return None if self.price is None else extended(self.quantity, self.price)


_LINE = (
    Field("name", N_("Item")), Field("quantity", N_("Quantity"), FieldType.QUANTITY),
    Field("price", N_("Price"), FieldType.MONEY), Field("product", N_("Amount"), FieldType.MONEY),
)


def checked_lines(lines: Sequence[DealLine]) -> tuple[DealLine, ...]:
    """The lines with sound names; InvalidInput for a number, or quantity × price, that does not fit the file."""
    found = []
    for line in lines:
        clean = checked(_LINE, {"name": line.name, "quantity": line.quantity, "price": line.price,
                                "product": line.quantity * (line.price or 0)})
        found.append(replace(line, name=str(clean["name"] or "")))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class StageMove:
    """One line of the stage log."""

    on_date: date | None
    at: datetime | None
    before: str | None
    after: str
    seller: str | None
    amount: int | None


@dataclass(frozen=True, slots=True)
class StageSum:
    """One column of the board: how many open deals, their sum and probability-weighted sum (minor units).

    `others` of the deals are in another currency than the business's and stand outside the sums.
    """

    stage: Stage
    deals: int
    amount: int
    weighted: int
    others: int = 0


@dataclass(frozen=True, slots=True)
class DealTotals:
    """What a list of deals comes to: their number, sum and weighted sum (minor units), and as in StageSum."""

    deals: int = 0
    amount: int = 0
    weighted: int = 0
    others: int = 0


def weighted(amount: int, probability: int) -> int:
    """Amount × probability in minor units, half a unit up (DEFINITIONS.md, Forecast: likely)."""
    return (amount * probability + 50) // 100
