"""A paper for customers before it is printed: a receipt on A4 or on the roll, a quotation, a statement."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QSizeF, QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_crm.domain import leaving
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import FileRefused
from desktop_crm.export.drawn import Drawn
from desktop_crm.settings import Settings
from desktop_crm.ui.access.gate import guarded, noted
from desktop_crm.ui.jobs import Jobs, Progress
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.qt import override
from desktop_crm.ui.sales.fields import ChoiceChips
from desktop_crm.ui.sales.paper_sheets import Fitted, Letters, PaperSheets
from desktop_crm.ui.sales.papers import Paper
from desktop_crm.ui.sheets import printing
from desktop_crm.ui.sheets.preview import SheetPreview
from desktop_crm.ui.sheets.view import Sheets
from desktop_crm.ui.words import N_, tr

T = TypeVar("T")
_A4, _ROLL = "a4", "roll"
_OF_PAPERS = ("receipts", "deals", "deal_lines", "payments", "customers", "channels", "settings")


class PaperPanel(SheetPreview):
    """Shows one paper; a receipt is written beside the file at once, on the paper that was chosen last."""

    def __init__(self, jobs: Jobs, messages: Messages, settings: Settings, parent: QWidget | None = None) -> None:
        self.kind = ChoiceChips([(_A4, "A4"), (_ROLL, tr(N_("80 mm roll")))], tr(N_("Paper")))
        super().__init__(jobs, messages, tr(N_("Save as PDF…")), self.kind, parent=parent)
        self._settings, self._letters = settings, Letters()
        self._paper: Paper | None = None
        self.kind.set_value(_ROLL if settings.receipt_paper == _ROLL else _A4)
        self.kind.picked.connect(self._choose_kind)
        self.pdf_wanted.connect(self._give_file)

    def show_paper(self, paper: Paper) -> None:
        """Show a paper in place of the one before; a receipt's file is written."""
        self._paper = paper
        self.kind.setVisible(paper.place is not None)
        self.pdf.set_text(tr(N_("Save as PDF…")) if paper.place is None else tr(N_("Open file")))
        self._lay_paper(paper)
        self._keep(paper)

    def reload(self, changes: Changes) -> None:
        """Show it as it is now: a receipt that was voided meanwhile says so, in its file too."""
        if self._paper is not None and changes.touches(*_OF_PAPERS):
            self._lay_paper(self._paper)
            self._keep(self._paper, quiet=True)

    def _lay_paper(self, paper: Paper) -> None:
        letters, roll = self._letters, self._roll()
        self.begin(paper.title, lambda: PaperSheets(_drawn(paper, roll), letters))

    def _roll(self) -> bool:
        return self._paper is not None and self._paper.place is not None and self.kind.value() == _ROLL

    def _choose_kind(self, kind: str) -> None:
        """Remember on what receipts are printed here, and show this one so."""
        self._settings.receipt_paper = kind
        if self._paper is not None:
            self._lay_paper(self._paper)
            self._keep(self._paper, quiet=True)

    # The file

    def _keep(self, paper: Paper, quiet: bool = False) -> None:
        """Write a receipt's file beside the business's."""
        if paper.place is not None:
            self._write(paper, paper.place, quiet)

    def _give_file(self) -> None:
        """Open a receipt's file; ask where the file of another paper goes."""
        paper = self._paper
        if paper is not None and paper.place is not None:
            self._open(paper.place)
        elif paper is not None:
            self._let_out(lambda: self.ask(paper))

    def ask(self, paper: Paper) -> QFileDialog:
        """Ask where the PDF goes, and write it there."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, tr(N_("Save the paper")), folder, f"{tr(N_('PDF document'))} (*.pdf)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(paper.file)
        dialog.fileSelected.connect(lambda chosen: self._write(paper, Path(chosen)))
        dialog.open()
        return dialog

    def _write(self, paper: Paper, path: Path, quiet: bool = False) -> None:
        roll, window = self._roll(), self.window()  # who has left the paper by then let it out all the same

        def work(_: Progress) -> None:
            from desktop_crm.export import documents as export  # reportlab: not before the first paper

            _folder(path)
            document, words = paper.make()
            export.write(path, document, words, roll)

        def done(_: None) -> None:
            if paper.many > 1:
                noted(window, leaving.HANDED, count=paper.many)
            if not quiet:
                self._messages.offer(tr(N_("Written: {file}"), file=path.name), tr(N_("Open file")),
                                     lambda: self._open(path), "good")

        self._jobs.run(work, done, self._messages.tell, label=tr(N_("Writing {file}"), file=path.name))

    def _open(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self._messages.note(tr(N_("No program is set up to open {file}. It is in {folder}."), file=path.name,
                                   folder=str(path.parent)), "warn")

    @override
    def _let_out(self, act: Callable[[], T]) -> T | None:
        """A paper that lists customers needs the owner's PIN, one that is for a customer none."""
        paper = self._paper
        return guarded(self, paper.title, act) if paper is not None and paper.many > 1 else act()

    # The printer

    @override
    def _page_size(self, sheets: Sheets) -> QPageSize | None:
        """A receipt's strip is a paper of its own size."""
        if not self._roll():
            return None
        return QPageSize(QSizeF(sheets.width, sheets.height), QPageSize.Unit.Point, tr(N_("80 mm roll")),
                         QPageSize.SizeMatchPolicy.ExactMatch)

    @override
    def _send(self, printer: QPrinter) -> None:
        if self._sheets is not None:
            fitted, paper = Fitted(self._sheets, *printing.paper(printer), endless=self._roll()), self._paper
            window = self.window()

            def printed() -> None:
                if paper is not None and paper.many > 1:
                    noted(window, leaving.HANDED_ON_PAPER, count=paper.many)

            printing.send(self.title.text(), lambda progress: printing.print_sheets(fitted, printer, progress),
                          self._jobs, self._messages, printed)


def _drawn(paper: Paper, roll: bool) -> Drawn:
    from desktop_crm.export import documents as export  # reportlab: not before the first paper

    document, words = paper.make()
    return export.drawn(document, words, roll)


def _folder(path: Path) -> None:
    try:
        path.parent.mkdir(exist_ok=True)
    except OSError as error:
        raise FileRefused(N_("{path} cannot be written: {reason}. Nothing was changed."), path=str(path.parent),
                          reason=error.strerror or "") from error
