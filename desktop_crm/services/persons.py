"""Everything held about one person: as plain data for another program, and as a report for a reader."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from desktop_crm.domain import custom_fields as own_rules
from desktop_crm.domain.attachments import Attachment
from desktop_crm.domain.custom_fields import CustomField
from desktop_crm.domain.errors import N_, NotFound
from desktop_crm.domain.pool import SELLER
from desktop_crm.domain.values import minor_digits
from desktop_crm.i18n import Language
from desktop_crm.reports.report import Column, Report, Table
from desktop_crm.services import custom_fields, history
from desktop_crm.services.book import Book
from desktop_crm.services.person_words import CODES, FIELDS, TITLES
from desktop_crm.storage import attachments, erasing, holdings, records
from desktop_crm.storage.mentions import plain as readable

FORMAT, VERSION = "desktop-crm-person", 1
_QUIET = frozenset({"name_fold", "more_fold", "name_sort", "value_fold", "digits_back"})
_MONEY = ("amount", "price", "cost", "credit_limit")
_PIECE = 110  # letters in a cell of the report: a longer text goes on in the next row
_SIDES = ("before", "after")
_NAMES = ("name", "value", "purpose", "number", "street", "after")


@dataclass(frozen=True, slots=True)
class Person:
    """What is held about record `id` of `kind`: whole rows by table, what the journal remembers, who names them.

    `links` are the names behind ids: of table and id. `mentions` are texts of others' rows: table, id, text. `files`
    are the attached files: what each is, and where its bytes lie (None: gone). `own` are the business's own fields.
    """

    kind: str
    id: int
    name: str
    rows: Mapping[str, tuple[Mapping[str, Any], ...]]
    links: Mapping[tuple[str, int], str]
    targets: Mapping[tuple[str, str], str]
    remembered: tuple[holdings.Remembered, ...]
    mentions: tuple[tuple[str, int, str], ...]
    files: tuple[tuple[Attachment, Path | None], ...]
    own: tuple[CustomField, ...] = ()


def held(book: Book, record: int, kind: str = "customers") -> Person:
    """Everything the file holds about a customer or a contact; NotFound if that is nothing."""
    with book.read() as connection:
        raw: Any = connection.connection.dbapi_connection
        found = holdings.held(raw, kind, record)
        if not found.tables():
            raise NotFound(N_("The record is no longer in the file. Nothing was changed."))
        rows = {table: tuple(records.get_many(connection, table, sorted(found.rows[table])).values())
                for table in found.tables() if found.rows.get(table)}
        targets = {(link.table, link.column): link.target for link in holdings.links(raw)}
        remembered = holdings.remembered(raw, found)
        names = _names(connection, rows, targets)
        mentions = erasing.mentioned(raw, found)
    return Person(kind, record, _name(rows, remembered, kind), rows, names, targets, tuple(remembered),
                  tuple(mentions), tuple(_file(book, row) for row in rows.get("attachments", ())),
                  tuple(custom_fields.every(book)))


def _name(rows: Mapping[str, tuple[Mapping[str, Any], ...]], remembered: list[holdings.Remembered], kind: str) -> str:
    """The person's name; of one who was deleted, the last that is remembered."""
    if rows.get(kind):
        return str(rows[kind][0]["name"])
    images = [json.loads(entry.before or "{}") for entry in remembered if entry.table == kind]
    return str(next((image["name"] for image in reversed(images) if "name" in image), ""))


def _names(connection: Any, rows: Mapping[str, tuple[Mapping[str, Any], ...]],
           targets: Mapping[tuple[str, str], str]) -> dict[tuple[str, int], str]:
    """The names of what the rows lead to: sellers, stages, products, tags …"""
    wanted: dict[str, set[int]] = {}
    for (table, column), target in targets.items():
        wanted.setdefault(target, set()).update(
            row[column] for row in rows.get(table, ()) if row[column] is not None)
    wanted.setdefault("sellers", set()).update(
        int(row[key]) for row in rows.get("state_moves", ()) if row["field"] == SELLER for key in _SIDES if row[key])
    named = {table: ids for table, ids in wanted.items() if ids and table != "receipts"}
    return {(table, key): name for table, ids in named.items() if "name" in records.table(table).columns
            for key, name in records.names(connection, table, ids).items()}


