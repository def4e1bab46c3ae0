"""Asking for the password of an encrypted file: beside the window's work, with a longer wait after each wrong one."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from desktop_crm.domain.access import Tries
from desktop_crm.domain.errors import CrmError, FileLost, PasswordNeeded
from desktop_crm.ui.access.lock import seconds, wait_sentence
from desktop_crm.ui.jobs import Jobs, Latest
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.words import N_, current, tr

if TYPE_CHECKING:  # most files are not encrypted, and are opened without it
    from desktop_crm.services.encrypting import Key
    from desktop_crm.ui.access.password_page import PasswordPage

Opened = Callable[["Key | None"], object]
Refused = Callable[[FileLost], object]

_WRONG = N_("That is not the password. Look at Caps Lock and the keyboard, and try again.")
_PERHAPS_DAMAGED = N_("That is not the password. If you are sure that it is, the file is damaged: open a backup of it.")
_SURE = 3
"""Wrong tries after which one may be sure of the password."""


class Unlocking(QObject):
    """Shows the page of the password in `stack`: `left` to go back to the open file, `other` for another one."""

    left = Signal()
    other = Signal()

    def __init__(self, stack: QStackedWidget, jobs: Jobs, messages: Messages,
                 clock: Callable[[], float] = seconds) -> None:
        super().__init__(stack)
        self._stack, self._messages, self._clock = stack, messages, clock
        self._work = Latest(jobs)
        self._tries: dict[Path, Tries] = {}
        self._path = Path()
        self._then: Opened = _nothing
        self._lost: Refused = _nothing

    @cached_property
    def page(self) -> PasswordPage:
        """Where the password is typed."""
        from desktop_crm.ui.access.password_page import PasswordPage

        page = PasswordPage()
        page.tried.connect(self._try)
        page.other.connect(self.other)
        page.left.connect(self._leave)
        self._stack.addWidget(page)
        return page

    def begin(self, path: Path, then: Opened, lost: Refused, back: bool) -> None:
        """Ask for the password of a file and call `then` with its key, or `lost` if it proves to be gone or damaged.

        `back` is whether one can go back from here.
        """
        self._work.drop()
        self._path, self._then, self._lost = path, then, lost
        self._stack.setCurrentWidget(self.page)
        self.page.ask(path, back)

    def stop(self) -> None:
        """Ask no more."""
        self._work.drop()
        self._then = self._lost = _nothing

    def _leave(self) -> None:
        if not self.page.back.isHidden():
            self.stop()
            self.left.emit()

    def _try(self, password: str) -> None:
        from desktop_crm.services import encrypting

        path, tries = self._path, self._tries.setdefault(self._path.resolve(), Tries())
        left = tries.wait(self._clock())
        if left:
            self.page.refuse(wait_sentence(left))
            return
        self.page.wait()
        self._work.run(lambda _: encrypting.unlock(path, password), self._opened, self._refused, label="")

    def _opened(self, key: Key | None) -> None:
        self._tries.pop(self._path.resolve(), None)
        self.page.refuse("")
        then, self._then = self._then, _nothing
        then(key)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, PasswordNeeded):
            tries = self._tries[self._path.resolve()]
            tries.missed(self._clock())
            self.page.refuse(tr(_WRONG if tries.wrong < _SURE else _PERHAPS_DAMAGED))
        elif isinstance(error, FileLost):
            self._lost(error)
        elif isinstance(error, CrmError):
            self.page.refuse(current().error(error))
        else:
            self.page.refuse("")
            self._messages.tell(error)


def _nothing(_: object) -> None:
    """Nobody waits for a key."""
