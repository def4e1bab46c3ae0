"""Which deals the tab shows: one filter for board and list, and the words of its chips."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from desktop_crm.domain.deals import DealFilter
from desktop_crm.domain.values import Period
from desktop_crm.ui.words import N_

T = TypeVar("T", int, str)

CLOSES = {"": N_("Any time"), "overdue": N_("Overdue"), "week": N_("Next 7 days"), "month": N_("This month"),
          "next_month": N_("Next month"), "quarter": N_("This quarter"), "year": N_("This year")}
"""When a deal is expected to close, by key."""

CREATED = {"": N_("Any time"), "today": N_("Today"), "last_week": N_("Last 7 days"), "month": N_("This month"),
           "quarter": N_("This quarter"), "year": N_("This year")}
"""When a deal was created, by key."""

STATUSES = {"open": N_("Open"), "won": N_("Won"), "lost": N_("Lost"), "": N_("All")}
"""The status chips of the list, by key."""

ORDERS = {"stage_on": (N_("Last moved first"), True), "waiting": (N_("Longest in the stage first"), False),
          "amount": (N_("Largest amount first"), True), "expected_on": (N_("Soonest expected first"), False),
          "name": (N_("By name"), False), "customer": (N_("By customer"), False)}
"""How the cards of a column are ordered: what it is called, and whether the order descends."""

_DAY = timedelta(days=1)
_PERIODS: dict[str, Callable[[date], Period]] = {
    "overdue": lambda today: Period(None, today),
    "week": lambda today: Period(today, today + 7 * _DAY),
    "today": Period.day,
    "last_week": lambda today: Period(today - 6 * _DAY, today + _DAY),
    "month": Period.month,
    "next_month": lambda today: Period.month(Period.month(today).end or today),
    "quarter": Period.quarter,
    "year": Period.year,
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the user has chosen; None and "" mean any, 0 among ids means "none".

    `base` is a filter that came from elsewhere (a report's figure), under `title`; the rest narrows it.
    """

    pipeline: int | None = None
    search: str = ""
    seller: int | None = None
    source: int | None = None
    lost_reason: int | None = None
    closes: str = ""
    created: str = ""
    no_next_step: bool = False
    over_limit: bool = False
    status: str = "open"
    base: DealFilter | None = None
    title: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything but the pipeline and the status is chosen."""
        return replace(self, pipeline=None, status="open") != Filters()

    def cleared(self) -> Filters:
        """The same pipeline and status with nothing else chosen."""
        return Filters(pipeline=self.pipeline, status=self.status)

    def of_pipeline(self, pipeline: int) -> Filters:
        """The same filter for another pipeline."""
        return replace(self, pipeline=pipeline)

    def of_list(self, today: date) -> DealFilter:
        """The filter of the list."""
        base = self.base or DealFilter()
        return replace(
            base, search=" ".join(part for part in (base.search, self.search) if part),
            statuses=_both(base.statuses, (self.status,) if self.status else (), "none"),
            pipelines=_both(base.pipelines, _one(self.pipeline), -1),
            sellers=_both(base.sellers, _one(self.seller), -1),
            sources=_both(base.sources, _one(self.source), -1),
            lost_reasons=_both(base.lost_reasons, _one(self.lost_reason), -1),
            expected=_overlap(base.expected, period(self.closes, today)),
            created=_overlap(base.created, period(self.created, today)),
            no_next_step=base.no_next_step or self.no_next_step, over_limit=base.over_limit or self.over_limit)

    def of_board(self, pipeline: int, today: date) -> DealFilter:
        """The filter of a pipeline's board: the open deals of the list's."""
        return replace(self, pipeline=pipeline, status="open").of_list(today)


def period(key: str, today: date) -> Period | None:
    """The half-open period of local days that a key of CLOSES or CREATED means on `today`."""
    return _PERIODS[key](today) if key else None


def _one(value: int | None) -> tuple[int, ...]:
    return () if value is None else (value,)


def _both(first: Sequence[T], second: Sequence[T], nothing: T) -> tuple[T, ...]:
    """What both choices allow; an empty one allows all, `nothing` is a value that no deal has."""
    if not first or not second:
        return tuple(first) or tuple(second)
    return tuple(value for value in first if value in second) or (nothing,)


def _overlap(first: Period | None, second: Period | None) -> Period | None:
    if first is None or second is None:
        return first or second
    starts = [day for day in (first.start, second.start) if day is not None]
    ends = [day for day in (first.end, second.end) if day is not None]
    return Period(max(starts, default=None), min(ends, default=None))
