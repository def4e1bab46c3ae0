"""What a file's own reader hands on: cells by line, before anyone knows which line is the header."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from desktop_crm.readers.raw import Value

Record = tuple[int, Sequence[Value]]
"""A 1-based line or sheet row, and its cells."""


@dataclass(slots=True)
class Grid:
    """The records of one text file or sheet that are not blank, in the file's order."""

    records: Iterator[Record]
    filler: Value  # what a missing cell is: "" in a text file, None in a sheet
    notes: list[str] = field(default_factory=list)  # grows while the records are read
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""


def blank(cell: Value) -> bool:
    """Whether a cell says nothing."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def extent(cells: Sequence[Value]) -> int:
    """How many cells there are up to the last one that says something."""
    for index in range(len(cells), 0, -1):
        if not blank(cells[index - 1]):
            return index
    return 0
