"""Fields of the business's own: made, changed and taken away, and their values read, shown and set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from desktop_crm.domain import custom_fields as rules
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.custom_fields import CustomField, Value
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.values import fold
from desktop_crm.i18n import Language
from desktop_crm.services.book import Book
from desktop_crm.storage import custom_fields, records
from desktop_crm.storage.unit_of_work import Connection, Work

_MANY = {"customers": N_("Edit {count} customers"), "contacts": N_("Edit {count} contacts"),
         "deals": N_("Edit {count} deals")}


def listed(book: Book, kind: str) -> list[CustomField]:
    """The business's own fields of customers, contacts or deals, in their order."""
    with book.read() as connection:
        return custom_fields.listed(connection, kind)


def every(book: Book) -> list[CustomField]:
    """The business's own fields of all kinds of records."""
    with book.read() as connection:
        return custom_fields.listed(connection)


def add(book: Book, kind: str, name: str, kind_of_value: str = "text", choices: Sequence[str] = ()) -> int:
    """Add a field after the others of its kind and return its id.

    Raises InvalidInput for an empty name, one that another field of the kind has, and a choice without choices.
    """
    clean = rules.name_checked(name)
    with book.work(N_("Add field {name}"), name=clean) as work:
        return make(work, kind, clean, kind_of_value, choices)


def make(work: Work, kind: str, name: str, kind_of_value: str = "text", choices: Sequence[str] = ()) -> int:
    """Add a field as a part of another act; raises as `add` does."""
    rules.kind_checked(kind)
    clean = rules.name_checked(name)
    of_type = rules.type_checked(kind_of_value)
    _free(work.connection, kind, clean)
    return custom_fields.add(work.connection, kind, clean, of_type, rules.choices_checked(of_type, choices))


def edit(book: Book, field: int, *, name: str | None = None, choices: Sequence[str] | None = None) -> Changes:
    """Give a field another name, other choices or both; raises as `add` does.

    The values stay: a record that has a choice that is offered no longer keeps it, unless that is only spelled
    otherwise now. `rename_choice` writes another one there.
    """
    with book.read() as connection:
        before = records.get(connection, "custom_fields", field)
        clean: dict[str, Any] = {}
        if name is not None:
            clean["name"] = rules.name_checked(name)
            _free(connection, before["kind"], clean["name"], but=field)
    if choices is not None:
        clean["choices"] = custom_fields.choices_stored(rules.choices_checked(before["type"], choices))
    with book.work(N_("Edit field {name}"), name=before["name"]) as work:
        records.save(work.connection, "custom_fields", field, clean)
        now = custom_fields.choices_read(clean.get("choices", before["choices"]))
        for old, new in rules.respelled(custom_fields.choices_read(before["choices"]), now).items():
            _write(book, work, before["kind"], field, old, new)
    return work.done


def having(book: Book, field: int, choice: str) -> int:
    """How many records have this choice in a field, whether it is still offered or not."""
    with book.read() as connection:
        return len(custom_fields.having(connection, records.get(connection, "custom_fields", field)["kind"], field,
                                        choice))


def rename_choice(book: Book, field: int, before: str, after: str) -> Changes:
    """Let a choice be called otherwise: in what the field offers, and in records, segments and rules that have it.

    One act. `before` may be a word that is offered no longer, `after` one that is offered already: then both become
    one. InvalidInput if neither is offered.
    """
    with book.read() as connection:
        row = records.get(connection, "custom_fields", field)
        known = next(one for one in custom_fields.listed(connection, row["kind"]) if one.id == field)
    offered = tuple(dict.fromkeys(after if choice == before else choice for choice in known.choices))
    if after not in offered:
        raise InvalidInput(N_("“{value}” is not a choice for {field}. Nothing was saved."), "choices", value=before,
                           field=known.name)
    clean = rules.choices_checked(known.type, offered)
    with book.work(N_("Rename {before} to {after} in {field}"), field=known.name, before=before, after=after) as work:
        records.save(work.connection, "custom_fields", field, {"choices": custom_fields.choices_stored(clean)})
        _write(book, work, known.kind, field, before, after)
    return work.done


