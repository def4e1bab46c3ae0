"""Fields of the business's own: their columns in lists, and what may be chosen for them; in forms see own_form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from desktop_crm.domain.custom_fields import CustomField, Value, key
from desktop_crm.services import custom_fields
from desktop_crm.services.book import Book
from desktop_crm.ui.models import ColumnSpec
from desktop_crm.ui.words import N_, current, tr

CHOSEN = ("choice", "yes_no")
"""The types whose values are chosen, not typed."""


def options(field: CustomField, value: Value | None = None) -> tuple[tuple[object, str], ...]:
    """What may be chosen for a choice or a yes or no; `value` is offered too if it is offered no longer."""
    if field.type not in CHOSEN:
        return ((None, "—"),)
    if field.type == "yes_no":
        return (None, "—"), (True, tr(N_("Yes"))), (False, tr(N_("No")))
    kept = () if value is None or value in field.choices else ((value, str(value)),)
    return (None, "—"), *((word, word) for word in field.choices), *kept


def follow(link: str) -> None:
    """Open a web address in the browser."""
    QDesktopServices.openUrl(QUrl(link))


class HasOwn(Protocol):
    """A row of a list that holds own fields."""

    @property
    def own(self) -> Mapping[int, Value]:
        """The values by field id."""


def columns(book: Book, kind: str) -> list[ColumnSpec[Any]]:
    """A column, hidden at first, for each own field of a kind whose rows hold them (HasOwn)."""
    return [_column(book, field) for field in custom_fields.listed(book, kind)]


def _column(book: Book, field: CustomField) -> ColumnSpec[Any]:
    def text(row: HasOwn) -> str:
        value = row.own.get(field.id)
        if field.type == "money" and value is not None:
            return current().money(int(value), book.currency, symbol=False)  # the title has it
        return custom_fields.shown(current(), book.currency, field, value) or "—"

    counts = field.type in ("number", "money")
    title = f"{field.name} ({current().symbol(book.currency)})" if field.type == "money" else field.name
    return ColumnSpec(key(field), title, text, align="end" if counts else "start", kind="money" if counts else "dim",
                      width=120, hidden=True, tooltip=lambda row: text(row) if field.type in ("text", "link") else "")
