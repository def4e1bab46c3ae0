"""The owner's PIN: set, changed and removed, with what it does not do; and what was let out of the file last."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import N_, CrmError, InvalidInput, N_count
from desktop_crm.services import backup_words, owner
from desktop_crm.services.history import Act
from desktop_crm.ui import forms
from desktop_crm.ui.settings.section import SECRET_WIDTH, Desk, Section, SettingsForm
from desktop_crm.ui.widgets.buttons import Button
from desktop_crm.ui.widgets.fields import SecretField
from desktop_crm.ui.widgets.labels import Dim, Hairline, Heading, Label
from desktop_crm.ui.widgets.layout import column, empty, row
from desktop_crm.ui.words import current, tr, tr_count

_MOST = 20
_ABOUT = N_count(
    "It is asked before lists are exported or printed, several rows are copied, everything about a person is written "
    "out, the backups go to another place, and on the command line. It then holds for {n} minute.",
    "It is asked before lists are exported or printed, several rows are copied, everything about a person is written "
    "out, the backups go to another place, and on the command line. It then holds for {n} minutes.")
_HINDERS = N_("It hinders, it does not protect: the file itself can still be copied from its folder, photographed, or "
              "written down. The backups that the program takes by itself go on.")
_FORGOTTEN = N_("Forgotten? There is no way round it. A backup from before it was set has none.")
_NONE = N_("There is no owner's PIN: whoever is at this window can export and copy everything.")
_THERE = N_("There is an owner's PIN.")
_DAYS = N_("For the report of the day and the evening too")


class OwnerSection(Section):
    """One form, and below it what was let out. What was typed and not saved is forgotten: it is secret."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, tr(N_("Owner's PIN")), parent)
        self.state = Label("", strong=True, wrap=True)
        self.form = SettingsForm(_fields())
        self.remove_button = Button(tr(N_("Remove the PIN")), "trash")
        self.nothing = Dim(tr(N_("Nothing yet. What is let out while there is an owner's PIN stands here.")), wrap=True)
        self.said: list[str] = []  # the lines of the list, the newest first
        self._list = QWidget()
        self._lines = column(gap=6)
        self._list.setLayout(self._lines)
        self.form.saved.connect(self._save)
        self.form.cancelled.connect(self._cancel)
        self.remove_button.clicked.connect(self._remove)
        self.lay_parts(
            self.state, Dim(tr_count(*_ABOUT, owner.HOLDS), wrap=True), Dim(tr(_HINDERS), wrap=True),
            Dim(tr(_FORGOTTEN), wrap=True), self.form, row(self.remove_button, None), Hairline(),
            Heading(tr(N_("What was let out")), 14), self.nothing, self._list, width=SECRET_WIDTH, gap=12)
        for part in (self.form, self.remove_button):
            part.setEnabled(not desk.book.reading)

    def start(self) -> None:
        """Show whether there is a PIN, and what was let out."""
        terms = owner.terms(self.desk.book)
        self.form.begin({"now": "", "pin": "", "again": "", "day": terms.day})
        self.form.editor("now").setEnabled(terms.pin)
        self.state.setText(tr(_THERE if terms.pin else _NONE))
        self.remove_button.setVisible(terms.pin)
        self._show_noted()

    def reload(self, changes: Changes) -> None:
        """Show again what the changes touch, unless it is being typed."""
        if changes.touches("settings"):
            if self.form.dirty():
                self._show_noted()
            else:
                self.start()

    def leave(self) -> bool:
        """Forget what was typed and not saved."""
        self.start()
        return True

    def focus(self) -> None:
        """Put the cursor into the first field that can be typed into."""
        self.form.editor("now" if owner.terms(self.desk.book).pin else "pin").setFocus()

    def _show_noted(self) -> None:
        empty(self._lines)
        self.said.clear()
        found = owner.noted(self.desk.book, current(), _MOST)
        for act in found:
            self.said.append(self._line(act))
            self._lines.addWidget(Label(self.said[-1], wrap=True))
        self.nothing.setVisible(not found)

    def _line(self, act: Act) -> str:
        book = self.desk.book
        when = backup_words.moment(current(), act.at, book.now(), book.business.zone)
        return " · ".join(part for part in (when, act.actor, act.label) if part)

    def _save(self, values: dict[str, Any]) -> None:
        def act() -> None:
            if values["pin"] != values["again"]:
                raise InvalidInput(N_("The two PINs are not the same. Nothing was saved."), "again")
            owner.save(self.desk.book, values["pin"], values["day"], values["now"])

        if self.form.save(act):
            self.desk.acts.note(tr(N_("Saved. Undo does not take it back.")))
            self.start()

    def _remove(self) -> None:
        try:
            owner.remove(self.desk.book, self.form.editor("now").value())
        except CrmError as error:
            self.form.refuse(error)
            return
        self.desk.acts.note(tr(N_("There is no owner's PIN any more.")))
        self.start()

    def _cancel(self) -> None:
        """Take back what was typed; with nothing typed, go back."""
        if self.form.dirty():
            self.start()
        else:
            self.left.emit()


def _fields() -> list[forms.FieldSpec]:
    return [
        forms.FieldSpec("now", tr(N_("Present PIN")), lambda: SecretField("")),
        forms.FieldSpec("pin", tr(N_("New PIN")), lambda: SecretField(tr(N_("4 to 8 digits")))),
        forms.FieldSpec("again", tr(N_("New PIN again")), lambda: SecretField(""), beside=True),
        forms.tick("day", tr(N_("Ask also")), tr(_DAYS)),
    ]
