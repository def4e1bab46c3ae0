"""The WHERE of a list."""

from __future__ import annotations

import pytest
from sqlalchemy import String, inspection, text

from desktop_crm.services.book import Book
from desktop_crm.storage.conditions import Where, by_ids, ids, listed


def test_a_list_of_values_is_bound_without_asking_the_mapper(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mapper may be half loaded by another thread, and fails then."""
    def asked(*_: object, **__: object) -> None:
        raise AssertionError("the mapper was asked")

    found = Where()
    found.any("stages.kind", ("won", "lost"))
    found.any("stages.id", (1, 2, 3, 4, 5, 6, 7))
    monkeypatch.setattr(inspection, "inspect", asked)
    with book.read() as connection:
        assert ids(connection, found, "SELECT id FROM stages", "id") == [6, 7]


def test_a_list_of_ids_is_bound_without_asking_the_mapper(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """A customers' list that is painted while the mapper is being loaded showed nothing, and told of a mistake."""
    def asked(*_: object, **__: object) -> None:
        raise AssertionError("the mapper was asked")

    monkeypatch.setattr(inspection, "inspect", asked)
    with book.read() as connection:
        rows = by_ids(connection, "SELECT id, name FROM stages WHERE id IN :ids ORDER BY id", (6, 7))
        assert [row[0] for row in rows] == [6, 7]
        assert connection.execute(text("SELECT id FROM stages WHERE kind IN :kinds AND id < 9 ORDER BY id").bindparams(
            listed("kinds", String())), {"kinds": ["won", "lost"]}).scalars().all() == [6, 7]
