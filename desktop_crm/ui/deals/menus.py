"""The pop-ups that act on the chosen deals: from a card, from a row, from the bar for many."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop_crm.services.book import Book
from desktop_crm.ui.deals import standing
from desktop_crm.ui.deals.header import choices
from desktop_crm.ui.deals.views import Views
from desktop_crm.ui.words import N_, tr

Fill = Callable[[Views, QMenu], None]


class Menus(QObject):
    """Fills menus when they open and says what was picked for the deals that are chosen."""

    move_wanted = Signal(list, int)
    decide_wanted = Signal(list, str)
    edit_wanted = Signal(list, dict)
    open_wanted = Signal(int)
    attach_wanted = Signal()
    delete_wanted = Signal(list)
    exports = Signal(QMenu, list)  # to be filled with what these deals can be exported to

    def __init__(self, book: Book, parent: QWidget) -> None:
        super().__init__(parent)
        self._book, self._parent = book, parent

    def bulk(self, views: Views) -> list[tuple[str, QMenu]]:
        """The menus of the bar for many, each with the title of its button."""
        parts = ((N_("Stage"), self._fill_stages), (N_("Seller"), self._fill_sellers),
                 (N_("Expected"), self._fill_expected), (N_("Source"), self._fill_sources))
        return [(tr(title), self._menu(views, fill)) for title, fill in parts]

    def context(self, views: Views, ids: list[int]) -> QMenu:
        """What can be done with these deals."""
        menu = QMenu(self._parent)
        if len(ids) == 1:
            menu.addAction(tr(N_("Open card"))).triggered.connect(lambda: self.open_wanted.emit(ids[0]))
            if not self._book.reading:
                menu.addAction(tr(N_("Attach a file…"))).triggered.connect(self.attach_wanted.emit)
        self._fill_stages(views, menu.addMenu(tr(N_("Move to"))))
        menu.addAction(tr(N_("Won"))).triggered.connect(lambda: self.decide_wanted.emit(ids, "won"))
        menu.addAction(tr(N_("Lost…"))).triggered.connect(lambda: self.decide_wanted.emit(ids, "lost"))
        menu.addSeparator()
        self._fill_sellers(views, menu.addMenu(tr(N_("Seller"))))
        self._fill_expected(views, menu.addMenu(tr(N_("Expected"))))
        self._fill_sources(views, menu.addMenu(tr(N_("Source"))))
        menu.addSeparator()
        self.exports.emit(menu.addMenu(tr(N_("Export"))), ids)
        menu.addAction(tr(N_("Delete"))).triggered.connect(lambda: self.delete_wanted.emit(ids))
        return menu

    def _menu(self, views: Views, fill: Fill) -> QMenu:
        menu = QMenu(self._parent)

        def refill() -> None:
            menu.clear()
            fill(views, menu)

        menu.aboutToShow.connect(refill)
        return menu

    def _fill_stages(self, views: Views, menu: QMenu) -> None:
        choices(menu, [(stage.id, standing.stage_words(stage)) for stage in views.pipeline.open_stages], None,
                lambda stage: self.move_wanted.emit(views.chosen(), stage))

    def _fill_sellers(self, views: Views, menu: QMenu) -> None:
        self._fill_links(views, menu, "seller_id", [(item.id, item.name) for item in views.lists.sellers])

    def _fill_sources(self, views: Views, menu: QMenu) -> None:
        self._fill_links(views, menu, "source_id", [(item.id, item.name) for item in views.lists.sources])

    def _fill_links(self, views: Views, menu: QMenu, key: str, options: list[tuple[int, str]]) -> None:
        choices(menu, [*options, (None, tr(N_("None")))], "",
                lambda value: self.edit_wanted.emit(views.chosen(), {key: value}))

    def _fill_expected(self, views: Views, menu: QMenu) -> None:
        today = self._book.today()
        days = ((N_("In a week"), 7), (N_("In two weeks"), 14), (N_("In a month"), 30), (N_("In three months"), 91))
        soon = [(today + timedelta(days=count), title) for title, count in days]
        options: list[tuple[object, str]] = [(on, f"{tr(title)} · {standing.short_day(on)}") for on, title in soon]
        choices(menu, [*options, (None, tr(N_("No date")))], "",
                lambda day: self.edit_wanted.emit(views.chosen(), {"expected_on": day}))
