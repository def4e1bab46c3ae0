"""A small table of cells that are there already: raw rows, rows as they will be, problems."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, overload

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop_crm.ui import fonts, theme
from desktop_crm.ui.delegates import PADDING, ROW_HEIGHT, RowDelegate, badge_width
from desktop_crm.ui.models import KIND_ROLE, STRUCK_ROLE, TONE_ROLE
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.labels import tip

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
T = TypeVar("T")
_LEAST, _MOST = 56, 260
_MEASURED = 50
_SHOWN = 400


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as it is shown: `tone` colours it, `why` explains it, `kind` is text, dim or badge."""

    text: str
    tone: str = ""
    why: str = ""
    kind: str = "text"
    struck: bool = False
    at_end: bool = False


class LazyRows(Sequence[tuple[Cell, ...]], Generic[T]):
    """Rows of cells out of what was found; each is put in words when it is looked at."""

    def __init__(self, found: Sequence[T], said: Callable[[T], tuple[Cell, ...]]) -> None:
        self._found, self._said = found, said

    def __len__(self) -> int:
        return len(self._found)

    @overload
    def __getitem__(self, index: int) -> tuple[Cell, ...]: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[tuple[Cell, ...]]: ...

    def __getitem__(self, index: int | slice) -> tuple[Cell, ...] | Sequence[tuple[Cell, ...]]:
        return LazyRows(self._found[index], self._said) if isinstance(index, slice) else self._said(self._found[index])


class CellsModel(QAbstractTableModel):
    """Headings and rows of cells, all of them known."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headings: tuple[str, ...] = ()
        self._rows: Sequence[tuple[Cell, ...]] = ()

    def show(self, headings: Sequence[str], rows: Sequence[tuple[Cell, ...]]) -> None:
        """Show other cells."""
        self.beginResetModel()
        self._headings, self._rows = tuple(headings), rows
        self.endResetModel()

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._headings)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        cell = self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text[:_SHOWN]
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell.why or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{cell.text} {cell.why}".strip()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(cell.at_end)
        return {TONE_ROLE: cell.tone, KIND_ROLE: cell.kind, STRUCK_ROLE: cell.struck}.get(role)

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._headings):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _aligned(bool(self._rows) and self._rows[0][section].at_end)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(self._headings[section])
        return self._headings[section] if role == Qt.ItemDataRole.DisplayRole else None


def _aligned(at_end: bool) -> Qt.AlignmentFlag:
    across = Qt.AlignmentFlag.AlignRight if at_end else Qt.AlignmentFlag.AlignLeft
    return across | Qt.AlignmentFlag.AlignVCenter


def is_back(event: QKeyEvent) -> bool:
    """Whether the keys are those that lead back (Alt+Left)."""
    return event.key() == Qt.Key.Key_Left and event.modifiers() == Qt.KeyboardModifier.AltModifier


class PlainTable(QTableView):
    """A quiet table to look at: hairlines, rows of one height, columns as wide as their first cells."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setItemDelegate(RowDelegate(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setStretchLastSection(True)
        fonts.dress(header, 11, strong=True)
        self.rescale()
        theme.theme().changed.connect(self.rescale)

    def rescale(self) -> None:
        """Take up the text size in force."""
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW_HEIGHT))
        self.horizontalHeader().setFixedHeight(theme.px(31))
        self.horizontalHeader().setMinimumSectionSize(theme.px(40))

    def fit(self, most: int = _MOST) -> None:
        """Give each column the width of its heading and first cells, `most` design pixels at the most."""
        metrics, heading = QFontMetrics(fonts.font()), QFontMetrics(self.horizontalHeader().font())
        model = self.model()
        for column in range(model.columnCount()):
            title = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
            wish = heading.horizontalAdvance(title[:_SHOWN]) + theme.px(4)
            for row in range(min(model.rowCount(), _MEASURED)):
                index = model.index(row, column)
                text = str(index.data() or "")
                badge = index.data(KIND_ROLE) == "badge"
                wish = max(wish, badge_width(text) if badge else metrics.horizontalAdvance(text))
            width = wish + 2 * theme.px(PADDING) + 2
            self.setColumnWidth(column, max(theme.px(_LEAST), min(theme.px(most), width)))

    def copy(self) -> str:
        """Copy the selected rows, all where none is, as tab-separated text with headings; gives the text."""
        model = self.model()
        chosen = sorted(index.row() for index in self.selectionModel().selectedRows()) or range(model.rowCount())
        columns = range(model.columnCount())
        lines = [[str(model.headerData(column, Qt.Orientation.Horizontal)) for column in columns]]
        lines += [[str(model.index(row, column).data() or "") for column in columns] for row in chosen]
        text = "\n".join("\t".join(part.replace("\t", " ").replace("\n", " ") for part in line) for line in lines)
        QGuiApplication.clipboard().setText(text)
        return text

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif is_back(event):
            event.ignore()  # the wizard's; a table would move its cursor
        else:
            super().keyPressEvent(event)
