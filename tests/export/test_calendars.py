"""Calendars written: read again by two parsers, as a phone would; any text, zones with summer time, reminders."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_crm.domain.calendars import Calendar, Event
from desktop_crm.domain.errors import Cancelled, FileRefused
from desktop_crm.export.calendars import write_calendar

MADE = datetime(2026, 11, 21, 4, tzinfo=UTC)
KL = ZoneInfo("Asia/Kuala_Lumpur")
BERLIN = ZoneInfo("Europe/Berlin")


def written(folder: Path, *events: Event, zone: str = "Asia/Kuala_Lumpur") -> bytes:
    path = folder / "a.ics"
    write_calendar(Calendar("Kedai Murni", zone, MADE), events, path)
    return path.read_bytes()


def reread(folder: Path, *events: Event, zone: str = "Asia/Kuala_Lumpur") -> list[icalendar.Event]:
    return icalendar.Calendar.from_ical(written(folder, *events, zone=zone)).walk("VEVENT")


def test_an_appointment_as_a_phone_reads_it(tmp_path: Path) -> None:
    event = Event("u-1", "Visit · 小明", datetime(2026, 11, 23, 10, tzinfo=KL), 45,
                  datetime(2026, 11, 23, 9, 50, tzinfo=KL), "1, Jalan Besar, 50000 KL",
                  "Phone: 012\n\nlong; story, \\ x" * 9, "Visit", important=True)
    data = written(tmp_path, event)
    assert all(len(line) <= 75 for line in data.split(b"\r\n")) and b"\n" not in data.replace(b"\r\n", b"")
    assert b"DTSTART;TZID=Asia/Kuala_Lumpur:20261123T100000\r\n" in data and b"BEGIN:VTIMEZONE" in data
    one, = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert (one["uid"], one["summary"], one["location"], one["description"]) == (
        event.uid, event.title, event.where, event.about)
    assert (one.decoded("dtstart"), one.decoded("duration")) == (event.start, timedelta(minutes=45))
    assert (one["priority"], one["categories"].to_ical(), one.decoded("dtstamp")) == (1, b"Visit", MADE)
    alarm, = one.walk("VALARM")
    assert (alarm["action"], alarm.decoded("trigger")) == ("DISPLAY", timedelta(minutes=-10))
    other = vobject.readOne(data.decode()).vevent
    assert (other.uid.value, other.summary.value, other.description.value) == (event.uid, event.title, event.about)
    assert other.dtstart.value.astimezone(UTC) == datetime(2026, 11, 23, 2, tzinfo=UTC)
    assert other.valarm.trigger.value == timedelta(minutes=-10)


def test_a_task_of_a_day_takes_no_hour_and_rings_by_the_clock(tmp_path: Path) -> None:
    one, = reread(tmp_path, Event("u", "Order", date(2027, 3, 28), alarm=datetime(2027, 3, 28, 9, tzinfo=BERLIN)),
                  zone="Europe/Berlin")  # a day of 23 hours
    assert one["dtstart"].to_ical() == b"20270328" and one["dtstart"].params["VALUE"] == "DATE"
    assert (one["dtend"].to_ical(), one["transp"]) == (b"20270329", "TRANSPARENT")
    assert one.walk("VALARM")[0].decoded("trigger") == timedelta(hours=9)


def test_an_appointment_over_the_change_of_the_clock(tmp_path: Path) -> None:
    one, = reread(tmp_path, Event("u", "Night", datetime(2026, 10, 25, 1, 30, tzinfo=BERLIN), 120,
                                  datetime(2026, 10, 25, 0, 30, tzinfo=BERLIN)), zone="Europe/Berlin")
    assert one.decoded("duration") == timedelta(hours=2)
    assert one.walk("VALARM")[0].decoded("trigger") == timedelta(hours=-1)


def test_birthdays_come_again_and_the_leap_day_too(tmp_path: Path) -> None:
    may, leap = reread(tmp_path, Event("a", "May", date(1985, 5, 12), yearly=True),
                       Event("b", "Leap", date(2000, 2, 29), yearly=True))
    assert (may["rrule"].to_ical(), may.decoded("dtstart")) == (b"FREQ=YEARLY", date(1985, 5, 12))
    assert leap["rrule"].to_ical() == b"FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=2"


def test_a_later_export_renews_what_a_phone_has(tmp_path: Path) -> None:
    first, = reread(tmp_path, Event("u", "Order", date(2026, 11, 23)))
    path = tmp_path / "b.ics"
    write_calendar(Calendar("", "Asia/Kuala_Lumpur", MADE + timedelta(hours=1)),
                   [Event("u", "✓", date(2026, 11, 23), done=True)], path)
    second, = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert first["uid"] == second["uid"] and second["sequence"] == first["sequence"] + 60
    assert second["summary"] == "✓ ✓"


def test_nothing_is_an_empty_calendar_and_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    assert reread(tmp_path) == [] and b"X-WR-CALNAME:Kedai Murni" in (tmp_path / "a.ics").read_bytes()
    with pytest.raises(FileRefused):
        written(tmp_path / "gone")

    def stop() -> None:
        raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        write_calendar(Calendar("", "UTC", MADE), [Event("u", "x", MADE)], tmp_path / "c.ics", stop)
    assert not (tmp_path / "c.ics").exists()


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(codec="utf-8"), max_size=120), st.text(st.characters(codec="utf-8"), max_size=300))
def test_any_text_is_read_as_it_was(tmp_path_factory: pytest.TempPathFactory, title: str, about: str) -> None:
    def plain(text: str) -> str:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        return "".join(one for one in text if one in "\t\n" or not (one < " " or one == "\x7f"))

    folder = tmp_path_factory.mktemp("calendar")
    one, = reread(folder, Event("u", title, date(2026, 11, 23), about=about))
    assert str(one["summary"]) == plain(title) and str(one.get("description", "")) == plain(about)
