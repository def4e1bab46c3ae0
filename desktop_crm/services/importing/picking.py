"""Which rows of a table are imported: the others are parked, and stay in their file."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.readers import RawTable

_RANGE = re.compile(r"\s*(\d+)\s*(?:[-–]\s*(\d+)\s*)?")


def rows_of(text: str, count: int) -> frozenset[int]:
    """The rows (from 0) that "1-20,35" names, counted from 1 below the headings; InvalidInput for no such text.

    What lies beyond the `count` rows of the table names none.
    """
    found: set[int] = set()
    for part in text.split(","):
        said = _RANGE.fullmatch(part)
        if said is None or int(said[1]) < 1 or (said[2] and int(said[2]) < int(said[1])):
            raise InvalidInput(N_("“{value}” names no rows; write them like 1-20,35, counted from 1 below the "
                                  "headings."), "rows", value=text)
        found.update(range(int(said[1]) - 1, min(int(said[2] or said[1]), count)))
    return frozenset(found)


def picked(table: RawTable, rows: Collection[int] | None) -> RawTable:
    """The table with these rows (from 0) only, in its order; None takes all. InvalidInput where none is left."""
    if rows is None:
        return table
    chosen = [row for row in range(len(table.rows)) if row in rows]
    if not chosen:
        raise InvalidInput(N_("No row is chosen. Nothing was imported."), "rows")
    return replace(table, rows=tuple(table.rows[row] for row in chosen),
                   lines=tuple(table.lines[row] for row in chosen))
