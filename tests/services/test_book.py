"""The open book: its day, its listeners, and what is refused while it is open for reading."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import FileRefused
from desktop_crm.services import business, customers, deals, starting, tasks
from desktop_crm.services.book import Book, open_book
from tests.books import dump, new_book


@pytest.mark.parametrize(("cutoff", "day"), [("00:00", date(2026, 11, 22)), ("03:00", date(2026, 11, 21))])
def test_after_midnight_the_day_is_that_of_the_cut_off(tmp_path: Path, cutoff: str, day: date) -> None:
    night = datetime(2026, 11, 21, 17, 30, tzinfo=UTC)  # half past one of the 22nd in Kuala Lumpur
    with closing(new_book(tmp_path / "shop.crm", now=night)) as book:
        business.set_business(book, {"cutoff": cutoff})
        assert book.today() == day
        assert deals.card(book, deals.add(book, {"name": "x"})).row.created_on == day
        task = tasks.add(book, {"name": "t"})
        tasks.finish(book, [task])
        assert tasks.rows(book, [task])[0].done_on == day


def test_listeners_hear_of_each_commit_and_of_nothing_else(book: Book) -> None:
    heard: list[Changes] = []
    book.subscribe(heard.append)
    ali = customers.add(book, {"name": "Ali"})
    customers.edit(book, ali, {"name": "Ali"})
    assert len(heard) == 1 and heard[0].rows["customers"] == frozenset({ali})
    with pytest.raises(RuntimeError), book.work("Break") as work:
        work.connection.exec_driver_sql("UPDATE customers SET city = 'x'")
        raise RuntimeError
    assert len(heard) == 1
    book.undo()
    book.redo()
    assert [change.message for change in heard] == ["Add {name}"] * 3


def test_settings_are_known_at_once_and_undone_too(book: Book) -> None:
    business.set_business(book, {"currency": "NPR", "timezone": "Asia/Kathmandu"})
    assert (book.currency, book.business.timezone) == ("NPR", "Asia/Kathmandu")
    book.undo()
    assert (book.currency, book.business.timezone) == ("MYR", "Asia/Kuala_Lumpur")


@pytest.mark.parametrize("act", [
    lambda book: customers.add(book, {"name": "x"}), lambda book: deals.add(book, {"name": "x"}),
    lambda book: tasks.add(book, {"name": "x"}), lambda book: business.set_business(book, {"name": "x"}),
    lambda book: customers.delete(book, [1]), lambda book: book.undo(),
])
def test_reading_only_changes_nothing(tmp_path: Path, act: Callable[[Book], object]) -> None:
    with closing(new_book(tmp_path / "shop.crm")) as book:
        customers.add(book, {"name": "Ali"})
    with closing(open_book(tmp_path / "shop.crm", reading=True)) as book:
        before = dump(book)
        with pytest.raises(FileRefused, match="reading only"):
            act(book)
        assert dump(book) == before


def test_a_file_whose_making_fails_is_not_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise FileRefused("The disk is full.")

    monkeypatch.setattr(starting, "_seed", full)
    with pytest.raises(FileRefused):
        starting.create(tmp_path / "shop.crm")
    assert not list(tmp_path.glob("shop*"))


def test_a_reader_in_the_same_process_that_closes_leaves_the_writer_its_locks(book: Book) -> None:
    open_book(book.path, reading=True).close()
    customers.add(book, {"name": "Ali"})
    beside = open_book(book.path, reading=True)
    assert len(customers.list_ids(beside)) == 1
    beside.close()
