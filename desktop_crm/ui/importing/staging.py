"""The rows of a file to pick from: what is ticked is imported, the rest is parked and stays in the file."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_crm.domain.importing import ImportField, Mapping, Preview, PreviewRow
from desktop_crm.ui import theme
from desktop_crm.ui.delegates import toggle
from desktop_crm.ui.importing import phrases
from desktop_crm.ui.importing.cells import Cell, Index, PlainTable
from desktop_crm.ui.importing.outcome import action_cell
from desktop_crm.ui.models import KIND_ROLE, TONE_ROLE
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.buttons import Button
from desktop_crm.ui.widgets.chips import Chip, ChipGroup
from desktop_crm.ui.widgets.labels import Dim, Hairline
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.words import N_, current, tr, tr_count

TICK, LINE, ACTION, FIELDS = range(4)
_ROOT = QModelIndex()
_KEPT = 600
FILTERS = {"all": N_("All rows"), "create": N_("New"), "update": N_("Changes"), "problem": N_("Problems")}


class StagingModel(QAbstractTableModel):
    """The rows that a filter shows; `picked` tells that other ones are ticked."""

    picked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[PreviewRow] = ()
        self._actions: Sequence[str] = ()
        self._fields: tuple[ImportField, ...] = ()
        self._shown: list[int] = []
        self._problems: frozenset[int] = frozenset()
        self._out: frozenset[int] = frozenset()
        self._texts: OrderedDict[int, PreviewRow] = OrderedDict()
        self.parked: set[int] = set()

    def show(self, found: Preview, actions: Sequence[str], lines: Sequence[int], mapping: Mapping,
             parked: set[int]) -> None:
        """Show the rows of a check."""
        self.beginResetModel()
        self._rows, self._actions, self.parked = found.rows, actions, parked
        self._fields = tuple(item for item in mapping.offered if item.key in mapping.mapped)
        wrong = {problem.row for problem in found.problems}
        out = phrases.lines_left_out(found)
        self._problems = frozenset(index for index, line in enumerate(lines) if line in wrong)
        self._out = frozenset(index for index, line in enumerate(lines) if line in out)
        self._texts.clear()
        self._shown = list(range(len(actions)))
        self.endResetModel()

    def of(self, wanted: str) -> list[int]:
        """The rows that a filter shows: all, create, update or problem."""
        if wanted == "problem":
            return sorted(self._problems)
        return [index for index, action in enumerate(self._actions) if wanted in ("all", action)]

    def filter(self, wanted: str) -> None:
        """Show only such rows."""
        self.beginResetModel()
        self._shown = self.of(wanted)
        self.endResetModel()

    def tick_all(self, on: bool) -> None:
        """Tick all rows that are shown, or none of them."""
        (self.parked.difference_update if on else self.parked.update)(self._shown)
        if self._shown:
            self.dataChanged.emit(self.index(0, TICK), self.index(len(self._shown) - 1, TICK))
        self.picked.emit()

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else FIELDS + len(self._fields)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        number, place = self._shown[index.row()], index.column()
        if place == TICK:
            ticked = Qt.CheckState.Unchecked if number in self.parked else Qt.CheckState.Checked
            return {Qt.ItemDataRole.CheckStateRole: ticked, KIND_ROLE: "check"}.get(role)
        cell = self._cell(number, place)
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        return {TONE_ROLE: "dim" if number in self.parked else cell.tone, KIND_ROLE: cell.kind}.get(role)

    def _cell(self, number: int, place: int) -> Cell:
        found = self._texts.get(number)
        if found is None:
            found = self._texts[number] = self._rows[number]
            if len(self._texts) > _KEPT:
                self._texts.popitem(last=False)
        if place == LINE:
            return Cell(current().number(found.row), "dim")
        if place == ACTION:
            return action_cell(found, number in self._out)
        return Cell(found.values.get(self._fields[place - FIELDS].key, ""))

    @override
    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != TICK:
            return False
        number = self._shown[index.row()]
        (self.parked.discard if value == Qt.CheckState.Checked else self.parked.add)(number)
        self.dataChanged.emit(self.index(index.row(), 0), self.index(index.row(), self.columnCount() - 1))
        self.picked.emit()
        return True

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == TICK else flags

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if section < FIELDS:
            return ("", tr(N_("Line")), tr(N_("Will be")))[section]
        return phrases.field_title(self._fields[section - FIELDS])


class StagingTable(PlainTable):
    """The rows; the space bar ticks those that are selected, or takes their ticks away."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space:
            super().keyPressEvent(event)
            return
        here = self.currentIndex().siblingAtColumn(TICK)
        rows = [index.siblingAtColumn(TICK) for index in self.selectionModel().selectedRows()] or [here]
        wanted = here.data(Qt.ItemDataRole.CheckStateRole) if here.isValid() else None
        for index in rows:
            if index.isValid() and index.data(Qt.ItemDataRole.CheckStateRole) == wanted:
                toggle(index)


class Staging(QWidget):
    """Filters, all and none, and the rows with their ticks. `picked` tells that other rows are ticked."""

    picked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = StagingModel(self)
        self.table = StagingTable(tr(N_("Rows to import")))
        self.table.setModel(self.model)
        self.chips = {key: Chip(tr(title)) for key, title in FILTERS.items()}
        self._group = ChipGroup(list(self.chips.values()), self)
        for key, chip in self.chips.items():
            chip.toggled.connect(lambda on, key=key: self.model.filter(key) if on else None)
        self.all, self.none = Button(tr(N_("Tick all")), "", "quiet"), Button(tr(N_("Tick none")), "", "quiet")
        self.all.clicked.connect(lambda: self.model.tick_all(True))
        self.none.clicked.connect(lambda: self.model.tick_all(False))
        self.said = Dim("")
        self.model.picked.connect(self._say)
        head = row(*self.chips.values(), None, self.said, self.all, self.none, gap=8, margins=(16, 6, 8, 6))
        whole = column(head, Hairline(), self.table, gap=0)
        whole.setStretchFactor(self.table, 1)
        self.setLayout(whole)

    def show_rows(self, found: Preview, actions: Sequence[str], lines: Sequence[int], mapping: Mapping,
                  parked: set[int]) -> None:
        """Show the rows of a check, all of them."""
        self.model.show(found, actions, lines, mapping, parked)
        for key, chip in self.chips.items():
            chip.set_count(len(self.model.of(key)))
        self.chips["all"].setChecked(True)
        self.table.fit()
        self.table.setColumnWidth(TICK, theme.px(44))
        self._say()

    def _say(self) -> None:
        count = len(self.model.parked)
        self.said.setText(tr_count(N_("{n} row stays in the file"), N_("{n} rows stay in the file"), count)
                          if count else "")
        self.picked.emit()
