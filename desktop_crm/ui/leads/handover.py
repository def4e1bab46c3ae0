"""Who lets customers lie, and who could take them over: deals over their stage's limit, overdue tasks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.handover import Suggestion
from desktop_crm.services import handover
from desktop_crm.ui.jobs import Latest
from desktop_crm.ui.leads.section import Desk, LeadsSection
from desktop_crm.ui.leads.wish_table import WishTable
from desktop_crm.ui.models import ColumnSpec
from desktop_crm.ui.widgets.buttons import Button, PrimaryButton
from desktop_crm.ui.widgets.labels import Dim, Hairline
from desktop_crm.ui.widgets.layout import FlowLayout, column
from desktop_crm.ui.widgets.states import EmptyState
from desktop_crm.ui.words import N_, N_count, current, tr, tr_count

_TOUCHES = ("customers", "deals", "tasks", "stages", "sellers", "settings")
_LATE = N_count("{n} day late", "{n} days late")


class HandOverSection(LeadsSection):
    """H hands the chosen customers over, Enter opens the card; nothing moves without it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, tr(N_("Hand over")), parent)
        self._latest = Latest(desk.jobs)
        self._rows: dict[int, Suggestion] = {}
        self.count = Dim("")
        self.table: WishTable[Suggestion] = WishTable(tr(N_("Hand over")), self._columns(), self._fetch,
                                                      {Qt.Key.Key_H: "hand"})
        self.empty = EmptyState("tasks", tr(N_("Looking for what is late…")))
        self.hand = PrimaryButton(tr(N_("Hand over…")), "arrow-right")
        self.open = Button(tr(N_("Open card")))
        self._lay_out()
        self.table.wished.connect(lambda _: self._hand())
        self.table.opened.connect(lambda key: self.record_wanted.emit("customers", key))
        self.table.selected.connect(lambda _: self._enable())
        self.hand.clicked.connect(self._hand)
        self.open.clicked.connect(lambda: self.record_wanted.emit("customers", self.table.selected_ids()[0]))
        self.setFocusProxy(self.table)

    def _lay_out(self) -> None:
        self.table.set_empty(self.empty)
        why = Dim(tr(N_("Customers whose seller lets a deal stand over its stage's limit, or tasks become overdue. H "
                        "hands the chosen ones over, with a paper for the next seller.")), 12, wrap=True)
        ways = FlowLayout()
        for button in (self.hand, self.open):
            ways.addWidget(button)
        body = column(self.head(self.count, None), Hairline(),
                      column(why, ways, gap=8, margins=(16, 12, 16, 12)), Hairline(), self.table, gap=0)
        body.setStretch(4, 1)
        self.setLayout(body)

    def start(self) -> None:
        """Load the suggestions."""
        self._latest.run(lambda _: handover.suggestions(self.desk.book), self._show, self._failed, label="")

    def reload(self, changes: Changes) -> None:
        """Load them again after a change that they follow from."""
        if changes.touches(*_TOUCHES):
            self.start()

    def focus(self) -> None:
        """Put the keyboard into the list."""
        self.table.setFocus()

    def stop(self) -> None:
        """Forget what is still being loaded."""
        self._latest.drop()

    def _show(self, found: list[Suggestion]) -> None:
        self._rows = {row.id: row for row in found}
        self.empty.show_state("check", tr(N_("Nobody is late")), tr(N_(
            "No deal stands over its stage's limit, and no task of a customer is overdue.")))
        self.table.show_ids(list(self._rows))
        self.count.setText(current().number(len(found)) if found else "")
        self.counted.emit(len(found))
        self._enable()

    def _failed(self, error: Exception) -> None:
        self.empty.show_state("warning", tr(N_("What is late could not be read.")))
        self.desk.messages.tell(error)

    def _fetch(self, ids: Sequence[int]) -> list[Suggestion | None]:
        return [self._rows.get(key) for key in ids]

    def _enable(self) -> None:
        chosen = self.table.selected_ids()
        self.hand.setEnabled(bool(chosen) and not self.desk.book.reading)
        self.open.setEnabled(bool(chosen))

    def _hand(self) -> None:
        """Wish for the form, with a seller that is proposed and has none of the chosen ones."""
        ids = [key for key in self.table.selected_ids() if key in self._rows]
        if ids and not self.desk.book.reading:
            chosen = [self._rows[key] for key in ids]
            present = {row.seller_id for row in chosen}
            to = next((row.to_id for row in chosen if row.to_id not in present), None) or 0
            self.act_wanted.emit(f"handover:{','.join(map(str, ids))}>{to}")

    def _columns(self) -> list[ColumnSpec[Suggestion]]:
        def why(row: Suggestion) -> str:
            return current().joined(handover.reasons(row, current()), ";")

        return [
            ColumnSpec("name", tr(N_("Customer")), lambda row: row.name, bold=True, width=190, least=110, stretch=True,
                       sortable=False, tooltip=lambda row: row.name),
            ColumnSpec("late", tr(N_("Late")), lambda row: tr_count(*_LATE, row.days(self.desk.book.today())),
                       kind="badge", tone=lambda _: "bad", width=150, least=120, sortable=False),
            ColumnSpec("why", tr(N_("Why")), why, kind="dim", width=300, least=140, stretch=True, sortable=False,
                       tooltip=why),
            ColumnSpec("seller", tr(N_("Seller")), lambda row: row.seller, width=120, least=80, sortable=False),
            ColumnSpec("to", tr(N_("Could take it over")), lambda row: handover.proposed(row, current()), width=160,
                       least=100, sortable=False, tooltip=lambda row: handover.proposed(row, current())),
        ]
