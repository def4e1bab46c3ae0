"""A report as sheets of paper: laid out once, each page painted when it is looked at or printed."""

from __future__ import annotations

from PySide6.QtGui import QPainter

from desktop_crm.reports.report import Report
from desktop_crm.ui.reports.blocks import MARGIN, Block, Prose, above_tables
from desktop_crm.ui.reports.cells import Written
from desktop_crm.ui.reports.ink import BASE, SMALL, UNIT, Ink, Type
from desktop_crm.ui.reports.paper_table import PaperTable
from desktop_crm.ui.words import N_, current, tr

A4 = (595.28, 841.89)
_FOOT = 40.0
_LEAST = 90.0  # of a page: a table's title, heads and some rows stay together
_SMALLEST = 7.0


class Pages:
    """The sheets of one report on paper of `size` points upright; wide tables lay it on its side."""

    def __init__(self, report: Report, letters: Type, size: tuple[float, float] = A4) -> None:
        self.report, self._letters = report, letters
        self._mirrored = current().right_to_left
        tables = [Written(table, report.currency) for table in report.tables]
        upright = min(size) - 2 * MARGIN
        self.landscape = any(PaperTable.wanted(written, letters, BASE) > upright for written in tables) and not all(
            PaperTable.wanted(written, letters, _SMALLEST) <= upright for written in tables)
        self.width, self.height = (max(size), min(size)) if self.landscape else (min(size), max(size))
        self._sheets: list[list[tuple[float, Block]]] = [[]]
        self._top = MARGIN
        self._lay_out(tables)

    @property
    def count(self) -> int:
        """How many sheets there are."""
        return len(self._sheets)

    def paint(self, painter: QPainter, number: int, scale: float) -> None:
        """Paint the sheet `number` (from 0) at the painter's origin, `scale` device pixels a point."""
        painter.save()
        painter.scale(scale / UNIT, scale / UNIT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = Ink(painter, self._letters, self.width, self._mirrored)
        if number:
            self._head(ink)
        for top, block in self._sheets[number]:
            block.paint(ink, top)
        self._foot(ink, number)
        painter.restore()

    def _lay_out(self, tables: list[Written]) -> None:
        report, width = self.report, self.width - 2 * MARGIN
        for block in above_tables(report, self._letters, width):
            self._put(block)
        for written in tables:
            self._put_table(written, width)
        for note in report.notes:
            self._put(Prose(note, self._letters, width))

    def _put(self, block: Block) -> None:
        if self._top + block.height > self._bottom and self._sheets[-1]:
            self._turn()
        self._sheets[-1].append((self._top, block))
        self._top += block.height

    def _put_table(self, written: Written, width: float) -> None:
        if self._bottom - self._top < _LEAST:
            self._turn()
        if written.table.title and written.table.title != self.report.title:
            self._put(Prose(written.table.title, self._letters, width, bold=True))
        if not written.table.rows:
            self._put(Prose(tr(N_("No rows in this period.")), self._letters, width))
            return
        table = PaperTable(written, self._letters, width)
        for block, turn in table.blocks(self._bottom - self._top, self._bottom - MARGIN - 20):
            if turn:
                self._turn()
            self._put(block)
        if written.table.note:
            self._put(Prose(written.table.note, self._letters, width))
        self._top += 10

    def _turn(self) -> None:
        self._sheets.append([])
        self._top = MARGIN + 16

    @property
    def _bottom(self) -> float:
        return self.height - _FOOT - 14

    def _head(self, ink: Ink) -> None:
        """The small head of every page but the first."""
        inner = self.width - 2 * MARGIN
        said = " · ".join(part for part in (self.report.business, self.report.title) if part)
        ink.text(MARGIN, MARGIN - 14, inner * 0.65, 12, said, SMALL, tone="dim")
        ink.text(MARGIN + inner * 0.65, MARGIN - 14, inner * 0.35, 12, self.report.subtitle, SMALL, tone="dim",
                 at_end=True)
        ink.rule(MARGIN, MARGIN + 2, inner)

    def _foot(self, ink: Ink, number: int) -> None:
        inner, y = self.width - 2 * MARGIN, self.height - _FOOT
        ink.rule(MARGIN, y, inner)
        ink.text(MARGIN, y + 6, inner * 0.7, 12, self.report.printed, SMALL, tone="dim")
        said = tr(N_("Page {page} of {pages}"), page=current().number(number + 1), pages=current().number(self.count))
        ink.text(MARGIN + inner * 0.7, y + 6, inner * 0.3, 12, said, SMALL, tone="dim", at_end=True)
