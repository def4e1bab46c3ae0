"""What can be done with the selected customers at once: a bar above the list, and the menu over it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from desktop_crm.domain import leaving
from desktop_crm.domain.custom_fields import CustomField
from desktop_crm.domain.customers import HEATS, STATES
from desktop_crm.services import mailing
from desktop_crm.ui import icons
from desktop_crm.ui.access.gate import guarded, noted
from desktop_crm.ui.customers.facets import Facets
from desktop_crm.ui.customers.popups import Option, add_line, fill_choices
from desktop_crm.ui.own_fields import CHOSEN, options
from desktop_crm.ui.page import Page
from desktop_crm.ui.widgets.buttons import Button, IconButton, literal
from desktop_crm.ui.widgets.cards import Panel
from desktop_crm.ui.widgets.chips import Chip
from desktop_crm.ui.widgets.labels import Label
from desktop_crm.ui.widgets.layout import FlowLayout, row
from desktop_crm.ui.words import N_, tr, tr_count

if TYPE_CHECKING:
    from desktop_crm.ui.customers.page import CustomersPage

_TITLES = {"state": N_("State"), "heat": N_("Heat"), "seller_id": N_("Seller"), "region": N_("Region"),
           "tag": N_("Tag"), "task": N_("New task")}
_MORE = {"campaign_id": N_("Campaign")}
"""What the menu over the rows offers besides; the bar has no room for it."""
_TYPED = {"region": N_("Another region"), "tag": N_("New tag"), "task": N_("What is to be done?")}


class BulkActs(QObject):
    """Fills menus with the acts: `edited(field, value)`, `own_set(own field, value)`, `tagged(name)`,
    `task_typed(text)`, `deleted()`.
    """

    edited = Signal(str, object)
    own_set = Signal(object, object)
    tagged = Signal(str)
    task_typed = Signal(str)
    deleted = Signal()
    copied = Signal()
    addresses_wanted = Signal()
    exports = Signal(QMenu)  # to be filled with what the selected ones can be exported to
    merge_wanted = Signal()
    hand_over_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.facets = Facets({})

    def fill(self, key: str, menu: QMenu) -> None:
        """Fill `menu` with what the act `key` offers."""
        menu.clear()
        fill_choices(menu, self._options(key), self._chosen(key))
        if key in _TYPED:
            add_line(menu, tr(_TYPED[key]), self._chosen(key))

    def context_menu(self, parent: QWidget, reading: bool) -> QMenu:
        """The menu over the selected rows."""
        menu = QMenu(parent)
        for key, title in (_TITLES | _MORE).items() if not reading else ():
            self.fill(key, menu.addMenu(tr(title)))
        if self.facets.own_fields and not reading:
            self.fill_own(menu.addMenu(tr(N_("Own fields"))))
        if not reading:
            menu.addSeparator()
            menu.addAction(icons.icon("customers", "dim"), tr(N_("Merge…"))).triggered.connect(
                lambda: self.merge_wanted.emit())
            menu.addAction(icons.icon("arrow-right", "dim"), tr(N_("Hand over…"))).triggered.connect(
                lambda: self.hand_over_wanted.emit())
        menu.addAction(icons.icon("copy", "dim"), tr(N_("Copy"))).triggered.connect(lambda: self.copied.emit())
        menu.addAction(icons.icon("mail", "dim"), tr(N_("Copy the e-mail addresses"))).triggered.connect(
            lambda: self.addresses_wanted.emit())
        self.exports.emit(menu.addMenu(icons.icon("upload", "dim"), tr(N_("Export"))))
        if not reading:
            menu.addAction(icons.icon("trash", "dim"), tr(N_("Delete"))).triggered.connect(
                lambda: self.deleted.emit())
        return menu

    def fill_own(self, menu: QMenu) -> None:
        """Fill `menu` with the own fields, each with what it offers: words to choose, or a line to type into."""
        menu.clear()
        for field in self.facets.own_fields:
            below = menu.addMenu(literal(field.name))

            def chosen(value: object, field: CustomField = field) -> None:
                self.own_set.emit(field, value)

            fill_choices(below, [*options(field)[1:], (None, tr(N_("Empty")))], chosen)
            if field.type not in CHOSEN:
                add_line(below, field.name, chosen)

    def _options(self, key: str) -> list[Option]:
        if key in ("state", "heat"):
            none: list[Option] = [(None, "—")] if key == "heat" else []
            return [*((code, tr(title)) for code, title in (STATES if key == "state" else HEATS).items()), *none]
        if key == "seller_id":
            return [*((seller.id, seller.name) for seller in self.facets.sellers), (None, tr(N_("No seller")))]
        if key == "campaign_id":
            return [*((one.id, one.name) for one in self.facets.campaigns), (None, tr(N_("No campaign")))]
        if key == "region":
            return [(value, value) for value, _ in self.facets.regions]
        return [(tag.name, tag.name) for tag in self.facets.tags] if key == "tag" else []

    def _chosen(self, key: str) -> Callable[[object], None]:
        if key == "tag":
            return lambda value: self.tagged.emit(str(value))
        if key == "task":
            return lambda value: self.task_typed.emit(str(value))
        return lambda value: self.edited.emit(key, value)


def acts_of(page: CustomersPage) -> BulkActs:
    """The acts on the selected customers of a page."""
    acts, table, wanted = BulkActs(page), page.table, page.list_acts
    acts.facets = page.facets
    acts.edited.connect(wanted.edit_many)
    acts.own_set.connect(wanted.set_own)
    acts.tagged.connect(wanted.tag_many)
    acts.task_typed.connect(wanted.task_many)
    acts.deleted.connect(lambda: wanted.delete(table.selected_ids()))
    acts.merge_wanted.connect(lambda: merge(page, table.selected_ids()))
    acts.hand_over_wanted.connect(lambda: hand_over(page, table.selected_ids()))
    acts.copied.connect(table.copy)
    acts.exports.connect(lambda menu: page.exporting.fill(menu, table.selected_ids))
    acts.addresses_wanted.connect(lambda: copy_addresses(page, table.selected_ids()))
    return acts


class BulkBar(Panel):
    """Stands in the filter's place while several rows are selected; `cleared()` selects one again."""

    cleared = Signal()

    def __init__(self, acts: BulkActs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = Label(strong=True)
        strip = QWidget()
        flow = FlowLayout(strip, gap=6)
        for key, title in _TITLES.items():
            chip = Chip(tr(title))
            menu = QMenu(chip)
            menu.aboutToShow.connect(lambda key=key, menu=menu: acts.fill(key, menu))
            chip.set_menu(menu)
            flow.addWidget(chip)
        self.own, below = Chip(tr(N_("Own fields"))), QMenu(self)
        below.aboutToShow.connect(lambda: acts.fill_own(below))
        self.own.set_menu(below)
        flow.addWidget(self.own)
        self._acts = acts
        merge = Chip(tr(N_("Merge…")), toggles=False)
        merge.clicked.connect(acts.merge_wanted)
        flow.addWidget(merge)
        hand = Chip(tr(N_("Hand over…")), toggles=False)
        hand.clicked.connect(acts.hand_over_wanted)
        flow.addWidget(hand)
        export, out = Chip(tr(N_("Export"))), QMenu(self)
        out.aboutToShow.connect(lambda: acts.exports.emit(out))
        export.set_menu(out)
        flow.addWidget(export)
        delete = Button(tr(N_("Delete")), "trash", "danger")
        delete.clicked.connect(acts.deleted)
        close = IconButton("close", tr(N_("Select one only")), token="dim")
        close.clicked.connect(self.cleared)
        box = row(self._said, strip, delete, close, margins=(16, 7, 12, 7), gap=12)
        box.setAlignment(strip, Qt.AlignmentFlag.AlignVCenter)
        box.setStretch(1, 1)
        self.setLayout(box)

    def show_count(self, count: int) -> None:
        """Say how many rows are selected."""
        self.own.setVisible(bool(self._acts.facets.own_fields))
        self._said.setText(tr_count(N_("{n} selected"), N_("{n} selected"), count))


def copy_addresses(page: Page, ids: Sequence[int]) -> None:
    """Put the e-mail addresses of customers on the clipboard for a mailing; who wants no marketing is left out."""
    if len(ids) > 1:
        guarded(page, tr_count(N_("Copy the e-mail addresses of {n} customer"),
                               N_("Copy the e-mail addresses of {n} customers"), len(ids)), lambda: _copy(page, ids))
    else:
        _copy(page, ids)


def _copy(page: Page, ids: Sequence[int]) -> None:
    found = mailing.recipients(page.book, ids)
    QGuiApplication.clipboard().setText(", ".join(found.addresses))
    if len(ids) > 1:
        noted(page, leaving.ADDRESSES, count=len(found.addresses))
    said = [tr_count(N_("Copied {n} e-mail address."), N_("Copied {n} e-mail addresses."), len(found.addresses))]
    if found.refused:
        said.append(tr_count(N_("Left out: {n} who wants no marketing."), N_("Left out: {n} who want no marketing."),
                             found.refused))
    if found.without:
        said.append(tr_count(N_("{n} has no e-mail."), N_("{n} have no e-mail."), found.without))
    page.messages.note(" ".join(said))


def merge(page: Page, ids: Sequence[int]) -> None:
    """Wish for the comparison of two or more customers, to make them one."""
    if len(ids) > 1:
        page.act_wanted.emit("merge:" + ",".join(map(str, ids)))
    else:
        page.messages.note(tr(N_("Select two or more customers first, with Ctrl or Shift.")))


def hand_over(page: Page, ids: Sequence[int]) -> None:
    """Wish for the form that hands customers over to another seller."""
    if ids and not page.book.reading:
        page.act_wanted.emit("handover:" + ",".join(map(str, ids)))
    elif not ids:
        page.messages.note(tr(N_("Select one or more customers first.")))
