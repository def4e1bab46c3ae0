"""A report's table as a Qt model: rows stay where the report keeps them, cells are written when looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_crm.ui.models import BOLD_ROLE
from desktop_crm.ui.qt import override
from desktop_crm.ui.reports.cells import Written

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ReportTableModel(QAbstractTableModel):
    """The rows of one Table in an order that can change; the totals are no row."""

    def __init__(self, written: Written, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.written, self.table = written, written.table
        self.sorting: tuple[int, bool] | None = None
        self._order: Sequence[int] = range(len(written.table.rows))

    def place(self, row: int) -> int:
        """The place in the report's table of the row shown at `row`."""
        return self._order[row]

    def set_order(self, order: Sequence[int], column: int, descending: bool) -> None:
        """Show the rows in another order, that of a column."""
        self.beginResetModel()
        self._order, self.sorting = order, (column, descending)
        self.endResetModel()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.written.titles) - 1)

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._order)

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.written.titles)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.written.text(self._order[index.row()], index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _END if self.written.at_end(index.column()) else _START
        if role == BOLD_ROLE:
            return index.column() == 0
        return None

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical or not 0 <= section < len(self.written.titles):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.written.titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _END if self.written.at_end(section) else _START
        return None
