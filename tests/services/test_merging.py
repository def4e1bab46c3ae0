"""Customers made one: field by field, with everything that hangs on them, undone now or much later."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_crm.domain.customers import FIELDS, CustomerFilter
from desktop_crm.domain.errors import CrmError, InvalidInput, NotFound
from desktop_crm.domain.merging import ALL
from desktop_crm.services import accounts, activities, customers, deals, duplicates, merging, safety, tasks
from desktop_crm.services.book import Book
from desktop_crm.storage import merging as moving
from desktop_crm.storage import records, standing
from desktop_crm.storage.tables import journalled, metadata
from tests.books import dump, new_book, redo_all, searched, undo_all


def add(book: Book, name: str, **values: Any) -> int:
    return customers.add(book, {"name": name, **values}, phones=["012-345 6789"], tags=["VIP"])


def one_of_each(book: Book, customer: int, seed: int) -> dict[str, int]:
    """A row in every table that leads to a customer, whatever the schema has; how many there are by table."""
    made: dict[str, int] = {}
    with book.work("Fill") as work:
        third = records.add(work.connection, "customers", {"name": f"Child {seed}", "parent_id": customer})
        person = records.add(work.connection, "contacts", {"name": f"Person {seed}", "customer_id": third})
        known = {"customers": third, "contacts": person,
                 "pipelines": 1, "stages": 1, "tags": records.add(work.connection, "tags", {"name": f"Tag {seed}"}),
                 "checklist_items": records.add(work.connection, "checklist_items",
                                                {"list": "sales", "name": f"Item {seed}"})}
        for table, column, target in standing.links(work.connection):
            if target != "customers" or (table, column) == ("customers", "parent_id"):
                continue
            row: dict[str, Any] = {column: customer}
            for needed in metadata.tables[table].columns:
                if needed.name in ("id", "uid", column) or needed.nullable or needed.default is not None:
                    continue
                keys = list(needed.foreign_keys)
                kind = str(needed.type)
                row[needed.name] = known[keys[0].column.table.name] if keys else (
                    date(2026, 11, 21) if kind == "DATE" else seed if kind == "INTEGER" else f"{needed.name} {seed}")
            if table == "distinctions":
                row = {"first_id": customer, "second_id": third} if column == "first_id" else {}
            if table == "addresses":
                row["street"] = f"Street {seed}"
            if row:
                records.add(work.connection, table, row)
        made = moving.hanging(work.connection, [customer])
    return made


def test_whatever_leads_to_a_customer_is_moved(book: Book) -> None:
    keep, other = add(book, "Tan Wei Ming"), add(book, "Wei Ming Tan")
    one_of_each(book, keep, 100)
    hung = one_of_each(book, other, 200)
    leads = {table for table in journalled() for key in metadata.tables[table].foreign_keys
             if key.column.table.name == "customers"}
    assert set(hung) == leads and len(leads) >= 14
    before, index = dump(book), searched(book)
    changes = merging.merge(book, keep, [other])
    with book.read() as connection:
        assert moving.hanging(connection, [other]) == {}
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    lost = {table: len(before[table]) - len(rows) for table, rows in dump(book).items()
            if len(before[table]) != len(rows)}
    assert lost == {"customers": 1, "channels": 1, "customer_tags": 1}  # the same phone and the tag VIP, twice
    assert safety.check(book) == []
    book.undo_work(changes.work_id)
    assert dump(book) == before and searched(book) == index
    book.redo()
    assert other not in customers.list_ids(book)


def test_every_table_that_may_not_hold_two_of_a_kind_is_taken_care_of(book: Book) -> None:
    with book.read() as connection:
        unique = {table for table, column, target in standing.links(connection) if target == "customers"
                  for row in connection.exec_driver_sql(f"PRAGMA index_list({table})").all() if row[2]
                  if column in [part[2] for part in connection.exec_driver_sql(f"PRAGMA index_info({row[1]})")]}
    assert unique and unique <= set(moving._BEFORE)


def test_each_field_by_its_rule_or_by_choice(book: Book) -> None:
    keep = add(book, "Seri Maju", city="Ipoh", notes="Likes tea", created_on=date(2024, 5, 1), state="lead")
    other = add(book, "Seri Maju Sdn Bhd", city="Penang", notes="Pays late", created_on=date(2021, 1, 2),
                state="customer", website="maju.my", no_marketing=True, starred=True)
    plan = merging.preview(book, keep, [other])
    lines = {line.field.key: line for line in plan.lines}
    assert set(lines) == {field.key for field in FIELDS}
    assert lines["city"].values == ((keep, "Ipoh"), (other, "Penang")) and lines["city"].differs
    assert {key: plan.result[key] for key in ("name", "city", "notes", "created_on", "state", "website",
                                              "no_marketing", "starred")} == {
        "name": "Seri Maju", "city": "Ipoh", "notes": "Likes tea\nPays late", "created_on": date(2021, 1, 2),
        "state": "customer", "website": "maju.my", "no_marketing": True, "starred": True}
    assert plan.result["lead_state"] is None
    choices = {"name": other, "city": other, "notes": keep}
    expected = merging.preview(book, keep, [other], choices).result
    merging.merge(book, keep, [other], choices)
    card = customers.card(book, keep).values
    assert {key: card[key] for key in expected} == expected
    assert (card["name"], card["city"], card["notes"]) == ("Seri Maju Sdn Bhd", "Penang", "Likes tea")
    assert customers.list_ids(book, CustomerFilter(search="penang")) == [keep]
    with book.read() as connection:
        moves = [(row["before"], row["after"]) for row in records.find(connection, "state_moves", customer_id=keep)]
    assert moves == [(None, "lead"), (None, "customer"), ("lead", "customer"), ("new", None)]
    with pytest.raises(InvalidInput):
        merging.preview(book, keep, [add(book, "Third")], {"name": 999})
    fourth = add(book, "Fourth", notes="x")
    assert merging.preview(book, keep, [fourth], {"notes": ALL}).result["notes"] == "Likes tea\nx"


def test_phones_are_not_doubled_and_keep_their_labels(book: Book) -> None:
    keep = customers.add(book, {"name": "Aminah"}, typed=[("phone", "", "012-345 6789", 0)])
    other = customers.add(book, {"name": "Aminah"}, typed=[("phone", "Mobile", "+60 12 3456789", 0),
                                                           ("phone", "Office", "03-1234 5678", 0)],
                          emails=["aminah@example.my"])
    merging.merge(book, keep, [other])
    assert [(way.kind, way.label, way.value) for way in customers.card(book, keep).channels] == [
        ("phone", "Mobile", "012-345 6789"), ("email", "", "aminah@example.my"), ("phone", "Office", "03-1234 5678")]


def test_children_and_parents_never_come_round_in_a_circle(book: Book) -> None:
    top, keep, other = add(book, "Top"), add(book, "Keep"), add(book, "Other")
    child = add(book, "Child", parent_id=other)
    customers.edit(book, keep, {"parent_id": child})
    customers.edit(book, other, {"parent_id": top})
    merging.merge(book, keep, [other])
    assert customers.card(book, child).values["parent_id"] == keep
    assert customers.card(book, keep).values["parent_id"] == top
    merging.merge(book, keep, [top])
    assert customers.card(book, keep).values["parent_id"] is None


def test_money_and_debts_of_the_kept_one_are_the_sums_of_both(book: Book) -> None:
    from desktop_crm.domain.sales import Sale
    from desktop_crm.services import sales

    pair = [add(book, name) for name in ("Tan Wei Ming", "Wei Ming Tan")]
    for number, customer in enumerate(pair, 1):
        sales.sell(book, Sale(customer, total=1000 * number, paid=300 * number, receipt=True))
        accounts.receive(book, customer, 50 * number)
    before = [customers.card(book, customer).figures for customer in pair]
    merging.merge(book, pair[0], pair[1:])
    after = customers.card(book, pair[0]).figures
    for key in ("won_deals", "won_amount", "paid", "paid_year", "owed", "open_deals", "open_amount"):
        assert getattr(after, key) == sum(getattr(side, key) for side in before), key
    assert after.owed == 1950 and safety.check(book) == []


def test_a_merge_is_taken_back_much_later_or_what_contradicts_is_told(book: Book) -> None:
    keep, other = add(book, "Tan Wei Ming"), add(book, "Wei Ming Tan")
    deal = deals.add(book, {"name": "Tiles", "customer_id": other})
    before = merging.merge(book, keep, [other]).work_id
    third = add(book, "Cheng")
    tasks.add(book, {"name": "Call", "customer_id": keep})
    customers.edit(book, keep, {"address": "Jalan Mawar 5"})
    book.undo_work(before)
    assert deals.rows(book, [deal])[0].customer_id == other
    assert customers.card(book, keep).values["address"] == "Jalan Mawar 5" and safety.check(book) == []
    book.undo()
    deals.edit(book, deal, {"customer_id": third})
    held = dump(book)
    with pytest.raises(InvalidInput, match=r"“Tiles” \(Deal\) was changed after that"):
        book.undo_work(before)
    assert dump(book) == held


def test_who_is_told_apart_from_one_is_told_apart_from_the_result(book: Book) -> None:
    keep, other, third = (add(book, name) for name in ("Tan Wei Ming", "Wei Ming Tan", "Tan Wei Ming"))
    duplicates.tell_apart(book, [other, third])
    duplicates.tell_apart(book, [keep, other])
    merging.merge(book, keep, [other])
    assert [row[2:] for row in dump(book)["distinctions"]] == [(keep, third)]


def test_what_cannot_be_merged_is_refused_and_nothing_is_changed(book: Book) -> None:
    keep = add(book, "Tan")
    before = dump(book)
    for others in ([], [keep]):
        with pytest.raises(InvalidInput):
            merging.merge(book, keep, others)
    with pytest.raises(NotFound):
        merging.merge(book, keep, [99])
    assert dump(book) == before


ACTS = st.lists(st.tuples(st.sampled_from(
    ["merge", "merge", "edit", "note", "deal", "parent", "apart", "phone", "delete", "back", "back", "undo", "redo"]),
    st.integers(0, 10**6)), max_size=14)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_any_sequence_of_merges_and_edits_is_undone_to_an_equal_dump(tmp_path_factory: pytest.TempPathFactory,
                                                                     acts: list[tuple[str, int]]) -> None:
    _undone(tmp_path_factory.mktemp("merge") / "shop.crm", acts)


@pytest.mark.campaign
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_many_sequences_of_merges_and_edits_are_undone(tmp_path_factory: pytest.TempPathFactory,
                                                       acts: list[tuple[str, int]]) -> None:
    _undone(tmp_path_factory.mktemp("merge") / "shop.crm", acts)


def _undone(path: Path, acts: list[tuple[str, int]]) -> None:
    book = new_book(path)
    empty, empty_index = dump(book), searched(book)
    for number in range(5):
        add(book, f"Tan Wei {number}", city=f"City {number % 2}")
    works: list[int] = []
    for what, pick in acts:
        try:
            works += act_on(book, what, pick, works)
        except CrmError:
            continue
    add(book, "Last")  # a new act ends redo: what was undone before it stays undone
    last, last_index = dump(book), searched(book)
    assert safety.check(book) == []
    undo_all(book)
    assert dump(book) == empty and searched(book) == empty_index
    redo_all(book)
    assert dump(book) == last and searched(book) == last_index
    book.close()


def act_on(book: Book, what: str, pick: int, works: list[int]) -> list[int]:
    """One act on what there is; the numbers of the works that may be taken back later."""
    ids = customers.list_ids(book, sort="id")
    if what in ("undo", "redo"):
        getattr(book, what)()
        return []
    if what == "back":
        return [book.undo_work(works[pick % len(works)]).work_id] if works else []
    if len(ids) < 2:
        return []
    one, other = ids[pick % len(ids)], ids[(pick // 7 + pick + 1) % len(ids)]
    match what:
        case "merge":
            return [merging.merge(book, one, [other], {"city": (one, other)[pick % 2]}).work_id]
        case "edit":
            return [customers.edit(book, one, {("city", "name", "notes")[pick % 3]: f"Text {pick % 50}"}).work_id]
        case "note":
            activities.log(book, {"customer_id": one, "name": f"said {pick}"})
        case "deal":
            deals.add(book, {"name": f"Deal {pick}", "customer_id": one})
        case "parent":
            return [customers.edit(book, one, {"parent_id": other}).work_id]
        case "apart":
            return [duplicates.tell_apart(book, [one, other]).work_id]
        case "phone":
            return [customers.set_channels(book, one, [("phone", "", f"019-{pick % 9000 + 1000:07}", 0)]).work_id]
        case "delete":
            return [customers.delete(book, [one]).work_id]
    return []
