"""The list of tasks: headed groups, a tick, a name, whom it is for, when it is due."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop_crm.domain.tasks import TaskRow
from desktop_crm.ui import fonts, theme
from desktop_crm.ui.delegates import PADDING
from desktop_crm.ui.models import PagedModel
from desktop_crm.ui.qt import override
from desktop_crm.ui.tables import RecordTable
from desktop_crm.ui.tasks.lines import DUE, WHO, Line
from desktop_crm.ui.words import N_, tr

_WHO_SHARE = 0.44
_DUE = 216
_NEAR = 4  # rows that are looked at for a neighbour: headings stand between


class TaskTable(RecordTable):
    """A click on the customer's or the deal's name asks for that record; Space ticks all that is selected."""

    record_wanted = Signal(str, int)
    toggle_requested = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr(N_("Tasks")), parent)
        self.horizontalHeader().hide()

    def set_lines(self, model: PagedModel[Line]) -> None:
        """Show a model of Lines."""
        self.set_paged(model)
        self._share()

    def link_at(self, at: QPoint) -> tuple[str, int] | None:
        """The record (kind, id) whose name stands at a point of the viewport."""
        index = self.indexAt(at)
        line = self.paged().record(index.row()) if index.isValid() and index.column() == WHO else None
        if not isinstance(line, Line):
            return None
        inner = self.visualRect(index).adjusted(theme.px(PADDING), 0, -theme.px(PADDING), 0)
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return _link(line.row, inner.right() - at.x() if right else at.x() - inner.left(), inner)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers()
        link = self.link_at(event.position().toPoint()) if plain else None
        if link is not None:
            self.record_wanted.emit(*link)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        link = self.link_at(event.position().toPoint())
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if link else Qt.CursorShape.ArrowCursor)

    def after(self, ids: Sequence[int]) -> int | None:
        """The task that comes after the given ones in the list, else the one before them, None if none stays."""
        model = self.paged()
        rows = [row for row in map(model.row_of, ids) if row is not None]
        if not rows:
            return None
        below, above = range(max(rows) + 1, model.rowCount()), range(min(rows) - 1, -1, -1)
        places = (model.id_at(row) for row in (*below[:_NEAR], *above[:_NEAR]))
        return next((key for key in places if key is not None and key not in ids), None)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()  # the page steps back
        elif event.key() == Qt.Key.Key_Space:
            if ids := self.selected_ids():
                self.toggle_requested.emit(ids)
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._share()
        super().resizeEvent(event)

    def _share(self) -> None:
        """Names, customers and days in fixed shares of the width: there is no header to drag."""
        if self.model() is None:
            return
        spare = max(0, self.viewport().width() - theme.px(_DUE))
        self.setColumnWidth(DUE, theme.px(_DUE))
        self.setColumnWidth(WHO, round(spare * _WHO_SHARE))
        self._fit()


def _link(row: TaskRow, x: int, inner: QRect) -> tuple[str, int] | None:
    """Which of "customer · deal" a distance from the cell's start falls on."""
    if not 0 <= x <= inner.width():
        return None
    metrics = QFontMetrics(fonts.font())
    end = 0
    for kind, key, name in (("customers", row.customer_id, row.customer), ("deals", row.deal_id, row.deal)):
        if key is None or not name:
            continue
        start = end + (metrics.horizontalAdvance(" · ") if end else 0)
        end = start + metrics.horizontalAdvance(name)
        if start <= x <= end:
            return kind, key
    return None
