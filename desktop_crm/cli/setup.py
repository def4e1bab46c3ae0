"""The setup interview on the command line: a few answers propose stages, fields, targets and a plan, and do it."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import TYPE_CHECKING, Any

from desktop_crm.cli.parts import Command, add_file, as_number, as_text, print_json, print_table, reading, tell
from desktop_crm.domain.custom_fields import KINDS
from desktop_crm.domain.errors import N_, N_count
from desktop_crm.domain.selling import PARTS, WAYS
from desktop_crm.domain.values import decimal
from desktop_crm.i18n import Language

if TYPE_CHECKING:  # a command loads what it needs, and --help nothing
    from desktop_crm.domain.selling import Answers, Proposal
    from desktop_crm.services.book import Book


def _arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("--sells", required=True, choices=tuple(WAYS), help="how the business sells")
    command.add_argument("--target", metavar="AMOUNT", type=as_text, default="", help="what is to be sold a month")
    command.add_argument("--cycle", metavar="DAYS", type=as_number, help="how long a sale usually takes")
    command.add_argument("--credit", choices=("yes", "no"), default="no", help="whether customers pay later (no)")
    command.add_argument("--contact", metavar="DAYS", type=as_number, default=0,
                         help="after so many days without contact it is too long")
    command.add_argument("--skip", action="append", default=[], choices=tuple(PARTS), metavar="PART",
                         help=f"leave a part out: {', '.join(PARTS)}")
    command.add_argument("--dry-run", action="store_true", help="say what would be done, and change nothing")


def _setup(given: argparse.Namespace, words: Language) -> int:
    """Propose stages, own fields, targets and a plan for a way of selling, and set them up as one undo step."""
    from desktop_crm.services import selling
    from desktop_crm.services.book import open_book

    parts = [part for part in PARTS if part not in given.skip]
    if given.dry_run:
        found = reading(given, lambda book: _plain(book, selling.propose(book, _answers(book, given, words)), parts))
    else:
        with closing(open_book(given.file)) as book:
            answers = _answers(book, given, words)
            found = _plain(book, selling.propose(book, answers), parts)
            selling.accept(book, answers, parts)
    if given.json:
        print_json({**found, "applied": not given.dry_run})
    else:
        _tell(found, words)
    return 0


def _answers(book: Book, given: argparse.Namespace, words: Language) -> Answers:
    from desktop_crm.domain.selling import Answers

    target = words.read_money(given.target, book.currency) if given.target else None
    return Answers(given.sells, given.cycle, given.credit == "yes", target, given.contact)


def _plain(book: Book, whole: Proposal, parts: list[str]) -> dict[str, Any]:
    """What is proposed as plain values; money as decimal strings."""
    found, answers = whole.only(parts), whole.answers
    return {
        "sells": answers.sells, "cycle": answers.cycle, "credit": answers.credit,
        "target": decimal(answers.target, book.currency), "contact": answers.contact, "pipeline": found.pipeline_name,
        "stages": [{"id": item.before.id if item.before else None, "step": item.step,
                    "before": item.before.name if item.before else None, "name": item.name,
                    "probability": item.probability, "day_limit": item.day_limit} for item in found.stages],
        "fields": [{"kind": item.kind, "name": item.name, "type": item.type, "choices": list(item.choices)}
                   for item in found.fields],
        "targets": [{"month": item.first.isoformat()[:7], "target": decimal(item.amount, book.currency),
                     "before": decimal(item.before, book.currency)}
                    for item in found.targets],
        "segment": found.segment or None, "pool_days": answers.contact if found.idle else None,
        "tasks": [{"name": item.name, "kind": item.kind, "due": item.due_on.isoformat()} for item in found.tasks]}


_STEPS = {"keep": N_("stays"), "change": N_("new numbers"), "rename": N_("renamed"), "add": N_("added"),
          "remove": N_("taken away")}
_IDLE = N_count("A lead may go back to the pool after {n} day without a touch.",
                "A lead may go back to the pool after {n} days without a touch.")


def _tell(found: dict[str, Any], words: Language) -> None:
    """Say it in tables, one a part that has anything in it."""
    rows = {
        N_("Stages"): [[words.say(_STEPS[item["step"]]), item["before"], item["name"], item["probability"],
                        item["day_limit"]] for item in found["stages"]],
        N_("Own fields"): [[words.say(KINDS[item["kind"]]), item["name"]] for item in found["fields"]],
        N_("Monthly target"): [[item["month"], item["before"], item["target"]] for item in found["targets"]],
        N_("Keeping in touch"): [[found["segment"]]] if found["segment"] else [],
        N_("Plan"): [[item["due"], item["name"]] for item in found["tasks"]]}
    for title, lines in rows.items():
        if lines:
            print_table([words.say(title), *[""] * (len(lines[0]) - 1)], lines)
    if found["pool_days"] is not None:
        tell(words.count(*_IDLE, found["pool_days"]))
    if not any(rows.values()) and found["pool_days"] is None:
        tell(words.say(N_("Nothing would change: the file is set up like this already.")))


COMMANDS: dict[str, Command] = {"setup": (_arguments, _setup)}
"""This module's commands: what each one takes, and what runs it."""