def _write(book: Book, work: Work, kind: str, field: int, before: str, after: str) -> None:
    """Write another word for a choice in every record that has it, and in what is asked for by it."""
    from desktop_crm.services import segments  # lists and forms read own fields without it

    if kind == "customers":
        segments.reword(work, f"own:{field}", before, after)
    ids = custom_fields.having(work.connection, kind, field, before)
    custom_fields.set_many(work.connection, kind, ids, {field: after})
    _scored(book, work, kind, ids)


def order(book: Book, kind: str, ids: Sequence[int]) -> Changes:
    """Put the fields of a kind into this order."""
    with book.work(N_("Order the own fields")) as work:
        records.order(work.connection, "custom_fields", ids)
    return work.done


def held(book: Book, kind: str) -> dict[int, int]:
    """How many records have a value in each field of their kind; fields without any are left out."""
    with book.read() as connection:
        return custom_fields.held(connection, kind)


def delete(book: Book, fields: Sequence[int]) -> Changes:
    """Take fields away, and their values out of every record that has one; undo brings all of it back."""
    with book.read() as connection:
        rows = [records.get(connection, "custom_fields", field) for field in fields]
    label = N_("Delete field {name}") if len(rows) == 1 else N_("Delete {count} fields")
    with book.work(label, name=rows[0]["name"] if rows else "", count=len(rows)) as work:
        for row in rows:
            holders = custom_fields.holders(work.connection, row["kind"], row["id"])
            custom_fields.set_many(work.connection, row["kind"], holders, {row["id"]: None})
            _scored(book, work, row["kind"], holders)
        records.remove(work.connection, "custom_fields", fields)
    return work.done


def add_ready(book: Book, trade: str) -> Changes:
    """Add the fields of a ready set (retail, services, workshop) in the file's language, as one act.

    Fields whose name the kind has already are left as they are. InvalidInput, naming all sets, for another trade.
    """
    from desktop_crm.domain.ready_fields import SETS  # forms and lists work without it

    if trade not in SETS:
        raise InvalidInput(N_("There is no ready set “{name}”. There are: {names}."), "trade", name=trade,
                           names=", ".join(SETS))
    say = book.language.say
    with book.work(N_("Add fields: {kind}"), kind=SETS[trade].title) as work:
        known = {(field.kind, fold(field.name)) for field in custom_fields.listed(work.connection)}
        for ready in SETS[trade].fields:
            if (ready.kind, fold(say(ready.name))) not in known:
                make(work, ready.kind, say(ready.name), ready.type, [say(word) for word in ready.choices])
    return work.done


def _free(connection: Connection, kind: str, name: str, but: int | None = None) -> None:
    for field in custom_fields.listed(connection, kind):
        if field.id != but and fold(field.name) == fold(name):
            raise InvalidInput(N_("“{name}” is in the list already. Nothing was saved."), "name", name=field.name)


def values(book: Book, kind: str, record: int) -> dict[int, Value]:
    """The values of one record by field id; what it does not have is left out."""
    return values_of(book, kind, [record]).get(record, {})


def values_of(book: Book, kind: str, ids: Sequence[int]) -> dict[int, dict[int, Value]]:
    """The values by field id of each of the records that has any."""
    with book.read() as connection:
        return custom_fields.values(connection, kind, ids)


def column(connection: Connection, kind: str, given: Mapping[int, object] | None,
           before: str | None = None) -> dict[str, Any]:
    """What a form or an import gives for own fields as the column to save, over what the record had `before`.

    Nothing if nothing is given. InvalidInput for what does not fit; a value that the record has already always fits.
    """
    if not given:
        return {}
    known = {field.id: field for field in custom_fields.listed(connection, kind)}
    had = rules.read(before)
    clean = {key: had[key] if key in had and had[key] == value else _fitting(known, key, value)
             for key, value in given.items()}
    return {"custom": rules.stored({**had, **clean})}


