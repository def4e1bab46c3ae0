"""Files that are refused are left as they are, with nothing beside them; who writes is known by name."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from desktop_crm.domain.errors import FileBusy, FileRefused
from desktop_crm.services import customers, starting
from desktop_crm.services.book import Book, open_book
from desktop_crm.storage import database
from tests.books import new_book


def _refused(path: Path, match: str) -> None:
    before, beside = path.read_bytes(), sorted(item.name for item in path.parent.iterdir())
    for reading in (True, False):
        with pytest.raises(FileRefused, match=match):
            open_book(path, reading=reading)
    assert path.read_bytes() == before
    assert sorted(item.name for item in path.parent.iterdir()) == beside


def _closed(path: Path) -> bytes:
    new_book(path).close()
    path.with_name(f".{path.name}.lock").unlink()
    return path.read_bytes()


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="no file"):
        open_book(tmp_path / "none.crm")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a zip", b"\x00" * 4096, b"name,phone\nAli,1\n"])
def test_a_file_of_another_kind(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "shop.crm"
    path.write_bytes(content)
    _refused(path, "not a Desktop CRM file")


def test_another_programs_database(tmp_path: Path) -> None:
    path = tmp_path / "places.crm"
    connection = driver.connect(str(path))
    connection.execute("CREATE TABLE bookmarks(id)")
    connection.close()
    _refused(path, "another program")


def test_a_file_of_a_newer_version(tmp_path: Path) -> None:
    path = tmp_path / "shop.crm"
    _closed(path)
    connection = driver.connect(str(path))
    connection.execute("PRAGMA user_version = 99")
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.close()
    _refused(path, "newer Desktop CRM .*99")


def test_a_file_that_is_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "shop.crm"
    path.write_bytes(_closed(path)[:-20_000])
    _refused(path, "cut short")


def test_new_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "shop.crm"
    path.write_text("mine")
    with pytest.raises(FileRefused, match="exists already"):
        starting.create(path)
    assert path.read_text() == "mine"


def test_the_closed_file_is_whole_alone(tmp_path: Path) -> None:
    path = tmp_path / "shop.crm"
    book = new_book(path)
    customers.add(book, {"name": "Aminah"})
    book.close()
    assert not path.with_name("shop.crm-wal").exists()
    moved = tmp_path / "moved" / "copy.crm"
    moved.parent.mkdir()
    moved.write_bytes(path.read_bytes())
    copy = open_book(moved, reading=True)
    assert customers.count(copy, customers.CustomerFilter()) == 1
    copy.close()


def test_a_file_that_is_closed_twice_is_known_as_open_when_it_is_opened_again(tmp_path: Path) -> None:
    """Else it would be read as bytes while it is open, and SQLite would lose its locks on it."""
    path = tmp_path / "shop.crm"
    book = new_book(path)
    book.close()
    book.close()
    again = open_book(path)
    assert database.is_open(path)
    again.close()
    assert not database.is_open(path)


def test_a_name_that_cannot_be_left_beside_the_file_leaves_it_closed(tmp_path: Path) -> None:
    path = tmp_path / "shop.crm"
    new_book(path).close()
    holder = tmp_path / ".shop.crm.holder"
    holder.mkdir()
    with pytest.raises(FileRefused, match="cannot be written"):
        open_book(path)
    assert not database.is_open(path)
    holder.rmdir()
    open_book(path).close()


def test_a_second_writer_is_told_who_holds_the_file(book: Book) -> None:
    code = ("import sys; from pathlib import Path; from desktop_crm.services.book import open_book\n"
            "from desktop_crm.domain.errors import FileBusy\n"
            "try: open_book(Path(sys.argv[1]))\n"
            "except FileBusy as error: print(error)\n")
    said = subprocess.run([sys.executable, "-c", code, str(book.path)], capture_output=True, text=True, check=True)
    assert f"process {os.getpid()}" in said.stdout and "Nothing was changed" in said.stdout


def test_a_reader_beside_a_writer_sees_what_was_saved(book: Book) -> None:
    customers.add(book, {"name": "Aminah"})
    beside = open_book(book.path, reading=True)
    assert customers.count(beside, customers.CustomerFilter()) == 1
    customers.add(book, {"name": "Ali"})
    assert customers.count(beside, customers.CustomerFilter()) == 2
    with pytest.raises(FileRefused, match="reading only"):
        customers.add(beside, {"name": "No"})
    beside.close()


def test_while_an_import_writes_an_edit_is_refused_at_once_and_reading_goes_on(book: Book) -> None:
    import threading

    customers.add(book, {"name": "Aminah"})
    begun, finish = threading.Event(), threading.Event()

    def slow() -> None:
        with book.work("Import") as work:
            from desktop_crm.storage import records

            records.add(work.connection, "customers", {"name": "late"})
            begun.set()
            finish.wait(10)

    thread = threading.Thread(target=slow)
    thread.start()
    assert begun.wait(10)
    with pytest.raises(FileBusy, match="being saved"):
        customers.add(book, {"name": "Ali"})
    assert customers.count(book, customers.CustomerFilter()) == 1
    finish.set()
    thread.join()
    assert customers.count(book, customers.CustomerFilter()) == 2


def test_the_pragmas_of_the_design(book: Book) -> None:
    for reading in (False, True):
        connection = database.connect(book.path, reading=reading)
        found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in (
            "foreign_keys", "recursive_triggers", "synchronous", "trusted_schema", "cell_size_check", "secure_delete",
            "temp_store", "journal_mode", "query_only")}
        connection.close()
        assert found == {"foreign_keys": 1, "recursive_triggers": 1, "synchronous": 2, "trusted_schema": 0,
                         "cell_size_check": 1, "secure_delete": 1, "temp_store": 2, "journal_mode": "wal",
                         "query_only": int(reading)}


@pytest.mark.skipif(os.name != "posix", reason="folders are read-only by another mechanism here")
def test_a_read_only_folder_is_read_in_place(tmp_path: Path) -> None:
    folder = tmp_path / "stick"
    folder.mkdir()
    path = folder / "shop.crm"
    before = _closed(path)
    code = ("import os, sys; from pathlib import Path\n"
            "from desktop_crm.services.book import open_book\nfrom desktop_crm.services import business\n"
            "from desktop_crm.domain.errors import FileRefused\n"
            "if os.geteuid() == 0: os.setresgid(*[65534] * 3); os.setresuid(*[65534] * 3)\n"
            "book = open_book(Path(sys.argv[1]), reading=True)\nprint(business.counts(book)['customers'])\n"
            "book.close()\n"
            "try: open_book(Path(sys.argv[1]))\nexcept FileRefused as error: print(error)\n")
    for parent in [folder, *folder.parents]:
        if parent == Path(tmp_path.anchor):
            break
        parent.chmod(parent.stat().st_mode | 0o055)
    folder.chmod(0o555)
    path.chmod(0o444)
    try:
        said = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False,
                              env={**os.environ, "DESKTOP_CRM_HOME": str(tmp_path / "home")})
    finally:
        folder.chmod(0o755)
    assert said.returncode == 0, said.stderr
    assert said.stdout.splitlines()[0] == "0" and "cannot be written" in said.stdout
    assert path.read_bytes() == before
    assert [item.name for item in folder.iterdir()] == ["shop.crm"]
