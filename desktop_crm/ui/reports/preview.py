"""The report as it will be on paper, in place of the report: look, zoom, print, or save as PDF."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from desktop_crm.reports.report import Report
from desktop_crm.ui import theme
from desktop_crm.ui.jobs import Jobs, Latest
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.qt import override
from desktop_crm.ui.reports import printing
from desktop_crm.ui.reports.ink import Type
from desktop_crm.ui.reports.page_view import PageView
from desktop_crm.ui.reports.pages import Pages
from desktop_crm.ui.widgets.buttons import Button, IconButton, PrimaryButton
from desktop_crm.ui.widgets.cards import Panel
from desktop_crm.ui.widgets.labels import Dim, ElidedLabel, Hairline
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.words import N_, current, tr


class PrintPreview(QWidget):
    """Shows the sheets of a report. `closed()` to leave, `pdf_wanted()` for a file, `sent(report)` once printed."""

    closed = Signal()
    pdf_wanted = Signal()
    sent = Signal(object)

    def __init__(self, jobs: Jobs, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._messages = jobs, messages
        self._latest = Latest(jobs)
        self._letters: Type | None = None
        self.pages: Pages | None = None
        self.view = PageView()
        self._title, self._count = ElidedLabel("", 15, strong=True), Dim("")
        self.print = PrimaryButton(tr(N_("Print…")), "print")
        self.pdf, self.close_button = Button(tr(N_("Save as PDF…")), "pdf"), Button(tr(N_("Close")), "close")
        self._lay_out()
        self.view.moved.connect(self._say)
        self.print.clicked.connect(self.choose_printer)
        self.pdf.clicked.connect(self.pdf_wanted)
        self.close_button.clicked.connect(self.closed)
        self.setFocusProxy(self.view)

    def _lay_out(self) -> None:
        zooms = [IconButton(icon, tr(text), small=True) for icon, text in (
            ("minus", N_("Farther")), ("plus", N_("Nearer")))]
        fit = Button(tr(N_("Fit width")), kind="quiet")
        for button, steps in ((zooms[0], -1), (zooms[1], 1), (fit, 0)):
            button.clicked.connect(lambda _=False, steps=steps: self.view.zoom(steps))
        head = Panel()
        head.setFixedHeight(theme.px(47))
        head.setLayout(row(self._title, self._count, None, *zooms, fit, self.print, self.pdf, self.close_button,
                           margins=(16, 0, 16, 0)))
        layout = column(head, Hairline(), self.view, gap=0)
        layout.setStretchFactor(self.view, 1)
        self.setLayout(layout)

    def show_report(self, report: Report) -> None:
        """Lay the report out beside the window and show its sheets."""
        letters = self._letters = Type()
        self.pages = None
        self.view.show_pages(None)
        self._title.setText(report.title)
        self._count.setText(tr(N_("Laying out the pages…")))
        self.print.setEnabled(False)
        self._latest.run(lambda _: Pages(report, letters), self._show, self._messages.tell, label="")

    def choose_printer(self) -> QWidget | None:
        """Ask for a printer; where there is none, say so and offer the file."""
        pages = self.pages
        if pages is None:
            return None
        if not printing.printers():
            self._messages.offer(tr(N_("No printer is set up on this computer.")), tr(N_("Save as PDF…")),
                                 self.pdf_wanted.emit, "warn")
            return None
        return printing.choose(self, pages, self._send)

    def _send(self, printer: QPrinter) -> None:
        if self.pages is not None and self._letters is not None:
            report = self.pages.report
            printing.send(report, printer, self._letters, self._jobs, self._messages, lambda: self.sent.emit(report))

    def _show(self, pages: Pages) -> None:
        self.pages = pages
        self.print.setEnabled(True)
        self.view.show_pages(pages)
        self._say()

    def _say(self) -> None:
        if self.pages is not None:
            self._count.setText(tr(N_("Page {page} of {pages}"), page=current().number(self.view.number() + 1),
                                   pages=current().number(self.pages.count)))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)
