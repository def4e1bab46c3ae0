"""A form that fills the card: its title above, its fields scrolling, its buttons always in sight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from desktop_crm.domain.errors import CrmError
from desktop_crm.ui.forms import FieldSpec, FormPanel
from desktop_crm.ui.widgets.cards import Panel
from desktop_crm.ui.widgets.labels import Hairline, Label
from desktop_crm.ui.widgets.layout import column, row

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Edit:
    """What a form edits: its title, fields, first values, and what saves them (it may raise CrmError).

    `save` gives the id of the record; `kind` says of what kind it is.
    """

    kind: str
    title: str
    specs: Sequence[FieldSpec]
    values: Values
    save: Callable[[Values], int]


class FormPane(Panel):
    """Shows an Edit; `saved(edit kind, id)` once the service has taken it, `left()` on Cancel or Escape."""

    saved = Signal(str, int)
    left = Signal()

    def __init__(self, edit: Edit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = edit
        self.form = FormPanel(edit.specs)
        self.form.set_values(edit.values)
        self._first = self.typed()
        self._area = QScrollArea()
        self._area.setWidget(_padded(self.form))
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        buttons = row(self.form.save_button, self.form.cancel_button, None, margins=(16, 10, 16, 10))
        head = row(Label(edit.title, 15, strong=True, wrap=True), margins=(16, 14, 16, 6))
        self._layout = column(head, self._area, Hairline(), buttons, gap=0)
        self.setLayout(self._layout)
        self.form.saved.connect(self._save)
        self.form.cancelled.connect(self.left)

    def put_above(self, line: QWidget) -> None:
        """Put a line between the title and the fields."""
        self._layout.insertWidget(1, line)

    def focus(self, key: str = "") -> None:
        """Put the cursor into the field `key`, else into the first."""
        if key:
            editor = self.form.editor(key)
            editor.setFocus()
            self._area.ensureWidgetVisible(editor)
        else:
            self.form.focus_first()

    def dirty(self) -> bool:
        """Whether anything was typed that is not saved."""
        return self.typed() != self._first

    def typed(self) -> Values:
        """What the fields say; a text that a field cannot read yet stands for itself."""
        found: Values = {}
        for spec in self.edit.specs:
            editor = self.form.editor(spec.key)
            try:
                found[spec.key] = editor.value()
            except CrmError as error:
                found[spec.key] = ("unread", str(error))
        return found

    def _save(self, values: Values) -> None:
        try:
            record = self.edit.save(values)
        except CrmError as error:
            self.form.refuse(error)
            at = getattr(error, "at", "")
            if any(spec.key == at for spec in self.edit.specs):
                self._area.ensureWidgetVisible(self.form.editor(at))
            return
        self.saved.emit(self.edit.kind, record)


def _padded(form: FormPanel) -> QWidget:
    holder = Panel()
    holder.setLayout(column(form, margins=(16, 6, 16, 16)))
    return holder
