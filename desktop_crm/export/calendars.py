"""Entries as an iCalendar file (RFC 5545) that phones and calendar programs read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desktop_crm import paths
from desktop_crm.domain.calendars import Calendar, Event

if TYPE_CHECKING:  # the library takes a while to load: only when a calendar is written
    import icalendar

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_SINCE = datetime(2020, 1, 1, tzinfo=UTC)
_FEBRUARY_29 = (2, 29)


def write_calendar(calendar: Calendar, events: Iterable[Event], path: Path,
                   step: Callable[[], None] | None = None) -> None:
    """Write entries to a file, whole or not at all; `step` hears of each and may raise to stop.

    Raises FileRefused where the file cannot be written.
    """
    made = _headed(calendar)
    for event in events:
        made.add_component(_entry(event, calendar))
        if step is not None:
            step()
    made.add_missing_timezones()
    paths.whole(path, lambda part: part.write_bytes(made.to_ical()))


def _headed(calendar: Calendar) -> icalendar.Calendar:
    import icalendar

    made = icalendar.Calendar()
    made.add("prodid", "-//Desktop CRM//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _plain(calendar.name))
    made.add("x-wr-timezone", calendar.zone)
    return made


def _entry(event: Event, calendar: Calendar) -> icalendar.Event:
    import icalendar

    made = icalendar.Event()
    made.add("uid", event.uid)
    made.add("dtstamp", calendar.made_at.astimezone(UTC))
    # A calendar refuses what is older than what it has: each export is newer than those before.
    made.add("sequence", int((calendar.made_at - _SINCE).total_seconds()) // 60)
    made.add("summary", _plain(f"✓ {event.title}" if event.done else event.title))
    _add_time(made, event, calendar)
    for key, value in (("location", event.where), ("description", event.about)):
        if value:
            made.add(key, _plain(value))
    if event.category:
        made.add("categories", [_plain(event.category)])
    if event.important:
        made.add("priority", 1)
    if event.alarm is not None:
        made.add_component(_alarm(event, event.alarm, ZoneInfo(calendar.zone)))
    return made


def _add_time(made: icalendar.Event, event: Event, calendar: Calendar) -> None:
    if isinstance(event.start, datetime):
        made.add("dtstart", event.start.astimezone(ZoneInfo(calendar.zone)))
        made.add("duration", timedelta(minutes=event.minutes))  # an end may be an hour that is there twice
        return
    made.add("dtstart", event.start)
    made.add("dtend", event.start + timedelta(days=1))
    made.add("transp", "TRANSPARENT")  # a task of a day takes none of its hours
    if event.yearly:
        made.add("rrule", {"freq": "yearly"} | ({"bymonth": 2, "bymonthday": -1} if (
            event.start.month, event.start.day) == _FEBRUARY_29 else {}))


def _alarm(event: Event, at: datetime, zone: ZoneInfo) -> icalendar.Alarm:
    """What rings, so long before the beginning: of a day that is its midnight, by the clock on the wall."""
    import icalendar

    if isinstance(event.start, datetime):
        ahead = at.astimezone(UTC) - event.start.astimezone(UTC)
    else:
        ahead = at.astimezone(zone).replace(tzinfo=None) - datetime.combine(event.start, time())
    made = icalendar.Alarm()
    made.add("action", "DISPLAY")
    made.add("description", _plain(event.title))
    made.add("trigger", ahead)
    return made


def _plain(text: str) -> str:
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
