"""A table on paper: column widths that fit, rows of as many lines as they need, heads on every page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop_crm.ui.reports.blocks import MARGIN, Block
from desktop_crm.ui.reports.cells import Written
from desktop_crm.ui.reports.ink import BASE, SMALL, Ink, Type

_PAD = 4.0
_ROW = 15.0
_SIZES = (BASE, 8.0, 7.0, 6.5)
_NARROWEST_TEXT = 48.0
_WIDEST_TEXT = 200.0
_LINES = 3
_AFTER = 4.0


class PaperTable:
    """How one table is laid out on a sheet of `width` points between its margins."""

    def __init__(self, written: Written, letters: Type, width: float) -> None:
        self.written, self._letters, self._width = written, letters, width
        self.size = next((size for size in _SIZES if self.wanted(written, letters, size) <= width), _SIZES[-1])
        self._widths = self._fitted()
        self._tight = [column for column, part in enumerate(written.table.columns)
                       if not part.type.numeric and self._longest(column) > self._widths[column] - 2 * _PAD]
        self._head = max(letters.height(title, width - 2 * _PAD, SMALL, True)
                         for title, width in zip(written.titles, self._widths, strict=True)) + 2 * _PAD

    @staticmethod
    def wanted(written: Written, letters: Type, size: float = BASE) -> float:
        """The width that a table wants for whole cells, long texts wrapped."""
        return sum(_wish(written, letters, column, size) for column in range(len(written.titles)))

    def blocks(self, room: float, whole: float) -> Iterator[tuple[Block, bool]]:
        """The table in pieces, the first for `room` points, the others for `whole`; whether each begins a page."""
        count, start, turn = len(self.written.table.rows), 0, False
        while True:
            height, stop = self._head + _AFTER, start
            while stop < count and height + (row := self._row(stop)) <= room:
                height, stop = height + row, stop + 1
            if stop == start < count and not turn:
                room, turn = whole, True
                continue
            stop = max(stop, min(start + 1, count))
            totals = stop == count and self.written.table.totals is not None
            if totals and height + _ROW > room and stop - start > 1:
                stop, totals = stop - 1, False
            yield _Piece(self, start, stop, totals), turn
            if stop >= count:
                return
            start, room, turn = stop, whole, True

    def height(self, start: int, stop: int, totals: bool) -> float:
        """The height of some rows under their heads."""
        return self._head + sum(self._row(place) for place in range(start, stop)) + (_ROW if totals else 0) + _AFTER

    def paint(self, ink: Ink, top: float, start: int, stop: int, totals: bool) -> None:
        """Paint some rows under their heads."""
        self._paint_head(ink, top)
        y = top + self._head
        for place in range(start, stop):
            height = self._row(place)
            self._paint_cells(ink, y, height, [self.written.text(place, column) for column in range(len(self._widths))])
            y += height
            ink.rule(MARGIN, y, self._width)
        if totals:
            texts = [self.written.total(column) for column in range(len(self._widths))]
            self._paint_cells(ink, y, _ROW, texts, bold=True)
            ink.rule(MARGIN, y, self._width, "dim")

    def _paint_head(self, ink: Ink, top: float) -> None:
        x = MARGIN
        for column, width in enumerate(self._widths):
            ink.text(x + _PAD, top, width - 2 * _PAD, self._head, self.written.titles[column], min(SMALL, self.size),
                     bold=True, tone="dim", at_end=self.written.at_end(column), middle=True)
            x += width
        ink.rule(MARGIN, top + self._head, self._width, "dim")

    def _paint_cells(self, ink: Ink, y: float, height: float, texts: Sequence[str], bold: bool = False) -> None:
        x = MARGIN
        for column, (text, width) in enumerate(zip(texts, self._widths, strict=True)):
            ink.text(x + _PAD, y, width - 2 * _PAD, height, text, self.size, bold=bold,
                     at_end=self.written.at_end(column), middle=True)
            x += width

    def _row(self, place: int) -> float:
        lines = 1
        for column in self._tight:
            text = self.written.text(place, column)
            height = self._letters.height(text, self._widths[column] - 2 * _PAD, self.size)
            lines = max(lines, min(_LINES, round(height / self._letters.line(self.size))))
        return _ROW + (lines - 1) * self._letters.line(self.size)

    def _longest(self, column: int) -> float:
        return max((self._letters.width(text, self.size) for text in self.written.widest(column)), default=0.0)

    def _fitted(self) -> list[float]:
        """What each column wants; spare width by weight, what is lacking taken from the texts."""
        columns = self.written.table.columns
        wishes = [_wish(self.written, self._letters, column, self.size) for column in range(len(columns))]
        spare = self._width - sum(wishes)
        if spare >= 0:
            whole = sum(column.weight for column in columns) or 1.0
            return [wish + spare * column.weight / whole for wish, column in zip(wishes, columns, strict=True)]
        give = [0.0 if column.type.numeric else max(0.0, wish - _NARROWEST_TEXT)
                for wish, column in zip(wishes, columns, strict=True)]
        share = min(1.0, -spare / (sum(give) or 1.0))
        narrowed = [wish - share * part for wish, part in zip(wishes, give, strict=True)]
        scale = min(1.0, self._width / sum(narrowed))
        return [width * scale for width in narrowed]


class _Piece:
    """Some rows of a table on one page."""

    def __init__(self, table: PaperTable, start: int, stop: int, totals: bool) -> None:
        self._table, self._start, self._stop, self._totals = table, start, stop, totals
        self.height = table.height(start, stop, totals)

    def paint(self, ink: Ink, top: float) -> None:
        """Paint at `top` points."""
        self._table.paint(ink, top, self._start, self._stop, self._totals)


def _wish(written: Written, letters: Type, column: int, size: float) -> float:
    """The width of a column's widest cell, at most that of a long text, and of its title's longest word."""
    cells = max((letters.width(text, size) for text in written.widest(column)), default=0.0)
    if not written.table.columns[column].type.numeric:
        cells = min(cells, _WIDEST_TEXT)
    total = letters.width(written.total(column), size, True)
    words = max((letters.width(word, min(SMALL, size), True) for word in written.titles[column].split()), default=0.0)
    return max(cells, total, words) + 2 * _PAD + 1

