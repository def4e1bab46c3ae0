"""What keeps the file safe, as the window shows it: saved or not, the ring of backups, the second place, checking.

Backups are taken at the start, every hour in which something was changed, and at the end; all but the last beside the
window's own work. What goes wrong with them is said in the status line, and once above the page.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_crm import settings as preferences
from desktop_crm.domain.errors import Cancelled, CrmError, FileLost
from desktop_crm.ui.jobs import Jobs, Latest, Progress
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.status_bar import StatusBar
from desktop_crm.ui.words import N_, N_count, current, tr, tr_count

if TYPE_CHECKING:  # the services bring SQLModel with them: not before the shell is on the screen
    from desktop_crm.domain.backups import Backup
    from desktop_crm.services.book import Book

_FIRST, _EACH = 3_000, 60_000
"""Milliseconds until the first backup, so that the start is not slowed, and between two looks whether one is due."""
_SECOND_AT_EXIT = 64 * 2**20
"""Bytes up to which the last backup also goes to the second place while the user waits for the window to close."""
_log = logging.getLogger(__name__)


class Safekeeping(QObject):
    """Answers for `book`, the file that is open in the window; `changed` when the list of backups is another."""

    changed = Signal()
    panel_wanted = Signal()

    def __init__(self, status: StatusBar, jobs: Jobs, messages: Messages, settings: preferences.Settings) -> None:
        super().__init__(status)
        self.book: Book | None = None
        self.problem = ""  # why the second place is not level, in words
        self._status, self._jobs, self._messages, self._settings = status, jobs, messages, settings
        self._last: Backup | None = None
        self._work, self._failed = Latest(jobs), ""
        self._first = QTimer(self, singleShot=True, interval=_FIRST)
        self._first.timeout.connect(lambda: self.keep("start"))
        self._each = QTimer(self, interval=_EACH)
        self._each.timeout.connect(self.tick)

    # --- the ring -------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Start keeping the ring of the file that was just opened; without this, backups are taken when asked for."""
        if self.book is not None and not self.book.reading:
            self._first.start()
            self._each.start()

    def tick(self) -> None:
        """Take the hourly backup if it is due."""
        from desktop_crm.services import safety

        if self.book is not None and not self._first.isActive() and safety.due(self.book, self._last):
            self.keep("hour")

    def keep(self, why: str) -> None:
        """Take a backup into the ring if anything was changed, beside the window's work; then look over what waits."""
        from desktop_crm.services import safety

        book = self.book
        if book is None or book.reading or self._work.busy:
            return
        self._run(lambda progress: safety.keep(book, why, _step(progress)), self._kept, "")

    def back_up(self) -> None:
        """Take a backup now, off the screen's thread."""
        from desktop_crm.services import safety

        book = self.book
        if book is None or self._work.busy:
            return

        def done(made: Any) -> None:
            self._kept(made)
            said = N_("Backed up and verified: {path}") if made.verified else N_("Backed up: {path}")
            self._messages.note(tr(said, path=made.path), "good")

        self._run(lambda progress: safety.back_up(book, whole=False, step=_step(progress)), done, tr(N_("Backup")))

    def alone(self, work: Callable[[Progress], Any], done: Callable[[Any], None], failed: Callable[[Exception], None],
              label: str) -> bool:
        """Do something while no backup is taken; False, and nothing is done, if one is under way."""
        if self._work.busy:
            return False
        self._work.run(work, done, failed, label=label)
        return True

    def last_one(self, book: Book) -> None:
        """The backup at the end, while the window closes: taken here and now; a failure is logged."""
        from desktop_crm.services import safety

        try:
            made = None if book.reading else safety.keep(book, "exit")
            folder = self._folder(book)
            if made is not None and made.verified and folder and made.bytes <= _SECOND_AT_EXIT:
                safety.keep_second(book, folder)
                self._seen(book)
        except CrmError as error:
            _log.warning("the last backup: %s", type(error).__name__)

    def stop(self) -> None:
        """Take no more backups; the file is about to be closed."""
        self._first.stop()
        self._each.stop()
        self._work.drop()
        self.book, self._last, self._failed, self.problem = None, None, "", ""

    def _run(self, work: Callable[[Progress], Any], done: Callable[[Any], None], label: str) -> None:
        """Do one thing at a time; who asks has seen that nothing is under way."""
        self._work.run(work, done, self._refused, label=label)

    def _kept(self, made: Backup | None) -> None:
        self._failed = ""
        if made is not None:
            self._last = made
        self._told()
        self._confirm()

    def _confirm(self) -> None:
        """Look over a large copy that was left for later, then bring the second place level."""
        from desktop_crm.services import safety

        book = self.book
        if book is None:
            return

        def done(found: Backup | None) -> None:
            if found is not None and found.problem:
                self._damaged(tr(N_("{path} is damaged inside ({reason})."), path=book.path, reason=found.problem))
            self._last = None
            self._told()
            self._level()

        self._run(lambda progress: safety.confirm(book.path, progress.cancelled), done, "")

    def _refused(self, error: Exception) -> None:
        """Say once why there is no backup, and go on saying in the status line that there is none."""
        if isinstance(error, Cancelled):
            return
        if isinstance(error, FileLost):
            self._damaged(current().error(error))
        elif not isinstance(error, CrmError) or self._failed != str(error):
            self._messages.tell(error)
        self._failed = str(error)
        self.show()

    def _damaged(self, why: str) -> None:
        self._messages.offer(why, tr(N_("Backups…")), self.panel_wanted.emit, "bad")

    def _told(self) -> None:
        self.show()
        self.changed.emit()

    # --- the second place -----------------------------------------------------------------------------------------

    def second(self) -> Path | None:
        """The second place of the open file's backups, None if none was chosen."""
        return self._folder(self.book) if self.book is not None else None

    def choose_second(self, folder: Path) -> None:
        """Have the backups in a second folder too; FileRefused, and nothing changed, if it cannot be one."""
        from desktop_crm.services import safety

        if self.book is not None:
            safety.second_folder(folder)
            self._settings.set_second_place(self.book.path, str(folder), self.book.now().isoformat())
            preferences.save(self._settings)
            self._told()
            self._level()

    def forget_second(self) -> None:
        """Have the backups in one place only from now on; what lies in the other one stays there."""
        if self.book is not None:
            self._settings.set_second_place(self.book.path, "")
            preferences.save(self._settings)
            self.problem = ""
            self._told()

    def _level(self) -> None:
        from desktop_crm.services import safety

        book, folder = self.book, self.second()
        if book is None or folder is None or self._work.busy:
            return

        def level(progress: Progress) -> CrmError | None:
            try:
                safety.keep_second(book, folder, progress.cancelled)
            except Cancelled:
                raise
            except CrmError as error:
                return error
            return None

        def done(error: CrmError | None) -> None:
            self.problem = current().error(error) if error is not None else ""
            if error is None:
                self._seen(book)
            self._told()

        self._run(level, done, "")

    def _folder(self, book: Book) -> Path | None:
        folder = self._settings.second_place(book.path)
        return Path(folder) if folder else None

    def _seen(self, book: Book) -> None:
        folder = self._folder(book)
        if folder is not None:
            self._settings.set_second_place(book.path, str(folder), book.now().isoformat())
            preferences.save(self._settings)

    def seen(self) -> datetime | None:
        """When the second place was brought level last; None if there is none, or nobody knows."""
        noted = self._settings.second_seen(self.book.path) if self.book is not None else ""
        try:
            return datetime.fromisoformat(noted).astimezone(UTC) if noted else None
        except ValueError:  # the preferences were written by hand
            return None

    def absent(self) -> timedelta | None:
        """How long the second place has been away, once that is worth a word; None before, and without one."""
        from desktop_crm.domain.backups import ABSENT

        seen = self.seen()
        away = self.book.now() - seen if self.book is not None and seen is not None else timedelta(0)
        return away if away >= ABSENT else None

    # --- what the status line says --------------------------------------------------------------------------------

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

        self._last = self._last or safety.last_backup(book)
        parts, tone = [self._age(book, self._last)], "dim" if self._last and not self._failed else "warn"
        away = self.absent()
        if away is not None:
            parts.append(tr_count(*_AWAY, away.days))
            tone = "warn"
        self._status.show_backup(" · ".join(parts), tone)

    def _age(self, book: Book, last: Backup | None) -> str:
        if last is None:
            return tr(N_("No backup yet"))
        local = book.business.local(last.instant)
        when = current().clock(local) if local.date() == book.today() else current().day(local.date())
        if self._failed:
            return tr(N_("No backup since {when}"), when=when)
        return tr(N_("Backup {when}, verified") if last.verified else N_("Backup {when}"), when=when)

    # --- checking -------------------------------------------------------------------------------------------------

    def check(self) -> None:
        """Look the file over, off the screen's thread."""
        from desktop_crm.services import safety

        book = self.book
        if book is None:
            return

        def done(problems: list[str]) -> None:
            if problems:
                self._damaged("; ".join(problems))
            else:
                self._messages.note(tr(N_("{path} is sound."), path=book.path.name), "good")

        self._jobs.run(lambda _: safety.check(book), done, self._messages.tell, label=tr(N_("Check")))


_AWAY = N_count("second place away for {n} day", "second place away for {n} days")


def _step(progress: Progress) -> Callable[[int, int], None]:
    """Tells the status line how far the copying is, and ends it where the user wants."""
    def step(done: int, total: int) -> None:
        progress.check()
        progress.report(done, total)

    return step
