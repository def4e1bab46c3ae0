"""People's data on the command line: the privacy notice as a PDF, and the review of who is still to be kept."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_crm.cli.parts import (
    Command,
    add_file,
    as_number,
    as_text,
    person,
    print_json,
    print_table,
    reading,
    tell,
)
from desktop_crm.domain.consents import BASES
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.i18n import LANGUAGES, Language

if TYPE_CHECKING:  # a command loads what it needs, and --help nothing
    from desktop_crm.services.book import Book


# --- the notice -----------------------------------------------------------------------------------------------------

def _privacy_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("--language", choices=tuple(LANGUAGES), default="",
                         help="what it is written in (default: the person's language, else the file's)")
    command.add_argument("--customer", type=as_text, default="", metavar="ID",
                         help="for this customer, or contacts:12, and about them alone (default: for everybody)")
    command.add_argument("--out", type=Path, metavar="PATH.pdf", required=True, help="the PDF file to write")


def _privacy(given: argparse.Namespace, words: Language) -> int:
    """Write the privacy notice, made from what the file holds and is set to; what is not set is told on stderr."""
    from desktop_crm.export import documents
    from desktop_crm.services import privacy

    if given.out.suffix.casefold() != ".pdf":
        raise InvalidInput(N_("“{value}” is no PDF file's name. Write one like notice.pdf."), "out",
                           value=given.out.name)
    kind, number = person(given.customer) if given.customer else ("customers", 0)
    made, lacking = reading(given, lambda book: (privacy.notice(book, given.language, number, kind),
                                                 privacy.lacking(book)))
    documents.write(given.out, *made)
    missing = [words.say(text) for text in lacking]
    if given.json:
        print_json({"path": str(given.out), "language": made[1].code, "lacking": missing})
        return 0
    tell(words.say(N_("Written: {path}"), path=given.out))
    if missing:
        tell(words.say(N_("Not on it, for it is not set: {things}. Set it in the window, under Settings."),
                       things=words.listed(missing)), sys.stderr)
    return 0


# --- the review -----------------------------------------------------------------------------------------------------

def _retention_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    either = command.add_mutually_exclusive_group()
    either.add_argument("act", metavar="keep", nargs="?", choices=["keep"], help="keep these people another year")
    either.add_argument("--years", type=as_number, metavar="N",
                        help="from now on list people without any contact for N years (0: nobody)")
    command.add_argument("ids", metavar="ID", nargs="*", type=as_text, help="customers by number, or contacts:12")
    command.add_argument("--reason", type=as_text, default="", metavar="TEXT", help="why they are kept")
    command.add_argument("--basis", choices=tuple(BASES), default="interest",
                         help="on which basis (default: interest, a legitimate one)")


def _retention(given: argparse.Namespace, words: Language) -> int:
    """List people of whom nothing was heard for years, or who took back all consents; or keep some another year."""
    if given.act:
        return _keep(given, words)
    if given.years is not None:
        _set_years(given)
    years, found = reading(given, lambda book: (book.business.years_kept, _found(book, words)))
    if given.json:
        print_json({"years": years or None, "findings": found})
        return 0
    if not years:
        tell(words.say(N_("No time is set after which people are looked at. Set it with --years.")))
    if not found:
        tell(words.say(N_("There is nobody to decide about.")))
        return 0
    from desktop_crm.domain.data_health import BY_KEY

    print_table([words.say(title) for title in (N_("Finding"), N_("Number"), N_("Name"), N_("What is found"),
                                                N_("What is held"))],
                [[words.say(BY_KEY[item["kind"]].title), one["id"], one["name"], one["found"], one["held"]]
                 for item in found for one in item["people"]])
    return 0


def _found(book: Book, words: Language) -> list[dict[str, Any]]:
    """Who is to be decided about, by kind of finding; an id is as `keep` and `erase` take it."""
    from desktop_crm.domain.data_health import BY_KEY
    from desktop_crm.services import data_health, retention

    return [{"kind": kind, "people": [
        {"id": f"contacts:{row.id}" if BY_KEY[kind].of == "contacts" else str(row.id), "name": row.name,
         "found": row.now, "held": row.after}
        for row in data_health.rows(book, kind, ids, words) if row is not None]}
        for kind, ids in retention.due(book).items() if ids]


def _set_years(given: argparse.Namespace) -> None:
    from desktop_crm.services import business
    from desktop_crm.services.book import open_book

    with closing(open_book(given.file)) as book:
        business.set_business(book, {"keep_years": str(given.years or "")})


def _keep(given: argparse.Namespace, words: Language) -> int:
    """Keep people for another year, as one act."""
    from desktop_crm.services import retention
    from desktop_crm.services.book import open_book

    people = list(dict.fromkeys(person(typed) for typed in given.ids))
    if not people:
        raise InvalidInput(N_("Say whom: keep 12, or keep contacts:12. Nothing was changed."), "ids")
    with closing(open_book(given.file)) as book:
        retention.keep_people(book, people, given.reason, given.basis)
    if given.json:
        print_json({"kept": given.ids})
    else:
        tell(words.count(N_("{n} person is kept for another year."), N_("{n} people are kept for another year."),
                         len(people)))
    return 0


COMMANDS: dict[str, Command] = {"privacy": (_privacy_arguments, _privacy),
                                "retention": (_retention_arguments, _retention)}
"""This module's commands: what each one takes, and what runs it."""
