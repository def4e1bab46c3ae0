"""When a business works: its weekly hours, its days off, the public holidays; and what time is free.

Times are minutes of a local day; a span is half-open, [start, end). Days are the business's own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from desktop_crm.domain import public_holidays
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.values import plain_digits

Span = tuple[int, int]
Week = tuple[tuple[Span, ...], ...]

DAY = 24 * 60
FRIDAY_OFF = {("MY", "02"), ("MY", "03"), ("MY", "11")}
"""Kedah, Kelantan and Terengganu rest on Friday and Saturday."""
_STEP = 5  # minutes: a free slot begins at a time that one would say
_USUAL: tuple[Span, ...] = ((9 * 60, 18 * 60),)
_BETWEEN = re.compile(r"[,;、，]|\s+(?:and|dan|at|र|和)\s+")
_SPAN = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:[-–—~～]|to|hingga|至|到)\s*(\d{1,2})(?:[:.](\d{2}))?")


@dataclass(frozen=True, slots=True)
class DaysOff:
    """Days, first and last included, on which the business is closed, and why."""

    first: date
    last: date
    why: str = ""


@dataclass(frozen=True, slots=True)
class Hours:
    """The weekly hours (Monday first), the days off, and whether public holidays are days off as well."""

    week: Week
    off: tuple[DaysOff, ...] = ()
    country: str = ""
    region: str = ""
    holidays_off: bool = True

    @classmethod
    def read(cls, settings: Mapping[str, str]) -> Hours:
        """The hours out of the file's settings; what is missing, or is not understood, has its default."""
        country, region = settings.get("country", "MY"), settings.get("region", "")
        week = _read_week(settings.get("hours", "")) or usual_week(country, region)
        return cls(week, _read_off(settings.get("days_off", "")), country, region,
                   settings.get("holidays_off", "1") != "0")

    def closed(self, day: date, language: str = "en") -> str:
        """Why a day is off: a day off's own words or a public holiday's name; "" for a common day of the week."""
        for off in self.off:
            if off.first <= day <= off.last:
                return off.why or N_("Day off")
        return public_holidays.name_of(day, self.country, self.region, language) if self.holidays_off else ""


def usual_week(country: str, region: str = "") -> Week:
    """The week that a country's small businesses work: 09:00–18:00 but on the days off that are usual there."""
    rest = {5} if country == "NP" else {4, 5} if (country, region) in FRIDAY_OFF else {6}
    return tuple(() if weekday in rest else _USUAL for weekday in range(7))


def working_slots(hours: Hours, day: date) -> tuple[Span, ...]:
    """The spans of a day in which the business works, in order; none on a day off."""
    return () if hours.closed(day) else hours.week[day.weekday()]


def is_open(hours: Hours, day: date, at: str) -> bool:
    """Whether the business works at 'HH:MM' of a day."""
    minute = minutes_of(at)
    return any(start <= minute < end for start, end in working_slots(hours, day))


def overlaps(busy: Iterable[Span], slot: Span) -> bool:
    """Whether a slot shares a minute with any of the busy spans."""
    return any(start < slot[1] and slot[0] < end for start, end in busy)


def next_free_slot(hours: Hours, after: datetime, minutes: int, busy: Mapping[date, Sequence[Span]],
                   zone: ZoneInfo | None = None, *, days: int = 92) -> datetime | None:
    """The first local moment from `after` on at which `minutes` are free within the working hours.

    `busy` holds spans by day. With a zone, hours that a clock change leaves out are no slot. None if the
    next `days` have none.
    """
    for ahead in range(days):
        day = after.date() + timedelta(days=ahead)
        earliest = after.hour * 60 + after.minute + bool(after.second) if ahead == 0 else 0
        for start, end in working_slots(hours, day):
            found = _first_free(max(start, earliest), end, minutes, busy.get(day, ()), day, zone)
            if found is not None:
                return datetime.combine(day, time(*divmod(found, 60)))
    return None


