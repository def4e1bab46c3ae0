"""The day beside the list: what is due at any time, then hour by hour."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop_crm.domain.tasks import TaskFilter, TaskRow
from desktop_crm.domain.values import Period
from desktop_crm.services import tasks
from desktop_crm.services.book import Book
from desktop_crm.ui import theme
from desktop_crm.ui.qt import override
from desktop_crm.ui.tasks.hours import HourColumn
from desktop_crm.ui.widgets import (
    Button,
    Chip,
    Dim,
    FlowLayout,
    Hairline,
    Heading,
    IconButton,
    Panel,
    column,
    empty,
    row,
)
from desktop_crm.ui.words import N_, current, tr, tr_count

_MOST = 120
_MOST_ANY_TIME = 6


class DayPanel(Panel):
    """The tasks of one day; `chosen(id)` on a click, `shown(day)` when another day is shown."""

    chosen = Signal(int)
    shown = Signal(object)
    left = Signal()

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self.day = book.today()
        self._title = Heading("", 14)
        self.today_button = Button(tr(N_("Today")))
        self.today_button.clicked.connect(lambda: self.show_day(book.today()))
        before = IconButton("chevron-left", tr(N_("The day before")))
        after = IconButton("chevron-right", tr(N_("The day after")))
        before.clicked.connect(lambda: self.step(-1))
        after.clicked.connect(lambda: self.step(1))
        self._any = QWidget()
        self._flow = FlowLayout(self._any, gap=6)
        self.column = HourColumn()
        self.column.chosen.connect(self.chosen)
        self._more = Dim("", 12)
        self._scroll = _scrolled(self.column)
        head = QWidget()
        head.setFixedHeight(theme.px(48))
        head.setLayout(row(self._title, None, before, after, self.today_button, gap=6, margins=(16, 0, 16, 0)))
        above = QWidget()
        above.setLayout(column(self._any, self._more, gap=6, margins=(16, 8, 16, 8)))
        self._above = above
        self.setLayout(column(head, Hairline(), above, self._scroll, gap=0))

    def show_day(self, day: date) -> None:
        """Show another day."""
        self.day = day
        self.reload()
        self.shown.emit(day)

    def step(self, days: int) -> None:
        """Show the day so many days after."""
        self.show_day(self.day + timedelta(days=days))

    def reload(self) -> None:
        """Read the day's tasks again."""
        wanted = TaskFilter(due=Period.day(self.day))
        ids = tasks.list_ids(self._book, wanted, limit=_MOST + 1)
        found = tasks.rows(self._book, ids[:_MOST])
        more = tasks.count(self._book, wanted) - len(found) if len(ids) > _MOST else 0
        self._title.setText(current().full_day(self.day))
        self._title.setAccessibleDescription(current().day(self.day, "full"))
        self._show_any_time([task for task in found if task.due_time is None], more)
        self.column.set_tasks(found)
        self.tick()

    def tick(self) -> None:
        """Move the line of the present minute."""
        now = self._book.business.local(self._book.now())
        self.column.set_now(now.time() if self.day == self._book.today() else None)
        self.today_button.setEnabled(self.day != self._book.today())

    def show_now(self) -> None:
        """Bring the present hour into sight."""
        now = self._book.business.local(self._book.now())
        self._scroll.ensureVisible(0, self.column.y_of(now.hour * 60 + now.minute), 0, theme.px(180))

    def mark(self, ids: list[int]) -> None:
        """Mark the blocks of the tasks that are selected in the list."""
        self.column.mark(ids)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.step(1 if event.key() == Qt.Key.Key_PageDown else -1)
        else:
            super().keyPressEvent(event)

    def _show_any_time(self, found: list[TaskRow], more: int) -> None:
        """The tasks without a time, as chips above the hours; the rest of many as a number."""
        empty(self._flow)
        for task in found[:_MOST_ANY_TIME]:
            chip = Chip(_short(task.name), icon="check" if task.done_on else "", toggles=False, parent=self._any)
            chip.setAccessibleName(", ".join((task.name, tr(N_("any time")))))
            chip.setToolTip(task.name if len(task.name) <= 60 else "")
            chip.clicked.connect(lambda _=False, key=task.id: self.chosen.emit(key))
            self._flow.addWidget(chip)
            chip.show()
        hidden = max(0, len(found) - _MOST_ANY_TIME) + more
        self._any.setVisible(bool(found))
        self._more.setVisible(bool(hidden))
        self._more.setText(tr_count(N_("and {n} more"), N_("and {n} more"), hidden))
        self._above.setVisible(bool(found or hidden))
        self._any.updateGeometry()


def _short(name: str) -> str:
    return name if len(name) <= 28 else name[:27].rstrip() + "…"


def _scrolled(inner: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    area.viewport().setAutoFillBackground(False)
    inner.setAutoFillBackground(False)
    return area
