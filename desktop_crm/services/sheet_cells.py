"""What the cells of the customers list hold: their values as texts of the user's language, and texts as values."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop_crm.domain import channels, custom_fields, fields
from desktop_crm.domain.custom_fields import CustomField
from desktop_crm.domain.customers import FIELDS, Channel
from desktop_crm.domain.errors import N_, InvalidInput, Term
from desktop_crm.domain.fields import Field, FieldType
from desktop_crm.domain.values import fold
from desktop_crm.i18n import Language
from desktop_crm.services import birthdays, business
from desktop_crm.services import custom_fields as own_fields
from desktop_crm.services.book import Book
from desktop_crm.storage import customers, records
from desktop_crm.storage.unit_of_work import Connection

WAYS = {"phone": N_("Phone"), "email": N_("E-mail")}
"""The columns that hold the way of their kind that is taken first."""
_NEEDED = frozenset({"name", "kind", "state"})
_COMPUTED = {
    "last_contact": N_("It follows from what was noted of them."),
    "next_step": N_("It is their next open task."),
    "paid": N_("It is counted from their payments."),
    "owes": N_("It is counted from their sales on account and payments."),
    "open_deals": N_("It is counted from their deals."),
    "score": N_("It is counted by the score rules."),
}
_OTHER = N_("The program fills it in by itself.")
_TAG_BREAK = re.compile(r"[,;|、，；\n]")
_AT_ONCE = 5000
_NOT_KNOWN = {"sellers": N_("“{value}” is not a seller of this file."),
              "sources": N_("“{value}” is not a known source."),
              "customers": N_("“{value}” is not one customer of this file.")}


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column by its key in the list: a `field` of customers, an `own` field, a way to reach, or the tags.

    `why` is a message id that says why it cannot be edited, "" where it can.
    """

    key: str
    title: str
    field: Field | None = None
    own: CustomField | None = None
    why: str = ""

    @property
    def is_day(self) -> bool:
        """Whether its cells are days."""
        return (self.field is not None and self.field.type is FieldType.DATE) or (
            self.own is not None and self.own.type == "date")


class Cells:
    """Reads and writes the cells of customers in one language; choices are looked up once."""

    def __init__(self, book: Book, language: Language) -> None:
        self._book, self.language = book, language
        self._links: dict[str, dict[int, str]] = {}
        self._columns = {_key(item): SheetColumn(_key(item), item.title, item) for item in FIELDS}
        self._columns |= {key: SheetColumn(key, title) for key, title in (*WAYS.items(), ("tags", N_("Tags")))}
        self._columns |= {custom_fields.key(item): SheetColumn(custom_fields.key(item), item.name, own=item)
                          for item in own_fields.listed(book, "customers")}

    def column(self, key: str) -> SheetColumn:
        """The column `key` of the list; one that nobody can edit says why."""
        return self._columns.get(key) or SheetColumn(key, "", why=_COMPUTED.get(key, _OTHER))

    def named(self, heading: str) -> SheetColumn:
        """The column that a person calls so: by its key, its title in the language or in English; InvalidInput if none.

        A field's key may be said without its "_id" or "_on".
        """
        wanted = fold(heading)
        for column in self._columns.values():
            keys = {column.key, column.key.removesuffix("_on"), column.field.key if column.field else ""}
            if wanted in {*keys, fold(column.title), fold(self.title(column))} - {""}:
                return column
        raise InvalidInput(N_("“{value}” is not a field of customers. Nothing was saved."), "field", value=heading)

    def title(self, column: SheetColumn) -> str:
        """The column's title in the language."""
        return column.title if column.own else self.language.say(column.title)

    def options(self, column: SheetColumn) -> list[str]:
        """The words that a cell may hold, to choose from; none where any text may stand."""
        item = column.field
        if column.own is not None:
            return [self.text(column, value) for value in (True, False)] if column.own.type == "yes_no" else [
                *column.own.choices]
        if column.key == "tags":
            return [tag.name for tag in business.choices(self._book, "tags")]
        if item is None or item.link == "customers":
            return []
        if item.type is FieldType.YES_NO:
            return [self.text(column, value) for value in (True, False)]
        return list(self._linked(item.link).values() if item.link else map(self.language.say, item.choices.values()))

    def text(self, column: SheetColumn, value: Any) -> str:
        """A value as one would type it; "" for none."""
        if value is None or value == ():
            return ""
        if column.own is not None:
            return own_fields.typed(self.language, self._book.currency, column.own, value)
        if isinstance(value, Channel):
            return value.value
        if column.key == "tags":
            return ", ".join(value)
        write = _WRITE.get(column.field.type) if column.field else None
        return write(self, column.field, value) if write and column.field else str(value)

    def value(self, column: SheetColumn, text: str) -> Any:
        """What a text means in the column, None for an empty one; InvalidInput for what it cannot be."""
        if column.why:
            raise InvalidInput(column.why, column.key)
        text = text.strip()
        if column.key in _NEEDED and not text:
            raise InvalidInput(N_("{field} is needed. Nothing was saved."), column.key, field=Term(column.title))
        if column.key == "tags":
            return _tags(text)
        if column.own is not None:
            return own_fields.understood(self._book, self.language, column.own, text)
        if not text:
            return False if column.field and column.field.type is FieldType.YES_NO else None
        if column.field is None:  # phone or email
            return channels.channel(column.key, text, self._book.business.country)
        read = _READ.get(column.field.type, _line)
        return fields.checked((column.field,), {column.field.key: read(self, column.field, text)})[column.field.key]

    def _linked(self, kind: str) -> dict[int, str]:
        """The names that a link may hold, by id."""
        if kind not in self._links:
            self._links[kind] = {choice.id: choice.name for choice in business.choices(self._book, kind)}
        return self._links[kind]

    def _link_text(self, item: Field, value: int) -> str:
        known = self._linked(item.link) if item.link != "customers" else {}
        if value not in known:  # a customer, or a word that is offered no longer
            table = {"sources": "choices"}.get(item.link, item.link)
            with self._book.read() as connection:
                known = records.names(connection, table, [value])
        return known.get(value, "")

    def _link(self, item: Field, text: str) -> int:
        if item.link == "customers":
            with self._book.read() as connection:
                found = [int(row["id"]) for row in records.find(connection, "customers", name=text)]
        else:
            known = self._linked(item.link)
            found = [key for key, name in known.items() if name == text] or [
                key for key, name in known.items() if fold(name) == fold(text)]
        if len(found) != 1:
            raise InvalidInput(_NOT_KNOWN[item.link], _key(item), value=text)
        return found[0]

    def _day(self, item: Field, text: str) -> date | None:
        from desktop_crm.services import quick_add, written_days  # reads dates in words, which takes a while to load

        return written_days.read(self.language, text) or quick_add.read_day(self._book, self.language, text)

    def _day_text(self, item: Field, value: date) -> str:
        """A day in the short form, or as ISO where that would be read as another one ("1/2/34")."""
        short = self.language.day(value, "short")
        return short if self.language.read_day(short, self._book.today()) == value else value.isoformat()

    def _time(self, item: Field, text: str) -> str | None:
        from desktop_crm.services import quick_add

        return quick_add.read_time(self._book, self.language, text)

    def _choice(self, item: Field, text: str) -> str:
        """The code of a choice, from the code or its word in the language or in English; the text itself if none."""
        wanted = fold(text)
        return next((code for code, title in item.choices.items()
                     if wanted in (code, fold(title), fold(self.language.say(title)))), text)

    def _number(self, item: Field, text: str) -> int:
        number = self.language.read_number(text)
        if number is None or number != int(number):
            raise InvalidInput(N_("“{value}” is not a whole number."), _key(item), value=text)
        return int(number)

    def _yes_no(self, item: Field, text: str) -> bool:
        from desktop_crm.domain.importing import words  # the words of many languages

        said = {fold(self.language.say(word)): value for word, value in ((N_("Yes"), True), (N_("No"), False))}
        found = said.get(fold(text), words.yes_no().get(fold(text)))
        if found is None:
            raise InvalidInput(N_("“{value}” is neither yes nor no."), _key(item), value=text)
        return found

    def _amount(self, item: Field, text: str) -> int | None:
        return self.language.read_money(text, self._book.currency)

    def _birthday(self, item: Field, text: str) -> str | None:
        return birthdays.read(self._book, self.language, text)


