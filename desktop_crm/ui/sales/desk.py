"""The sales counter as the window knows it: each wish of a page opens its sheet or makes its paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop_crm.domain.errors import CrmError
from desktop_crm.services.book import Book
from desktop_crm.settings import Settings
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.words import N_, tr

if TYPE_CHECKING:
    from desktop_crm.ui.sales.papers import Paper

OpenPanel = Callable[[str, Callable[[Book], QWidget]], QWidget | None]


class Desk:
    """Answers wishes: a key and the id of a record (of a taking for a receipt).

    "sale" (to a customer, or to anybody), "return" (of a deal), "return_to" (a customer), "receipt" (of a taking),
    "quotation" (of a deal), "statement" (of a customer).
    """

    def __init__(self, book: Book, jobs: Jobs, messages: Messages, settings: Settings, open_panel: OpenPanel,
                 open_record: Callable[[str, int], None]) -> None:
        self._book, self._jobs, self._messages, self._settings = book, jobs, messages, settings
        self._open_panel, self._open_record = open_panel, open_record

    def act(self, what: str, of: str = "") -> None:
        """Do what is wished for; what the world refuses is told."""
        from desktop_crm.ui.sales import papers

        wishes: dict[str, Callable[[], object]] = {
            "sale": lambda: self.sell(int(of or 0)),
            "return": lambda: self.take_back("open_deal", int(of)),
            "return_to": lambda: self.take_back("open_customer", int(of)),
            "receipt": lambda: self.show_receipt(of),
            "quotation": lambda: self._show(papers.quotation(self._book, int(of))),
            "statement": lambda: self._show(papers.statement(self._book, int(of)))}
        if self._book.reading and what in ("sale", "return", "return_to"):
            self._messages.note(tr(N_("This file is open for reading only: nothing can be changed.")))
            return
        try:
            wishes[what]()
        except CrmError as error:
            self._messages.tell(error)

    def sell(self, customer: int = 0) -> None:
        """Show the quick sale, begun for a customer if one is given."""
        from desktop_crm.ui.sales.panel import QuickSalePanel

        def make(book: Book) -> QWidget:
            panel = QuickSalePanel(book, self._jobs, self._messages)
            panel.opened.connect(lambda deal: self._open_record("deals", deal))
            panel.receipt_wanted.connect(self._receipt)
            return panel

        panel = self._open_panel("sale", make)
        if customer and isinstance(panel, QuickSalePanel):
            panel.begin_for(customer)

    def take_back(self, begin: str, of: int) -> None:
        """Show the return of a deal (`open_deal`) or of a customer (`open_customer`)."""
        from desktop_crm.ui.sales.returning import ReturnPanel

        def make(book: Book) -> QWidget:
            panel = ReturnPanel(book, self._messages)
            panel.receipt_wanted.connect(lambda taking: self.act("receipt", taking))
            return panel

        panel = self._open_panel("return", make)
        if isinstance(panel, ReturnPanel):
            (panel.open_deal if begin == "open_deal" else panel.open_customer)(of)

    def show_receipt(self, taking: str, change: int = 0) -> None:
        """Show the receipt of a taking; `change` went back to who paid. Raises CrmError where none can be given."""
        from desktop_crm.ui.sales import papers

        self._show(papers.receipt(self._book, taking, change))

    def _receipt(self, taking: str, change: int = 0) -> None:
        try:
            self.show_receipt(taking, change)
        except CrmError as error:
            self._messages.tell(error)

    def _show(self, paper: Paper) -> None:
        """Show a paper, from which it is printed."""
        from desktop_crm.ui.sales.paper_panel import PaperPanel

        panel = self._open_panel("paper", lambda _: PaperPanel(self._jobs, self._messages, self._settings))
        if isinstance(panel, PaperPanel):
            panel.show_paper(paper)
