"""The encryption of the file: by a password, by another one, or none any more, with what it does not do."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import N_, CrmError, InvalidInput
from desktop_crm.services import encrypting
from desktop_crm.services.encrypting_words import BESIDE, COPIES, LOST
from desktop_crm.ui import forms
from desktop_crm.ui.jobs import Job, Progress
from desktop_crm.ui.settings.section import SECRET_WIDTH, Desk, Section, SettingsForm
from desktop_crm.ui.widgets.buttons import Button
from desktop_crm.ui.widgets.fields import SecretField
from desktop_crm.ui.widgets.labels import Dim, Label
from desktop_crm.ui.widgets.layout import row
from desktop_crm.ui.widgets.states import IconLabel
from desktop_crm.ui.words import tr

_PLAIN = N_("This file is not encrypted: whoever can copy it can read it.")
_LOCKED = N_("This file is encrypted. It opens with its password only.")


class EncryptionSection(Section):
    """One form; what was typed into it is forgotten when the section is left. `recode_wanted` has the file laid ready.

    Laying it ready runs beside the window, in which nothing can be saved meanwhile.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, tr(N_("Encryption")), parent)
        self._job: Job | None = None
        self.locked = desk.book.key is not None
        self.form = SettingsForm(_fields(self.locked))
        self.form.save_button.set_text(tr(N_("Change the password") if self.locked else N_("Encrypt this file")))
        self.remove_button = Button(tr(N_("Remove the encryption")), "trash")
        self.state = Dim("", wrap=True)
        self.form.saved.connect(self._save)
        self.form.cancelled.connect(self._cancel)
        self.remove_button.clicked.connect(self._remove)
        self.remove_button.setVisible(self.locked)
        self.lay_parts(
            _beside("lock" if self.locked else "warning", Label(tr(_LOCKED if self.locked else _PLAIN), strong=True,
                                                               wrap=True)),
            Label(tr(LOST), tone="warn", wrap=True), Dim(tr(COPIES), wrap=True), Dim(tr(BESIDE), wrap=True),
            self.form, row(self.remove_button, None), self.state, width=SECRET_WIDTH, gap=12)

    def start(self) -> None:
        """Show the form, empty."""
        self.form.begin(dict.fromkeys(("now", "password", "again"), ""))
        self._tell("")

    def reload(self, changes: Changes) -> None:
        """Nothing of the file's content is shown here."""

    def leave(self) -> bool:
        """Forget what was typed; not while the file is being laid ready."""
        if self._job is None:
            self.start()
        return self._job is None

    def focus(self) -> None:
        """Put the cursor into the first field."""
        self.form.focus_first()

    def _save(self, values: dict[str, Any]) -> None:
        if values["password"] != values["again"]:
            self.form.refuse(InvalidInput(N_("The two passwords are not the same. Nothing was saved."), "again"))
        else:
            self._stage(values["password"], values.get("now", ""))

    def _remove(self) -> None:
        self._stage(None, self.form.editor("now").value())

    def _stage(self, password: str | None, now: str) -> None:
        """Lay the file ready under the new password, or plain; the window then changes it for the old one."""
        book = self.desk.book

        def work(progress: Progress) -> encrypting.Staged:
            return encrypting.stage(book, password, now, progress.cancelled)

        label = tr(N_("Writing the file anew…"))
        self._job = self.desk.jobs.run(work, self._staged, self._refused, label=label)
        self._tell(label)

    def _staged(self, staged: encrypting.Staged) -> None:
        stopped = self._job is None or self._job.progress.cancelled()  # too late, or the file is being closed
        self._job = None
        if stopped:
            encrypting.discard(staged)
            self._tell("")
        else:
            self.recode_wanted.emit(staged)

    def _refused(self, error: Exception) -> None:
        self._job = None
        self._tell("")
        if isinstance(error, CrmError):
            self.form.refuse(error)
        else:
            self.desk.acts.tell(error)

    def _tell(self, text: str) -> None:
        """Say what is being done; with nothing to say, one can type."""
        self.state.setText(text)
        self.state.setVisible(bool(text))
        for part in (self.form, self.remove_button):
            part.setEnabled(not text and not self.desk.book.reading)

    def _cancel(self) -> None:
        """Take back what was typed; with nothing typed, go back."""
        if self.form.dirty():
            self.start()
        else:
            self.left.emit()


def _beside(icon: str, label: Label) -> QWidget:
    made = QWidget()
    made.setLayout(row(IconLabel(icon), label))
    made.layout().setStretch(1, 1)  # type: ignore[union-attr]  # laid out in the line before
    return made


def _fields(locked: bool) -> list[forms.FieldSpec]:
    now = [forms.FieldSpec("now", tr(N_("Present password")), lambda: SecretField(""))] if locked else []
    return [
        *now,
        forms.FieldSpec("password", tr(N_("New password") if locked else N_("Password")),
                        lambda: SecretField(tr(N_("At least 8 characters")))),
        forms.FieldSpec("again", tr(N_("New password again") if locked else N_("Password again")),
                        lambda: SecretField(""), beside=True),
    ]
