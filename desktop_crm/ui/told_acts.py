"""Acts of a panel: each is done at once, told quietly, and can be taken back from where it is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from desktop_crm.domain.errors import CrmError
from desktop_crm.services import history
from desktop_crm.services.book import Book
from desktop_crm.ui.jobs import Job, Jobs, Progress
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.words import N_, current, tr

T = TypeVar("T")


class Acts:
    """Does acts on a book and tells of them with an Undo button."""

    def __init__(self, book: Book, messages: Messages) -> None:
        self._book, self._messages = book, messages

    def do(self, act: Callable[[], T], text: str) -> T:
        """Run `act` and say `text` if it changed anything; what the world refuses is raised on (CrmError)."""
        before = self._newest()
        result = act()
        work = self._newest()
        if work != before:
            self._messages.undoable(text, lambda: self._undo(work))
        return result

    def beside(self, jobs: Jobs, act: Callable[[], T], text: str, done: Callable[[T], None],
               failed: Callable[[Exception], None], *, label: str) -> Job:
        """Run a slow `act` beside the window; then say `text` if it changed anything, and call `done` or `failed`."""
        def work(_: Progress) -> tuple[T, int | None, int | None]:
            before = self._newest()
            return act(), before, self._newest()

        def told(found: tuple[T, int | None, int | None]) -> None:
            result, before, after = found
            if after != before:
                self._messages.undoable(text, lambda: self._undo(after))
            done(result)

        return jobs.run(work, told, failed, label=label)

    def tell(self, error: Exception) -> None:
        """Say what went wrong."""
        self._messages.tell(error)

    def offer(self, text: str, action: str, act: Callable[[], None]) -> None:
        """Say one sentence with a button that does what it asks for."""
        self._messages.offer(text, action, act)

    def note(self, text: str) -> None:
        """Say what was done that no undo takes back."""
        self._messages.note(text, "good")

    def _newest(self) -> int | None:
        """The newest act of the file, None if it was undone since or there is none."""
        found = history.acts(self._book, current(), 1)
        return found[-1].id if found and not found[-1].undone else None

    def _undo(self, work: int | None) -> None:
        """Undo that act only: if another came after it, say so instead."""
        if self._newest() != work:
            self._messages.note(tr(N_("Something else was done since. Ctrl+Z takes back one act after the other.")))
            return
        try:
            self._book.undo()
        except CrmError as error:
            self._messages.tell(error)
