"""RFM scores and groups: the formula against a plain count, the fixed cut-offs by hand, all 125 cells."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_crm.domain.errors import InvalidInput
from desktop_crm.domain.rfm import (
    SEGMENTS,
    SETTINGS,
    Bought,
    Cuts,
    Plan,
    fifths,
    rank,
    read_cuts,
    read_plan,
    segment,
    window_start,
    write_plan,
)
from tests.definitions import rfm_group

ON = date(2026, 11, 21)


def ago(days: int, orders: int, amount: int) -> Bought:
    return Bought(ON - timedelta(days=days), orders, amount)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 400), min_size=50, max_size=120))
def test_a_score_is_one_and_five_times_the_share_of_those_who_are_strictly_worse(values: list[int]) -> None:
    steps = fifths(values)
    for value in values:
        worse = sum(other < value for other in values)
        assert 1 + sum(value >= step for step in steps) == min(5, 1 + 5 * worse // len(values))


def test_fifty_buyers_are_scored_by_fifths_and_forty_nine_by_the_cut_offs() -> None:
    buyers = {number: ago(number, number, 100 * number) for number in range(1, 51)}
    fifty = rank(buyers, ON)
    assert fifty.fixed == frozenset()
    # 10 of 50 in each fifth: the first order more than ten others have makes a 2.
    assert [fifty[one].code for one in (1, 10, 11, 20, 21, 30, 31, 40, 41, 50)] == [
        "511", "511", "422", "422", "333", "333", "244", "244", "155", "155"]
    del buyers[50]
    fewer = rank(buyers, ON)
    assert fewer.fixed == {"r", "f", "m"}
    # The median of 100 … 4900 is 2500: 5 from 10000, 4 from 5000, 3 from 2500, 2 from 1250.
    assert [fewer[one].code for one in (1, 2, 3, 5, 8, 13, 25, 30, 31, 49)] == [
        "511", "521", "531", "541", "551", "552", "553", "553", "453", "453"]


def test_the_fixed_cut_offs_hold_at_their_edges() -> None:
    found = rank({days: ago(days, 1, 1000) for days in (0, 30, 31, 60, 61, 90, 91, 180, 181, 364)}, ON)
    assert [one.r for one in found.values()] == [5, 5, 4, 4, 3, 3, 2, 2, 1, 1]
    amounts = {1: 400, 2: 399, 3: 200, 4: 199, 5: 100, 6: 99, 7: 50, 8: 49, 9: 20}
    assert [one.m for one in rank({key: ago(1, 1, amount) for key, amount in amounts.items()}, ON).values()] == [
        5, 4, 4, 3, 3, 2, 2, 1, 1]  # the median is 99
    own = Plan(cuts=Cuts(recency=(1, 2, 3, 4), frequency=(40, 30, 20, 10)))
    assert rank({1: ago(3, 25, 1)}, ON, own)[1].code == "333"


def test_a_value_of_more_than_two_fifths_of_the_buyers_takes_the_fixed_cut_offs_for_that_score_alone() -> None:
    once = {number: ago(number, 1 if number < 21 else number, number) for number in range(50)}
    once[0] = ago(0, 1, 0)
    assert rank(once, ON).fixed == {"f"}  # 21 of 50 bought once: 42 %
    twenty = {number: ago(number, 1 if number < 20 else number, number) for number in range(50)}
    found = rank(twenty, ON)
    assert found.fixed == frozenset()  # 40 % is not more than 40 %
    assert {found[number].f for number in range(20)} == {1} and found[20].f == 3  # ties share one


def test_who_bought_before_the_window_or_on_no_known_day_has_no_scores() -> None:
    found = rank({1: ago(500, 0, 0), 2: Bought(None, 0, 0), 3: ago(0, 1, 5)}, ON)
    assert (found[1].days, found[1].code, found[1].segment) == (500, "", "no_purchase")
    assert (found[2].days, found[2].r, found[2].segment) == (None, None, "no_purchase")
    assert found[3].segment == "new" and 4 not in found and len(found) == 3
    assert len(rank({}, ON)) == 0


def test_all_cells_have_the_group_of_the_definitions() -> None:
    found = {(*cell, once): segment(*cell, once) for cell in product(range(1, 6), repeat=3) for once in (True, False)}
    assert found == {key: rfm_group(*key) for key in found} and len(found) == 250
    assert set(found.values()) == SEGMENTS.keys() - {"no_purchase"}


@pytest.mark.parametrize(("on", "months", "start"), [
    (date(2026, 11, 21), 12, date(2025, 11, 21)), (date(2024, 2, 29), 12, date(2023, 2, 28)),
    (date(2026, 3, 31), 1, date(2026, 2, 28)), (date(2026, 1, 15), 1, date(2025, 12, 15)),
    (date(2026, 12, 31), 24, date(2024, 12, 31)), (date(1, 5, 1), 12, date.min)])
def test_the_window_is_whole_months_that_end_with_the_day(on: date, months: int, start: date) -> None:
    assert window_start(on, months) == start


def test_a_plan_is_kept_as_settings_and_what_cannot_be_is_refused() -> None:
    plan = Plan(6, "payments", Cuts((7, 14, 30, 60), (10, 6, 4, 2), (5, 2, 1, 0.25)))
    assert read_plan(write_plan(plan)) == plan and set(write_plan(plan)) == set(SETTINGS) and read_plan({}) == Plan()
    assert read_cuts("4 / 2 / 1 / 0,5", "monetary") == (4, 2, 1, 0.5) == Cuts().monetary
    for text in ("30/60/90", "180/90/60/30", "30/30/60/90", "a/b/c/d", "-1/2/3/4", "1/2/3/1e9", "1/2/3/inf", ""):
        with pytest.raises(InvalidInput, match="cut-offs"):
            read_cuts(text, "recency")
    with pytest.raises(InvalidInput, match="cut-offs"):
        read_cuts("2/3/5/8", "frequency")
    for months in ("0", "121", "soon", "1.5"):
        with pytest.raises(InvalidInput, match="months"):
            read_plan({"rfm_months": months})
