"""Money in minor units, half-open periods, and folded text in the scripts of our users."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.domain.errors import InvalidInput
from desktop_crm.domain.values import (
    Period,
    digits,
    fold,
    minor_digits,
    sort_key,
    squash,
    to_major,
    to_minor,
    usual_days,
)

DAYS = st.dates(date(1800, 1, 1), date(2300, 12, 31))
CURRENCIES = st.sampled_from(["MYR", "JPY", "KWD", "NPR", "TWD", "USD"])


@pytest.mark.parametrize(("currency", "places", "minor"), [
    ("MYR", 2, 123_457), ("JPY", 0, 1_235), ("KWD", 3, 1_234_565), ("NPR", 2, 123_457), ("USD", 2, 123_457),
])
def test_money_has_its_currencys_places(currency: str, places: int, minor: int) -> None:
    assert minor_digits(currency) == places
    assert to_minor(Decimal("1234.565"), currency) == minor


@pytest.mark.parametrize(("amount", "minor"), [
    ("0.005", 1), ("-0.005", -1), ("0.004", 0), ("2.675", 268), ("1e3", 100_000),
])
def test_half_a_unit_goes_away_from_zero(amount: str, minor: int) -> None:
    assert to_minor(Decimal(amount), "MYR") == minor


@given(st.integers(-(2**62) + 1, 2**62 - 1), CURRENCIES)
def test_minor_units_survive_the_way_out_and_back(minor: int, currency: str) -> None:
    assert to_minor(to_major(minor, currency), currency) == minor


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-Infinity", "1e17", "-1e17", "1e999"])
def test_an_amount_that_does_not_fit_is_refused(amount: str) -> None:
    with pytest.raises(InvalidInput):
        to_minor(Decimal(amount), "KWD")


def test_major_units_have_exact_places() -> None:
    assert [str(to_major(100, code)) for code in ("MYR", "JPY", "KWD")] == ["1.00", "100", "0.100"]


@given(DAYS, DAYS, DAYS)
def test_a_period_holds_its_start_and_not_its_end(start: date, end: date, day: date) -> None:
    period = Period(start, end)
    assert (day in period) == (start <= day < end) == (day in set(period.days()) if (end - start).days < 800
                                                       else start <= day < end)
    assert (day in Period(start)) == (day >= start) and (day in Period(None, end)) == (day < end)
    assert day in Period() and None not in Period()


@given(DAYS)
def test_each_day_is_in_its_day_month_quarter_and_year_which_meet_their_neighbours(day: date) -> None:
    for make, most in ((Period.day, 1), (Period.month, 31), (Period.quarter, 92), (Period.year, 366)):
        period = make(day)
        assert day in period and period.start is not None and period.end is not None
        assert (period.end - period.start).days <= most
        assert make(period.end).start == period.end
        assert make(period.end - timedelta(days=1)) == period


def test_the_last_periods_of_the_calendar_are_open() -> None:
    for make in (Period.day, Period.month, Period.quarter, Period.year):
        assert make(date.max).end is None and date.max in make(date.max)


def test_the_usual_day_is_of_the_same_weekday() -> None:
    days = usual_days(date(2026, 11, 21))
    assert (len(days), days[0], days[-1]) == (8, date(2026, 11, 14), date(2026, 9, 26))
    assert {day.weekday() for day in days} == {5}


@pytest.mark.parametrize(("text", "folded"), [
    ("  Café   SÖHNE ", "cafe sohne"), ("Straße", "strasse"), ("ＡＢＣ１２", "abc12"), ("小明 科技", "小 明 科 技"),
    ("ABC小明", "abc 小 明"), ("முருகன்", "முருகன்"), ("श्रेष्ठ ट्रेडर्स", "श्रेष्ठ ट्रेडर्स"), ("محمد", "محمد"), ("", ""),
    ("İstanbul", "istanbul"), ("𝓜𝓪𝓻𝓲𝓪 🄱🄾🅂🅂", "maria boss"),
])
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=40))
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(("one", "other"), [
    ("GTX Pro", "GTXPro"), ("MG Special", "mg-special"), ("小 明", "小明"), ("O'Brien & Co.", "obrien co"),
    ("முருகன் ஸ்டோர்ஸ்", "முருகன்ஸ்டோர்ஸ்"),
])
def test_squash_brings_writings_together(one: str, other: str) -> None:
    assert squash(one) == squash(other) != ""


def test_squash_keeps_vowel_signs_apart() -> None:
    assert squash("कि") != squash("का")


@pytest.mark.parametrize("names", [
    ["Shop 9", "shop 10", "Shop 100"], ["Émile", "Eric", "éva"], ["“Ali”", "Baba", "(Cats)"], ["a", "B", "c"],
    ["小明 2", "小明 10"],
])
def test_names_sort_as_people_sort_them(names: list[str]) -> None:
    assert sorted(set(names), key=sort_key) == names


@pytest.mark.parametrize(("text", "found"), [
    ("+60 12-345 6789", "60123456789"), ("९८४१", "9841"), ("௧௨", "12"), ("٠١٢", "012"), ("none", ""), ("½²", ""),
])
def test_digits(text: str, found: str) -> None:
    assert digits(text) == found
