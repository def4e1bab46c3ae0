"""Lists out of the file: tables come in again without loss, pages and paper show every name as it is."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.errors import Cancelled, FileRefused, InvalidInput
from desktop_crm.export import lists
from desktop_crm.services import contacts, customers, importing, listing, outgoing, segments
from desktop_crm.services.book import Book
from tests.books import dump, new_book

HOSTILE = '<script>alert("1")</script> & <b>Sons</b>'
NAMES = ("ரவி நிறுவனம்", "北京科技有限公司", "شركة أحمد (ش.م.م)", HOSTILE, "=HYPERLINK(1)", "+60 Kedai", "'-tick",
         "Zoë, \"Ltd\"; x")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = new_book(tmp_path / "shop.crm")
    for number, name in enumerate(NAMES):
        customers.add(made, {
            "name": name, "kind": "person" if number % 2 else "company", "state": ("customer", "lead")[number % 2],
            "city": "Ipoh", "country": "MY", "address": "1 Jalan A\nTaman B", "notes": f"one,\ntwo; {name}",
            "birthday": ("--05-12", "1980-03-22")[number % 2], "credit_limit": 150_050 * number or None,
            "starred": number == 1, "no_marketing": number == 2, "employees": number or None,
        }, tags=["VIP", "Raya"][:number % 3], typed=[
            ("phone", "Mobile", f"+60 12-345 67{number}0", 0), ("phone", "Work", f"03-555 12{number}0", 0),
            ("email", "", f"a{number}@b.my", 0)])
    first = customers.list_ids(made, sort="id")[0]
    customers.edit_many(made, [first + 1], {"parent_id": first})
    contacts.add(made, {"name": "陳美玲", "customer_id": first, "role": "採購", "birthday": "--12-31", "notes": "+1"},
                 typed=[("phone", "Mobile", "0912-345-678", 0), ("email", "Work", "m@x.tw", 0)])
    segments.save(made, "Leads", CustomerFilter(states=("lead",)))
    yield made
    made.close()


def source(book: Book, kind: str = "customers", segment: str = "") -> outgoing.Outgoing:
    return outgoing.Outgoing(book, kind, outgoing.ids(book, kind, segment), segment)


def plain(book: Book, kind: str) -> list[dict[str, Any]]:
    """The records without what belongs to the file alone."""
    own = ("id", "uid", "created_on", "external_id")
    return sorted(({key: value for key, value in row.items() if key not in own} for row in listing.rows(book, kind)),
                  key=lambda row: row["name"])


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_tables_come_in_again_without_loss(book: Book, tmp_path: Path, suffix: str) -> None:
    other = new_book(tmp_path / "other.crm")
    try:
        for kind in outgoing.KINDS:
            path = tmp_path / f"{kind}{suffix}"
            lists.write(source(book, kind), path)
            before = dump(book)
            again = importing.run(book, path, kind)
            assert (again.created, again.updated, again.problems, again.changes) == (0, 0, (), None)
            assert dump(book) == before
            made = importing.run(other, path, kind)
            assert (made.created, made.problems) == (source(book, kind).count, ())
            assert plain(other, kind) == plain(book, kind)
    finally:
        other.close()


def test_a_spreadsheet_runs_nothing_of_a_table(book: Book, tmp_path: Path) -> None:
    lists.write(source(book), tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


class Page(HTMLParser):
    """The texts of a page as a browser shows them, and its tags."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.tags: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for key, value in attrs if key in ("href", "src", "action")]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def test_a_page_shows_hostile_names_literally_and_loads_nothing(book: Book, tmp_path: Path) -> None:
    lists.write(source(book), tmp_path / "a.html")
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    page = Page(text)
    assert set(NAMES) <= set(page.texts)
    assert {"陳美玲"} <= set(page.texts), "contact people stand below their company"
    assert page.tags.count("script") == 1 and page.tags.count("b") == 0
    assert not {"link", "iframe", "object", "form", "base"} & set(page.tags)
    assert all(re.fullmatch(r"(tel:\+?\d+|mailto:[\w.@+-]+|data:image/.*)", link, re.DOTALL) for link in page.links)
    assert "default-src 'none'" in text and "//" not in re.sub(r"<(script|style)>.*?</\1>", "", text, flags=re.DOTALL)
    assert "Ipoh" in text and "12 May" in text


def test_an_address_book_on_paper(book: Book, tmp_path: Path) -> None:
    lists.write(source(book, segment="Leads"), tmp_path / "a.pdf")
    text = "\n".join(page.extract_text() for page in PdfReader(tmp_path / "a.pdf").pages)
    assert "Leads" in text and "4 entries" in text
    assert "北京科技有限公司" in text
    assert "Kedai" in text and "a1@b.my" in text and "22 March 1980" in text
    assert "HYPERLINK" not in text, "no lead"


def test_contacts_of_a_segment(book: Book) -> None:
    assert source(book, "contacts").count == 1
    assert source(book, "contacts", "leads").count == 0
    with pytest.raises(InvalidInput, match="Leads"):
        outgoing.ids(book, "customers", "Nobody")


def test_what_cannot_be_written_is_told_and_leaves_nothing(book: Book, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput):
        lists.write(source(book), tmp_path / "a.doc")
    with pytest.raises(FileRefused):
        lists.write(source(book), tmp_path / "nowhere" / "a.vcf")
    folder = tmp_path / "out"
    folder.mkdir()
    for suffix in (".vcf", ".html", ".pdf"):
        with pytest.raises(Cancelled):
            lists.write(source(book), folder / f"a{suffix}", cancelled=lambda: True)
    assert list(folder.iterdir()) == []
