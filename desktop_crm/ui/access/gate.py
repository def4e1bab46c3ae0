"""The gate before every way by which data leaves in bulk: it asks for the owner's PIN, where the file has one.

Who lets something out says so by `guarded`, from any widget of the window, and writes it down by `noted`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QMainWindow, QWidget

from desktop_crm.domain.errors import CrmError, FileBusy, InvalidInput
from desktop_crm.ui.access.lock import seconds
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.words import N_, current, tr

if TYPE_CHECKING:  # most files have no owner's PIN: nothing of it is loaded before one is found
    from desktop_crm.services.book import Book
    from desktop_crm.ui.access.owner_dialog import OwnerDialog

T = TypeVar("T")
_AGAIN = 1_000
"""Milliseconds until what was let out is written down again, where another piece of work was being saved."""


class Gate(QObject):
    """Stands in `window` for the file that is open there; a PIN once given holds until `close`, or some minutes.

    A page that shows the past asks the file of today: that is what the window has open. `missing` is emitted if
    somebody wants to be asked again by a file that has no PIN.
    """

    missing = Signal()

    def __init__(self, window: QMainWindow, messages: Messages, clock: Callable[[], float] = seconds) -> None:
        super().__init__(window)
        self._window, self._messages, self._clock = window, messages, clock
        self._book: Book | None = None
        self._until = 0.0
        self._unsaid: list[tuple[str, dict[str, object]]] = []
        self._later = QTimer(self, singleShot=True, interval=_AGAIN)
        self._later.timeout.connect(self._say)
        self.dialog: OwnerDialog | None = None

    def begin(self, book: Book) -> None:
        """Answer for a file that was opened."""
        self._book, self._until = book, 0.0

    def stop(self) -> None:
        """Answer for no file any more."""
        self.close()
        self._say()
        self._later.stop()
        self._unsaid.clear()
        self._book = None
        if self.dialog is not None:
            self.dialog.reject()

    def close(self) -> None:
        """Ask for the PIN again from now on: the window was locked, or somebody else works."""
        self._until = 0.0

    def close_by_hand(self) -> None:
        """Ask for the PIN again from now on, because the owner wants it so."""
        from desktop_crm.services import owner

        if self._book is None or not owner.terms(self._book).pin:
            self.missing.emit()
            return
        self.close()
        self._messages.note(tr(N_("The owner's PIN is asked for again from now on.")))

    def asks(self, day: bool = False) -> bool:
        """Whether the PIN is to be given first; `day` is for the report of a day."""
        from desktop_crm.services import owner

        return self._book is not None and self._clock() >= self._until and owner.terms(self._book).asked(day)

    def ask(self, what: str, act: Callable[[], T], day: bool = False) -> T | None:
        """Do `act` and give its result, or if the PIN is to be given first None: it is done once it was given.

        `what` says in words what is about to leave.
        """
        if not self.asks(day):
            return act()
        from desktop_crm.ui.access.owner_dialog import OwnerDialog

        if self.dialog is None:
            dialog = self.dialog = OwnerDialog(self._window, what)
            dialog.tried.connect(lambda pin: self._try(pin, act))
            dialog.finished.connect(self._gone)
            dialog.open()
        return None

    def note(self, message: str, params: dict[str, object]) -> None:
        """Write into the history what was let out of a file that has an owner's PIN."""
        from desktop_crm.services import owner

        if self._book is not None and not self._book.reading and owner.terms(self._book).pin:
            self._unsaid.append((message, params))
            self._say()

    def _try(self, pin: str, act: Callable[[], Any]) -> None:
        from desktop_crm.services import owner

        dialog = self.dialog
        if self._book is None or dialog is None:
            return
        try:
            owner.check(self._book, pin)
        except InvalidInput as error:
            dialog.refuse(current().error(error))
            return
        self._until = self._clock() + 60 * owner.HOLDS
        dialog.accept()
        act()

    def _gone(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None

    def _say(self) -> None:
        """Write down what was let out; again later while an import or the like is being saved."""
        if not self._unsaid:
            return  # each start of the window passes here: nothing is loaded for it
        from desktop_crm.services import owner

        while self._book is not None and self._unsaid:
            message, params = self._unsaid.pop(0)
            try:
                owner.note(self._book, message, **params)
            except FileBusy:
                self._unsaid.insert(0, (message, params))
                self._later.start()
                return
            except CrmError as error:
                self._messages.tell(error)


def guarded(widget: QWidget, what: str, act: Callable[[], T], *, day: bool = False) -> T | None:
    """Let `act` take data out of the file: at once and with its result, or after the owner's PIN and with None.

    `what` says in words what is about to leave; `day` is for the report of a day, which is free unless the owner says
    otherwise.
    """
    gate = _gate_of(widget)
    return act() if gate is None else gate.ask(what, act, day)


def asked(widget: QWidget, *, day: bool = False) -> bool:
    """Whether `guarded` would ask for the PIN now."""
    gate = _gate_of(widget)
    return gate is not None and gate.asks(day)


def noted(widget: QWidget, message: str, **params: object) -> None:
    """Write into the history what was let out, by a message of `services.owner`, where there is an owner's PIN."""
    gate = _gate_of(widget)
    if gate is not None:
        gate.note(message, params)


def _gate_of(widget: QWidget | None) -> Gate | None:
    """The gate of the window that a widget, or the dialog it is in, belongs to; a page on its own has none."""
    while widget is not None:
        window = widget.window()
        for child in window.findChildren(QObject, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if isinstance(child, Gate):
                return child
        widget = window.parentWidget()
    return None
