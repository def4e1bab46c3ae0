"""The lines of a paper: one column of text that takes as many lines as it needs, numbers that are never cut."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from desktop_crm.export.documents_sheet import LEADING, Sheet
from desktop_crm.export.typeset import Piece

_SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0)
_HEAD = 7.5
_EDGE, _GAP, _PAD = 7.0, 14.0, 4.0
_TEXT_LEAST = 120.0
_TOGETHER = 12  # lines of a row that stay on one page


class Column(NamedTuple):
    """A column: its title, a written cell a row; `text` is the one that wraps, the others stand whole.

    `ends`: at the right side.
    """

    title: str
    cells: Sequence[str]
    ends: bool = True
    text: bool = False
    colour: str = "text"


class Lines:
    """A table of a paper, drawn from the sheet's cursor down; its head stands on every page."""

    def __init__(self, sheet: Sheet, columns: Sequence[Column], strong: frozenset[int] = frozenset()) -> None:
        """`strong` are the numbers of the rows in bold."""
        self._sheet, self._columns, self._strong = sheet, columns, strong
        self._size, self._places = self._fitted()

    def draw(self) -> None:
        """Draw the head and all rows."""
        self._head()
        for row in range(len(self._columns[0].cells)):
            self._row(row)
        self._sheet.top += 8

    def _fitted(self) -> tuple[float, list[tuple[float, float]]]:
        """The largest letters with which the text has room, and each column's left and right side."""
        inner = self._sheet.inner - 2 * _EDGE - _GAP * (len(self._columns) - 1)
        for size, parted in ((_SIZES[0], False), *((size, True) for size in _SIZES)):
            widths = [0.0 if column.text else self._width(column, size, parted) for column in self._columns]
            room = inner - sum(widths)
            if room >= (_TEXT_LEAST if parted else 1.5 * _TEXT_LEAST):
                break
        widths = [max(room, _TEXT_LEAST / 2) if column.text else width
                  for column, width in zip(self._columns, widths, strict=True)]
        places, left = [], self._sheet.left + _EDGE
        for width in widths:
            places.append((left, left + width))
            left += width + _GAP
        return size, places

    def _width(self, column: Column, size: float, parted: bool) -> float:
        """What a column needs; its title may be `parted` between words."""
        piece = self._sheet.type.piece
        titles = column.title.split() if parted else [column.title]
        words = max((piece(title, _HEAD, True).width for title in titles), default=0.0)
        cells = {(cell, row in self._strong) for row, cell in enumerate(column.cells)}
        return max([words, *(piece(cell, size, bold).width for cell, bold in cells)]) + 0.1

    def _head(self) -> None:
        sheet = self._sheet
        titles = [sheet.type.wrap(column.title, right - left + 0.1, _HEAD, True, most=4)
                  for column, (left, right) in zip(self._columns, self._places, strict=True)]
        leading = _HEAD * LEADING
        height = max(len(title) for title in titles) * leading + 2 * _PAD
        sheet.need(height + 3 * self._size * LEADING)
        sheet.box(sheet.left, sheet.top, sheet.inner, height, "sunk")
        for column, (left, right), title in zip(self._columns, self._places, titles, strict=True):
            top = sheet.top + height - _PAD - len(title) * leading
            sheet.set(right if column.ends else left, top, title, _HEAD, "dim", "end" if column.ends else "start")
        sheet.top += height

    def _row(self, row: int) -> None:
        """One row; a text that is longer than the page's rest goes on below the next head."""
        sheet, leading = self._sheet, self._size * LEADING
        cells = [self._pieces(number, row) for number in range(len(self._columns))]
        lines = max(len(pieces) for pieces in cells)
        self._reach(min(lines, _TOGETHER) * leading + 2 * _PAD)
        while True:
            room = max(1, int((sheet.room - 2 * _PAD) / leading))
            top = sheet.top + _PAD
            for column, (left, right), pieces in zip(self._columns, self._places, cells, strict=True):
                sheet.set(right if column.ends else left, top, pieces[:room], self._size, column.colour,
                          "end" if column.ends else "start")
            sheet.top = top + min(lines, room) * leading + _PAD
            cells, lines = [pieces[room:] for pieces in cells], lines - room
            if lines <= 0:
                break
            self._turn()
        sheet.rule(sheet.top)

    def _pieces(self, number: int, row: int) -> list[Piece]:
        column, (left, right), bold = self._columns[number], self._places[number], row in self._strong
        text = column.cells[row]
        if column.text:
            return self._sheet.type.wrap(text, right - left, self._size, bold, most=1 + len(text))
        return [self._sheet.type.piece(text, self._size, bold)]

    def _reach(self, height: float) -> None:
        if self._sheet.room < height:
            self._turn()

    def _turn(self) -> None:
        self._sheet.turn()
        self._head()
