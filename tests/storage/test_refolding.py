"""Customers and contacts are found by their further addresses, whoever writes these down, and by no others."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from desktop_crm.services import addresses, contacts, customers, importing, merging, search
from desktop_crm.services.book import Book, open_book
from desktop_crm.storage import importing as bulk
from tests.books import dump, new_book

OLD = Path(__file__).parents[1] / "old_files"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = new_book(tmp_path / "shop.crm")
    customers.add(made, {"name": "Ali", "state": "customer"})
    customers.add(made, {"name": "Bee", "state": "customer"})
    yield made
    made.close()


def found(book: Book, typed: str, kind: str = "customers") -> list[int]:
    return [hit.id for hit in search.find(book, typed) if hit.kind == kind]


def test_found_by_what_the_addresses_say_now(book: Book) -> None:
    store = addresses.add(book, 1, {"label": "Store", "street": "Lorong Çinta 5", "city": "Seremban"})
    addresses.add(book, 1, {"city": "台北市信義區", "postcode": "11001"})
    assert found(book, "seremban") == found(book, "cinta") == found(book, "信義") == found(book, "11001") == [1]
    before = dump(book)
    addresses.edit(book, store, {"city": "Ipoh"})
    assert (found(book, "seremban"), found(book, "ipoh")) == ([], [1])
    addresses.delete(book, store)
    assert (found(book, "ipoh"), found(book, "信義")) == ([], [1])
    book.undo()
    book.undo()
    assert dump(book) == before and found(book, "seremban") == [1]


def test_other_changes_keep_them(book: Book) -> None:
    addresses.add(book, 1, {"city": "Seremban"})
    customers.edit(book, 1, {"notes": "likes tea"})
    assert found(book, "seremban") == found(book, "likes tea") == [1]
    with book.work("Bulk", bulk=True) as work:
        bulk.update(work.connection, "customers", {1: {"notes": "likes coffee"}})
    assert found(book, "seremban") == found(book, "likes coffee") == [1]


def test_an_act_taken_back_out_of_its_turn(book: Book) -> None:
    noted = customers.edit(book, 1, {"notes": "likes tea"})
    addresses.add(book, 1, {"city": "Seremban"})
    book.undo_work(noted.work_id)
    assert (found(book, "likes tea"), found(book, "seremban")) == ([], [1])


def test_merged_customers_are_found_by_all_addresses(book: Book) -> None:
    addresses.add(book, 2, {"city": "Seremban"})
    merging.merge(book, 1, [2])
    assert found(book, "seremban") == [1]
    book.undo()
    assert found(book, "seremban") == [2]


def test_imported_contacts_are_found_by_their_addresses(book: Book, tmp_path: Path) -> None:
    source = tmp_path / "people.csv"
    source.write_text("Name,Company,Street,City,Postcode\nSiti,Ali,Jalan Besar 3,Kuantan,25000\n", encoding="utf-8")
    importing.run(book, source, "contacts")
    [siti] = contacts.list_ids(book)
    assert found(book, "kuantan", "contacts") == found(book, "jalan besar", "contacts") == [siti]
    book.undo()
    assert found(book, "kuantan", "contacts") == []


def test_an_older_file_is_found_by_all_that_a_new_one_is(tmp_path: Path) -> None:
    path = Path(shutil.copy(OLD / "v3.crm", tmp_path / "old.crm"))
    with closing(driver.connect(str(path))) as raw:
        for trigger in ("customers_journal_update", "addresses_journal_insert"):
            raw.execute(f"DROP TRIGGER {trigger}")
        [one] = raw.execute("SELECT min(id) FROM customers").fetchone()
        raw.execute("UPDATE customers SET tax_number = 'W10-1808-3200' WHERE id = ?", (one,))
        raw.execute("INSERT INTO addresses(uid, customer_id, city, position) VALUES('u1', ?, 'Kota Tinggi', 0)", (one,))
        raw.commit()
    with closing(open_book(path)) as book:
        assert found(book, "W10-1808") == found(book, "kota tinggi") == [one]
