"""The likeliest kind of a table, by its headings and its file's name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_crm.readers import RawTable
from desktop_crm.services.book import Book
from desktop_crm.services.importing.guessing import guess
from tests.books import new_book


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    book = new_book(tmp_path_factory.mktemp("guess") / "shop.crm")
    yield book
    book.close()


def table(name: str, columns: str, *rows: str) -> RawTable:
    """A table of a text file, its cells set apart by bars."""
    return RawTable(name, "", (), "utf-8", "|", 1, tuple(columns.split("|")),
                    tuple(tuple(row.split("|")) for row in rows), tuple(range(2, 2 + len(rows))))


@pytest.mark.parametrize(("kind", "made"), [
    ("sellers", table("sales_teams.csv", "sales_agent|manager|regional_office",
                      "Anna Snelling|Dustin Brinkmann|Central")),
    ("products", table("x.csv", "product|series|sales_price", "GTX Basic|GTX|550", "GTX Pro|GTX|4821")),
    ("deals", table("x.csv", "opportunity_id|sales_agent|product|account|deal_stage|close_value",
                    "1C1I7A6R|Moses Frase|GTX Pro|Cancity|Won|1054")),
    ("contacts", table("people.csv", "First name|Last name|Title|Company|E-mail",
                       "Faridah|binti Ismail|Buyer|Bukit Tiles|f@bukit.my")),
    ("customers", table("accounts.csv", "account|sector|office_location|subsidiary_of",
                        "Acme Corporation|technology|United States|")),
    ("tasks", table("x.csv", "Task|Due date|Done", "Call Aminah|2026-11-24|no")),
    ("payments", table("x.csv", "Customer|Payment date|Amount received|Method", "Bukit Tiles|2026-11-02|1200|Cash")),
    ("customers", table("x.csv", "姓名|電話|電子郵件", "陳怡君|02 2771 0094|yi@chen.tw")),
    ("customers", table("x.csv", "a|b", "1|2")),
])
def test_a_table_is_recognised(book: Book, kind: str, made: RawTable) -> None:
    assert guess(made, book) == kind


def test_the_name_of_the_file_decides_where_the_headings_do_not(book: Book) -> None:
    columns, row = "Name|E-mail|Phone", "Aminah|a@b.my|012-345 6789"
    assert guess(table(str(Path("x") / "customers.csv"), columns, row), book) == "customers"
    assert guess(table(str(Path("x") / "contacts.csv"), columns, row), book) == "contacts"
