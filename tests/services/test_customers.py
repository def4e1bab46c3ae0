"""Customers: filters, order, states and their log, ways and tags, conflicts, circles; each undone again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.errors import Conflict, InvalidInput, NotFound
from desktop_crm.domain.values import Period
from desktop_crm.services import activities, contacts, customers, deals, payments, sellers, tasks
from desktop_crm.services.book import Book
from tests.books import TODAY, dump, undo_all


def names(book: Book, **wanted: Any) -> list[str]:
    return [row.name for row in customers.rows(book, customers.list_ids(book, CustomerFilter(**wanted)))]


def order(book: Book, sort: str, descending: bool = False) -> list[str]:
    return [row.name for row in customers.rows(book, customers.list_ids(book, sort=sort, descending=descending))]


def states(book: Book) -> list[tuple[Any, ...]]:
    with book.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(
            "SELECT field, before, after, on_date FROM state_moves ORDER BY id")]


def test_a_new_one_is_a_new_lead_of_today(book: Book) -> None:
    row = customers.card(book, customers.add(book, {"name": " Ali "})).values
    assert (row["name"], row["state"], row["lead_state"], row["kind"], row["created_on"]) == (
        "Ali", "lead", "new", "company", TODAY)
    assert states(book) == [("state", None, "lead", "2026-11-21")]


@pytest.mark.parametrize("values", [{}, {"name": " "}, {"name": "A", "state": "x"}, {"name": "A", "heat": "icy"},
                                    {"name": "A" * 1001}, {"name": "A", "founded": -1}])
def test_what_the_rules_refuse_leaves_nothing(book: Book, values: dict[str, object]) -> None:
    before = dump(book)
    with pytest.raises(InvalidInput):
        customers.add(book, values)
    with pytest.raises(InvalidInput):
        customers.add(book, {"name": "A"}, emails=["nobody"])
    assert dump(book) == before


def test_filters(book: Book) -> None:
    mei = sellers.add(book, {"name": "Mei"})
    hot = customers.add(book, {"name": "Hot", "heat": "hot", "region": "Perak", "seller_id": mei}, tags=["VIP"])
    customers.add(book, {"name": "Cold", "heat": "cold", "industry": "Food", "state": "customer",
                         "created_on": date(2026, 1, 31)})
    customers.add(book, {"name": "Gone", "state": "inactive", "parent_id": hot})
    assert names(book, heats=("hot", "cold")) == ["Cold", "Hot"]
    assert names(book, regions=("Perak",)) == names(book, sellers=(mei,)) == names(book, tags=(1,)) == ["Hot"]
    assert names(book, sellers=(0,)) == ["Cold", "Gone"]
    assert names(book, industries=("Food",), states=("lead",)) == []
    assert names(book, created=Period.month(date(2026, 1, 1))) == ["Cold"]
    assert names(book, created=Period(date(2026, 1, 1), date(2026, 1, 31))) == []
    assert names(book, parent_id=hot) == ["Gone"] and names(book, once_lead=True) == ["Hot"]
    assert names(book, ids=(hot,), search="ho") == ["Hot"] and customers.count(book, CustomerFilter(search="zz")) == 0
    assert customers.count_by(book, "state") == {"lead": 1, "customer": 1, "inactive": 1}


def test_without_a_next_step_and_untouched(book: Book) -> None:
    busy, idle = (customers.add(book, {"name": name, "created_on": date(2026, 1, 1)}) for name in ("Busy", "Idle"))
    customers.add(book, {"name": "Gone", "state": "inactive"})
    task = tasks.add(book, {"name": "Call", "customer_id": busy})
    activities.log(book, {"name": "met", "customer_id": idle, "on_date": TODAY - timedelta(days=30)})
    assert names(book, no_next_step=True) == ["Idle"]
    tasks.finish(book, [task])
    assert names(book, no_next_step=True) == ["Busy", "Idle"]
    assert names(book, untouched_days=30) == ["Busy", "Idle"] and names(book, untouched_days=31) == ["Busy"]
    customers.edit(book, busy, {"created_on": TODAY})  # who came today is not left alone
    assert names(book, untouched_days=30) == ["Idle"]


def test_unknown_values_come_last_both_ways_and_ties_by_id(book: Book) -> None:
    for name, region, heat in (("a", None, "cold"), ("b", "Perak", None), ("c", "Johor", "hot"),
                               ("d", "Johor", "warm")):
        customers.add(book, {"name": name, "region": region, "heat": heat})
    assert order(book, "region") == ["c", "d", "b", "a"]
    assert order(book, "region", descending=True) == ["b", "c", "d", "a"]
    assert order(book, "heat", descending=True) == ["c", "d", "a", "b"]
    assert customers.list_ids(book, sort="id", limit=2) == [1, 2]


def test_names_sort_as_people_do(book: Book) -> None:
    for name in ("shop 10", "Shop 9", "Émile", "eric", "“Ali”"):
        customers.add(book, {"name": name})
    assert order(book, "name") == ["“Ali”", "Émile", "eric", "Shop 9", "shop 10"]
    assert order(book, "name", descending=True)[0] == "shop 10"


def test_paid_is_of_the_last_year(book: Book) -> None:
    for name, ago in (("old", 365), ("new", 364), ("never", None)):
        customer = customers.add(book, {"name": name})
        if ago is not None:
            payments.add(book, {"amount": 500, "customer_id": customer, "received_on": TODAY - timedelta(days=ago)})
    assert [row.paid for row in customers.rows(book, [1, 2, 3])] == [0, 500, 0]
    assert order(book, "paid", descending=True)[0] == "new"


def test_each_change_of_state_is_logged_once(book: Book) -> None:
    ali = customers.add(book, {"name": "Ali"})
    customers.edit(book, ali, {"state": "customer", "lead_state": "converted"})
    customers.edit(book, ali, {"state": "customer", "city": "Ipoh"})
    customers.edit_many(book, [ali], {"state": "inactive"})
    assert [move[:3] for move in states(book)] == [
        ("state", None, "lead"), ("state", "lead", "customer"), ("lead_state", "new", "converted"),
        ("state", "customer", "inactive")]
    book.undo()
    assert len(states(book)) == 3


def test_what_changed_meanwhile_is_told_and_not_overwritten(book: Book) -> None:
    ali = customers.add(book, {"name": "Ali", "city": "Ipoh"})
    seen = customers.card(book, ali).values
    customers.edit(book, ali, {"city": "Melaka"})
    before = dump(book)
    with pytest.raises(Conflict, match="Ali"):
        customers.edit(book, ali, {"city": "Johor"}, seen={"city": seen["city"]}, typed=[("email", "", "a@b.my", 0)])
    assert dump(book) == before
    customers.edit(book, ali, {"region": "South"}, seen={"region": seen["region"]})


def test_an_edit_that_changes_nothing_is_no_act(book: Book) -> None:
    ali = customers.add(book, {"name": "Ali"})
    assert customers.edit(book, ali, {"name": "Ali "}).count == 0
    assert undo_all(book) == 1


def test_nobody_belongs_to_himself_however_far_round(book: Book) -> None:
    a, b, c = (customers.add(book, {"name": name}) for name in "abc")
    customers.edit(book, b, {"parent_id": a})
    customers.edit(book, c, {"parent_id": b})
    before = dump(book)
    for parent in (a, b, c):
        with pytest.raises(InvalidInput) as refused:
            customers.edit(book, a, {"parent_id": parent})
        assert refused.value.at == "parent_id"
    with pytest.raises(InvalidInput):
        customers.edit_many(book, [b, a], {"parent_id": c})
    assert dump(book) == before


def test_ways_keep_their_rows_and_their_order(book: Book) -> None:
    ali = customers.add(book, {"name": "Ali"}, phones=["012-345 6789", " "], emails=["A@b.my"])
    phone, email = customers.card(book, ali).channels
    customers.set_channels(book, ali, [("email", "work", email.value, email.id),
                                       ("phone", "", "03-2161 2345", phone.id)])
    assert [(way.id, way.value, way.label, way.normal) for way in customers.card(book, ali).channels] == [
        (email.id, "A@b.my", "work", "a@b.my"), (phone.id, "03-2161 2345", "", "+60321612345")]
    customers.set_channels(book, ali, [])
    assert customers.card(book, ali).channels == ()


def test_tags(book: Book) -> None:
    both = [customers.add(book, {"name": name}) for name in ("a", "b")]
    customers.set_tags(book, both[:1], ["VIP", " VIP ", "New  one", ""])
    customers.add_tags(book, both, ["Late", "VIP"])
    assert [row.tags for row in customers.rows(book, both)] == [("Late", "New one", "VIP"), ("Late", "VIP")]


def test_deleting_takes_people_and_tasks_along_and_undo_brings_all_back(book: Book) -> None:
    ali = customers.add(book, {"name": "Ali"}, phones=["012-345 6789"], tags=["VIP"])
    contacts.add(book, {"name": "Siti", "customer_id": ali}, emails=["s@b.my"])
    deals.add(book, {"name": "Tiles", "customer_id": ali})
    tasks.add(book, {"name": "Call", "customer_id": ali})
    before = dump(book)
    customers.delete(book, [ali])
    assert (contacts.list_ids(book), tasks.list_ids(book)) == ([], [])
    assert deals.rows(book, deals.list_ids(book))[0].customer_id is None
    with pytest.raises(NotFound):
        customers.card(book, ali)
    book.undo()
    assert dump(book) == before


def test_every_act_is_undone(book: Book) -> None:
    start = dump(book)
    ali = customers.add(book, {"name": "Ali"}, tags=["VIP"])
    customers.edit(book, ali, {"name": "Aminah"}, typed=[("phone", "", "012-345 6789", 0)], tags=[])
    customers.edit_many(book, [ali], {"region": "Perak"})
    customers.delete(book, [ali])
    assert undo_all(book) == 4 and dump(book) == start


def test_untouched_needs_to_be_known_that_long(book: Book) -> None:
    old, _, called = (customers.add(book, {"name": name, "created_on": TODAY - timedelta(days=days)})
                        for name, days in (("Old", 40), ("New", 3), ("Called", 40)))
    activities.log(book, {"name": "hello", "customer_id": called})
    assert customers.list_ids(book, CustomerFilter(untouched_days=30)) == [old]
