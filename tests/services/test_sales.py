"""Quick sales, returns and receipts: figures by hand, and properties over any sequence."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.deals import DealLine
from desktop_crm.domain.errors import InvalidInput, NotFound, NothingToUndo
from desktop_crm.domain.figures import SalesFigures
from desktop_crm.domain.sales import GiveBack, Sale
from desktop_crm.services import accounts, customers, deals, payments, products, receipts, sales, sellers
from desktop_crm.services.book import Book
from desktop_crm.storage import figures
from tests.books import TODAY, dump, new_book, redo_all, undo_all

RICE = DealLine(None, "Rice 5 kg", 2000, 1850, 1500)
OIL = DealLine(None, "Oil", 1000, 650)


def payment_rows(book: Book) -> list[dict[str, Any]]:
    with book.read() as connection:
        return [dict(row._mapping) for row in connection.exec_driver_sql("SELECT * FROM payments ORDER BY id")]


def test_a_walk_in_pays_cash_and_gets_change(book: Book) -> None:
    sold = sales.sell(book, Sale(lines=(RICE, OIL), paid=5000))
    assert (sold.change, sold.owed, sold.receipt) == (650, 0, None)  # 2 × 18.50 + 6.50 = 43.50 of 50.00
    card = deals.card(book, sold.deal_id)
    assert (card.row.name, card.row.amount, card.row.status, card.row.customer) == (
        "Rice 5 kg × 2, Oil", 4350, "won", None)
    assert (card.row.created_on, card.row.closed_on, card.row.stage) == (TODAY, TODAY, "Won")
    [paid] = payment_rows(book)
    assert (paid["amount"], paid["method"], paid["received_on"], paid["deal_id"]) == (
        4350, "cash", TODAY.isoformat(), sold.deal_id)


def test_it_is_one_undo_step_with_a_new_customer_in_it(book: Book) -> None:
    before = dump(book)
    sales.sell(book, Sale(new_customer="Siti", total=10000, paid=4000, due_on=TODAY + timedelta(days=30)))
    after = dump(book)
    assert undo_all(book) == 1 and dump(book) == before
    assert redo_all(book) == 1 and dump(book) == after


def test_the_rest_is_owed_and_due_on_its_day(book: Book) -> None:
    customer = customers.add(book, {"name": "Aminah"})
    sales.sell(book, Sale(customer, total=10000, paid=4000, due_on=TODAY + timedelta(days=30)))
    balance = accounts.balance(book, customer)
    assert (balance.owed, balance.ages) == (6000, (6000, 0, 0, 0, 0))
    assert customers.rows(book, [customer])[0].state == "customer"  # who buys is no lead any more


def test_instalments_must_come_to_what_is_left(book: Book) -> None:
    customer = customers.add(book, {"name": "Aminah"})
    plan = ((TODAY + timedelta(days=30), 3000), (TODAY + timedelta(days=60), 3000))
    sales.sell(book, Sale(customer, total=10000, paid=4000, instalments=plan))
    assert [(row["due_on"], row["amount"]) for row in payment_rows(book) if row["received_on"] is None] == [
        (day.isoformat(), amount) for day, amount in plan]
    with pytest.raises(InvalidInput, match="instalments"):
        sales.sell(book, Sale(customer, total=10000, paid=4000, instalments=plan[:1]))


@pytest.mark.parametrize(("sale", "key"), [
    (Sale(total=0), "total"), (Sale(), "total"), (Sale(lines=(DealLine(None, "Gift"),)), "total"),
    (Sale(total=100, paid=50), "customer_id"), (Sale(total=100, paid=-1), "paid"),
    (Sale(total=100, paid=200, method="card"), "paid"), (Sale(total=100, method="shells"), "method"),
    (Sale(lines=(DealLine(None, "Rice", -1000, 5),)), "lines"),
])
def test_what_cannot_be_is_refused_and_nothing_is_saved(book: Book, sale: Sale, key: str) -> None:
    before = dump(book)
    with pytest.raises(InvalidInput) as told:
        sales.sell(book, sale)
    assert told.value.at == key and dump(book) == before


def test_a_return_takes_goods_money_and_revenue_back(book: Book) -> None:
    seller = sellers.add(book, {"name": "Devi"})
    product = products.add(book, {"name": "Rice 5 kg", "price": 1850})
    line = DealLine(product, "Rice 5 kg", 3000, 1850)
    sold = sales.sell(book, Sale(lines=(line,), seller_id=seller))
    sales.give_back(book, GiveBack(sold.deal_id, lines=(DealLine(product, "Rice 5 kg", 1000, 1850),)))
    with book.read() as connection:
        made = {cut: figures.sales(connection, None, cut, "MYR") for cut in ("", "seller", "product", "month")}
    for cut, found in made.items():
        assert (found.total.deals, found.total.won, found.total.won_amount) == (1, 1, 3700), cut  # 55.50 − 18.50
        assert found.total.won_days == {0: 1}, cut
    assert total_of(made["product"]) == 3700
    assert sum(row["amount"] for row in payment_rows(book)) == 3700


def total_of(found: SalesFigures) -> int:
    return sum(group.won_amount for group in found.groups)


def test_no_more_comes_back_than_was_sold(book: Book) -> None:
    sold = sales.sell(book, Sale(lines=(RICE,)))
    with pytest.raises(InvalidInput, match="than was sold"):
        sales.give_back(book, GiveBack(sold.deal_id, lines=(DealLine(None, "Rice 5 kg", 3000, 1850),)))
    sales.give_back(book, GiveBack(sold.deal_id, amount=2000))
    with pytest.raises(InvalidInput, match="than was sold"):
        sales.give_back(book, GiveBack(sold.deal_id, amount=1701))
    assert sales.give_back(book, GiveBack(sold.deal_id)).owed == 0  # the rest: 17.00
    assert sum(row["amount"] for row in payment_rows(book)) == 0


def test_a_return_on_account_lowers_the_debt_first(book: Book) -> None:
    customer = customers.add(book, {"name": "Aminah"})
    sold = sales.sell(book, Sale(customer, total=5000, paid=0))
    back = sales.give_back(book, GiveBack(sold.deal_id, amount=2000, refund=0))
    assert back.owed == 3000
    assert [item.owed for item in accounts.balance(book, customer).items] == [3000]
    with pytest.raises(InvalidInput, match="refund"):
        sales.give_back(book, GiveBack(amount=500, refund=0))  # a walk-in has no account


def test_receipts_are_numbered_without_gap_and_voided_by_undo(book: Book) -> None:
    numbers = [sales.sell(book, Sale(total=100 * n, receipt=True)).receipt for n in (1, 2, 3)]
    assert numbers == [1, 2, 3]
    book.undo()
    assert sales.sell(book, Sale(total=900, receipt=True)).receipt == 4  # 3 is voided, not free
    rows = [receipts.get(book, row) for row in receipts.list_ids(book)]
    assert [(row.number, row.voided, row.amount) for row in rows] == [
        ("000004", False, 900), ("000003", True, 300), ("000002", False, 200), ("000001", False, 100)]


def test_redo_makes_a_receipt_valid_again(book: Book) -> None:
    sales.sell(book, Sale(total=100, receipt=True))
    after = dump(book)
    book.undo()
    assert [receipts.get(book, row).voided for row in receipts.list_ids(book)] == [True]
    book.redo()
    assert dump(book) == after


def test_a_receipt_is_given_once_and_not_for_a_cheque_in_hand(book: Book) -> None:
    customer = customers.add(book, {"name": "Aminah"})
    sold = sales.sell(book, Sale(customer, total=5000, method="cheque", receipt=True))
    assert sold.receipt is None and sold.owed == 5000 and sold.taking is not None
    with pytest.raises(InvalidInput, match="no money received"):
        receipts.issue(book, sold.taking)
    accounts.advance(book, sold.taking, "cleared")
    first = receipts.issue(book, sold.taking)
    assert receipts.issue(book, sold.taking) == first and first.amount == 5000
    assert accounts.balance(book, customer).owed == 0


@pytest.mark.parametrize("way", ["sale", "payment"])
def test_deleting_what_was_paid_voids_its_receipt(book: Book, way: str) -> None:
    sold = sales.sell(book, Sale(total=100, receipt=True))
    if way == "sale":
        deals.delete(book, [sold.deal_id])
    else:
        payments.delete(book, [row["id"] for row in payment_rows(book)])
    assert [receipts.get(book, row).voided for row in receipts.list_ids(book)] == [True]


ACTS = st.lists(st.tuples(
    st.sampled_from(["sell", "credit", "part", "receive", "return", "cheque", "clear", "bounce", "undo", "redo"]),
    st.integers(0, 2), st.integers(1, 9999), st.sampled_from(["cash", "bank", "card"]), st.integers(0, 90)),
    max_size=10)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_balances_are_sales_less_payments_less_returns(tmp_path_factory: pytest.TempPathFactory,
                                                       acts: list[tuple[str, int, int, str, int]]) -> None:
    book = new_book(tmp_path_factory.mktemp("any") / "shop.crm")
    people = [customers.add(book, {"name": name}) for name in ("Aminah", "陳老闆", "எஸ். முருகன்")]
    seller = sellers.add(book, {"name": "Devi"})
    start = dump(book)
    for act, who, amount, method, days in acts:
        _do(book, act, people[who], amount, method, TODAY - timedelta(days=days), seller)
        _agree(book, people)
    redo_all(book)  # what the acts above have undone and not redone
    end = dump(book)
    undone = undo_all(book)
    empty = dump(book)
    assert {name: rows for name, rows in empty.items() if name != "receipts"} == {
        name: rows for name, rows in _before_people(start).items() if name != "receipts"}
    assert redo_all(book) == undone
    assert dump(book) == end
    book.close()


def _before_people(rows: dict[str, list[Any]]) -> dict[str, list[Any]]:
    gone = ("customers", "sellers", "state_moves")
    return {name: [] if name in gone else found for name, found in rows.items()}


def _do(book: Book, act: str, customer: int, amount: int, method: str, on: date, seller: int) -> None:
    waiting = [row["taking"] for row in payment_rows(book) if row["state"] in ("held", "deposited")]
    sold = [row["id"] for row in _deals(book) if row["customer_id"] == customer and row["amount"] > 0]
    try:
        if act in ("sell", "credit", "part", "cheque"):
            paid = {"sell": amount, "credit": 0, "part": amount // 2, "cheque": amount}[act]
            sales.sell(book, Sale(customer, total=amount, paid=paid, method="cheque" if act == "cheque" else method,
                                  seller_id=seller, on=on, receipt=True))
        elif act == "receive":
            accounts.receive(book, customer, amount, method, on=on, seller_id=seller, receipt=True)
        elif act == "return" and sold:
            sales.give_back(book, GiveBack(sold[0], amount=amount, refund=amount // 3, on=on))
        elif act in ("clear", "bounce") and waiting:
            accounts.advance(book, waiting[0], {"clear": "cleared", "bounce": "bounced"}[act])
        elif act == "undo":
            book.undo()
        elif act == "redo":
            book.redo()
    except (InvalidInput, NotFound, NothingToUndo):
        return  # more came back than was sold; the customer or seller was undone; nothing was left to undo


def _deals(book: Book) -> list[dict[str, Any]]:
    with book.read() as connection:
        return [dict(row._mapping) for row in connection.exec_driver_sql("SELECT * FROM deals ORDER BY id")]


def _agree(book: Book, people: list[int]) -> None:
    rows, owed = payment_rows(book), defaultdict(int)
    for deal in _deals(book):
        owed[deal["customer_id"]] += deal["amount"]
    for row in rows:
        if row["received_on"] is not None:
            owed[row["customer_id"]] -= row["amount"]
    found = accounts.balances(book)
    assert found == {customer: amount for customer, amount in owed.items() if amount}
    with book.read() as connection:
        made = figures.sales(connection, None, "customer", "MYR")
    assert made.total.won_amount == sum(deal["amount"] for deal in _deals(book))
    for customer in people:
        if customers.count(book, CustomerFilter(ids=(customer,))) == 0:
            continue  # undone: there is no such customer any more
        balance = accounts.balance(book, customer)
        assert balance.owed == owed[customer]
        assert sum(item.owed for item in balance.items) == max(0, sum(balance.ages)) == sum(balance.ages)
        assert sum(item.owed for item in balance.items) >= balance.owed
        moves = accounts.movements(book, customer)
        assert sum(move.charge - move.payment for move in moves) == balance.owed
    with book.read() as connection:
        numbers = [row[0] for row in connection.exec_driver_sql("SELECT number FROM receipts ORDER BY id")]
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_sale_is_in_the_money_of_the_business(tmp_path: Path) -> None:
    book = new_book(tmp_path / "nepal.crm", country="NP", currency="NPR")
    sold = sales.sell(book, Sale(total=12345678, method="esewa"))
    assert deals.card(book, sold.deal_id).row.currency == "NPR"
    book.close()


@pytest.mark.parametrize(("wrong", "at"), [
    ({"on": date.max}, "on"), ({"on": date.min}, "on"), ({"due_on": date(2301, 1, 1)}, "due_on"),
    ({"instalments": ((date.max, 100),), "paid": 0}, "due_on"), ({"total": 2**62 + 1}, "total"),
    ({"lines": (DealLine(None, "x", 10**15, 10**9),)}, "product"), ({"lines": (DealLine(None, "x" * 1001),)}, "name"),
])
def test_what_does_not_fit_the_file_is_refused_and_nothing_is_saved(book: Book, wrong: dict[str, Any], at: str) -> None:
    customer = customers.add(book, {"name": "Aminah"})
    before = dump(book)
    with pytest.raises(InvalidInput) as refused:
        sales.sell(book, Sale(**{"customer_id": customer, "total": 100, **wrong}))
    assert refused.value.at == at and dump(book) == before


def test_a_return_and_money_on_an_impossible_day_are_refused(book: Book) -> None:
    customer = customers.add(book, {"name": "Aminah"})
    deal = sales.sell(book, Sale(customer, total=100, paid=0)).deal_id
    taking = accounts.receive(book, customer, 50, "cheque").taking
    before = dump(book)
    for act in (lambda: sales.give_back(book, GiveBack(deal, on=date.max)),
                lambda: accounts.receive(book, customer, 10, on=date.max),
                lambda: accounts.receive(book, customer, 10, "cheque", due_on=date.max),
                lambda: accounts.advance(book, taking, "cleared", date.max),
                lambda: accounts.promise(book, customer, date.max)):
        with pytest.raises(InvalidInput):
            act()
    assert dump(book) == before


def test_what_comes_back_in_half_cents_meets_what_was_sold(book: Book) -> None:
    item = products.add(book, {"name": "Cloth", "price": 3})
    line = DealLine(item, "Cloth", 500, 3)  # 1.5 cents: 2
    deal = sales.sell(book, Sale(lines=(line,))).deal_id
    back = sales.give_back(book, GiveBack(deal, lines=(line,)))
    assert [one.amount for one in deals.card(book, back.deal_id).lines] == [-2]
    with book.read() as connection:
        found = figures.sales(connection, None, "product", book.currency)
    assert [group.won_amount for group in found.groups] == [found.total.won_amount] == [0]


def test_a_note_of_a_sale_keeps_no_control_characters(book: Book) -> None:
    deal = sales.sell(book, Sale(total=100, note="\x1b[2Jgift\x07", lines=(DealLine(None, "a\x00b", price=100),)))
    card = deals.card(book, deal.deal_id)
    assert (card.row.name, card.values["notes"], card.lines[0].name) == ("ab", "[2Jgift", "ab")
