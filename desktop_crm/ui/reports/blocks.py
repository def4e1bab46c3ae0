"""The parts of a printed report: each knows its height in points and paints itself at a place on a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from desktop_crm.reports.report import Chart, Figure, Line, Rect, Report, Section
from desktop_crm.ui.reports.cells import figure_text
from desktop_crm.ui.reports.ink import BASE, SMALL, TITLE, Ink, Type
from desktop_crm.ui.words import N_, tr

MARGIN = 42.0
GAP = 8.0
_PAD = 8.0
_VALUE = 14.0
_BESIDE = 0.68
_LEGIBLE = 6.5


class Block(Protocol):
    """Something on a sheet."""

    height: float

    def paint(self, ink: Ink, top: float) -> None:
        """Paint at `top` points."""


class Head:
    """The business, the report's title and its period, on the first page."""

    def __init__(self, report: Report, letters: Type, width: float) -> None:
        self._report, self._width = report, width
        self._title = letters.height(report.title, width * 0.6, TITLE, True)
        self.height = letters.line(SMALL) + self._title + 14

    def paint(self, ink: Ink, top: float) -> None:
        """Paint at `top` points."""
        report, small = self._report, 12.0
        ink.text(MARGIN, top, self._width, small, report.business, SMALL, tone="dim")
        ink.text(MARGIN, top + small, self._width * 0.6, self._title, report.title, TITLE, bold=True)
        ink.text(MARGIN + self._width * 0.6, top + small, self._width * 0.4, self._title, report.subtitle, BASE,
                 tone="dim", at_end=True, middle=True)
        ink.rule(MARGIN, top + self.height - 8, self._width)


class Figures:
    """One row of figures as cards."""

    def __init__(self, figures: Sequence[Figure], report: Report, letters: Type, width: float, across: int) -> None:
        self._figures, self._currency = figures, report.currency
        self._card = (width - GAP * (across - 1)) / across
        room = self._card - 2 * _PAD
        self._title = max(letters.height(figure.title, room, SMALL) for figure in figures)
        self._note = max((letters.height(figure.note, room, SMALL) for figure in figures if figure.note), default=0.0)
        self.height = self._title + 22 + self._note + 2 * _PAD + GAP

    def paint(self, ink: Ink, top: float) -> None:
        """Paint at `top` points."""
        room = self._card - 2 * _PAD
        for place, figure in enumerate(self._figures):
            x, y = MARGIN + place * (self._card + GAP), top
            ink.card(x, y, self._card, self.height - GAP)
            ink.text(x + _PAD, y + _PAD, room, self._title, figure.title, SMALL, tone="dim")
            ink.text(x + _PAD, y + _PAD + self._title, room, 22, figure_text(figure, self._currency), _VALUE,
                     bold=True, middle=True)
            ink.text(x + _PAD, y + _PAD + self._title + 22, room, self._note, figure.note, SMALL,
                     tone=figure.tone or "dim")


@dataclass(frozen=True, slots=True)
class Part:
    """One card of a row: a chart or a list, and its width."""

    what: Chart | Section
    width: float


class Cards:
    """The chart and the lists in a row, as high as the highest."""

    def __init__(self, parts: Sequence[Part], letters: Type) -> None:
        self._parts, self._letters = parts, letters
        self.height = max(self._needs(part) for part in parts) + GAP

    def paint(self, ink: Ink, top: float) -> None:
        """Paint at `top` points."""
        x = MARGIN
        for part in self._parts:
            ink.card(x, top, part.width, self.height - GAP)
            room = part.width - 2 * _PAD
            ink.text(x + _PAD, top + _PAD, room, 14, part.what.title, 10, bold=True)
            if isinstance(part.what, Chart):
                ink.text(x + _PAD, top + _PAD, room, 14, part.what.note, SMALL, tone="dim", at_end=True)
                _paint_chart(ink, part.what, ink.left_of(x + _PAD, room), top + _PAD + 20, room / part.what.width)
            else:
                self._paint_list(ink, part.what, x + _PAD, top + _PAD + 18, room)
            x += part.width + GAP

    def _needs(self, part: Part) -> float:
        room = part.width - 2 * _PAD
        if isinstance(part.what, Chart):
            return part.what.height * room / part.what.width + 2 * _PAD + 20
        return sum(self._letters.height(said, room) + 3 for said, _ in _sentences(part.what)) + 2 * _PAD + 18

    def _paint_list(self, ink: Ink, section: Section, x: float, y: float, room: float) -> None:
        for said, tone in _sentences(section):
            height = self._letters.height(said, room)
            ink.text(x, y, room, height, said, tone=tone)
            y += height + 3


class Prose:
    """A note in dim text, or a table's title if it is bold."""

    def __init__(self, text: str, letters: Type, width: float, bold: bool = False) -> None:
        self._text, self._width, self._bold = text, width, bold
        self.height = letters.height(text, width, 10 if bold else SMALL, bold) + 6

    def paint(self, ink: Ink, top: float) -> None:
        """Paint at `top` points."""
        ink.text(MARGIN, top + 2, self._width, self.height, self._text, 10 if self._bold else SMALL, bold=self._bold,
                 tone="text" if self._bold else "dim")


def above_tables(report: Report, letters: Type, width: float) -> list[Block]:
    """The head, the figures, the chart and the lists of a report."""
    blocks: list[Block] = [Head(report, letters, width)]
    count = len(report.figures)
    if count:
        rows = -(-count // 5)
        across = -(-count // rows)
        blocks += [Figures(report.figures[start:start + across], report, letters, width, across)
                   for start in range(0, count, across)]
    rest = list(report.sections)
    if report.chart is not None:
        beside = rest.pop(0) if rest else None
        wide = width * _BESIDE if beside else width
        parts = [Part(report.chart, wide)] + ([Part(beside, width - wide - GAP)] if beside else [])
        blocks.append(Cards(parts, letters))
    for start in range(0, len(rest), 3):
        line = rest[start:start + 3]
        blocks.append(Cards([Part(section, (width - GAP * (len(line) - 1)) / len(line)) for section in line], letters))
    return blocks


def _sentences(section: Section) -> list[tuple[str, str]]:
    """A list's sentences with their tones, or what it says when it has none."""
    said = [(sentence, tone) for sentence, _, tone in section.items]
    return said or [(section.empty or tr(N_("Nothing.")), "dim")]


def _paint_chart(ink: Ink, chart: Chart, left: float, top: float, scale: float) -> None:
    for shape in chart.shapes:
        if isinstance(shape, Rect):
            ink.bar(left + shape.x * scale, top + shape.y * scale, shape.width * scale, shape.height * scale,
                    shape.fill)
        elif isinstance(shape, Line):
            ink.stroke(left + shape.x1 * scale, top + shape.y1 * scale, left + shape.x2 * scale,
                       top + shape.y2 * scale, shape.stroke, shape.width * scale, shape.dashed)
        else:
            ink.mark(left + shape.x * scale, top + shape.y * scale, shape.text,
                     max(_LEGIBLE, round(shape.size * scale, 1)), shape.bold, shape.fill, shape.anchor)
