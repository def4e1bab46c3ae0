"""What leaves the file, on the command line: every list as a table, customers and contacts as cards and books too."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop_crm.cli.parts import Command, add_file, as_text, print_json, reading, tell
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.i18n import Language

_KINDS = ("customers", "contacts", "deals", "tasks", "payments", "products", "sellers", "activities")


def _export_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("kind", metavar="KIND", choices=_KINDS, help=", ".join(_KINDS))
    command.add_argument("--out", type=Path, required=True, metavar="PATH",
                         help="write .csv or .xlsx; customers and contacts also .vcf, .html or .pdf")
    command.add_argument("--segment", type=as_text, default="", metavar="NAME",
                         help="only customers of this segment, or their contacts")
    command.add_argument("--version", choices=("3.0", "4.0"), default="", help="of a vCard file (default: 4.0)")


def _export(given: argparse.Namespace, words: Language) -> int:
    """Write a list to a file that an import takes again, customers and contacts also to what phones and people read."""
    from desktop_crm.export import lists
    from desktop_crm.services import outgoing
    from desktop_crm.services.book import Book

    if given.version and given.out.suffix.lower() != ".vcf":
        raise InvalidInput(N_("--version is of a vCard file (.vcf); leave it out. Nothing was written."), "version")

    def write(book: Book) -> tuple[int, int]:
        found = outgoing.Outgoing(book, given.kind, outgoing.ids(book, given.kind, given.segment), given.segment)
        lists.write(found, given.out, version=given.version or "4.0")
        return found.count, found.without_lines

    count, bare = reading(given, write)
    if given.json:
        print_json({"file": str(given.out), "written": count} | (
            {"without_lines": bare} if given.kind == "deals" else {}))
    else:
        tell(words.say(N_("Written: {path} ({count} {kind})"), path=given.out, count=count, kind=given.kind))
    if bare and not given.json:
        tell(words.count(*outgoing.WITHOUT_LINES, bare))
    return 0


COMMANDS: dict[str, Command] = {"export": (_export_arguments, _export)}
"""The commands by name: what describes their arguments, and what runs them."""
