"""The figures that head a report: a card each, its formula told while it is pointed at."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QFontMetrics
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_crm.reports.report import Figure, ValueType
from desktop_crm.ui import fonts, theme
from desktop_crm.ui.qt import override
from desktop_crm.ui.reports.cells import figure_text
from desktop_crm.ui.reports.even_grid import EvenGrid
from desktop_crm.ui.widgets.cards import FigureCard
from desktop_crm.ui.widgets.layout import column
from desktop_crm.ui.widgets.states import ProgressBar
from desktop_crm.ui.words import N_, tr

_NARROWEST, _MARGIN, _COMPACT = 128, 16, 12
_SMALL, _BESIDE = 12, 8
_LARGE = 5
"""The figures that stand out; a report with many shows the others smaller."""


class ReportFigure(FigureCard):
    """One figure. `pointed(True)` when the pointer or the focus comes to it, `pointed(False)` when it leaves."""

    pointed = Signal(bool)

    def __init__(self, figure: Figure, currency: str, compact: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(figure.title, figure_text(figure, currency), figure.note, figure.tone,
                         formula_text(figure), figure.filter is not None, compact, parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)  # as high as its row
        self.figure, self.compact = figure, compact
        self._note.setVisible(bool(figure.note))
        if figure.share is not None:
            bar = ProgressBar(tone="good" if figure.share >= 1 else "accent")
            bar.set_share(figure.share, figure.note)
            self.body.addWidget(bar)
        self.body.addStretch(1)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        self.pointed.emit(True)
        super().enterEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self.pointed.emit(self.hasFocus())
        super().leaveEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        self.pointed.emit(True)
        super().focusInEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.pointed.emit(self.underMouse())
        super().focusOutEvent(event)


class FigureRow(QWidget):
    """All figures of a report. `rows_wanted(filter, title)` on a click or Enter, `explained(formula)` or ""."""

    rows_wanted = Signal(object, str)
    explained = Signal(str)

    def __init__(self, figures: Sequence[Figure], currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        large = len(figures) if len(figures) <= _LARGE + 1 else _LARGE
        # Money with its comparison needs the width of a card: in a small one, side by side, both would be cut.
        money = large + sum(figure.type is ValueType.MONEY for figure in figures[large:])
        order = [*figures[:large], *sorted(figures[large:], key=lambda figure: figure.type is not ValueType.MONEY)]
        self.cards = [ReportFigure(figure, currency, place >= money) for place, figure in enumerate(order)]
        parts = (self.cards[:large], 20), (self.cards[large:money], 20), (self.cards[money:], 15)
        self.setLayout(column(*(_grid(cards, currency, size) for cards, size in parts if cards), gap=12))
        for card in self.cards:
            card.clicked.connect(lambda card=card: self.rows_wanted.emit(card.figure.filter, card.figure.title))
            card.pointed.connect(lambda on, card=card: self._explain(card, on))

    def _explain(self, card: ReportFigure, on: bool) -> None:
        self.explained.emit(formula_text(card.figure) if on else "")


def _grid(cards: Sequence[ReportFigure], currency: str, size: int) -> EvenGrid:
    """Cards no narrower than their titles, and their values, which are written at `size` design pixels."""
    metrics, small = QFontMetrics(fonts.font(size, strong=True)), QFontMetrics(fonts.font(_SMALL))

    def width(card: ReportFigure) -> int:
        value = metrics.horizontalAdvance(figure_text(card.figure, currency))
        if card.compact and card.figure.note:  # the comparison stands beside the value; in a large card it wraps
            value += theme.px(_BESIDE) + small.horizontalAdvance(card.figure.note)
        return max(value, small.horizontalAdvance(card.figure.title))

    widest = max(width(card) for card in cards) / fonts.scale()
    grid = EvenGrid(max(_NARROWEST, ceil(widest) + 2 * (_COMPACT if cards[0].compact else _MARGIN)), most=8)
    for card in cards:
        grid.addWidget(card)
    return grid


def formula_text(figure: Figure) -> str:
    """A figure's formula as a sentence: "Won = …"; "" if it has none."""
    return tr(N_("{figure} = {formula}"), figure=figure.title, formula=figure.formula) if figure.formula else ""
