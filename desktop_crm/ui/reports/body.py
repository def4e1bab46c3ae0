"""A report on the screen: figures, chart and lists, tables, notes, one below the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from desktop_crm.reports.report import Chart, Report
from desktop_crm.ui import theme
from desktop_crm.ui.charts import ChartView
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.qt import override
from desktop_crm.ui.reports.cells import Written
from desktop_crm.ui.reports.even_grid import EvenGrid
from desktop_crm.ui.reports.figures import FigureRow
from desktop_crm.ui.reports.sections import SectionCard
from desktop_crm.ui.reports.table_card import TableCard, TableState
from desktop_crm.ui.widgets.buttons import Button, PrimaryButton
from desktop_crm.ui.widgets.cards import Card, Panel
from desktop_crm.ui.widgets.labels import Dim, ElidedLabel, Hairline, Label
from desktop_crm.ui.widgets.layout import Scroll, column, empty, row
from desktop_crm.ui.words import N_, tr

_BESIDE = 320
_NARROW = 720
_LARGEST = 1.5  # pixels a point of a chart: beyond, bars grow clumsy


class ReportBody(QWidget):
    """Shows one Report. `rows_wanted(filter, title)`, `record_wanted(kind, id)`, `act_wanted(key)`."""

    rows_wanted = Signal(object, str)
    record_wanted = Signal(str, int)
    act_wanted = Signal(str)

    def __init__(self, jobs: Jobs, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._messages = jobs, messages
        self._report: Report | None = None
        self._new = False
        self._tables: Sequence[Written] = ()
        self.figures: FigureRow | None = None
        self.tables: list[TableCard] = []
        self.sections: list[SectionCard] = []
        self._parts = column(gap=12, margins=(16, 13, 16, 16))  # the progress line above takes three
        inner = QWidget()
        inner.setLayout(self._parts)
        self._scroll = Scroll(inner)
        self._formula = ElidedLabel("", 12, tone="dim")
        self._strip = Panel()
        self._strip.setLayout(column(Hairline(), column(self._formula, margins=(16, 6, 16, 6)), gap=0))
        self.setLayout(column(self._scroll, self._strip, gap=0))
        theme.theme().changed.connect(self._redraw)

    def report(self) -> Report | None:
        """The report that is shown."""
        return self._report

    def show_report(self, report: Report, new: bool = False, tables: Sequence[Written] = ()) -> None:
        """Show `report`; where it is the one shown before, with other figures, the reader stands where they stood.

        `new` adds how to begin, for a file that has nothing in it yet; `tables` are the report's, where they were
        measured beside the window.
        """
        same = self._report is not None and self._report.name == report.name
        kept = {card.table.key: card.state() for card in self.tables} if same else {}
        place = self._scroll.verticalScrollBar().value() if same else 0
        focused = self._focused() if same else ""
        self._report, self._new = report, new
        self._tables = tables or [Written(table, report.currency) for table in report.tables]
        self.setUpdatesEnabled(False)
        self._clear()
        self._fill(report)
        self.setUpdatesEnabled(True)
        self._restore(kept, focused)
        QTimer.singleShot(0, self, lambda: self._settle(place))

    def focus_first(self) -> None:
        """Give the keyboard to the first thing in the report."""
        cards = self.figures.cards if self.figures else []
        first: QWidget | None = next((card for card in cards if card.figure.filter is not None), None)
        target = first or next((card.view for card in self.tables if card.table.rows), None)
        if target is not None:
            target.setFocus()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, lambda: self._settle(self._scroll.verticalScrollBar().value()))

    def _settle(self, place: int) -> None:
        """Measure the new parts, which Qt has shown only now, and scroll back to `place`."""
        self._parts.invalidate()
        QCoreApplication.sendEvent(self._scroll, QEvent(QEvent.Type.LayoutRequest))
        self._scroll.verticalScrollBar().setValue(place)

    def _redraw(self) -> None:
        if self._report is not None:
            self.show_report(self._report, self._new, self._tables)

    def _clear(self) -> None:
        for card in self.tables:
            card.let_go()
        self.figures, self.tables, self.sections = None, [], []
        empty(self._parts)

    def _fill(self, report: Report) -> None:
        if self._new:
            self._parts.addWidget(self._beginning())
        if report.figures:
            self.figures = FigureRow(report.figures, report.currency)
            self.figures.rows_wanted.connect(self.rows_wanted)
            self.figures.explained.connect(self._explain)
            self._parts.addWidget(self.figures)
        self._strip.setVisible(bool(report.figures))
        self._explain("")
        self._add_lists(report)
        for table in self._tables:
            card = TableCard(table, self._jobs, self._messages, table.table.title != report.title)
            card.rows_wanted.connect(self.rows_wanted)
            card.record_wanted.connect(self.record_wanted)
            self.tables.append(card)
            self._parts.addWidget(card, 1 if card.view.many else 0)
        for note in report.notes:
            self._parts.addWidget(Dim(note, 12, wrap=True))
        if not any(card.view.many for card in self.tables):
            self._parts.addStretch(1)

    def _add_lists(self, report: Report) -> None:
        """The chart with the first list beside it, the other lists below."""
        self.sections = [SectionCard(section) for section in report.sections]
        for section in self.sections:
            section.rows_wanted.connect(self.rows_wanted)
        rest: list[QWidget] = list(self.sections)
        if report.chart is not None:
            beside = rest.pop(0) if rest else None
            self._parts.addWidget(_Pair(ChartCard(report.chart), beside))
        if rest:
            grid, holder = EvenGrid(narrowest=260, most=3), QWidget()
            holder.setLayout(grid)
            for part in rest:
                grid.addWidget(part)
            self._parts.addWidget(holder)

    def _beginning(self) -> Card:
        """How to begin, in a file that has nothing in it yet."""
        card = Card()
        bring, add = PrimaryButton(tr(N_("Import a file")), "import"), Button(tr(N_("New customer")), "plus")
        bring.clicked.connect(lambda: self.act_wanted.emit("import"))
        add.clicked.connect(lambda: self.act_wanted.emit("new"))
        words = column(Label(tr(N_("There is nothing to count yet")), 14, strong=True),
                       Dim(tr(N_("The reports fill themselves from your customers, deals, tasks and payments. Bring "
                                 "them in from a file, or begin with one customer.")), wrap=True), gap=4)
        line = row(words, bring, add, gap=12)
        line.setStretch(0, 1)
        card.body.addLayout(line)
        return card

    def _explain(self, formula: str) -> None:
        self._formula.setText(formula or tr(N_("Click a figure to see its rows. Point at it for its formula.")))

    def _focused(self) -> str:
        """Which figure or table has the keyboard, by its key."""
        for figure in self.figures.cards if self.figures else []:
            if figure.hasFocus():
                return f"figure:{figure.figure.key}"
        return next((f"table:{card.table.key}" for card in self.tables if card.view.hasFocus()), "")

    def _restore(self, kept: dict[str, TableState], focused: str) -> None:
        for card in self.tables:
            if card.table.key in kept:
                card.restore(kept[card.table.key])
            if focused == f"table:{card.table.key}":
                card.view.setFocus()
        for figure in self.figures.cards if self.figures else []:
            if focused == f"figure:{figure.figure.key}":
                figure.setFocus()


class ChartCard(Card):
    """A chart under its title, what it adds up to at the far end."""

    def __init__(self, chart: Chart, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=12)
        note = ElidedLabel(chart.note, tone="dim")
        self.body.addLayout(row(Label(chart.title, strong=True), None, note, gap=16))
        self.view = ChartView(chart, largest=_LARGEST)
        self.body.addWidget(self.view)
        self.body.addStretch(1)


class _Pair(QWidget):
    """Two cards side by side, the second of a fixed width; one below the other where it is narrow."""

    def __init__(self, wide: QWidget, beside: QWidget | None) -> None:
        super().__init__()
        self._beside = beside
        self._box = row(wide, beside, gap=12) if beside else row(wide)
        self._box.setStretch(0, 1)
        self.setLayout(self._box)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._beside is None:
            return
        narrow = event.size().width() < theme.px(_NARROW)
        self._box.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._beside.setMinimumWidth(0 if narrow else theme.px(_BESIDE))
        self._beside.setMaximumWidth(16_777_215 if narrow else theme.px(_BESIDE))
