"""Rows that come in from a file, on the command line."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from desktop_crm.cli.parts import IMPORTABLE, Command, add_file, as_text, print_json, tell
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.i18n import Language


def _import_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.set_defaults(refuse=command.error)
    command.add_argument("source", metavar="SOURCE", type=Path, help="a CSV, TSV, XLSX, XLS, XLSB, ODS or VCF file")
    command.add_argument("--as", dest="kind", default="", choices=IMPORTABLE,
                         help="what the rows are; contact cards (VCF) are contacts, and customers where they name no "
                         "company, unless this says otherwise")
    command.add_argument("--map", action="append", type=as_text, default=[], metavar='"Column=field"',
                         help="take a column as a field (an empty field leaves it out); may be repeated")
    command.add_argument("--match", type=as_text, default="", metavar="FIELD",
                         help="find existing records by this field")
    command.add_argument("--value", action="append", type=as_text, default=[], metavar='"Column: word=meaning"',
                         help="take a word in a column for a choice of ours (none leaves it out); may be repeated")
    command.add_argument("--rows", type=as_text, default="", metavar="1-20,35",
                         help="import these rows only, counted from 1 below the headings; the others are parked")
    command.add_argument("--keep", action="append", type=as_text, default=[], metavar="FIELD",
                         help="leave this field as it is in records that exist; may be repeated")
    command.add_argument("--empty", action="store_true",
                         help="let empty cells empty their fields in records that exist")
    command.add_argument("--replace", action="store_true",
                         help="let e-mails, phones and tags take the place of the old ones instead of joining them")
    command.add_argument("--dry-run", action="store_true",
                         help="say what would happen, field by field, and change nothing")
    command.add_argument("--encoding", type=as_text, default="", help="of a text file (default: found)")
    command.add_argument("--sheet", type=as_text, default="", help="of a workbook (default: the first with data)")


def _import(given: argparse.Namespace, words: Language) -> int:
    """Bring rows in from a file: new ones are added, known ones updated, in one undo step."""
    from desktop_crm.services import importing
    from desktop_crm.services.book import open_book

    if not given.kind and given.source.suffix.lower() != ".vcf":
        given.refuse("the following arguments are required: --as")
    overrides = []
    for pair in given.map:
        column, sign, field = pair.rpartition("=")
        if not sign:
            raise InvalidInput(N_("--map wants “Column=field”, not “{value}”."), "map", value=pair)
        overrides.append((column, field))
    with closing(open_book(given.file, reading=given.dry_run)) as book:
        result = importing.run(book, given.source, given.kind, overrides=overrides, match=given.match,
                               dry_run=given.dry_run, encoding=given.encoding, sheet=given.sheet,
                               wishes=importing.Wishes(given.value, given.keep, given.empty, given.replace, given.rows))
    plain: dict[str, Any] = result.as_json(words)
    if given.json:
        print_json(plain)
        return 0
    tell(words.say(N_("Read {read} rows: {created} created, {updated} updated, {skipped} skipped."),
                    **{key: plain[key] for key in ("read", "created", "updated", "skipped")}))
    for line in result.besides(words):
        tell(line)
    for item in result.differences:
        tell(words.say(N_("Row {row}, {name}, {field}: {before} → {after}"), row=item.row, name=item.name,
                        field=words.say(item.title), before=item.before or "—", after=item.after or "—"))
    for problem in plain["problems"]:
        tell(words.say(N_("Row {row}, {column}: {message}"), **problem), sys.stderr)
    return 0


COMMANDS: dict[str, Command] = {"import": (_import_arguments, _import)}
"""This module's commands: what each one takes, and what runs it."""
