"""A report on a printer: which one is asked for, the sheets are sent beside the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMarginsF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from desktop_crm.domain.errors import N_, FileRefused
from desktop_crm.reports.report import Report
from desktop_crm.ui.jobs import Job, Jobs, Progress
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.reports.ink import Type
from desktop_crm.ui.reports.pages import Pages
from desktop_crm.ui.words import tr

_POINTS = 72.0


def printers() -> list[str]:
    """The names of the printers that the system knows."""
    return QPrinterInfo.availablePrinterNames()


def choose(parent: QWidget, pages: Pages, chosen: Callable[[QPrinter], None]) -> QPrintDialog:
    """Ask for a printer, pages and copies in the system's own dialog; `chosen(printer)`."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(pages.report.title)
    _lay(printer, pages)
    dialog = QPrintDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, True)
    dialog.setMinMax(1, pages.count)
    dialog.accepted.connect(lambda: chosen(printer))
    QDialog.open(dialog)  # the print dialog's own `open` wants a slot by its name
    return dialog


def send(report: Report, printer: QPrinter, letters: Type, jobs: Jobs, messages: Messages,
         after: Callable[[], None] | None = None) -> Job:
    """Lay the report out for the printer's paper and print it, with progress and Cancel; then do `after`."""
    def work(progress: Progress) -> int:
        return print_report(report, printer, letters, progress)

    def done(_: int) -> None:
        messages.note(tr(N_("Sent to the printer: {report}"), report=report.title), "good")
        if after is not None:
            after()

    return jobs.run(work, done, messages.tell, label=tr(N_("Printing {report}"), report=report.title))


def print_report(report: Report, printer: QPrinter, letters: Type, progress: Progress) -> int:
    """Print the chosen pages; gives how many sheets were painted. FileRefused if the printer does not begin."""
    size = printer.pageLayout().pageSize().size(QPageSize.Unit.Point)
    pages = Pages(report, letters, (size.width(), size.height()))
    _lay(printer, pages)
    first = max(0, printer.fromPage() - 1)
    last = min(pages.count, printer.toPage() or pages.count)
    painter = QPainter()
    if not painter.begin(printer):
        raise FileRefused(N_("The printer did not begin. Nothing was printed; look whether it is switched on and has "
                             "paper."))
    try:
        for number in range(first, last):
            progress.check()
            if number > first:
                printer.newPage()
            pages.paint(painter, number, printer.resolution() / _POINTS)
            progress.report(number + 1 - first, last - first)
    finally:
        painter.end()
    return last - first


def _lay(printer: QPrinter, pages: Pages) -> None:
    """Lay the paper as the pages lie, up to its edges: the margins are ours."""
    printer.setFullPage(True)
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if pages.landscape
                               else QPageLayout.Orientation.Portrait)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))
