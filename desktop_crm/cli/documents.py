"""The documents of a customer, a contact, a deal or a task on the command line: listed, attached, saved elsewhere."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_crm.cli.parts import Command, add_file, as_text, print_json, print_table, reading, record, tell
from desktop_crm.domain.attachments import OWNERS
from desktop_crm.domain.errors import N_, Conflict, InvalidInput, NotFound
from desktop_crm.i18n import Language

if TYPE_CHECKING:  # a command loads what it needs, and --help nothing
    from desktop_crm.domain.attachments import Document
    from desktop_crm.services.book import Book

_ID_HELP = "the customer's number, contacts:12, deals:12 or tasks:12"


def _record(text: str) -> tuple[str, int]:
    """A record by number: a customer's, or "contacts:12", "deals:12", "tasks:12"."""
    return record(text, OWNERS, N_("A record is a number like 12, contacts:12, deals:12 or tasks:12, not “{value}”."))


def _documents_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("id", metavar="ID", type=as_text, help=_ID_HELP)
    command.add_argument("--save", nargs=2, metavar=("DOCUMENT", "DEST"), type=as_text,
                         help="write one, by its name or number, into a folder or to a new file")


def _documents(given: argparse.Namespace, words: Language) -> int:
    """List the documents of a record, those of its contact people, deals and tasks included; or save one elsewhere."""
    from desktop_crm.services import attachments
    from desktop_crm.services.timeline import size

    table, number = _record(given.id)
    if given.save:
        made = reading(given, lambda book: _saved(book, table, number, *given.save))
        if given.json:
            print_json(str(made))
        else:
            tell(words.say(N_("Written: {path}"), path=made))
        return 0
    found: list[Document] = reading(given, lambda book: attachments.documents(book, table, number))
    if given.json:
        print_json([_plain(item) for item in found])
    elif not found:
        tell(words.say(N_("No documents yet.")))
    else:
        print_table([words.say(title) for title in (N_("Number"), N_("Name"), N_("Size"), N_("Date"), N_("Belongs to"),
                                                    N_("State"))],
                    [[item.id, item.name, size(words, item.size), item.on_date and item.on_date.isoformat(),
                      item.owner, words.say(N_("Its content is missing")) if item.missing else ""] for item in found])
    return 0


def _plain(item: Document) -> dict[str, Any]:
    """A document as plain values; `size` in bytes."""
    return {"id": item.id, "name": item.name, "media_type": item.media_type, "size": item.size,
            "sha256": item.sha256, "on_date": item.on_date.isoformat() if item.on_date else None,
            "of": item.table, "of_id": item.owner_id, "of_name": item.owner, "missing": item.missing}


def _saved(book: Book, table: str, number: int, wanted: str, target: str) -> Path:
    """Write the one document that was meant; a file that is there already is not overwritten."""
    from desktop_crm.services import attachments

    found = attachments.documents(book, table, number)
    meant = [item for item in found if item.name == wanted] or [item for item in found if str(item.id) == wanted]
    if not meant:
        raise NotFound(N_("There is no document “{name}” here."), name=wanted)
    if len(meant) > 1:
        raise Conflict(N_("There are {n} documents called “{name}”. Say which one by its number."), n=len(meant),
                       name=wanted)
    place = Path(target)
    if place.exists() and not place.is_dir():
        raise InvalidInput(N_("{path} is there already. Nothing was written."), "save", path=str(place))
    return attachments.save_copy(book, meant[0].id, place)


def _attach_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("id", metavar="ID", type=as_text, help=_ID_HELP)
    command.add_argument("paths", metavar="PATH", nargs="+", type=Path, help="the files to attach")


def _attach(given: argparse.Namespace, words: Language) -> int:
    """Attach files to a record as one act; what could not be attached is told on stderr."""
    from desktop_crm.services import attachments
    from desktop_crm.services.book import open_book

    table, number = _record(given.id)
    with closing(open_book(given.file)) as book:
        attachments.documents(book, table, number, 0)  # whoever is not there gets nothing kept
        taken = attachments.gather(book, given.paths)
        made = attachments.attach(book, table, number, taken.files)
        found = {item.id: item for item in attachments.documents(book, table, number)}
    problems = (*taken.problems, *made.problems)
    if given.json:
        print_json({"attached": [_plain(found[one]) for one in made.ids],
                    "problems": [words.error(error) for error in problems]})
    else:
        for one in made.ids:
            tell(words.say(N_("Attached: {name}"), name=found[one].name))
    for error in problems:
        tell(words.error(error), sys.stderr)
    return 0 if made.ids else 1


COMMANDS: dict[str, Command] = {"documents": (_documents_arguments, _documents), "attach": (_attach_arguments, _attach)}
"""This module's commands: what each one takes, and what runs it."""
