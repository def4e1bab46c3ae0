"""The list of requests: who, what they ask for, from where, and how long the answer may still take."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt

from desktop_crm.domain.requests import InboxRow, minutes_since
from desktop_crm.services import inbox
from desktop_crm.services.book import Book
from desktop_crm.ui.leads.wish_table import WishTable
from desktop_crm.ui.models import ColumnSpec
from desktop_crm.ui.reminders import spans
from desktop_crm.ui.words import N_, tr

KEYS = {Qt.Key.Key_L: "answer", Qt.Key.Key_S: "assign", Qt.Key.Key_C: "convert"}
"""What a letter does with the chosen requests."""


def standing(row: InboxRow, within: int, now: datetime) -> tuple[str, str]:
    """How much of the time for an answer is left or over, else how long ago it came; and the tone of that."""
    left = row.left(within, now)
    if left is None:
        return (spans.said("ago", minutes_since(row.came_at, now)) if row.came_at is not None else "—"), "neutral"
    if left <= 0:
        return spans.said("over", -left), "bad"
    return spans.said("left", left), "warn" if left * 3 <= within else "accent"


class RequestTable(WishTable[InboxRow]):
    """The requests; a letter of KEYS is an act on those that are chosen."""

    def __init__(self, book: Book) -> None:
        self._book = book
        super().__init__(tr(N_("Inbox of requests")), self._columns(), self._fetch, KEYS)

    def chosen(self) -> InboxRow | None:
        """The request that has the keyboard's place."""
        return self.model_.record(self.currentIndex().row()) if self.currentIndex().isValid() else None

    def _fetch(self, ids: Sequence[int]) -> Sequence[InboxRow | None]:
        found = {row.id: row for row in inbox.rows(self._book, ids)}
        return [found.get(row_id) for row_id in ids]

    def _standing(self, row: InboxRow) -> tuple[str, str]:
        return standing(row, self._book.business.answer_within, self._book.now())

    def _columns(self) -> list[ColumnSpec[InboxRow]]:
        return [
            ColumnSpec("name", tr(N_("Name")), lambda row: row.name, bold=True, width=190, least=120, stretch=True,
                       sortable=False, tooltip=lambda row: row.name),
            ColumnSpec("text", tr(N_("What they want")), lambda row: " ".join(row.text.split()), kind="dim", width=240,
                       least=120, stretch=True, sortable=False, tooltip=lambda row: row.text),
            ColumnSpec("source", tr(N_("Source")), lambda row: row.source or "—", width=100, least=70, sortable=False),
            ColumnSpec("campaign", tr(N_("Campaign")), lambda row: row.campaign or "—", width=120, least=70,
                       sortable=False),
            ColumnSpec("seller", tr(N_("Seller")), lambda row: row.seller or "—", width=110, least=70,
                       sortable=False),
            ColumnSpec("standing", tr(N_("Waits")), lambda row: self._standing(row)[0], kind="badge",
                       tone=lambda row: self._standing(row)[1], width=160, least=120, sortable=False,
                       tooltip=lambda row: self._standing(row)[0]),
        ]
