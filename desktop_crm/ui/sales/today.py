"""What was sold today: how many sales, what they come to, and the newest of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.deals import DealFilter, DealRow
from desktop_crm.domain.values import Period
from desktop_crm.services import deals
from desktop_crm.services.book import Book
from desktop_crm.services.sales import QUICK_SALE
from desktop_crm.ui.models import ColumnSpec, PagedModel
from desktop_crm.ui.tables import RecordTable
from desktop_crm.ui.widgets.cards import Card
from desktop_crm.ui.widgets.labels import Dim, Hairline, Label
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.widgets.states import EmptyState
from desktop_crm.ui.words import N_, amount, current, tr, tr_count

_MOST = 200


class Today(Card):
    """The sales of the business day, newest first; `opened(deal)` by Enter or a double click."""

    opened = Signal(int)

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=0, gap=0)
        self._book = book
        self._count, self._sum = Dim(), Label("", 20, strong=True)
        self.table = RecordTable(tr(N_("Sold today")))
        self.table.horizontalHeader().hide()
        self.model: PagedModel[DealRow] = PagedModel(_columns(book), self._rows, self)
        self.table.set_paged(self.model)
        self.table.set_empty(EmptyState("won", tr(N_("Nothing sold yet today"))))
        self.table.opened.connect(self.opened)
        head = row(column(Dim(tr(N_("Sold today")), 12), self._sum, gap=2), None, self._count, margins=(14, 12, 14, 12))
        self.body.addLayout(head)
        self.body.addWidget(Hairline())
        self.body.addWidget(self.table, 1)
        self.load()

    def reload(self, changes: Changes) -> None:
        """Load again, if the changes touch it."""
        if changes.touches("deals", "customers"):
            self.load()

    def load(self) -> None:
        """Read the day's sales."""
        today = self._book.today()
        wanted = DealFilter(statuses=("won",), closed=Period.day(today))
        totals = deals.totals(self._book, wanted)
        self._sum.setText(amount(totals.amount, self._book.currency))
        self._count.setText(tr_count(N_("{n} sale"), N_("{n} sales"), totals.deals))
        self.model.set_ids(deals.list_ids(self._book, wanted, "id", True, _MOST))

    def _rows(self, ids: Sequence[int]) -> list[DealRow | None]:
        found = {item.id: item for item in deals.rows(self._book, ids)}
        return [found.get(deal) for deal in ids]


def _columns(book: Book) -> tuple[ColumnSpec[DealRow], ...]:
    return (
        ColumnSpec("name", tr(N_("Name")), lambda item: _words(book, item), width=220, stretch=True,
                   tooltip=lambda item: _words(book, item)),
        ColumnSpec("amount", tr(N_("Amount")), lambda item: current().money(item.amount, item.currency, symbol=False),
                   align="end", kind="money", width=104,
                   tone=lambda item: "bad" if (item.amount or 0) < 0 else ""),
    )


def _words(book: Book, item: DealRow) -> str:
    """Who bought, and what: a sale of an amount alone has only the name that all of them have."""
    plain = item.name == book.language.say(QUICK_SALE)
    return " · ".join(part for part in (item.customer or tr(N_("Walk-in")), "" if plain else item.name) if part)
