"""The ring's rule over four hundred days, with clocks that jump."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_crm.domain.backups import Backup, due, newest_verified, to_remove

KL, NEW_YORK = ZoneInfo("Asia/Kuala_Lumpur"), ZoneInfo("America/New_York")
NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


def made(number: int, at: datetime, verified: bool = True) -> Backup:
    return Backup(f"{number}.crm", at.isoformat(), "shop.crm", "", {}, number=number, work=number, verified=verified)


def live(moments: list[tuple[datetime, bool]], zone: ZoneInfo) -> list[Backup]:
    """The ring after a backup at each of the moments, thinned each time as the program does."""
    ring: list[Backup] = []
    for number, (at, verified) in enumerate(moments, 1):
        ring.append(made(number, at, verified))
        last = newest_verified(ring)
        gone = to_remove(ring, at, zone)
        ring = [item for item in ring if item not in gone]
        assert newest_verified(ring) == last, "the last verified one went"
    return ring


def days(ring: list[Backup], zone: ZoneInfo) -> list[date]:
    return sorted({item.instant.astimezone(zone).date() for item in ring})


def test_a_year_of_shop_days_leaves_hours_days_weeks_and_months() -> None:
    """Nine backups a day, 09:00 to 17:00, on 400 days up to Saturday 21 November 2026."""
    last = datetime(2026, 11, 21, 17, 0, tzinfo=KL)
    moments = [(last - timedelta(days=back, hours=8 - hour), True) for back in range(399, -1, -1) for hour in range(9)]
    ring = live(moments, KL)
    kept = [item.instant.astimezone(KL) for item in ring]
    today = [at.hour for at in kept if at.date() == date(2026, 11, 21)]
    assert today == list(range(9, 18)), "hours of today"
    fortnight = [date(2026, 11, 21) - timedelta(days=back) for back in range(14)]
    assert set(fortnight) <= {at.date() for at in kept}, "days of two weeks"
    assert all(at.hour == 17 for at in kept if at.date() < date(2026, 11, 21)), "the last one of each day"
    sundays = [date(2026, 11, 15) - timedelta(weeks=back) for back in range(12)]
    assert set(sundays) <= {at.date() for at in kept}, "weeks of a quarter"
    ends = {date(2026, 1, 31), date(2026, 5, 31), date(2025, 10, 31), date(2025, 12, 31)}
    assert ends <= {at.date() for at in kept}, "months of two years"
    assert len(ring) == 9 + 13 + 10 + 13  # today; 8 to 20 November; Sundays before; ends of October 2025 to 2026


def test_the_day_with_two_one_oclocks_keeps_both_and_the_short_day_is_a_day() -> None:
    autumn = [datetime(2026, 11, 1, 4, 30, tzinfo=UTC) + timedelta(hours=hour) for hour in range(4)]
    assert [at.astimezone(NEW_YORK).hour for at in autumn] == [0, 1, 1, 2]
    ring = [made(number, at) for number, at in enumerate(autumn, 1)]
    assert to_remove(ring, autumn[-1], NEW_YORK) == []
    spring = [datetime(2026, 3, 8, 6, 30, tzinfo=UTC) + timedelta(hours=hour) for hour in range(3)]
    assert [at.astimezone(NEW_YORK).hour for at in spring] == [1, 3, 4]
    assert to_remove([made(number, at) for number, at in enumerate(spring, 1)], spring[-1], NEW_YORK) == []


def test_a_clock_far_in_the_future_empties_nothing() -> None:
    true = [(NOON - timedelta(days=back), True) for back in range(30, 0, -1)]
    before = live(true, KL)
    wrong = live([*true, (NOON.replace(year=2099), True)], KL)
    assert len(wrong) >= len(before) - 1  # the oldest of the fourteen days gives way, no more
    back_again = live([*true, (NOON.replace(year=2099), True), (NOON, True), (NOON + timedelta(days=1), True)], KL)
    assert NOON + timedelta(days=1) in [item.instant for item in back_again]
    assert len(days(back_again, KL)) >= 15


def test_a_season_without_the_computer_loses_nothing_but_hours() -> None:
    ring = live([(NOON - timedelta(days=back), True) for back in range(10, 0, -1)], KL)
    assert to_remove(ring, NOON + timedelta(days=120), KL) == []


def test_what_is_not_verified_counts_for_nothing_and_waits_for_its_turn() -> None:
    ring = [made(1, NOON), made(2, NOON + timedelta(minutes=1), verified=False)]
    assert to_remove(ring, NOON, KL) == []
    ring.append(made(3, NOON + timedelta(minutes=2)))
    assert [item.number for item in to_remove(ring, NOON, KL)] == [1, 2]
    assert to_remove([made(4, NOON, verified=False)], NOON, KL) == []


JUMPS = st.sampled_from([timedelta(hours=1)] * 6 + [
    timedelta(hours=15), timedelta(days=1), timedelta(days=3), timedelta(hours=-1), timedelta(days=-2),
    timedelta(days=-40), timedelta(days=40), timedelta(minutes=5)])


@given(st.lists(st.tuples(JUMPS, st.sampled_from([True] * 5 + [False])), min_size=1, max_size=120),
       st.sampled_from([KL, NEW_YORK, ZoneInfo("Asia/Kathmandu"), ZoneInfo("Australia/Lord_Howe")]))
@settings(max_examples=60, deadline=None)
def test_over_any_course_of_the_clock_the_last_verified_one_stays(
        course: list[tuple[timedelta, bool]], zone: ZoneInfo) -> None:
    at, moments = NOON, []
    for jump, verified in course:
        at += jump
        moments.append((at, verified))
    ring = live(moments, zone)
    assert ring[-1].number == len(moments), "what was just taken stays"
    assert len([item for item in ring if item.verified]) <= 24 + 14 + 13 + 24 + 2


@given(st.integers(0, 10**6), st.sampled_from([KL, NEW_YORK]))
@settings(max_examples=8, deadline=None)
def test_four_hundred_days_with_clock_changes(seed: int, zone: ZoneInfo) -> None:
    """Up to six backups a day; one day in fifty the clock is wrong by weeks, for that day."""
    chance, moments = random.Random(seed), []
    for day in range(400):
        wrong = timedelta(days=chance.choice((-30, 30))) if chance.random() < 0.02 else timedelta(0)
        morning = NOON + timedelta(days=day) + wrong
        for hour in sorted(chance.sample(range(10), chance.randrange(1, 6))):
            moments.append((morning + timedelta(hours=hour), chance.random() < 0.9))
    ring = live(moments, zone)
    right = {NOON.astimezone(zone).date() + timedelta(days=number) for number in range(401)}
    assert len(set(days(ring, zone)) & right) >= 25
    months = {day.replace(day=1) for day in days(ring, zone)}
    assert len(months) >= 12, "a year back is still there"


@pytest.mark.parametrize(("minutes", "changed", "wanted"), [
    (59, True, False), (60, True, True), (600, False, False), (-5, True, True), (-5, False, False)])
def test_the_hourly_one_is_due(minutes: int, changed: bool, wanted: bool) -> None:
    last = made(7, NOON)
    assert due(last, NOON + timedelta(minutes=minutes), 8 if changed else 7) is wanted
    assert due(None, NOON, 0)
