"""What a pasted block would do, cell by cell, before anything is done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_crm.services.sheet import Cell, Plan
from desktop_crm.services.sheet_cells import Cells
from desktop_crm.ui.forms import TickField
from desktop_crm.ui.models import ColumnSpec, PagedModel
from desktop_crm.ui.qt import override
from desktop_crm.ui.tables import RecordTable
from desktop_crm.ui.widgets.buttons import Button, PrimaryButton
from desktop_crm.ui.widgets.cards import Panel
from desktop_crm.ui.widgets.labels import Dim, Hairline, Heading
from desktop_crm.ui.widgets.layout import FlowLayout, column, row
from desktop_crm.ui.words import N_, N_count, current, tr, tr_count


class PastePreview(Panel):
    """Lists the cells of a plan: `accepted(plan)` says which part of it to do, `cancelled()` that nothing is wanted."""

    accepted = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan = Plan()
        self._cells: Cells | None = None
        self._listed: Sequence[Cell] = ()
        self.title, self.also = Heading(tr(N_("Paste"))), Dim("", 12, wrap=True)
        self.adding = TickField("")
        self.adding.toggled.connect(lambda _: self._show())
        self.table = RecordTable(tr(N_("Cells that are pasted")))
        self.table.set_paged(PagedModel(self._columns(), lambda places: [self._listed[at - 1] for at in places], self))
        self.table.opened.connect(lambda _: self.accept())
        self.do, self.leave = PrimaryButton("", "check"), Button(tr(N_("Cancel")))
        self.do.clicked.connect(self.accept)
        self.leave.clicked.connect(self.cancelled)
        foot = QWidget()
        flow = FlowLayout(foot, gap=8)
        for part in (self.do, self.leave, self.adding):
            flow.addWidget(part)
        body = column(column(self.title, self.also, gap=4, margins=(16, 12, 16, 12)), Hairline(), self.table,
                      Hairline(), row(foot, margins=(16, 10, 16, 10)), gap=0)
        body.setStretch(2, 1)
        self.setLayout(body)
        self.setFocusProxy(self.table)

    def _columns(self) -> list[ColumnSpec[Cell]]:
        def name(cell: Cell) -> str:
            return cell.name if cell.record else tr(N_("New: {name}"), name=cell.name) if cell.name else "—"

        def tone(cell: Cell) -> str:
            return "bad" if cell.why else ""

        return [
            ColumnSpec("name", tr(N_("Name")), name, bold=True, width=150, least=100, stretch=True, sortable=False),
            ColumnSpec("field", tr(N_("Field")), self._field, kind="dim", width=100, least=80, sortable=False),
            ColumnSpec("old", tr(N_("Now")), lambda cell: cell.old or "—", kind="dim", width=130, least=80,
                       stretch=True, sortable=False, tooltip=lambda cell: cell.old),
            ColumnSpec("new", tr(N_("Then")), lambda cell: cell.new or "—", width=130, least=80, stretch=True,
                       sortable=False, tone=tone, struck=lambda cell: cell.why is not None,
                       tooltip=lambda cell: cell.new),
            ColumnSpec("why", tr(N_("Cannot be")), _why, width=170, least=90, stretch=True, sortable=False, tone=tone,
                       tooltip=_why),
        ]

    def _field(self, cell: Cell) -> str:
        return self._cells.title(cell.column) if self._cells is not None and cell.column.title else cell.column.key

    def show_plan(self, plan: Plan, cells: Cells) -> None:
        """Show what a plan would do."""
        self._plan, self._cells = plan, cells
        self.adding.setText(tr_count(N_("Add {n} new customer"), N_("Add {n} new customers"), plan.new))
        self.adding.setVisible(bool(plan.new))
        self.adding.setChecked(bool(plan.new))
        self._show()
        self.table.setFocus()

    def wanted(self) -> Plan:
        """The part of the plan that is to be done."""
        return self._plan if self.adding.isChecked() else self._plan.without_new()

    def accept(self) -> None:
        """Do it, if there is anything to do."""
        if self.wanted().changes:
            self.accepted.emit(self.wanted())

    def _show(self) -> None:
        wanted = self.wanted()
        self._listed = sorted((*self._plan.refused, *wanted.changes), key=lambda cell: (cell.row, cell.place))
        self.table.paged().set_ids(())
        self.table.paged().set_ids(range(1, len(self._listed) + 1))
        if self._listed:
            self.table.select(1)
        count = len(wanted.changes)
        self.title.setText(tr_count(N_("{n} cell changes"), N_("{n} cells change"), count) if count
                           else tr(N_("Nothing can be pasted")))
        self.also.setText(" · ".join(self._also(wanted)))
        self.also.setVisible(bool(self.also.text()))
        self.do.set_text(tr_count(N_("Change {n} cell"), N_("Change {n} cells"), count))
        self.do.setEnabled(count > 0)

    def _also(self, wanted: Plan) -> list[str]:
        plan = self._plan
        said = [(N_count("{n} customer changes", "{n} customers change"), wanted.customers),
                (N_count("{n} new customer", "{n} new customers"), wanted.new),
                (N_count("{n} cell cannot be", "{n} cells cannot be"), len(plan.refused)),
                (N_count("{n} cell stays as it is", "{n} cells stay as they are"), plan.same),
                (N_count("{n} cell is right of the last column", "{n} cells are right of the last column"),
                 plan.outside)]
        return [tr_count(*message, count) for message, count in said if count]

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        else:
            super().keyPressEvent(event)


def _why(cell: Cell) -> str:
    return current().error(cell.why) if cell.why is not None else ""
