"""When tasks ring: clock changes by table, what is told once by any sequence of jumps of the clock."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.domain.business import Business
from desktop_crm.domain.reminders import (
    OFFSETS,
    Bell,
    Reminded,
    due_at,
    next_ring,
    ring_after,
    ring_elsewhere,
    ring_of,
    rings,
    tomorrow_morning,
)

KL = Business()
NEW_YORK, LORD_HOWE = Business(timezone="America/New_York"), Business(timezone="Australia/Lord_Howe")
KATHMANDU = Business(timezone="Asia/Kathmandu")
MARKET = Business(cutoff="02:00")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(("business", "day", "at", "instant"), [
    # New York goes from 02:00 to 03:00 on 8 March 2026, and back from 02:00 to 01:00 on 1 November
    (NEW_YORK, "2026-03-07", "02:30", "2026-03-07T07:30"),
    (NEW_YORK, "2026-03-08", "01:59", "2026-03-08T06:59"),
    (NEW_YORK, "2026-03-08", "02:30", "2026-03-08T07:30"),  # does not exist: told at 03:30
    (NEW_YORK, "2026-03-08", "03:00", "2026-03-08T07:00"),
    (NEW_YORK, "2026-03-08", None, "2026-03-08T13:00"),
    (NEW_YORK, "2026-11-01", "01:30", "2026-11-01T05:30"),  # exists twice: the first
    (NEW_YORK, "2026-11-01", "02:00", "2026-11-01T07:00"),
    # Lord Howe moves by half an hour: 02:00 to 02:30 on 4 October 2026, 02:00 to 01:30 on 5 April
    (LORD_HOWE, "2026-10-04", "01:59", "2026-10-03T15:29"),
    (LORD_HOWE, "2026-10-04", "02:15", "2026-10-03T15:45"),  # does not exist: told at 02:45
    (LORD_HOWE, "2026-10-04", "02:30", "2026-10-03T15:30"),
    (LORD_HOWE, "2026-04-05", "01:45", "2026-04-04T14:45"),  # exists twice: the first
    (LORD_HOWE, "2026-04-05", "02:00", "2026-04-04T15:30"),
    (KATHMANDU, "2026-11-21", "09:00", "2026-11-21T03:15"),
    (KATHMANDU, "2026-11-21", None, "2026-11-21T03:15"),
    (KL, "2026-11-21", "00:00", "2026-11-20T16:00"),
    # a night market's day ends at two: its half past one is after midnight
    (MARKET, "2026-11-21", "01:30", "2026-11-21T17:30"),
    (MARKET, "2026-11-21", "02:00", "2026-11-20T18:00"),
    (Business(cutoff="10:30"), "2026-11-21", None, "2026-11-21T02:30"),
])
def test_when_it_is_due(business: Business, day: str, at: str | None, instant: str) -> None:
    assert due_at(business, date.fromisoformat(day), at) == utc(instant)


@pytest.mark.parametrize(("business", "day", "at", "minutes", "instant"), [
    (KL, "2026-11-21", "10:00", 0, "2026-11-21T02:00"), (KL, "2026-11-21", "10:00", 10, "2026-11-21T01:50"),
    (KL, "2026-11-21", "00:05", 10, "2026-11-20T15:55"), (KL, "2026-11-21", None, 1440, "2026-11-20T01:00"),
    (NEW_YORK, "2026-03-08", "03:10", 30, "2026-03-08T06:40"),  # half an hour by the clock is 01:40
    (NEW_YORK, "2026-03-08", "10:00", 1440, "2026-03-07T15:00"),  # a day before is 10:00, though 23 hours before
    (NEW_YORK, "2026-11-01", "10:00", 1440, "2026-10-31T14:00"),
    (LORD_HOWE, "2026-10-04", "10:00", 1440, "2026-10-02T23:30"),
    (LORD_HOWE, "2026-04-05", "02:00", 60, "2026-04-04T14:30"),
    (KATHMANDU, "2026-11-21", "09:00", 15, "2026-11-21T03:00"),
])
def test_when_it_rings(business: Business, day: str, at: str, minutes: int, instant: str) -> None:
    assert ring_of(business, date.fromisoformat(day), at, minutes) == utc(instant)


zones = st.sampled_from([KL, NEW_YORK, LORD_HOWE, KATHMANDU, MARKET, Business(cutoff="05:00", timezone="Asia/Tokyo")])
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))
clocks = st.times().map(lambda at: at.strftime("%H:%M"))


@given(zones, days, clocks)
def test_a_task_is_due_on_its_own_business_day(business: Business, day: date, at: str) -> None:
    local = business.local(due_at(business, day, at))
    assert business.day_of(due_at(business, day, at)) == day
    assert local.strftime("%H:%M") == at or local.utcoffset() != (local - timedelta(hours=2)).utcoffset()


@given(zones, days, clocks, st.sampled_from(OFFSETS))
def test_a_reminder_rings_no_later_than_its_task_is_due(business: Business, day: date, at: str, minutes: int) -> None:
    early = due_at(business, day, at) - ring_of(business, day, at, minutes)
    assert early == timedelta(minutes=minutes) or (minutes == 1440 and abs(early - timedelta(days=1))
                                                   <= timedelta(hours=1))


TASK = Reminded(1, date(2026, 11, 21), "10:00", 10, None)


@pytest.mark.parametrize(("now", "ring"), [
    ("2026-11-21T01:00", "2026-11-21T01:50"), ("2026-11-21T01:50", "2026-11-21T01:50"),
    ("2026-11-21T01:51", "2026-11-21T02:00"),  # entered five to ten: it rings at ten
    ("2026-11-21T02:00", "2026-11-21T02:00"), ("2026-11-21T02:01", None),
])
def test_the_next_ring(now: str, ring: str | None) -> None:
    assert next_ring(KL, TASK, utc(now)) == (utc(ring) if ring else None)


def test_no_ring_without_a_day_without_a_reminder_or_once_done() -> None:
    now = utc("2026-11-20T00:00")
    for task in (Reminded(1, None, "10:00", 10, None), Reminded(1, TASK.due_on, "10:00", None, None),
                 Reminded(1, TASK.due_on, "10:00", 10, date(2026, 11, 20))):
        assert next_ring(KL, task, now) is None


def test_a_change_of_something_else_leaves_the_ring_as_it_is() -> None:
    put_off = Reminded(1, TASK.due_on, "10:00", 10, None, utc("2026-11-21T03:00"))
    assert ring_after(KL, put_off, put_off, utc("2026-11-21T02:00")) == put_off.ring_at
    later = Reminded(1, TASK.due_on, "15:00", 10, None, put_off.ring_at)
    assert ring_after(KL, put_off, later, utc("2026-11-21T02:00")) == utc("2026-11-21T06:50")


def test_tomorrow_morning() -> None:
    assert tomorrow_morning(KL, utc("2026-11-21T04:00")) == utc("2026-11-22T01:00")
    assert tomorrow_morning(MARKET, utc("2026-11-21T17:30")) == utc("2026-11-22T01:00")  # half past one at night
    assert tomorrow_morning(NEW_YORK, utc("2026-03-07T20:00")) == utc("2026-03-08T13:00")


@pytest.mark.parametrize(("ring", "now", "moved"), [
    ("2026-11-21T01:50", "2026-11-20T00:00", "2026-11-21T04:05"),  # 09:50 in Kathmandu
    ("2026-11-21T02:00", "2026-11-21T01:55", "2026-11-21T04:05"),
    ("2026-11-21T03:33", "2026-11-20T00:00", "2026-11-21T03:33"),  # put off: an instant
    ("2026-11-21T01:50", "2026-11-21T01:50", "2026-11-21T01:50"),  # rings already
])
def test_the_business_moves_to_kathmandu(ring: str, now: str, moved: str) -> None:
    task = Reminded(1, TASK.due_on, "10:00", 10, None, utc(ring))
    assert ring_elsewhere(KL, KATHMANDU, task, utc(now)) == utc(moved)


def test_a_ring_that_the_move_puts_into_the_past_rings_now() -> None:
    task, now = Reminded(1, TASK.due_on, "10:00", 10, None, utc("2026-11-21T04:05")), utc("2026-11-21T03:00")
    assert ring_elsewhere(KATHMANDU, KL, task, now) == now


# A clock that jumps: forward (sleep too), back, a program that is closed, a user who answers or puts off.

START = utc("2026-11-21T00:00")
steps = st.lists(st.one_of(
    st.tuples(st.just("clock"), st.integers(-3 * 60, 12 * 60)), st.tuples(st.just("restart"), st.just(0)),
    st.tuples(st.just("snooze"), st.integers(1, 120)), st.tuples(st.just("answer"), st.just(0))), max_size=40)


@given(st.lists(st.integers(0, 24 * 60), min_size=1, max_size=6), steps)
def test_each_ring_is_told_once_however_the_clock_jumps(minutes: list[int], played: list[tuple[str, int]]) -> None:
    due: dict[int, datetime | None] = {task: START + timedelta(minutes=at) for task, at in enumerate(minutes)}
    bell, now, furthest = Bell(), START, START
    told, turn = list[tuple[int, int]](), dict.fromkeys(due, 0)  # a ring that was put off is another turn of its task

    def look() -> None:
        known = bell.told
        ringing = [(task, ring) for task, ring in due.items() if ring is not None and rings(ring, now, known.get(task))]
        new = bell.hear(ringing)
        told.extend((task, turn[task]) for task in new)

    look()
    for what, size in played:
        shown = sorted(bell.told)
        if what == "clock":
            now += timedelta(minutes=size)
            furthest = max(furthest, now)
        elif what == "restart":
            bell = Bell()
            told = [one for one in told if due[one[0]] is None]  # what was not answered is shown once more at the start
        elif shown and what == "snooze":
            due[shown[0]] = now + timedelta(minutes=size)
            turn[shown[0]] += 1
            bell.forget(shown[:1])
        elif shown:
            due[shown[0]] = None
        look()
    assert len(told) == len(set(told))
    for task, ring in due.items():
        if ring is not None and ring <= now:
            assert (task, turn[task]) in told and bell.told[task] == ring
        if ring is not None and ring > furthest:
            assert (task, turn[task]) not in told


def test_a_clock_set_back_does_not_take_away_what_rang() -> None:
    bell, ring = Bell(), utc("2026-11-21T02:00")
    assert bell.hear([(1, ring)]) == {1}
    assert rings(ring, ring - timedelta(hours=1), bell.told[1]) and bell.hear([(1, ring)]) == set()
    assert bell.hear([(1, ring + timedelta(minutes=5))]) == {1}
    bell.hear([])
    assert bell.hear([(1, ring)]) == {1}  # undo of an answer
