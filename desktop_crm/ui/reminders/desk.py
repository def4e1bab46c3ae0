"""Reminders as one part of the frame: the watch, the panel in the corner and the tray, wired together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_crm.domain.errors import CrmError
from desktop_crm.ui.acts import Act
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.reminders.watcher import Watcher
from desktop_crm.ui.words import N_, N_count, current, tr, tr_count

if TYPE_CHECKING:  # the services bring much with them: not before the shell is on the screen
    from desktop_crm.domain.changes import Changes
    from desktop_crm.domain.reminders import ReminderRow
    from desktop_crm.services.book import Book
    from desktop_crm.ui.reminders.panel import ReminderPanel
    from desktop_crm.ui.reminders.tray import Tray

_Said = tuple[str, tuple[str, str]]
_DONE: _Said = (N_("Done: {name}"), N_count("Done: {n} task", "Done: {n} tasks"))
_DISMISSED: _Said = (N_("Reminder dismissed: {name}"), N_count("{n} reminder dismissed", "{n} reminders dismissed"))


class Reminders(QObject):
    """Rings for the file that is open: `record_wanted(kind, id)`, `rows_wanted(filter, title)` as a page does.

    `left()` gives the keyboard back to the page. While `over`, what the window holds, is hidden by the lock,
    notifications name nobody.
    """

    record_wanted = Signal(str, int)
    rows_wanted = Signal(object, str)
    left = Signal()

    def __init__(self, window: QWidget, over: QWidget, jobs: Jobs, messages: Messages) -> None:
        super().__init__(window)
        self._window, self._over, self._messages = window, over, messages
        self._book: Book | None = None
        self._rows: list[ReminderRow] = []
        self.watcher = Watcher(jobs, messages.tell, self)
        self.watcher.rang.connect(self._rang)
        self.watcher.passed.connect(self._passed)

    @cached_property
    def panel(self) -> ReminderPanel:
        """The panel; made when something rings first."""
        from desktop_crm.ui.reminders.panel import ReminderPanel

        panel = ReminderPanel(self._over)
        panel.done.connect(self._done)
        panel.snoozed.connect(self._snooze)
        panel.dismissed.connect(self._dismiss)
        panel.opened.connect(lambda task: self.record_wanted.emit("tasks", task))
        panel.customer_wanted.connect(lambda customer: self.record_wanted.emit("customers", customer))
        panel.all_wanted.connect(self._list)
        panel.left.connect(self.left)
        return panel

    @cached_property
    def tray(self) -> Tray:
        """The tray; asked for when something rings first."""
        from desktop_crm.ui.reminders.tray import Tray

        tray = Tray(parent=self)
        tray.clicked.connect(self._come)
        return tray

    def acts(self) -> list[Act]:
        """What can be done here at any time."""
        return [Act("reminders", N_("Go to the reminders"), self.focus, "F6", "bell")]

    def begin(self, book: Book) -> None:
        """Ring for a file that was opened; one that is only read rings in the window that writes it."""
        self._book = book
        if not book.reading:
            self.watcher.begin(book)

    def stop(self) -> None:
        """Ring for no file any more."""
        self.watcher.stop()
        if self._rows:
            self._show([])
        self._book = None

    def reload(self, changes: Changes) -> None:
        """Take up what was changed."""
        self.watcher.reload(changes)

    def focus(self) -> None:
        """Put the keyboard on the first reminder that rings."""
        if self._rows:
            self.panel.begin()
        else:
            self._messages.note(tr(N_("No reminder is ringing.")))

    # --- what rings -----------------------------------------------------------------------------------------------

    def _rang(self, rows: list[ReminderRow], new: set[int]) -> None:
        if self._book is None or not (rows or self._rows):
            return
        self._show(rows, unfold=bool(new))
        now = self._book.now()
        told = [row for row in rows if row.task in new]
        self.tray.tell(told, self._book.business.local(now), private=self._over.isHidden())
        self.tray.show_count(len(rows))

    def _show(self, rows: list[ReminderRow], unfold: bool = False) -> None:
        if self._book is not None:
            self._rows = rows
            fold = self.panel.folded and not unfold and bool(rows)
            self.panel.show_rows(rows, self._book.business, self._book.now(), fold=fold)
            if not rows:
                self.tray.show_count(0)

    def _passed(self) -> None:
        if self._book is not None and self._rows:
            self.panel.tick(self._book.now())

    def _come(self, task: int) -> None:
        """The notification was clicked: bring the window to the front, on what it told of."""
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        if self._over.isHidden():
            return
        if task and task in self.panel.ids():
            self.panel.fold(True)
            self.record_wanted.emit("tasks", task)
        elif self._rows:
            self.panel.begin()

    def _list(self) -> None:
        from desktop_crm.domain.tasks import TaskFilter

        self.panel.fold(True)
        self.rows_wanted.emit(TaskFilter(ids=tuple(self.panel.ids())), tr(N_("Reminders")))

    # --- what is done about it ------------------------------------------------------------------------------------

    def _done(self, ids: list[int]) -> None:
        from desktop_crm.services import tasks

        self._act(ids, lambda book: tasks.finish(book, ids), self._told(ids, _DONE))

    def _snooze(self, ids: list[int], until: datetime) -> None:
        from desktop_crm.services import reminders

        book = self._book
        if book is not None:
            local = book.business.local(until)
            time = current().clock(local)
            if local.date() != book.business.local(book.now()).date():
                time = f"{current().skeleton(local.date(), 'E')} {time}"
            told = tr(N_("Rings again at {time}: {name}"), time=time, name=self._names(ids)[0])
            self._act(ids, lambda book: reminders.snooze(book, ids, until), told)

    def _dismiss(self, ids: list[int]) -> None:
        from desktop_crm.services import reminders

        self._act(ids, lambda book: reminders.answer(book, ids), self._told(ids, _DISMISSED))

    def _names(self, ids: Sequence[int]) -> list[str]:
        return [row.name for row in self._rows if row.task in ids]

    def _told(self, ids: Sequence[int], said: _Said) -> str:
        """The sentence for one reminder by its task's name, for several by their number."""
        return tr(said[0], name=self._names(ids)[0]) if len(ids) == 1 else tr_count(*said[1], len(ids))

    def _act(self, ids: Sequence[int], act: Callable[[Book], Changes], told: str) -> None:
        """Do it, tell it with a way back, and look again at once: what was answered must not stand a moment longer."""
        book = self._book
        if book is None:
            return
        self.watcher.drop()
        try:
            changes = act(book)
        except CrmError as error:
            self._messages.tell(error)
            self.watcher.look()
            return
        self._show([row for row in self._rows if row.task not in ids])
        self.watcher.look()
        if changes.count:
            self._messages.undoable(told, lambda: self._undo(book, changes.work_id))

    def _undo(self, book: Book, work: int) -> None:
        """Undo an act that was told, if nothing was done since."""
        from desktop_crm.services import history

        try:
            newest = history.acts(book, current(), limit=1)
            if newest and newest[-1].id == work:
                book.undo()
            else:
                self._messages.note(tr(N_("Something else was done since. Undo it first with Ctrl+Z.")))
        except CrmError as error:
            self._messages.tell(error)
