"""Tables for tests, written as people would type them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from desktop_crm.readers import RawTable
from desktop_crm.services.book import Book


def table(columns: str, *rows: str, name: str = "file.csv") -> RawTable:
    """A table of a text file, its cells set apart by bars; the header is line 1."""
    return cells(columns.split("|"), *(tuple(row.split("|")) for row in rows), name=name)


def cells(columns: Sequence[str], *rows: tuple[Any, ...], name: str = "file.csv") -> RawTable:
    """A table whose cells have types of their own, as a workbook's do."""
    return RawTable(name, "", (), "utf-8", ",", 1, tuple(columns), tuple(rows), tuple(range(2, 2 + len(rows))))


def select(book: Book, statement: str) -> list[tuple[Any, ...]]:
    """The rows of a plain SQL statement."""
    with book.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]
