"""Grid → table in pieces: the header found, rows of one length, footers and repeated headers left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, dropwhile, islice
from pathlib import Path

from desktop_crm.domain.errors import N_
from desktop_crm.readers.footers import DEPTH, closing
from desktop_crm.readers.grid import Grid, Record, blank, extent
from desktop_crm.readers.header import column_names, find_header, find_width
from desktop_crm.readers.kinds import check, look, no_rows, too_large
from desktop_crm.readers.raw import (
    DEFAULTS,
    Chunk,
    Ending,
    Piece,
    RawTable,
    ReadOptions,
    Row,
    Unreadable,
    Value,
    assemble,
)

NO_HEADER = N_("No line of headings was found; the columns are numbered.")
TITLES = N_("Lines above the headings were left out.")
FOOTERS = N_("Lines at the end that are no records (totals, remarks) were left out.")
REPEATED = N_("The headings are repeated further down; those lines were left out.")
SHORT = N_("Some rows have fewer cells than there are columns; the missing ones are empty.")
LONG = N_("Some rows have more cells than there are columns; the extra ones were left out.")

MAX_CELLS = 20_000_000
_SAMPLE_ROWS = 1000
_CHUNK_CELLS = 40_000


def parse(path: Path, options: ReadOptions = DEFAULTS) -> RawTable:
    """Read `path` in this process, without limits; raises Unreadable."""
    return assemble(pieces(path, options))


def pieces(path: Path, options: ReadOptions) -> Iterator[Piece]:
    """The table of `path` piece by piece: its head, chunks of rows, the ending; raises Unreadable."""
    check(path)
    if look(path) == "cards":
        from desktop_crm.readers import vcards  # only where there are cards

        yield from vcards.pieces(path, options)
        return
    grid = _grid(path, options)
    records = grid.records
    if options.header_row > 0:
        records = dropwhile(lambda record: record[0] < options.header_row, records)
    sample = list(islice(records, _SAMPLE_ROWS))
    if not sample:
        raise no_rows(path)
    index = _header_index(sample, options.header_row)
    line, header = (0, ()) if index is None else sample[index]
    body = sample if index is None else sample[index + 1:]
    if not body:
        raise Unreadable(N_("“{name}” has one line of headings and no rows below it."), name=path.name)
    columns = column_names(header, find_width(header, body))
    yield RawTable(str(path), grid.sheet, grid.sheets, grid.encoding, grid.delimiter, line, columns, (), ())
    if options.header_row == 0 and index != 0:
        grid.notes.append(NO_HEADER if index is None else TITLES)
    rows = _Rows(path, grid, header, len(columns))
    yield from rows.chunks(chain(body, records), options.limit_rows)
    yield Ending(tuple(dict.fromkeys(grid.notes)))


def _grid(path: Path, options: ReadOptions) -> Grid:
    if look(path) == "sheet":
        from desktop_crm.readers.sheets import read_sheet  # calamine only where a workbook is read

        return read_sheet(path, options)
    from desktop_crm.readers.text import read_text

    return read_text(path, options)


def _header_index(sample: Sequence[Record], header_row: int) -> int | None:
    """The header's index in the sample: as the user says (at the top, or none: -1), else as found."""
    if header_row:
        return 0 if header_row > 0 else None
    return find_header(sample)


class _Rows:
    """Records → rows of `width` cells, in chunks; it notes what does not fit."""

    def __init__(self, path: Path, grid: Grid, header: Sequence[Value], width: int) -> None:
        self._path = path
        self._notes = grid.notes
        self._filler = grid.filler
        self._header = list(header) if extent(header) > 1 else None  # one name may be a customer's
        self._width = width
        self._size = max(1, _CHUNK_CELLS // width)

    def chunks(self, records: Iterator[Record], limit: int) -> Iterator[Chunk]:
        """All rows, or the first `limit`; raises Unreadable for too many cells or no rows at all."""
        waiting, count = Chunk([], []), 0
        for line, cells in records:
            if cells == self._header:
                self._notes.append(REPEATED)
                continue
            row = self._fitted(cells)
            if len(cells) > self._width and all(map(blank, row)):
                continue  # all it has stands beyond the columns, which is noted
            waiting.lines.append(line)
            waiting.rows.append(row)
            count += 1
            if count == limit:
                yield waiting
                return
            if count * self._width > MAX_CELLS:
                raise too_large(self._path)
            if len(waiting.rows) >= self._size + DEPTH:
                yield Chunk(waiting.lines[:self._size], waiting.rows[:self._size])
                waiting = Chunk(waiting.lines[self._size:], waiting.rows[self._size:])
        count -= self._drop_footers(waiting)
        if not count:
            raise no_rows(self._path)
        yield waiting

    def _fitted(self, cells: Sequence[Value]) -> Row:
        missing = self._width - len(cells)
        if missing > 0:
            if self._filler is not None and SHORT not in self._notes:
                self._notes.append(SHORT)
            return (*cells, *[self._filler] * missing)
        if missing < 0 and LONG not in self._notes and not all(map(blank, cells[self._width:])):
            self._notes.append(LONG)
        return tuple(cells) if missing == 0 else tuple(cells[:self._width])

    def _drop_footers(self, waiting: Chunk) -> int:
        """Take closing lines off the end; how many there were."""
        dropped = closing(waiting.rows, waiting.lines)
        if dropped:
            del waiting.rows[-dropped:], waiting.lines[-dropped:]
            self._notes.append(FOOTERS)
        return dropped
