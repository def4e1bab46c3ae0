"""One list of words that forms offer: renamed where it stands, put into another order, hidden."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyleOptionViewItem, QWidget

from desktop_crm.services.business import ListedChoice
from desktop_crm.ui.delegates import RowDelegate
from desktop_crm.ui.models import ID_ROLE, NOTE_ROLE, TONE_ROLE
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.fields import Field
from desktop_crm.ui.words import N_, tr

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class ChoicesModel(QAbstractListModel):
    """The words in their order; `renamed(id, name)` when one was edited: the owner saves and shows them again."""

    renamed = Signal(int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ListedChoice, ...] = ()
        self.editable = True

    def set_rows(self, rows: Sequence[ListedChoice]) -> None:
        """Show these words."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row_of(self, choice: int | None) -> int:
        """The row of a word, -1 if it is not in the list."""
        return next((number for number, row in enumerate(self._rows) if row.id == choice), -1)

    def choice(self, row: int) -> ListedChoice | None:
        """The word in `row`, None outside."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def ids(self) -> list[int]:
        """The ids in their order."""
        return [row.id for row in self._rows]

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.choice(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return row.name
        if role == ID_ROLE:
            return row.id
        if role == TONE_ROLE:
            return "" if row.active else "dim"
        if role == NOTE_ROLE:
            return note(row), "neutral"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.name} {note(row)}".strip()
        return None

    @override
    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.choice(index.row())
        if role == Qt.ItemDataRole.EditRole and row is not None and str(value).strip() not in ("", row.name):
            self.renamed.emit(row.id, str(value).strip())
        return False  # the service writes; the change comes back by set_rows()

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsEditable if self.editable else flags


def note(row: ListedChoice) -> str:
    """What is special about a word, "" if nothing is."""
    if not row.active:
        return tr(N_("Hidden"))
    return tr(N_("Not counted in reports")) if row.code == "mistake" else ""


class ChoiceList(QListView):
    """The words as rows: Enter or F2 renames, Alt+Up and Alt+Down move, Delete hides."""

    moved = Signal(int)
    hide_requested = Signal()

    def __init__(self, name: str, model: ChoicesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(_Delegate(self))
        self.setEditTriggers(QListView.EditTrigger.DoubleClicked)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QListView.Shape.NoFrame)

    def choose(self, row: int) -> None:
        """Select the word in `row`."""
        index = self.model().index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def rename(self) -> None:
        """Open the chosen word for editing."""
        index = self.currentIndex()
        editing = self.state() == QAbstractItemView.State.EditingState
        if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable and not editing:
            self.edit(index)

    def keyboardSearch(self, search: str) -> None:
        """Typing in the list searches nothing: there are few words, and all are in sight."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.rename()
        elif alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.matches(QKeySequence.StandardKey.Delete) or event.key() == Qt.Key.Key_Backspace:
            self.hide_requested.emit()
        else:
            super().keyPressEvent(event)


class _Delegate(RowDelegate):
    """Paints a word as every list does, and edits it in a line."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line with the name."""
        field = Field(parent=parent)
        field.setAccessibleName(tr(N_("Name")))
        return field