def _file(book: Book, row: Mapping[str, Any]) -> tuple[Attachment, Path | None]:
    item = Attachment(row["id"], row["kind"], row["name"], row["media_type"], row["size"], row["sha256"],
                      row["on_date"])
    try:
        return item, attachments.get(book.path, item.sha256)
    except NotFound:
        return item, None


# --- for another program --------------------------------------------------------------------------------------------

def data(book: Book, person: Person, files: Mapping[int, str]) -> dict[str, Any]:
    """All of it as plain values: ISO days and instants, money as minor units beside its currency.

    `files` are the names that the attached files have beside the data, by their ids.
    """
    currencies = {row["id"]: row["currency"] for row in person.rows.get("deals", ())}
    return {
        "format": FORMAT, "version": VERSION, "business": book.business.name, "on": book.today().isoformat(),
        "currency": book.currency, "minor_digits": minor_digits(book.currency),
        "person": {"kind": person.kind, "id": person.id, "name": person.name},
        "records": {table: [_plain(book, person, table, row, currencies, files) for row in rows]
                    for table, rows in person.rows.items()},
        "mentions": [{"table": table, "id": key, "text": text} for table, key, text in person.mentions],
        "history": [{"at": entry.at, "by": entry.actor, "act": _act(book.language, entry), "table": entry.table,
                     "id": entry.row_id, "change": entry.op, "before": _image(entry.before),
                     "after": _image(entry.after)} for entry in person.remembered],
    }


def _plain(book: Book, person: Person, table: str, row: Mapping[str, Any], currencies: Mapping[int, str],
           files: Mapping[int, str]) -> dict[str, Any]:
    made = {key: value.isoformat() if isinstance(value, date) else value for key, value in row.items()
            if key not in _QUIET}
    for key in [key for key in row if (table, key) in person.targets]:
        name = person.links.get((person.targets[table, key], row[key]))
        if name is not None:
            made[key.removesuffix("_id")] = name
    if made.pop("custom", None):
        made["own"] = {field.name: value for field in person.own
                       if (value := own_rules.read(row["custom"]).get(field.id)) is not None}
    if table == "receipts":
        made["content"] = json.loads(row["content"])
    if table == "attachments":
        made["file"] = files.get(row["id"])
    if any(made.get(key) is not None for key in _MONEY) and "currency" not in made:
        made["currency"] = currencies.get(row.get("deal_id", 0), book.currency)
    return made


def _image(image: str | None) -> dict[str, Any] | None:
    return None if image is None else {key: value for key, value in json.loads(image).items() if key not in _QUIET}


def _act(words: Language, entry: holdings.Remembered) -> str:
    return history.label(words, entry.message, json.loads(entry.params))


# --- for a reader ---------------------------------------------------------------------------------------------------

def report(book: Book, person: Person) -> Report:
    """All of it on paper, in the language of the file: each record with its fields, then the history."""
    words = book.language
    say = words.say
    columns = (Column("record", say(N_("Record")), weight=1.0), Column("field", say(N_("Field")), weight=0.6),
               Column("value", say(N_("Value")), weight=2.5))
    made = [Table(table, say(TITLES.get(table, table)), columns, tuple(
        line for row in person.rows[table] for line in _lines(book, person, table, row)))
        for table in sorted(person.rows, key=_place) if FIELDS.get(table)]
    if person.mentions:
        made.append(Table("mentions", say(N_("Where others' records name them")), columns, tuple(
            line for table, _, text in person.mentions
            for line in _broken(say(TITLES.get(table, table)), "", readable(text)))))
    made.append(_history(book, person))
    return Report(
        "person", say(N_("Everything held about {name}"), name=person.name), book.business.name or book.path.stem,
        book.currency, words.code, None, None, say(N_("As of {day}"), day=words.day(book.today())),
        tables=tuple(made), notes=(say(N_("Amounts, days and words as they stand in the file. The same, for another "
                                          "program, is in data.json; the attached files lie beside it.")),))


