"""The line in which a task is written as people say it, with what was understood beneath."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from desktop_crm.domain.activities import KINDS
from desktop_crm.services import quick_add
from desktop_crm.services.book import Book
from desktop_crm.services.quick_add import QuickTask
from desktop_crm.services.timeline import ICONS
from desktop_crm.ui import theme
from desktop_crm.ui.jobs import Jobs, Latest
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.qt import override
from desktop_crm.ui.reminders import offsets
from desktop_crm.ui.tasks import clash, lines
from desktop_crm.ui.tasks.clash import InTheWay
from desktop_crm.ui.widgets.buttons import literal
from desktop_crm.ui.widgets.chips import Chip
from desktop_crm.ui.widgets.fields import QuickLine
from desktop_crm.ui.widgets.labels import Dim, Label
from desktop_crm.ui.widgets.layout import FlowLayout, column, empty
from desktop_crm.ui.words import N_, current, tr

_EXAMPLE = N_("call Aminah tomorrow 10:00 about mosaic")


class QuickAdd(QWidget):
    """Text and Enter: `added(QuickTask)`. What is read out of the line stands beneath as chips.

    A click on a chip, or Backspace at the line's start, leaves that part in the name; Escape takes the
    reading back as a whole, then empties the line, then asks to go (`left`). A task in the way is told, with
    the next free time as a chip that takes it.
    """

    added = Signal(object)
    left = Signal()

    def __init__(self, book: Book, jobs: Jobs, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book, self._messages = book, messages
        self._latest = Latest(jobs)
        self._without: set[str] = set()
        self._read: tuple[str, frozenset[str], QuickTask] | None = None
        self._chosen: tuple[int | None, ...] = ()  # the reminder that was chosen for this line, if any
        self.line = QuickLine(tr(_EXAMPLE), "plus")
        self.line.setAccessibleName(tr(N_("Add a task")))
        self.line.installEventFilter(self)
        self.line.textEdited.connect(self._edited)
        self.line.entered.connect(self._enter)
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, gap=6)
        self._chips.hide()
        self.setFocusProxy(self.line)
        self.setLayout(column(self.line, self._chips, gap=6, margins=(16, 10, 16, 6)))

    def preview(self) -> QuickTask | None:
        """What Enter would add, as far as it is read; None for an empty line."""
        return self._read[2] if self._read is not None else None

    def clear(self) -> None:
        """Empty the line."""
        self.line.clear()
        self._latest.drop()
        self._without.clear()
        self._chosen = ()
        self._show(None)

    def leave_out(self, part: str) -> None:
        """Leave a part (of quick_add.PARTS) in the name instead of reading it."""
        self._without.add(part)
        self._parse()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self._back()
                return True
            if event.key() == Qt.Key.Key_Backspace and self.line.cursorPosition() == 0 and not \
                    self.line.hasSelectedText() and self._parts():
                self.leave_out(self._parts()[-1])
                return True
        return super().eventFilter(watched, event)

    def _parts(self) -> tuple[str, ...]:
        task = self.preview()
        return task.parts() if task is not None else ()

    def _back(self) -> None:
        if self._parts():
            self._without.update(quick_add.PARTS)
            self._parse()
        elif self.line.text():
            self.clear()
        else:
            self.left.emit()

    def _edited(self, text: str) -> None:
        if not text.strip():
            self.clear()
        else:
            self._parse()

    def _parse(self) -> None:
        text, without, language = self.line.text(), frozenset(self._without), current()

        def work(_: object) -> tuple[QuickTask, InTheWay]:
            task = quick_add.parse(self._book, language, text, without)
            return task, clash.look(self._book, clash.Time(task.due_on, task.due_time, task.minutes), language)

        def done(found: tuple[QuickTask, InTheWay]) -> None:
            task, way = self._reminded(found[0]), found[1]
            self._read = (text, without, task)
            self._show(task, way)

        self._latest.run(work, done, self._messages.tell, label=tr(N_("Reading the line")))

    def _enter(self, text: str) -> None:
        """Add what the preview shows; if the reading is not there yet, read now."""
        wanted = (self.line.text(), frozenset(self._without))
        if self._read is not None and self._read[:2] == wanted:
            self.added.emit(self._read[2])
        else:
            self.added.emit(self._reminded(quick_add.parse(self._book, current(), text, wanted[1])))

    def _show(self, task: QuickTask | None, way: InTheWay | None = None) -> None:
        """Put one chip per part that was read beneath the line, and what is in the way of its time."""
        if task is None:
            self._read = None
        empty(self._flow)
        said = said_of(task, self._book) if task is not None else []
        for part, text, icon in said:
            chip = Chip(f"{text} ×", icon=icon, toggles=False, parent=self._chips)
            chip.setAccessibleName(tr(N_("{part}: leave it in the text"), part=text))
            chip.clicked.connect(lambda _=False, part=part: self._leave_out_and_return(part))
            self._flow.addWidget(chip)
            chip.show()
        if task is not None and task.due_time is not None:
            self._offer_reminder(task)
        if said and task is not None:
            name = Dim(f"→ {task.name}" if task.name else tr(N_("What is to be done?")), 12, parent=self._chips)
            name.setFixedHeight(theme.px(24))
            self._flow.addWidget(name)
            name.show()
        if task is not None and way is not None and way.text():
            self._warn(task, way)
        self._chips.setVisible(bool(said))
        told = [text for _, text, _ in said] + [way.text() if way is not None else ""]
        self._chips.setAccessibleName(", ".join(text for text in told if text))
        self._chips.updateGeometry()

    def _offer_reminder(self, task: QuickTask) -> None:
        """Say when the task will ring, as a chip that offers other times."""
        chip = Chip(offsets.said(task.remind_minutes), icon="bell", toggles=False, parent=self._chips)
        chip.setAccessibleName(tr(N_("Reminder: {when}"), when=offsets.said(task.remind_minutes)))
        menu = QMenu(chip)
        for minutes in offsets.offered(task.remind_minutes):
            action = menu.addAction(literal(offsets.said(minutes)))
            action.triggered.connect(lambda _=False, minutes=minutes: self._remind(minutes))
        chip.set_menu(menu)
        self._flow.addWidget(chip)
        chip.show()

    def _remind(self, minutes: int | None) -> None:
        """Let the task of this line ring so many minutes before; it stays so while the line is typed on."""
        self._chosen = (minutes,)
        if self._read is not None:
            text, without, task = self._read
            moved = replace(task, remind_minutes=minutes)
            self._read = (text, without, moved)
            self._show(moved)
        self.line.setFocus()

    def _reminded(self, task: QuickTask) -> QuickTask:
        """The reading with the reminder that was chosen, if one was."""
        return replace(task, remind_minutes=self._chosen[0]) if self._chosen and task.due_time else task

    def _warn(self, task: QuickTask, way: InTheWay) -> None:
        warning = Label(way.text(), 12, tone="warn", parent=self._chips)
        warning.setFixedHeight(theme.px(24))
        self._flow.addWidget(warning)
        warning.show()
        free = way.clash.free if way.clash is not None else None
        if free is not None:
            text = clash.said_free(free, task.due_on)
            chip = Chip(f"→ {text}", icon="clock", toggles=False, parent=self._chips)
            chip.setAccessibleName(tr(N_("Next free time: {time}"), time=text))
            chip.clicked.connect(lambda: self._take(free))
            self._flow.addWidget(chip)
            chip.show()

    def _take(self, free: datetime) -> None:
        """Put the task at a free time; typing on reads the line anew."""
        if self._read is not None:
            text, without, task = self._read
            moved = replace(task, due_on=free.date(), due_time=free.strftime("%H:%M"))
            self._read = (text, without, moved)
            self._show(moved)
        self.line.setFocus()

    def _leave_out_and_return(self, part: str) -> None:
        self.leave_out(part)
        self.line.setFocus()


def said_of(task: QuickTask, book: Book) -> list[tuple[str, str, str]]:
    """The parts of a reading as (part, text, icon), in the order of the preview."""
    said = []
    if task.kind:
        said.append(("kind", tr(KINDS[task.kind]), ICONS.get(task.kind, "note")))
    if task.customer_id is not None:
        name = " · ".join(part for part in (task.customer, task.deal) if part)
        said.append(("customer", name, "person"))
    if task.due_on is not None:
        said.append(("day", _day(task, book), "calendar"))
    if task.due_time is not None:
        length = tr(N_("{n} min"), n=current().number(task.minutes)) if task.minutes else ""
        said.append(("time", " · ".join(part for part in (lines.clock(task.due_time), length) if part), "clock"))
    if task.important:
        said.append(("important", tr(N_("important")), "flag"))
    return said


def _day(task: QuickTask, book: Book) -> str:
    """The day as people say it, with the date that it means."""
    if task.due_on is None:
        return ""
    days = (task.due_on - book.today()).days
    plain = current().skeleton(task.due_on, "EEEdMMM" if task.due_on.year == book.today().year else "yMMMEEEd")
    name = {0: N_("Today"), 1: N_("Tomorrow")}.get(days)
    return f"{tr(name)} · {plain}" if name else plain
