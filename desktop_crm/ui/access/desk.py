"""Who may see the window, who works in it and what may leave it: lock, picker of people and gate as one part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow, QWidget

from desktop_crm import settings as preferences
from desktop_crm.ui.access.gate import Gate
from desktop_crm.ui.access.lock import KEYS as LOCK_KEYS
from desktop_crm.ui.access.lock import AppLock
from desktop_crm.ui.access.worker_button import KEYS as WORKER_KEYS
from desktop_crm.ui.access.worker_button import WorkerButton
from desktop_crm.ui.access.working import Working
from desktop_crm.ui.acts import Act
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.words import N_

if TYPE_CHECKING:  # the services bring SQLModel with them: not before the shell is on the screen
    from desktop_crm.domain.changes import Changes
    from desktop_crm.services.book import Book


class Access(QObject):
    """The lock and who works, for the file that is open: `left` gives the keyboard back to the page.

    `setting_wanted(section)` leads to where sellers, PINs and the lock are set.
    """

    left = Signal()
    setting_wanted = Signal(str)

    def __init__(self, window: QMainWindow, centre: QWidget, button: WorkerButton, messages: Messages,
                 settings: preferences.Settings) -> None:
        super().__init__(window)
        self.lock = AppLock(window, centre)
        self.working = Working(button, centre, messages, settings)
        self.gate = Gate(window, messages)
        self._waiting: Book | None = None  # locked since it was opened: nobody is asked for a PIN before the password
        self.working.left.connect(self.left)
        self.working.changed.connect(self.gate.close)
        self.working.sellers_wanted.connect(lambda: self.setting_wanted.emit("sellers"))
        self.lock.changed.connect(self._turned)
        self.gate.missing.connect(lambda: self.setting_wanted.emit("owner"))
        self.lock.missing.connect(lambda: self.setting_wanted.emit("access"))

    def acts(self) -> list[Act]:
        """What can be done here at any time."""
        return [Act("work_as", N_("Work as…"), self.working.choose, WORKER_KEYS, "person"),
                Act("lock", N_("Lock the window"), self.lock.lock, LOCK_KEYS, "lock"),
                Act("owner_again", N_("Ask for the owner's PIN again"), self.gate.close_by_hand, "", "lock")]

    def begin(self, book: Book, *, asked: bool = False) -> None:
        """Answer for a file that was opened; its lock comes before anything is shown, unless that was `asked`."""
        self.gate.begin(book)
        self.lock.begin(book, asked=asked)
        if self.lock.locked:
            self._waiting = book
        else:
            self.working.begin(book)

    def _turned(self, locked: bool) -> None:
        self.gate.close()
        if not locked and self._waiting is not None:
            self.working.begin(self._waiting)
            self._waiting = None

    def stop(self) -> None:
        """Answer for no file any more."""
        self._waiting = None
        self.lock.stop()
        self.working.stop()
        self.gate.stop()

    def reload(self, changes: Changes) -> None:
        """Take up what was changed in the settings."""
        if changes.touches("sellers"):
            self.working.refresh()
        if changes.touches("settings"):
            self.lock.refresh()
