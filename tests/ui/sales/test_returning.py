"""Returns by keyboard: lines, amounts, money or debt, and the way back."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from desktop_crm.domain.deals import DealFilter, DealLine
from desktop_crm.domain.errors import InvalidInput
from desktop_crm.domain.sales import GiveBack, Sale
from desktop_crm.services import accounts, deals, payments, sales
from desktop_crm.services.book import Book
from desktop_crm.ui.sales.returning import ReturnPanel
from tests.ui.sales.conftest import Counter

RICE, SUGAR = DealLine(1, "Rice 5 kg", 4000, 2590), DealLine(2, "Sugar 1 kg", 2000, 285)


@pytest.fixture
def counter(stand: Callable[..., Counter]) -> Counter:
    return stand(lambda book, jobs, messages: ReturnPanel(book, messages))


def amounts(book: Book) -> list[int | None]:
    return [row.amount for row in deals.rows(book, deals.list_ids(book, DealFilter(statuses=("won",))))]


def test_a_whole_sale_to_a_walk_in_comes_back_in_cash(counter: Counter, book: Book) -> None:
    sold = sales.sell(book, Sale(total=1250))
    counter.sheet.open_deal(sold.deal_id)
    assert counter.sheet.amount.text() == "12.50" and counter.sheet.rows["refund"].isHidden()
    counter.press("Return")
    assert amounts(book) == [1250, -1250]
    assert [row.amount for row in payments.rows(book, payments.list_ids(book))] == [1250, -1250]
    assert counter.sheet.outcome.said.text() == "Taken back for RM 12.50"


def test_the_amount_follows_the_ticked_lines(counter: Counter, book: Book) -> None:
    sold = sales.sell(book, Sale(lines=(RICE, SUGAR)))
    counter.sheet.open_deal(sold.deal_id)
    first = counter.sheet._lines[0].quantity
    first.setFocus()
    first.selectAll()
    counter.press("text:3")
    assert counter.sheet.amount.text() == "77.70"
    counter.press("Return")
    assert amounts(book) == [4 * 2590 + 2 * 285, -7770]
    assert [line.quantity.text() for line in counter.sheet._lines] == ["1", "2"]  # what is left
    counter.sheet.outcome.undo.click()
    assert amounts(book) == [4 * 2590 + 2 * 285]
    assert [line.quantity.text() for line in counter.sheet._lines] == ["4", "2"]


def test_more_than_is_left_is_refused_at_its_row(counter: Counter, book: Book) -> None:
    sold = sales.sell(book, Sale(lines=(SUGAR,)))
    counter.sheet.open_deal(sold.deal_id)
    counter.sheet._lines[0].tick.setChecked(True)
    counter.sheet._lines[0].quantity.setText("3")
    counter.press("Return")
    assert amounts(book) == [570] and "2 were sold" in counter.sheet.rows["lines"].why.text()
    counter.sheet._lines[0].quantity.setText("2")
    counter.sheet.amount.setText("9")
    counter.press("Return")
    assert amounts(book) == [570] and "More would come back" in counter.sheet.rows["amount"].why.text()


def test_who_owes_gets_it_off_the_debt_unless_told_otherwise(counter: Counter, book: Book) -> None:
    sales.sell(book, Sale(customer_id=1, total=10_000, paid=0))
    counter.sheet.open_customer(1)
    assert counter.sheet.way.value() == "account" and counter.sheet.rows["method"].isHidden()
    counter.sheet.amount.selectAll()
    counter.press("text:30", "Return")
    assert accounts.balance(book, 1).owed == 7000
    assert [row.amount for row in payments.rows(book, payments.list_ids(book))] == []
    counter.sheet.way.choose("money")
    counter.sheet.amount.setFocus()
    counter.sheet.amount.selectAll()
    counter.press("text:10", "Return")
    assert accounts.balance(book, 1).owed == 7000  # 10 came back and was paid out
    assert [row.amount for row in payments.rows(book, payments.list_ids(book))] == [-1000]


def test_a_customer_without_a_sale_brings_an_amount(counter: Counter, book: Book) -> None:
    counter.sheet.open_customer(2)
    counter.press("text:5", "Return")
    assert amounts(book) == [-500] and deals.rows(book, deals.list_ids(book))[0].customer_id == 2


def test_the_same_thing_does_not_come_back_twice(book: Book) -> None:
    sold = sales.sell(book, Sale(total=9_000, lines=(SUGAR, RICE, SUGAR)))
    sales.give_back(book, GiveBack(deal_id=sold.deal_id, lines=(DealLine(2, "Sugar 1 kg", 3000, 285),)))
    lines, left = sales.returnable(book, sold.deal_id)
    assert [(line.name, line.quantity) for line in lines] == [("Rice 5 kg", 4000), ("Sugar 1 kg", 1000)]
    assert left == 9_000 - 855
    with pytest.raises(InvalidInput) as refused:
        sales.give_back(book, GiveBack(deal_id=sold.deal_id, lines=(DealLine(2, "Sugar 1 kg", 2000, 285),)))
    assert refused.value.at == "lines"
    with pytest.raises(InvalidInput):
        sales.give_back(book, GiveBack(deal_id=sold.deal_id, lines=(DealLine(3, "Rope", 1000, 100),)))


def test_what_was_not_sold_does_not_come_back(book: Book) -> None:
    offered = deals.add(book, {"name": "Offer", "amount": 5_000})
    with pytest.raises(InvalidInput, match="Only what was sold"):
        sales.give_back(book, GiveBack(deal_id=offered, amount=100))


def test_escape_leaves(counter: Counter, book: Book) -> None:
    counter.sheet.open_customer(1)
    counter.sheet.closed.connect(lambda: counter.wishes.append("closed"))
    counter.press("Escape")
    assert counter.wishes == ["closed"]
