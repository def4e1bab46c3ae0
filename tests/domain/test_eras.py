"""Dates of Bikram Sambat and of the Republic's years against published ones."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.domain import eras
from desktop_crm.domain.errors import InvalidInput
from desktop_crm.i18n import language

TODAY = date(2026, 11, 21)
EN = language("en")

PUBLISHED = [  # days that are known by both calendars
    ((2081, 1, 1), date(2024, 4, 13)), ((2082, 1, 1), date(2025, 4, 14)), ((2083, 1, 1), date(2026, 4, 14)),
    ((2080, 1, 1), date(2023, 4, 14)), ((2083, 8, 5), date(2026, 11, 21)),
    ((2072, 1, 12), date(2015, 4, 25)),  # the Gorkha earthquake
    ((2063, 1, 11), date(2006, 4, 24)),  # Loktantra Day
    ((2058, 2, 19), date(2001, 6, 1)),  # the royal massacre
    ((2072, 6, 3), date(2015, 9, 20)),  # the constitution
    ((2007, 11, 7), date(1951, 2, 18)),  # Democracy Day
    ((2000, 1, 1), date(1943, 4, 14)), ((2046, 1, 1), date(1989, 4, 13)), ((2054, 4, 1), date(1997, 7, 16)),
]
# Days in the months as the official calendars of these years have them (Hamro Patro and Nepali Patro agree).
LENGTHS = {
    2081: (31, 32, 31, 32, 31, 30, 30, 30, 29, 30, 29, 31), 2082: (31, 31, 32, 31, 31, 31, 30, 29, 30, 29, 30, 30),
    2083: (31, 31, 32, 31, 31, 31, 30, 29, 30, 29, 30, 30),
}


@pytest.mark.parametrize(("parts", "day"), PUBLISHED)
def test_published_days(parts: eras.Parts, day: date) -> None:
    assert eras.from_bikram_sambat(*parts) == day
    assert eras.bikram_sambat(day) == parts


@pytest.mark.parametrize("year", sorted(LENGTHS))
def test_published_months(year: int) -> None:
    for month, length in enumerate(LENGTHS[year], 1):
        assert eras.from_bikram_sambat(year, month, length) is not None
        assert eras.from_bikram_sambat(year, month, length + 1) is None


@given(st.dates(date(1918, 4, 13), date(2044, 4, 12)))
def test_every_day_goes_there_and_back(day: date) -> None:
    parts = eras.bikram_sambat(day)
    assert parts is not None
    assert eras.from_bikram_sambat(*parts) == day
    assert parts[0] - day.year in (56, 57)


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(2100, 1, 1), date.min, date.max])
def test_outside_the_tables_there_is_none(day: date) -> None:
    assert eras.bikram_sambat(day) is None
    assert EN.own_calendar(day, "NP") == ""
    assert EN.day_with_calendar(day, "NP") == EN.day(day)


@given(st.dates(date(1912, 1, 1), date(2200, 1, 1)))
def test_the_republic_counts_from_1912(day: date) -> None:
    parts = eras.republic(day)
    assert parts == (day.year - 1911, day.month, day.day)
    assert eras.from_republic(*parts) == day


def test_what_is_no_day_of_the_republic() -> None:
    assert eras.republic(date(1911, 12, 31)) is None
    assert (eras.from_republic(0, 1, 1), eras.from_republic(115, 2, 30)) == (None, None)


@pytest.mark.parametrize(("typed", "country", "day"), [
    ("2083/08/05", "NP", TODAY), ("2083-8-5", "NP", TODAY), ("२०८३/०८/०५", "NP", TODAY), ("५/८/२०८३", "NP", TODAY),
    ("2083.08.05", "NP", TODAY), ("2082/01/01", "NP", date(2025, 4, 14)), ("2081/02/32", "NP", date(2024, 6, 14)),
    ("2026-11-21", "NP", TODAY), ("21/11/2026", "NP", TODAY), ("२१/११/२०२६", "NP", TODAY), ("2026/11/21", "NP", TODAY),
    ("115/11/21", "TW", TODAY), ("115-11-21", "TW", TODAY), ("115.11.21", "TW", TODAY), ("1151121", "TW", TODAY),
    ("0990801", "TW", date(2010, 8, 1)), ("民國115年11月21日", "TW", TODAY), ("民國115年11月21日", "MY", TODAY),
    ("115年11月21日", "TW", TODAY), ("99/8/1", "TW", date(2010, 8, 1)), ("2026年11月21日", "TW", TODAY),
    ("2026/11/21", "TW", TODAY), ("１１５／１１／２１".replace("／", "/"), "TW", TODAY),
])
def test_what_is_typed(typed: str, country: str, day: date) -> None:
    assert EN.read_day(typed, TODAY, country) == day


@pytest.mark.parametrize(("typed", "country"), [
    ("115/11/21", "MY"), ("1151121", "MY"), ("2083/13/01", "NP"), ("2083/08/30", "NP"), ("115/2/30", "TW"),
    ("1151321", "TW"), ("2101/01/01", "NP"),
])
def test_what_is_no_day_there(typed: str, country: str) -> None:
    with pytest.raises(InvalidInput):
        EN.read_day(typed, TODAY, country)


@given(st.text(alphabet="0123456789/-.年月日民國०१२ ", max_size=14), st.sampled_from(["NP", "TW", "MY", ""]))
def test_no_text_is_too_odd(typed: str, country: str) -> None:
    found = eras.read(typed, TODAY, country)
    assert found is None or isinstance(found, date)


def test_shown_beside_at_home_alone() -> None:
    assert EN.day_with_calendar(TODAY, "NP") == "BS 2083/08/05 · 21 Nov 2026"
    assert EN.day_with_calendar(TODAY, "TW", "full") == "ROC 115/11/21 · Saturday, 21 November 2026"
    assert EN.day_with_calendar(TODAY, "MY") == "21 Nov 2026"
    assert EN.day_with_calendar(None, "NP") == "—"


def test_the_month_ends_with_its_last_day() -> None:
    assert eras.month_end(TODAY) == date(2026, 12, 15)  # Mangsir 2083 has 29 days
    assert eras.month_end(date(2026, 4, 10)) == date(2026, 4, 13)  # Chait, before the new year
    assert eras.month_end(date(2100, 1, 1)) is None
