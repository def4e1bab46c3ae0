"""The business's working hours: what is set, what clashes with a task, what time is free, what time it is elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from desktop_crm.domain import hours as rules
from desktop_crm.domain import zones
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.channels import first
from desktop_crm.domain.customers import Channel
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.hours import DaysOff, Hours, Span, Week
from desktop_crm.domain.importing.countries import country_code
from desktop_crm.domain.tasks import USUAL_MINUTES, TaskRow
from desktop_crm.i18n import Language
from desktop_crm.services.book import Book
from desktop_crm.storage import settings, tasks

_WEEK = 7  # days whose tasks are read at once while a free slot is looked for
_WEEKS = 13
_DATE = r"\d[\d/.\-年月日]*\d日?"
_DAY_OFF = re.compile(rf"({_DATE})(?:\s*[–—~～至]\s*({_DATE})|\s+(?:-|to|hingga|到|देखि)\s+({_DATE}))?(.*)")


@dataclass(frozen=True, slots=True)
class Clash:
    """The tasks that overlap a time, in order, and the next moment that is free within the working hours."""

    tasks: tuple[TaskRow, ...]
    free: datetime | None


def hours(book: Book) -> Hours:
    """The business's hours, days off and holidays; what was never set has its country's default."""
    with book.read() as connection:
        return Hours.read(settings.settings(connection))


def set_hours(book: Book, *, week: Week | None = None, off: Sequence[DaysOff] | None = None,
              region: str | None = None, holidays_off: bool | None = None) -> Changes:
    """Change the weekly hours (seven days, Monday first), the days off, the region or what holidays mean.

    What is None stays. Raises InvalidInput for days off that end before they begin.
    """
    for one in off or ():
        if one.last < one.first:
            raise InvalidInput(N_("The days off end before they begin. Nothing was saved."), "days_off")
    values = {
        "hours": None if week is None else rules.stored_week(week),
        "days_off": None if off is None else rules.stored_off(off), "region": region,
        "holidays_off": None if holidays_off is None else str(int(holidays_off)),
    }
    with book.work(N_("Change the working hours")) as work:
        for key, value in values.items():
            if value is not None:
                settings.put(work.connection, key, value)
    return work.done


def clash(book: Book, day: date, at: str, minutes: int | None = None, *, but: int | None = None,
          seller: int | None = None) -> Clash | None:
    """The open tasks of a seller (None: nobody's) that overlap a time of a day, with the next free slot; None if none.

    `minutes` is how long it takes (usually half an hour), `but` the task that is being placed. Days that
    are over clash with nothing.
    """
    if day < book.today():
        return None
    length = minutes or USUAL_MINUTES
    start = rules.minutes_of(at)
    found = [task for task in _timed(book, day, 1, but, seller) if _overlaps(task, start, length)]
    if not found:
        return None
    after = max(datetime.combine(day, time.fromisoformat(at)), book.business.local(book.now()).replace(tzinfo=None))
    return Clash(tuple(found), free_slot(book, after, length, but=but, seller=seller))


def free_slot(book: Book, after: datetime, minutes: int, *, but: int | None = None,
              seller: int | None = None) -> datetime | None:
    """The next local moment from `after` on at which a seller has `minutes` free within the working hours.

    None if the next three months have none.
    """
    plan, zone = hours(book), book.business.zone
    for week in range(_WEEKS):
        first = after.date() + timedelta(days=week * _WEEK)
        busy = _busy(_timed(book, first - timedelta(days=1), _WEEK + 1, but, seller))  # what runs over midnight too
        start = max(after, datetime.combine(first, time()))
        found = rules.next_free_slot(plan, start, minutes, busy, zone, days=_WEEK)
        if found is not None:
            return found
    return None


def _overlaps(task: TaskRow, start: int, length: int) -> bool:
    return task.slot is not None and rules.overlaps((task.slot,), (start, start + length))


def _timed(book: Book, first: date, days: int, but: int | None, seller: int | None) -> list[TaskRow]:
    """The open tasks of a seller that have a time, on some days, by their beginning."""
    with book.read() as connection:
        found = tasks.timed(connection, [first + timedelta(days=ahead) for ahead in range(days)])
    mine = [task for task in found if task.id != but and task.seller_id == seller]
    return sorted(mine, key=lambda task: (task.due_on or first, task.due_time or "", task.id))


def _busy(found: Sequence[TaskRow]) -> Mapping[date, list[Span]]:
    """The spans that tasks take, by day; what runs over midnight takes of the next day too."""
    busy: dict[date, list[Span]] = {}
    for task in found:
        if task.due_on is None or task.slot is None:
            continue
        day, (start, end) = task.due_on, task.slot
        while end > 0:
            busy.setdefault(day, []).append((start, min(end, rules.DAY)))
            day, start, end = day + timedelta(days=1), 0, end - rules.DAY
    return busy


def zone_there(book: Book, values: Mapping[str, Any], channels: Sequence[Channel]) -> ZoneInfo | None:
    """The time zone of a customer: as it is set, else of the country or the first phone if that has one time only.

    None where nothing tells it.
    """
    now = book.now()
    if (zone := zones.named(values.get("zone") or "")) is not None:
        return zone
    said = (values.get("country") or "").strip()
    country = said if said == book.business.country else country_code(said)
    if country:
        return zones.zone_of(country, now)
    phone = first(channels, "phone", "whatsapp", "viber")
    return zones.zone_of_phone(phone.normal, now) if phone else None


def night_there(book: Book, values: Mapping[str, Any], channels: Sequence[Channel]) -> time | None:
    """The time of day where a customer is, if their clock differs from the business's and it is night there."""
    now, zone = book.now(), zone_there(book, values, channels)
    if zone is None or now.astimezone(zone).utcoffset() == now.astimezone(book.business.zone).utcoffset():
        return None
    return zones.night_there(zone, now)


def read_days_off(book: Book, language: Language, typed: str) -> tuple[DaysOff, ...]:
    """Days off as people list them, one to a line: a day or "first – last", and why ("24/12/2026 Christmas Eve").

    Raises InvalidInput for a line that names no day, or whose last day is before the first.
    """
    found = [_day_off(book, language, line.strip()) for line in typed.splitlines() if line.strip()]
    return tuple(sorted(found, key=lambda one: (one.first, one.last)))


def _day_off(book: Book, language: Language, line: str) -> DaysOff:
    match = _DAY_OFF.fullmatch(line)
    if match is None:
        raise InvalidInput(N_("“{value}” names no day off. Write one like {example}."), "days_off", value=line,
                           example=language.day(book.today(), "short"))
    said = match[1], match[2] or match[3] or match[1]
    first, last = (language.read_day(day, book.today(), book.business.country) for day in said)
    if first is None or last is None or last < first:
        raise InvalidInput(N_("The days off end before they begin. Nothing was saved."), "days_off")
    return DaysOff(first, last, match[4].strip(" :,-–"))


def write_days_off(off: Sequence[DaysOff]) -> str:
    """Days off as `read_days_off` reads them, with whole years."""
    lines = []
    for one in off:
        days = [one.first.isoformat()] + ([one.last.isoformat()] if one.last != one.first else [])
        lines.append(f"{' – '.join(days)} {one.why}".strip())
    return "\n".join(lines)


def closed(book: Book, day: date, language: Language) -> str:
    """Why the business is closed on a day: its own words, a holiday's name or "closed"; "" for a working day."""
    plan = hours(book)
    why = plan.closed(day, language.code)
    if why or plan.week[day.weekday()]:
        return language.say(why) if why else ""
    return language.say(N_("closed"))
