"""PINs of sellers and the lock of the window: set, changed and removed, with what they do not do."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import N_, CrmError, InvalidInput, N_count
from desktop_crm.services import access
from desktop_crm.ui import forms
from desktop_crm.ui.access.cover import ENCRYPTED, FORGOTTEN, NOT_ENCRYPTED
from desktop_crm.ui.settings.section import SECRET_WIDTH, Desk, Section, SettingsForm
from desktop_crm.ui.widgets.buttons import Button
from desktop_crm.ui.widgets.fields import SecretField
from desktop_crm.ui.widgets.labels import Dim, Hairline, Heading
from desktop_crm.ui.widgets.layout import row
from desktop_crm.ui.widgets.pickers import Choice
from desktop_crm.ui.words import tr, tr_count

_ABOUT_PINS = N_("With a PIN nobody works under a seller's name by mistake: “Work as…” asks for it. Whoever sets or "
                 "removes a PIN is named in the history.")
_MINUTES = N_count("After {n} idle minute", "After {n} idle minutes")


class AccessSection(Section):
    """Two forms. What was typed into them and not saved is forgotten when the section is left: it is secret."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, tr(N_("PINs and lock")), parent)
        self._people: dict[int, access.Person] = {}
        self.pins = SettingsForm(_pin_fields())
        self.clear_button = Button(tr(N_("Remove the PIN")), "trash")
        self.lock = SettingsForm(_lock_fields())
        self.remove_button = Button(tr(N_("Remove the lock")), "trash")
        self._nobody = Dim(tr(N_("There are no sellers yet.")))
        self._wire()
        self.lay_parts(
            Heading(tr(N_("PINs of sellers")), 14), Dim(tr(_ABOUT_PINS), wrap=True), self._nobody, self.pins,
            row(self.clear_button, None), Hairline(), Heading(tr(N_("Lock of the window")), 14),
            Dim(tr(NOT_ENCRYPTED if desk.book.key is None else ENCRYPTED), wrap=True),
            Dim(tr(FORGOTTEN), wrap=True), self.lock, row(self.remove_button, None), width=SECRET_WIDTH, gap=12)
        for part in (self.pins, self.lock, self.clear_button, self.remove_button):
            part.setEnabled(not desk.book.reading)

    def _wire(self) -> None:
        self.pins.saved.connect(self._set_pin)
        self.pins.cancelled.connect(self._cancel)
        self.pins.editor("seller").picked.connect(lambda _: self._allow())
        self.clear_button.clicked.connect(self._clear_pin)
        self.lock.saved.connect(self._set_lock)
        self.lock.cancelled.connect(self._cancel)
        self.remove_button.clicked.connect(self._remove_lock)

    def start(self) -> None:
        """Show who has a PIN and whether there is a lock."""
        self._show_people()
        self._show_lock()

    def reload(self, changes: Changes) -> None:
        """Show again what the changes touch, unless it is being typed."""
        if changes.touches("sellers") and not self.pins.dirty():
            self._show_people()
        if changes.touches("settings") and not self.lock.dirty():
            self._show_lock()

    def leave(self) -> bool:
        """Forget what was typed and not saved."""
        self.start()
        return True

    def focus(self) -> None:
        """Put the cursor into the first field."""
        (self.pins if self._people else self.lock).focus_first()

    # Sellers

    def _show_people(self) -> None:
        editor = self.pins.editor("seller")
        chosen = editor.value()
        self._people = {one.id: one for one in access.people(self.desk.book)}
        editor.set_options(tuple((one.id, tr(N_("{name} · has a PIN"), name=one.name) if one.pin else one.name)
                                 for one in self._people.values()))
        first = next(iter(self._people), None)
        self.pins.begin({"seller": chosen if chosen in self._people else first, "pin": ""})
        self.pins.setVisible(bool(self._people))
        self._nobody.setVisible(not self._people)
        self._allow()

    def _allow(self) -> None:
        person = self._person()
        self.clear_button.setVisible(person is not None and person.pin)

    def _person(self) -> access.Person | None:
        return self._people.get(self.pins.editor("seller").value())

    def _set_pin(self, values: dict[str, Any]) -> None:
        person, book = self._person(), self.desk.book
        if person is not None and self.pins.save(lambda: self.desk.acts.do(
                lambda: access.set_pin(book, person.id, values["pin"]),
                tr(N_("{name} has a PIN now"), name=person.name))):
            self._show_people()

    def _clear_pin(self) -> None:
        person, book = self._person(), self.desk.book
        if person is not None and self.pins.save(lambda: self.desk.acts.do(
                lambda: access.clear_pin(book, person.id), tr(N_("{name} has no PIN any more"), name=person.name))):
            self._show_people()

    # The lock

    def _show_lock(self) -> None:
        minutes = access.lock_minutes(self.desk.book)
        self.lock.begin({"now": "", "password": "", "again": "", "minutes": 5 if minutes is None else minutes})
        self.lock.editor("now").setEnabled(minutes is not None)
        self.remove_button.setVisible(minutes is not None)

    def _set_lock(self, values: dict[str, Any]) -> None:
        def act() -> None:
            if values["password"] != values["again"]:
                raise InvalidInput(N_("The two passwords are not the same. Nothing was saved."), "again")
            access.set_lock(self.desk.book, values["minutes"], values["password"], values["now"])

        if self.lock.save(act):
            self.desk.acts.note(tr(N_("The window has a lock. Undo does not take it back.")))
            self._show_lock()

    def _remove_lock(self) -> None:
        try:
            access.remove_lock(self.desk.book, self.lock.editor("now").value())
        except CrmError as error:
            self.lock.refuse(error)
            return
        self.desk.acts.note(tr(N_("The window has no lock any more.")))
        self._show_lock()

    def _cancel(self) -> None:
        """Take back what was typed; with nothing typed, go back."""
        if self.pins.dirty() or self.lock.dirty():
            self.start()
        else:
            self.left.emit()


def _pin_fields() -> list[forms.FieldSpec]:
    return [
        forms.FieldSpec("seller", tr(N_("Seller")), Choice, True),
        forms.FieldSpec("pin", tr(N_("New PIN")), lambda: SecretField(tr(N_("4 to 8 digits"))), beside=True),
    ]


def _lock_fields() -> list[forms.FieldSpec]:
    times = ((0, tr(N_("Only when asked (F12)"))), *((minutes, tr_count(*_MINUTES, minutes))
                                                     for minutes in access.MINUTES))
    return [
        forms.FieldSpec("now", tr(N_("Present password")), lambda: SecretField("")),
        forms.FieldSpec("password", tr(N_("New password")), lambda: SecretField(tr(N_("At least 6 characters")))),
        forms.FieldSpec("again", tr(N_("New password again")), lambda: SecretField(""), beside=True),
        forms.choice("minutes", tr(N_("Lock the window")), times, required=True),
    ]
