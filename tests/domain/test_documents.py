"""Papers for customers: their figures add up, or the paper is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.domain.documents import (
    DocumentLine,
    Party,
    Quotation,
    Receipt,
    Statement,
    Sums,
    TaxLine,
    check,
    priced,
    running,
)
from desktop_crm.domain.errors import InvalidInput
from desktop_crm.domain.values import Period, extended
from tests.papers import AISYAH, DAY, SHOP

AMOUNTS = st.integers(-(10**12), 10**12)
LINES = st.lists(st.builds(priced, st.just("Tiles"), st.integers(-(10**7), 10**7), st.integers(0, 10**7),
                           st.integers(0, 10**5)), max_size=8)
TAXES = st.lists(st.builds(TaxLine, st.just("SST"), AMOUNTS, st.just(8000), st.booleans()), max_size=3)


def receipt(lines: tuple[DocumentLine, ...], sums: Sums) -> Receipt:
    return Receipt("R-000001", DAY, "MYR", SHOP, AISYAH, sums, sums.total, lines=lines)


@pytest.mark.parametrize(("quantity", "price", "amount"), [
    (1000, 1250, 1250), (2500, 333, 833), (500, 333, 167), (1500, 333, 500), (-500, 333, -167), (-2500, 333, -833),
    (1, 499, 0), (1, 500, 1), (-1, 500, -1), (0, 999, 0),
])
def test_half_a_cent_rounds_away_from_zero(quantity: int, price: int, amount: int) -> None:
    assert extended(quantity, price) == amount


def test_a_bill_by_hand() -> None:
    lines = (priced("Tiles", 24_500, 4800), priced("Adhesive", 12_000, 3200, 2000),
             DocumentLine("Cut", 1000, None, 15_000))
    assert [line.amount for line in lines] == [117_600, 36_400, 15_000]
    sums = Sums.of((line.amount for line in lines), 5000,
                   (TaxLine("SST", 13_120, 8000), TaxLine("Levy", 99, included=True)), -2)
    assert (sums.subtotal, sums.total, sums.bare) == (169_000, 177_118, False)  # 1,690 − 50 + 131.20 − 0.02
    check(receipt(lines, sums))


@given(LINES, st.integers(0, 10**9), TAXES, st.integers(-4, 4))
def test_what_the_builders_make_adds_up_and_a_cent_more_does_not(
    lines: list[DocumentLine], discount: int, taxes: list[TaxLine], rounding: int
) -> None:
    sums = Sums.of((line.amount for line in lines), discount, taxes, rounding)
    added = [tax.amount for tax in taxes if not tax.included]
    assert sums.total == sum(line.amount for line in lines) - discount + sum(added) + rounding
    paper = Quotation("Q-1", DAY, "MYR", SHOP, AISYAH, tuple(lines), sums)
    check(paper)
    check(receipt(tuple(lines), sums))
    with pytest.raises(InvalidInput, match="Total"):
        check(replace(paper, sums=replace(sums, total=sums.total + 1)))
    if lines:
        with pytest.raises(InvalidInput, match="Subtotal"):
            check(replace(paper, sums=replace(sums, subtotal=sums.subtotal + 1, total=sums.total + 1)))
        with pytest.raises(InvalidInput, match="Tiles"):
            check(replace(paper, lines=(replace(lines[0], amount=lines[0].amount + 1), *lines[1:])))


def test_the_refusal_says_both_figures() -> None:
    with pytest.raises(InvalidInput) as refused:
        check(receipt((), Sums(1000, 999)))
    assert str(refused.value) == ("“Total” says 9.99, but what it is made of comes to 10.00. Nothing was printed.")


def test_included_taxes_alone_leave_the_sums_bare() -> None:
    assert Sums.of((100,), taxes=(TaxLine("VAT", 11, 12_000, included=True),)).bare
    assert not Sums.of((100,), taxes=(TaxLine("VAT", 12, 12_000),)).bare


ENTRIES = st.lists(st.tuples(st.just(DAY), st.just("Sale"), AMOUNTS, AMOUNTS), max_size=12)


def statement(opening: int, entries: list[tuple[date, str, int, int]]) -> Statement:
    rows = running(opening, entries)
    closing = rows[-1].balance if rows else opening
    return Statement(DAY, Period.month(DAY), "MYR", SHOP, AISYAH, opening, rows, closing,
                     ages=(max(0, closing), 0, 0, 0, 0))


@given(AMOUNTS, ENTRIES)
def test_a_statement_runs_from_its_opening_to_its_closing_balance(
    opening: int, entries: list[tuple[date, str, int, int]]
) -> None:
    paper = statement(opening, entries)
    check(paper)
    assert paper.closing == opening + paper.charged - paper.paid
    with pytest.raises(InvalidInput, match="Closing balance"):
        check(replace(paper, closing=paper.closing - 1))
    check(replace(paper, ages=None))
    with pytest.raises(InvalidInput, match="Days overdue"):
        check(replace(paper, ages=(0, 0, max(0, paper.closing) + 1, 0, 0)))
    if paper.rows:
        wrong = replace(paper.rows[0], balance=paper.rows[0].balance + 1)
        with pytest.raises(InvalidInput, match="Sale"):
            check(replace(paper, rows=(wrong, *paper.rows[1:])))


def test_a_paper_bears_the_invoice_title() -> None:
    assert (Party("陳老闆", "陳老闆 有限公司").title, Party("陳老闆").title) == ("陳老闆 有限公司", "陳老闆")
