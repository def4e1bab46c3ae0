"""The sales counter as the window knows it: each wish of a page opens its sheet or makes its paper."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop_crm.services.book import Book
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.words import N_, tr

OpenPanel = Callable[[str, Callable[[Book], QWidget]], QWidget | None]


class Desk:
    """Answers "sale" and "sale:12" (to customer 12)."""

    def __init__(self, book: Book, jobs: Jobs, messages: Messages, parent: QWidget, open_panel: OpenPanel,
                 open_record: Callable[[str, int], None]) -> None:
        self._book, self._jobs, self._messages, self._parent = book, jobs, messages, parent
        self._open_panel, self._open_record = open_panel, open_record

    def act(self, what: str, of: str = "") -> None:
        """Do what is wished for; `of` is the record's id."""
        if self._book.reading:
            self._messages.note(tr(N_("This file is open for reading only: nothing can be changed.")))
            return
        if what == "sale":
            self.sell(int(of or 0))

    def sell(self, customer: int = 0) -> None:
        """Show the quick sale, begun for a customer if one is given."""
        from desktop_crm.ui.sales.panel import QuickSalePanel

        def make(book: Book) -> QWidget:
            panel = QuickSalePanel(book, self._jobs, self._messages)
            panel.opened.connect(lambda deal: self._open_record("deals", deal))
            return panel

        panel = self._open_panel("sale", make)
        if customer and isinstance(panel, QuickSalePanel):
            panel.begin_for(customer)
