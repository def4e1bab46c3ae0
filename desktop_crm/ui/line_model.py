"""The lines of a card (timeline, contacts, deals, tasks, payments) as one model that grows while scrolled."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.labels import runs_right_to_left

Index = QModelIndex | QPersistentModelIndex
LINE_ROLE = Qt.ItemDataRole.UserRole
PAGE = 60
_ROOT = QModelIndex()
_TURNS = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")  # letters after which a number would turn as well


@dataclass(frozen=True, slots=True)
class Line:
    """One line: plain `lead`, strong `title`, plain `text` after `mark`, and a dim second row `meta`.

    `end` stands at the far edge; `action` is a small button there; `checked` shows a box instead of the
    icon. A line of kind "heading" heads those below it. `group` is what the record behind it belongs to.
    """

    kind: str
    id: int = 0
    title: str = ""
    text: str = ""
    lead: str = ""
    mark: str = " — "
    meta: str = ""
    meta_tone: str = ""
    icon: str = "note"
    end: str = ""
    action: str = ""
    checked: bool | None = None
    group: str = ""

    @property
    def words(self) -> str:
        """The first row in one text; what follows a title of Arabic letters does not run into it."""
        title = self.lead + self.title
        if self.text and _TURNS.search(self.title):
            title += "\u200f" if runs_right_to_left(title) else "\u200e"
        return title + (self.mark if self.title and self.text else "") + self.text


Source = Callable[[int], Sequence[Line]]


class LinesModel(QAbstractListModel):
    """Asks its source for the first 60 lines, and for 60 more whenever the view nears the end.

    `carried` gives what a document's line is dragged away as.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._source: Source | None = None
        self.carried: Callable[[Line], QMimeData | None] | None = None
        self._lines: list[Line] = []
        self._whole = True

    def set_source(self, source: Source, keep: bool = False) -> None:
        """Show what `source(limit)` gives; with `keep` as many lines as before, else the first page."""
        limit = max(PAGE, len(self._lines)) if keep else PAGE
        lines = list(source(limit))
        self.beginResetModel()
        self._source, self._lines, self._whole = source, lines, len(lines) < limit
        self.endResetModel()

    def line(self, row: int) -> Line | None:
        """The line in `row`, None outside."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def row_of(self, kind: str, record: int) -> int:
        """The row of a record's line, -1 if it has none."""
        return next((row for row, line in enumerate(self._lines) if (line.kind, line.id) == (kind, record)), -1)

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (line.words, line.end, line.meta) if part)
        return None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        line = self.line(index.row()) if index.isValid() else None
        if line is None or line.kind == "heading":
            return Qt.ItemFlag.NoItemFlags
        drags = Qt.ItemFlag.ItemIsDragEnabled if line.kind == "document" else Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren | drags

    @override
    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        line = self.line(indexes[0].row()) if indexes else None
        found = self.carried(line) if line is not None and self.carried is not None else None
        return found or QMimeData()

    @override
    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and not self._whole

    @override
    def fetchMore(self, parent: Index) -> None:
        if self._source is None or parent.isValid():
            return
        known, limit = len(self._lines), len(self._lines) + PAGE
        lines = list(self._source(limit))
        self._whole = len(lines) < limit
        if len(lines) > known:
            self.beginInsertRows(QModelIndex(), known, len(lines) - 1)
            self._lines += lines[known:]
            self.endInsertRows()
