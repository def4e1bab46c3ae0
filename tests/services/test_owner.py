"""The owner's PIN: set, changed, refused, made to wait, removed; what was let out stands in the history."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desktop_crm.domain import access, leaving
from desktop_crm.domain.errors import CrmError, FileRefused, InvalidInput, NothingToUndo
from desktop_crm.i18n import language
from desktop_crm.services import customers, history, owner
from desktop_crm.services.book import Book, open_book
from tests.books import Clock, new_book


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def book(tmp_path: Path, clock: Clock, home: Path, quick_pins: None) -> Iterator[Book]:
    made = new_book(tmp_path / "shop.crm", clock=clock)
    yield made
    made.close()


def refused(book: Book, pin: str) -> str:
    with pytest.raises(InvalidInput) as caught:
        owner.check(book, pin)
    assert caught.value.at == "pin"
    return str(caught.value)


def test_a_new_file_has_none_and_asks_nothing(book: Book) -> None:
    assert owner.terms(book) == owner.Terms(pin=False, day=False)
    assert not owner.terms(book).asked() and not owner.terms(book).asked(day=True)
    owner.check(book, "")
    owner.check(book, "anything")


def test_it_is_set_and_asked_for_lists_and_if_wanted_for_the_day(book: Book) -> None:
    owner.save(book, "4829", day=False)
    assert owner.terms(book).asked() and not owner.terms(book).asked(day=True)
    owner.check(book, " ４８２９ ")
    assert refused(book, "") == refused(book, "4828") == "That is not the owner's PIN."
    owner.save(book, "", day=True, now="4829")
    assert owner.terms(book).asked(day=True)
    owner.check(book, "4829")


@pytest.mark.parametrize("pin", ["", "123", "123456789", "12a4", "  "])
def test_a_pin_has_four_to_eight_digits(book: Book, pin: str) -> None:
    with pytest.raises(InvalidInput, match="4 to 8 digits"):
        owner.save(book, pin, day=False)
    assert not owner.terms(book).pin


def test_changing_and_removing_need_the_present_one(book: Book) -> None:
    owner.save(book, "4829", day=True)
    with pytest.raises(InvalidInput, match="not the owner's PIN") as caught:
        owner.save(book, "1111", day=False, now="1234")
    assert caught.value.at == "now"
    with pytest.raises(InvalidInput, match="not the owner's PIN") as caught:
        owner.remove(book, "")
    assert caught.value.at == "now"
    assert owner.terms(book) == owner.Terms(pin=True, day=True)
    owner.save(book, "1111", day=True, now="4829")
    refused(book, "4829")
    owner.remove(book, "1111")
    assert not owner.terms(book).asked() and not owner.terms(book).asked(day=True)


def test_no_undo_brings_one_back_or_takes_it_away(book: Book) -> None:
    customers.add(book, {"name": "Aminah"})
    owner.save(book, "4829", day=False)
    number = history.acts(book, language("en"))[-1].id
    with pytest.raises(NothingToUndo):
        book.undo_work(number)
    book.undo()
    assert owner.terms(book).pin and customers.list_ids(book) == [], "undo takes the customer back, not the PIN"
    with pytest.raises(NothingToUndo):
        book.undo()
    book.redo()
    assert customers.list_ids(book) == [1]


def test_the_file_holds_no_pin_that_can_be_read(book: Book, tmp_path: Path) -> None:
    owner.save(book, "48291735", day=False)
    path = book.path
    book.close()
    assert b"48291735" not in path.read_bytes()


def test_wrong_ones_make_one_wait_also_after_a_new_start(book: Book, clock: Clock) -> None:
    owner.save(book, "4829", day=False)
    for _ in range(access.FREE_TRIES):
        refused(book, "0000")
    path = book.path
    book.close()
    again = open_book(path, clock=clock)
    assert refused(again, "4829") == "Too many wrong tries. Try again in 5 s."
    clock.now += timedelta(seconds=5)
    owner.check(again, "4829")
    clock.now -= timedelta(days=300)
    for _ in range(access.FREE_TRIES - 1):
        refused(again, "0000")
    owner.check(again, "4829")
    again.close()


def test_a_clock_set_back_makes_nobody_wait_for_a_year(book: Book, clock: Clock) -> None:
    owner.save(book, "4829", day=False)
    for _ in range(access.FREE_TRIES):
        refused(book, "0000")
    clock.now -= timedelta(days=300)
    assert refused(book, "4829") == "Too many wrong tries. Try again in 300 s."


def test_what_was_let_out_is_in_the_history_and_is_no_undo_step(book: Book) -> None:
    customers.add(book, {"name": "Aminah"})
    book.undo()
    book.actor = "Ana"
    assert owner.noted(book, language("en"), 5) == []
    owner.note(book, leaving.EXPORTED, kind="Customers", count=412, form="XLSX")
    owner.note(book, leaving.COPIED, count=3)
    owner.note(book, leaving.COPIED, count=3)
    said = [(act.label, act.actor) for act in owner.noted(book, language("en"), 2)]
    assert said == [("Rows copied to the clipboard: 3", "Ana")] * 2
    assert [act.label for act in owner.noted(book, language("ms"), 3)][2] == history.label(
        language("ms"), leaving.EXPORTED, {"kind": "Customers", "count": 412, "form": "XLSX"})
    labels = [act.label for act in history.acts(book, language("en"))]
    assert labels[-3] == "Exported: Customers (412), XLSX" and labels[-2:] == [said[0][0]] * 2
    book.redo()
    assert customers.list_ids(book) == [1], "redo is still there"


def test_a_file_to_be_read_only_cannot_note_and_says_so(book: Book, tmp_path: Path) -> None:
    owner.save(book, "4829", day=False)
    path = book.path
    book.close()
    reading = owner.opened(path)
    owner.check(reading, "4829")
    with pytest.raises(FileRefused):
        owner.note(reading, leaving.FILE)
    reading.close()
    with pytest.raises(CrmError):
        owner.opened(tmp_path / "missing.crm")


def test_the_tries_of_the_computer_hold_no_pin(book: Book, tmp_path: Path) -> None:
    owner.save(book, "4829", day=False)
    refused(book, "7777")
    kept = (tmp_path / "home/data/tries.json").read_text(encoding="utf-8")
    assert list(json.loads(kept).values()) == [[1, 0.0]] and "7777" not in kept
