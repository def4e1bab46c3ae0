"""Conditions read out of one line: their shape, and where a line is not understood."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.domain.condition_phrases import EXAMPLE, MOST, Both, Said, parse
from desktop_crm.domain.errors import InvalidInput


def shape(part: Said | Both) -> object:
    if isinstance(part, Both):
        return ("and" if part.all else "or", *map(shape, part.parts))
    return (part.field, part.test, *part.values)


@pytest.mark.parametrize(("line", "expected"), [
    (EXAMPLE, ("and", ("region", "is", "Johor"), ("or", ("paid", "at_least", "500"), ("tags", "has", "VIP")))),
    ("a is 1 or b is 2 and c is 3", ("or", ("a", "is", "1"), ("and", ("b", "is", "2"), ("c", "is", "3")))),
    ("(a is 1 or b is 2) and c is 3", ("and", ("or", ("a", "is", "1"), ("b", "is", "2")), ("c", "is", "3"))),
    ("starred", ("and", ("starred", "yes"))),
    ("not starred AND overdue", ("and", ("starred", "no"), ("overdue", "yes"))),
    ("region is not empty", ("and", ("region", "filled"))),
    ("region is empty", ("and", ("region", "empty"))),
    ('region is not "Shah Alam"', ("and", ("region", "is_not", "Shah Alam"))),
    ("region in (Johor, 'Negeri Sembilan',Perak)", ("and", ("region", "one_of", "Johor", "Negeri Sembilan", "Perak"))),
    ("region not in Johor, Perak", ("and", ("region", "none_of", "Johor", "Perak"))),
    ("paid between 100 and 500 and owed>0", ("and", ("paid", "between", "100", "500"), ("owed", "more", "0"))),
    ("paid<=500", ("and", ("paid", "at_most", "500"))),
    ("last_contact in the last 30 days", ("and", ("last_contact", "last_days", "30"))),
    ("last_contact last 30", ("and", ("last_contact", "last_days", "30"))),
    ("last_purchase older than 1 day", ("and", ("last_purchase", "days_ago", "1"))),
    ("birthday this month", ("and", ("birthday", "this_month"))),
    ('"Shoe size" >= 41', ("and", ("Shoe size", "at_least", "41"))),
    ('notes has "and"', ("and", ("notes", "has", "and"))),
    ("name has 小明", ("and", ("name", "has", "小明"))),
    ("name starts with “Kedai Runcit”", ("and", ("name", "starts", "Kedai Runcit"))),
])
def test_a_line_is_read(line: str, expected: object) -> None:
    assert shape(parse(line)) == expected


@pytest.mark.parametrize(("line", "rest"), [
    ("region is Johor Bahru", "Bahru"), ("region is Johor and (paid >= 5", ""), ("region is", ""), ("", ""),
    ("and region is Johor", "and region is Johor"), ('region is "Johor', '"Johor'), ("region is Johor)", ")"),
    ("paid between 1 2", "2"), ("region in (Johor Perak)", "Perak)"), ("region is Johor or", ""), ("! 5", "! 5"),
])
def test_a_line_that_is_not_understood_says_from_where_on(line: str, rest: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        parse(line)
    assert refused.value.values.get("rest", "") == rest and EXAMPLE in str(refused.value)


def test_a_line_has_so_many_conditions_at_most() -> None:
    assert len(parse(" and ".join(["a is 1"] * MOST)).parts) == MOST
    with pytest.raises(InvalidInput):
        parse(" and ".join(["a is 1"] * (MOST + 1)))


@given(st.text(st.sampled_from("ab \"'()<>=,and or not is in 1")) | st.text())
def test_any_text_is_read_or_refused(line: str) -> None:
    with suppress(InvalidInput):
        parse(line)


def test_brackets_that_are_too_deep_are_refused_in_a_sentence() -> None:
    assert parse("(" * 10 + "a is 1" + ")" * 10)
    for deep in (11, 500, 5000):
        with pytest.raises(InvalidInput, match="at most 10 deep"):
            parse("(" * deep + "a is 1" + ")" * deep)
