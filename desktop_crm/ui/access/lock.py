"""The lock of the window: covers it after idle minutes or when asked, until the password is typed.

It hides what the window shows and lets no key through. Whether the file is encrypted is another matter, and it says so.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from shiboken6 import isValid

from desktop_crm.domain.access import Tries
from desktop_crm.ui.qt import override
from desktop_crm.ui.words import N_, N_count, tr, tr_count

if TYPE_CHECKING:  # most files have no lock: nothing of it is loaded before one is found
    from desktop_crm.services.book import Book
    from desktop_crm.ui.access.cover import LockCover

KEYS = "F12"
_LOOK = 5_000
"""Milliseconds between two looks at the clock."""
_KIND = QEvent.Type
_BUSY = frozenset((_KIND.KeyPress, _KIND.MouseMove, _KIND.MouseButtonPress, _KIND.Wheel, _KIND.TouchBegin,
                   _KIND.TabletPress))
_DEAD = frozenset((_KIND.Shortcut, _KIND.DragEnter, _KIND.DragMove, _KIND.Drop))
_TYPED = frozenset((_KIND.KeyPress, _KIND.KeyRelease, _KIND.ShortcutOverride, _KIND.InputMethod))
_WAIT = N_count("Too many wrong tries. Try again in {n} second.", "Too many wrong tries. Try again in {n} seconds.")


def wait_sentence(seconds: int) -> str:
    """What is said while wrong tries make one wait."""
    return tr_count(*_WAIT, seconds)


def seconds() -> float:
    """A clock that goes on while the computer sleeps, and that nobody can set."""
    kind = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))  # the second sleeps on Linux only
    return time.monotonic() if kind is None else time.clock_gettime(kind)


class AppLock(QObject):
    """Covers `window` and hides `centre`, all that it holds; `changed(locked)`, and `leave_wanted` to close the file.

    `missing` is emitted if somebody wants to lock a window whose file has no lock.
    """

    changed = Signal(bool)
    missing = Signal()
    leave_wanted = Signal()

    def __init__(self, window: QMainWindow, centre: QWidget, clock: Callable[[], float] = seconds) -> None:
        super().__init__(window)
        self.locked = False
        self._window, self._centre, self._clock = window, centre, clock
        self._book: Book | None = None
        self._focused: QWidget | None = None
        self._minutes: int | None = None
        self._last, self._tries = clock(), Tries()
        self._timer = QTimer(self, interval=_LOOK)
        self._timer.timeout.connect(self.tick)

    @cached_property
    def cover(self) -> LockCover:
        """What stands over the window while it is locked."""
        from desktop_crm.ui.access.cover import LockCover

        cover = LockCover(self._window)
        cover.tried.connect(self._try)
        cover.left.connect(self.leave_wanted)
        return cover

    def begin(self, book: Book, *, asked: bool = False) -> None:
        """Answer for a file that was opened: lock at once if it has a lock, unless the password was `asked` for."""
        self._book, self._tries = book, Tries()
        self.refresh()
        if self._minutes is not None and not asked:
            self.lock()

    def refresh(self) -> None:
        """Take up the lock as the file has it now."""
        from desktop_crm.services import access

        before, self._minutes = self._minutes, access.lock_minutes(self._book) if self._book is not None else None
        application = QApplication.instance()
        assert application is not None
        if before is None and self._minutes is not None:
            application.installEventFilter(self)
        elif before is not None and self._minutes is None:
            application.removeEventFilter(self)
        self._last = self._clock()
        if self._minutes:
            self._timer.start()
        else:
            self._timer.stop()

    def stop(self) -> None:
        """Answer for no file any more."""
        self._book = None
        self.refresh()
        self._uncover()

    def tick(self) -> None:
        """Lock if nobody has done anything for the minutes that were chosen."""
        if not self.locked and self._idle():
            self.lock()

    def lock(self) -> None:
        """Cover the window now; every other window of the program is closed."""
        if self._minutes is None:
            self.missing.emit()
        if self._minutes is None or self.locked:
            return
        self.locked, self._focused = True, self._window.focusWidget()
        for other in QApplication.topLevelWidgets():
            if other is not self._window and other.isVisible():
                other.close()
        self.cover.begin(self._book is not None and self._book.key is not None)
        self._centre.hide()
        QApplication.instance().focusChanged.connect(self._hold)  # type: ignore[union-attr]
        self.changed.emit(True)

    def _idle(self) -> bool:
        return bool(self._minutes) and self._clock() - self._last >= 60 * (self._minutes or 0)

    def _try(self, password: str) -> None:
        from desktop_crm.services import access

        left = self._tries.wait(self._clock())
        if self._book is None or left:
            self.cover.refuse(wait_sentence(left))
        elif access.unlocks(self._book, password):
            self._tries.clear()
            self._last = self._clock()
            self._uncover()
        else:
            self._tries.missed(self._clock())
            self.cover.refuse(tr(N_("That is not the password.")))

    def _uncover(self) -> None:
        if self.locked:
            self.locked = False
            QApplication.instance().focusChanged.disconnect(self._hold)  # type: ignore[union-attr]
            self._centre.show()
            self.cover.hide()
            if self._focused is not None and isValid(self._focused):
                self._focused.setFocus()
            self.changed.emit(False)

    def _behind(self, part: QObject | None) -> bool:
        """Whether `part` is hidden behind the cover."""
        return isinstance(part, QWidget) and part.window() is self._window and part is not self.cover \
            and not self.cover.isAncestorOf(part)

    def _hold(self, _: QWidget | None, now: QWidget | None) -> None:
        """Keep the keyboard at the cover; a page that asks for it while hidden gets it with the password."""
        if self._behind(now):
            self._focused = now
            self.cover.field.setFocus()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if self.locked:
            if kind == _KIND.Resize and watched is self._window:
                self.cover.setGeometry(self._window.rect())
            return kind in _DEAD or (kind in _TYPED and self._behind(watched))
        if kind not in _BUSY:
            return False
        if self._idle():  # the first touch after a long sleep may come before the timer
            self.lock()
            return True
        self._last = self._clock()
        return False
