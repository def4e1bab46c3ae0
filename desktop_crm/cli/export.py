"""What leaves the file, on the command line: every list as a table, customers and contacts as cards and books too."""

from __future__ import annotations

import argparse
from pathlib import Path

from desktop_crm.cli.parts import Command, add_file, as_text, let_out, print_json, reading, tell
from desktop_crm.domain import leaving
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.i18n import Language

_KINDS = ("customers", "contacts", "deals", "tasks", "payments", "products", "sellers", "activities")


def _export_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("kind", metavar="KIND", choices=_KINDS, help=", ".join(_KINDS))
    command.add_argument("--out", type=Path, required=True, metavar="PATH",
                         help="write .csv or .xlsx; customers and contacts also .vcf, .html or .pdf, tasks also .ics")
    command.add_argument("--segment", type=as_text, default="", metavar="NAME",
                         help="only customers of this segment, their contacts or their tasks")
    command.add_argument("--profile", type=as_text, default="", metavar="NAME",
                         help="the columns of another program, of bookkeeping, or your own: see profiles")
    command.add_argument("--version", choices=("3.0", "4.0"), default="", help="of a vCard file (default: 4.0)")
    command.add_argument("--done", action="store_true", help="of a calendar (.ics): with the tasks that are done")
    command.add_argument("--birthdays", action="store_true", help="of a calendar (.ics): with everybody's birthday")


def _export(given: argparse.Namespace, words: Language) -> int:
    """Write a list to a file that an import takes again, customers and contacts also to what phones and people read."""
    from desktop_crm.domain.importing import TITLES
    from desktop_crm.export import lists
    from desktop_crm.services import export_profiles, outgoing
    from desktop_crm.services.book import Book

    if given.version and given.out.suffix.lower() != ".vcf":
        raise InvalidInput(N_("--version is of a vCard file (.vcf); leave it out. Nothing was written."), "version")

    if (given.done or given.birthdays) and given.out.suffix.lower() != ".ics":
        raise InvalidInput(N_("--done and --birthdays are of a calendar (.ics); leave them out. Nothing was written."))

    def write(book: Book) -> outgoing.Outgoing:
        profile = export_profiles.named(book, given.kind, given.profile) if given.profile else None
        found = outgoing.Outgoing(book, given.kind, outgoing.ids(book, given.kind, given.segment), given.segment,
                                  profile=profile, done=given.done, birthdays=given.birthdays)
        lists.write(found, given.out, version=given.version or "4.0")
        return found

    made = reading(given, write)
    let_out(given, leaving.EXPORTED, kind=TITLES[given.kind], count=made.written, form=given.out.suffix[1:].upper())
    if given.json:
        print_json({"file": str(given.out), "written": made.written}
                   | ({"without_lines": made.counted.get("lines", 0)} if given.kind == "deals" else {})
                   | ({"without_documents": made.counted["staying"]} if made.counted.get("staying") else {})
                   | ({"undated": made.counted["undated"]} if "undated" in made.counted else {})
                   | ({"without_ways": made.counted.get("homeless", 0)} if given.profile else {}))
        return 0
    tell(words.say(N_("Written: {path} ({count} {kind})"), path=given.out, count=made.written, kind=given.kind))
    for sentence in made.told(words):
        tell(sentence)
    return 0


def _profiles_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("--kind", choices=_KINDS, default="", metavar="KIND", help="only those for this list")


def _profiles(given: argparse.Namespace, words: Language) -> int:
    """List the profiles that `export --profile` takes: the business's own ones, other programs', bookkeeping's."""
    from desktop_crm.services import export_profiles
    from desktop_crm.services.book import Book

    def read(book: Book) -> list[dict[str, object]]:
        every = [*export_profiles.own(book, given.kind), *export_profiles.known(given.kind)]
        return [{"profile": item.code or item.name, "kind": item.kind, "own": not item.code,
                 "title": words.say(item.name) if item.code else item.name,
                 "columns": export_profiles.headings(book, item)}
                for item in every]

    found = reading(given, read)
    if given.json:
        print_json(found)
    else:
        for item in found:
            tell("  ".join(dict.fromkeys(str(item[key]) for key in ("kind", "profile", "title"))))
    return 0


COMMANDS: dict[str, Command] = {"export": (_export_arguments, _export), "profiles": (_profiles_arguments, _profiles)}
"""The commands by name: what describes their arguments, and what runs them."""
