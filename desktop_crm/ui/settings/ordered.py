"""A list of records in an order of their own, with the form of the chosen one beside it: rules, item lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop_crm.domain.changes import Changes
from desktop_crm.services.book import Book
from desktop_crm.ui.qt import override
from desktop_crm.ui.settings.records import Noun, RecordsSection
from desktop_crm.ui.settings.section import Desk
from desktop_crm.ui.widgets.buttons import IconButton
from desktop_crm.ui.words import N_, tr


class Placed(Protocol):
    """A row that has an id, a name and a place in its list."""

    @property
    def id(self) -> int:
        """Its id."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def position(self) -> int:
        """Its place."""


P = TypeVar("P", bound=Placed)


class OrderedSection(RecordsSection[P]):
    """Records in their order, changed by Alt+Up and Alt+Down; `order` saves the ids in a new one as one act.

    The noun's `sorts` must have "position"; a column with that key may show the place.
    """

    def __init__(self, desk: Desk, noun: Noun[P], order: Callable[[Book, Sequence[int]], Changes],
                 parent: QWidget | None = None) -> None:
        self._order = order
        self.up = IconButton("chevron-up", tr(N_("Move up")), keys=QKeySequence("Alt+Up"), token="dim")
        self.down = IconButton("chevron-down", tr(N_("Move down")), keys=QKeySequence("Alt+Down"), token="dim")
        super().__init__(desk, noun, parent)
        self.model.mark_sorted("position", False)
        head = self.layout().itemAt(0).layout()  # type: ignore[union-attr]
        for number, button in enumerate((self.up, self.down), 3):  # after the count and the space, before the filter
            head.insertWidget(number, button)  # type: ignore[union-attr]
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys do the same from the list
            button.setEnabled(not desk.book.reading)
        self.up.clicked.connect(lambda: self.move_chosen(-1))
        self.down.clicked.connect(lambda: self.move_chosen(1))

    def move_chosen(self, step: int) -> None:
        """Move the chosen record one place up (-1) or down (1) in the whole list."""
        chosen = self.table.current_id()
        ids = [found.id for found in sorted(self._rows.values(), key=lambda found: (found.position, found.id))]
        if self.desk.book.reading or chosen not in ids or self.filter.text():
            return
        place = ids.index(chosen)
        if not 0 <= place + step < len(ids):
            return
        ids[place], ids[place + step] = ids[place + step], ids[place]
        self._wanted = chosen
        self.desk.acts.do(lambda: self._order(self.desk.book, ids), tr(N_("Order changed")))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.table and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress \
                and event.modifiers() == Qt.KeyboardModifier.AltModifier \
                and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_chosen(-1 if event.key() == Qt.Key.Key_Up else 1)
            return True
        return super().eventFilter(watched, event)
