"""The shapes read from the file agree with the schema's own types, and values come back as they went in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from sqlalchemy import Boolean, Date
from sqlmodel import SQLModel

from desktop_crm.services.book import Book
from desktop_crm.storage import records, shapes
from desktop_crm.storage.tables import metadata
from desktop_crm.storage.tables.base import Instant


@pytest.mark.parametrize("table", sorted(metadata.tables))
def test_each_column_is_read_as_the_schema_means_it(book: Book, table: str) -> None:
    with book.read() as connection:
        shape = shapes.shape(connection, table)
    wanted = {column.name: date.fromisoformat if isinstance(column.type, Date) else bool
              if isinstance(column.type, Boolean) else datetime.fromisoformat
              for column in metadata.tables[table].columns if isinstance(column.type, Date | Boolean | Instant)}
    assert shape.columns == tuple(metadata.tables[table].columns.keys())
    assert shape.readers == wanted


def test_what_is_stored_comes_back(book: Book) -> None:
    at = datetime(2026, 3, 1, 8, 30, 15, 250, tzinfo=timezone(timedelta(hours=5, minutes=45)))
    with book.work("Add {name}", name="T") as work:
        task = records.add(work.connection, "tasks", {"name": "T", "due_on": date(2026, 2, 28), "important": True,
                                                      "done_at": at})
        row = records.get(work.connection, "tasks", task)
    assert (row["due_on"], row["important"], row["urgent"]) == (date(2026, 2, 28), True, False)
    assert row["done_at"] == at and row["done_at"].tzinfo == UTC
    assert row["done_on"] is None


def test_an_instant_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        shapes.stored(datetime(2026, 3, 1, 8, 30))  # noqa: DTZ001 (that is the point)


def test_rows_without_a_value_are_found_by_none(book: Book) -> None:
    with book.work("Add {name}", name="T") as work:
        one = records.add(work.connection, "tasks", {"name": "T", "due_on": date(2026, 2, 28)})
        two = records.add(work.connection, "tasks", {"name": "T"})
        assert [row["id"] for row in records.find(work.connection, "tasks", name="T", due_on=None)] == [two]
        found = records.find(work.connection, "tasks", due_on=date(2026, 2, 28))
    assert [row["id"] for row in found] == [one]


def test_the_schema_is_made_of_sqlmodel_tables() -> None:
    assert SQLModel.metadata is metadata
