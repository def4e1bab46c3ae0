"""What every table of rows has in common: whole rows are chosen, Enter or double click opens, Ctrl+C copies as TSV."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop_crm.domain import leaving
from desktop_crm.ui.access.gate import guarded, noted
from desktop_crm.ui.delegates import RowDelegate
from desktop_crm.ui.qt import override
from desktop_crm.ui.words import N_count, tr_count

ROWS = N_count("Copy {n} row", "Copy {n} rows")
"""What the owner is asked about."""


class RowTable(QTableView):
    """Rows of one height without a grid, the one under the pointer marked; each kind knows what it copies and opens."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = RowDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def copy(self) -> str:
        """Copy the selected rows as tab-separated text; gives it, or "" where more than one needs the owner's PIN."""
        text = self.chosen_text()
        rows = text.count("\n") + 1
        if rows == 1:
            QGuiApplication.clipboard().setText(text)
            return text

        def put() -> str:
            QGuiApplication.clipboard().setText(text)
            noted(self, leaving.COPIED, count=rows)
            return text

        return guarded(self, tr_count(*ROWS, rows), put) or ""

    @abstractmethod
    def chosen_text(self) -> str:
        """The selected rows as tab-separated text."""

    @abstractmethod
    def _open(self) -> None:
        """Open the current row."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Typing in a table searches nothing: the search box does, over everything."""

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid():
            self._open()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self.rowAt(round(event.position().y())))
        super().mouseMoveEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, row: int) -> None:
        if row != self._delegate.hovered:
            self._delegate.hovered = row
            self.viewport().update()
