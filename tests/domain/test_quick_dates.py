"""The days and times in a line as people mean them, seen from Saturday, 21 November 2026, 14:32."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.domain.quick_dates import When, months_on, when

NOW = datetime(2026, 11, 21, 14, 32)  # noqa: DTZ001 - the business's own clock
TODAY = NOW.date()


def read(text: str, today: date = TODAY, language: str = "en", day_first: bool = True) -> When:
    return when(text, NOW.replace(year=today.year, month=today.month, day=today.day), today, language,
                day_first=day_first)


@pytest.mark.parametrize(("text", "day"), [
    ("call today", (2026, 11, 21)), ("tomorrow", (2026, 11, 22)), ("the day after tomorrow", (2026, 11, 23)),
    ("monday", (2026, 11, 23)), ("call on friday", (2026, 11, 27)), ("saturday", (2026, 11, 28)),
    ("next week", (2026, 11, 23)), ("next month", (2026, 12, 1)), ("end of the month", (2026, 11, 30)),
    ("in 3 weeks", (2026, 12, 12)), ("in two days", (2026, 11, 23)), ("3 days from now", (2026, 11, 24)),
    ("a month from now", (2026, 12, 21)), ("25 Dec", (2026, 12, 25)), ("Dec 25", (2026, 12, 25)),
    ("25th of December 2027", (2027, 12, 25)), ("1 Jan", (2027, 1, 1)), ("29 Feb", (2028, 2, 29)),
    ("25/12", (2026, 12, 25)), ("2/1", (2027, 1, 2)), ("25/12/26", (2026, 12, 25)), ("25.12.2026", (2026, 12, 25)),
    ("2026-12-25", (2026, 12, 25)), ("on the 25th", (2026, 11, 25)), ("on the 20th", (2026, 12, 20)),
    ("meet May 5", (2027, 5, 5)), ("visit on sat", (2026, 11, 28)), ("call fri", (2026, 11, 27)),
    ("esok", (2026, 11, 22)), ("lusa", (2026, 11, 23)), ("hari ini", (2026, 11, 21)), ("isnin", (2026, 11, 23)),
    ("hari Isnin", (2026, 11, 23)), ("minggu depan", (2026, 11, 23)), ("bulan depan", (2026, 12, 1)),
    ("hujung bulan", (2026, 11, 30)), ("3 hari lagi", (2026, 11, 24)), ("dalam 2 minggu", (2026, 12, 5)),
    ("25 Disember", (2026, 12, 25)), ("25hb", (2026, 11, 25)), ("25hb Disember", (2026, 12, 25)),
    ("bukas", (2026, 11, 22)), ("நாளை", (2026, 11, 22)), ("भोलि", (2026, 11, 22)), ("明天", (2026, 11, 22)),
])
def test_days(text: str, day: tuple[int, int, int]) -> None:
    assert read(text).day == date(*day)
    assert read(text).time is None


@pytest.mark.parametrize(("text", "today", "day"), [
    ("friday", (2026, 11, 18), (2026, 11, 20)), ("this friday", (2026, 11, 18), (2026, 11, 20)),
    ("next friday", (2026, 11, 18), (2026, 11, 27)), ("jumaat depan", (2026, 11, 18), (2026, 11, 27)),
    ("jumaat ini", (2026, 11, 18), (2026, 11, 20)), ("wednesday", (2026, 11, 18), (2026, 11, 25)),
    ("next monday", (2026, 11, 22), (2026, 11, 23)), ("a month from now", (2027, 1, 31), (2027, 2, 28)),
    ("on the 31st", (2026, 11, 21), (2026, 12, 31)),
])
def test_days_depend_on_today(text: str, today: tuple[int, int, int], day: tuple[int, int, int]) -> None:
    assert read(text, date(*today)).day == date(*day)


@pytest.mark.parametrize(("text", "time", "minutes"), [
    ("tomorrow 10:00", "10:00", None), ("tomorrow at 10am", "10:00", None), ("tomorrow 3pm", "15:00", None),
    ("tomorrow 3.30", "15:30", None), ("visit Nurul tomorrow 12.15pm", "12:15", None), ("esok 10 pagi", "10:00", None),
    ("esok pukul 3", "15:00", None), ("esok 8 malam", "20:00", None), ("esok tengah hari", "12:00", None),
    ("esok 12 tengah hari", "12:00", None), ("esok petang", "15:00", None), ("tomorrow morning", "09:00", None),
    ("noon tomorrow", "12:00", None), ("tomorrow 03:30", "03:30", None), ("tomorrow 3:30", "15:30", None),
    ("tomorrow 12am", "00:00", None), ("tomorrow 12pm", "12:00", None), ("tomorrow 7:15", "07:15", None),
    ("friday at 10 about tiles", "10:00", None), ("tomorrow @10", "10:00", None), ("tomorrow 2-3pm", "14:00", 60),
    ("tomorrow 11-1pm", "11:00", 120), ("tomorrow 10:00–11:30", "10:00", 90), ("tomorrow 10:00 to 11:30", "10:00", 90),
    ("tomorrow 10:00 for 45 minutes", "10:00", 45), ("esok 10:00 selama 1 jam", "10:00", 60),
    ("tomorrow 10:00 90min", "10:00", 90),
])
def test_times(text: str, time: str, minutes: int | None) -> None:
    found = read(text)
    assert (found.time, found.minutes) == (time, minutes)
    assert found.day is not None


@pytest.mark.parametrize(("text", "day", "time"), [
    ("call at 3pm", 21, "15:00"), ("call at 10:00", 22, "10:00"), ("tonight", 21, "20:00"),
    ("malam ini", 21, "20:00"), ("in 30 minutes", 21, "15:02"), ("2 jam lagi", 21, "16:32"),
    ("in 10 hours", 22, "00:32"),
])
def test_a_time_alone_is_the_next_such_time(text: str, day: int, time: str) -> None:
    assert (read(text).day, read(text).time) == (date(2026, 11, day), time)


@pytest.mark.parametrize("text", [
    "Prepare order for rooms 201–240", "Rooms 201-240", "Ask about payment of INV-0917", "may", "may 2026 be good",
    "he sat", "visit sun shop", "open 24/7", "order 12 Mac", "price RM 3.30", "price rm 10:00", "discount 12.50",
    "Room 12.30", "deliver at 10 Jalan Ampang", "call 012-345 6789", "10:75", "31/2", "25:00", "45 tiles",
    "for 45 minutes", "10-11", "ratio 16x9", "3 days late", "petang", "12 boxes", "", "   ", "ISO 9001", "2026",
    "call Mei", "5%", "1.2.3", "v2.0", "A4", "the 25", "13/13/13", "99/12/2026",
])
def test_what_is_no_date_stays_none(text: str) -> None:
    found = read(text)
    assert (found.day, found.time, found.day_spans, found.time_spans) == (None, None, (), ())


def test_of_several_days_the_last_counts() -> None:
    text = "call Monday Coffee tomorrow"
    found = read(text)
    assert found.day == date(2026, 11, 22)
    assert [text[start:end] for start, end in found.day_spans] == ["tomorrow"]


def test_the_little_words_before_a_day_and_a_time_belong_to_them() -> None:
    text = "call Aminah on Friday at 10:00 about mosaic"
    found = read(text)
    assert [text[start:end] for start, end in found.day_spans + found.time_spans] == ["on Friday", "at 10:00"]


def test_the_order_of_figures_follows_the_language() -> None:
    assert read("12/5", day_first=False).day == date(2026, 12, 5)
    assert read("12/5", day_first=True).day == date(2027, 5, 12)


def test_march_is_mac_in_malay_alone() -> None:
    assert read("12 Mac", language="ms").day == date(2027, 3, 12)
    assert read("12 Mac", language="en").day is None


def test_a_month_later_ends_with_the_month() -> None:
    assert months_on(date(2026, 8, 31), 6) == date(2027, 2, 28)


@given(st.text(max_size=60))
def test_no_text_is_too_odd(text: str) -> None:
    found = read(text)
    for start, end in found.day_spans + found.time_spans:
        assert 0 <= start < end <= len(text)
    assert found.time is None or (len(found.time) == 5 and found.time < "24:00")


@given(st.dates(date(2026, 11, 21), date(2040, 1, 1)))
def test_a_full_date_is_that_date(day: date) -> None:
    assert read(f"deliver {day.day}/{day.month}/{day.year}").day == day
    assert read(f"deliver {day.isoformat()}").day == day
