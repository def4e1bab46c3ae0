"""What is done in the section About of a card: ways are reached, added and put in order; forms are opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from desktop_crm.domain.customers import Channel
from desktop_crm.services import addresses, channels, consents, customers
from desktop_crm.services.book import Book
from desktop_crm.ui import own_fields
from desktop_crm.ui.customers import about_forms, way_line
from desktop_crm.ui.customers.form_pane import Edit
from desktop_crm.ui.customers.sections import Sections
from desktop_crm.ui.customers.ways_bar import WaysBar
from desktop_crm.ui.line_model import Line
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.words import N_, tr

Choice = tuple[str, str, Callable[[], object]]
KINDS = ("way", "fact", "own_link", "address", "consent", "branch")
"""The kinds of line that stand in the section."""


class AboutActs(QObject):
    """`form_wanted(make)` asks the card for a form, `details_wanted(key)` for all fields, `customer_wanted(id)` to go
    to another customer.
    """

    form_wanted = Signal(object)
    details_wanted = Signal(str)
    customer_wanted = Signal(int)

    def __init__(self, book: Book, messages: Messages, attempt: Callable[[Callable[[], Any]], Any], sections: Sections,
                 ways: WaysBar, customer: Callable[[], int | None]) -> None:
        super().__init__(sections)
        self._book, self._messages, self._attempt = book, messages, attempt
        self._sections, self._ways, self._customer = sections, ways, customer
        self._edited = 0
        line = sections.way_line
        line.entered.connect(self._entered)
        line.textEdited.connect(self._typed)
        sections.view.shortcuts |= {"way": {
            "C": self._copy, "E": self._edit, "P": self._prefer, "S": self._write,
            "Ctrl+Up": lambda line: self._move(line, -1), "Ctrl+Down": lambda line: self._move(line, 1)}}

    def open(self, line: Line) -> None:
        """Reach by a way, edit a fact, an address or a consent, go to a member of the group."""
        customer = self._customer()
        if line.kind == "way":
            way = self._way(line)
            if way is not None:
                self._ways.reach(way)
        elif line.kind == "branch":
            self.customer_wanted.emit(line.id)
        elif line.kind == "fact":
            self.details_wanted.emit(line.group)
        elif line.kind == "own_link":
            own_fields.follow(line.group)
        elif customer is not None:
            self._form(line.kind, customer, line.id)

    def add(self, kind: str) -> None:
        """Open the form of a new address or consent, or of a person of another company."""
        customer = self._customer()
        if customer is not None:
            self._form(kind, customer)

    def _form(self, kind: str, customer: int, record: int = 0) -> None:
        makers: dict[str, Callable[[], Edit]] = {
            "address": lambda: about_forms.address(self._book, customer, record),
            "consent": lambda: about_forms.consent(self._book, customer, record),
            "known": lambda: about_forms.known_person(self._book, customer)}
        self.form_wanted.emit(makers[kind])

    def delete(self, line: Line) -> None:
        """Delete a way, an address or a consent; raises CrmError."""
        {"way": channels.remove, "address": addresses.delete, "consent": consents.delete}[line.kind](
            self._book, line.id)

    def choices(self, line: Line) -> list[Choice]:
        """What can be done with a line, for its menu: title (translated), icon, act."""
        way = self._way(line) if line.kind == "way" else None
        if way is None:
            return []
        found: list[Choice] = [(tr(N_("Reach them")), "arrow-right", lambda: self._ways.reach(way))]
        if way.kind == "phone":
            found.append((_keyed(tr(N_("Text message")), "S"), "message", lambda: self._write(line)))
        if not self._book.reading:
            prefer = N_("No longer before the others") if way.preferred else N_("Before the others of its kind")
            found += [(_keyed(tr(N_("Edit")), "E"), "edit", lambda: self._edit(line)),
                      (_keyed(tr(prefer), "P"), "star", lambda: self._prefer(line)),
                      (_keyed(tr(N_("Move up")), "Ctrl+↑"), "chevron-up", lambda: self._move(line, -1)),
                      (_keyed(tr(N_("Move down")), "Ctrl+↓"), "chevron-down", lambda: self._move(line, 1))]
        return found

    def _way(self, line: Line) -> Channel | None:
        customer = self._customer()
        if customer is None:
            return None
        return next((way for way in customers.card(self._book, customer).channels if way.id == line.id), None)

    def _entered(self, text: str) -> None:
        """Add the way that was typed, or change the one that was taken into the line."""
        customer, record = self._customer(), self._edited
        if customer is None:
            return

        def save() -> object:
            kind, value, label = way_line.read(text)
            if record:
                return channels.edit(self._book, record, kind, value, label)
            return channels.add(self._book, customer, kind, value, label)

        if self._attempt(save) is not None:
            self._sections.way_line.clear()
            self._edited = 0
            if record:
                self._sections.view.setFocus()

    def _typed(self, text: str) -> None:
        if not text:  # an emptied line begins anew
            self._edited = 0

    def _edit(self, line: Line) -> None:
        way = self._way(line)
        if way is not None and not self._book.reading:
            self._edited = way.id
            self._sections.way_line.setText(way_line.written(way))
            self._sections.way_line.setFocus()
            self._sections.way_line.selectAll()

    def forget(self) -> None:
        """Another customer is shown: what was being typed belonged to the one before."""
        self._edited = 0
        self._sections.way_line.clear()

    def _copy(self, line: Line) -> None:
        QGuiApplication.clipboard().setText(line.title)
        self._messages.note(tr(N_("Copied: {text}"), text=line.title))

    def _prefer(self, line: Line) -> None:
        way = self._way(line)
        if way is not None and not self._book.reading:
            self._attempt(lambda: channels.prefer(self._book, way.id, not way.preferred))

    def _write(self, line: Line) -> None:
        way = self._way(line)
        if way is not None and way.kind == "phone":
            self._ways.write(way)

    def _move(self, line: Line, by: int) -> None:
        if not self._book.reading:
            self._attempt(lambda: channels.move(self._book, line.id, by))


def _keyed(title: str, key: str) -> str:
    """The words of a menu with the key that does the same in the list."""
    return f"{title}\t{key}"
