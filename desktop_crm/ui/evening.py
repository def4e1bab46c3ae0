"""The end of the day: its three forms are made on a click, or by themselves when the closing hour strikes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop_crm import paths
from desktop_crm import settings as preferences
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import CrmError
from desktop_crm.ui.access.gate import asked, guarded
from desktop_crm.ui.acts import Act
from desktop_crm.ui.jobs import Jobs, Latest
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.words import N_, current, tr

if TYPE_CHECKING:  # the services bring SQLModel with them, pictures many names: not before the shell is on the screen
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QFileDialog

    from desktop_crm.reports.report import Report
    from desktop_crm.services.book import Book
    from desktop_crm.ui.evening_forms import Forms

T = TypeVar("T")
_EACH = 60_000
"""Milliseconds between two looks at the clock; after the laptop has slept, the next look comes at once."""


class Evening(QObject):
    """Answers for `book`, the file that is open in the window."""

    def __init__(self, window: QWidget, jobs: Jobs, messages: Messages, settings: preferences.Settings) -> None:
        super().__init__(window)
        self.book: Book | None = None
        self._window, self._messages, self._settings = window, messages, settings
        self._since: datetime | None = None
        self._closing = ""
        self._work = Latest(jobs)
        self._clock = QTimer(self, interval=_EACH)
        self._clock.timeout.connect(self.tick)

    def acts(self) -> list[Act]:
        """Closing the day, and choosing where its forms go."""
        return [Act("close_day", N_("Close the day"), self.close_day, "Ctrl+Shift+D", "moon"),
                Act("evening_folder", N_("Folder of the evening report…"), self.choose_folder, "", "folder")]

    # --- the clock ------------------------------------------------------------------------------------------------

    def begin(self, book: Book) -> None:
        """Watch the closing hour of a file that was just opened; one that struck today before counts as well."""
        from desktop_crm.domain.reminders import day_start

        self.book, self._closing = book, book.business.closing_time
        self._since = day_start(book.business, book.today())
        if not book.reading:
            self._clock.start()

    def stop(self) -> None:
        """Watch no more; the file is about to be closed."""
        self._clock.stop()
        self._work.drop()
        self.book = None

    def reload(self, changes: Changes) -> None:
        """A closing hour that was just set strikes from now on, not for what is past."""
        if self.book is not None and self.book.business.closing_time != self._closing:
            self._closing, self._since = self.book.business.closing_time, self.book.now()

    def tick(self) -> None:
        """Make the forms if the closing hour has struck since the last look; once for each business day."""
        from desktop_crm.services import evening

        book, since = self.book, self._since
        if book is None or since is None or self._work.busy:
            return
        now = book.now()
        day = evening.due(book, since)
        self._since = max(now, since)
        if day is None:
            return
        if asked(self._window, day=True):  # who is at the window may be the seller: nobody is kept from working
            self._messages.offer(tr(N_("{day} can be closed. Its report needs the owner's PIN."),
                                    day=current().day(day)), tr(N_("Close the day")), lambda: self.close_day(day))
        else:
            self._make(book, day)

    # --- the forms ------------------------------------------------------------------------------------------------

    def close_day(self, day: date | None = None) -> None:
        """Make the forms of a business day (default: the present one)."""
        book = self.book
        if book is not None and not self._work.busy:
            guarded(self._window, tr(N_("Report of the day")), lambda: self._make(book, day), day=True)

    def _make(self, book: Book, day: date | None) -> None:
        from desktop_crm.ui import evening_forms

        folder = self.folder(book)
        self._run(lambda: evening_forms.prepare(book, day), lambda report: self._draw(book, report, folder))

    def _draw(self, book: Book, report: Report, folder: Path) -> None:
        """Draw the picture here, where the fonts are; write the forms beside the window."""
        from desktop_crm.ui import evening_forms, evening_picture

        image = evening_picture.picture(report)
        self._run(lambda: evening_forms.write(report, folder, image), lambda forms: self._written(book, forms))

    def _run(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Do one part beside the window."""
        self._work.run(lambda _: work(), done, self._messages.tell, label=tr(N_("Closing the day")))

    def _written(self, book: Book, forms: Forms) -> None:
        """Note the printing, put the text on the clipboard, and say where everything is."""
        from desktop_crm.services import evening

        QApplication.clipboard().setText(forms.text)
        self._messages.offer(
            tr(N_("{day} is closed: the report is in {folder}, its text is copied and ready to paste."),
               day=current().day(forms.day), folder=str(forms.pdf.parent)),
            tr(N_("Open folder")), lambda: self._open(forms.pdf.parent), "good",
            (tr(N_("Copy picture")), lambda: self._copy(forms.image)))
        if not book.reading:
            try:
                evening.printed(book, "evening", forms.day)
            except CrmError as error:
                self._messages.tell(error)

    def _open(self, folder: Path) -> None:
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._messages.note(tr(N_("No program is set up to show {folder}."), folder=str(folder)), "warn")

    def _copy(self, image: QImage) -> None:
        QApplication.clipboard().setImage(image)
        self._messages.note(tr(N_("The picture is copied and ready to paste.")), "good")

    # --- the folder -----------------------------------------------------------------------------------------------

    def folder(self, book: Book) -> Path:
        """The folder of a file's evening forms: the chosen one, else one in the user's documents."""
        from PySide6.QtCore import QStandardPaths

        chosen = self._settings.evening_folder(book.path)
        if chosen:
            return Path(chosen)
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        return (Path(documents) if documents and Path(documents).is_dir() else paths.data()) / "Desktop CRM"

    def choose_folder(self) -> QFileDialog | None:
        """Ask for the folder that the forms of this file go to; a synced one carries them to the phone."""
        from desktop_crm.ui import dialogs

        return dialogs.choose_folder(self._window, lambda name: self.take_folder(Path(name))) if self.book else None

    def take_folder(self, folder: Path) -> None:
        """Have the forms of this file in another folder from now on."""
        if self.book is not None:
            self._settings.set_evening_folder(self.book.path, str(folder))
            preferences.save(self._settings)
            self._messages.note(tr(N_("The evening report goes to {folder} from now on."), folder=str(folder)), "good")
