"""One person on the command line: everything held about them, and their erasure."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_crm.cli.parts import Command, add_file, as_text, let_out, person, print_json, reading, tell
from desktop_crm.domain import leaving
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.i18n import Language

if TYPE_CHECKING:  # a command loads what it needs, and --help nothing
    from collections.abc import Mapping

    from desktop_crm.services.erasing import Outcome, Preview


def _person_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("id", metavar="ID", type=as_text, help="the customer's number, or contacts:12")
    command.add_argument("--out", type=Path, metavar="FOLDER", required=True,
                         help="where data.json, report.pdf and attachments go")


def _person(given: argparse.Namespace, words: Language) -> int:
    """Write everything held about one person: data.json, report.pdf and the attached files."""
    from desktop_crm.export import persons as export
    from desktop_crm.services import persons

    kind, number = person(given.id)

    def read(book: Any) -> Any:
        found = persons.held(book, number, kind)
        names = export.named((item.id, item.name) for item, place in found.files if place is not None)
        return persons.data(book, found, names), persons.report(book, found), {
            names[item.id]: place for item, place in found.files if place is not None}

    data, report, files = reading(given, read)
    made = export.write(given.out, data, report, files)
    let_out(given, leaving.PERSON, id=number)
    if given.json:
        print_json([str(path) for path in made])
    else:
        tell(words.say(N_("Written: {path}"), path=given.out))
    return 0


def _erase_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("id", metavar="ID", type=as_text, help="the customer's number, or contacts:12")
    command.add_argument("--yes", action="store_true", help="do it: no undo brings it back")


def _erase(given: argparse.Namespace, words: Language) -> int:
    """Erase a person for good, also from the backups; without --yes say what would go and change nothing."""
    from desktop_crm.services import erasing
    from desktop_crm.services.book import open_book

    kind, number = person(given.id)
    if not given.yes:
        preview = reading(given, lambda book: erasing.preview(book, number, kind))
        _print(given, words, preview, done=False)
        raise InvalidInput(N_("Nothing was erased. No undo brings a person back: if you mean it, say --yes."), "yes")
    with closing(open_book(given.file)) as book:
        outcome = erasing.erase(book, number, kind)
    _print(given, words, outcome, done=True)
    if outcome.problems:
        raise outcome.problems[0]
    return 0


def _print(given: argparse.Namespace, words: Language, told: Preview | Outcome, done: bool) -> None:
    from desktop_crm.services import erasing_words

    copies = told.backups if isinstance(told.backups, int) else len(told.backups)
    if given.json:
        print_json({"title": told.title, "erased": done, "goes": _plain(told.goes), "stays": _plain(told.stays),
                    "backups": copies, "watched_folder": told.watched or None,
                    "problems": [words.error(error) for error in getattr(told, "problems", ())]})
        return
    for line in erasing_words.lines(words, told.title, told.goes, told.stays, copies, done, told.watched):
        tell(line)
    for error in getattr(told, "problems", ())[1:]:
        tell(words.error(error))


def _plain(rows: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(rows.items()))


COMMANDS: dict[str, Command] = {"person": (_person_arguments, _person), "erase": (_erase_arguments, _erase)}
"""This module's commands: what each one takes, and what runs it."""
