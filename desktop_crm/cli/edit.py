"""The command that changes customers as one would in the list: edit."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_crm.cli.parts import Command, add_file, as_number, as_text, print_json, tell
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.i18n import Language

if TYPE_CHECKING:  # a command loads what it needs, and --help nothing
    from desktop_crm.readers import RawTable
    from desktop_crm.services.book import Book
    from desktop_crm.services.sheet import Cell, Plan
    from desktop_crm.services.sheet_cells import Cells


def _edit_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("kind", metavar="customers", choices=["customers"], help="what is changed")
    command.add_argument("record", metavar="ID", type=as_number, nargs="?", help="the customer's number")
    command.add_argument("fields", metavar="FIELD=VALUE", type=as_text, nargs="*",
                         help="what a field becomes (nothing after the sign empties it)")
    command.add_argument("--from", dest="source", metavar="TABLE", type=Path,
                         help="a CSV, TSV, XLSX, XLS, XLSB or ODS file with a column “id”, and a column for each field")
    command.add_argument("--empty", action="store_true", help="let empty cells of the table empty their fields")
    command.add_argument("--dry-run", action="store_true", help="show the differences, and change nothing")
    command.add_argument("--encoding", type=as_text, default="", help="of a text file (default: found)")
    command.add_argument("--sheet", type=as_text, default="", help="of a workbook (default: the first with data)")


def _edit(given: argparse.Namespace, words: Language) -> int:
    """Change fields of one customer, or of many from a table, in one undo step."""
    from desktop_crm.services import sheet, sheet_table
    from desktop_crm.services.book import open_book
    from desktop_crm.services.sheet_cells import Cells

    if (given.source is None) == (given.record is None or not given.fields):
        raise InvalidInput(N_("Say an ID and field=value, or a table with --from. Nothing was changed."))
    table = sheet_table.read(given.source, given.encoding, given.sheet) if given.source else None
    with closing(open_book(given.file, reading=given.dry_run)) as book:
        cells = Cells(book, words)
        plan = sheet_table.plan(book, cells, table, empty=given.empty) if table else _one(book, cells, given)
        if table is None and plan.refused and plan.refused[0].why is not None:
            raise plan.refused[0].why
        if not given.dry_run:
            sheet.apply(book, plan)
    _say(plan, cells, table, given.json, words)
    return 1 if plan.refused and not plan.changes else 0


def _one(book: Book, cells: Cells, given: argparse.Namespace) -> Plan:
    """What changes of one customer."""
    from desktop_crm.services import sheet

    pairs = [pair.partition("=") for pair in given.fields]
    wrong = next((pair for pair, (_, sign, _) in zip(given.fields, pairs, strict=True) if not sign), None)
    if wrong is not None:
        raise InvalidInput(N_("“{value}” is not field=value. Nothing was changed."), "field", value=wrong)
    keys = [cells.named(field).key for field, _, _ in pairs]
    return sheet.plan(book, cells, [given.record], keys, [[value for _, _, value in pairs]])


def _say(plan: Plan, cells: Cells, table: RawTable | None, as_json: bool, words: Language) -> None:
    if as_json:
        print_json({"changed": len(plan.changes), "customers": plan.customers,
                    "differences": [_difference(cell) for cell in plan.changes],
                    "problems": [{"row": table.lines[cell.row] if table else 0, "id": max(0, cell.record),
                                  "field": cell.column.key, "value": cell.new,
                                  "message": words.error(cell.why) if cell.why else ""} for cell in plan.refused]})
        return
    for cell in plan.changes:
        tell(words.say(N_("{id} {name}, {field}: {before} → {after}"), id=cell.record, name=cell.name,
                       field=cells.title(cell.column), before=cell.old or "—", after=cell.new or "—"))
    if not plan.changes and not plan.refused:
        tell(words.say(N_("Nothing changes: the cells hold this already.")))
    for cell in plan.refused:
        tell(words.say(N_("Row {row}, {column}: {message}"), row=table.lines[cell.row] if table else 0,
                       column=cells.title(cell.column), message=words.error(cell.why) if cell.why else ""), sys.stderr)


def _difference(cell: Cell) -> dict[str, Any]:
    return {"id": cell.record, "name": cell.name, "field": cell.column.key, "before": cell.old, "after": cell.new}


COMMANDS: dict[str, Command] = {"edit": (_edit_arguments, _edit)}
"""This module's commands: what each one takes, and what runs it."""
