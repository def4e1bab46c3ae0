"""Collects every text that a window shows, tells on hover, reads out, offers in a menu or paints by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QAction, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QCalendarWidget,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
    QToolButton,
    QWidget,
)

_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole,
          Qt.ItemDataRole.AccessibleDescriptionRole)
_ROWS = 12


def texts(root: QWidget) -> set[str]:
    """Every text of a widget and of what is inside it, hidden parts too; Qt's own calendar is left to Qt."""
    found: set[str] = set()
    for widget in (root, *root.findChildren(QWidget)):
        if not _in_calendar(widget):
            found.update(_own(widget))
    for action in root.findChildren(QAction):
        found.update((action.text(), action.toolTip()))
    return {text for text in found if text}


def _in_calendar(widget: QWidget) -> bool:
    parent: Any = widget
    while parent is not None and not isinstance(parent, QCalendarWidget):
        parent = parent.parentWidget()
    return parent is not None


def _own(widget: QWidget) -> Iterator[str]:
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.statusTip(),
                widget.windowTitle())
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QLineEdit | QTextEdit | QPlainTextEdit):
        yield widget.placeholderText()
    if isinstance(widget, QLineEdit):
        yield widget.text()
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(row) for row in range(widget.count()))
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(tab) for tab in range(widget.count()))
    menu = widget.menu() if isinstance(widget, QToolButton) or hasattr(widget, "menu") else None
    if isinstance(menu, QMenu):
        menu.aboutToShow.emit()
        yield from offered(menu)
    if isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView) and widget.model() is not None:
        yield from _cells(widget.model())


def offered(menu: QMenu) -> Iterator[str]:
    """The texts of a menu and of the menus inside it."""
    for action in menu.actions():
        yield action.text()
        inner = action.menu()
        if isinstance(inner, QMenu):
            inner.aboutToShow.emit()
            yield from offered(inner)


def _cells(model: QAbstractItemModel, parent: QModelIndex | None = None) -> Iterator[str]:
    parent = parent or QModelIndex()
    flat = isinstance(model, QAbstractListModel | QAbstractTableModel)
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(parent)
    rows = min(model.rowCount(parent), _ROWS)
    if not parent.isValid():
        for column in range(columns):
            for role in _ROLES:
                yield _text(model.headerData(column, Qt.Orientation.Horizontal, role))
    for row in range(rows):
        for column in range(columns):
            index = model.index(row, column, parent)
            for role in _ROLES:
                yield _text(index.data(role))
        first = model.index(row, 0, parent)
        if not flat and model.hasChildren(first):
            yield from _cells(model, first)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


@contextmanager
def painted() -> Iterator[set[str]]:
    """The texts that Python code paints meanwhile."""
    found: set[str] = set()
    draw = QPainter.drawText

    def noted(painter: QPainter, *what: Any) -> Any:
        found.update(part for part in what if isinstance(part, str))
        return draw(painter, *what)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(QPainter, "drawText", noted)
        yield found
