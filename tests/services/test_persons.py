"""Everything held about a person, with nothing left out: the schema's own links say what there can be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from desktop_crm.domain.errors import NotFound
from desktop_crm.export import persons as export
from desktop_crm.services import contacts, customers, persons
from desktop_crm.services.book import Book
from desktop_crm.services.person_words import FIELDS, TITLES, UNSAID
from desktop_crm.storage.erasing import KEPT, REMOVED
from desktop_crm.storage.holdings import OTHERS
from desktop_crm.storage.tables import journalled, metadata
from tests.canaries import CANARIES, NAME, plant


def _reachable() -> set[str]:
    """The tables from which foreign keys lead to a customer, over any number of steps."""
    found, size = {"customers"}, 0
    while size != len(found):
        size = len(found)
        for table in metadata.tables.values():
            if any(key.column.table.name in found and (table.name, key.parent.name) not in OTHERS
                   for key in table.foreign_keys):
                found.add(table.name)
    return found


def test_no_table_is_forgotten() -> None:
    """A new table that leads to a person has to say whether its rows go or stay, and what its columns are called."""
    assert _reachable() == set(KEPT) | REMOVED
    assert not set(KEPT) & REMOVED and set(TITLES) >= set(journalled())
    for table in _reachable():
        columns = {column.name for column in metadata.tables[table].columns} - UNSAID
        assert columns - set(FIELDS[table]) == set(), table
        assert KEPT.get(table, frozenset()) <= set(metadata.tables[table].columns.keys())


def _written(book: Book, record: int, folder: Path, kind: str = "customers") -> tuple[str, str]:
    person = persons.held(book, record, kind)
    names = export.named((item.id, item.name) for item, place in person.files if place is not None)
    files = {names[item.id]: place for item, place in person.files if place is not None}
    made = export.write(folder, persons.data(book, person, names), persons.report(book, person), files)
    assert all(path.is_file() for path in made)
    text = "\n".join(page.extract_text() for page in PdfReader(folder / "report.pdf").pages)
    return (folder / "data.json").read_text(encoding="utf-8"), text


def test_all_that_is_held_is_written(book: Book, tmp_path: Path) -> None:
    one = plant(book)
    text, paper = _written(book, one, tmp_path / "out")
    files = {path.name: path.read_bytes() for path in (tmp_path / "out" / "attachments").iterdir()}
    assert files == {"Qbxfile.txt": b"Qbxbytes inside", "Qbxfile leaflet.txt": b"a leaflet"}
    lost = {word for word in CANARIES if word.casefold() not in text.casefold()}
    assert lost == {"Qbxbytes"}                     # what is in the file is in the file
    assert "012-987 0412" in text
    seen = {word for word in ("Qbxname", "Qbxnote", "Qbxcontact", "Qbxsaid", "Qbxdeal", "Qbxtask", "Qbxfile",
                              "Qbxpayment", "Qbxtitle", "012-987 0412", "雪鳶黎") if word not in paper}
    assert seen == set() and f"Everything held about {NAME}" in paper
    data = json.loads(text)
    sale = next(deal for deal in data["records"]["deals"] if deal["status"] == "won")
    assert (sale["amount"], sale["currency"], sale["closed_on"]) == (16_000, "MYR", "2026-11-21")
    assert data["records"]["deal_lines"][0]["currency"] == "MYR"
    assert data["records"]["customer_tags"][0]["tag"] == "Qbxtag"
    assert data["records"]["receipts"][0]["content"]["buyer"] == NAME
    assert {item["table"] for item in data["mentions"]} == {"customers", "segments", "settings"}
    assert data["records"]["attachments"][0]["file"] == "attachments/Qbxfile.txt"
    assert (data["person"], data["minor_digits"]) == ({"kind": "customers", "id": one, "name": NAME}, 2)
    assert any(entry["change"] == "D" and entry["table"] == "deals" for entry in data["history"])


def test_of_a_contact(book: Book, tmp_path: Path) -> None:
    plant(book)
    text, paper = _written(book, 1, tmp_path / "out", "contacts")
    data = json.loads(text)
    assert set(data["records"]) == {"contacts", "channels", "activities"} and "Siti Qbxcontact" in paper


def test_of_one_who_was_deleted(book: Book, tmp_path: Path) -> None:
    one = customers.add(book, {"name": "Aminah", "notes": "likes tea"})
    contacts.add(book, {"name": "Ali", "customer_id": one})
    customers.delete(book, [one])
    data = json.loads(_written(book, one, tmp_path / "out")[0])
    assert data["person"]["name"] == "Aminah" and "likes tea" in json.dumps(data["history"])


def test_nobody(book: Book) -> None:
    with pytest.raises(NotFound):
        persons.held(book, 99)


def test_scripts_of_the_region_are_whole_on_paper(book: Book, tmp_path: Path) -> None:
    names = ["陈美玲", "முருகன் செல்வம்", "محمد علي", "सीता राम"]
    for name in names:
        one = customers.add(book, {"name": name, "notes": "long " * 200})
        _written(book, one, tmp_path / f"out{one}")
    text = json.loads((tmp_path / "out3" / "data.json").read_text(encoding="utf-8"))
    assert text["person"]["name"] == "محمد علي"


def test_names_of_files_are_safe_and_differ() -> None:
    assert export.named([(1, "a/b.txt"), (2, "A b.txt"), (3, ".."), (4, "x" * 300 + ".pdf")]) == {
        1: "attachments/a b.txt", 2: "attachments/A b 2.txt", 3: "attachments/file",
        4: f"attachments/{'x' * 100}.pdf"}
