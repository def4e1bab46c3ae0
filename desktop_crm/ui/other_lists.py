"""The lists that have no tab of their own as files: payments, activities, products, sellers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu

from desktop_crm.ui import icons
from desktop_crm.ui.acts import Act
from desktop_crm.ui.words import N_, tr

if TYPE_CHECKING:
    from desktop_crm.ui.main_window import MainWindow

_ICONS = {"payments": "money", "activities": "note", "products": "product", "sellers": "person"}


class OtherLists:
    """Opens a menu of these lists over the window; each leaves whole, as every list does."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def acts(self) -> Sequence[Act]:
        """The act that opens the menu."""
        return [Act("other_lists", N_("Export payments, products, sellers…"), self.open, "", "upload")]

    def open(self) -> QMenu | None:
        """The menu, a list a line; None while no file is open."""
        from desktop_crm.domain.importing import TITLES  # nothing of it is needed before a list leaves
        from desktop_crm.services import outgoing
        from desktop_crm.ui.exporting import CSV, WORKBOOK, Exporting

        if self._window.book is None:
            return None
        page = self._window.page("customers")
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for kind, icon in _ICONS.items():
            below = menu.addMenu(icons.icon(icon, "dim"), tr(TITLES[kind]))
            export = Exporting(page, kind)
            menu.destroyed.connect(export.deleteLater)

            def ids(kind: str = kind) -> Sequence[int]:
                return outgoing.ids(page.book, kind)

            for form in (WORKBOOK, CSV):
                export.put(below, kind, form, ids, "")
            export.put_profiles(below, kind, ids, "")
        place = self._window.rect().center()
        menu.popup(self._window.mapToGlobal(QPoint(place.x() - menu.sizeHint().width() // 2, place.y() // 2)))
        menu.setActiveAction(menu.actions()[0])
        return menu
