"""The owner's PIN on the command line: which commands let data out in bulk, how the PIN is given, and its own command.

A PIN is never an argument: every user of the computer can read those of a running program.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import closing
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_crm.cli.parts import Command, add_file, print_json, secret, tell, typed_secret
from desktop_crm.domain import leaving
from desktop_crm.domain.errors import N_, CrmError, InvalidInput
from desktop_crm.i18n import Language

if TYPE_CHECKING:  # a command loads what it needs, and --help nothing
    from desktop_crm.services.book import Book

PIN, NEW_PIN = "DESKTOP_CRM_PIN", "DESKTOP_CRM_NEW_PIN"
"""The variables of the environment that hold the PIN in force, and the one that takes its place."""


class Way(Enum):
    """What a command lets out: nothing that the owner keeps, the report of a day, or data in bulk."""

    FREE = 0
    DAY = 1
    BULK = 2


FEW = 5
"""How many customers that are merged into one are not yet bulk, though each is shown field by field."""


def _bulk_if(bulk: bool) -> Way:
    return Way.BULK if bulk else Way.FREE


LEAVES: Mapping[str, Callable[[argparse.Namespace], Way]] = {
    "list": lambda given: _bulk_if(given.limit != 1),
    "edit": lambda given: _bulk_if(given.source is not None),  # it says of each customer in the table what was there
    "merge": lambda given: _bulk_if(len(given.others) > FEW),
    "assign": lambda given: _bulk_if(given.dry_run and not given.ids),  # as `pool` lists them
    "export": lambda given: Way.BULK,
    "report": lambda given: Way.DAY if given.name == "daily" else Way.BULK,
    "evening": lambda given: Way.DAY,
    "owed": lambda given: Way.BULK,
    "inbox": lambda given: Way.BULK,
    "score": lambda given: _bulk_if(given.id is None),
    "rfm": lambda given: Way.BULK,
    "pool": lambda given: _bulk_if(not given.act),
    "retention": lambda given: _bulk_if(not given.act),
    "duplicates": lambda given: Way.BULK,
    "person": lambda given: Way.BULK,
    "handover": lambda given: _bulk_if(given.pdf is not None and not given.dry_run),
    "backup": lambda given: _bulk_if(given.dest is not None),
    "pictures": lambda given: Way.BULK,
}
"""The commands that can let data out in bulk, and by which arguments they do; a test asks for every other command why
it is free."""


def add_pin(command: argparse.ArgumentParser) -> None:
    """How a command that lets data out is given the PIN."""
    command.add_argument("--pin-file", type=Path, metavar="PATH",
                         help=f"a file that holds the owner's PIN, where there is one (else: {PIN}, or it is asked)")


def run(given: argparse.Namespace, words: Language) -> int:
    """Run the command that was `called`: after the owner's PIN if it lets data out, which is then noted."""
    way = LEAVES[given.called](given) if given.called in LEAVES else Way.FREE
    guarded = way is not Way.FREE and _asked(given, words, way)
    code = 1
    try:
        code = int(given.run(given, words))
    except BrokenPipeError:  # whoever reads our output has seen what they wanted
        code = 0
        raise
    finally:
        if guarded and code == 0 and way is Way.BULK:  # the report of a day is an act by itself
            _note(given, words)
    return code


def _asked(given: argparse.Namespace, words: Language, way: Way) -> bool:
    """Ask for the PIN where the file has one; whether it did. InvalidInput for a wrong one, or none."""
    from desktop_crm.services import owner

    with closing(owner.opened(given.file)) as book:
        terms = owner.terms(book)
        if terms.asked(way is Way.DAY):
            owner.check(book, _pin_of(given.pin_file, PIN, words, N_("Owner's PIN")))
    return terms.pin


def _note(given: argparse.Namespace, words: Language) -> None:
    """Write into the history what was let out; beside an open window that cannot be, and is told."""
    from desktop_crm.services import owner
    from desktop_crm.services.book import open_book

    what = " ".join(str(part) for part in (given.called, getattr(given, "kind", getattr(given, "name", ""))) if part)
    message, params = getattr(given, "let_out", (leaving.COMMAND, {"command": what}))
    try:
        with closing(open_book(given.file)) as book:
            owner.note(book, message, **params)
    except CrmError as error:
        tell(words.say(N_("This is not written into the history: {reason}"), reason=words.error(error)), sys.stderr)


def _pin_of(file: Path | None, variable: str, words: Language, asked: str) -> str:
    """A PIN as it is given, else typed on the terminal."""
    found = secret(file, variable)
    return typed_secret(words.say(asked), _needed(variable)) if found is None else found


def _needed(variable: str) -> CrmError:
    return InvalidInput(N_("This needs the owner's PIN, in {variable} or in a file. Nothing was let out, nothing "
                           "changed."), "pin", variable=variable)


# --- pin --------------------------------------------------------------------------------------------------------------

def _pin_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("act", metavar="set|remove", nargs="?", choices=["set", "remove"],
                         help="set or change it, or take it away (default: say whether there is one)")
    add_pin(command)
    command.add_argument("--new-pin-file", type=Path, metavar="PATH",
                         help=f"with set: a file that holds the new PIN (else: {NEW_PIN}, or it is asked)")
    command.add_argument("--day", action=argparse.BooleanOptionalAction,
                         help="with set: the report of the day and the evening need it as well")


def _pin(given: argparse.Namespace, words: Language) -> int:
    """Say whether an owner's PIN guards exports and copies, set it or remove it; no undo takes that back."""
    from desktop_crm.services import owner
    from desktop_crm.services.book import open_book

    with closing(open_book(given.file, reading=given.act is None)) as book:
        if given.act == "set":
            _set(book, given, words)
        elif given.act == "remove" and owner.terms(book).pin:
            owner.remove(book, _pin_of(given.pin_file, PIN, words, N_("Owner's PIN")))
        terms = owner.terms(book)
    if given.json:
        print_json({"pin": terms.pin, "day": terms.pin and terms.day})
    else:
        tell(words.say(N_("There is an owner's PIN.") if terms.pin else N_("There is no owner's PIN.")))
        if terms.asked(day=True):
            tell(words.say(N_("The report of the day and the evening need it as well.")))
    return 0


def _set(book: Book, given: argparse.Namespace, words: Language) -> None:
    """Set the PIN, or with --day alone only what it is asked for."""
    from desktop_crm.services import owner

    terms = owner.terms(book)
    now = _pin_of(given.pin_file, PIN, words, N_("Owner's PIN")) if terms.pin else ""
    owner.check(book, now, "now")
    told = given.new_pin_file is not None or NEW_PIN in os.environ
    new = "" if terms.pin and given.day is not None and not told else _new(given, words, told)
    owner.save(book, new, terms.day if given.day is None else given.day, now)


def _new(given: argparse.Namespace, words: Language, told: bool) -> str:
    """The new PIN; one that is typed is typed twice."""
    new = _pin_of(given.new_pin_file, NEW_PIN, words, N_("New PIN"))
    if not told and typed_secret(words.say(N_("New PIN again")), _needed(NEW_PIN)) != new:
        raise InvalidInput(N_("The two PINs are not the same. Nothing was saved."), "again")
    return new


COMMANDS: dict[str, Command] = {"pin": (_pin_arguments, _pin)}
"""This module's commands: what each one takes, and what runs it."""
