"""Leads on the command line: what each is worth and why, and what it becomes."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import TYPE_CHECKING, Any

from desktop_crm.cli.parts import (
    Command,
    add_file,
    as_number,
    as_text,
    print_json,
    print_table,
    reading,
    tell,
)
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.i18n import Language

if TYPE_CHECKING:  # a command loads what it needs, and --help nothing
    from desktop_crm.services.book import Book


def _score_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("id", metavar="ID", type=as_number, nargs="?", help="one lead, with the rules that apply")


def _score(given: argparse.Namespace, words: Language) -> int:
    """Print the points of all leads, the most first, or of one with what each comes from; nothing is changed."""
    if given.id is not None:
        return _explain(given, words)

    def read(book: Book) -> list[dict[str, Any]]:
        from desktop_crm.services import scoring

        return [{"id": lead.id, "name": lead.name, "score": lead.total, "stored": lead.stored, "heat": lead.heat}
                for lead in scoring.scores(book)]

    found = reading(given, read)
    if given.json:
        print_json(found)
    elif not found:
        tell(words.say(N_("There are no leads.")))
    else:
        print_table([words.say(title) for title in (N_("Number"), N_("Name"), N_("Score"), N_("Heat"))],
                    [[row["id"], row["name"], row["score"], _heat(words, row["heat"])] for row in found])
    return 0


def _explain(given: argparse.Namespace, words: Language) -> int:
    found = reading(given, lambda book: _one(book, given.id))
    if given.json:
        print_json(found)
        return 0
    tell(words.say(N_("{name}: {points} points"), name=found["name"], points=words.number(found["score"])))
    print_table([words.say(title) for title in (N_("Points"), N_("Score rule"))],
                [[row["points"], row["rule"]] for row in found["parts"]])
    if found["score"] != found["stored"] and found["rules"]:
        tell(words.say(N_("The file says {points}: rescore brings it up to date."),
                       points="—" if found["stored"] is None else words.number(found["stored"])))
    return 0


def _one(book: Book, lead: int) -> dict[str, Any]:
    from desktop_crm.services import checklists, customers, scoring

    values = customers.card(book, lead).values
    score = scoring.score(book, lead)
    if score is None:
        raise InvalidInput(N_("“{name}” is no lead, and only leads are scored."), "id", name=values["name"])
    return {"id": lead, "name": values["name"], "score": score.total, "stored": score.stored, "heat": score.heat,
            "heat_by_score": score.by_score, "by_hand": score.heat is not None and not score.scored,
            "rules": score.rules, "parts": [{"rule": part.name, "points": part.points} for part in score.parts],
            "checklists": {key: {
                "done": one.done, "of": len(one.marks),
                "reached_on": one.reached_on.isoformat() if one.reached_on else None,
                "items": [{"item": mark.item.name, "since": mark.on_date.isoformat() if mark.on_date else None,
                           "by": mark.seller or None} for mark in one.marks]}
                for key, one in checklists.standing(book, lead).items()}}


def _heat(words: Language, heat: str | None) -> str:
    from desktop_crm.domain.customers import HEATS

    return words.say(HEATS[heat]) if heat in HEATS else ""


def _rescore(given: argparse.Namespace, words: Language) -> int:
    """Bring the scores and heats of all leads up to date, in one undo step."""
    from desktop_crm.services import scoring
    from desktop_crm.services.book import open_book

    with closing(open_book(given.file)) as book:
        changes = scoring.rescore(book)
    if given.json:
        print_json({"changed": changes.count})
    else:
        tell(words.count(N_("{n} score brought up to date."), N_("{n} scores brought up to date."), changes.count)
             if changes.count else words.say(N_("All scores are up to date.")))
    return 0


def _convert_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("id", metavar="ID", type=as_number, help="the lead")
    command.add_argument("--company", type=as_text, default="", metavar="NAME",
                         help="the company that a person's lead becomes; the person is its contact")
    command.add_argument("--into", type=as_number, metavar="ID", help="the customer that the lead becomes one with")
    command.add_argument("--contact", type=as_text, default="", metavar="NAME",
                         help="the contact person (default: the person of the lead)")
    command.add_argument("--role", type=as_text, default="", metavar="ROLE", help="what the contact person is there")
    command.add_argument("--deal", type=as_text, default="", metavar="NAME", help="a deal to begin with")
    command.add_argument("--amount", type=as_text, metavar="X", help="the deal's amount")


def _convert(given: argparse.Namespace, words: Language) -> int:
    """Make a lead a customer, with a contact and a deal if asked for, in one undo step."""
    from desktop_crm.services import conversion, customers
    from desktop_crm.services.book import open_book

    with closing(open_book(given.file)) as book:
        amount = None if given.amount is None else words.read_money(given.amount, book.currency)
        done = conversion.convert(book, given.id, conversion.Plan(
            given.company, given.into, given.contact, given.role, given.deal, amount))
        name = customers.card(book, done.customer).values["name"]
    if given.json:
        print_json({"customer": done.customer, "contact": done.contact, "deal": done.deal,
                    "changes": done.changes.count})
    else:
        tell(words.say(N_("“{name}” is a customer now."), name=name))
    return 0


COMMANDS: dict[str, Command] = {
    "score": (_score_arguments, _score), "rescore": (add_file, _rescore), "convert": (_convert_arguments, _convert),
}
"""This module's commands: what each one takes, and what runs it."""
