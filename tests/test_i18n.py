"""Numbers, money, days and words as their readers write them."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.domain.errors import InvalidInput, Term
from desktop_crm.i18n import LANGUAGES, language

EN = language("en")
TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(("minor", "currency", "text"), [
    (123_456_750, "MYR", "RM 1,234,567.50"), (123_456_750, "NPR", "रू 12,34,567.50"),
    (1_234_567, "JPY", "JP¥ 1,234,567"),
    (1_234_567, "KWD", "KWD 1,234.567"), (1_000_000_000, "INR", "₹ 1,00,00,000.00"), (-50, "MYR", "−RM 0.50"),
    (None, "MYR", "—"), (0, "TWD", "NT$ 0.00"), (99_999, "NPR", "रू 999.99"), (10_000_000, "NPR", "रू 1,00,000.00"),
])
def test_money_is_grouped_as_its_country_does(minor: int | None, currency: str, text: str) -> None:
    assert EN.money(minor, currency) == text


def test_money_short_and_without_its_sign() -> None:
    assert EN.money(123_450, "MYR", symbol=False) == "1,234.50"
    assert EN.money(123_400, "MYR", short=True) == "RM 1,234"


@pytest.mark.parametrize(("typed", "minor"), [
    ("1,200.50", 120_050), ("RM 1200", 120_000), ("RM1,200", 120_000), ("MYR 5", 500), ("  7 ", 700), ("", None),
    ("-3.5", -350), ("1200.505", 120_051), ("0", 0),
])
def test_read_money(typed: str, minor: int | None) -> None:
    assert EN.read_money(typed, "MYR") == minor


@pytest.mark.parametrize("typed", ["abc", "1,2,3", "1.2.3", "=1+1", "12 apples", "1,20,0",
                                   "NaN", "Infinity", "1e5", "RM RM 5"])
def test_what_is_no_amount(typed: str) -> None:
    with pytest.raises(InvalidInput):
        EN.read_money(typed, "MYR")


@given(st.integers(-(10**15), 10**15), st.sampled_from(["MYR", "JPY", "KWD", "NPR"]), st.sampled_from(list(LANGUAGES)))
def test_what_was_written_is_read_again(minor: int, currency: str, code: str) -> None:
    words = language(code)
    if minor >= 0 and currency != "NPR":
        assert words.read_money(words.money(minor, currency), currency) == minor


@pytest.mark.parametrize(("typed", "thousandths"), [
    ("2", 2000), ("1.5", 1500), ("0.0005", 1), ("1,000", 1_000_000), ("", None),
])
def test_read_quantity(typed: str, thousandths: int | None) -> None:
    assert EN.read_quantity(typed) == thousandths


@pytest.mark.parametrize("typed", ["-1", "x", "1e3", "1000000000000"])
def test_what_is_no_quantity(typed: str) -> None:
    with pytest.raises(InvalidInput):
        EN.read_quantity(typed)


@pytest.mark.parametrize(("typed", "day"), [
    ("25/12/2026", date(2026, 12, 25)), ("1/2", date(2026, 2, 1)), ("2026-02-03", date(2026, 2, 3)),
    ("1-2-27", date(2027, 2, 1)),
    ("1.2.2027", date(2027, 2, 1)), ("29/2/2028", date(2028, 2, 29)), ("", None), (" 2026-2-3 ", date(2026, 2, 3)),
])
def test_read_day(typed: str, day: date | None) -> None:
    assert EN.read_day(typed, TODAY) == day


@pytest.mark.parametrize("typed", ["31/2/2026", "29/2/2027", "13/13/2026", "2026-02-30", "5", "1/2/3/4", "soon",
                                   "1/2 x", "0/1/2026", "1/2/99999"])
def test_what_is_no_day(typed: str) -> None:
    with pytest.raises(InvalidInput):
        EN.read_day(typed, TODAY)


def test_days_and_times() -> None:
    assert EN.full_day(TODAY) == "Saturday, 21 November"
    assert (EN.day(None), EN.clock(time(9, 5)), EN.rate(None), EN.rate(0.6315)) == ("—", "09:05", "—", "63.2 %")


def test_words_with_values_and_terms() -> None:
    assert EN.say("{field} is needed.", field=Term("Name")) == "Name is needed."
    assert EN.say("Row {row}: {message} {self}", row=1, message="x", self="y") == "Row 1: x y"
    assert [EN.count("{n} deal", "{n} deals", number) for number in (1, 1200)] == ["1 deal", "1,200 deals"]
    assert EN.say("100 % {") == "100 % {"


def test_a_day_in_what_went_wrong_is_written_as_the_reader_writes_it() -> None:
    error = InvalidInput("This file begins on {day}, not {row}.", "day", day=TODAY, row=3)
    assert EN.error(error) == "This file begins on 21 November 2026, not 3."
    assert language("zh_TW").error(error) == "This file begins on 2026年11月21日, not 3."


def test_a_language_without_words_speaks_english_and_keeps_its_direction() -> None:
    assert language("ar").right_to_left and not EN.right_to_left
    assert language("ar").say("Never translated") == "Never translated"


@pytest.mark.parametrize(("code", "things", "clauses"), [
    ("en", "rice, sugar, salt", "rice; sugar; salt."), ("ms", "rice, sugar, salt", "rice; sugar; salt."),
    ("zh_TW", "rice、sugar、salt", "rice；sugar；salt。"), ("ne", "rice, sugar, salt", "rice; sugar; salt।"),
    ("ta", "rice, sugar, salt", "rice; sugar; salt."), ("fil", "rice, sugar, salt", "rice; sugar; salt.")])
def test_lists_and_clauses_have_the_marks_of_the_script(code: str, things: str, clauses: str) -> None:
    words, parts = language(code), ("rice", "sugar", "salt")
    assert words.listed(parts) == things
    assert words.ended(words.joined(parts, ";")) == clauses


def test_a_clause_of_chinese_is_parted_by_a_wide_comma() -> None:
    assert language("zh_TW").joined(("目標的 40 %", "還剩 9 天")) == "目標的 40 %，還剩 9 天"
    assert language("en").joined(("40 % of RM 10", "9 days left")) == "40 % of RM 10, 9 days left"
    assert (language("en").listed(()), language("en").listed(("rice",))) == ("", "rice")
