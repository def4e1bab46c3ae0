"""Lists of leads in the pool, of idle ones, and of who would get whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from desktop_crm.domain.assignment import Proposal
from desktop_crm.domain.customers import HEATS, LEAD_STATES
from desktop_crm.domain.pool import PoolRow
from desktop_crm.services import assignment, pool
from desktop_crm.services.book import Book
from desktop_crm.ui.models import ColumnSpec, PagedModel
from desktop_crm.ui.qt import override
from desktop_crm.ui.tables import RecordTable
from desktop_crm.ui.words import N_, N_count, current, tr, tr_count

R = TypeVar("R")
_AGO = N_count("{n} day ago", "{n} days ago")
_TONES = {"hot": "bad", "warm": "warn", "cold": "accent"}


class WishTable(RecordTable, Generic[R]):
    """A list that emits `wished(what)` for a letter of `keys`, besides what every list emits."""

    wished = Signal(str)

    def __init__(self, name: str, columns: Sequence[ColumnSpec[R]],
                 fetch: Callable[[Sequence[int]], Sequence[R | None]], keys: Mapping[Qt.Key, str]) -> None:
        super().__init__(name)
        self._keys = keys
        self.model_: PagedModel[R] = PagedModel(columns, fetch, self)
        self.set_paged(self.model_)

    def show_ids(self, ids: Sequence[int]) -> None:
        """Show these records; after one is gone the next takes its place."""
        row = max(0, self.currentIndex().row())
        self.model_.set_ids(ids)
        if ids and not self.selected_ids():
            self.select(ids[min(row, len(ids) - 1)])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        wish = self._keys.get(Qt.Key(event.key())) if not event.modifiers() else None
        if wish is not None and self.selected_ids():
            if not event.isAutoRepeat():  # a key that is held down means one act, not one for each lead
                self.wished.emit(wish)
        else:
            super().keyPressEvent(event)


def leads(book: Book, name: str, keys: Mapping[Qt.Key, str], idle: bool) -> WishTable[PoolRow]:
    """A list of leads: those in the pool with who had them, `idle` ones with whose they are."""
    def fetch(ids: Sequence[int]) -> list[PoolRow | None]:
        found = {row.id: row for row in pool.rows(book, ids)}
        return [found.get(key) for key in ids]

    seller: ColumnSpec[PoolRow] = (
        ColumnSpec("seller", tr(N_("Seller")), lambda row: row.seller or "—", width=130, least=70, sortable=False)
        if idle else
        ColumnSpec("former", tr(N_("Had it last")), lambda row: row.former or "—", width=130, least=70, sortable=False))
    return WishTable(name, [
        ColumnSpec("name", tr(N_("Name")), lambda row: row.name, bold=True, width=200, least=120, stretch=True,
                   sortable=False, tooltip=lambda row: row.name),
        ColumnSpec("state", tr(N_("Lead state")), lambda row: tr(LEAD_STATES.get(row.lead_state or "", "")) or "—",
                   width=110, least=70, sortable=False),
        ColumnSpec("heat", tr(N_("Heat")), lambda row: tr(HEATS.get(row.heat or "", "")), kind="badge",
                   tone=lambda row: _TONES.get(row.heat or "", "neutral"), width=138, least=80, sortable=False),
        ColumnSpec("source", tr(N_("Source")), lambda row: row.source or "—", width=110, least=70, sortable=False),
        ColumnSpec("region", tr(N_("Region")), lambda row: row.region or "—", width=110, least=70, sortable=False),
        seller,
        ColumnSpec("touched", tr(N_("Last touch")), lambda row: _touched(book, row), align="end", width=110,
                   sortable=False, tooltip=lambda row: current().day(row.touched_on) if row.touched_on else ""),
    ], fetch, keys)


def _touched(book: Book, row: PoolRow) -> str:
    days = row.days(book.today())
    if days is None:
        return "—"
    return tr_count(*_AGO, days) if days > 0 else tr(N_("Today"))


class ProposalTable(WishTable[Proposal]):
    """Who would get each lead, and why."""

    def __init__(self) -> None:
        self._found: dict[int, Proposal] = {}
        super().__init__(tr(N_("Who gets whom")), [
            ColumnSpec("name", tr(N_("Name")), lambda row: row.name, bold=True, width=220, least=120, stretch=True,
                       sortable=False, tooltip=lambda row: row.name),
            ColumnSpec("seller", tr(N_("Seller")), lambda row: row.seller or tr(N_("stays in the pool")), kind="badge",
                       tone=lambda row: "accent" if row.seller else "neutral", width=170, least=100, sortable=False),
            ColumnSpec("why", tr(N_("Why")), lambda row: assignment.said(row, current()), kind="dim", width=320,
                       least=160, stretch=True, sortable=False, tooltip=lambda row: assignment.said(row, current())),
        ], lambda ids: [self._found.get(key) for key in ids], {})

    def show_proposals(self, found: Sequence[Proposal]) -> None:
        """Show these in place of those before."""
        self._found = {one.id: one for one in found}
        self.show_ids(list(self._found))
