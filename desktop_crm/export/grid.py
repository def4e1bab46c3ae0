"""Tables on paper: columns that fit their content, rows drawn straight on the page, a head on each page.

Numbers are never cut: a table that is too wide gets smaller letters, then sheets that lie, then
bands of columns, each beginning with the first. Long texts wrap to three lines, then end in "…".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from desktop_crm.domain.errors import N_
from desktop_crm.export.cells import Form, titled
from desktop_crm.export.paper import A4, BASE, MARGIN, SMALL, Paper, rgb
from desktop_crm.export.progress import STEP, Progress
from desktop_crm.export.typeset import Piece
from desktop_crm.reports.report import Cell, Table, ValueType

_SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5)
_COMFORT = 8.0  # letters this large before the sheets lie down
_GAP = 10.0     # between columns; twice as much from a number to a text, which would meet
_PAD = 3.8      # above and below a row's text
_LINES = 3
_SAMPLE = 400
_TEXT_LEAST, _TEXT_MOST = 72.0, 240.0
_WORD_MOST = 110.0  # a word up to this wide is not broken
_SHORT = 8      # rows of a table that stays together
_MONOTONE = (ValueType.MONEY, ValueType.COUNT, ValueType.RATE, ValueType.DAYS)


class Need(NamedTuple):
    """The width that a column's content needs at 9 points: at least, and without a wrap.

    `words` is the longest word of its title, whose letters keep their size.
    """

    least: float
    natural: float
    words: float

    def at(self, size: float) -> float:
        """The least width with letters of `size` points."""
        return max(self.least * size / BASE, self.words)


class Lane(NamedTuple):
    """A column on the page: its number, its writer, its sides in points, how its values stand.

    `ends`: at the right side; `whole`: never wrapped.
    """

    place: int
    form: Form
    left: float
    right: float
    ends: bool
    whole: bool


class Grid:
    """One table, measured once and drawn from the paper's cursor down."""

    def __init__(self, paper: Paper, table: Table, forms: dict[ValueType, Form]) -> None:
        self._paper, self._table = paper, table
        self._forms = [forms[column.type] for column in table.columns]
        self._titles = [titled(column, paper.report.currency, paper.language) for column in table.columns]
        self._needs = [self._need(place) for place in range(len(table.columns))]
        self._size = BASE

    def wants_landscape(self) -> bool:
        """Whether upright sheets would make the letters uncomfortably small."""
        return not self._fits(A4[0] - 2 * MARGIN, _COMFORT)

    def draw(self, progress: Progress) -> None:
        """Draw title, head, rows and totals over as many pages as they take."""
        inner = self._paper.inner
        self._size = next((size for size in _SIZES if self._fits(inner, size)), 0.0)
        bands = [list(range(len(self._table.columns)))] if self._size else self._bands(inner)
        self._size = self._size or _COMFORT
        for number, band in enumerate(bands):
            self._heading()
            lanes = self._lanes(band, inner)
            self._body(lanes, progress if number == 0 else None)
            self._paper.top += 20

    def _fits(self, inner: float, size: float) -> bool:
        gaps = sum(self._gaps(range(len(self._needs))))
        return sum(need.at(size) for need in self._needs) + gaps <= inner

    def _right(self, place: int) -> bool:
        """Whether a column's values stand at its right side; the first one begins at the margin."""
        return place > 0 and self._table.columns[place].type.numeric

    def _gaps(self, band: Sequence[int]) -> list[float]:
        """The space before each column of a band, none before the first."""
        meets = [self._right(before) and not self._right(place) for before, place in pairwise(band)]
        return [0.0, *(2 * _GAP if meet else _GAP for meet in meets)]

    def _bands(self, inner: float) -> list[list[int]]:
        """Columns in groups that fit side by side, each group with the first column before it."""
        first = self._needs[0].at(_COMFORT)
        bands, used = [[0]], first
        for place in range(1, len(self._needs)):
            width = self._needs[place].at(_COMFORT) + 2 * _GAP
            if used + width > inner and len(bands[-1]) > 1:
                bands.append([0])
                used = first
            bands[-1].append(place)
            used += width
        return bands

    def _need(self, place: int) -> Need:
        column, table, piece = self._table.columns[place], self._table, self._paper.type.piece
        words = max((piece(word, SMALL, True).width for word in self._titles[place].split()), default=0.0)
        cells = [row[place] for row in table.rows]
        total = 0.0
        if table.totals is not None and table.totals[place] is not None:
            total = piece(self._forms[place](table.totals[place]), BASE, True).width
        if column.type is ValueType.TEXT:
            sample = {str(cell) for cell in cells[::max(1, len(cells) // _SAMPLE)] if cell is not None}
            widths = [piece(text[:80], BASE).width for text in sample]
            natural = max([words, total, *widths])
            longest = max((piece(word, BASE).width for text in sample for word in text[:80].split()), default=0.0)
            least = max(_TEXT_LEAST, min(longest, _WORD_MOST))
            return Need(max(words, min(natural, least)), min(natural, max(_TEXT_MOST, words)), words)
        shown = {self._forms[place](cell) for cell in _extremes(cells, column.type)}
        width = max([words, total, *(piece(text, BASE).width for text in shown)])
        return Need(width, width, words)

    def _lanes(self, band: list[int], inner: float) -> list[Lane]:
        """Share the width out: what is needed, then long texts, then the rest by the columns' weights."""
        scale = self._size / BASE
        needs = [self._needs[place] for place in band]
        weights = [self._weight(place) for place in band]
        widths = [need.at(self._size) for need in needs]
        gaps = self._gaps(band)
        spare = inner - sum(widths) - sum(gaps)
        longing = [max(0.0, need.natural * scale - width) for need, width in zip(needs, widths, strict=True)]
        given = min(1.0, spare / sum(longing)) if sum(longing) > 0 else 0.0
        widths = [width + given * more for width, more in zip(widths, longing, strict=True)]
        spare -= given * sum(longing)
        widths = [width + spare * weight / (sum(weights) or 1) for width, weight in zip(widths, weights, strict=True)]
        lanes, left = [], self._paper.left
        for place, gap, width in zip(band, gaps, widths, strict=True):
            left += gap
            whole = self._table.columns[place].type is not ValueType.TEXT
            lanes.append(Lane(place, self._forms[place], left, left + width, self._right(place), whole))
            left += width
        return lanes

    def _weight(self, place: int) -> float:
        """A column's share of spare width; a number that begins at the margin needs none."""
        column = self._table.columns[place]
        return 0.0 if column.type.numeric and place == 0 else column.weight

    def _heading(self) -> None:
        paper, table = self._paper, self._table
        paper.need(78 if len(table.rows) > _SHORT else 78 + len(table.rows) * self._line)
        if table.title and (len(paper.report.tables) > 1 or table.title != paper.report.title):
            paper.put(paper.left, paper.top + 9, paper.type.fit(table.title, paper.inner, 11, True))
            paper.top += 18
        if table.note:
            for piece in paper.type.wrap(table.note, paper.inner, SMALL, most=4):
                paper.put(paper.left, paper.top + 6, piece, "dim")
                paper.top += 11
            paper.top += 4

    def _body(self, lanes: list[Lane], progress: Progress | None) -> None:
        paper, table = self._paper, self._table
        self._head(lanes)
        if not table.rows:
            period = paper.report.start or paper.report.end
            text = paper.language.say(N_("Nothing in this period.") if period else N_("Nothing yet."))
            paper.put(paper.left, paper.top + _PAD + BASE, paper.type.fit(text, paper.inner, BASE), "dim")
            paper.top += BASE + 2 * _PAD
        summed, last = table.totals is not None, len(table.rows) - 1
        for start in range(0, len(table.rows), STEP):
            block = table.rows[start:start + STEP]
            for place, row in enumerate(block, start):
                self._row(lanes, row, below=self._line if summed and place == last else 0.0)
            if progress is not None:
                progress.advance(len(block))
        if table.totals is not None and table.rows:
            paper.rule(paper.top, "faint", 0.8)
            self._row(lanes, table.totals, totals=True)

    def _head(self, lanes: list[Lane]) -> None:
        """The columns' titles, over up to three lines, standing on a hairline."""
        paper, leading = self._paper, SMALL * 1.25
        titles = [paper.type.wrap(self._titles[lane.place], lane.right - lane.left + 0.1, SMALL, True)
                  for lane in lanes]
        lines = max((len(title) for title in titles), default=1)
        base = paper.top + SMALL + (lines - 1) * leading
        for lane, title in zip(lanes, titles, strict=True):
            for up, piece in enumerate(reversed(title)):
                if lane.ends:
                    paper.put(lane.right, base - up * leading, piece, "dim", "end")
                else:
                    paper.put(lane.left, base - up * leading, piece, "dim")
        paper.top = base + 6
        paper.rule(paper.top)

    @property
    def _line(self) -> float:
        """The height of a row of one line, in points."""
        return self._size * 1.3 + 2 * _PAD

    def _row(self, lanes: list[Lane], row: Sequence[Cell], totals: bool = False, below: float = 0.0) -> None:
        """One row on the page that has room for it, and `below` it for the totals, which never stand alone.

        A new page begins under the same head.
        """
        paper, size = self._paper, self._size
        cells, most = [], 1
        for lane in lanes:
            value = row[lane.place]
            pieces = self._pieces(lane, "" if totals and value is None else lane.form(value), totals)
            cells.append(pieces)
            most = max(most, len(pieces))
        leading = size * 1.3
        height = most * leading + 2 * _PAD
        if paper.top + height + below > paper.bottom:
            paper.turn()
            self._head(lanes)
        base = paper.top + _PAD + size
        parts = []
        for lane, pieces in zip(lanes, cells, strict=True):
            side, align = (lane.right, "end") if lane.ends else (lane.left, "start")
            for down, piece in enumerate(pieces):
                parts.append(paper.at(side, base + down * leading, piece, align))
        paper.top += height
        line = "" if totals else paper.hairline(paper.top)
        paper.draw(f"BT {_INK} {' '.join(parts)} ET {line}")

    def _pieces(self, lane: Lane, text: str, bold: bool) -> Sequence[Piece]:
        """A cell's lines: one for a number, as many as it takes (up to three) for a text."""
        kind, width = self._paper.type, lane.right - lane.left
        if len(text) < 400:
            piece = kind.piece(text, self._size, bold)
            if piece.width <= width + 0.1 or lane.whole:
                return (piece,)
        return kind.wrap(text, width, self._size, bold, _LINES)


_INK = f"{rgb('text')} rg {rgb('text')} RG"


def _extremes(cells: Iterable[Cell], kind: ValueType) -> set[Cell]:
    """The cells among which the widest one is: the outer ones of ordered numbers, else each once."""
    known: set[Cell] = {cell for cell in cells if cell is not None}
    if kind not in _MONOTONE:
        return known
    numbers = [cell for cell in known if isinstance(cell, (int, float))]
    return {cell for cell in known if isinstance(cell, (str, date))} | set(
        (min(numbers), max(numbers)) if numbers else ())
