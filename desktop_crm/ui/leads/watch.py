"""The watched folder: what mail programs and web pages put there becomes requests while the window is open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer
from PySide6.QtWidgets import QWidget

from desktop_crm import settings as preferences
from desktop_crm.domain.errors import CrmError
from desktop_crm.ui.acts import Act
from desktop_crm.ui.jobs import Jobs, Latest, Progress
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.words import N_, current, tr

if TYPE_CHECKING:  # the services bring SQLModel with them: not before the shell is on the screen
    from desktop_crm.services.book import Book
    from desktop_crm.services.intake_files import Folder, Swept

_EVERY = 60_000
"""Milliseconds between two looks where the system tells nothing, as on folders of a network."""
_SOON = 1_500
"""Milliseconds in which a file that is being written would grow."""


class Watch(QObject):
    """Watches for `book`, the file that is open in the window, if a folder was chosen for it on this computer."""

    def __init__(self, window: QWidget, jobs: Jobs, messages: Messages, settings: preferences.Settings) -> None:
        super().__init__(window)
        self.book: Book | None = None
        self._window, self._messages, self._settings = window, messages, settings
        self._work = Latest(jobs)
        self._folder: Folder | None = None
        self._lost = False
        self._system: QFileSystemWatcher | None = None
        self._slow = QTimer(self, interval=_EVERY)
        self._soon = QTimer(self, interval=_SOON, singleShot=True)
        self._slow.timeout.connect(self.look)
        self._soon.timeout.connect(self.look)

    def acts(self) -> list[Act]:
        """Choosing the folder."""
        return [Act("watched_folder", N_("Watched folder for requests…"), self.choose, "", "folder")]

    def begin(self, book: Book) -> None:
        """Watch for a file that was just opened; one that is open for reading only takes nothing."""
        self.book = book
        folder = self._settings.watched_folder(book.path)
        if folder and not book.reading:
            self._start(Path(folder))

    def stop(self) -> None:
        """Watch no more."""
        self._halt()
        self.book = None

    def folder(self) -> str:
        """The folder that is watched; "" for none."""
        return str(self._folder.path) if self._folder is not None else ""

    # --- the folder -----------------------------------------------------------------------------------------------

    def choose(self) -> None:
        """Ask for a folder; if one is watched already, say which, to choose another or to watch none."""
        if self.book is None or self.book.reading:
            return
        if not self.folder():
            self._ask()
            return
        self._messages.offer(tr(N_("Files in {folder} become requests."), folder=self.folder()),
                             tr(N_("Other folder…")), self._ask, "neutral",
                             (tr(N_("Watch no more")), lambda: self.set_folder("")))

    def _ask(self) -> None:
        from desktop_crm.ui import dialogs

        dialogs.choose_folder(self._window, self.set_folder)

    def set_folder(self, folder: str) -> None:
        """Watch a folder from now on; "" for none."""
        if self.book is None:
            return
        self._settings.set_watched_folder(self.book.path, folder)
        self._halt()
        if folder:
            self._start(Path(folder))
            self._messages.note(tr(N_("E-mails (.eml, .mbox), contact cards (.vcf) and tables (.csv) that are put "
                                      "into {folder} become requests."), folder=folder), "good")
        else:
            self._messages.note(tr(N_("No folder is watched any more.")))

    def _start(self, path: Path) -> None:
        from desktop_crm.services.intake_files import Folder

        self._folder, self._lost = Folder(path), False
        self._system = QFileSystemWatcher(self)
        self._system.addPath(str(path))
        self._system.directoryChanged.connect(lambda _: self._soon.start())
        self._slow.start()
        self.look()

    def _halt(self) -> None:
        self._slow.stop()
        self._soon.stop()
        self._work.drop()
        if self._system is not None:
            self._system.deleteLater()
        self._folder = self._system = None

    # --- looking --------------------------------------------------------------------------------------------------

    def look(self) -> None:
        """Look into the folder beside the window; while a look is under way, soon after it."""
        book, folder = self.book, self._folder
        if book is None or folder is None:
            return
        if self._work.busy:
            self._soon.start()
            return

        def work(progress: Progress) -> Swept:
            from desktop_crm.services import intake_files

            return intake_files.sweep(book, folder, cancelled=progress.cancelled)

        self._work.run(work, self._swept, self._failed, label="")

    def _swept(self, found: Swept) -> None:
        from desktop_crm.ui.leads.taking import said

        self._lost = False
        if found.growing:
            self._soon.start()
        if found.taken:
            works = [one.work for one in found.taken]
            self._messages.undoable(said(found.taken), lambda: self._take_back(works))
        for _, error in found.refused[:1]:  # told once: the file is in "Not read" then
            self._messages.note(current().error(error), "warn")

    def _failed(self, error: Exception) -> None:
        """A folder that is gone is told once, and watched on: a stick or a network comes back."""
        if not self._lost:
            self._messages.tell(error)
        self._lost = True

    def _take_back(self, works: list[int]) -> None:
        from desktop_crm.services import intake

        if self.book is None:
            return
        try:
            intake.take_back(self.book, works)
        except CrmError as error:
            self._messages.tell(error)
