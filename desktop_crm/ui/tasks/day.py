"""The day beside the list: what is due at any time, then hour by hour."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from desktop_crm.domain.tasks import TaskFilter, TaskRow
from desktop_crm.domain.values import Period
from desktop_crm.services import tasks
from desktop_crm.services.book import Book
from desktop_crm.ui import theme
from desktop_crm.ui.jobs import Jobs, Latest
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.qt import override
from desktop_crm.ui.tasks.hours import HourColumn
from desktop_crm.ui.widgets.buttons import Button, IconButton
from desktop_crm.ui.widgets.cards import Panel
from desktop_crm.ui.widgets.chips import Chip
from desktop_crm.ui.widgets.labels import Dim, ElidedLabel, Hairline
from desktop_crm.ui.widgets.layout import FlowLayout, column, empty, row
from desktop_crm.ui.words import N_, current, tr, tr_count

_MOST = 120
_MOST_ANY_TIME = 4
_CHARS = 22  # of a name on a chip, so that two stand side by side


class DayPanel(Panel):
    """The tasks of one day; `chosen(id)` on a click, `shown(day)` when another day is shown."""

    chosen = Signal(int)
    shown = Signal(object)
    left = Signal()

    def __init__(self, book: Book, jobs: Jobs, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book, self._messages = book, messages
        self._latest = Latest(jobs)
        self._marked: list[int] = []
        self._loaded = False
        self.day = book.today()
        self._title = ElidedLabel("", 14, strong=True)
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.today_button = Button(tr(N_("Today")))
        self.today_button.clicked.connect(lambda: self.show_day(book.today()))
        arrows = ["chevron-left", "chevron-right"]
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            arrows.reverse()
        before = IconButton(arrows[0], tr(N_("The day before")))
        after = IconButton(arrows[1], tr(N_("The day after")))
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
        head.setLayout(row(self._title, before, after, self.today_button, gap=6, margins=(16, 0, 16, 0)))
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
        """Read the day's tasks again; the newest wish wins."""
        own = current().own_calendar(self.day, self._book.business.country)
        self._title.setText(" · ".join(part for part in (current().full_day(self.day), own) if part))
        self._title.setAccessibleDescription(current().day(self.day, "full"))
        self.tick()
        self._latest.run(lambda _: _tasks_of(self._book, self.day), self._show, self._messages.tell,
                         label=tr(N_("Loading the day")))

    def _show(self, found: tuple[list[TaskRow], int]) -> None:
        rows, more = found
        self._show_any_time([task for task in rows if task.due_time is None], more)
        self.column.set_tasks(rows)
        self.column.mark(self._marked)
        if not self._loaded:
            self._loaded = True
            self._show_now()

    def tick(self) -> None:
        """Move the line of the present minute."""
        now = self._book.business.local(self._book.now())
        self.column.set_now(now.time() if self.day == self._book.today() else None)
        self.today_button.setEnabled(self.day != self._book.today())

    def _show_now(self) -> None:
        """Bring the present hour into sight."""
        now = self._book.business.local(self._book.now())
        self._scroll.ensureVisible(0, self.column.y_of(now.hour * 60 + now.minute), 0, theme.px(180))

    def mark(self, ids: list[int]) -> None:
        """Mark the blocks of the tasks that are selected in the list."""
        self._marked = ids
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


def _tasks_of(book: Book, day: date) -> tuple[list[TaskRow], int]:
    """The first tasks of a day, and how many more there are."""
    wanted = TaskFilter(due=Period.day(day))
    ids = tasks.list_ids(book, wanted, limit=_MOST + 1)
    return tasks.rows(book, ids[:_MOST]), tasks.count(book, wanted) - _MOST if len(ids) > _MOST else 0


def _short(name: str) -> str:
    return name if len(name) <= _CHARS else name[:_CHARS - 1].rstrip() + "…"


def _scrolled(inner: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    area.viewport().setAutoFillBackground(False)
    inner.setAutoFillBackground(False)
    return area
