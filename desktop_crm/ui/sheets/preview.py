"""Sheets as they will be on paper: look, zoom, print, or have the file."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from desktop_crm.ui import theme
from desktop_crm.ui.jobs import Jobs, Latest
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.qt import override
from desktop_crm.ui.sheets import printing
from desktop_crm.ui.sheets.view import PageView, Sheets
from desktop_crm.ui.widgets.buttons import Button, IconButton, PrimaryButton
from desktop_crm.ui.widgets.cards import Panel
from desktop_crm.ui.widgets.labels import Dim, ElidedLabel, Hairline
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.words import N_, current, tr

T = TypeVar("T")


class SheetPreview(QWidget):
    """Shows sheets that are laid out beside the window. `closed()` to leave, `pdf_wanted()` for the file."""

    closed = Signal()
    pdf_wanted = Signal()

    def __init__(self, jobs: Jobs, messages: Messages, pdf: str, *tools: QWidget,
                 parent: QWidget | None = None) -> None:
        """`pdf` is what the button for the file says; `tools` stand before the zoom."""
        super().__init__(parent)
        self._jobs, self._messages = jobs, messages
        self._latest = Latest(jobs)
        self._sheets: Sheets | None = None
        self.view = PageView()
        self.title, self._count = ElidedLabel("", 15, strong=True), Dim("")
        self.print = PrimaryButton(tr(N_("Print…")), "print")
        self.pdf, self.close_button = Button(pdf, "pdf"), Button(tr(N_("Close")), "close")
        self._lay_out(tools)
        self.view.moved.connect(self._say)
        self.print.clicked.connect(self.choose_printer)
        self.pdf.clicked.connect(self.pdf_wanted)
        self.close_button.clicked.connect(self.closed)
        self.setFocusProxy(self.view)

    def _lay_out(self, tools: tuple[QWidget, ...]) -> None:
        zooms = [IconButton(icon, tr(text), small=True) for icon, text in (
            ("minus", N_("Farther")), ("plus", N_("Nearer")))]
        fit = Button(tr(N_("Fit width")), kind="quiet")
        for button, steps in ((zooms[0], -1), (zooms[1], 1), (fit, 0)):
            button.clicked.connect(lambda _=False, steps=steps: self.view.zoom(steps))
        head = Panel()
        head.setFixedHeight(theme.px(47))
        line = row(self.title, self._count, None, *tools, *zooms, fit, self.print, self.pdf, self.close_button,
                   margins=(16, 0, 16, 0))
        for tool in tools:
            line.setAlignment(tool, Qt.AlignmentFlag.AlignVCenter)
        head.setLayout(line)
        layout = column(head, Hairline(), self.view, gap=0)
        layout.setStretchFactor(self.view, 1)
        self.setLayout(layout)

    def begin(self, title: str, make: Callable[[], Sheets]) -> None:
        """Lay other sheets out beside the window and show them; what refuses them is told."""
        self._sheets = None
        self.view.show_pages(None)
        self.title.setText(title)
        self._count.setText(tr(N_("Laying out the pages…")))
        self.print.setEnabled(False)

        def refused(error: Exception) -> None:
            self._count.setText("")
            self._messages.tell(error)

        self._latest.run(lambda _: make(), self._show, refused, label="")

    def choose_printer(self) -> QWidget | None:
        """Ask for a printer; where there is none, say so and offer the file."""
        sheets = self._sheets
        if sheets is None:
            return None
        if not printing.printers():
            self._messages.offer(tr(N_("No printer is set up on this computer.")), self.pdf.accessibleName(),
                                 self.pdf_wanted.emit, "warn")
            return None
        return self._let_out(
            lambda: printing.choose(self, self.title.text(), sheets, self._send, self._page_size(sheets)))

    def _let_out(self, act: Callable[[], T]) -> T | None:
        """Do what takes the sheets out of the program; a kind of sheets that needs the owner's PIN asks for it."""
        return act()

    def _page_size(self, sheets: Sheets) -> QPageSize | None:
        """The paper that the sheets want; None for the printer's own."""
        return None

    @abstractmethod
    def _send(self, printer: QPrinter) -> None:
        """Print what is shown."""

    def _show(self, sheets: Sheets) -> None:
        self._sheets = sheets
        self.print.setEnabled(True)
        self.view.show_pages(sheets)
        self._say()

    def _say(self) -> None:
        if self._sheets is not None:
            self._count.setText(tr(N_("Page {page} of {pages}"), page=current().number(self.view.number() + 1),
                                   pages=current().number(self._sheets.count)))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.matches(QKeySequence.StandardKey.Print) or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose_printer()
        else:
            super().keyPressEvent(event)
