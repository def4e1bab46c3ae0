from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from desktop_crm.domain.values import Period
from desktop_crm.ui.reports.periods import PRESETS, PeriodChoice, file_mark, from_plain, said
from desktop_crm.ui.reports.steppers import DayStepper

TODAY = date(2026, 11, 21)  # a Saturday

days = st.dates(date(1990, 1, 1), date(2090, 1, 1))
units = st.sampled_from(["day", "week", "month", "quarter", "year"])


@pytest.mark.parametrize(("choice", "start", "end"), [
    (PeriodChoice("day"), date(2026, 11, 21), date(2026, 11, 22)),
    (PeriodChoice("week"), date(2026, 11, 16), date(2026, 11, 23)),
    (PeriodChoice("month"), date(2026, 11, 1), date(2026, 12, 1)),
    (PeriodChoice("month", -1), date(2026, 10, 1), date(2026, 11, 1)),
    (PeriodChoice("month", 2), date(2027, 1, 1), date(2027, 2, 1)),
    (PeriodChoice("quarter"), date(2026, 10, 1), date(2027, 1, 1)),
    (PeriodChoice("year", -1), date(2025, 1, 1), date(2026, 1, 1)),
])
def test_a_unit_counts_from_the_present_one(choice: PeriodChoice, start: date, end: date) -> None:
    assert choice.period(TODAY) == Period(start, end)


def test_a_week_begins_where_the_country_says() -> None:
    assert PeriodChoice("week").period(TODAY, 6) == Period(date(2026, 11, 15), date(2026, 11, 22))


def test_the_whole_file_has_no_period_and_no_steps() -> None:
    assert PeriodChoice().period(TODAY) is None
    assert not PeriodChoice().steps
    assert PeriodChoice().stepped(1) == PeriodChoice()


def test_a_custom_period_moves_by_its_own_length() -> None:
    choice = PeriodChoice("custom", 0, date(2026, 3, 1), date(2026, 3, 11))
    assert choice.stepped(-1) == PeriodChoice("custom", 0, date(2026, 2, 19), date(2026, 3, 1))
    assert not PeriodChoice("custom", 0, date(2026, 3, 1)).steps


@given(unit=units, offset=st.integers(-40, 40), today=days, first=st.integers(0, 6))
def test_steps_leave_no_day_out_and_count_none_twice(unit: str, offset: int, today: date, first: int) -> None:
    now, after = (PeriodChoice(unit, offset + by).period(today, first) for by in (0, 1))
    assert now is not None and after is not None
    assert now.end == after.start
    assert today in (PeriodChoice(unit).period(today, first) or Period())


@given(st.one_of(
    st.builds(PeriodChoice, units, st.integers(-99, 99)),
    st.builds(PeriodChoice, st.just("custom"), st.just(0), st.none() | days, st.none() | days)))
def test_what_is_kept_comes_back(choice: PeriodChoice) -> None:
    assert from_plain(choice.plain()) == choice


@pytest.mark.parametrize("broken", [
    {}, {"unit": "moon"}, {"unit": "day", "offset": "x"}, {"unit": "custom", "start": "soon"},
    {"unit": "custom", "start": 5},
])
def test_what_is_broken_is_the_whole_file(broken: dict[str, object]) -> None:
    assert from_plain(broken) == PeriodChoice()


@pytest.mark.parametrize(("choice", "text"), [
    (PeriodChoice(), "Whole file"), (PeriodChoice("month"), "November 2026"), (PeriodChoice("quarter"), "Q4 2026"),
    (PeriodChoice("year", -1), "2025"), (PeriodChoice("week"), "16 Nov 2026 – 22 Nov 2026"),
    (PeriodChoice("custom", 0, date(2026, 3, 1), date(2026, 3, 11)), "1 Mar 2026 – 10 Mar 2026"),
    (PeriodChoice("custom", 0, None, date(2026, 3, 11)), "Up to 10 Mar 2026"),
    (PeriodChoice("custom", 0, date(2026, 3, 1)), "From 1 Mar 2026"),
])
def test_a_period_is_said_with_its_last_day(choice: PeriodChoice, text: str) -> None:
    assert said(choice, TODAY) == text


@pytest.mark.parametrize(("start", "end", "mark"), [
    (None, None, ""), (date(2026, 11, 21), date(2026, 11, 22), "2026-11-21"),
    (date(2026, 11, 1), date(2026, 12, 1), "2026-11"), (date(2026, 1, 1), date(2026, 3, 16), "2026-01-01 – 2026-03-15"),
    (None, date(2026, 3, 16), "– 2026-03-15"),
])
def test_a_file_name_tells_the_period(start: date | None, end: date | None, mark: str) -> None:
    assert file_mark(start, end) == mark


def test_every_preset_can_be_kept() -> None:
    assert [from_plain(choice.plain()) for _, choice in PRESETS] == [choice for _, choice in PRESETS]


def test_a_day_stands_beside_itself_in_the_calendar_of_the_country(qtbot: QtBot) -> None:
    """21 November 2026 is 5 Mangsir 2083 in Nepal and the 21st of the eleventh month of the year 115 in Taiwan."""
    stepper = DayStepper()
    qtbot.addWidget(stepper)
    stepper.show()
    told = []
    for country in ("NP", "TW", "MY"):
        stepper.show_day(date(2026, 11, 21), date(2026, 11, 21), country)
        told.append(stepper._own.text() if stepper._own.isVisible() else "")
    assert told == ["BS 2083/08/05", "ROC 115/11/21", ""]
