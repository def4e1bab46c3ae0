"""The frozen sums that reports read: counted once in the file, and never again by a report or a writer.

Amounts are integer minor units of the business's currency; records in other currencies are counted as
records and told apart, but never summed. A histogram maps a length in days to how many deals had it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from desktop_crm.domain.deals import Stage
from desktop_crm.domain.evening import Evening

Histogram = Mapping[int, int]


def mean(days: Histogram) -> float | None:
    """The mean length in days; None of nothing."""
    count = sum(days.values())
    return sum(length * deals for length, deals in days.items()) / count if count else None


def median(days: Histogram) -> float | None:
    """The median length in days, the mean of the two middle ones for an even count; None of nothing."""
    count = sum(days.values())
    if not count:
        return None
    low, high = (count - 1) // 2, count // 2  # the two middle places, which are one for an odd count
    passed, first = 0, None
    for length in sorted(days):
        passed += days[length]
        if first is None and passed > low:
            first = length
        if first is not None and passed > high:
            return (first + length) / 2
    raise AssertionError("a histogram holds as many deals as it counts")


def share(part: int, whole: int) -> float | None:
    """A part of a whole as 0..1; None where the whole is nothing."""
    return part / whole if whole else None


def divided(amount: int, count: int) -> int | None:
    """An amount shared out, in minor units, half a unit away from zero; None for none to share among."""
    if not count:
        return None
    whole = (2 * abs(amount) + count) // (2 * count)
    return whole if amount >= 0 else -whole


@dataclass(frozen=True, slots=True)
class SalesSum:
    """The deals of one group: `deals` created in the period, won and lost closed in it, open at its end.

    `key` is what a filter knows the group by: an id (None: no such link), a text, a month or a quarter.
    `unknown` and `other` count closed deals without an amount and in another currency: counted, not summed.
    A deal entered by mistake is neither won nor lost.
    """

    key: int | str | None = None
    group: str | None = None
    deals: int = 0
    open: int = 0
    won: int = 0
    lost: int = 0
    won_amount: int = 0
    lost_amount: int = 0
    won_days: Histogram = field(default_factory=dict)
    lost_days: Histogram = field(default_factory=dict)
    unknown: int = 0
    other: int = 0

    @property
    def closed_days(self) -> Histogram:
        """The lengths of won and lost deals together."""
        if not (self.won_days and self.lost_days):
            return self.won_days or self.lost_days
        both = dict(self.won_days)
        for length, deals in self.lost_days.items():
            both[length] = both.get(length, 0) + deals
        return both

    @property
    def win_rate(self) -> float | None:
        """Won / (won + lost), closed in the period (DEFINITIONS.md, indicator 15)."""
        return share(self.won, self.won + self.lost)

    @property
    def win_rate_amount(self) -> float | None:
        """The same with amounts (indicator 16)."""
        return share(self.won_amount, self.won_amount + self.lost_amount)

    @property
    def average_won(self) -> int | None:
        """Won amount / won in minor units, half a unit up (indicator 19)."""
        return divided(self.won_amount, self.won)


@dataclass(frozen=True, slots=True)
class SalesFigures:
    """The groups of a cut, unsorted (none without a cut), and all deals, each counted once."""

    groups: tuple[SalesSum, ...]
    total: SalesSum


@dataclass(frozen=True, slots=True)
class StageFigures:
    """The open deals of one stage: how many, their sum, weighted sum, and how many are over its day limit."""

    pipeline: str
    stage: Stage
    deals: int
    amount: int
    weighted: int
    over_limit: int


@dataclass(frozen=True, slots=True)
class PipelineFigures:
    """Open deals by stage, in the order of pipelines and stages.

    `unknown` and `other` count open deals without an amount and in another currency.
    """

    stages: tuple[StageFigures, ...]
    no_next_step: int = 0
    unknown: int = 0
    other: int = 0


@dataclass(frozen=True, slots=True)
class Payments:
    """Some payments: how many, and their sum in minor units."""

    count: int = 0
    amount: int = 0


@dataclass(frozen=True, slots=True)
class SellerDay:
    """What one seller (id None: nobody) did on a day. `planned` is due that day, `received` came in on it."""

    id: int | None
    name: str | None
    team: str | None = None
    region: str | None = None
    active: bool = True
    won: int = 0
    won_amount: int = 0
    lost: int = 0
    calls: int = 0
    done: int = 0
    due: int = 0
    overdue: int = 0
    planned: int = 0
    received: int = 0


@dataclass(frozen=True, slots=True)
class LostDay:
    """The deals lost on a day for one reason (id None: none was given), and their names."""

    reason_id: int | None
    reason: str | None
    deals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayFigures:
    """A business day, and for the board the days it is compared with.

    `tracks` has, by indicator (TRACKS), the value of each day where it is not 0: of the days of the month so
    far and of the same weekday in the 8 weeks before. `overdue` and `late` are tasks and payments that were
    due before the day and still open at its end. `over_limit` and `hot_without_step` speak of the present
    and are None for another day than today. `other` counts won deals and payments in other currencies; `idle` are the
    leads that may go back to the pool today.
    """

    day: date
    tracks: Mapping[str, Mapping[date, int]]
    sellers: tuple[SellerDay, ...]
    activities: Mapping[tuple[int | None, str], int]
    lost: tuple[LostDay, ...]
    moved: int
    opened_amount: int
    due: int
    overdue: int
    received: Payments
    planned_day: Payments
    planned_tomorrow: Payments
    planned_week: Payments
    late: Payments
    over_limit: int | None
    hot_without_step: int | None
    other: int
    evening: Evening = field(default_factory=Evening)
    idle: tuple[int, ...] = ()


TRACKS = ("won", "won_amount", "lost", "opened", "leads", "received", "done", "activities")
"""The indicators that are followed from day to day: counts, except won_amount and received (minor units)."""


@dataclass(frozen=True, slots=True)
class DealItem:
    """One row of the deals report; `weighted` is amount × the stage's probability while it is open."""

    id: int
    name: str
    customer: str | None
    seller: str | None
    stage: str
    status: str
    amount: int | None
    currency: str
    probability: int
    source: str | None
    created_on: date | None
    expected_on: date | None
    closed_on: date | None
    lost_reason: str | None
    mistake: bool


@dataclass(frozen=True, slots=True)
class TaskItem:
    """One row of the tasks report."""

    id: int
    name: str
    kind: str
    due_on: date | None
    due_time: str | None
    minutes: int | None
    done_on: date | None
    customer: str | None
    deal: str | None
    seller: str | None


@dataclass(frozen=True, slots=True)
class CustomerItem:
    """One row of the customers report; sums over the whole file, in minor units."""

    id: int
    name: str
    state: str
    heat: str | None
    seller_id: int | None
    seller: str | None
    region: str | None
    industry: str | None
    source_id: int | None
    source: str | None
    phone: str | None
    created_on: date | None
    last_contact: date | None
    open_deals: int
    won_deals: int
    won_amount: int
    paid: int


@dataclass(frozen=True, slots=True)
class OwedItem:
    """One customer who owes; minor units. `ages` part what is owed by days past due, as `accounts.AGES`."""

    id: int
    name: str
    owed: int
    ages: tuple[int, int, int, int, int]
    on_the_way: int
    limit: int | None
    promised_on: date | None
    oldest_on: date | None
