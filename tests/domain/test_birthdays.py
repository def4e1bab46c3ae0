from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.domain import birthdays

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(("text", "found"), [
    ("1985-05-12", (1985, 5, 12)), ("--05-12", (None, 5, 12)), ("--02-29", (None, 2, 29)),
    ("2024-02-29", (2024, 2, 29)),
    ("2023-02-29", None), ("--13-01", None), ("05-12", None), ("", None), ("1799-01-01", None)])
def test_what_is_a_birthday(text: str, found: object) -> None:
    assert birthdays.parts(text) == found


@pytest.mark.parametrize(("text", "years", "coming"), [
    ("1985-11-20", 41, date(2027, 11, 20)), ("1985-11-21", 41, TODAY), ("1985-11-22", 40, date(2026, 11, 22)),
    ("--01-05", None, date(2027, 1, 5)), ("2000-02-29", 26, date(2027, 2, 28)), ("2030-01-01", None, date(2027, 1, 1))])
def test_age_and_the_next_one(text: str, years: int | None, coming: date) -> None:
    assert (birthdays.age(text, TODAY), birthdays.next_on(text, TODAY)) == (years, coming)


@pytest.mark.parametrize(("text", "sound"), [
    ("1990-05-12", True), ("--05-12", True), ("--02-29", True), ("2026-11-21", True), ("2026-11-22", False),
    ("1906-01-01", True), ("1905-01-01", False), ("--02-30", False), ("1990-5-12", False), ("12/05/1990", False),
    ("19900512", False), ("", False),
])
def test_what_can_be(text: str, sound: bool) -> None:
    assert birthdays.sound(text, TODAY) is sound


@given(st.dates(date(1800, 1, 1), date(2299, 12, 31)), st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_the_next_birthday_is_within_a_year(born: date, today: date) -> None:
    for text in (birthdays.written(born), birthdays.written(born, with_year=False)):
        coming = birthdays.next_on(text, today)
        assert coming is not None and 0 <= (coming - today).days <= 366
