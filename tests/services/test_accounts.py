"""The credit book by hand: spreading, ageing, advances, cheques, promises."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop_crm.domain.accounts import METHODS, Charge, ageing, method_of, methods, open_items, spread
from desktop_crm.domain.errors import InvalidInput
from desktop_crm.domain.sales import GiveBack, Sale
from desktop_crm.i18n import LANGUAGES, language
from desktop_crm.services import accounts, customers, deals, sales
from desktop_crm.services.book import Book
from tests.books import TODAY, dump


def ago(days: int) -> object:
    return TODAY - timedelta(days=days)


@pytest.fixture
def debtor(book: Book) -> int:
    """Owes 100.00 since 40 days, 50.00 since 10 days."""
    customer = customers.add(book, {"name": "Aminah"})
    for days, amount in ((10, 5000), (40, 10000)):
        sales.sell(book, Sale(customer, total=amount, paid=0, on=TODAY - timedelta(days=days)))
    return customer


def test_money_pays_the_oldest_first(book: Book, debtor: int) -> None:
    assert accounts.balance(book, debtor).ages == (0, 5000, 10000, 0, 0)
    taken = accounts.receive(book, debtor, 12000, receipt=True)
    assert (taken.owed, taken.advance, taken.receipt) == (3000, 0, 1)
    assert [(item.amount, item.owed) for item in accounts.balance(book, debtor).items] == [(5000, 3000)]
    book.undo()
    assert accounts.balance(book, debtor).owed == 15000


def test_parts_by_hand_and_what_is_left_is_an_advance(book: Book, debtor: int) -> None:
    newer = accounts.balance(book, debtor).items[1].deal_id
    taken = accounts.receive(book, debtor, 7000, "bank", parts=[(newer, 5000)])
    assert (taken.advance, taken.owed) == (2000, 8000)
    assert [item.owed for item in accounts.balance(book, debtor).items] == [8000]  # the advance helps the oldest
    with pytest.raises(InvalidInput, match="neither more than a sale owes"):
        accounts.receive(book, debtor, 100, parts=[(newer, 1)])


def test_more_than_is_owed_is_credit(book: Book, debtor: int) -> None:
    assert accounts.receive(book, debtor, 20000).owed == -5000
    assert accounts.balances(book) == {debtor: -5000} and accounts.debtors(book) == []
    sales.sell(book, Sale(debtor, total=6000, paid=0))
    assert [item.owed for item in accounts.balance(book, debtor).items] == [1000]


def test_instalments_are_received_in_their_order(book: Book) -> None:
    customer = customers.add(book, {"name": "Aminah"})
    days = [TODAY + timedelta(days=30 * number) for number in (1, 2, 3)]
    sales.sell(book, Sale(customer, total=9000, paid=0, instalments=tuple((day, 3000) for day in days)))
    accounts.receive(book, customer, 4000)
    with book.read() as connection:
        rows = connection.exec_driver_sql(
            "SELECT due_on, amount, received_on IS NOT NULL FROM payments ORDER BY id").all()
    assert sorted(tuple(row) for row in rows if row[0]) == [
        (days[0].isoformat(), 3000, 1), (days[1].isoformat(), 1000, 1), (days[1].isoformat(), 2000, 0),
        (days[2].isoformat(), 3000, 0)]  # what falls due on a day stays 3000, however much of it has come
    balance = accounts.balance(book, customer)
    assert (balance.owed, balance.items[0].planned) == (5000, ((days[1], 2000), (days[2], 3000)))


def test_a_cheque_counts_when_it_is_cleared_and_not_when_it_bounces(book: Book, debtor: int) -> None:
    taken = accounts.receive(book, debtor, 15000, "cheque", due_on=TODAY + timedelta(days=7))
    assert taken.owed == 15000 and accounts.balance(book, debtor).on_the_way == 15000
    accounts.advance(book, taken.taking, "deposited")
    accounts.advance(book, taken.taking, "bounced")
    assert (accounts.balance(book, debtor).owed, accounts.balance(book, debtor).on_the_way) == (15000, 0)
    with pytest.raises(InvalidInput, match="not on its way"):
        accounts.advance(book, taken.taking, "cleared")
    again = accounts.receive(book, debtor, 15000, "cheque")
    accounts.advance(book, again.taking, "cleared")
    assert accounts.balance(book, debtor).owed == 0


def payments_of(book: Book) -> list[tuple[object, ...]]:
    """Due day, amount, received, state, method of every payment, by due day."""
    with book.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(
            "SELECT due_on, amount, received_on IS NOT NULL, state, method FROM payments ORDER BY due_on, amount")]


@pytest.mark.parametrize(("amount", "left"), [(9000, []), (4000, [(1, 2000), (2, 3000)])])
def test_a_cleared_cheque_pays_what_was_planned(book: Book, amount: int, left: list[tuple[int, int]]) -> None:
    customer = customers.add(book, {"name": "Aminah"})
    days = [TODAY + timedelta(days=30 * number) for number in range(3)]
    sales.sell(book, Sale(customer, total=9000, paid=0, instalments=tuple((day, 3000) for day in days)))
    cheque = accounts.receive(book, customer, amount, "cheque")
    assert sum(row[2] == 0 and row[3] is None for row in payments_of(book)) == 3  # it may bounce yet
    before = dump(book)
    accounts.advance(book, cheque.taking, "cleared")
    rows = payments_of(book)
    assert [row[:2] for row in rows if not row[2]] == [(days[place].isoformat(), minor) for place, minor in left]
    assert sum(row[1] for row in rows if row[2:] == (1, "cleared", "cheque")) == amount  # type: ignore[misc]
    assert sum(row[1] for row in rows) == 9000  # type: ignore[misc]
    [taking] = accounts.takings(book, customer)
    assert (taking.amount, accounts.balance(book, customer).owed) == (amount, 9000 - amount)
    book.undo()
    assert dump(book) == before


def test_what_came_back_is_no_longer_planned(book: Book) -> None:
    customer = customers.add(book, {"name": "Aminah"})
    days = [TODAY + timedelta(days=30 * number) for number in range(3)]
    deal = sales.sell(book, Sale(customer, total=9000, paid=0, instalments=tuple((day, 3000) for day in days))).deal_id
    sales.give_back(book, GiveBack(deal, amount=4000, refund=0))
    assert [row[:2] for row in payments_of(book)] == [(days[1].isoformat(), 2000), (days[2].isoformat(), 3000)]
    assert accounts.balance(book, customer).owed == 5000
    sales.give_back(book, GiveBack(deal, amount=1000, refund=1000))  # handed out in money: the debt stays
    assert sum(row[1] for row in payments_of(book) if not row[2]) == 5000  # type: ignore[misc]
    sales.give_back(book, GiveBack(deal, refund=0))
    assert accounts.balance(book, customer).owed == 1000
    assert [row[1] for row in payments_of(book) if not row[2]] == [1000]


def test_a_deleted_sale_leaves_no_plan_and_undo_brings_it_back(book: Book) -> None:
    customer = customers.add(book, {"name": "Aminah"})
    deal = sales.sell(book, Sale(customer, total=9000, paid=1000, due_on=TODAY)).deal_id
    before = dump(book)
    deals.delete(book, [deal])
    assert [row[1] for row in payments_of(book)] == [1000] and accounts.balance(book, customer).owed == -1000
    book.undo()
    assert dump(book) == before


def test_the_oldest_sale_is_the_oldest_that_is_open(book: Book, debtor: int) -> None:
    accounts.receive(book, debtor, 100_00, parts=[(accounts.balance(book, debtor).items[1].deal_id, 5000)])
    balance = accounts.balance(book, debtor)
    assert [(row.owed, row.oldest_on) for row in accounts.debtors(book)] == [(5000, balance.items[0].on)]
    accounts.receive(book, debtor, 5000)
    sales.sell(book, Sale(debtor, total=700, paid=0))
    assert [(row.owed, row.oldest_on) for row in accounts.debtors(book)] == [(700, TODAY)]


def test_a_promise_stands_until_nothing_is_owed(book: Book, debtor: int) -> None:
    accounts.promise(book, debtor, TODAY + timedelta(days=3))
    accounts.receive(book, debtor, 100)
    assert accounts.balance(book, debtor).promised_on == TODAY + timedelta(days=3)
    accounts.receive(book, debtor, 14900)
    assert accounts.balance(book, debtor).promised_on is None


def test_the_limit_is_passed_by_more_than_it(book: Book, debtor: int) -> None:
    customers.edit(book, debtor, {"credit_limit": 20000})
    balance = accounts.balance(book, debtor)
    assert not balance.over_limit(5000) and balance.over_limit(5001)
    assert [(row.customer, row.owed, row.limit, row.oldest_on) for row in accounts.debtors(book)] == [
        ("Aminah", 15000, 20000, ago(40))]


@pytest.mark.parametrize(("amount", "method"), [(0, "cash"), (-5, "cash"), (5, "shells")])
def test_no_money_and_no_way_to_pay_are_refused(book: Book, debtor: int, amount: int, method: str) -> None:
    before = dump(book)
    with pytest.raises(InvalidInput):
        accounts.receive(book, debtor, amount, method)
    assert dump(book) == before


def test_a_won_deal_comes_into_the_book_with_its_payments(book: Book) -> None:
    customer = customers.add(book, {"name": "Aminah"})
    deal = deals.add(book, {"name": "Roof", "customer_id": customer, "amount": 100000})
    with pytest.raises(InvalidInput, match="Only a won deal"):
        accounts.put_on_account(book, deal)
    won = next(stage.id for pipeline in deals.all_pipelines(book)[:1] for stage in pipeline.stages
               if stage.kind == "won")
    deals.move(book, [deal], won)
    assert accounts.balances(book) == {}  # what was agreed elsewhere is not owed by itself
    accounts.put_on_account(book, deal)
    assert accounts.balances(book) == {customer: 100000}
    accounts.put_on_account(book, deal, wanted=False)
    assert accounts.balances(book) == {}


def test_ages_by_hand() -> None:
    charges = [Charge(1, "a", TODAY - timedelta(days=days), 100) for days in (0, 1, 30, 31, 60, 61, 90, 91, 400)]
    assert ageing(open_items(charges), TODAY) == (100, 200, 200, 200, 200)


def test_spreading_stops_where_the_money_ends() -> None:
    items = open_items([Charge(2, "b", TODAY, 50), Charge(1, "a", TODAY, 70, 20)], 10)
    assert [(item.deal_id, item.owed) for item in items] == [(1, 40), (2, 50)]
    assert spread(60, items) == ([(1, 40), (2, 20)], 0)
    assert spread(100, items) == ([(1, 40), (2, 50)], 10)


def test_each_country_has_its_wallets() -> None:
    assert methods("MY")[2:4] == ("duitnow", "tng") and methods("NP")[2:5] == ("esewa", "khalti", "fonepay")
    assert methods("DE") == ("cash", "bank", "card", "cheque", "cod")


def test_a_typed_method_is_its_code() -> None:
    malay = {"Cash": "Tunai"}.get

    def say(title: str) -> str:
        return malay(title, title)

    assert [method_of(text, say) for text in ("tunai ", "CASH", "Bank transfer", "duitnow qr", "shells", None)] == [
        "cash", "cash", "bank", "duitnow", "shells", None]


@pytest.mark.parametrize("code", LANGUAGES)
def test_titles_of_every_language_are_known_in_a_file_of_any(code: str) -> None:
    titles = {key: language(code).say(title) for key, title in METHODS.items()}
    assert {key: method_of(title, str) for key, title in titles.items()} == {key: key for key in METHODS}


@pytest.mark.parametrize(("typed", "kept"), [
    ("wire transfer", "bank"), ("Credit Card", "card"), ("check", "cheque"), ("C.O.D.", "cod"), ("轉帳", "bank"),
    ("touch n go", "tng"), ("GrabPay", "GrabPay"), ("-", "-"), ("", ""),
])
def test_other_words_for_a_method(typed: str, kept: str) -> None:
    assert method_of(typed, str) == kept
