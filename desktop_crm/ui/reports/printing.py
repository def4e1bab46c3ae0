"""A report on a printer: laid out anew for the printer's own paper."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtPrintSupport import QPrinter

from desktop_crm.reports.report import Report
from desktop_crm.ui.jobs import Job, Jobs, Progress
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.reports.ink import Type
from desktop_crm.ui.reports.pages import Pages
from desktop_crm.ui.sheets import printing


def send(report: Report, printer: QPrinter, letters: Type, jobs: Jobs, messages: Messages,
         after: Callable[[], None] | None = None) -> Job:
    """Lay the report out for the printer's paper and print it, with progress and Cancel; then do `after`."""
    return printing.send(report.title, lambda progress: print_report(report, printer, letters, progress), jobs,
                         messages, after)


def print_report(report: Report, printer: QPrinter, letters: Type, progress: Progress) -> int:
    """Print the chosen pages; gives how many sheets were painted. FileRefused if the printer does not begin."""
    return printing.print_sheets(Pages(report, letters, printing.paper(printer)), printer, progress)
