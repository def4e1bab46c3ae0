"""The business's own fields on the command line: listed, added, taken from a ready set, their choices renamed."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import TYPE_CHECKING, Any

from desktop_crm.cli.parts import Command, add_file, as_text, print_json, print_table, reading, tell
from desktop_crm.domain.custom_fields import KINDS, TYPES
from desktop_crm.domain.errors import N_, InvalidInput, NotFound
from desktop_crm.domain.values import fold
from desktop_crm.i18n import Language

if TYPE_CHECKING:  # a command loads what it needs, and --help nothing
    from desktop_crm.services.book import Book

_SETS = ("retail", "services", "workshop")


def _arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("act", metavar="add|ready|rename", nargs="?", choices=("add", "ready", "rename"),
                         help="add a field, or the fields of a trade, or call a choice otherwise; without it the "
                              "fields are listed")
    command.add_argument("name", metavar="NAME", nargs="?", type=as_text,
                         help=f"the field's name, or the trade: {', '.join(_SETS)}")
    command.add_argument("words", metavar="OLD NEW", nargs="*", type=as_text,
                         help="rename: the choice, and what it is to be called, in records too")
    command.add_argument("--kind", choices=tuple(KINDS), help="the records that have the field (add: customers)")
    command.add_argument("--type", choices=tuple(TYPES), default="text", help="what the field holds (text)")
    command.add_argument("--choices", metavar="A,B", type=as_text, default="", help="the words of a choice")


def _fields(given: argparse.Namespace, words: Language) -> int:
    """List the business's own fields, add one or those of a ready set, or rename a choice."""
    if given.act is None:
        return _list(given, words)
    if not given.name:
        raise InvalidInput(N_("Say the name of the field, or of the ready set. Nothing was changed."), "name")
    from desktop_crm.services import custom_fields
    from desktop_crm.services.book import open_book

    if given.act == "rename":
        return _rename(given, words)
    with closing(open_book(given.file)) as book:
        before = {field.id for field in custom_fields.every(book)}
        if given.act == "add":
            custom_fields.add(book, given.kind or "customers", given.name, given.type, given.choices.split(","))
        else:
            custom_fields.add_ready(book, given.name)
        made = [row for row in _rows(book, None) if row["id"] not in before]
    if given.json:
        print_json(made)
    for row in made if not given.json else ():
        tell(words.say(N_("Added “{name}”"), name=row["name"]))
    return 0


def _rename(given: argparse.Namespace, words: Language) -> int:
    """Let a choice of a field be called otherwise, in the field and in every record."""
    from desktop_crm.services import custom_fields
    from desktop_crm.services.book import open_book

    if len(given.words) != 2:
        raise InvalidInput(N_("Say the choice and its new name. Nothing was changed."), "words")
    old, new = given.words
    kind = given.kind or "customers"
    with closing(open_book(given.file)) as book:
        field = next((one for one in custom_fields.listed(book, kind) if fold(one.name) == fold(given.name)), None)
        if field is None:
            raise NotFound(N_("There is no own field “{name}”."), name=given.name)
        count = custom_fields.having(book, field.id, old)
        custom_fields.rename_choice(book, field.id, old, new)
    if given.json:
        print_json({"field": field.name, "before": old, "after": new, "records": count})
    else:
        tell(words.say(N_("“{before}” is called “{after}” now."), before=old, after=new))
    return 0


def _list(given: argparse.Namespace, words: Language) -> int:
    rows = reading(given, lambda book: _rows(book, given.kind))
    if given.json:
        print_json(rows)
    elif not rows:
        tell(words.say(N_("No own fields yet")))
    else:
        titles = (N_("Number"), N_("Record"), N_("Name"), N_("Field type"), N_("Choices"), N_("Filled in"))
        print_table([words.say(title) for title in titles], [
            [row["id"], words.say(KINDS[row["kind"]]), row["name"], words.say(TYPES[row["type"]]),
             ", ".join(row["choices"]), row["filled"]] for row in rows])
    return 0


def _rows(book: Book, kind: str | None) -> list[dict[str, Any]]:
    """The fields as plain values, `filled` the records that have something in it."""
    from desktop_crm.services import custom_fields

    held = {one: custom_fields.held(book, one) for one in KINDS}
    return [{"id": field.id, "kind": field.kind, "name": field.name, "type": field.type,
             "choices": list(field.choices), "filled": held[field.kind].get(field.id, 0)}
            for field in custom_fields.every(book) if kind in (None, field.kind)]


COMMANDS: dict[str, Command] = {"fields": (_arguments, _fields)}
"""This module's commands: what each one takes, and what runs it."""
