"""The search box and its palette at work: what is typed is looked for off the screen's thread."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop_crm.ui.actions import Actions
from desktop_crm.ui.entries import Entry, entries_of
from desktop_crm.ui.jobs import Jobs, Latest, Progress
from desktop_crm.ui.qt import override
from desktop_crm.ui.top_bar import SearchBox
from desktop_crm.ui.words import N_, tr

if TYPE_CHECKING:  # the services bring SQLModel with them: not before the shell is on the screen
    from desktop_crm.services.book import Book
    from desktop_crm.services.search import Hit
    from desktop_crm.ui.palette import Palette

_ICONS = {"customers": "company", "contacts": "person", "deals": "deals", "tasks": "tasks", "products": "product",
          "activities": "note"}


class Finder(QObject):
    """Shows what was found and what can be done; `record_wanted(kind, id)` when a record was chosen."""

    record_wanted = Signal(str, int)
    left = Signal()

    def __init__(self, box: SearchBox, over: QWidget, jobs: Jobs, actions: Actions) -> None:
        super().__init__(box)
        self.book: Book | None = None
        self._box, self._over = box, over
        self._actions = actions
        self._latest = Latest(jobs)
        self._looking = False  # from the first letter or click until the box is left
        box.textEdited.connect(lambda _: self._look())
        box.entered.connect(self._look)
        box.steered.connect(lambda key: self.panel.steer(key))
        box.chosen.connect(self._choose)
        box.left.connect(self.leave)
        box.installEventFilter(self)

    @cached_property
    def panel(self) -> Palette:
        """The palette; made when the box is entered first, so that the shell is painted sooner."""
        from desktop_crm.ui.palette import Palette

        return Palette(self._over)

    def begin(self) -> None:
        """Go to the search box and show what can be done."""
        self._box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._box.selectAll()
        self._look()

    def _look(self) -> None:
        self._looking = True
        typed, book = self._box.text().strip(), self.book
        acts = entries_of(self._actions.all(), typed)
        if book is None or not typed:
            self._latest.drop()
            self._show([], acts)
            return
        opened = book

        def find(_: Progress) -> list[Hit]:
            from desktop_crm.services import search

            return search.find(opened, typed) or search.similar(opened, typed)

        self._latest.run(find, lambda hits: self._show(hits, acts), self._failed, label="")

    def _failed(self, error: Exception) -> None:
        """A search that fails says so where its results would stand."""
        self.panel.show_entries([Entry(str(error))], self._box)

    def _show(self, hits: list[Hit], acts: list[Entry]) -> None:
        if not self._looking:
            return
        entries = self._found(hits) if hits else []
        if acts:
            entries += [Entry(tr(N_("Do"))), *acts]
        self.panel.show_entries(entries, self._box)

    def _found(self, hits: list[Hit]) -> list[Entry]:
        from desktop_crm.services.search import KINDS
        entries: list[Entry] = []
        for kind, title in KINDS.items():
            found = [hit for hit in hits if hit.kind == kind]
            if found:
                entries.append(Entry(tr(title)))
                entries += [self._entry(hit) for hit in found]
        return entries

    def _entry(self, hit: Hit) -> Entry:
        icon = "person" if hit.person else _ICONS[hit.kind]
        return Entry(hit.title, hit.subtitle, icon, run=lambda: self._open(hit))

    def _open(self, hit: Hit) -> None:
        """A contact or an activity is shown on its customer's card."""
        if hit.kind in ("contacts", "activities") and hit.customer_id:
            self.record_wanted.emit("customers", hit.customer_id)
        else:
            self.record_wanted.emit(hit.kind, hit.id)

    def _choose(self) -> None:
        self._looking = False
        self._box.clear()
        self._box.clearFocus()
        self.panel.choose()

    def leave(self) -> None:
        """Empty the box and close the palette."""
        self._looking = False
        self._box.clear()
        self.panel.hide()
        self.left.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self._hide)  # a click into the palette itself has been taken by then
        return super().eventFilter(watched, event)

    def _hide(self) -> None:
        if not self._box.hasFocus():
            self._looking = False
            self.panel.hide()
