"""A field that holds one customer, found by typing."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QWidget

from desktop_crm.domain.errors import N_, CrmError, InvalidInput
from desktop_crm.domain.values import fold
from desktop_crm.services import customers, search
from desktop_crm.services.book import Book
from desktop_crm.ui.widgets.fields import Field
from desktop_crm.ui.words import tr

_OFFERED = 8


class CustomerField(Field):
    """The id of a customer as its name; while typing, those found are offered. Empty is None.

    `changed(id | None)` tells that another customer was chosen; `at` is the form's key, for refusals.
    """

    changed = Signal(object)

    def __init__(self, book: Book, at: str = "customer_id", parent: QWidget | None = None) -> None:
        super().__init__(tr(N_("Type a name")), parent)
        self._book, self._at = book, at
        self._found: dict[str, int] = {}
        self._told: int | None = None
        self._model = QStringListModel(self)
        completer = QCompleter(self._model, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setCompleter(completer)
        completer.activated.connect(lambda _: self._tell())
        self.textEdited.connect(self._offer)
        self.editingFinished.connect(self._tell)

    def value(self) -> int | None:
        """The customer's id; InvalidInput if the text names none, or more than one."""
        text = self.text().strip()
        if not text:
            return None
        if text not in self._found:
            self._offer(text)
        near = {key for name, key in self._found.items() if fold(name) == fold(text)}
        if text not in self._found and len(near) != 1:
            raise InvalidInput(N_("“{value}” is not one customer of this file. Choose one from the list."),
                               self._at, value=text)
        return self._found.get(text) or near.pop()

    def set_value(self, value: int | None) -> None:
        """Show the customer `value` by its name, None as empty; nothing is emitted."""
        rows = customers.rows(self._book, [value]) if value else []
        self._named({row.id: row.name for row in rows})

    def _named(self, names: dict[int, str]) -> None:
        """Show the one record of `names`, or none."""
        self._found = {name: key for key, name in names.items()}
        self._told = next(iter(names), None)
        self.setText(next(iter(names.values()), ""))
        self.setCursorPosition(0)

    def _candidates(self, typed: str) -> dict[str, int]:
        """Those who match what is typed, by name; of two with one name the later has its number behind."""
        found: dict[str, int] = {}
        for hit in search.find(self._book, typed, _OFFERED):
            if hit.kind == "customers":
                same = found.get(hit.title, self._found.get(hit.title, hit.id))
                found[hit.title if same == hit.id else f"{hit.title} ({hit.id})"] = hit.id
        return found

    def _offer(self, typed: str) -> None:
        """Offer those who match."""
        if typed.strip():
            self._found |= self._candidates(typed)
        wanted = fold(typed)
        self._model.setStringList([name for name in self._found if wanted in fold(name)])

    def _tell(self) -> None:
        try:
            value = self.value()
        except CrmError:
            return  # half a name: `value` refuses it when the form is saved
        if value != self._told:
            self._told = value
            self.changed.emit(value)
