"""Hostile strings of the field as customers' names: in services, lists, search, reports and undo they are only text."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.errors import InvalidInput
from desktop_crm.export.plain import as_json
from desktop_crm.i18n import language
from desktop_crm.services import customers, deals, history, listing, reports, safety, search, tasks, timeline
from desktop_crm.services.book import Book
from tests.books import dump, new_book, redo_all, undo_all
from tests.real_inputs.test_export_strings import STRINGS, strings

pytestmark = pytest.mark.skipif(not STRINGS.is_dir(), reason="the shared real files are not beside the checkout")


@pytest.fixture(scope="module")
def names() -> list[str]:
    """Every string that can be a name at all: something must be left of it."""
    return [text for path in sorted(STRINGS.glob("*.json"))
            for text in strings(json.loads(path.read_text(encoding="utf-8")))]


@pytest.fixture(scope="module")
def shop(names: list[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Book, dict[int, str]]]:
    """A file with a customer, a deal and a task of each name, and what each was called."""
    book = new_book(tmp_path_factory.mktemp("hostile") / "shop.crm")
    made = {}
    for name in names:
        try:
            customer = customers.add(book, {"name": name, "notes": name, "region": name[:1000]})
        except InvalidInput:
            assert not name.strip("\x00\x01\x02\x03\x04\x05\x06\x07\x08\x0b\x0c\x0e\x0f \t\r\n") or len(name) > 1000 \
                or all(ord(character) < 32 or character.isspace() for character in name)
            continue
        made[customer] = name
        deals.add(book, {"name": name, "customer_id": customer, "amount": 100, "lost_note": name})
        tasks.add(book, {"name": name, "customer_id": customer, "due_on": book.today()})
    assert len(made) > 100
    yield book, made
    book.close()


def test_they_are_kept_literally(shop: tuple[Book, dict[int, str]]) -> None:
    book, made = shop
    listed = {row["id"]: row["name"] for row in listing.rows(book, "customers")}
    assert set(listed) == set(made)
    for key, name in made.items():
        clean = "".join(character for character in name if ord(character) >= 32 or character in "\t\n\r")
        assert listed[key] == clean.encode("utf-8", "replace").decode().strip()
    assert [row.name for row in customers.rows(book, list(made))] == list(listed.values())


def test_each_is_found_by_itself_or_finds_nothing(shop: tuple[Book, dict[int, str]]) -> None:
    book, made = shop
    plain = 0
    for key, name in made.items():
        found = customers.list_ids(book, CustomerFilter(search=name))
        plain += key in found
        search.find(book, name)
    assert plain > 0.8 * len(made)  # what is punctuation alone has no words to be found by


def test_reports_say_them_literally(shop: tuple[Book, dict[int, str]]) -> None:
    book, made = shop
    rows = {row.id: row.name for row in customers.rows(book, list(made))}
    for name in ("customers", "deals", "tasks"):
        report = reports.build(book, name)
        cells = {cell for table in report.tables for row in table.rows for cell in row if isinstance(cell, str)}
        assert set(rows.values()) <= cells
        json.dumps(as_json(report))
    assert {row[0] for row in reports.build(book, "sales", cut="customer").tables[0].rows} >= set(rows.values())


def test_history_and_timeline_say_them_literally(shop: tuple[Book, dict[int, str]]) -> None:
    book, made = shop
    labels = [act.label for act in history.acts(book, language("en"))]
    for row in customers.rows(book, list(made)):
        assert f"Add {row.name}" in labels
        assert timeline.timeline_of(book, language("en"), row.id)


def test_undo_takes_all_of_them_back_and_redo_brings_them_again(shop: tuple[Book, dict[int, str]]) -> None:
    book, _ = shop
    end = dump(book)
    undo_all(book)
    assert customers.list_ids(book) == []
    redo_all(book)
    assert dump(book) == end
    assert safety.check(book) == []
