"""The business's own fields on the command line: listed, added, and taken from a trade's ready set."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import TYPE_CHECKING, Any

from desktop_crm.cli.parts import Command, add_file, as_text, print_json, print_table, reading, tell
from desktop_crm.domain.custom_fields import KINDS, TYPES
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.i18n import Language

if TYPE_CHECKING:  # a command loads what it needs, and --help nothing
    from desktop_crm.services.book import Book

_SETS = ("retail", "services", "workshop")


def _arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("act", metavar="add|ready", nargs="?", choices=("add", "ready"),
                         help="add a field, or the fields of a trade; without it the fields are listed")
    command.add_argument("name", metavar="NAME", nargs="?", type=as_text,
                         help=f"the new field's name, or the trade: {', '.join(_SETS)}")
    command.add_argument("--kind", choices=tuple(KINDS), help="the records that have the field (add: customers)")
    command.add_argument("--type", choices=tuple(TYPES), default="text", help="what the field holds (text)")
    command.add_argument("--choices", metavar="A,B", type=as_text, default="", help="the words of a choice")


def _fields(given: argparse.Namespace, words: Language) -> int:
    """List the business's own fields, add one, or add those of a ready set."""
    if given.act is None:
        return _list(given, words)
    if not given.name:
        raise InvalidInput(N_("Say the name of the field, or of the ready set. Nothing was changed."), "name")
    from desktop_crm.services import custom_fields
    from desktop_crm.services.book import open_book

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
