"""The system's copy of an open file: whole, of one moment, made only where nobody can write into the file meanwhile."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver

from desktop_crm.domain.errors import Cancelled
from desktop_crm.services import customers
from desktop_crm.services.book import Book
from desktop_crm.storage import database, system_copy
from tests.books import new_book

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SQLite copies the file itself there")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = new_book(tmp_path / "shop.crm")
    customers.add(made, {"name": "Aminah"})
    yield made
    made.close()


def _names(path: Path) -> list[str]:
    with closing(driver.connect(str(path))) as raw:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return [row[0] for row in raw.execute("SELECT name FROM customers ORDER BY id")]


def _log(book: Book) -> int:
    return book.path.with_name(book.path.name + "-wal").stat().st_size


def _begun(connection: Any, target: Path) -> system_copy.SystemCopy | None:
    target.touch(0o600)
    connection.exec_driver_sql("SELECT count(*) FROM customers").scalar_one()
    return system_copy.begun(connection.connection.dbapi_connection, target)


def _tool(folder: Path, monkeypatch: pytest.MonkeyPatch, does: str) -> None:
    """Put another `cp` before the system's."""
    (folder / "tools").mkdir()
    (folder / "tools" / "cp").write_text(f"#!/bin/sh\n{does}\n")
    (folder / "tools" / "cp").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder / 'tools'}{os.pathsep}{os.environ['PATH']}")


def test_it_holds_what_its_reader_sees_whatever_is_written_meanwhile(book: Book, tmp_path: Path) -> None:
    assert _log(book) > 0
    book.fold_log()
    assert _log(book) == 0
    told: list[tuple[int, int]] = []

    def step(done: int, whole: int) -> None:
        told.append((done, whole))
        customers.add(book, {"name": f"Later {len(told)}"})
        book.fold_log()  # which it cannot while the file is read

    with book.read() as connection:
        with _begun(connection, tmp_path / "copy.crm") as copy:  # type: ignore[union-attr]
            assert copy.wait(step)
        assert connection.exec_driver_sql("SELECT count(*) FROM customers").scalar_one() == 1
    assert told[0][1] == book.path.stat().st_size
    assert _names(tmp_path / "copy.crm") == ["Aminah"] and len(customers.list_ids(book)) == 1 + len(told)


def test_it_is_not_begun_while_the_log_holds_something(book: Book, tmp_path: Path) -> None:
    with book.read() as connection:
        assert _begun(connection, tmp_path / "copy.crm") is None


def test_a_long_look_at_the_file_keeps_its_log_and_waits_for_nobody(book: Book, tmp_path: Path) -> None:
    with book.read() as reading:
        reading.exec_driver_sql("SELECT count(*) FROM customers").scalar_one()
        customers.add(book, {"name": "Ravi"})
        book.fold_log()
        assert _log(book) > 0
        with book.read() as connection:
            assert _begun(connection, tmp_path / "copy.crm") is None
    book.fold_log()
    assert _log(book) == 0


def test_it_is_not_begun_without_a_reading_transaction(book: Book, tmp_path: Path) -> None:
    book.fold_log()
    with closing(database.connect(book.path, reading=True)) as raw:
        assert system_copy.begun(raw, tmp_path / "copy.crm") is None


def test_the_locks_of_the_window_stay(book: Book, tmp_path: Path) -> None:
    """Another program that closes the file last would fold in and remove a log that the window still writes."""
    book.fold_log()
    with book.read() as connection, _begun(connection, tmp_path / "copy.crm") as copy:  # type: ignore[union-attr]
        assert copy.wait()
    subprocess.run([sys.executable, "-c", "import sys, sqlite3; other = sqlite3.connect(sys.argv[1]); "
                    "other.execute('SELECT count(*) FROM customers').fetchone(); other.close()", str(book.path)],
                   check=True)
    assert book.path.with_name(book.path.name + "-wal").exists()
    customers.add(book, {"name": "Ravi"})
    assert len(customers.list_ids(book)) == 2


def test_what_is_stopped_ends_at_once(book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_: int, __: int) -> None:
        raise Cancelled("Stopped. Nothing was changed.")

    _tool(tmp_path, monkeypatch, "exec sleep 30")
    book.fold_log()
    with book.read() as connection, pytest.raises(Cancelled), \
            _begun(connection, tmp_path / "copy.crm") as copy:  # type: ignore[union-attr]
        copy.wait(stop)
    assert copy._copying.returncode == -signal.SIGKILL


def test_without_its_tool_it_is_not_begun(book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book.fold_log()
    monkeypatch.setenv("PATH", str(tmp_path))
    with book.read() as connection:
        assert _begun(connection, tmp_path / "copy.crm") is None


@pytest.mark.parametrize("does", ["cat \"$1\" > \"$2\"; exit 1", "printf short > \"$2\""])
def test_what_the_system_did_not_end_well_is_not_whole(
        book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str) -> None:
    _tool(tmp_path, monkeypatch, does)
    book.fold_log()
    with book.read() as connection, _begun(connection, tmp_path / "copy.crm") as copy:  # type: ignore[union-attr]
        assert not copy.wait()


def test_saves_go_on_while_the_log_is_folded_in_again_and_again(book: Book) -> None:
    ended = threading.Event()

    def fold() -> None:
        while not ended.is_set():
            book.fold_log()

    folding = threading.Thread(target=fold)
    folding.start()
    try:
        for number in range(40):
            customers.add(book, {"name": f"Customer {number}"})
    finally:
        ended.set()
        folding.join()
    assert len(customers.list_ids(book)) == 41
