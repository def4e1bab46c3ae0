"""Fields of the business's own in forms: the fields of a kind of record, their first values, and what was changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_crm.domain.custom_fields import CustomField, Value, key
from desktop_crm.services import custom_fields
from desktop_crm.services.book import Book
from desktop_crm.ui.forms import FieldSpec, TextField
from desktop_crm.ui.own_fields import CHOSEN, options
from desktop_crm.ui.widgets.pickers import Choice, DateField
from desktop_crm.ui.words import N_, current, tr


class OwnTextField(TextField):
    """A text, number, amount or link; the value is as the record keeps it, one that was not touched stays exact."""

    def __init__(self, book: Book, field: CustomField, parent: QWidget | None = None) -> None:
        super().__init__("https://" if field.type == "link" else "", parent)
        self._book, self._field = book, field
        self._known: tuple[str, Value | None] = ("", None)

    def value(self) -> Value | None:  # type: ignore[override]  # a value where the common field has a text
        """The value, None for an empty line; InvalidInput for what is none."""
        text = self.text().strip()
        return self._known[1] if text == self._known[0] else custom_fields.understood(
            self._book, current(), self._field, text)

    def set_value(self, value: Value | None) -> None:
        """Show a value, None as empty."""
        shown = custom_fields.typed(current(), self._book.currency, self._field, value)
        self._known = (shown, value)
        super().set_value(shown)


def _day_field(book: Book, field: CustomField) -> DateField:
    def parse(text: str) -> date | None:
        value = custom_fields.understood(book, current(), field, text)
        return None if value is None else date.fromisoformat(str(value))

    def form(day: date) -> str:
        return custom_fields.typed(current(), book.currency, field, day.isoformat())

    return DateField(parse, form, form(book.today()))


@dataclass(frozen=True, slots=True)
class OwnForm:
    """The own fields of one record in a form, with the values that it had."""

    book: Book
    fields: tuple[CustomField, ...]
    before: Mapping[int, Value]

    def specs(self) -> list[FieldSpec]:
        """The fields, under a heading of their own; none if the business has none."""
        return [FieldSpec(key(field), field.name, self._maker(field),
                          section=tr(N_("Own fields")) if number == 0 else "")
                for number, field in enumerate(self.fields)]

    def first(self) -> dict[str, Value | date | None]:
        """What the fields show first, by their key in the form."""
        return {key(field): date.fromisoformat(str(value)) if field.type == "date" and value is not None else value
                for field in self.fields for value in (self.before.get(field.id),)}

    def take(self, values: dict[str, Any]) -> dict[int, Value | None]:
        """Take the own fields out of a form's values: those that differ from what the record had, by field id."""
        said = {field.id: values.pop(key(field), None) for field in self.fields}
        kept = {field: value.isoformat() if isinstance(value, date) else value for field, value in said.items()}
        return {field: value for field, value in kept.items() if value != self.before.get(field)}

    def _maker(self, field: CustomField) -> Callable[[], Any]:
        if field.type in CHOSEN:
            return lambda: Choice(options(field, self.before.get(field.id)))
        if field.type == "date":
            return lambda: _day_field(self.book, field)
        return lambda: OwnTextField(self.book, field)


def form(book: Book, kind: str, record: int | None = None) -> OwnForm:
    """The own fields of a record, or of a new one."""
    fields = tuple(custom_fields.listed(book, kind))
    return OwnForm(book, fields, custom_fields.values(book, kind, record) if record and fields else {})
