"""Bulk writes: the same rows as single ones, folded columns and uids included."""

from __future__ import annotations

import uuid
from pathlib import Path

from desktop_crm.storage import folding, importing, records
from desktop_crm.storage.uids import new_uids
from tests.books import new_book

ROWS = [{"name": "Kedai É 9", "city": "Ipoh", "notes": None}, {"name": "陳先生", "city": None, "notes": "durian"}]


def test_uids_are_version_7_and_ascend() -> None:
    made = new_uids(5000)
    assert made == sorted(set(made))
    assert {(uuid.UUID(uid).version, uuid.UUID(uid).variant) for uid in made} == {(7, uuid.RFC_4122)}


def test_columns_and_rows_fold_alike() -> None:
    columns = {key: [row[key] for row in ROWS] for key in ROWS[0]}
    by_column = list(zip(*folding.of_columns("customers", columns, 2), strict=True))
    assert by_column == [tuple(folding.of_row("customers", row).values()) for row in ROWS]
    assert folding.of_row("channels", {"kind": "phone", "value": "012-345"}) == {
        "value_fold": "012-345 012345", "digits_back": "543210"}
    assert folding.of_row("sellers", {"name": "x"}) == {}


def test_a_bulk_insert_is_as_single_ones(tmp_path: Path) -> None:
    book = new_book(tmp_path / "shop.crm")
    with book.work("Test") as work:
        for row in ROWS:
            records.add(work.connection, "customers", row)
        importing.insert(work.connection, "customers", {key: [row[key] for row in ROWS] for key in ROWS[0]}, 3)
        importing.update(work.connection, "customers", {1: {"city": "Johor"}, 3: {"city": "Johor"}, 4: {"name": "9"}})
        keys = ("name", "city", "state", "name_fold", "more_fold", "name_sort")
        single, bulk = (importing.rows(work.connection, "customers", keys, ids) for ids in ([1, 2], [3, 4]))
        assert single[0][1:] == bulk[0][1:] == (
            "Kedai É 9", "Johor", "lead", "kedai e 9", "johor", "kedai e 000000000009")
        assert bulk[1][1:] == ("9", None, "lead", "9", "durian", "000000000009")
    book.close()
