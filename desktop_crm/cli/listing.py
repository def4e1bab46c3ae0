"""Records of a kind on the command line."""

from __future__ import annotations

import argparse

from desktop_crm.cli import segments
from desktop_crm.cli.parts import (
    IMPORTABLE,
    Command,
    add_file,
    as_business_day,
    as_number,
    as_text,
    print_json,
    print_table,
    reading,
)
from desktop_crm.i18n import Language


def _list_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("kind", metavar="KIND", choices=IMPORTABLE, help=", ".join(IMPORTABLE))
    command.add_argument("--search", type=as_text, default="", metavar="TEXT", help="only rows that match")
    command.add_argument("--segment", type=as_text, default="", metavar="NAME",
                         help="only customers of a segment: a saved one, or one that every file has")
    command.add_argument("--where", type=as_text, default="", metavar="CONDITIONS",
                         help="""only customers who pass, like 'region is "Johor" and (paid >= 500 or tags has VIP)'""")
    command.add_argument("--limit", type=as_number, metavar="N", help="at most so many rows")
    command.add_argument("--on", type=as_business_day, metavar="DATE", help="as they stood at the end of that day")


def _list(given: argparse.Namespace, words: Language) -> int:
    """Print the records of a kind, ascending id, as they are or as they stood on a day."""
    from desktop_crm.services import listing, past

    rows = reading(given, lambda book: past.read(book, given.on, lambda then: listing.rows(
        then, given.kind, given.search, given.limit, given.segment,
        segments.where(book, words, given.where), book)))
    if given.json:
        print_json(rows)
    elif rows:
        long = ("uid", "lines", "notes", "channels", "addresses", "consents", "companies")
        shown = [key for key in rows[0] if key not in long]
        print_table(shown, [[", ".join(row[key]) if isinstance(row[key], list) else row[key] for key in shown]
                       for row in rows])
    return 0


COMMANDS: dict[str, Command] = {"list": (_list_arguments, _list)}
"""This module's commands: what each one takes, and what runs it."""
