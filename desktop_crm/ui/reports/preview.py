"""The report as it will be on paper, in place of the report: look, zoom, print, or save as PDF."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from desktop_crm.reports.report import Report
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.qt import override
from desktop_crm.ui.reports import exporting, printing
from desktop_crm.ui.reports.ink import Type
from desktop_crm.ui.reports.pages import Pages
from desktop_crm.ui.sheets.preview import SheetPreview
from desktop_crm.ui.words import N_, tr

T = TypeVar("T")


class PrintPreview(SheetPreview):
    """Shows the sheets of a report; `sent(report)` once printed."""

    sent = Signal(object)

    def __init__(self, jobs: Jobs, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(jobs, messages, tr(N_("Save as PDF…")), parent=parent)
        self._letters: Type | None = None

    @property
    def pages(self) -> Pages | None:
        """The sheets that are shown; None until they are laid out."""
        return self._sheets if isinstance(self._sheets, Pages) else None

    def show_report(self, report: Report) -> None:
        """Lay the report out beside the window and show its sheets."""
        letters = self._letters = Type()
        self.begin(report.title, lambda: Pages(report, letters))

    @override
    def _let_out(self, act: Callable[[], T]) -> T | None:
        pages = self.pages
        return exporting.let_out(self, pages.report, act) if pages is not None else None

    @override
    def _send(self, printer: QPrinter) -> None:
        if self.pages is not None and self._letters is not None:
            report = self.pages.report
            printing.send(report, printer, self._letters, self._jobs, self._messages, lambda: self.sent.emit(report))
