"""The process is killed at random moments: nothing acknowledged is lost, nothing is half there."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from desktop_crm.domain.errors import FileRefused
from desktop_crm.services import customers, safety
from desktop_crm.services.book import open_book
from desktop_crm.storage import records
from tests.books import dump, new_book
from tests.killing import killed

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX")

SAVES = """
import sys; from pathlib import Path
from desktop_crm.services import customers
from desktop_crm.services.book import open_book
book = open_book(Path(sys.argv[1]))
for number in range(10_000):
    new = customers.add(book, {"name": f"Customer {number}"}, phones=["012-345 6789"], tags=["VIP"])
    print(new, flush=True)
"""
IMPORT = """
import sys; from pathlib import Path
from desktop_crm.services.book import open_book
from desktop_crm.storage import records
book = open_book(Path(sys.argv[1]))
while True:
    print("begin", flush=True)
    with book.work("Import", bulk=True) as work:
        ids = records.add_many(work.connection, "customers", [{"name": f"Row {n}"} for n in range(3000)])
        records.add_many(work.connection, "channels", [
            {"customer_id": key, "kind": "phone", "value": "1", "normal": "1"} for key in ids])
    print("done", flush=True)
"""


def _saves(path: Path, seed: int) -> None:
    said = killed(SAVES, path, random.Random(seed).uniform(0, 0.25))
    book = open_book(path)
    found = set(customers.list_ids(book))
    assert safety.check(book) == []
    assert {int(word) for word in said} <= found, "an acknowledged save was lost"
    rows = dump(book)
    assert len(rows["channels"]) == len(found) == len(rows["state_moves"]), "an act was half saved"
    book.undo()
    book.close()


def _import(path: Path, seed: int) -> None:
    said = killed(IMPORT, path, random.Random(seed).uniform(0, 0.6))
    book = open_book(path)
    count = len(customers.list_ids(book))
    assert safety.check(book) == []
    assert count % 3000 == 0, "an import was half saved"
    assert count // 3000 >= said.count("done")
    book.close()


@pytest.mark.parametrize("seed", range(10))
def test_killed_while_saving(tmp_path: Path, seed: int) -> None:
    new_book(tmp_path / "shop.crm").close()
    _saves(tmp_path / "shop.crm", seed)


@pytest.mark.parametrize("seed", range(10))
def test_killed_while_importing(tmp_path: Path, seed: int) -> None:
    new_book(tmp_path / "shop.crm").close()
    _import(tmp_path / "shop.crm", seed)


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(100, 200))
def test_killed_while_saving_many_times(tmp_path: Path, seed: int) -> None:
    new_book(tmp_path / "shop.crm").close()
    _saves(tmp_path / "shop.crm", seed)


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(100, 200))
def test_killed_while_importing_many_times(tmp_path: Path, seed: int) -> None:
    new_book(tmp_path / "shop.crm").close()
    _import(tmp_path / "shop.crm", seed)


def test_a_full_disk_is_one_sentence_and_the_file_is_as_it_was(tmp_path: Path) -> None:
    """SQLite itself is told that no page may be added: it answers as on a full disk."""
    book = new_book(tmp_path / "shop.crm")
    customers.add(book, {"name": "Aminah"})
    before = dump(book)
    with pytest.raises(FileRefused, match=r"disk is full.*as it was before"), \
            book.work("Import", bulk=True) as work:
        pages = work.connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        work.connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 2}")
        records.add_many(work.connection, "customers", [{"name": f"Row {n}"} for n in range(20_000)])
    assert dump(book) == before
    assert safety.check(book) == []
    book.close()
