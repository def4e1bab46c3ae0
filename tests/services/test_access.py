"""Who works in the window and its lock: what is saved, told, undone, and never written down."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_crm.domain import access as rules
from desktop_crm.domain.errors import InvalidInput, NotFound, NothingToUndo
from desktop_crm.i18n import language
from desktop_crm.services import access, activities, customers, deals, history, listing, payments, sellers, tasks
from desktop_crm.services.book import Book, open_book
from desktop_crm.storage import records
from tests.books import TODAY, new_book

EN = language("en")


@pytest.fixture
def book(tmp_path: Path, quick_pins: None) -> Iterator[Book]:
    made = new_book(tmp_path / "shop.crm")
    yield made
    made.close()


def stored_pin(book: Book, seller: int) -> str | None:
    with book.read() as connection:
        found: str | None = records.get(connection, "sellers", seller)["pin"]
    return found


def test_setting_a_pin_is_one_undo_step_and_the_pin_is_nowhere_in_the_file(book: Book) -> None:
    ana = sellers.add(book, {"name": "Ana"})
    access.set_pin(book, ana, "48291573")
    assert stored_pin(book, ana) and access.people(book) == [access.Person(ana, "Ana", True)]
    assert history.acts(book, EN)[-1].label == "Set the PIN of Ana"
    assert all("48291573" not in change.sentence and "scrypt" not in change.sentence
               for change in history.changes(book, EN, "sellers", ana))
    assert "scrypt" not in str(listing.rows(book, "sellers"))
    book.undo()
    assert stored_pin(book, ana) is None
    book.redo()
    access.work_as(book, ana, "48291573")
    access.clear_pin(book, ana)
    assert history.acts(book, EN)[-1].label == "Remove the PIN of Ana" and history.acts(book, EN)[-1].actor == "Ana"
    access.work_as(book, ana)
    book.undo()
    assert rules.matches("48291573", stored_pin(book, ana) or "")
    book.close()
    assert b"48291573" not in book.path.read_bytes()


def test_a_wrong_pin_changes_nothing(book: Book) -> None:
    ana, ben = (sellers.add(book, {"name": name}) for name in ("Ana", "Ben"))
    access.set_pin(book, ana, "1234")
    access.work_as(book, ben)
    for wrong in ("", "1235", "12345"):
        with pytest.raises(InvalidInput, match="not the PIN of Ana"):
            access.work_as(book, ana, wrong)
    assert (book.seller, book.actor) == (ben, "Ben")
    access.work_as(book, ana, "１２３４")
    assert (book.seller, book.actor) == (ana, "Ana")
    with pytest.raises(NotFound):
        access.work_as(book, 99)
    with pytest.raises(InvalidInput):
        access.set_pin(book, ana, "12")


def test_the_history_says_by_whom_and_new_records_are_the_workers(book: Book) -> None:
    ana = sellers.add(book, {"name": "Ana"})
    access.work_as(book, ana)
    customer = customers.add(book, {"name": "Kedai Aminah"})
    deal = deals.add(book, {"name": "Sofa", "customer_id": customer})
    made = {"tasks": tasks.add(book, {"name": "Call"}), "activities": activities.log(book, {"name": "Called"}),
            "payments": payments.add(book, {"amount": 100, "received_on": TODAY}), "deals": deal}
    tasks.add_for(book, [customer], {"name": "Visit"})
    with book.read() as connection:
        assert {kind: records.get(connection, kind, row)["seller_id"] for kind, row in made.items()} == \
            dict.fromkeys(made, ana)
        assert records.find(connection, "tasks", name="Visit")[0]["seller_id"] == ana
    nobody = deals.add(book, {"name": "Nobody's", "seller_id": None})
    with book.read() as connection:
        assert records.get(connection, "deals", nobody)["seller_id"] is None
    assert {act.actor for act in history.acts(book, EN)[2:]} == {"Ana"}
    assert history.changes(book, EN, "deals", deal)[0].actor == "Ana"


def test_who_is_renamed_works_on_and_who_is_gone_no_longer(book: Book) -> None:
    ana = sellers.add(book, {"name": "Ana"})
    access.work_as(book, ana)
    sellers.edit(book, ana, {"name": "Anastasia"})
    assert (book.seller, book.actor) == (ana, "Anastasia")
    sellers.edit(book, ana, {"active": False})
    assert (book.seller, book.actor) == (None, "") and access.people(book) == []
    book.undo()
    access.work_as(book, ana)
    sellers.delete(book, [ana])
    assert (book.seller, book.actor) == (None, "")


def test_the_lock_is_set_changed_and_removed_with_the_present_password(book: Book) -> None:
    assert access.lock_minutes(book) is None and access.unlocks(book, "anything")
    with pytest.raises(InvalidInput, match="at least 6"):
        access.set_lock(book, 5)
    access.set_lock(book, 5, "correct horse")
    assert access.lock_minutes(book) == 5
    assert access.unlocks(book, "correct horse") and not access.unlocks(book, "correct horsf")
    for change in (lambda: access.set_lock(book, 10, "another one"), lambda: access.set_lock(book, 10, now="wrong"),
                   lambda: access.remove_lock(book, "wrong")):
        with pytest.raises(InvalidInput, match="not the present password"):
            change()
    with pytest.raises(InvalidInput):
        access.set_lock(book, 7, now="correct horse")
    access.set_lock(book, 0, now="correct horse")
    assert access.lock_minutes(book) == 0 and access.unlocks(book, "correct horse")
    access.set_lock(book, 15, "another one", "correct horse")
    assert not access.unlocks(book, "correct horse") and access.unlocks(book, "another one")
    access.remove_lock(book, "another one")
    assert access.lock_minutes(book) is None


def test_the_lock_outlives_the_file_and_no_undo_turns_it(book: Book) -> None:
    customers.add(book, {"name": "Kedai Aminah"})
    access.set_lock(book, 5, "correct horse")
    assert [act.label for act in history.acts(book, EN)][-1] == "Change the lock of the window"
    book.undo()
    assert customers.list_ids(book) == [] and access.lock_minutes(book) == 5
    with pytest.raises(NothingToUndo):
        book.undo()
    book.close()
    again = open_book(book.path)
    assert access.lock_minutes(again) == 5 and not access.unlocks(again, "wrong!")
    again.close()
