"""What was noted on the road, on the command line: a text of a phone comes in, each line on its card."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_crm.cli.parts import Command, add_file, as_business_day, print_json, print_table, reading, tell
from desktop_crm.domain.errors import N_, N_count
from desktop_crm.i18n import Language

if TYPE_CHECKING:  # a command loads what it needs, and --help nothing
    from desktop_crm.domain.road import Choice, Noted, RoadNote
    from desktop_crm.services.book import Book

    Chosen = list[tuple[RoadNote, Choice]]

_DID = {"log": N_("logged"), "lead": N_("new lead"), "task": N_("kept as a task")}
_LOGGED = N_count("{n} note is logged.", "{n} notes are logged.")
_KEPT = N_count("{n} line is kept as a task: it tells nobody for sure.",
                "{n} lines are kept as tasks: they tell nobody for sure.")


def _arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("path", metavar="PATH", help="a text with a note on each line, as “Aminah: called, wants "
                                                      "samples, Friday 10”; - for standard input")
    command.add_argument("--on", type=as_business_day, metavar="DATE", help="when they happened (default: today)")
    command.add_argument("--leads", action="store_true", help="who is not known becomes a new lead")
    command.add_argument("--dry-run", action="store_true", help="only say what would be done")


def _notes(given: argparse.Namespace, words: Language) -> int:
    """Log a text's notes, each line on the card of the customer it names, with its next step, as one act.

    A line that tells nobody for sure is kept as a task.
    """
    from desktop_crm.services import road
    from desktop_crm.services.book import open_book

    text = road.text_in(sys.stdin.buffer) if given.path == "-" else road.text_of(Path(given.path))
    if given.dry_run:
        chosen = reading(given, lambda book: _chosen(book, words, text, given.leads))
        _say(given, words, chosen, None)
        return 0
    with closing(open_book(given.file)) as book:
        chosen = _chosen(book, words, text, given.leads)
        done = road.take(book, words, chosen, given.on)
    _say(given, words, chosen, done)
    return 0


def _chosen(book: Book, words: Language, text: str, leads: bool) -> Chosen:
    from desktop_crm.domain.road import Choice, usual
    from desktop_crm.services import road_lines

    return [(note, Choice("lead") if leads and not note.candidates and (note.who or note.phone) else usual(note))
            for note in road_lines.read(book, words, text)]


def _say(given: argparse.Namespace, words: Language, chosen: Chosen, done: Noted | None) -> None:
    if given.json:
        print_json({"lines": [_plain(note, choice) for note, choice in chosen], "dry_run": done is None} | (
            {} if done is None else {"logged": done.logged, "steps": done.steps, "leads": list(done.leads),
                                     "kept": list(done.kept), "work": done.work}))
        return
    print_table([words.say(title) for title in (N_("Line"), N_("Customer"), N_("What will be"), N_("Note"),
                                                N_("Next step"))],
                [_row(*one, words) for one in chosen])
    if done is not None:
        tell(words.count(*_LOGGED, done.logged))
        if done.kept:
            tell(words.count(*_KEPT, len(done.kept)))


def _row(note: RoadNote, choice: Choice, words: Language) -> list[Any]:
    from desktop_crm.services import road

    who = choice.candidate.shown if choice.candidate else note.who or note.phone
    kept = choice.what == "task"
    return [note.number, who, words.say(_DID[choice.what]), note.text if kept else road.said(note, words),
            "" if kept else road.step_said(note, words)]


def _plain(note: RoadNote, choice: Choice) -> dict[str, Any]:
    """A line as plain values; `did` is log, lead or task, the next step's day is ISO."""
    step = note.step if choice.what != "task" else None
    return {"line": note.number, "text": note.text, "did": choice.what, "who": note.who, "phone": note.phone,
            "customer_id": choice.candidate.customer if choice.candidate else None,
            "customer": choice.candidate.shown if choice.candidate else None,
            "candidates": [one.customer for one in note.candidates], "kind": note.kind, "note": note.said,
            "minutes": note.minutes,
            "next_step": {"name": step["name"], "due_on": step["due_on"].isoformat(), "due_time": step["due_time"]}
            if step is not None else None}


COMMANDS: dict[str, Command] = {"notes": (_arguments, _notes)}
"""This module's commands: what each one takes, and what runs it."""
