"""Lists of leads in the pool, of idle ones, and of who would get whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt

from desktop_crm.domain.assignment import Proposal
from desktop_crm.domain.customers import HEATS, LEAD_STATES
from desktop_crm.domain.pool import PoolRow
from desktop_crm.services import assignment, pool
from desktop_crm.services.book import Book
from desktop_crm.ui.leads.wish_table import WishTable
from desktop_crm.ui.models import ColumnSpec
from desktop_crm.ui.words import N_, N_count, current, tr, tr_count

_AGO = N_count("{n} day ago", "{n} days ago")
_TONES = {"hot": "bad", "warm": "warn", "cold": "accent"}


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
