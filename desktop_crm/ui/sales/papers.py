"""Papers on the disk: receipts go to a folder beside the file and open at once, the others where the user wants."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_crm.domain.documents import Document
from desktop_crm.domain.errors import FileRefused
from desktop_crm.i18n import Language
from desktop_crm.services import customers, deals, documents, receipts
from desktop_crm.services.book import Book
from desktop_crm.ui.jobs import Job, Jobs, Progress
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.words import N_, tr

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST = 100
Paper = tuple[Document, Language]


class Papers:
    """Writes papers beside the window."""

    def __init__(self, book: Book, jobs: Jobs, messages: Messages, parent: QWidget) -> None:
        self._book, self._jobs, self._messages, self._parent = book, jobs, messages, parent

    def receipt(self, taking: str) -> Job:
        """Write the receipt of a taking, numbered now if it was not yet, and open it."""
        given = receipts.issue(self._book, taking)
        folder = self._book.path.with_name(tr(N_("{name} receipts"), name=self._book.path.stem))
        path = folder / file_name(tr(N_("Receipt {number}"), number=given.number))
        return self._write(path, lambda: documents.receipt(self._book, given.id), show=True)

    def quotation(self, deal: int) -> QFileDialog:
        """Ask where the quotation of a deal goes, and write it there."""
        name = deals.rows(self._book, [deal])[0].name
        documents.quotation(self._book, deal)  # what cannot be offered is said before a file is chosen
        return self._ask(tr(N_("Quotation {name}"), name=name), lambda: documents.quotation(self._book, deal))

    def statement(self, customer: int) -> QFileDialog:
        """Ask where the statement of a customer goes, and write it there."""
        name = customers.rows(self._book, [customer])[0].name
        day = self._book.today().isoformat()
        return self._ask(tr(N_("Statement {name} {day}"), name=name, day=day),
                         lambda: documents.statement(self._book, customer))

    def _ask(self, name: str, make: Callable[[], Paper]) -> QFileDialog:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self._parent, tr(N_("Save the paper")), folder, f"{tr(N_('PDF document'))} (*.pdf)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(file_name(name))
        dialog.fileSelected.connect(lambda chosen: self._write(Path(chosen), make))
        dialog.open()
        return dialog

    def _write(self, path: Path, make: Callable[[], Paper], show: bool = False) -> Job:
        def work(_: Progress) -> None:
            from desktop_crm.export import documents as export  # reportlab: not before the first paper

            _folder(path)
            paper, words = make()
            export.write(path, paper, words)

        def done(_: None) -> None:
            self._messages.offer(tr(N_("Written: {file}"), file=path.name), tr(N_("Open file")),
                                 lambda: self._open(path), "good")
            if show:
                self._open(path)

        return self._jobs.run(work, done, self._messages.tell, label=tr(N_("Writing {file}"), file=path.name))

    def _open(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._messages.note(tr(N_("No program is set up to open {file}. It is in {folder}."), file=path.name,
                                   folder=str(path.parent)), "warn")


def file_name(title: str) -> str:
    """A title as the name of a PDF file, without what no file system takes."""
    return f"{' '.join(_UNSAFE.sub(' ', title).split())[:_LONGEST].strip(' .')}.pdf"


def _folder(path: Path) -> None:
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise FileRefused(N_("{path} cannot be written: {reason}. Nothing was changed."), path=str(path.parent),
                          reason=error.strerror or "") from error
