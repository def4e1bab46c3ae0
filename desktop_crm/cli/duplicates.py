"""The commands that clean a file of doubles: duplicates, and merge."""

from __future__ import annotations

import argparse
from contextlib import closing
from datetime import date
from typing import TYPE_CHECKING, Any

from desktop_crm.cli.parts import Command, add_file, as_number, print_json, print_table, reading, tell
from desktop_crm.domain.errors import N_
from desktop_crm.i18n import Language

if TYPE_CHECKING:  # a command loads what it needs, and --help nothing
    from desktop_crm.domain.merging import Line, Preview
    from desktop_crm.services.book import Book


def _as_confidence(typed: str) -> float:
    """An argument as a confidence: above 0, at most 1."""
    try:
        value = float(typed)
    except ValueError:
        value = 0.0
    if not 0 < value <= 1:
        raise argparse.ArgumentTypeError(f"{typed} is not a number above 0 and up to 1")
    return value


def _duplicates_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("--threshold", type=_as_confidence, default=0.9, metavar="0.9",
                         help="how sure it must be, from 0 to 1 (default: 0.9)")


def _duplicates(given: argparse.Namespace, words: Language) -> int:
    """Print which customers may be the same, surest first; nothing is changed."""
    from desktop_crm.services import customers, duplicates

    def read(book: Book) -> tuple[list[dict[str, Any]], dict[int, str]]:
        groups = duplicates.scan(book, given.threshold)
        rows = customers.rows(book, [record for group in groups for record in group.ids])
        return [{"confidence": round(group.likeness.confidence, 3), "ids": list(group.ids),
                 "reasons": group.likeness.told()} for group in groups], {row.id: row.name for row in rows}

    found, names = reading(given, read)
    if given.json:
        print_json(found)
    elif not found:
        tell(words.say(N_("No customers look like the same.")))
    else:
        first = [[words.rate(row["confidence"], 0), ", ".join(row["reasons"])] for row in found]
        print_table([words.say(title) for title in (N_("Number"), N_("Name"), N_("Confidence"), N_("Why"))],
                    [[record, names[record], *(said if place == 0 else ["", ""])]
                     for row, said in zip(found, first, strict=True) for place, record in enumerate(row["ids"])])
    return 0


def _merge_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("keep", metavar="KEEP_ID", type=as_number, help="the customer who stays")
    command.add_argument("others", metavar="OTHER_ID", type=as_number, nargs="+", help="who becomes one with them")
    command.add_argument("--dry-run", action="store_true", help="show the result field by field, and change nothing")


def _merge(given: argparse.Namespace, words: Language) -> int:
    """Make several customers one, with everything that hangs on them, in one undo step."""
    from desktop_crm.services import merging
    from desktop_crm.services.book import open_book

    with closing(open_book(given.file, reading=given.dry_run)) as book:
        plan = merging.preview(book, given.keep, given.others)
        changes = 0 if given.dry_run else merging.merge(book, given.keep, given.others).count
    if given.json:
        print_json({"keep": plan.keep, "others": list(plan.others), "changes": changes, "moved": dict(plan.moved),
                    "fields": {line.field.key: {"values": {str(record): _plain(value) for record, value in line.values},
                                                "from": line.chosen, "result": _plain(line.result)}
                               for line in plan.lines if line.present}})
        return 0
    ids = (plan.keep, *plan.others)
    print_table([words.say(N_("Field")), *(f"{plan.names[record]} ({record})" for record in ids),
                 words.say(N_("Result"))], [_row(line, plan, words) for line in plan.lines if line.present])
    if not given.dry_run:
        tell(words.say(N_("Merged: {name} now is one customer."), name=plan.result["name"]))
    return 0


def _row(line: Line, plan: Preview, words: Language) -> list[str]:
    def shown(value: Any) -> str:
        if value is None or isinstance(value, bool):
            return words.say(N_("Yes")) if value else ""
        if line.field.choices:
            return words.say(line.field.choices.get(str(value), str(value)))
        return plan.linked.get((line.field.key, value), str(value)) if line.field.link else str(value)

    return [words.say(line.field.title), *(shown(value) for _, value in line.values), shown(line.result)]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


COMMANDS: dict[str, Command] = {
    "duplicates": (_duplicates_arguments, _duplicates), "merge": (_merge_arguments, _merge),
}
"""This module's commands: what each one takes, and what runs it."""
