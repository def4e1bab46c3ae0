"""The rows of one kind of finding: what each record is called, what is found, and what its repair makes of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from desktop_crm.domain.data_health import BY_KEY, FindingRow
from desktop_crm.services import data_health
from desktop_crm.services.book import Book
from desktop_crm.ui.models import ColumnSpec, PagedModel
from desktop_crm.ui.qt import override
from desktop_crm.ui.tables import RecordTable
from desktop_crm.ui.words import N_, current, tr

AFTER = {"plain": "", "mend": N_("After the repair"), "verify": N_("What is written"), "keep": N_("What is held")}
"""The last column's title, by how a finding is shown: to be looked at, mended, verified, or decided about."""


def look(kind: str) -> str:
    """How a kind of finding is shown: plain, mend, verify or keep."""
    item = BY_KEY[kind]
    if item.group == "keep":
        return "keep"
    return "verify" if kind == "stale" else "mend" if item.repair and item.group == "fault" else "plain"


class FindingTable(RecordTable):
    """Enter or a double click opens a record; where records are verified, Enter says that one is true and E opens it.

    Emits `confirmed(ids)` for those that are true, besides what every list emits.
    """

    confirmed = Signal(list)

    def __init__(self, book: Book, way: str) -> None:
        super().__init__(tr(N_("Findings")))
        self._book, self._way, self._kind = book, way, ""
        self.model_: PagedModel[FindingRow] = PagedModel(self._columns(), self._fetch, self)
        self.set_paged(self.model_)

    def show_rows(self, kind: str, ids: Sequence[int]) -> None:
        """Show the records of a kind; after one is gone the next takes its place."""
        row = max(0, self.currentIndex().row())
        same, self._kind = self._kind == kind, kind
        self.model_.set_ids(ids)
        if ids and (not same or not self.selected_ids()):
            self.select(ids[min(row if same else 0, len(ids) - 1)])

    def chosen(self) -> FindingRow | None:
        """The record that has the keyboard's place."""
        return self.model_.record(self.currentIndex().row()) if self.currentIndex().isValid() else None

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._way == "verify" and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.confirmed.emit(self.selected_ids())
        elif event.key() == Qt.Key.Key_E and not event.modifiers():
            self._open()
        else:
            super().keyPressEvent(event)

    def _fetch(self, ids: Sequence[int]) -> Sequence[FindingRow | None]:
        return data_health.rows(self._book, self._kind, ids, current())

    def _columns(self) -> list[ColumnSpec[FindingRow]]:
        columns: list[ColumnSpec[FindingRow]] = [
            ColumnSpec("name", tr(N_("Name")), lambda row: row.name, bold=True, width=220, least=140, stretch=True,
                       sortable=False),
            ColumnSpec("now", tr(N_("What is found")), lambda row: row.now, kind="dim", width=230, least=120,
                       sortable=False, tooltip=lambda row: row.now)]
        if self._way != "plain":
            columns.append(ColumnSpec("after", tr(AFTER[self._way]), lambda row: row.after or "—", width=220, least=120,
                                      stretch=True, sortable=False, tooltip=lambda row: row.after))
        return columns
