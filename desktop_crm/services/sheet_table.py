"""A table of customers by their numbers, as a script or a spreadsheet leaves it, as a plan of what changes."""

from __future__ import annotations

from pathlib import Path

from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.values import fold
from desktop_crm.readers import RawTable, ReadOptions, read_table
from desktop_crm.services import sheet
from desktop_crm.services.book import Book
from desktop_crm.services.importing.cells import text_of
from desktop_crm.services.sheet_cells import Cells

_ID = "id"
_NOBODY = -1  # a number that no customer has


def read(path: Path, encoding: str = "", of_sheet: str = "") -> RawTable:
    """The table in a file; Unreadable if there is none."""
    return read_table(path, ReadOptions(encoding=encoding, sheet=of_sheet))


def plan(book: Book, cells: Cells, table: RawTable, *, empty: bool = False) -> sheet.Plan:
    """What changes if the customers whose numbers stand in the column "id" become what the others say.

    Empty cells say nothing, or empty the field with `empty`. InvalidInput without such a column, and for a heading
    that is no field of customers.
    """
    headings = [fold(heading) for heading in table.columns]
    if _ID not in headings:
        raise InvalidInput(N_("The table has no column “id” with the numbers of the customers. Nothing was changed."),
                           _ID)
    numbers = headings.index(_ID)
    places = [place for place, heading in enumerate(table.columns) if place != numbers and heading]
    keys = [cells.named(table.columns[place]).key for place in places]
    ids = [_number(text_of(row[numbers])) for row in table.rows]
    block = [[text_of(row[place]) for place in places] for row in table.rows]
    if not empty:
        block = _filled(book, cells, ids, keys, block)
    return sheet.plan(book, cells, ids, keys, block)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and 0 < int(text) < 2**31 else _NOBODY


def _filled(book: Book, cells: Cells, ids: list[int], keys: list[str], block: list[list[str]]) -> list[list[str]]:
    """The block with what stands in the file where it says nothing."""
    there = list(dict.fromkeys(record for record in ids if record != _NOBODY))
    held = sheet.held(book, cells, there, keys)
    columns = [cells.column(key) for key in keys]
    return [[text or cells.text(column, held[record][column.key]) for text, column in zip(row, columns, strict=True)]
            if record in held else row for record, row in zip(ids, block, strict=True)]
