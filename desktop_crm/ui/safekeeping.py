"""What keeps the file safe, as the window shows it: saved or not, the backup's age, backing up and checking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.status_bar import StatusBar
from desktop_crm.ui.words import N_, current, tr

if TYPE_CHECKING:  # the services bring SQLModel with them: not before the shell is on the screen
    from desktop_crm.services.book import Book


class Safekeeping(QObject):
    """Answers for `book`, the file that is open in the window."""

    def __init__(self, status: StatusBar, jobs: Jobs, messages: Messages) -> None:
        super().__init__(status)
        self.book: Book | None = None
        self._status, self._jobs, self._messages = status, jobs, messages

    def show(self) -> None:
        """Say when the file was saved and backed up last."""
        book = self.book
        if book is None:
            return
        if book.reading:
            self._status.show_saved(tr(N_("Read-only")), "warn")
        else:
            self._status.show_saved(tr(N_("All changes saved {time}"), time=current().clock(
                book.business.local(book.now()))))
        self._show_backup(book)

    def _show_backup(self, book: Book) -> None:
        from desktop_crm.services import safety

        last = safety.last_backup(book)
        if last is None:
            self._status.show_backup(tr(N_("No backup yet")), "warn")
            return
        local = book.business.local(last.instant)
        when = current().clock(local) if local.date() == book.today() else current().day(local.date())
        self._status.show_backup(tr(N_("Backup {when}, verified"), when=when))

    def back_up(self) -> None:
        """Take a verified backup, off the screen's thread."""
        from desktop_crm.services import safety

        book = self.book
        if book is None:
            return

        def done(made: Any) -> None:
            self.show()
            self._messages.note(tr(N_("Backed up and verified: {path}"), path=made.path), "good")

        self._jobs.run(lambda _: safety.back_up(book), done, self._messages.tell, label=tr(N_("Backup")))

    def check(self) -> None:
        """Look the file over, off the screen's thread."""
        from desktop_crm.services import safety

        book = self.book
        if book is None:
            return

        def done(problems: list[str]) -> None:
            if problems:
                self._messages.note("; ".join(problems), "bad")
            else:
                self._messages.note(tr(N_("{path} is sound."), path=book.path.name), "good")

        self._jobs.run(lambda _: safety.check(book), done, self._messages.tell, label=tr(N_("Check")))
