"""A report's table in a card: its title, its rows, its totals, its note."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_crm.ui import theme
from desktop_crm.ui.jobs import Jobs, Latest
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.reports.cells import Written, sorted_rows
from desktop_crm.ui.reports.table_header import TotalsRow
from desktop_crm.ui.reports.table_model import ReportTableModel
from desktop_crm.ui.reports.table_view import ReportTable
from desktop_crm.ui.widgets.cards import Card
from desktop_crm.ui.widgets.labels import Dim, Label
from desktop_crm.ui.widgets.layout import column
from desktop_crm.ui.words import N_, tr

_AT_ONCE = 2000
"""Rows that are sorted within a frame; more of them beside the window."""


@dataclass(frozen=True, slots=True)
class TableState:
    """Where a reader stood in a table, to be taken up after the report was built anew."""

    sorting: tuple[int, bool] | None
    current: int
    scroll: int


class TableCard(Card):
    """`record_wanted(kind, id)` or `rows_wanted(filter, title)` when a row is opened."""

    record_wanted = Signal(str, int)
    rows_wanted = Signal(object, str)

    def __init__(self, written: Written, jobs: Jobs, messages: Messages, titled: bool = True,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=1, gap=0)
        self.table, self._messages = written.table, messages
        self._latest = Latest(jobs)
        self.model = ReportTableModel(written, self)
        self.view = ReportTable(self.model)
        self._lay_out(titled)
        self.view.opened.connect(self._open)
        self.view.sort_wanted.connect(self.sort)

    def _lay_out(self, titled: bool) -> None:
        self.body.setContentsMargins(1, theme.px(4), 1, theme.px(4))
        if titled and self.table.title:
            self.body.addLayout(column(Label(self.table.title, strong=True), margins=(10, 8, 10, 4)))
        if self.table.rows:
            self.body.addWidget(self.view, 1)
        else:
            self.view.hide()
            self.body.addLayout(column(Dim(tr(N_("No rows in this period."))), margins=(10, 8, 10, 8)))
        if self.table.rows and self.table.totals is not None:
            totals = TotalsRow(self.view.horizontalHeader(), self.model, ruled=self.view.many)
            self.view.horizontalScrollBar().valueChanged.connect(totals.update)
            self.body.addWidget(totals)
        if self.table.note:
            self.body.addLayout(column(Dim(self.table.note, 12, wrap=True), margins=(10, 6, 10, 4)))
        down = QSizePolicy.Policy.Expanding if self.view.many else QSizePolicy.Policy.Maximum
        self.setSizePolicy(QSizePolicy.Policy.Expanding, down)

    def sort(self, number: int, descending: bool) -> None:
        """Order the rows by a column; many rows off the screen's thread."""
        rows = self.table.rows
        if len(rows) <= _AT_ONCE:
            self.view.set_order(sorted_rows(rows, number, descending), number, descending)
            return
        self._latest.run(lambda _: sorted_rows(rows, number, descending),
                         lambda order: self.view.set_order(order, number, descending), self._messages.tell, label="")

    def state(self) -> TableState:
        """Where the reader stands."""
        row = self.view.currentIndex().row()
        current = self.model.place(row) if row >= 0 else -1
        return TableState(self.model.sorting, current, self.view.verticalScrollBar().value())

    def restore(self, state: TableState) -> None:
        """Stand where `state` says, as far as the rows are still there."""
        if state.sorting is not None and state.sorting[0] < len(self.table.columns):
            self.sort(*state.sorting)
        if 0 <= state.current < len(self.table.rows):
            self.view.select_place(state.current)
        self.view.verticalScrollBar().setValue(state.scroll)

    def let_go(self) -> None:
        """Forget a sorting that is still on its way."""
        self._latest.drop()

    def _open(self, place: int) -> None:
        if self.table.kind and place < len(self.table.ids):
            self.record_wanted.emit(self.table.kind, self.table.ids[place])
        elif place < len(self.table.filters) and self.table.filters[place] is not None:
            first = self.model.written.text(place, 0)
            title = f"{self.table.title}: {first}" if self.table.title else first
            self.rows_wanted.emit(self.table.filters[place], title)
