"""What was done: acts by name, and each record's changes as sentences ("Stage: Proposal → Won")."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from desktop_crm.domain import (
    activities,
    addresses,
    attachments,
    consents,
    contacts,
    customers,
    deals,
    payments,
    products,
    sellers,
    tasks,
)
from desktop_crm.domain import custom_fields as own_rules
from desktop_crm.domain.errors import N_
from desktop_crm.domain.fields import Field, FieldType
from desktop_crm.i18n import Language
from desktop_crm.services import birthdays
from desktop_crm.services import custom_fields as own_services
from desktop_crm.services.book import Book
from desktop_crm.storage import custom_fields, journal, records
from desktop_crm.storage.unit_of_work import Connection

FIELDS: Mapping[str, tuple[Field, ...]] = {
    "customers": customers.FIELDS, "contacts": contacts.FIELDS, "sellers": sellers.FIELDS,
    "products": products.FIELDS, "deals": deals.FIELDS, "tasks": tasks.FIELDS, "activities": activities.FIELDS,
    "payments": payments.FIELDS,
}
"""The fields of every kind of record that has a history."""

_OWNED = {"addresses": addresses.FIELDS, "consents": consents.FIELDS, "attachments": attachments.FIELDS,
          "affiliations": tuple(item for item in contacts.FIELDS if item.key == "role")}
"""What hangs on a card, table by table, with its fields: all of it on a customer's, documents on others."""
_LISTS = {"sources": "choices", "lost_reasons": "choices"}
_QUIET = {"name_fold", "more_fold", "name_sort", "status", "stage_on", "pipeline_id", "done_at"}


@dataclass(frozen=True, slots=True)
class Act:
    """One act: what, when (aware), by whom, whether it is undone today, and how many rows it changed."""

    id: int
    at: datetime
    label: str
    undone: bool
    changes: int
    actor: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one record as a sentence."""

    id: int
    at: datetime
    sentence: str
    actor: str
    label: str


def label(language: Language, message: str, params: Mapping[str, object]) -> str:
    """The name of an act in a language; one that took another back names that one."""
    said = {key: language.say(str(value)) if key == "kind" else
            label(language, value["message"], value["params"]) if isinstance(value, Mapping) else value
            for key, value in params.items()}
    return language.say(message, **said)


def acts(book: Book, language: Language, limit: int | None = None, of: tuple[str, int] | None = None) -> list[Act]:
    """The acts of the file, oldest first: the newest `limit`, or those that changed one record (kind, id)."""
    with book.read() as connection:
        found = journal.works(connection, limit, of)
    return [Act(row.id, datetime.fromisoformat(row.at), label(language, row.message, json.loads(row.params)),
                bool(row.undone), row.last_entry - row.first_entry + 1, row.actor) for row in found]


def next_acts(book: Book, language: Language) -> tuple[str, str]:
    """The names of the acts that undo and redo would turn; "" where there is none."""
    with book.read() as connection:
        both = journal.to_undo(connection), journal.to_redo(connection)
    undo, redo = (label(language, row.message, json.loads(row.params)) if row else "" for row in both)
    return undo, redo


def act_behind(book: Book, change: int, language: Language) -> tuple[int, str] | None:
    """The number and name of the act behind a change (`Change.id`), if it stands and may be taken back."""
    with book.read() as connection:
        row = journal.work_of(connection, change)
    return None if row is None else (row.id, label(language, row.message, json.loads(row.params)))


def changes(book: Book, language: Language, kind: str, record: int, limit: int = -1) -> list[Change]:
    """The changes of one record as sentences, newest first; what hangs on their card included."""
    with book.read() as connection:
        found = journal.entries(connection, kind, record, limit)
        if kind == "customers":
            for table in ("channels", *_OWNED):
                found += journal.entries_of_owned(connection, table, "customer_id", record, limit)
        elif kind in attachments.OWNERS:
            found += journal.entries_of_owned(connection, "attachments", attachments.OWNERS[kind], record, limit)
        made = [change for entry in sorted(found, key=lambda entry: -entry.id)
                for change in _sentences(connection, book, language, kind, entry)]
    return made[:limit] if limit >= 0 else made


def _sentences(connection: Connection, book: Book, language: Language, kind: str,
               entry: journal.EntryRow) -> list[Change]:
    at = datetime.fromisoformat(entry.work.at)
    name = label(language, entry.work.message, json.loads(entry.work.params))
    if entry.work.kind != "do":
        name = language.say(N_("Undone: {act}") if entry.work.kind == "undo" else N_("Redone: {act}"), act=name)
    if entry.table == "channels":
        lines = _channel(connection, language, entry)
    elif entry.table in _OWNED:
        lines = _owned(connection, book, language, kind, entry)
    elif entry.op == "U":
        lines = [_changed(connection, book, language, item, entry) for item in FIELDS[kind]
                 if item.key in entry.after and item.key not in _QUIET]
        if "custom" in entry.after:
            lines += _own(connection, book, language, kind, entry)
    else:
        lines = [language.say(N_("Created")) if entry.op == "I" else language.say(N_("Deleted"))]
    return [Change(entry.id, at, line, entry.work.actor, name) for line in lines]


def _changed(connection: Connection, book: Book, language: Language, item: Field, entry: journal.EntryRow) -> str:
    sides = (_shown(connection, book, language, item, side[item.key]) for side in (entry.before, entry.after))
    before, after = sides
    return f"{language.say(item.title)}: {before} → {after}"


def _own(connection: Connection, book: Book, language: Language, kind: str, entry: journal.EntryRow) -> list[str]:
    """The changes of the business's own fields, of those that were deleted since too."""
    before, after = (own_rules.read(side["custom"]) for side in (entry.before, entry.after))
    known = custom_fields.ever(connection, kind)
    sides = {key: [own_services.shown(language, book.currency, known[key], side.get(key)) or "—"
                   for side in (before, after)]
             for key in known if before.get(key) != after.get(key)}
    return [f"{known[key].name}: {' → '.join(both)}" for key, both in sides.items()]


