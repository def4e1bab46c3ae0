"""A report as a file: where it goes, the writing beside the window, and the way to open it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_crm.domain import leaving
from desktop_crm.export.files import write
from desktop_crm.reports.report import Report
from desktop_crm.services import reports as service
from desktop_crm.services.book import Book
from desktop_crm.services.past import PastBook
from desktop_crm.ui.access.gate import guarded, noted
from desktop_crm.ui.jobs import Job, Jobs, Progress
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.reports.periods import file_mark
from desktop_crm.ui.words import N_, current, tr

T = TypeVar("T")
DAY = "daily"
"""The name of the report of a day."""
_KINDS = {".pdf": N_("PDF document"), ".xlsx": N_("Excel workbook"), ".csv": N_("CSV table"), ".json": N_("JSON")}
_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_LONGEST = 120


def stamped(report: Report, book: Book) -> Report:
    """The report with when it left the window; one of a past day with that day."""
    if isinstance(book, PastBook):
        return replace(report, printed=tr(N_("As on {day}"), day=current().day(book.day, "full")))
    now = book.business.local(book.now())
    when = f"{current().day(now.date(), 'long')}, {current().clock(now)}"
    return replace(report, printed=tr(N_("Printed {when}"), when=when))


def default_name(report: Report, suffix: str) -> str:
    """A file name for a report: "Daily report 2026-11-21.pdf", without what no file system takes."""
    name = f"{report.title} {file_mark(report.start, report.end)}"
    return f"{_UNSAFE.sub(' ', name)[:_LONGEST].strip(' .')}{suffix}"


def choose(parent: QWidget, report: Report, suffix: str, chosen: Callable[[Path], None]) -> QFileDialog:
    """Ask where the report goes, beginning in the user's documents; `chosen(path)` with the right suffix."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(parent, tr(N_("Save the report")), documents, f"{tr(_KINDS[suffix])} (*{suffix})")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix.removeprefix("."))
    dialog.selectFile(default_name(report, suffix))
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.open()
    return dialog


def let_out(page: QWidget, report: Report, act: Callable[[], T]) -> T | None:
    """Do what takes a report out of the program, and give its result; None where the owner is asked first.

    The report of a day is free unless the owner says otherwise.
    """
    return guarded(page, report.title, act, day=report.name == DAY)


def note(page: QWidget, report: Report, suffix: str) -> None:
    """Write into the history that a report is in a file of a kind, or with "" on paper; that of a day is an act anyway.
    """
    kind = service.title(report.name)
    if report.name == DAY:
        return
    if suffix:
        noted(page, leaving.REPORTED, kind=kind, form=suffix[1:].upper())
    else:
        noted(page, leaving.PRINTED, kind=kind)


def export(report: Report, path: Path, jobs: Jobs, messages: Messages, after: Callable[[], None] | None = None) -> Job:
    """Write the report to `path` beside the window, with progress and Cancel; then offer to open it, and do `after`."""
    def work(progress: Progress) -> None:
        write(report, path, progress=progress.report, cancelled=progress.cancelled)

    def done(_: None) -> None:
        messages.offer(tr(N_("Written: {file}"), file=path.name), tr(N_("Open file")),
                       lambda: _open(path, messages), "good")
        if after is not None:
            after()

    return jobs.run(work, done, messages.tell, label=tr(N_("Writing {file}"), file=path.name))


def _open(path: Path, messages: Messages) -> None:
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
        messages.note(tr(N_("No program is set up to open {file}. It is in {folder}."), file=path.name,
                         folder=str(path.parent)), "warn")
