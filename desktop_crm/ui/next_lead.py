"""The next best lead: one key opens it and says why, the same key again the one after it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_crm.ui.acts import Act
from desktop_crm.ui.jobs import Latest
from desktop_crm.ui.words import N_, current, tr

if TYPE_CHECKING:  # the services bring SQLModel with them: not before the shell is on the screen
    from desktop_crm.domain.next_lead import Waiting
    from desktop_crm.services.book import Book
    from desktop_crm.ui.main_window import MainWindow


class NextLead(QObject):
    """Goes through the leads that wait: of who works here and of nobody, else of all; a new day begins anew."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window, self._work = window, Latest(window.jobs)
        self._passed: list[int] = []
        self._round: tuple[int, int | None, date] | None = None

    def acts(self) -> list[Act]:
        """Going to the next one."""
        return [Act("next_lead", N_("Next best lead"), self.go, "F7", "arrow-right")]

    def go(self) -> None:
        """Open the lead to work on now, or after it the next one, and say why."""
        from desktop_crm.services import next_lead

        book = self._window.book
        if book is None:
            return
        begun = (id(book), book.seller, book.today())
        if begun != self._round:
            self._round, self._passed = begun, []
        seller, passed = book.seller, tuple(self._passed)

        def work(_: object) -> tuple[Waiting | None, str]:
            found = next_lead.find(book, seller, passed)
            return found, (tr(next_lead.nobody(book)) if found is None else next_lead.why(book, current(), found))

        self._work.run(work, lambda found: self._open(book, *found), self._window.messages.tell, label="")

    def _open(self, book: Book, one: Waiting | None, why: str) -> None:
        window, messages = self._window, self._window.messages
        if window.book is not book:
            return
        if one is not None:
            self._passed.append(one.id)
            window.open_record("customers", one.id)
            messages.offer(f"{one.name}: {why}", tr(N_("Next lead (F7)")), self.go)
        elif self._passed:
            self._passed = []
            messages.offer(tr(N_("That was the last lead that waits.")), tr(N_("Begin again")), self.go)
        else:
            messages.note(why)
