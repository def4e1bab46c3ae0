"""The next best lead on the command line."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from desktop_crm.cli.parts import Command, add_file, as_text, print_json, reading, seller_named, tell
from desktop_crm.i18n import Language

if TYPE_CHECKING:  # a command loads what it needs, and --help nothing
    from desktop_crm.services.book import Book


def _arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("--seller", type=as_text, default="", metavar="NAME",
                         help="only leads of this seller, and those that nobody has")


def _next(given: argparse.Namespace, words: Language) -> int:
    """Print the lead to work on now, and why; nothing is changed."""
    found, why_not = reading(given, lambda book: _found(book, given.seller, words))
    if given.json:
        print_json(found)
    elif found is None:
        tell(words.say(why_not))
    else:
        tell(f"{found['id']}  {found['name']} · {found['why']}")
    return 0


def _found(book: Book, seller: str, words: Language) -> tuple[dict[str, Any] | None, str]:
    """The lead as plain values: `left` minutes of a request, days as ISO dates; or None, and why none waits."""
    from desktop_crm.services import next_lead

    one = next_lead.find(book, seller_named(book, seller) if seller else None)
    if one is None:
        return None, next_lead.nobody(book)
    return {"id": one.id, "name": one.name, "seller": one.seller, "reason": one.why.value,
            "why": next_lead.why(book, words, one), "left": one.left, "score": one.score,
            "due_on": one.due_on.isoformat() if one.due_on else None, "due_time": one.due_time or None,
            "step": one.step or None, "since": one.since.isoformat() if one.since else None}, ""


COMMANDS: dict[str, Command] = {"next": (_arguments, _next)}
"""This module's commands: what each one takes, and what runs it."""
