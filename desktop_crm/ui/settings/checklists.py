"""The two checklists: what to know before a lead is marketing qualified, and sales qualified."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QBoxLayout, QWidget

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.checklists import LISTS, Item
from desktop_crm.domain.errors import CrmError
from desktop_crm.domain.values import fold
from desktop_crm.services import checklists
from desktop_crm.services.book import Book
from desktop_crm.ui import forms
from desktop_crm.ui.models import ColumnSpec
from desktop_crm.ui.settings.ordered import OrderedSection
from desktop_crm.ui.settings.records import Noun, Words
from desktop_crm.ui.settings.section import Desk
from desktop_crm.ui.widgets.chips import Chip, ChipGroup
from desktop_crm.ui.widgets.labels import Hairline
from desktop_crm.ui.widgets.layout import row
from desktop_crm.ui.words import N_, current, tr

_WORDS = Words(
    title=N_("Checklists"), new=N_("New item"), find=N_("Find an item"), empty=N_("Nothing on this list yet"),
    hint=N_("Add what you want to know of a lead before it counts as qualified (Ctrl+N), or begin with the usual "
            "items, above. They are ticked on the lead's card."),
    deleted=N_("Deleted {count} items"), choose=N_("Choose an item to change it, or press Ctrl+N for a new one."),
)


class ChecklistsSection(OrderedSection[Item]):
    """The items of one list at a time, in the order in which a lead's card shows them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._list = "marketing"
        super().__init__(desk, self._described(desk.book), self._order_items, parent)
        self.chips = {key: Chip(tr(title)) for key, title in LISTS.items()}
        self._group = ChipGroup(list(self.chips.values()), self)
        for key, chip in self.chips.items():
            chip.clicked.connect(lambda _=False, key=key: self.show_list(key))
        self.chips[self._list].setChecked(True)
        self.usual = Chip(tr(N_("Usual items")), icon="list", toggles=False)
        self.usual.setEnabled(not desk.book.reading)
        self.usual.clicked.connect(lambda: self.add_usual())
        whole = self.layout()
        if isinstance(whole, QBoxLayout):  # below the head and its line
            whole.insertWidget(2, Hairline())
            whole.insertLayout(2, row(*self.chips.values(), None, self.usual, gap=6, margins=(16, 8, 16, 8)))

    def show_list(self, key: str) -> None:
        """Show the other list, once what was typed is saved."""
        if key != self._list and self.leave():
            self._list, self._record = key, None
            self.filter.clear()
            self.form.begin(self._noun.values(None))
            self._load()
        self.chips[self._list].setChecked(True)

    def add_usual(self) -> None:
        """Add the items to begin with to the list in sight; says so if all are there."""
        try:
            changes = self.desk.acts.do(lambda: checklists.suggest(self.desk.book, self._list),
                                        tr(N_("Added the usual items")))
        except CrmError as error:
            self.desk.acts.tell(error)
            return
        if not changes.count:
            self.desk.acts.note(tr(N_("All usual items are there already.")))

    def _described(self, book: Book) -> Noun[Item]:
        return Noun(
            "checklist_items", "check", _WORDS, lambda typed: _matching(book, self._list, typed), _columns(),
            {"position": lambda item: item.position, "name": lambda item: item.name},
            lambda _: [forms.text("name", tr(N_("Name")), required=True)], _values,
            lambda book, values: checklists.add(book, self._list, values["name"]),
            lambda book, item, values: checklists.rename(book, item, values["name"]), checklists.delete)

    def _order_items(self, book: Book, ids: Sequence[int]) -> Changes:
        return checklists.order(book, ids)


def _matching(book: Book, of: str, typed: str) -> list[Item]:
    """The items of a list that have every word that was typed."""
    return [item for item in checklists.items(book, of)
            if all(word in fold(item.name) for word in fold(typed).split())]


def _columns() -> list[ColumnSpec[Item]]:
    return [
        ColumnSpec("position", "#", lambda item: current().number(item.position), align="end", kind="dim", width=48),
        ColumnSpec("name", tr(N_("Name")), lambda item: item.name, bold=True, width=240, least=110, stretch=True,
                   tooltip=lambda item: item.name),
    ]


def _values(item: Item | None) -> dict[str, Any]:
    return {"name": "" if item is None else item.name}
