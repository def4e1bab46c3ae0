"""How a deal stands, in words."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_crm.domain.deals import DealRow
from desktop_crm.ui.deals import standing

TODAY = date(2026, 11, 21)


def row(days: int | None, limit: int | None = 14, step: str | None = "Call", status: str = "open") -> DealRow:
    since = None if days is None else date.fromordinal(TODAY.toordinal() - days)
    return DealRow(1, "Racks", None, None, None, 2, "Qualified", status, 25, limit, 2_100_000, "MYR", None, None, None,
                   None, since, step, date(2026, 11, 24) if step else None, "")


@pytest.mark.parametrize(("deal", "words", "tone"), [
    (row(0), "", ""), (row(8), "", ""), (row(9), "9 d", "warn"), (row(14), "14 d", "warn"),
    (row(15), "over 14-day limit", "bad"), (row(10, 7), "over 7-day limit", "bad"), (row(4, 7), "", ""),
    (row(3, step=None), "no next step", "bad"), (row(99, None), "", ""), (row(None), "", ""),
    (row(99, status="won", step=None), "", ""),
])
def test_marks(deal: DealRow, words: str, tone: str) -> None:
    mark = standing.mark(deal, TODAY)
    assert (mark.words, mark.tone) == (words, tone)
    assert len(mark.short) <= len(mark.words)


def test_days() -> None:
    assert [standing.days(count) for count in (None, 0, 1, 1200)] == ["", "today", "1 d", "1,200 d"]


@pytest.mark.parametrize(("minor", "currency", "said"), [
    (620_000, "MYR", "RM 6,200"), (620_050, "MYR", "RM 6,200.50"), (None, "MYR", "—"), (1500, "JPY", "JP¥ 1,500"),
    (12_345_600, "NPR", "रू 1,23,456"),
])
def test_amounts_show_decimals_only_where_there_are_some(minor: int | None, currency: str, said: str) -> None:
    assert standing.amount(minor, currency) == said


def test_next_steps() -> None:
    assert standing.next_step(row(1)) == "24 Nov: Call"
    assert standing.next_step(row(1, step=None)) == "no next step"
    assert standing.next_step(row(1, step=None, status="won")) == "—"


def test_a_card_is_told_to_a_screen_reader() -> None:
    assert standing.spoken(row(3, step=None), TODAY) == "Racks, No customer, RM 21,000, 3 d, no next step"