def _first_free(start: int, end: int, minutes: int, busy: Sequence[Span], day: date, zone: ZoneInfo | None,
                ) -> int | None:
    minute = -(-start // _STEP) * _STEP
    for first, last in sorted(busy):
        if first >= minute + minutes:
            break
        if last > minute:
            minute = -(-last // _STEP) * _STEP
    if minute + minutes > end:
        return None
    if zone is not None and not _whole(day, minute, minutes, zone):
        return _first_free(minute + _STEP, end, minutes, busy, day, zone)
    return minute


def _whole(day: date, minute: int, minutes: int, zone: ZoneInfo) -> bool:
    """Whether every minute of the slot exists on the wall's clock."""
    start = datetime.combine(day, time(*divmod(minute, 60)))
    last = start + timedelta(minutes=minutes - 1)
    real = last.replace(tzinfo=zone).astimezone(UTC) - start.replace(tzinfo=zone).astimezone(UTC)
    return _exists(start, zone) and _exists(last, zone) and real >= last - start


def _exists(local: datetime, zone: ZoneInfo) -> bool:
    """Whether a clock in the zone ever shows this time: going to UTC and back changes one that is left out."""
    return local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local


def minutes_of(at: str) -> int:
    """'HH:MM' as minutes of its day."""
    return int(at[:2]) * 60 + int(at[3:])


def clock_of(minute: int) -> str:
    """Minutes of a day as 'HH:MM'."""
    return f"{minute // 60:02}:{minute % 60:02}"


# How hours are written and kept


def read_spans(typed: str) -> tuple[Span, ...]:
    """The hours of a day as people write them ("9-18", "09:00–12:30, 14:30–18:00"), in order; none for nothing.

    Raises InvalidInput for what are no hours, and for spans that run backwards or overlap.
    """
    text = plain_digits(typed).strip()
    if not text or text in ("-", "–", "—"):
        return ()
    spans = sorted(_span(part.strip(), typed) for part in _BETWEEN.split(text))
    if any(first[1] > second[0] for first, second in pairwise(spans)):
        raise _no_hours(typed)
    return tuple(spans)


def _span(text: str, typed: str) -> Span:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise _no_hours(typed)
    hours, minutes = (int(found[1]), int(found[3])), (int(found[2] or 0), int(found[4] or 0))
    start, end = (hour * 60 + minute for hour, minute in zip(hours, minutes, strict=True))
    if start >= end or end > DAY or max(minutes) > 59:
        raise _no_hours(typed)
    return start, end


def _no_hours(typed: str) -> InvalidInput:
    return InvalidInput(N_("“{value}” are no working hours. Write them like 09:00–18:00, or leave the day empty."),
                        "hours", value=typed.strip())


def write_spans(spans: Sequence[Span]) -> str:
    """The hours of a day as `read_spans` reads them: "09:00–12:30, 14:30–18:00"; "" for none."""
    return ", ".join(f"{clock_of(start)}–{clock_of(end)}" for start, end in spans)


def stored_week(week: Week) -> str:
    """The week as the setting `hours` keeps it: seven lists of ["HH:MM", "HH:MM"], Monday first, as JSON."""
    return json.dumps([[[clock_of(start), clock_of(end)] for start, end in day] for day in week])


def stored_off(off: Iterable[DaysOff]) -> str:
    """The days off as the setting `days_off` keeps them: lists of first day, last day and why, as JSON."""
    return json.dumps([[one.first.isoformat(), one.last.isoformat(), one.why] for one in off], ensure_ascii=False)


def _read_week(stored: str) -> Week | None:
    try:
        week = tuple(tuple((minutes_of(start), minutes_of(end)) for start, end in day) for day in json.loads(stored))
    except (ValueError, TypeError):
        return None
    sound = all(0 <= start < end <= DAY for day in week for start, end in day)
    return week if len(week) == 7 and sound else None


def _read_off(stored: str) -> tuple[DaysOff, ...]:
    try:
        found = [DaysOff(date.fromisoformat(first), date.fromisoformat(last), str(why))
                 for first, last, why in json.loads(stored)]
    except (ValueError, TypeError):
        return ()
    return tuple(sorted(found, key=lambda one: (one.first, one.last)))