def changed(work: Work, kind: str, record: int, given: Mapping[int, object] | None) -> dict[str, Any]:
    """`column` for a record that is there."""
    return column(work.connection, kind, given, records.get(work.connection, kind, record)["custom"]) if given else {}


def _fitting(known: Mapping[int, CustomField], field: int, value: object) -> Any:
    if field not in known:
        raise InvalidInput(N_("This field is no longer in the file. Nothing was saved."), f"own:{field}")
    return rules.value_checked(known[field], value)


def set_values(book: Book, kind: str, record: int, given: Mapping[int, object]) -> Changes:
    """Set own fields of one record (None: empty); the others stay. InvalidInput for what does not fit."""
    with book.read() as connection:
        name = records.title(connection, kind, record)
    with book.work(N_("Edit {name}"), name=name) as work:
        records.save(work.connection, kind, record, changed(work, kind, record, given))
        _scored(book, work, kind, [record])
    return work.done


def set_many(book: Book, kind: str, ids: Sequence[int], given: Mapping[int, object]) -> Changes:
    """Set the same own fields of many records in one act (None: empty); InvalidInput for what does not fit."""
    with book.work(_MANY[kind], count=len(ids)) as work:
        known = {field.id: field for field in custom_fields.listed(work.connection, kind)}
        clean = {key: _fitting(known, key, value) for key, value in given.items()}
        custom_fields.set_many(work.connection, kind, ids, clean)
        _scored(book, work, kind, ids)
    return work.done


def _scored(book: Book, work: Work, kind: str, ids: Sequence[int]) -> None:
    """Score the leads among them: a rule may ask for what their own fields say."""
    if kind == "customers":
        from desktop_crm.services import scoring  # lists and forms read own fields without it

        scoring.follow(book, work, ids)


def shown(language: Language, currency: str, field: CustomField, value: Value | None) -> str:
    """A value as people read it; "" for none. Money is of the business's currency."""
    if value is None:
        return ""
    if field.type == "number":
        return language.exact(Decimal(str(value)))
    if field.type == "money":
        return language.money(int(value), currency)
    if field.type == "date":
        return language.day(date.fromisoformat(str(value)))
    if field.type == "yes_no":
        return language.say(N_("Yes")) if value else language.say(N_("No"))
    return str(value)


def typed(language: Language, currency: str, field: CustomField, value: Value | None) -> str:
    """A value as its text field shows it, which `understood` reads back."""
    if field.type == "money" and value is not None:
        return language.money(int(value), currency, symbol=False).replace("−", "-")
    if field.type == "date" and value is not None:
        return _typed_day(language, date.fromisoformat(str(value)))
    return shown(language, currency, field, value)


def _typed_day(language: Language, day: date) -> str:
    """A day in the short form, if that says its century; else ISO."""
    short = language.day(day, "short")
    return short if str(day.year) in short and language.read_day(short, day) == day else day.isoformat()


def understood(book: Book, language: Language, field: CustomField, text: str) -> Value | None:
    """What is typed as a value of the field, None for nothing; InvalidInput for what is none."""
    text = text.strip()
    if not text:
        return None
    if field.type == "number":
        return rules.value_checked(field, language.read_number(text))
    if field.type == "money":
        return rules.value_checked(field, language.read_money(text, book.currency))
    if field.type == "date":
        from desktop_crm.services import quick_add  # the grammar of dates in words: not before one is typed

        return rules.value_checked(field, quick_add.read_day(book, language, text))
    if field.type == "yes_no":
        return rules.value_checked(field, _said(language, text))
    return rules.value_checked(field, text)


def _said(language: Language, text: str) -> object:
    """Yes or no as typed, in any language that files are read in; the text itself for what is neither."""
    from desktop_crm.domain.importing import words

    said = {fold(language.say(word)): value for word, value in ((N_("Yes"), True), (N_("No"), False))}
    return said.get(fold(text), words.yes_no().get(fold(text), text))
