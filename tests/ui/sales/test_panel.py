"""The quick sale by keyboard: an amount, items, part payments, credit, change, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from desktop_crm.domain.deals import DealFilter
from desktop_crm.services import accounts, customers, deals, importing, payments, receipts, sellers
from desktop_crm.services.book import Book
from desktop_crm.ui.sales.panel import QuickSalePanel
from tests.books import TODAY, dump, undo_all
from tests.ui.sales.conftest import Counter


@pytest.fixture
def counter(stand: Callable[..., Counter]) -> Counter:
    return stand(QuickSalePanel)


def sold(book: Book) -> list[int | None]:
    """The amounts of all won deals, oldest first."""
    return [row.amount for row in deals.rows(book, deals.list_ids(book, DealFilter(statuses=("won",))))]


def test_an_amount_and_enter_is_a_cash_sale_to_a_walk_in(counter: Counter, book: Book) -> None:
    counter.press("text:12.50", "Return")
    assert sold(book) == [1250]
    row, = deals.rows(book, deals.list_ids(book))
    assert (row.customer_id, row.closed_on) == (None, TODAY)
    money, = payments.rows(book, payments.list_ids(book))
    assert (money.amount, money.method, money.received_on) == (1250, "cash", TODAY)
    assert counter.sheet.outcome.said.text() == "Sold for RM 12.50"
    assert counter.sheet.total.text() == "" and counter.sheet.total.hasFocus()


def test_ten_sales_in_a_row_and_ten_steps_back(counter: Counter, book: Book) -> None:
    before = dump(book)
    for number in range(1, 11):
        counter.press(f"text:{number}.10", "Return")
    counter.rest()
    assert sold(book) == [number * 100 + 10 for number in range(1, 11)]
    assert counter.sheet.today.model.rowCount() == 10
    for _ in range(10):
        book.undo()
    counter.rest()
    assert dump(book) == before
    assert counter.sheet.today.model.rowCount() == 0


def test_items_come_by_their_first_letters(counter: Counter, book: Book) -> None:
    counter.press("text:rice", "Return", "text:2", "Return", "Return")
    counter.press("text:sug", "Return", "text:3", "Return", "Return")
    counter.press("Return")  # the empty line says that nothing more comes
    assert sold(book) == [2 * 2590 + 3 * 285]
    card = deals.card(book, deals.list_ids(book)[0])
    assert [(line.name, line.quantity, line.price) for line in card.lines] == [
        ("Rice 5 kg", 2000, 2590), ("Sugar 1 kg", 3000, 285)]
    assert card.row.name == "Rice 5 kg × 2, Sugar 1 kg × 3"


def test_another_total_than_the_items_is_kept(counter: Counter, book: Book) -> None:
    counter.press("text:rice", "Return", "Return", "Return")
    counter.sheet.total.setFocus()
    counter.sheet.total.selectAll()
    counter.press("text:25", "Return")
    assert sold(book) == [2500]


def test_an_item_without_a_price_asks_for_the_total(counter: Counter, book: Book) -> None:
    counter.press("text:rope", "Return", "Return", "Return", "Return")
    assert sold(book) == []
    counter.sheet.total.setFocus()
    counter.press("text:7", "Return")
    assert sold(book) == [700]


def test_a_price_in_another_currency_is_not_offered(counter: Counter, book: Book, tmp_path: Path) -> None:
    (tmp_path / "goods.csv").write_text("Name,Price,Currency\nLamp,10.00,USD\n", encoding="utf-8")
    importing.run(book, tmp_path / "goods.csv", "products")
    counter.press("text:lamp", "Return", "Return", "Return", "Return")
    assert sold(book) == []
    counter.sheet.total.setFocus()
    counter.press("text:45", "Return")
    assert sold(book) == [4500]


def test_a_customer_comes_by_the_last_digits_of_the_phone(counter: Counter, book: Book) -> None:
    counter.sheet.customer.setFocus()
    counter.press("text:6789", "Return", "text:5", "Return")
    assert deals.rows(book, deals.list_ids(book))[0].customer == "Aminah Runcit"


def test_a_new_name_becomes_a_customer_in_the_same_step(counter: Counter, book: Book) -> None:
    counter.sheet.customer.setFocus()
    counter.press("text:Siti binti Ali", "Return", "text:5", "Return")
    assert deals.rows(book, deals.list_ids(book))[0].customer == "Siti binti Ali"
    book.undo()
    assert len(customers.list_ids(book)) == 2 and sold(book) == []


def test_a_part_now_and_the_rest_on_a_day_in_words(counter: Counter, book: Book) -> None:
    counter.sheet.customer.setFocus()
    counter.press("text:aminah", "Return", "text:100", "Tab")
    counter.sheet.payment.mode.choose("part")
    counter.sheet.payment.paid.setFocus()
    counter.press("text:30")
    assert counter.sheet.payment.left.text() == "RM 70 on account"
    counter.sheet.payment.due.setFocus()
    counter.press("text:next friday", "Return")
    assert accounts.balance(book, 1).owed == 7000
    planned = [row for row in payments.rows(book, payments.list_ids(book)) if row.received_on is None]
    assert [(row.amount, row.due_on) for row in planned] == [(7000, date(2026, 11, 27))]


def test_on_credit_in_monthly_parts(counter: Counter, book: Book) -> None:
    counter.sheet.customer.setFocus()
    counter.press("text:aminah", "Return", "text:100")
    counter.sheet.payment.mode.choose("credit")
    counter.sheet.payment.count.set_value(3)
    counter.sheet.save()
    planned = payments.rows(book, payments.list_ids(book, sort="due"))
    assert [(row.amount, row.due_on) for row in planned] == [
        (3334, date(2026, 12, 21)), (3333, date(2027, 1, 21)), (3333, date(2027, 2, 21))]


def test_credit_without_a_customer_is_refused_at_the_customer(counter: Counter, book: Book) -> None:
    counter.press("text:10")
    counter.sheet.payment.mode.choose("credit")
    counter.sheet.total.setFocus()
    counter.press("Return")
    assert sold(book) == [] and counter.sheet.customer.hasFocus()
    assert "needs a customer" in counter.sheet._rows["customer_id"].why.text()


def test_the_credit_limit_is_warned_of_and_not_enforced(counter: Counter, book: Book) -> None:
    counter.sheet.customer.setFocus()
    counter.press("text:aminah", "Return", "text:600")
    counter.sheet.payment.mode.choose("credit")
    assert counter.sheet.owes.text() == "With this sale they owe RM 600: over their credit limit of RM 500."
    counter.sheet.total.setFocus()
    counter.press("Return")
    assert accounts.balance(book, 1).owed == 60_000


def test_change_is_said_before_and_after(counter: Counter, book: Book) -> None:
    counter.press("text:41.20")
    counter.sheet.payment.received.setFocus()
    counter.press("text:50")
    assert counter.sheet.payment.change.text() == "Change RM 8.80"
    counter.press("Return")
    assert counter.sheet.outcome.change.text() == "Change RM 8.80"
    assert sold(book) == [4120] and payments.rows(book, payments.list_ids(book))[0].amount == 4120


def test_too_little_cash_is_refused(counter: Counter, book: Book) -> None:
    counter.press("text:41.20")
    counter.sheet.payment.received.setFocus()
    counter.press("text:40", "Return")
    assert sold(book) == [] and "RM 1.20 is missing" in counter.sheet.payment.rows["received"].why.text()


def test_methods_have_keys(counter: Counter, book: Book) -> None:
    counter.press("text:5", "Alt+3", "Return")
    assert payments.rows(book, payments.list_ids(book))[0].method == "duitnow"


def test_a_cheque_is_in_hand_until_its_day(counter: Counter, book: Book) -> None:
    counter.sheet.customer.setFocus()
    counter.press("text:aminah", "Return", "text:80")
    counter.sheet.payment.method.choose("cheque")
    counter.sheet.payment.due.setFocus()
    counter.press("text:2026-12-01", "Return")
    balance = accounts.balance(book, 1)
    assert (balance.owed, balance.on_the_way) == (8000, 8000)
    assert not counter.sheet.outcome.receipt.isVisible()


def test_a_ticked_receipt_is_numbered_and_undo_voids_it(counter: Counter, book: Book) -> None:
    counter.press("text:5")
    counter.sheet.receipt.set_value(True)
    counter.press("Return")
    assert "Receipt 000001" in counter.sheet.outcome.more.text()
    counter.sheet.outcome.undo.click()
    assert sold(book) == [] and not counter.sheet.outcome.isVisible()
    assert [receipts.get(book, key).voided for key in receipts.list_ids(book)] == [True]


def test_undo_of_the_line_takes_back_that_sale_alone(counter: Counter, book: Book) -> None:
    counter.press("text:5", "Return")
    customers.add(book, {"name": "Somebody"})
    counter.sheet.outcome.undo.click()
    assert sold(book) == [500] and "Something else was done since" in counter.bar.text()


def test_nonsense_is_refused_at_its_place(counter: Counter, book: Book) -> None:
    counter.press("text:12,x", "Return")
    assert sold(book) == [] and "is not an amount" in counter.sheet._rows["total"].why.text()
    counter.press("Return")
    assert counter.sheet.total.hasFocus()


def test_escape_leaves(counter: Counter) -> None:
    counter.sheet.closed.connect(lambda: counter.wishes.append("closed"))
    counter.press("Escape")
    assert counter.wishes == ["closed"]


def test_everything_undone_is_the_file_as_it_was(counter: Counter, book: Book) -> None:
    counter.press("text:5", "Return", "text:rice", "Return", "Return", "Return", "Return")
    assert len(sold(book)) == 2
    undo_all(book)
    assert sold(book) == []


def test_who_works_is_who_sells(stand: Callable[..., Counter], book: Book) -> None:
    book.seller = sellers.add(book, {"name": "Mei Ling"})
    counter = stand(QuickSalePanel)
    counter.press("text:5", "Return")
    assert deals.rows(book, deals.list_ids(book))[0].seller == "Mei Ling"
