"""The board of the day on the full screen: the figures and the chart in type that a whole shop can read."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_crm.reports.report import Chart, Figure, Report
from desktop_crm.ui import theme
from desktop_crm.ui.charts import ChartView
from desktop_crm.ui.qt import override
from desktop_crm.ui.reports.cells import figure_text
from desktop_crm.ui.reports.even_grid import EvenGrid
from desktop_crm.ui.widgets.buttons import IconButton
from desktop_crm.ui.widgets.cards import Card
from desktop_crm.ui.widgets.labels import Dim, ElidedLabel, Label
from desktop_crm.ui.widgets.layout import column, empty, row
from desktop_crm.ui.words import N_, tr

_MOST = 8
_VALUE, _TITLE, _HEADING = 40, 17, 26


class Board(QWidget):
    """A window of its own over the whole screen; Escape, F11 or its button leave it: `left()`."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle(tr(N_("Board of the day")))
        self._parts = column(gap=24, margins=(40, 32, 40, 32))
        self.setLayout(self._parts)

    def show_report(self, report: Report) -> None:
        """Show a report's first figures and its chart, large."""
        empty(self._parts)
        close = IconButton("close", tr(N_("Leave the board (Escape)")), token="dim")
        close.clicked.connect(self.leave)
        heading = ElidedLabel(report.business or report.title, _HEADING, strong=True)
        head = row(heading, None, Dim(report.subtitle, _TITLE), close, gap=16)
        self._parts.addLayout(head)
        figures = EvenGrid(narrowest=280, most=5, gap=20)
        for figure in report.figures[:_MOST]:
            figures.addWidget(_large(figure, report.currency))
        self._parts.addLayout(figures)
        if report.chart is not None:
            card = Card(margin=24, gap=16)
            card.body.addLayout(row(Label(report.chart.title, _TITLE, strong=True), None,
                                    Dim(report.chart.note, _TITLE), gap=16))
            card.body.addWidget(_FittedChart(report.chart), 1)
            self._parts.addWidget(card, 1)
        else:
            self._parts.addStretch(1)

    def leave(self) -> None:
        """Close the board."""
        self.hide()
        self.left.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F11):
            self.leave()
            return
        super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.color("window"))


class _FittedChart(QWidget):
    """A chart as large as both the width and the height of its place allow."""

    def __init__(self, chart: Chart) -> None:
        super().__init__()
        self._ratio = chart.width / chart.height
        self._view = ChartView(chart, self, largest=6.0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = min(self.width(), round(self.height() * self._ratio))
        self._view.setGeometry((self.width() - width) // 2, 0, width, self.height())


def _large(figure: Figure, currency: str) -> Card:
    card = Card(margin=20, gap=6)
    value = figure_text(figure, currency)
    card.body.addWidget(ElidedLabel(figure.title, _TITLE, tone="dim"))
    card.body.addWidget(ElidedLabel(value, _VALUE, strong=True))
    card.body.addWidget(ElidedLabel(figure.note, _TITLE, tone=figure.tone or "dim"))
    card.setAccessibleName(", ".join(part for part in (figure.title, value, figure.note) if part))
    return card
