"""The words of choices as the file has them, and what each is taken for; chosen where they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop_crm.services.importing.meanings import Meaning
from desktop_crm.ui import theme
from desktop_crm.ui.importing import phrases
from desktop_crm.ui.importing.cells import Index
from desktop_crm.ui.importing.columns_table import Choosing, ChoosingTable
from desktop_crm.ui.models import BOLD_ROLE, KIND_ROLE, TONE_ROLE
from desktop_crm.ui.qt import override
from desktop_crm.ui.words import N_, current, tr

COLUMN, WORD, COUNT, MEANS = range(4)
_ROOT = QModelIndex()


class WordsModel(Choosing):
    """One row a word. What is chosen for it is wished for: `meaning_wanted(field, word, meaning)`."""

    meaning_wanted = Signal(str, str, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: Sequence[Meaning] = ()
        self._offers: Mapping[str, Mapping[str, str]] = {}

    def show(self, words: Sequence[Meaning], offers: Mapping[str, Mapping[str, str]]) -> None:
        """Show the words of a file; the same ones keep the cursor where it stands."""
        same = [(word.field, word.word) for word in words] == [(word.field, word.word) for word in self._words]
        if same:
            self._words, self._offers = words, offers
            if words:
                self.dataChanged.emit(self.index(0, 0), self.index(len(words) - 1, MEANS))
            return
        self.beginResetModel()
        self._words, self._offers = words, offers
        self.endResetModel()

    def options(self, row: int, column: int) -> phrases.Options:
        """What a word can mean; a stage that is not known yet can stay what it is."""
        if column != MEANS:
            return ()
        word = self._words[row]
        offered = self._offers.get(word.field, {})
        own = () if not word.meaning or word.meaning in offered else ((word.meaning, word.meaning),)
        return (("", tr(N_("Not imported"))), *own, *((code, tr(title)) for code, title in offered.items()))

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._words)

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else 4

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        word = self._words[index.row()]
        if role == Qt.ItemDataRole.EditRole:
            return word.meaning
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(word, index.row(), index.column())
        if role == TONE_ROLE:
            unknown = index.column() == MEANS and not word.meaning
            return "dim" if unknown or index.column() in (COLUMN, COUNT) else ""
        return {BOLD_ROLE: index.column() == WORD, KIND_ROLE: "text"}.get(role)

    def _text(self, word: Meaning, row: int, place: int) -> str:
        if place == MEANS:
            return dict(self.options(row, MEANS)).get(word.meaning, word.meaning)
        return (word.column, word.word, phrases.rows(word.count))[place]

    @override
    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role == Qt.ItemDataRole.EditRole and isinstance(value, str):
            word = self._words[index.row()]
            self.meaning_wanted.emit(word.field, word.word, value)
        return False  # the session decides; the change comes back by show()

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == MEANS else flags

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        titles = (N_("Column in the file"), N_("Word in the file"), N_("How often"), N_("Means"))
        return tr(titles[section]) if role == Qt.ItemDataRole.DisplayRole else None


class WordsTable(ChoosingTable):
    """The words; up and down move, Space or F2 opens what one can mean."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr(N_("Words in the file and what they mean")), parent)

    def unknown(self) -> int:
        """How many words mean nothing yet."""
        model = self.model()
        return sum(not model.index(row, MEANS).data(Qt.ItemDataRole.EditRole) for row in range(model.rowCount()))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_F2, Qt.Key.Key_F4) and self.currentIndex().isValid():
            self.choose(self.currentIndex().siblingAtColumn(MEANS))
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = self.viewport().width()
        means, count = theme.px(260), theme.px(110)
        rest = max(theme.px(200), room - means - count)
        for column, width in ((COLUMN, rest // 2), (WORD, rest - rest // 2), (COUNT, count), (MEANS, means)):
            self.setColumnWidth(column, width)


def said(unknown: int) -> str:
    """How many words mean nothing yet, in words; "" for none."""
    return tr(N_("Not understood: {n}"), n=current().number(unknown)) if unknown else ""
