"""The columns of the list of deals, and the keys that work in it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from desktop_crm.domain.deals import STATUSES, DealRow
from desktop_crm.ui.deals import standing
from desktop_crm.ui.delegates import widest_day
from desktop_crm.ui.models import ColumnSpec
from desktop_crm.ui.qt import override
from desktop_crm.ui.tables import RecordTable
from desktop_crm.ui.words import N_, current, tr


def columns(today: Callable[[], date]) -> list[ColumnSpec[DealRow]]:
    """The columns of the list; days are counted to `today`."""
    say, days = current(), widest_day(104)
    return [
        ColumnSpec("name", tr(N_("Name")), lambda item: item.name, bold=True, width=190, least=140, stretch=True),
        ColumnSpec("customer", tr(N_("Customer")), lambda item: item.customer or tr(N_("No customer")), width=190,
                   least=110, tone=lambda item: "" if item.customer else "faint"),
        ColumnSpec("stage", tr(N_("Stage")), lambda item: item.stage, kind="badge", width=120,
                   tone=lambda item: standing.TONES.get(item.status, "neutral")),
        ColumnSpec("amount", tr(N_("Amount")), lambda item: say.money(item.amount, item.currency), align="end",
                   kind="money", width=120),
        ColumnSpec("expected_on", tr(N_("Expected")), lambda item: say.day(item.expected_on), width=days,
                   tone=lambda item: "bad" if _late(item, today()) else ""),
        ColumnSpec("stage_on", tr(N_("Days in stage")), lambda item: standing.days(item.days_in_stage(today())) or "—",
                   align="end", width=100, tone=lambda item: standing.days_tone(item, today()),
                   tooltip=lambda item: standing.mark(item, today()).words),
        ColumnSpec("next_step", tr(N_("Next step")), standing.next_step, kind="dim", width=200, least=100, stretch=True,
                   tone=lambda item: "bad" if _steps_missing(item) else "dim"),
        ColumnSpec("seller", tr(N_("Seller")), lambda item: item.seller or "—", width=110, least=80),
        ColumnSpec("source", tr(N_("Source")), lambda item: item.source or "—", sortable=False, hidden=True),
        ColumnSpec("created_on", tr(N_("Created")), lambda item: say.day(item.created_on), hidden=True, width=days),
        ColumnSpec("closed_on", tr(N_("Closed")), lambda item: say.day(item.closed_on), hidden=True, width=days),
        ColumnSpec("products", tr(N_("Products")), lambda item: item.products or "—", sortable=False, hidden=True,
                   width=160),
        ColumnSpec("status", tr(N_("Status")), lambda item: tr(STATUSES.get(item.status, item.status)), hidden=True,
                   width=90),
        ColumnSpec("external_id", tr(N_("External ID")), lambda item: item.external_id or "—", sortable=False,
                   hidden=True),
    ]


def _late(item: DealRow, today: date) -> bool:
    return item.status == "open" and item.expected_on is not None and item.expected_on < today


def _steps_missing(item: DealRow) -> bool:
    return item.status == "open" and item.next_step is None


class DealTable(RecordTable):
    """The list of deals; W wins, L loses, Ctrl or Alt with left and right moves by a stage, F2 renames."""

    decided = Signal(str)
    pushed = Signal(int)
    renamed = Signal(int)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        kind = {Qt.Key.Key_W: "won", Qt.Key.Key_L: "lost"}.get(Qt.Key(event.key()))
        record = self.current_id()
        if kind is not None and event.modifiers() == Qt.KeyboardModifier.NoModifier and self.selected_ids():
            self.decided.emit(kind)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and held and self.selected_ids():
            mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            self.pushed.emit(1 if (event.key() == Qt.Key.Key_Right) != mirrored else -1)
        elif event.key() == Qt.Key.Key_F2 and record is not None:
            self.renamed.emit(record)
        else:
            super().keyPressEvent(event)
