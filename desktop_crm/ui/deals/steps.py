"""The tasks of a deal on its card: ticked off where they stand, and the next one written in a line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QCheckBox, QMenu, QWidget

from desktop_crm.domain.errors import CrmError
from desktop_crm.domain.tasks import TaskFilter, TaskRow
from desktop_crm.services import quick_add, tasks
from desktop_crm.services.book import Book
from desktop_crm.ui.deals import standing
from desktop_crm.ui.deals.header import choices
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.fields import QuickLine
from desktop_crm.ui.widgets.labels import ElidedLabel
from desktop_crm.ui.widgets.layout import column, empty, row
from desktop_crm.ui.words import N_, current, tr

_DONE_SHOWN = 3
_WHEN: dict[str, tuple[str, int | None]] = {
    "today": (N_("Today"), 0), "tomorrow": (N_("Tomorrow"), 1), "three": (N_("In three days"), 3),
    "week": (N_("In a week"), 7), "undated": (N_("No date"), None)}


class StepLine(QWidget):
    """One task: a box to tick, its name, its day; a click or Enter on the name opens it."""

    ticked = Signal(int, bool)
    opened = Signal(int)

    def __init__(self, task: TaskRow, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._task = task.id
        done = task.done_on is not None
        late = not done and task.due_on is not None and task.due_on < today
        self.box = QCheckBox()
        self.box.setChecked(done)
        self.box.setAccessibleName(task.name)
        self.box.toggled.connect(lambda on: self.ticked.emit(task.id, on))
        name = ElidedLabel(task.name, tone="dim" if done else "")
        line = row(self.box, name, _when(task, today, late))
        line.setStretch(1, 1)
        self.setLayout(line)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit(self._task)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self._task)
        else:
            super().keyPressEvent(event)


def _when(task: TaskRow, today: date, late: bool) -> ElidedLabel:
    if task.done_on is not None:
        return ElidedLabel(tr(N_("done {day}"), day=standing.short_day(task.done_on)), 12, tone="dim")
    if task.due_on is None:
        return ElidedLabel(size=12)
    day = tr(N_("today")) if task.due_on == today else standing.short_day(task.due_on)
    text = " ".join(part for part in (day, task.due_time) if part)
    return ElidedLabel(tr(N_("overdue {day}"), day=text) if late else text, 12, tone="bad" if late else "dim")


class Steps(QWidget):
    """The open tasks of a deal, the last done ones, and a line that adds one with its day."""

    opened = Signal(int)

    def __init__(self, book: Book, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book, self._messages = book, messages
        self._deal = 0
        self._customer: int | None = None
        self._when = "tomorrow"
        menu = QMenu(self)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        self.quick = QuickLine(self._hint(), "calendar", menu, tr(N_("When the next step is due")))
        self.quick.entered.connect(self._add)
        self._rows = column(gap=6)
        self.setLayout(column(self._rows, self.quick, gap=8))

    def show_deal(self, deal: int, customer: int | None) -> None:
        """Show the tasks of a deal; `customer` is linked to the ones that are added."""
        if deal != self._deal:
            self.quick.clear()
        self._deal, self._customer = deal, customer
        self.reload()

    def reload(self) -> None:
        """Read the tasks again."""
        wanted = TaskFilter(deals=(self._deal,), open_only=True)
        done = TaskFilter(deals=(self._deal,), done_only=True)
        ids = tasks.list_ids(self._book, wanted) + tasks.list_ids(self._book, done, "done", True, _DONE_SHOWN)
        empty(self._rows)
        for item in tasks.rows(self._book, ids):
            line = StepLine(item, self._book.today())
            line.ticked.connect(self._tick)
            line.opened.connect(self.opened)
            self._rows.addWidget(line)

    def lines(self) -> list[StepLine]:
        """The tasks that are shown, open ones first."""
        items = (self._rows.itemAt(number) for number in range(self._rows.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, StepLine)]

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        choices(menu, [(key, tr(title)) for key, (title, _) in _WHEN.items()], self._when, self._set_when)

    def _set_when(self, key: str) -> None:
        self._when = key
        self.quick.setPlaceholderText(self._hint())
        self.quick.setFocus()

    def _hint(self) -> str:
        title, _ = _WHEN[self._when]
        return tr(N_("Next step ({when})"), when=tr(title).lower())

    def _add(self, text: str) -> None:
        """Add what was written; a day or a time in its words goes before the one that was picked."""
        if self._try(lambda: tasks.add(self._book, self._values(text))):
            self.quick.clear()

    def _values(self, text: str) -> dict[str, object]:
        said = quick_add.parse(self._book, current(), text, without=("customer",))
        days = _WHEN[self._when][1]
        picked = None if days is None else self._book.today() + timedelta(days=days)
        return {"name": said.name, "kind": said.kind, "due_on": said.due_on or picked, "due_time": said.due_time,
                "minutes": said.minutes, "deal_id": self._deal, "customer_id": self._customer}

    def _tick(self, task: int, done: bool) -> None:
        self._try(lambda: tasks.finish(self._book, [task], done))

    def _try(self, act: Callable[[], object]) -> bool:
        try:
            act()
        except CrmError as error:
            self._messages.tell(error)
            return False
        return True
