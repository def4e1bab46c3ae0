"""Forms in a panel: labels above fields, sentences under refused ones, Enter saves, Escape leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QCheckBox, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_crm.domain.errors import CrmError, InvalidInput
from desktop_crm.ui import fonts, theme
from desktop_crm.ui.inline import InlineText
from desktop_crm.ui.qt import override
from desktop_crm.ui.rows import RowsField, TagsField
from desktop_crm.ui.widgets.buttons import Button, PrimaryButton
from desktop_crm.ui.widgets.fields import Field, MoneyField
from desktop_crm.ui.widgets.labels import Dim, Hairline, Label, set_property
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.widgets.pickers import Choice, DateField
from desktop_crm.ui.words import N_, current, tr

__all__ = [
    "Editor", "FieldSpec", "FormPanel", "InlineText", "LongTextField", "RowsField", "TagsField", "TextField",
    "TickField", "choice", "day", "long_text", "money", "rows", "tags", "text", "tick",
]


class Editor(Protocol):
    """What a form asks of its fields; `value` raises CrmError where the text says no value."""

    def value(self) -> Any:
        """The value that the field says."""

    def set_value(self, value: Any) -> None:
        """Show a value, None as empty."""

    def set_invalid(self, why: str) -> None:
        """Mark the field as refused with a sentence; "" takes the mark away."""

    def setFocus(self) -> None:
        """Put the keyboard into the field."""

    def setAccessibleName(self, name: str) -> None:
        """Name the field for screen readers."""


class TextField(Field):
    """One line of text; its value has no outer whitespace."""

    def value(self) -> str:
        """The text without outer whitespace."""
        return self.text().strip()

    def set_value(self, value: str | None) -> None:
        """Show `value`, None as empty."""
        self.setText(value or "")
        self.setCursorPosition(0)


class LongTextField(QPlainTextEdit):
    """Several lines of text, about `lines` high; Tab leaves it, Ctrl+Enter saves the form."""

    def __init__(self, placeholder: str = "", lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        fonts.dress(self)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + theme.px(16))

    def value(self) -> str:
        """The text without outer whitespace."""
        return self.toPlainText().strip()

    def set_value(self, value: str | None) -> None:
        """Show `value`, None as empty."""
        self.setPlainText(value or "")

    def set_invalid(self, why: str) -> None:
        """Mark the field as refused with the sentence `why`; "" takes the mark away."""
        set_property(self, "invalid", bool(why))
        self.setAccessibleDescription(why)


class TickField(QCheckBox):
    """Yes or no, with its words beside the box."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text.replace("&", "&&"), parent)
        fonts.dress(self)

    def value(self) -> bool:
        """Whether the box is ticked."""
        return self.isChecked()

    def set_value(self, value: bool | None) -> None:
        """Tick the box or not; None as not."""
        self.setChecked(bool(value))

    def set_invalid(self, why: str) -> None:
        """Tell a screen reader why the value was refused."""
        self.setAccessibleDescription(why)


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field: its key, its label, and what makes its editor; `required` refuses an empty value.

    A field `beside` stands in one row with the field before it; one with a `section` begins a part of that title.
    """

    key: str
    label: str
    make: Callable[[], Any]
    required: bool = False
    hint: str = ""
    beside: bool = False
    section: str = ""


def text(key: str, label: str, *, required: bool = False, placeholder: str = "", hint: str = "") -> FieldSpec:
    """A field of one line."""
    return FieldSpec(key, label, lambda: TextField(placeholder), required, hint)


def long_text(key: str, label: str, *, lines: int = 3, placeholder: str = "") -> FieldSpec:
    """A field of several lines."""
    return FieldSpec(key, label, lambda: LongTextField(placeholder, lines))


def choice(key: str, label: str, options: Sequence[tuple[object, str]], *, required: bool = False) -> FieldSpec:
    """One of (value, text) pairs."""
    return FieldSpec(key, label, lambda: Choice(tuple(options)), required)


def day(key: str, label: str, parse: Callable[[str], date | None], form: Callable[[date], str], *,
        required: bool = False, placeholder: str = "", section: str = "") -> FieldSpec:
    """A local day, typed or picked."""
    return FieldSpec(key, label, lambda: DateField(parse, form, placeholder), required, section=section)


def money(key: str, label: str, parse: Callable[[str], int | None], form: Callable[[int], str], *,
          required: bool = False, placeholder: str = "") -> FieldSpec:
    """An amount in minor units."""
    return FieldSpec(key, label, lambda: MoneyField(parse, form, placeholder), required)


def tags(key: str, label: str, *, known: Sequence[str] = ()) -> FieldSpec:
    """A set of short words; `known` ones are offered while typing."""
    return FieldSpec(key, label, lambda: TagsField(known))


def rows(key: str, label: str, *, labels: Sequence[str] = (), add: str = "", placeholder: str = "",
         section: str = "") -> FieldSpec:
    """Any number of (label, value) rows: phones, e-mails; `labels` are offered for the first part."""
    return FieldSpec(key, label, lambda: RowsField(labels, add, placeholder), section=section)


def tick(key: str, label: str, words: str) -> FieldSpec:
    """Yes or no."""
    return FieldSpec(key, label, lambda: TickField(words))


class FormPanel(QWidget):
    """Labelled fields in one column with Save and Cancel below; emits `saved(values)` or `cancelled()`.

    The owner saves; if the service refuses, it gives the error to `refuse`, which shows it at its field.
    """

    saved = Signal(dict)
    cancelled = Signal()

    def __init__(self, specs: Sequence[FieldSpec], *, save: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._specs = tuple(specs)
        self._editors: dict[str, Any] = {}
        self._whys: dict[str, Label] = {}
        fields = column(gap=12)
        line = row(gap=8)
        for spec in self._specs:
            if spec.section:
                fields.addLayout(column(Label(spec.section, strong=True), Hairline(), gap=4, margins=(0, 10, 0, 0)))
            if not spec.beside:
                line = row(gap=8)
                fields.addLayout(line)
            line.addLayout(self._field(spec), 1)
        self._why = Label("", tone="bad", wrap=True)
        self._why.hide()
        self.save_button = PrimaryButton(save or tr(N_("Save")))
        self.cancel_button = Button(tr(N_("Cancel")))
        self.save_button.clicked.connect(self.submit)
        self.cancel_button.clicked.connect(self.cancelled)
        self.setLayout(column(fields, self._why, row(self.save_button, self.cancel_button, None), None, gap=16))

    def editor(self, key: str) -> Any:
        """The widget of the field `key`."""
        return self._editors[key]

    def set_values(self, values: dict[str, Any]) -> None:
        """Show `values` by key; keys without a field are passed over."""
        self._clear_whys()
        for key, editor in self._editors.items():
            if key in values:
                editor.set_value(values[key])

    def values(self) -> dict[str, Any] | None:
        """The values by key; None if a field refuses its text, which it then says and takes the focus for."""
        self._clear_whys()
        found, wrong = {}, []
        for spec in self._specs:
            try:
                found[spec.key] = self._read(spec)
            except CrmError as error:
                self._say(spec.key, current().error(error))
                wrong.append(spec.key)
        if wrong:
            self._editors[wrong[0]].setFocus()
            return None
        return found

    def submit(self) -> None:
        """Save: emit the values if all fields agree."""
        values = self.values()
        if values is not None:
            self.saved.emit(values)

    def refuse(self, error: CrmError) -> None:
        """Show why the service refused: at the field that InvalidInput names, else above the buttons."""
        key = error.at if isinstance(error, InvalidInput) else ""
        if key in self._editors:
            self._say(key, current().error(error))
            self._editors[key].setFocus()
        else:
            self._why.setText(current().error(error))
            self._why.show()

    def focus_first(self) -> None:
        """Put the cursor into the first field, its text selected."""
        if self._specs:
            editor = self._editors[self._specs[0].key]
            editor.setFocus(Qt.FocusReason.TabFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Cancel):
            self.cancelled.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._may_submit(event):
            self.submit()
        else:
            super().keyPressEvent(event)

    def _may_submit(self, event: QKeyEvent) -> bool:
        """Enter saves from everywhere but a button, which it presses; with Ctrl also from a long text."""
        focused = QApplication.focusWidget()
        if isinstance(focused, (PrimaryButton, Button)):
            focused.click()
            return False
        return True

    def _field(self, spec: FieldSpec) -> QVBoxLayout:
        editor = spec.make()
        name = f"{spec.label} *" if spec.required else spec.label
        label, why = Dim(name), Label("", 12, tone="bad", wrap=True)
        editor.setAccessibleName(spec.label)
        why.hide()
        self._editors[spec.key], self._whys[spec.key] = editor, why
        hint = [Dim(spec.hint, 12, wrap=True)] if spec.hint else []
        return column(label, editor, *hint, why, None, gap=4)

    def _read(self, spec: FieldSpec) -> Any:
        value = self._editors[spec.key].value()
        if spec.required and (value is None or value == ""):
            raise InvalidInput(N_("Please fill in “{field}”."), spec.key, field=spec.label)
        return value

    def _say(self, key: str, sentence: str) -> None:
        self._editors[key].set_invalid(sentence)
        self._whys[key].setText(sentence)
        self._whys[key].show()

    def _clear_whys(self) -> None:
        self._why.hide()
        for key, why in self._whys.items():
            if not why.isHidden():
                why.hide()
                self._editors[key].set_invalid("")
