"""Customers and contacts as a table whose headings and words an import understands again, field for field."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from desktop_crm.domain import contacts, customers
from desktop_crm.domain import custom_fields as own_rules
from desktop_crm.domain.custom_fields import CustomField
from desktop_crm.domain.errors import N_
from desktop_crm.domain.fields import Field, FieldType
from desktop_crm.domain.importing import TITLES
from desktop_crm.i18n import Language, language
from desktop_crm.reports.report import Cell, Column, Report, Table, ValueType
from desktop_crm.services.book import Book
from desktop_crm.services.importing import own
from desktop_crm.storage import custom_fields, listing
from desktop_crm.storage import customers as storage
from desktop_crm.storage.unit_of_work import Connection

_FIELDS: dict[str, tuple[Field, ...]] = {"customers": customers.FIELDS, "contacts": contacts.FIELDS}
_OWNERS = {"customers": "customer_id", "contacts": "contact_id"}
_WAYS = {"phone": "Phone", "email": "E-mail"}
_TYPES = {FieldType.DATE: ValueType.DATE, FieldType.MONEY: ValueType.MONEY, FieldType.INTEGER: ValueType.COUNT}
_OWN_TYPES = {"date": ValueType.DATE, "money": ValueType.MONEY, "number": ValueType.NUMBER}
_PART = 5000

Progress = Callable[[int, int], None]


def table(book: Book, kind: str, wanted: Sequence[int], progress: Progress | None = None) -> Report:
    """The customers or contacts with these ids, in this order, as a report of one table with a row each.

    Every field has a column that any of them fills, every e-mail and phone two: its label and its value. Headings and
    words are English, which other programs know, and this one whatever the language of the file that it comes to; the
    business's own fields are called as it calls them.
    """
    words = language("en")
    rows: dict[int, dict[str, Any]] = {}
    ways: dict[int, Sequence[customers.Channel]] = {}
    tags: dict[int, list[tuple[int, str]]] = {}
    for start in range(0, len(wanted), _PART):
        with book.read() as connection:
            part = wanted[start:start + _PART]
            rows |= _rows(connection, kind, part)
            ways |= storage.channels(connection, _OWNERS[kind], part)
            tags |= storage.tags(connection, part) if kind == "customers" else {}
        if progress is not None:
            progress(min(start + _PART, len(wanted)), len(wanted))
    ids = [key for key in wanted if key in rows]
    columns = [*_common(kind, rows, ids, words), *_reach(ways, ids), *_tagged(tags, ids, words),
               *_own(book, kind, rows, ids, words)]
    title = words.say(TITLES[kind])
    made = Table(kind, title, tuple(column for column, _ in columns),
                 tuple(zip(*(cells for _, cells in columns), strict=True)), kind=kind, ids=tuple(ids))
    return Report(kind, title, book.business.name, book.currency, words.code, None, None, tables=(made,))


def _rows(connection: Connection, kind: str, wanted: Sequence[int]) -> dict[int, dict[str, Any]]:
    return {row["id"]: row for row in listing.rows(connection, kind, wanted)}


Filled = tuple[Column, list[Cell]]


def _common(kind: str, rows: Mapping[int, dict[str, Any]], ids: Sequence[int], words: Language) -> list[Filled]:
    found: list[Filled] = []
    for item in _FIELDS[kind]:
        key = item.key.removesuffix("_id") if item.type is FieldType.LINK else item.key
        cells = [_cell(item, rows[one].get(key), words) for one in ids]
        if item.key == "name" or any(cell not in (None, "") for cell in cells):
            shape = _TYPES.get(item.type, ValueType.TEXT)
            found.append((Column(item.key, words.say(item.title), shape), cells))
    return found


def _own(book: Book, kind: str, rows: Mapping[int, dict[str, Any]], ids: Sequence[int],
         words: Language) -> list[Filled]:
    """The business's own fields that any of them fills, each value as its type is written."""
    with book.read() as connection:
        fields = custom_fields.listed(connection, kind)
    values = {one: own_rules.read(rows[one]["custom"]) for one in ids} if fields else {}
    found: list[Filled] = []
    for field in fields:
        cells = [_own_cell(field, values[one].get(field.id), words) for one in ids]
        if any(cell is not None for cell in cells):
            title = own.heading(field.name, kind, book.language)
            found.append((Column(own_rules.key(field), title, _OWN_TYPES.get(field.type, ValueType.TEXT)), cells))
    return found


def _own_cell(field: CustomField, value: Any, words: Language) -> Cell:
    if value is None:
        return None
    if field.type == "yes_no":
        return words.say(N_("Yes")) if value else words.say(N_("No"))
    return date.fromisoformat(value) if field.type == "date" else value


def _cell(item: Field, value: Any, words: Language) -> Cell:
    """A value as its column holds it: a choice by its title, yes where it is so, days as days."""
    if value is None or value == "":
        return None
    if item.type is FieldType.YES_NO:
        return words.say(N_("Yes")) if value else None
    if item.type is FieldType.DATE:
        return date.fromisoformat(value) if isinstance(value, str) else value
    if item.type is FieldType.CHOICE:
        return words.say(item.choices[value]) if value in item.choices else str(value)
    return value if isinstance(value, int) else str(value)


def _reach(ways: Mapping[int, Sequence[customers.Channel]], ids: Sequence[int]) -> list[Filled]:
    """"Phone 1 - Label", "Phone 1 - Value" …: the headings that phone books write, known in every language."""
    found: list[Filled] = []
    for kind, title in _WAYS.items():
        mine = [[way for way in ways.get(one, ()) if way.kind == kind] for one in ids]
        for number in range(max(map(len, mine), default=0)):
            here = [own[number] if number < len(own) else None for own in mine]
            labels: list[Cell] = [way.label or None if way else None for way in here]
            values: list[Cell] = [way.value if way else None for way in here]
            for what, cells in (("Label", labels), ("Value", values)):
                if what == "Value" or any(cells):
                    column = Column(f"{kind}_{number + 1}_{what.lower()}", f"{title} {number + 1} - {what}")
                    found.append((column, cells))
    return found


def _tagged(tags: Mapping[int, Sequence[tuple[int, str]]], ids: Sequence[int], words: Language) -> list[Filled]:
    cells: list[Cell] = ["; ".join(name for _, name in tags.get(one, ())) or None for one in ids]
    return [(Column("tags", words.say(N_("Tags"))), cells)] if any(cells) else []
