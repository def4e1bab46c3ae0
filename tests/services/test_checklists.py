"""The two checklists: their items, ticks with their day, and what becomes of the ticks in a merge and an erasure."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_crm.domain.errors import InvalidInput
from desktop_crm.services import checklists, customers, erasing, merging, persons, sellers
from desktop_crm.services.book import Book
from desktop_crm.storage import records
from tests.books import TODAY, dump


def ticked(book: Book, customer: int, of: str = "sales") -> dict[str, date | None]:
    return {mark.item.name: mark.on_date for mark in checklists.standing(book, customer)[of].marks}


def test_items_are_added_renamed_ordered_and_deleted(book: Book) -> None:
    first, second = checklists.add(book, "sales", "Enough budget"), checklists.add(book, "sales", "  Need ")
    checklists.add(book, "marketing", "Enough budget")  # the other list has its own
    with pytest.raises(InvalidInput):
        checklists.add(book, "sales", "ENOUGH BUDGET")
    with pytest.raises(InvalidInput):
        checklists.rename(book, second, "enough budget")
    with pytest.raises(InvalidInput):
        checklists.add(book, "sales", " ")
    checklists.rename(book, second, "Needs it")
    checklists.order(book, [second, first])
    assert [item.name for item in checklists.items(book, "sales")] == ["Needs it", "Enough budget"]
    checklists.delete(book, [first])
    assert [item.name for item in checklists.items(book)] == ["Enough budget", "Needs it"]
    book.undo()
    assert [item.name for item in checklists.items(book, "sales")] == ["Needs it", "Enough budget"]


def test_the_usual_items_come_on_request_once(book: Book) -> None:
    assert checklists.items(book) == []
    checklists.add(book, "sales", "need")
    checklists.suggest(book, "sales")
    assert [(item.name, item.position) for item in checklists.items(book)] == [
        ("need", 1), ("Enough budget", 2), ("Authority to decide", 3), ("Time of the purchase", 4)]
    assert checklists.suggest(book, "sales").work_id == 0
    book.undo()
    assert [item.name for item in checklists.items(book)] == ["need"]


def test_a_tick_has_its_day_and_who_said_so(book: Book) -> None:
    checklists.suggest(book, "sales")
    book.seller = sellers.add(book, {"name": "Faridah"})
    ali = customers.add(book, {"name": "Ali"})
    budget, authority, need, time = checklists.items(book, "sales")
    checklists.tick(book, ali, budget.id, date(2026, 11, 3))
    checklists.tick(book, ali, need.id)
    assert ticked(book, ali) == {"Enough budget": date(2026, 11, 3), "Authority to decide": None, "Need": TODAY,
                                 "Time of the purchase": None}
    standing = checklists.standing(book, ali)["sales"]
    assert (standing.done, standing.complete, standing.reached_on) == (2, False, None)
    assert standing.marks[0].seller == "Faridah"
    assert checklists.tick(book, ali, budget.id).work_id == 0  # its day stays
    checklists.tick(book, ali, authority.id, date(2026, 11, 20))
    checklists.tick(book, ali, time.id, date(2026, 11, 19))
    assert checklists.standing(book, ali)["sales"].reached_on == TODAY
    assert customers.card(book, ali).values["lead_state"] == "new"  # never by itself
    checklists.qualify(book, ali)
    assert customers.card(book, ali).values["lead_state"] == "qualified"
    before = dump(book)
    checklists.untick(book, ali, need.id)
    assert checklists.standing(book, ali)["sales"].reached_on is None
    book.undo()
    assert dump(book) == before
    with pytest.raises(InvalidInput):
        checklists.tick(book, ali, need.id, date(2027, 1, 1))


def test_a_list_without_items_is_never_complete(book: Book) -> None:
    found = checklists.standing(book, customers.add(book, {"name": "Ali"}))
    assert [(one.complete, one.reached_on, one.marks) for one in found.values()] == [(False, None, ())] * 2


def test_a_merge_keeps_the_earlier_tick_of_each_item(book: Book) -> None:
    checklists.suggest(book, "sales")
    keep, other = customers.add(book, {"name": "Ali"}), customers.add(book, {"name": "Ali B"})
    budget, authority, need, _ = (item.id for item in checklists.items(book, "sales"))
    checklists.tick(book, keep, budget, date(2026, 11, 5))
    checklists.tick(book, other, budget, date(2026, 11, 2))
    checklists.tick(book, keep, authority, date(2026, 11, 1))
    checklists.tick(book, other, authority, date(2026, 11, 9))
    checklists.tick(book, other, need, date(2026, 11, 7))
    before = dump(book)
    changes = merging.merge(book, keep, [other])
    assert ticked(book, keep) == {"Enough budget": date(2026, 11, 2), "Authority to decide": date(2026, 11, 1),
                                  "Need": date(2026, 11, 7), "Time of the purchase": None}
    book.undo_work(changes.work_id)
    assert dump(book) == before


def test_the_ticks_are_held_about_a_person_and_an_erasure_takes_them_away(book: Book) -> None:
    checklists.suggest(book, "sales")
    ali = customers.add(book, {"name": "Ali"})
    checklists.tick(book, ali, checklists.items(book, "sales")[0].id)
    (mark,) = persons.data(book, persons.held(book, ali, "customers"), {})["records"]["checklist_marks"]
    assert (mark["item"], mark["on_date"]) == ("Enough budget", TODAY.isoformat())
    erasing.erase(book, ali)
    with book.read() as connection:
        assert records.find(connection, "checklist_marks") == []
        assert connection.exec_driver_sql(
            "SELECT count(*) FROM journal WHERE table_name = 'checklist_marks'").scalar() == 0
