"""Segments of customers on the command line: which there are, and conditions in one line."""

from __future__ import annotations

import argparse
import json
from typing import TYPE_CHECKING, Any

from desktop_crm.cli.parts import Command, add_file, print_json, print_table, reading
from desktop_crm.domain.errors import N_
from desktop_crm.i18n import Language

if TYPE_CHECKING:  # a command loads what it needs, and --help nothing
    from desktop_crm.domain.conditions import Group
    from desktop_crm.services.book import Book


def where(book: Book, words: Language, line: str) -> Group | None:
    """The conditions of a line, None for an empty one; InvalidInput for what cannot be read or understood."""
    from desktop_crm.services import conditions

    return conditions.vocabulary(book, words).parsed(line) if line.strip() else None


def _segments(given: argparse.Namespace, words: Language) -> int:
    """Print the segments: those that every file has, and the saved ones with their conditions, columns and order."""
    found = reading(given, lambda book: _listed(book, words))
    if given.json:
        print_json(found)
    else:
        titles = (N_("Name"), N_("Title"), N_("Customers"), N_("Conditions"), N_("Columns"), N_("Order"))
        print_table([words.say(title) for title in titles], [
            [row["key"] or row["id"], row["name"], row["count"], row["conditions"], ", ".join(row["columns"]),
             row["sort"]] for row in found])
    return 0


def _listed(book: Book, words: Language) -> list[dict[str, Any]]:
    """The segments as plain values, the filter as it is kept in the file; a saved one has an id, the others a
    key. The filter of one that is damaged is None."""
    from desktop_crm.domain.customers import CustomerFilter
    from desktop_crm.domain.segments import PRESETS
    from desktop_crm.services import conditions, customers, segments

    known = conditions.vocabulary(book, words)

    def row(name: str, wanted: CustomerFilter, **more: Any) -> dict[str, Any]:
        said = known.listed(wanted.conditions) if wanted.conditions else ""
        return {"id": None, "key": None, "name": name, "count": customers.count(book, wanted), "conditions": said,
                "columns": [], "sort": "", "filter": json.loads(segments.stored(wanted)), **more}

    return [*(row(words.say(title), wanted, key=key) for key, (title, wanted) in PRESETS.items()),
            *(row(item.name, item.filter, id=item.id, columns=list(item.columns), sort=item.sort, **(
                {"filter": None, "conditions": words.say(N_("Cannot be read"))} if item.damaged else {}))
              for item in segments.saved(book))]


COMMANDS: dict[str, Command] = {"segments": (add_file, _segments)}
