"""Which days a report speaks of, as people choose them: this month, last year, from a day to a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from desktop_crm.domain.values import Period
from desktop_crm.ui.words import N_, current, tr

UNITS = ("all", "day", "week", "month", "quarter", "year", "custom")
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, slots=True)
class PeriodChoice:
    """A calendar unit counted from the present one (offset 0), or the half-open days of a custom period.

    Kept from one start to the next, "this month" stays this month.
    """

    unit: str = "all"
    offset: int = 0
    start: date | None = None
    end: date | None = None

    @property
    def steps(self) -> bool:
        """Whether there is a period before and after this one."""
        return self.unit not in ("all", "custom") or Period(self.start, self.end).bounded

    def period(self, today: date, first_weekday: int = 0) -> Period | None:
        """The local days, None for the whole file; weeks begin on `first_weekday` (0: Monday)."""
        if self.unit == "all":
            return None
        if self.unit == "custom":
            return Period(self.start, self.end)
        if self.unit == "day":
            return Period.day(today + timedelta(days=self.offset))
        if self.unit == "week":
            start = today - timedelta(days=(today.weekday() - first_weekday) % 7) + timedelta(weeks=self.offset)
            return Period(start, start + timedelta(days=7))
        length = _MONTHS[self.unit]
        return Period(_month(today, length, self.offset), _month(today, length, self.offset + 1))

    def stepped(self, by: int) -> PeriodChoice:
        """The choice `by` periods later; a custom one moves by its own length."""
        if self.unit != "custom":
            return PeriodChoice(self.unit, self.offset + by) if self.steps else self
        if self.start is None or self.end is None:
            return self
        shift = (self.end - self.start) * by
        return PeriodChoice("custom", 0, self.start + shift, self.end + shift)

    def plain(self) -> dict[str, Any]:
        """The choice as plain values, to be kept."""
        if self.unit != "custom":
            return {"unit": self.unit, "offset": self.offset}
        return {"unit": "custom", "start": self.start and self.start.isoformat(),
                "end": self.end and self.end.isoformat()}


PRESETS = (
    (N_("Whole file"), PeriodChoice("all")), (N_("Today"), PeriodChoice("day")),
    (N_("This week"), PeriodChoice("week")), (N_("This month"), PeriodChoice("month")),
    (N_("Last month"), PeriodChoice("month", -1)), (N_("This quarter"), PeriodChoice("quarter")),
    (N_("This year"), PeriodChoice("year")), (N_("Last year"), PeriodChoice("year", -1)),
)


def from_plain(kept: Mapping[str, Any]) -> PeriodChoice:
    """The choice out of what `plain` gave; the whole file out of anything broken."""
    unit, offset = kept.get("unit"), kept.get("offset", 0)
    if unit not in UNITS or not isinstance(offset, int):
        return PeriodChoice()
    if unit != "custom":
        return PeriodChoice(unit, offset)
    try:
        start, end = (date.fromisoformat(day) if (day := kept.get(side)) else None for side in ("start", "end"))
    except (TypeError, ValueError):
        return PeriodChoice()
    return PeriodChoice("custom", 0, start, end)


def said(choice: PeriodChoice, today: date) -> str:
    """The chosen period as a reader says it: a month by its name, a custom one by its first and last day."""
    language = current()
    period = choice.period(today, language.locale.first_week_day)
    if period is None or period.whole_file:
        return tr(N_("Whole file"))
    if period.start is not None and choice.unit in ("day", "month", "quarter", "year"):
        if choice.unit == "day":
            return language.day(period.start)
        return language.skeleton(period.start, {"month": "yMMMM", "quarter": "yQQQ", "year": "y"}[choice.unit])
    last = None if period.end is None else period.end - timedelta(days=1)
    if period.start is None:
        return tr(N_("Up to {day}"), day=language.day(last))
    if last is None:
        return tr(N_("From {day}"), day=language.day(period.start))
    return f"{language.day(period.start)} – {language.day(last)}"


def file_mark(start: date | None, end: date | None) -> str:
    """How a file's name tells a half-open period: its day, its month, or its first and last day; "" for all."""
    if start is None and end is None:
        return ""
    last = None if end is None else end - timedelta(days=1)
    if start is not None and start == last:
        return start.isoformat()
    if start is not None and Period(start, end) == Period.month(start):
        return f"{start:%Y-%m}"
    return " ".join(part for part in (start and start.isoformat(), "–", last and last.isoformat()) if part)


def _month(day: date, length: int, offset: int) -> date:
    """The first day of the span of `length` months, `offset` spans after the one that holds `day`."""
    months = day.year * 12 + day.month - 1
    months = (months // length + offset) * length
    return date(months // 12, months % 12 + 1, 1)
