"""What an owner asks in the evening: money by method and receiver, credit, targets, and what was entered late."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from desktop_crm.domain.errors import N_
from desktop_crm.domain.values import Period

PAPERS = ("daily", "evening")
"""What tells a day's figures on paper once and for all: what is entered for the day afterwards came late."""


@dataclass(frozen=True, slots=True)
class Taking:
    """The payments received on a day by one method (None: not noted) and one receiver (id None: nobody).

    Minor units, refunds below zero.
    """

    method: str | None
    seller_id: int | None
    seller: str | None
    count: int
    amount: int


@dataclass(frozen=True, slots=True)
class Credit:
    """Credit of a day, minor units.

    `given`: what of the day's `sales` on account was not received for them on the day itself. `collected`: the
    `payments` received on account that day that were not for a sale of that day.
    """

    sales: int = 0
    given: int = 0
    payments: int = 0
    collected: int = 0


@dataclass(frozen=True, slots=True)
class TargetSum:
    """A target of the shop (seller id None) or of one seller, and what of it was won by the end of the day."""

    id: int
    seller_id: int | None
    seller: str | None
    period: Period
    amount: int
    won: int

    def days_left(self, day: date) -> int:
        """How many days the period has after `day`."""
        return max(0, (self.period.end - day).days - 1) if self.period.end else 0

    @property
    def left(self) -> int:
        """What is still to be won, minor units; 0 once the target is reached."""
        return max(0, self.amount - self.won)


@dataclass(frozen=True, slots=True)
class LateEntry:
    """One act that changed a day after its report was printed: by whom, and how it moved the sums (minor units).

    `message` and `params` are its label, `turn` do, undo or redo; `deals` and `payments` the ids of what it touched.
    """

    work: int
    turn: str
    message: str
    params: Mapping[str, object]
    actor: str
    day: date
    won: int = 0
    received: int = 0
    deals: tuple[int, ...] = ()
    payments: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Late:
    """What was entered for days up to `after` once the report of that day had been printed, oldest first."""

    after: date
    entries: tuple[LateEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Evening:
    """The evening's part of a day's figures; `counted` is the cash that was counted (minor units), if it was.

    `unanswered` are the ids of the new leads of seven days whose request had no answer at the day's end.
    """

    takings: tuple[Taking, ...] = ()
    counted: int | None = None
    credit: Credit = field(default_factory=Credit)
    targets: tuple[TargetSum, ...] = ()
    late: Late | None = None
    unanswered: tuple[int, ...] = ()

    @property
    def cash(self) -> int:
        """The cash taken on the day, refunds in cash taken off; minor units."""
        return sum(taking.amount for taking in self.takings if taking.method == "cash")

    @property
    def shop(self) -> TargetSum | None:
        """The shop's own target, if there is one."""
        return next((target for target in self.targets if target.seller_id is None), None)


NO_METHOD = N_("Method not noted")
NO_RECEIVER = N_("Receiver not noted")


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target as it was set; minor units."""

    id: int
    seller_id: int | None
    seller: str | None
    period: Period
    amount: int
