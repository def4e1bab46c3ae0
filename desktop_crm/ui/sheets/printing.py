"""Sheets on a printer: which one is asked for, the sheets are sent beside the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMarginsF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from desktop_crm.domain.errors import N_, FileRefused
from desktop_crm.ui.jobs import Job, Jobs, Progress
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.sheets.view import Sheets
from desktop_crm.ui.words import tr

_POINTS = 72.0


def printers() -> list[str]:
    """The names of the printers that the system knows."""
    return QPrinterInfo.availablePrinterNames()


def choose(parent: QWidget, title: str, sheets: Sheets, chosen: Callable[[QPrinter], None],
           size: QPageSize | None = None) -> QPrintDialog:
    """Ask for a printer, pages and copies in the system's own dialog; `chosen(printer)`.

    `size` is the paper that the sheets want, None for the printer's own.
    """
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    if size is not None:
        printer.setPageSize(size)
    lay(printer, sheets)
    dialog = QPrintDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintPageRange, True)
    dialog.setMinMax(1, sheets.count)
    dialog.accepted.connect(lambda: chosen(printer))
    QDialog.open(dialog)  # the print dialog's own `open` wants a slot by its name
    return dialog


def send(title: str, work: Callable[[Progress], int], jobs: Jobs, messages: Messages,
         after: Callable[[], None] | None = None) -> Job:
    """Do `work`, which prints, beside the window, with progress and Cancel; say so, then do `after`."""
    def done(_: int) -> None:
        messages.note(tr(N_("Sent to the printer: {report}"), report=title), "good")
        if after is not None:
            after()

    return jobs.run(work, done, messages.tell, label=tr(N_("Printing {report}"), report=title))


def print_sheets(sheets: Sheets, printer: QPrinter, progress: Progress) -> int:
    """Print the chosen pages; gives how many sheets were painted. FileRefused if the printer does not begin."""
    lay(printer, sheets)
    first = max(0, printer.fromPage() - 1)
    last = min(sheets.count, printer.toPage() or sheets.count)
    painter = QPainter()
    if not painter.begin(printer):
        raise FileRefused(N_("The printer did not begin. Nothing was printed; look whether it is switched on and has "
                             "paper."))
    try:
        for number in range(first, last):
            progress.check()
            if number > first:
                printer.newPage()
            sheets.paint(painter, number, printer.resolution() / _POINTS)
            progress.report(number + 1 - first, last - first)
    finally:
        painter.end()
    return last - first


def paper(printer: QPrinter) -> tuple[float, float]:
    """Width and height of the printer's paper in points, upright."""
    size = printer.pageLayout().pageSize().size(QPageSize.Unit.Point)
    return size.width(), size.height()


def lay(printer: QPrinter, sheets: Sheets) -> None:
    """Lay the paper as the sheets lie, up to its edges: the margins are ours."""
    printer.setFullPage(True)
    printer.setPageOrientation(QPageLayout.Orientation.Landscape if sheets.landscape
                               else QPageLayout.Orientation.Portrait)
    printer.setPageMargins(QMarginsF(0, 0, 0, 0))
