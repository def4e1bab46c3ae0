"""What waits right now on the command line: the reminders that ring and the requests without an answer."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from desktop_crm.cli.parts import Command, add_file, print_json, print_table, reading, tell
from desktop_crm.domain.errors import N_
from desktop_crm.i18n import Language

if TYPE_CHECKING:  # a command loads what it needs, and --help nothing
    from desktop_crm.services.book import Book


def _due(given: argparse.Namespace, words: Language) -> int:
    """Print what rings now and which requests nobody has answered; nothing is changed."""
    found = reading(given, _waiting)
    if given.json:
        print_json(found)
        return 0
    if not found["reminders"] and not found["requests"]:
        tell(words.say(N_("Nothing rings, and no request waits for an answer.")))
    if found["reminders"]:
        tell(words.say(N_("Reminders")))
        print_table([words.say(title) for title in (N_("Number"), N_("Task"), N_("Customer"), N_("Due on"),
                                                    N_("Minutes late"))],
                    [[row["id"], row["name"], row["customer"], (row["due"] or "")[:16].replace("T", " "),
                      row["late_minutes"]] for row in found["reminders"]])
    if found["requests"]:
        tell(words.say(N_("Requests that wait for an answer")))
        print_table([words.say(title) for title in (N_("Number"), N_("Customer"), N_("Source"), N_("Minutes ago"),
                                                    N_("Minutes left"))],
                    [[row["id"], row["customer"], row["source"], row["minutes"], row["left"]]
                     for row in found["requests"]])
    return 0


def _waiting(book: Book) -> dict[str, Any]:
    """What waits in a file, as plain values; `due` is local, other instants are in UTC, spans are minutes."""
    from desktop_crm.services import reminders, requests

    now, within = book.now(), book.business.answer_within
    return {
        "at": now.isoformat(),
        "reminders": [{
            "id": row.task, "name": row.name, "kind": row.kind, "customer_id": row.customer_id,
            "customer": row.customer, "due": row.due.isoformat() if row.due else None,
            "late_minutes": int(row.late.total_seconds() // 60) if row.late is not None else None,
            "ring_at": row.ring_at.isoformat()} for row in reminders.due(book, now)],
        "requests": [{
            "id": row.customer_id, "customer": row.customer, "source": row.source,
            "came_at": row.came_at.isoformat(), "minutes": row.minutes, "left": row.left(within, now)}
            for row in requests.unanswered(book, now)],
    }


COMMANDS: dict[str, Command] = {"due": (add_file, _due)}
"""This module's commands: what each one takes, and what runs it."""
