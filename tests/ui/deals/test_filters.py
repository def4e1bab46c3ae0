"""The one filter of board and list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_crm.domain.deals import DealFilter
from desktop_crm.domain.values import Period
from desktop_crm.ui.deals.filters import CLOSES, CREATED, Filters, period

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(("key", "start", "end"), [
    ("overdue", None, date(2026, 11, 21)), ("week", date(2026, 11, 21), date(2026, 11, 28)),
    ("month", date(2026, 11, 1), date(2026, 12, 1)), ("next_month", date(2026, 12, 1), date(2027, 1, 1)),
    ("quarter", date(2026, 10, 1), date(2027, 1, 1)), ("year", date(2026, 1, 1), date(2027, 1, 1)),
    ("today", date(2026, 11, 21), date(2026, 11, 22)), ("last_week", date(2026, 11, 15), date(2026, 11, 22)),
])
def test_periods_are_half_open(key: str, start: date | None, end: date) -> None:
    assert period(key, TODAY) == Period(start, end)


def test_every_key_has_its_period() -> None:
    assert all(period(key, TODAY) for key in {**CLOSES, **CREATED} if key)
    assert period("", TODAY) is None


def test_the_board_is_the_lists_open_deals_of_a_pipeline() -> None:
    filters = Filters(search="tile", seller=0, status="won", no_next_step=True)
    assert filters.of_board(2, TODAY) == DealFilter(search="tile", statuses=("open",), pipelines=(2,), sellers=(0,),
                                                    no_next_step=True)


def test_a_filter_from_elsewhere_is_narrowed_never_widened() -> None:
    base = DealFilter(statuses=("won", "lost"), sellers=(1, 2), expected=Period(date(2026, 11, 10), None))
    filters = Filters(base=base, title="Closed", status="won", seller=2, closes="month")
    found = filters.of_list(TODAY)
    assert (found.statuses, found.sellers) == (("won",), (2,))
    assert found.expected == Period(date(2026, 11, 10), date(2026, 12, 1))
    assert replace(filters, status="open", seller=3).of_list(TODAY).statuses == ("none",)
    assert replace(filters, seller=3).of_list(TODAY).sellers == (-1,)


def test_narrowed_and_cleared() -> None:
    assert not Filters(pipeline=2, status="won").narrowed
    assert Filters(over_limit=True).narrowed
    assert Filters(pipeline=2, status="won", search="x", closes="year").cleared() == Filters(pipeline=2, status="won")