def _owned(connection: Connection, book: Book, language: Language, kind: str, entry: journal.EntryRow) -> list[str]:
    """The changes of an address, a consent, a document, or of a person who belongs to one more company."""
    if entry.table == "attachments" and entry.op == "I" and kind == "customers":
        return []  # the timeline shows the document itself
    if entry.op == "U":
        return [_changed(connection, book, language, item, entry) for item in _OWNED[entry.table]
                if item.key in entry.after]
    row = entry.before
    if entry.op == "I":
        row = records.get_many(connection, entry.table, [entry.row_id]).get(entry.row_id, {})
    if not row:
        return []
    if entry.table == "affiliations":
        names = records.names(connection, "contacts", [row["contact_id"]])
        what = names.get(row["contact_id"]) or language.say(N_("(deleted)"))
    elif entry.table == "attachments":
        what = row["name"]
    elif entry.table == "consents":
        what = language.say(consents.PURPOSES.get(row["purpose"], row["purpose"]))
    else:
        what = addresses.Address(0, **{item.key: row[item.key] or "" for item in addresses.FIELDS}).written
    message = N_("Added: {value}") if entry.op == "I" else N_("Removed: {value}")
    return [language.say(message, value=what)]


def _channel(connection: Connection, language: Language, entry: journal.EntryRow) -> list[str]:
    if entry.op == "U":
        return [f"{entry.before['value']} → {entry.after['value']}"] if "value" in entry.after else []
    row = entry.before
    if entry.op == "I":
        row = records.get_many(connection, "channels", [entry.row_id]).get(entry.row_id, {})
    if not row:
        return []
    message = N_("Added: {value}") if entry.op == "I" else N_("Removed: {value}")
    return [language.say(message, value=row["value"])]


def _shown(connection: Connection, book: Book, language: Language, item: Field, value: object) -> str:
    """A stored value as people read it."""
    if value is None:
        return "—"
    if item.type is FieldType.CHOICE:
        return language.say(item.choices.get(str(value), str(value)))
    if item.type is FieldType.LINK:
        row = records.get_many(connection, _LISTS.get(item.link, item.link), [int(str(value))])
        return str(row[int(str(value))]["name"]) if row else language.say(N_("(deleted)"))
    if item.type is FieldType.MONEY:
        return language.money(int(str(value)), book.currency)
    if item.type is FieldType.BIRTHDAY:
        return birthdays.typed(language, str(value))
    if item.type is FieldType.DATE:
        return language.day(date.fromisoformat(str(value)))
    if item.type is FieldType.YES_NO:
        return language.say(N_("Yes")) if value else language.say(N_("No"))
    return str(value)