def _line(_: Cells, item: Field, text: str) -> str:
    """A text as it is typed; in a field of one line a line end is a space."""
    return text if item.type is FieldType.LONG else " ".join(text.splitlines())


_READ: Mapping[FieldType, Callable[[Cells, Field, str], Any]] = {
    FieldType.CHOICE: Cells._choice, FieldType.LINK: Cells._link, FieldType.DATE: Cells._day,
    FieldType.TIME: Cells._time, FieldType.INTEGER: Cells._number, FieldType.YES_NO: Cells._yes_no,
    FieldType.MONEY: Cells._amount, FieldType.BIRTHDAY: Cells._birthday,
}
_WRITE: Mapping[FieldType, Callable[[Cells, Field, Any], str]] = {
    FieldType.CHOICE: lambda cells, item, value: cells.language.say(item.choices.get(value, str(value))),
    FieldType.LINK: Cells._link_text, FieldType.DATE: Cells._day_text,
    FieldType.YES_NO: lambda cells, _, value: cells.language.say(N_("Yes") if value else N_("No")),
    FieldType.MONEY: lambda cells, _, value: cells.language.money(value, cells._book.currency, symbol=False),
    FieldType.BIRTHDAY: lambda cells, _, value: birthdays.typed(cells.language, value),
}


def _key(item: Field) -> str:
    return item.key.removesuffix("_id") if item.type is FieldType.LINK else item.key


def _tags(text: str) -> tuple[str, ...]:
    """The tags of a cell, parted by commas, as the file keeps them: by name."""
    names = (" ".join(part.split())[:100] for part in _TAG_BREAK.split(text))
    return tuple(sorted({name for name in names if name}))


def values(connection: Connection, ids: Sequence[int], columns: Sequence[SheetColumn]) -> dict[int, dict[str, Any]]:
    """What the cells of some customers hold, by id and column; customers who are gone are left out."""
    found: dict[int, dict[str, Any]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        part = ids[start:start + _AT_ONCE]
        rows = records.get_many(connection, "customers", part)
        ways = customers.channels(connection, "customer_id", part) if any(one.key in WAYS for one in columns) else {}
        tags = customers.tags(connection, part) if any(one.key == "tags" for one in columns) else {}
        for key, row in rows.items():
            own = custom_fields.read(row["custom"])
            names = tuple(sorted(name for _, name in tags.get(key, ())))
            found[key] = {column.key: _held(column, row, own, ways.get(key, ()), names) for column in columns}
    return found


def _held(column: SheetColumn, row: Mapping[str, Any], own: Mapping[int, Any], ways: Sequence[Channel],
          tags: tuple[str, ...]) -> Any:
    if column.field is not None:
        return row[column.field.key]
    if column.own is not None:
        return own.get(column.own.id)
    return tags if column.key == "tags" else channels.first(ways, column.key) if column.key in WAYS else None
