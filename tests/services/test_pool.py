"""The lead pool: what waits in it, who lets leads lie, taking and giving back; noon of 21 November 2026."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.errors import InvalidInput, NothingToUndo
from desktop_crm.services import (
    access,
    activities,
    assignment,
    business,
    customers,
    deals,
    erasing,
    handover,
    history,
    merging,
    persons,
    pool,
    reports,
    sellers,
)
from desktop_crm.services.book import Book
from tests.books import NOON, TODAY, Clock, dump, undo_all


def ago(days: int) -> object:
    return TODAY - timedelta(days=days)


def lead(book: Book, name: str, **more: object) -> int:
    return customers.add(book, {"name": name, **more})


@pytest.fixture
def aminah(shop: Book) -> int:
    return sellers.add(shop, {"name": "Aminah"})


def names(book: Book, ids: list[int]) -> list[str]:
    return [row.name for row in pool.rows(book, ids)]


def test_the_pool_holds_open_leads_without_a_seller_the_newest_first(shop: Book, aminah: int) -> None:
    lead(shop, "old", created_on=ago(9))
    lead(shop, "new")
    lead(shop, "undated", created_on=ago(40))
    lead(shop, "recycled", created_on=ago(10), lead_state="recycled")
    lead(shop, "unqualified", lead_state="unqualified")
    lead(shop, "converted", lead_state="converted")
    lead(shop, "hers", seller_id=aminah)
    lead(shop, "customer", state="customer")
    assert names(shop, pool.waiting(shop)) == ["new", "old", "recycled", "undated"]


def test_idle_is_what_nothing_touched_for_so_many_days(shop: Book, clock: Clock, aminah: int) -> None:
    clock.now = NOON - timedelta(days=40)  # their first state is logged then
    ids = {name: lead(shop, name, seller_id=aminah) for name in (
        "untouched", "planned", "called", "moved", "state", "later", "given", "closed")}
    ids["nobody"] = lead(shop, "nobody")
    activities.log(shop, {"name": "x", "customer_id": ids["planned"], "kind": "call", "state": "planned"})
    clock.now = NOON - timedelta(days=29)
    activities.log(shop, {"name": "x", "customer_id": ids["called"], "kind": "call"})
    deal = deals.add(shop, {"name": "Sofa", "customer_id": ids["moved"], "created_on": ago(40)})
    deals.move(shop, [deal], deals.card(shop, deal).row.stage_id + 1)
    customers.edit(shop, ids["state"], {"lead_state": "contacted"})
    customers.edit(shop, ids["given"], {"seller_id": sellers.add(shop, {"name": "Ben"})})
    customers.edit(shop, ids["closed"], {"lead_state": "unqualified"})
    clock.now = NOON - timedelta(days=30)
    activities.log(shop, {"name": "x", "customer_id": ids["later"], "kind": "call"})
    clock.now = NOON
    assert names(shop, pool.idle(shop, 30)) == ["untouched", "planned", "later"]
    assert names(shop, pool.idle(shop, 31)) == ["untouched", "planned"] and pool.idle(shop, 41) == []
    assert [(row.days(TODAY), row.touched_on) for row in pool.rows(shop, pool.idle(shop, 30))] == [
        (40, ago(40)), (40, ago(40)), (30, ago(30))]
    assert pool.idle(shop) == []  # the business has not said after how many days
    business.set_business(shop, {"pool_days": "31"})
    assert names(shop, pool.idle(shop)) == ["untouched", "planned"]
    for wrong in ("0", "x", "9999"):
        with pytest.raises(InvalidInput):
            business.set_business(shop, {"pool_days": wrong})


def test_releasing_and_taking_are_one_act_each_and_are_remembered(shop: Book, aminah: int) -> None:
    first, second = lead(shop, "Kedai Lim", seller_id=aminah), lead(shop, "Ong", seller_id=aminah)
    free, customer = lead(shop, "free"), lead(shop, "buyer", seller_id=aminah, state="customer")
    before = dump(shop)
    changes = pool.release(shop, [first, second, free, customer])
    assert changes.message == "Back to the pool: {count} leads" and changes.params["count"] == 2
    row = pool.rows(shop, [first])[0]
    assert (row.seller_id, row.lead_state, row.former) == (None, "recycled", "Aminah")
    assert customers.card(shop, customer).values["seller_id"] == aminah
    assert "Seller: Aminah → —" in [entry.sentence for entry in
                                    history.changes(shop, shop.language, "customers", first, 9)]
    with pytest.raises(InvalidInput):
        pool.take(shop, [first])  # nobody works
    access.work_as(shop, aminah)
    pool.take(shop, [first])
    row = pool.rows(shop, [first])[0]
    assert (row.seller, row.lead_state, row.former) == ("Aminah", "new", None)
    with pytest.raises(InvalidInput):
        pool.take(shop, [first])  # somebody has it
    shop.undo()
    shop.undo()
    assert dump(shop) == before


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.lists(some.tuples(some.sampled_from(["assign", "release", "take", "hand"]), some.integers(0, 2),
                              some.sets(some.integers(0, 4), min_size=1)), min_size=1, max_size=6))
def test_any_sequence_of_assigning_releasing_and_handing_over_is_undone(
        shop: Book, acts: list[tuple[str, int, set[int]]]) -> None:
    undo_all(shop)
    people = [sellers.add(shop, {"name": name}) for name in ("Aminah", "Ben", "陈美玲")]
    ids = [lead(shop, f"lead {number}", region=("Perak", "Johor")[number % 2], seller_id=[None, *people][number % 4])
           for number in range(5)]
    deals.add(shop, {"name": "Sofa", "customer_id": ids[1], "seller_id": people[1]})
    assignment.add(shop, {"name": "Johor", "filter": CustomerFilter(regions=("Johor",)), "seller_id": None, "most": 2})
    access.work_as(shop, people[0])
    before, done = dump(shop), 0
    for act, person, which in acts:
        chosen = [ids[place] for place in sorted(which)]
        try:
            changes = (assignment.assign(shop, chosen) if act == "assign" else pool.release(shop, chosen)
                       if act == "release" else pool.take(shop, chosen) if act == "take" else
                       handover.hand_over(shop, handover.Plan(tuple(chosen), people[person])).changes)
        except InvalidInput:
            continue
        done += bool(changes.count)
    for _ in range(done):
        shop.undo()
    assert dump(shop) == before
    for _ in range(done):
        shop.redo()
    with pytest.raises(NothingToUndo):
        shop.redo()


def test_who_had_a_lead_is_told_by_name_in_all_that_is_held_of_it(shop: Book, aminah: int) -> None:
    first = lead(shop, "Kedai Lim", seller_id=aminah)
    pool.release(shop, [first])
    report = persons.report(shop, persons.held(shop, first))
    moves = next(table for table in report.tables if table.key == "state_moves")
    assert ("", "From", "Aminah") in [tuple(row[:3]) for row in moves.rows], moves.rows


def test_a_merged_lead_keeps_the_log_of_its_sellers_and_erasing_takes_a_name_out_of_the_rules(
        shop: Book, aminah: int) -> None:
    first, second = lead(shop, "Kedai Lim"), lead(shop, "Kedai Lim 2", seller_id=aminah)
    pool.release(shop, [second])
    merging.merge(shop, first, [second])
    assert pool.rows(shop, [first])[0].former == "Aminah"
    assignment.add(shop, {"name": "Like Kedai Lim", "filter": CustomerFilter(search="Kedai Lim"), "seller_id": aminah})
    erasing.erase(shop, first)
    rule = assignment.rules(shop)[0]
    assert "Lim" not in rule.name and "Lim" not in rule.filter.search


def test_the_daily_report_offers_idle_leads_only_where_the_business_has_said_when(
        shop: Book, clock: Clock, aminah: int) -> None:
    clock.now = NOON - timedelta(days=40)
    idle = [lead(shop, name, seller_id=aminah) for name in ("Kedai Lim", "Ong")]
    clock.now = NOON

    def offered() -> list[tuple[object, ...]]:
        report = reports.build(shop, "daily")
        needs = next(part for part in report.sections if part.key == "needs")
        return [item[:2] for item in needs.items if "pool" in item[0]]

    assert offered() == []
    business.set_business(shop, {"pool_days": "30"})
    assert offered() == [("2 leads that may go back to the pool", CustomerFilter(ids=tuple(idle)))]
