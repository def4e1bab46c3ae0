"""The watch over reminders: looks at the wall clock again and again, and needs no timer to be exact.

What rings is what the file says has come by now. A computer that slept, or whose clock was set, is no special case:
the next look finds what has come meanwhile. Beside it, the bell of the file knows what was told already.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_crm.ui.jobs import Jobs, Latest

if TYPE_CHECKING:  # the services bring much with them: not before the shell is on the screen
    from desktop_crm.domain.changes import Changes
    from desktop_crm.domain.reminders import ReminderRow
    from desktop_crm.services.book import Book

_EVERY = 15_000
_FIRST = 1_200
"""Milliseconds after a file was opened: the first list comes before the reminders."""


class Watcher(QObject):
    """Announces `rang(rows, new)`: all that rings, the latest first, and the tasks among it that were not told yet.

    `passed()` after each look at the clock: how late things are has changed.
    """

    rang = Signal(object, object)
    passed = Signal()

    def __init__(self, jobs: Jobs, failed: Callable[[Exception], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._latest, self._tell = Latest(jobs), failed
        self._book: Book | None = None
        self._next: datetime | None = None  # the first ring to come, as of the last look into the file
        self._looked = self._failed = False
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self.tick)
        self._first = QTimer(self, singleShot=True, interval=_FIRST)
        self._first.timeout.connect(self.look)

    def begin(self, book: Book) -> None:
        """Watch over the reminders of a file that was opened."""
        self._book, self._next, self._looked, self._failed = book, None, False, False
        self._first.start()
        self._timer.start()

    def stop(self) -> None:
        """Watch over no file any more."""
        self._first.stop()
        self._timer.stop()
        self._latest.drop()
        self._book = None

    def tick(self) -> None:
        """Compare with the wall clock, and look into the file if a ring has come."""
        if self._book is None:
            return
        if not self._looked or (self._next is not None and self._book.now() >= self._next):
            self.look()
        self.passed.emit()

    def reload(self, changes: Changes) -> None:
        """Look into the file again if what was changed can change what rings or how it is told."""
        if self._book is not None and changes.touches("tasks", "customers", "settings"):
            self.look()

    def drop(self) -> None:
        """Forget the look that is under way: what it finds is about to change."""
        self._latest.drop()

    def look(self) -> None:
        """Look into the file, off the screen's thread."""
        from desktop_crm.services import reminders

        book = self._book
        if book is None:
            return
        now, told = book.now(), reminders.bell(book).told
        self._latest.run(lambda _: (reminders.due(book, now, told), reminders.next_ring(book, now)), self._heard,
                         self._refused, label="")

    def _heard(self, found: tuple[list[ReminderRow], datetime | None]) -> None:
        from desktop_crm.services import reminders

        if self._book is None:
            return
        rows, self._next = found
        self._looked, self._failed = True, False
        self.rang.emit(rows, reminders.bell(self._book).hear((row.task, row.ring_at) for row in rows))

    def _refused(self, error: Exception) -> None:
        """Say once that the file cannot be read, and go on trying."""
        self._looked = False
        if not self._failed:
            self._failed = True
            self._tell(error)
