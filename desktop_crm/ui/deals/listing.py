"""The list view: deals of any status as rows, and what can be done with many of them at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop_crm.domain.deals import DealRow
from desktop_crm.ui.deals.columns import Fetch
from desktop_crm.ui.deals.table import DealTable, columns
from desktop_crm.ui.models import ColumnSpec, PagedModel
from desktop_crm.ui.widgets.buttons import Button
from desktop_crm.ui.widgets.cards import Panel
from desktop_crm.ui.widgets.labels import Hairline, Label
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.words import N_, tr, tr_count


class DealList(QWidget):
    """The table over a bar for many; emits what is asked for, as the board does."""

    picked = Signal(list)
    pushed = Signal(int)
    opened = Signal(int)
    renamed = Signal(int)
    decide_wanted = Signal(list, str)
    delete_wanted = Signal(list)
    menu_wanted = Signal(list, QPoint)
    sort_requested = Signal(str, bool)

    def __init__(self, fetch: Fetch, today: Callable[[], date], menus: Sequence[tuple[str, QMenu]],
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = DealTable(tr(N_("Deals")))
        self._today = today
        self._complete = False
        self._waiting: dict[str, Any] = {}  # a state that may speak of own fields, whose columns are not there yet
        self._model: PagedModel[DealRow] = PagedModel(columns(today), fetch, self)
        self._model.mark_sorted("expected_on", False)
        self.table.set_paged(self._model)
        self.many = ManyBar(menus)
        self.setLayout(column(self.table, self.many, gap=0))
        self.table.selected.connect(self._selected)
        self.table.pushed.connect(self.pushed)
        self.table.opened.connect(self.opened)
        self.table.renamed.connect(self.renamed)
        self.table.decided.connect(lambda kind: self.decide_wanted.emit(self.selected_ids(), kind))
        self.table.delete_requested.connect(self.delete_wanted)
        self.table.context_menu_requested.connect(self.menu_wanted)
        self.many.decide_wanted.connect(lambda kind: self.decide_wanted.emit(self.selected_ids(), kind))
        self.many.delete_wanted.connect(lambda: self.delete_wanted.emit(self.selected_ids()))
        self._model.sort_requested.connect(self.sort_requested)

    def show_ids(self, ids: Sequence[int]) -> None:
        """Show these deals in this order; the chosen ones stay chosen."""
        self._model.set_ids(ids)

    def show_own(self, own: Sequence[ColumnSpec[DealRow]]) -> None:
        """Have these columns for the business's own fields."""
        self.table.set_columns([*columns(self._today), *own])
        if self._waiting:
            self.table.restore_state(self._waiting)
        self._complete, self._waiting = True, {}

    def refresh(self) -> None:
        """Read the rows in sight again."""
        self._model.refresh()

    def sort_state(self) -> tuple[str, bool]:
        """By which column the list is sorted, and whether it descends."""
        return self._model.sort_state()

    def ids(self) -> list[int]:
        """The deals shown, in their order."""
        return self._model.ids()

    def selected_ids(self) -> list[int]:
        """The chosen deals in the list's order."""
        return self.table.selected_ids()

    def select(self, ids: Sequence[int]) -> bool:
        """Choose the first of these deals that is shown; whether there is one."""
        return any(self.table.select(record) for record in ids[:1])

    def focus_rows(self) -> None:
        """Put the keyboard on the chosen row, else on the first."""
        if not self.table.selected_ids() and self._model.ids():
            self.table.select(self._model.ids()[0])
        self.table.setFocus()

    def save_state(self) -> dict[str, Any]:
        """Columns and sorting as plain values."""
        return self._waiting or self.table.save_state()

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take up what `save_state` gave."""
        self._waiting = {} if self._complete else state
        self.table.restore_state(state)

    def _selected(self, ids: list[int]) -> None:
        self.many.show_count(len(ids))
        self.picked.emit(ids)


class ManyBar(Panel):
    """What can be done with the chosen deals together; shown while more than one is chosen.

    `menus` gives the pop-ups by the title of their button; each is filled by its owner when it opens.
    """

    decide_wanted = Signal(str)
    delete_wanted = Signal()

    def __init__(self, menus: Sequence[tuple[str, QMenu]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = Label(strong=True)
        won, lost = Button(tr(N_("Won")), "won"), Button(tr(N_("Lost")), "lost")
        delete = Button(tr(N_("Delete")), "trash", "danger")
        won.clicked.connect(lambda: self.decide_wanted.emit("won"))
        lost.clicked.connect(lambda: self.decide_wanted.emit("lost"))
        delete.clicked.connect(self.delete_wanted)
        choices = [_menu_button(title, menu) for title, menu in menus]
        line = row(self._count, None, *choices, won, lost, delete, margins=(16, 8, 16, 9))
        self.setLayout(column(Hairline(), line, gap=0))
        self.hide()

    def show_count(self, count: int) -> None:
        """Say how many deals are chosen; the bar hides for one or none."""
        self._count.setText(tr_count(N_("{n} deal chosen"), N_("{n} deals chosen"), count))
        self.setVisible(count > 1)


def _menu_button(title: str, menu: QMenu) -> Button:
    """A button at the foot of the page that opens `menu` above itself."""
    button = Button(title, "chevron-up")

    def pop() -> None:
        menu.aboutToShow.emit()
        menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height() - 2)))

    button.clicked.connect(pop)
    return button
