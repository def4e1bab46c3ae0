"""How the list is painted while it is edited like a sheet: a frame around the cell, columns that nobody edits grey."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QWidget

from desktop_crm.ui import theme
from desktop_crm.ui.delegates import Index, RowDelegate
from desktop_crm.ui.qt import override

_VEIL = 130  # of 255: what lies below stays readable


class SheetDelegate(RowDelegate):
    """Paints rows as everywhere, with a sheet's lines over them; `locked(column)` says which nobody can edit."""

    def __init__(self, locked: Callable[[int], bool], parent: QWidget) -> None:
        super().__init__(parent)
        self._locked = locked

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        rect: QRect = option.rect
        painter.save()
        if self._locked(index.column()):
            veil = theme.color("sunk")
            veil.setAlpha(_VEIL)
            painter.fillRect(rect.adjusted(0, 0, 0, -1), veil)
        painter.fillRect(rect.right(), rect.top(), 1, rect.height(), theme.color("line"))
        view = option.widget
        if isinstance(view, QAbstractItemView) and view.currentIndex() == index:
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -2))
        painter.restore()
