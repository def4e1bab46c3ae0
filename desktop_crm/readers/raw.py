"""What the readers give: a raw table of cells as the file has them, or one sentence why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from desktop_crm.domain.cards import Cards
from desktop_crm.domain.errors import CrmError

Value = str | int | float | bool | date | datetime | time | None
"""A cell as the file has it: always text from a text file; from a sheet its own type, None where blank."""

Row = tuple[Value, ...]


class Unreadable(CrmError):
    """A file that gives no table: the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user decided by hand; empty or 0 leaves it to the reader."""

    encoding: str = ""
    delimiter: str = ""  # one character; " " means columns set apart by runs of blanks
    sheet: str = ""
    header_row: int = 0  # 1-based line of the file or row of the sheet; -1: the file has no header
    limit_rows: int = 0


DEFAULTS = ReadOptions()


@dataclass(frozen=True, slots=True)
class RawTable:
    """A header and its rows, each row as long as `columns`; `lines` says where in the file a row starts."""

    path: str
    sheet: str  # "" for text files
    sheets: tuple[str, ...]  # () for text files
    encoding: str  # "" for sheets
    delimiter: str  # "" for sheets and where a text file has one column only; " " for runs of blanks
    header_row: int  # 1-based; 0 where the file has no header
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    lines: tuple[int, ...]  # 1-based: the physical line where the record starts, or the row of the sheet
    notes: tuple[str, ...] = ()  # message ids of what the user should know
    cards: Cards | None = None  # of a file of cards: each whole, by the number that its row has in `lines`


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows on their way from the child process."""

    lines: list[int]
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Ending:
    """The last piece of a table: the notes gathered on the way."""

    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Failure:
    """An `Unreadable` on its way from the child process."""

    message: str
    values: dict[str, object] = field(default_factory=dict)


Piece = RawTable | Chunk | Ending
"""First a table without rows, then chunks, at last the ending."""


def assemble(pieces: Iterable[Piece]) -> RawTable:
    """Put the pieces of one table together."""
    pieces = iter(pieces)
    table = _head(pieces)
    lines: list[int] = []
    rows: list[Row] = []
    notes: tuple[str, ...] = ()
    for piece in pieces:
        if isinstance(piece, Chunk):
            lines += piece.lines
            rows += piece.rows
        elif isinstance(piece, Ending):
            notes = piece.notes
    return replace(table, rows=tuple(rows), lines=tuple(lines), notes=notes)


def _head(pieces: Iterator[Piece]) -> RawTable:
    head = next(pieces)
    if not isinstance(head, RawTable):
        raise TypeError("the first piece of a table is its head")
    return head
