"""Contacts, products, sellers, activities, payments and the timeline: added, listed, changed, deleted, undone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from desktop_crm.domain.activities import ActivityFilter
from desktop_crm.domain.deals import DealLine
from desktop_crm.domain.errors import InvalidInput
from desktop_crm.domain.payments import PaymentFilter
from desktop_crm.domain.values import Period
from desktop_crm.i18n import language
from desktop_crm.services import (
    activities,
    contacts,
    customers,
    deals,
    listing,
    payments,
    products,
    sellers,
    tasks,
    timeline,
)
from desktop_crm.services.book import Book
from tests.books import NOON, TODAY, dump, undo_all

EN = language("en")


def test_contacts_with_and_without_a_company(book: Book) -> None:
    start = dump(book)
    ali = customers.add(book, {"name": "Maju"})
    siti = contacts.add(book, {"name": "Siti", "customer_id": ali}, phones=["012-345 6789"])
    lim = contacts.add(book, {"name": "林先生"}, typed=[("email", "home", "lim@b.my", 0)])
    assert (contacts.list_ids(book, customer=ali), contacts.list_ids(book, "林")) == ([siti], [lim])
    contacts.edit(book, siti, {"role": "Owner"}, [("phone", "", "03-2161 2345", 0)])
    row = contacts.rows(book, [siti])[0]
    assert (row.customer, row.role, [way.value for way in row.channels]) == ("Maju", "Owner", ["03-2161 2345"])
    contacts.delete(book, [siti, lim])
    assert contacts.list_ids(book) == []
    assert undo_all(book) == 5 and dump(book) == start


def test_a_product_that_goes_leaves_its_lines_their_amounts(book: Book) -> None:
    start = dump(book)
    tile = products.add(book, {"name": "Tile", "price": 333, "cost": 100})
    deal = deals.add(book, {"name": "x"}, [DealLine(tile, "Tile", 2000, 333)])
    products.edit(book, tile, {"active": False})
    assert not products.all_products(book, "til")[0].active
    products.delete(book, [tile])
    line = deals.card(book, deal).lines[0]
    assert (line.product_id, line.name, line.amount) == (None, "Tile", 666)
    assert undo_all(book) == 4 and dump(book) == start


def test_a_seller_that_goes_leaves_what_was_sold(book: Book) -> None:
    start = dump(book)
    mei = sellers.add(book, {"name": "Mei", "team": "Shop"})
    deal = deals.add(book, {"name": "x", "seller_id": mei})
    sellers.edit(book, mei, {"region": "Perak"})
    assert [(row.name, row.team, row.region) for row in sellers.all_sellers(book)] == [("Mei", "Shop", "Perak")]
    sellers.delete(book, [mei])
    assert deals.card(book, deal).row.seller is None
    assert undo_all(book) == 4 and dump(book) == start


def test_an_activity_is_held_now_unless_said_otherwise(book: Book) -> None:
    now = activities.rows(book, [activities.log(book, {"name": "met"})])[0]
    assert (now.kind, now.state, now.on_date, now.at) == ("note", "held", TODAY, NOON)
    past = activities.rows(book, [activities.log(book, {"name": "rang", "on_date": date(2026, 1, 2)})])[0]
    assert (past.on_date, past.at) == (date(2026, 1, 2), None)
    with pytest.raises(InvalidInput):
        activities.log(book, {"name": " "})


def test_activities_are_filtered_and_undone(book: Book) -> None:
    start = dump(book)
    ali = customers.add(book, {"name": "Ali"})
    call = activities.log(book, {"name": "about tiles", "kind": "call", "customer_id": ali})
    plan = activities.log(book, {"name": "visit", "kind": "visit", "state": "planned", "on_date": date(2026, 12, 1)})

    def found(**wanted: object) -> list[int]:
        return activities.list_ids(book, ActivityFilter(**wanted))  # type: ignore[arg-type]

    assert found(kinds=("call",)) == found(customers=(ali,)) == [call]
    assert found(search="tile") == found(states=("held",)) == [call]
    assert found(on=Period(TODAY, date(2026, 12, 1))) == [call] and found(on=Period(date(2026, 12, 1))) == [plan]
    activities.edit(book, call, {"outcome": "wants more"})
    activities.delete(book, [call, plan])
    assert undo_all(book) == 5 and dump(book) == start


def test_payments_planned_received_and_overdue(book: Book) -> None:
    start = dump(book)
    with pytest.raises(InvalidInput) as refused:
        payments.add(book, {"amount": 5})
    assert refused.value.at == "due_on"
    with pytest.raises(InvalidInput):
        payments.add(book, {"due_on": TODAY})
    late = payments.add(book, {"amount": 5, "due_on": TODAY - timedelta(days=1)})
    due = payments.add(book, {"amount": 7, "due_on": TODAY, "name": "Deposit", "method": "wire transfer"})
    assert payments.rows(book, [due])[0].method == "bank"  # the code of what was typed

    def found(**wanted: object) -> list[int]:
        return payments.list_ids(book, PaymentFilter(**wanted))  # type: ignore[arg-type]

    assert found(overdue_at=TODAY) == found(due=Period(None, TODAY)) == [late]
    assert found(planned_only=True) == [late, due] and found(search="depo") == [due]
    payments.receive(book, [late])
    assert (found(received=Period.day(TODAY)), found(planned_only=True)) == ([late], [due])
    assert found(overdue_at=TODAY) == [late] and found(overdue_at=TODAY + timedelta(days=1)) == [due]  # as a day begins
    payments.edit(book, due, {"name": None, "method": "Cash"})
    assert payments.rows(book, [due])[0].method == "cash"
    payments.delete(book, [late, due])
    assert undo_all(book) == 5 and dump(book) == start


def test_the_timeline_holds_everything_newest_first(book: Book) -> None:
    ali = customers.add(book, {"name": "Ali"})
    deal = deals.add(book, {"name": "Tiles", "customer_id": ali})
    deals.move(book, [deal], deals.all_pipelines(book)[0].stages[1].id, on=date(2026, 11, 10))
    payments.add(book, {"amount": 1_234_50, "customer_id": ali, "received_on": date(2026, 11, 12)})
    activities.log(book, {"name": "hello", "kind": "call", "minutes": 5, "customer_id": ali,
                          "on_date": date(2026, 11, 1)})
    task = tasks.add(book, {"name": "Send", "customer_id": ali})
    tasks.finish(book, [task])
    items = timeline.timeline_of(book, EN, ali)
    assert {item.kind for item in items} == {"activity", "move", "payment", "task", "change"}
    days = [item.on_date or date.min for item in items]
    assert days == sorted(days, reverse=True)
    titles = [item.title for item in items]
    assert {"Payment received: RM 1,234.50", "Call, 5 min", "Done: Send", "Stage: New → Qualified"} <= set(titles)
    assert [item.title for item in timeline.timeline_of(book, EN, ali, ("activity",))] == ["Call, 5 min"]
    assert len(timeline.timeline_of(book, EN, ali, limit=2)) == 2


def test_lists_that_leave_the_program(book: Book) -> None:
    ali = customers.add(book, {"name": "Ali"}, emails=["a@b.my"], tags=["VIP"])
    tile = products.add(book, {"name": "Tile", "price": 1050})
    deals.add(book, {"name": "Big", "customer_id": ali}, [DealLine(tile, "Tile", 1500, 1050)])
    deal = listing.rows(book, "deals")[0]
    assert [deal[key] for key in ("customer", "amount", "stage", "created_on")] == [
        "Ali", "15.75", "New", "2026-11-21"]
    assert deal["lines"] == [{"product": "Tile", "quantity": "1.5", "price": "10.50", "cost": None}]
    assert listing.rows(book, "customers")[0]["tags"] == ["VIP"]
    assert listing.rows(book, "products")[0]["price"] == "10.50"
    with pytest.raises(InvalidInput, match="dragons"):
        listing.rows(book, "dragons")


def test_instants_are_aware(book: Book) -> None:
    key = activities.log(book, {"name": "x", "at": datetime(2026, 1, 1, tzinfo=UTC), "on_date": date(2026, 1, 1)})
    at = activities.rows(book, [key])[0].at
    assert at == datetime(2026, 1, 1, tzinfo=UTC) and at is not None and at.tzinfo is not None
