"""Who works: the panel under the button of the top bar, and what this user chose last for each file."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop_crm import settings as preferences
from desktop_crm.domain.access import Tries
from desktop_crm.ui.access.lock import seconds, wait_sentence
from desktop_crm.ui.access.worker_button import WorkerButton
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.words import N_, current, tr

if TYPE_CHECKING:  # the services bring SQLModel with them: not before the shell is on the screen
    from desktop_crm.services.access import Person
    from desktop_crm.services.book import Book
    from desktop_crm.ui.access.worker_panel import WorkerPanel


class Working(QObject):
    """Answers for the open file: `left` gives the keyboard back, `sellers_wanted` leads to where sellers are added.

    `changed` when somebody else works.
    """

    left = Signal()
    changed = Signal()
    sellers_wanted = Signal()

    def __init__(self, button: WorkerButton, over: QWidget, messages: Messages, settings: preferences.Settings,
                 clock: Callable[[], float] = seconds) -> None:
        super().__init__(button)
        self._button, self._over, self._messages, self._settings = button, over, messages, settings
        self._clock = clock
        self._book: Book | None = None
        self._people: list[Person] = []
        self._tries: dict[int, Tries] = {}
        button.clicked.connect(self.choose)
        button.hide()

    @cached_property
    def panel(self) -> WorkerPanel:
        """The list of people; made when it is asked for first."""
        from desktop_crm.ui.access.worker_panel import WorkerPanel

        panel = WorkerPanel(self._over)
        panel.chosen.connect(self._work_as)
        panel.left.connect(self.left)
        return panel

    def begin(self, book: Book) -> None:
        """Answer for a file that was opened: who worked last works on; one with a PIN is asked for it."""
        self._book, self._tries = book, {}
        self.refresh()
        last = self._settings.worker(book.path)
        person = next((one for one in self._people if one.id == last), None)
        if book.seller is None and person is not None and not book.reading:
            if person.pin:  # once the page stands, which takes the keyboard to itself
                QTimer.singleShot(0, self, lambda: self._ask(book, person.id))
            else:
                self._work_as(person.id, "")

    def _ask(self, book: Book, seller: int) -> None:
        if self._book is book:
            self.panel.show_people(self._people, seller, self._button)
            self.panel.pick()

    def stop(self) -> None:
        """Answer for no file any more."""
        self._book = None
        self.refresh()

    def refresh(self) -> None:
        """Show who works now, and whom one could work as."""
        from desktop_crm.services import access

        book = self._book
        self._people = access.people(book) if book is not None and not book.reading else []
        self._button.setVisible(bool(self._people))
        self._button.show_name(book.actor if book is not None else "")
        if "panel" in self.__dict__ and self.panel.isVisible():
            self.panel.hide()

    def choose(self) -> None:
        """Show whom one can work as."""
        if self._people and self._book is not None:
            self.panel.show_people(self._people, self._book.seller, self._button)
        elif self._book is not None and not self._book.reading:
            self._messages.offer(tr(N_("There are no sellers yet. Add who works here first.")), tr(N_("Sellers")),
                                 self.sellers_wanted.emit)

    def _work_as(self, seller: int | None, pin: str) -> None:
        from desktop_crm.domain.errors import CrmError, InvalidInput
        from desktop_crm.services import access

        book, tries = self._book, self._tries.setdefault(seller or 0, Tries())
        if book is None:
            return
        if tries.wait(self._clock()):
            self.panel.refuse(wait_sentence(tries.wait(self._clock())))
            return
        try:
            access.work_as(book, seller, pin)
        except InvalidInput as error:
            tries.missed(self._clock())
            self.panel.refuse(current().error(error))
            return
        except CrmError as error:
            self._messages.tell(error)
        tries.clear()
        self.changed.emit()
        self._settings.set_worker(book.path, book.seller)
        preferences.save(self._settings)
        shown = "panel" in self.__dict__ and self.panel.isVisible()
        self.refresh()
        if shown:
            self.left.emit()