def _place(table: str) -> int:
    """Where a table stands in the report: the person first."""
    return list(TITLES).index(table) if table in TITLES else len(TITLES)


def _lines(book: Book, person: Person, table: str, row: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """A record's fields that say something; its name stands before the first."""
    made: list[tuple[str, str, str]] = []
    title = next((_shown(book, person, table, key, row) for key in _NAMES if row.get(key)), "")
    for key, field in FIELDS.get(table, {}).items():
        if (table, key) in person.targets and (person.targets[table, key], row.get(key)) == (person.kind, person.id):
            continue
        value = _shown(book, person, table, key, row)
        if value:
            made += _broken("" if made else title[:_PIECE], book.language.say(field), value)
    for name, value in _own(book, person, row):
        made += _broken("" if made else title[:_PIECE], name, value)
    return made


def _own(book: Book, person: Person, row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The business's own fields of a record: their names and values as people read them."""
    values = own_rules.read(row.get("custom"))
    return [(field.name, custom_fields.shown(book.language, book.currency, field, values[field.id]))
            for field in person.own if field.id in values]


def _broken(record: str, field: str, text: str) -> list[tuple[str, str, str]]:
    """A text in pieces that a cell holds whole; wide letters take twice the room."""
    most = _PIECE if text.isascii() else _PIECE // 2
    pieces, line = [], ""
    for word in text.split():
        while len(word) > most:
            pieces += [line, word[:most]] if line else [word[:most]]
            line, word = "", word[most:]
        if line and len(line) + len(word) >= most:
            pieces.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    pieces.append(line)
    return [(record if number == 0 else "", field if number == 0 else "", piece)
            for number, piece in enumerate(pieces)]


def _shown(book: Book, person: Person, table: str, key: str, row: Mapping[str, Any]) -> str:
    """A value as people read it; "" for one that says nothing."""
    value, words = row.get(key), book.language
    if value is None or value == "" or value is False:
        return ""
    if (table, key) in person.targets:
        return person.links.get((person.targets[table, key], value), "")
    if table == "state_moves" and row["field"] == SELLER and key in _SIDES:
        return person.links.get(("sellers", int(value)), "")
    if key in _MONEY:
        return words.money(value, row.get("currency") or book.currency)
    if key == "quantity":
        return words.number(value / 1000)
    if key == "content":
        return " · ".join(words.listed(item) if isinstance(item, list) else str(item)
                          for name, item in json.loads(value).items() if item and name not in ("balance", "change"))
    if isinstance(value, datetime):
        return _moment(book, value)
    if isinstance(value, date):
        return words.day(value)
    if value is True:
        return words.say(N_("Yes"))
    choices = CODES.get((table, key)) or next(
        (item.choices for item in history.FIELDS.get(table, ()) if item.key == key), {})
    return words.say(choices[value]) if value in choices else str(value)


def _moment(book: Book, at: datetime) -> str:
    """An instant by the business's clock."""
    local = book.business.local(at)
    return f"{book.language.day(local.date())} {book.language.clock(local)}"


def _history(book: Book, person: Person) -> Table:
    """What was done, act by act."""
    say, words = book.language.say, book.language
    columns = (Column("at", say(N_("When"))), Column("act", say(N_("What was done")), weight=2.0),
               Column("by", say(N_("By"))), Column("table", say(N_("Record"))))
    found: dict[tuple[str, str, str], list[str]] = {}
    for entry in person.remembered:
        act = _moment(book, datetime.fromisoformat(entry.at)), _act(words, entry)[:_PIECE], entry.actor
        found.setdefault(act, []).append(say(TITLES.get(entry.table, entry.table)))
    rows = tuple((*act, words.joined(dict.fromkeys(kinds))) for act, kinds in found.items())
    return Table("history", say(N_("History")), columns, rows)
