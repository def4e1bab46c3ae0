"""Customers and their contact people as files: tables, and also cards, a page to carry, an address book."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from desktop_crm.services import outgoing
from desktop_crm.ui import exporting, icons
from desktop_crm.ui.customers import facets
from desktop_crm.ui.customers.ordering import NameOrder
from desktop_crm.ui.exporting import CSV, WORKBOOK, Ids, Kind, emptied
from desktop_crm.ui.words import N_, tr

if TYPE_CHECKING:
    from desktop_crm.ui.customers.page import CustomersPage

KINDS = (
    Kind(N_("vCard for phones and address books"), ".vcf", "person"),
    Kind(N_("vCard 3.0 for older ones"), ".vcf", "person", "3.0"),
    WORKBOOK,
    CSV,
    Kind(N_("Page to carry, read only (HTML)"), ".html", "globe"),
    Kind(N_("Address book on paper (PDF)"), ".pdf", "pdf"),
)
_PEOPLE = tuple(kind for kind in KINDS if kind.suffix in (".vcf", ".xlsx", ".csv"))
"""What a list of contact people alone is good for; an address book has them below their companies."""


class Exporting(exporting.Exporting):
    """Exports what the page shows, selects, or keeps as a segment."""

    nothing = N_("There is nobody in this list to export.")

    def __init__(self, page: CustomersPage) -> None:
        super().__init__(page, "customers")
        self._customers = page

    def fill(self, menu: QMenu, ids: Ids, title: str = "") -> None:
        """Fill `menu` with the kinds of files; the customers are asked for when one is chosen."""
        emptied(menu)
        for kind in KINDS:
            self.put(menu, "customers", kind, ids, title)
        self.put_profiles(menu, "customers", ids, title)
        menu.addSeparator()
        people = menu.addMenu(icons.icon("customers", "dim"), tr(N_("Contact people alone")))
        for kind in _PEOPLE:
            self.put(people, "contacts", kind, ids, title)
        self.put_profiles(people, "contacts", ids, title)

    def of_choice(self, key: str, title: str, menu: QMenu) -> None:
        """Fill `menu` for a choice of the sidebar: a segment, a seller or a tag, as it stands then."""
        page = self._customers
        self.fill(menu, lambda: NameOrder(page.book).ids(facets.filter_of(key, page.facets), "name", False), title)

    def of_list(self) -> QMenu:
        """The menu over the list, by key: for the selected customers if there are several, else for the whole list."""
        table = self._customers.table
        return self.menu(table, table.selected_ids(), self._customers.model.ids)

    def wanted(self, what: str, ids: Sequence[int]) -> Sequence[int]:
        """The customers themselves, or their contact people."""
        return ids if what == "customers" else outgoing.people(self._page.book, ids)
