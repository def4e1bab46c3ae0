"""Working hours, days off and free slots; November 2026: the 21st is a Saturday."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.domain import hours as rules
from desktop_crm.domain.errors import InvalidInput
from desktop_crm.domain.hours import (
    DaysOff,
    Hours,
    is_open,
    next_free_slot,
    overlaps,
    read_spans,
    usual_week,
    write_spans,
)

SATURDAY = date(2026, 11, 21)
USUAL = Hours(usual_week("MY"), country="MY")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_the_usual_week_of_each_place() -> None:
    def off(country: str, region: str = "") -> list[int]:
        return [day for day, spans in enumerate(usual_week(country, region)) if not spans]

    assert (off("MY"), off("NP"), off("TW"), off("MY", "02"), off("MY", "03"), off("MY", "11"), off("MY", "01")) == (
        [6], [5], [6], [4, 5], [4, 5], [4, 5], [6])
    assert usual_week("MY")[0] == ((540, 1080),)


def test_open_and_closed() -> None:
    assert is_open(USUAL, SATURDAY, "09:00") and is_open(USUAL, SATURDAY, "17:59")
    assert not is_open(USUAL, SATURDAY, "18:00") and not is_open(USUAL, SATURDAY, "08:59")
    assert not is_open(USUAL, date(2026, 11, 22), "10:00")  # Sunday
    assert not is_open(USUAL, date(2026, 12, 25), "10:00")  # Christmas
    assert is_open(Hours(usual_week("MY"), country="MY", holidays_off=False), date(2026, 12, 25), "10:00")
    closed = Hours(usual_week("MY"), (DaysOff(SATURDAY, date(2026, 11, 24), "Wedding"),), "MY")
    assert [bool(rules.working_slots(closed, SATURDAY + timedelta(days=ahead))) for ahead in range(5)] == [
        False, False, False, False, True]
    assert (closed.closed(SATURDAY), USUAL.closed(date(2026, 12, 25), "ms")) == ("Wedding", "Hari Krismas")


@pytest.mark.parametrize(("after", "minutes", "busy", "free"), [
    ("2026-11-21T16:00", 60, {}, "2026-11-21T16:00"),
    ("2026-11-21T16:01", 30, {}, "2026-11-21T16:05"),
    ("2026-11-21T16:00", 60, {SATURDAY: [(960, 1005)]}, "2026-11-21T16:45"),  # 16:00–16:45 is taken
    ("2026-11-21T16:00", 60, {SATURDAY: [(960, 1035)]}, "2026-11-23T09:00"),  # 17:15 + 1 h is past 18:00; Sunday off
    ("2026-11-21T09:00", 30, {SATURDAY: [(570, 600), (540, 560)]}, "2026-11-21T10:00"),
    ("2026-11-21T20:00", 30, {date(2026, 11, 23): [(540, 720)]}, "2026-11-23T12:00"),
    ("2026-12-24T17:45", 30, {}, "2026-12-26T09:00"),  # over Christmas
    ("2026-11-21T09:00", 540, {}, "2026-11-21T09:00"), ("2026-11-21T09:00", 541, {}, None),
])
def test_the_next_free_slot(after: str, minutes: int, busy: dict[date, list[rules.Span]], free: str | None) -> None:
    assert next_free_slot(USUAL, at(after), minutes, busy) == (at(free) if free else None)


def test_a_break_is_no_slot() -> None:
    friday = Hours((((540, 750), (870, 1080)),) * 7, country="")
    assert next_free_slot(friday, at("2026-11-20T12:15"), 30, {}) == at("2026-11-20T14:30")


def test_the_hour_that_a_clock_change_leaves_out_is_no_slot() -> None:
    """In New York the clocks went from 02:00 to 03:00 on 8 March 2026."""
    night, zone = Hours((((60, 300),),) * 7), ZoneInfo("America/New_York")
    assert next_free_slot(night, at("2026-03-08T01:45"), 30, {}, zone) == at("2026-03-08T03:00")
    assert next_free_slot(night, at("2026-03-08T02:10"), 30, {}, zone) == at("2026-03-08T03:00")
    assert next_free_slot(night, at("2026-03-07T02:10"), 30, {}, zone) == at("2026-03-07T02:10")
    assert next_free_slot(night, at("2026-11-01T01:30"), 60, {}, zone) == at("2026-11-01T01:30")  # an hour twice


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 1)), st.integers(1, 240),  # noqa: DTZ001 - local
       st.lists(st.tuples(st.integers(0, 6), st.integers(500, 1100), st.integers(5, 200)), max_size=12))
def test_a_free_slot_is_free_and_the_first(after: datetime, minutes: int, taken: list[tuple[int, int, int]]) -> None:
    busy: dict[date, list[rules.Span]] = {}
    for ahead, start, length in taken:
        busy.setdefault(after.date() + timedelta(days=ahead), []).append((start, start + length))
    free = next_free_slot(USUAL, after, minutes, busy)
    assert free is not None and free >= after
    start = free.hour * 60 + free.minute
    assert any(first <= start and start + minutes <= last for first, last in rules.working_slots(USUAL, free.date()))
    assert not overlaps(busy.get(free.date(), ()), (start, start + minutes))
    for minute in range(0, start, 5):  # nothing earlier on that day would have done
        earlier = datetime.combine(free.date(), datetime.min.time()) + timedelta(minutes=minute)
        inside = any(a <= minute and minute + minutes <= b for a, b in rules.working_slots(USUAL, free.date()))
        assert earlier < after or not inside or overlaps(busy.get(free.date(), ()), (minute, minute + minutes))


@pytest.mark.parametrize(("typed", "spans"), [
    ("9-18", ((540, 1080),)), ("09:00–18:00", ((540, 1080),)), ("9 to 5", None), ("9:30 - 12, 14.00-18.30",
                                                                                ((570, 720), (840, 1110))),
    ("", ()), ("–", ()), ("९-१८", ((540, 1080),)), ("9-24", ((540, 1440),)), ("14-18, 9-12", ((540, 720), (840, 1080))),
    ("18-9", None), ("9-25", None), ("9-12, 11-15", None), ("9:70-12", None), ("morning", None), ("9", None),
])
def test_hours_as_they_are_typed(typed: str, spans: tuple[rules.Span, ...] | None) -> None:
    if spans is None:
        with pytest.raises(InvalidInput):
            read_spans(typed)
    else:
        assert read_spans(typed) == spans
        assert read_spans(write_spans(spans)) == spans


@pytest.mark.parametrize("stored", ["", "x", "[]", "[1]", "null", '[[["9"]]]', "{}",
                                    '[[["25:00","26:00"]],[],[],[],[],[],[]]'])
def test_a_setting_that_is_not_understood_has_its_default(stored: str) -> None:
    read = Hours.read({"hours": stored, "days_off": stored, "country": "NP"})
    assert (read.week, read.off) == (usual_week("NP"), ())


def test_what_is_stored_is_read() -> None:
    week = (((540, 750), (870, 1080)), (), *usual_week("MY")[2:])
    off = (DaysOff(SATURDAY, SATURDAY, "दशैं"),)
    read = Hours.read({"hours": rules.stored_week(week), "days_off": rules.stored_off(off), "holidays_off": "0"})
    assert (read.week, read.off, read.holidays_off) == (week, off, False)
