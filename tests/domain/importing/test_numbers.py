"""Numbers and amounts as people write them; expected values by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.domain.importing import numbers


@pytest.mark.parametrize(("text", "sign", "expected"), [
    ("1,23,45,678.50", ".", ("12345678.50", "")), ("1.234,56", ".", ("1234.56", "")),
    ("RM 1,200.00", ".", ("1200.00", "MYR")), ("NT$1,200", ".", ("1200", "TWD")), ("₱99.50", ".", ("99.50", "PHP")),
    ("रू १,२३,४५६", ".", ("123456", "NPR")), ("1,200 MYR", ".", ("1200", "MYR")), ("12 €", ",", ("12", "EUR")),
    ("Rs. 500/-", ".", ("500", "")), ("$5", ".", ("5", "")), ("(500)", ".", ("-500", "")), ("-$1.00", ".", ("-1", "")),
    ("500-", ".", ("-500", "")), ("−7", ".", ("-7", "")), ("1 234,5", ".", ("1234.5", "")), ("50%", ".", ("0.5", "")),
    ("1,234", ".", ("1234", "")), ("1,234", ",", ("1.234", "")), ("1.234", ",", ("1234", "")),
    ("12,34", ".", ("12.34", "")),
    ("6,000,000", ",", ("6000000", "")), ("1'200.50", ".", ("1200.50", "")), ("1E2", ".", ("100", "")),
    (".5", ".", ("0.5", "")),
])
def test_an_amount(text: str, sign: str, expected: tuple[str, str]) -> None:
    found = numbers.number(text, sign)
    assert found is not None
    assert (found[0], found[1]) == (Decimal(expected[0]), expected[1])


@pytest.mark.parametrize("text", ["", "abc", "5 apples", "RM1.5k", "0,,0", "1.2.3", "(5", "12-34", "1/2", "--5", "."])
def test_what_is_no_number(text: str) -> None:
    assert numbers.number(text, ".") is None


@pytest.mark.parametrize(("texts", "usual", "expected"), [
    (["1,234", "12,50"], ".", ","), (["1.234"], ".", "."), (["1.234"], ",", ","), (["1.234.567"], ".", ","),
    (["1,234.5"], ",", "."), (["1,23,456"], ",", "."), (["12"], ".", "."), (["0.123"], ",", "."),
])
def test_the_whole_column_decides_the_decimal_sign(texts: list[str], usual: str, expected: str) -> None:
    assert numbers.decimal_sign(texts, usual) == expected


@given(st.decimals(-10**9, 10**9, places=2), st.sampled_from(["en_US", "de_DE", "en_IN", "fr_FR", "es_ES"]))
def test_what_babel_writes_is_read_back(value: Decimal, locale: str) -> None:
    text = format_decimal(value, format="#,##,##0.00" if locale == "en_IN" else "#,##0.00", locale=locale)
    found = numbers.number(text, numbers.usual_sign(locale[-2:]))
    assert found is not None and found[0] == value
