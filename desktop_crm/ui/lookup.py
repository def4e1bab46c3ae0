"""A line that offers records while one types: customers, products."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QFrame, QListView, QWidget

from desktop_crm.domain.errors import InvalidInput
from desktop_crm.domain.products import ProductRow
from desktop_crm.domain.values import fold
from desktop_crm.services import products, search
from desktop_crm.services.book import Book
from desktop_crm.ui import fonts
from desktop_crm.ui.jobs import Jobs, Latest, Progress
from desktop_crm.ui.ordering import by_name
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.fields import Field
from desktop_crm.ui.widgets.labels import tip
from desktop_crm.ui.words import N_, tr

_OFFERED = 8
_SORTED = 2000  # of the products that are put into order before anything is typed


@dataclass(frozen=True, slots=True)
class Offer:
    """One record to choose: its id (None: one that is to be made, or plain words), its name, a second line."""

    id: int | None
    name: str
    note: str = ""
    product: ProductRow | None = None


Find = Callable[[str], Sequence[Offer]]


def customers(book: Book) -> Find:
    """Find customers by what is typed."""
    def find(typed: str) -> Sequence[Offer]:
        return [Offer(hit.id, hit.title, hit.subtitle) for hit in search.find(book, typed, _OFFERED)
                if hit.kind == "customers"]
    return find


def goods(book: Book) -> Find:
    """Find active products by what is typed; nothing typed gives the first ones."""
    def find(typed: str) -> Sequence[Offer]:
        found = products.all_products(book, typed, _OFFERED if typed else _SORTED)
        return [Offer(item.id, item.name, item.line or "", item)
                for item in by_name(item for item in found if item.active)[:_OFFERED]]
    return find


class LookupField(Field):
    """A record chosen by typing; `picked(Offer | None)` when it changes.

    `create` is the words of the last offer, with a `{name}` ("Create customer “{name}”"); without them, words
    that are no record are refused, or kept as they are if `free`. An `eager` line marks the first offer, so that
    Enter takes it.
    """

    picked = Signal(object)

    def __init__(self, find: Find, jobs: Jobs, placeholder: str = "", *, create: str = "", free: bool = False,
                 eager: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(placeholder, parent)
        self._find, self._create, self._free, self._eager = find, create, free, eager
        self._latest = Latest(jobs)
        self._offers: list[Offer] = []
        self._chosen: Offer | None = None
        self._model = QStandardItemModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(_OFFERED + 1)
        self._completer.setWidget(self)
        self.popup = QListView()
        self.popup.setFrameShape(QFrame.Shape.StyledPanel)
        fonts.dress(self.popup)
        self._completer.setPopup(self.popup)
        self._completer.activated[QModelIndex].connect(self._activated)  # type: ignore[index]  # has two forms
        self.textEdited.connect(self._typed)
        self.editingFinished.connect(self._settle)

    def value(self) -> Offer | None:
        """What is chosen, None if the line is empty; InvalidInput if it says nothing that is in the file."""
        text = self.text().strip()
        if not text:
            return None
        if self._chosen is not None and text == self._chosen.name:
            return self._chosen
        same = next((offer for offer in self._find(text) if fold(offer.name) == fold(text)), None)
        if same is not None:
            return same
        if self._free:
            return Offer(None, text)
        message = N_("There is no “{name}” yet. Choose one from the list, or “Create”.") if self._create else \
            N_("There is no “{name}”. Choose one from the list.")
        raise InvalidInput(message, name=text)

    def set_value(self, value: Offer | None) -> None:
        """Show a record, None as an empty line; nothing is emitted."""
        self._chosen = value
        self.setText(value.name if value else "")
        self.setCursorPosition(0)
        self.setToolTip(tip(value.name) if value else "")
        self.set_invalid("")

    def take_first(self) -> None:
        """Of an eager line: take the first record that is found, unless the words are one; if none is, create it."""
        text = self.text().strip()
        if not self._eager or not text or (self._chosen is not None and text == self._chosen.name):
            return
        found = list(self._find(text))
        same = [offer for offer in found if fold(offer.name) == fold(text)]
        offers = [*same, *found, *([Offer(None, text)] if self._create else [])]
        if offers:
            self._latest.drop()
            self.popup.hide()
            self._take(offers[0])

    def offers(self) -> list[Offer]:
        """What is offered at the moment."""
        return list(self._offers)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not self.popup.isVisible():
            self._typed(self.text())
            return
        super().keyPressEvent(event)

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._latest.drop()
        super().focusOutEvent(event)

    def _typed(self, text: str) -> None:
        typed = text.strip()
        if not typed and self._create:  # nobody wants to see the first of all customers
            self._latest.drop()
            self.popup.hide()
            return
        def look(_: Progress) -> Sequence[Offer]:
            return self._find(typed)
        self._latest.run(look, lambda found: self._offer(typed, found), self._lost, label=tr(N_("Look up")))

    def _lost(self, error: Exception) -> None:
        self.set_invalid(str(error))

    def _offer(self, typed: str, found: Sequence[Offer]) -> None:
        self._offers = list(found)
        known = any(fold(offer.name) == fold(typed) for offer in found)
        self._model.clear()
        for offer in found:
            words = f"{offer.name} — {offer.note}" if offer.note else offer.name
            self._model.appendRow(_item(words))
        if self._create and typed and not known:
            self._offers.append(Offer(None, typed))
            self._model.appendRow(_item(tr(self._create, name=typed)))
        if not self._offers or not self.isVisible():
            self.popup.hide()
            return
        self._completer.complete()
        if not self._free or self._eager:
            self.popup.setCurrentIndex(self._completer.completionModel().index(0, 0))

    def _activated(self, index: QModelIndex) -> None:
        self._take(self._offers[index.row()])

    def _take(self, offer: Offer | None) -> None:
        before = self._chosen
        self.set_value(offer)
        if offer != before:
            self.picked.emit(offer)

    def _settle(self) -> None:
        """Take what stands in the line when it is left; words that say nothing stay, marked."""
        if self.popup.isVisible():
            return
        try:
            offer = self.value()
        except InvalidInput as error:
            self.set_invalid(tr(error.message, **error.values))
            return
        self._take(offer)


def _item(words: str) -> QStandardItem:
    item = QStandardItem(words)
    item.setEditable(False)
    item.setToolTip(tip(words))
    return item
