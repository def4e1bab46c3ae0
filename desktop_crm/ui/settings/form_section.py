"""A section that is one form: Enter saves it, also what was typed before the section is left."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_crm.domain.changes import Changes
from desktop_crm.ui.forms import FieldSpec
from desktop_crm.ui.settings.section import Desk, Section, SettingsForm
from desktop_crm.ui.widgets.labels import Dim


class FormSection(Section):
    """What its kinds say: the fields' present values, and how what was typed is saved."""

    def __init__(self, desk: Desk, title: str, about: str, fields: Sequence[FieldSpec],
                 parent: QWidget | None = None, *tools: QWidget) -> None:
        super().__init__(desk, title, parent)
        self.form = SettingsForm(fields)
        self.form.setEnabled(not desk.book.reading)
        self.form.saved.connect(self._save)
        self.form.cancelled.connect(self._cancel)
        self.lay_parts(Dim(about, wrap=True), self.form, tools=tools)

    @abstractmethod
    def _values(self) -> dict[str, Any]:
        """What the fields show, from the file."""

    @abstractmethod
    def _act(self, values: dict[str, Any]) -> bool:
        """Save what was typed; False if it was refused."""

    def start(self) -> None:
        """Show the settings as they are."""
        self.form.begin(self._values())

    def reload(self, changes: Changes) -> None:
        """Show them again if they were changed, unless something is being typed."""
        if changes.touches("settings") and not self.form.dirty():
            self.start()

    def leave(self) -> bool:
        """Save what was typed; False if it was refused."""
        if self.form.dirty():
            self.form.submit()
        return not self.form.dirty()

    def focus(self) -> None:
        """Put the cursor into the first field."""
        self.form.focus_first()

    def _save(self, values: dict[str, Any]) -> None:
        if self._act(values):
            self.start()

    def _cancel(self) -> None:
        """Take back what was typed; with nothing typed, go back."""
        if self.form.dirty():
            self.start()
            self.form.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.left.emit()
