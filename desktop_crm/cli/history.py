"""What was done, taken back and done again, on the command line."""

from __future__ import annotations

import argparse
from contextlib import closing

from desktop_crm.cli.parts import (
    IMPORTABLE,
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


def _undo_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("--act", type=as_number, metavar="N",
                         help="take back only this one, by its number in the history, if nothing contradicts")


def _turn_back(given: argparse.Namespace, words: Language, redo: bool) -> int:
    from desktop_crm.services import history
    from desktop_crm.services.book import open_book

    with closing(open_book(given.file)) as book:
        act = None if redo else given.act
        changes = book.redo() if redo else book.undo() if act is None else book.undo_work(act)
    label = history.label(words, changes.message, changes.params)
    if given.json:
        print_json({"label": label, "changes": changes.count})
    else:
        tell(words.say(N_("Redone: {act}") if redo else N_("Undone: {act}"), act=label))
    return 0


def _undo(given: argparse.Namespace, words: Language) -> int:
    """Undo the last piece of work, or one of long ago."""
    return _turn_back(given, words, redo=False)


def _redo(given: argparse.Namespace, words: Language) -> int:
    """Redo the piece of work that was undone last."""
    return _turn_back(given, words, redo=True)


def _history_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("--of", type=as_text, metavar="KIND:ID",
                         help="only what changed one record, like customers:12")
    command.add_argument("--limit", type=as_number, metavar="N", help="only the newest so many")


def _history(given: argparse.Namespace, words: Language) -> int:
    """Print what was done, oldest first; of one record also each change as a sentence."""
    from desktop_crm.services import history

    of = _record(given.of) if given.of else None
    acts = reading(given, lambda book: history.acts(book, words, given.limit, of))
    plain = [{"id": act.id, "at": act.at.isoformat(), "label": act.label, "undone": act.undone, "changes": act.changes,
              "by": act.actor}
             for act in acts]
    sentences = reading(given, lambda book: history.changes(book, words, *of)) if of else []
    if given.json:
        print_json(plain)
        return 0
    undone = words.say(N_("(undone)"))
    titles = (N_("Number"), N_("When"), N_("What was done"), N_("Changes"), N_("By"))
    print_table([words.say(title) for title in titles], [
        [act["id"], act["at"][:19], f"{act['label']} {undone}" if act["undone"] else act["label"], act["changes"],
         act["by"]] for act in plain])
    for change in reversed(sentences):
        by = f"  ({change.actor})" if change.actor else ""
        tell(f"{change.at.isoformat()[:19]}  {change.sentence}{by}")
    return 0


def _record(text: str) -> tuple[str, int]:
    kind, _, number = text.partition(":")
    if kind not in IMPORTABLE or not number.isdecimal() or len(number) > 18:
        raise InvalidInput(N_("--of wants a record like customers:12, not “{value}”."), "of", value=text)
    return kind, int(number)


COMMANDS: dict[str, Command] = {
    "undo": (_undo_arguments, _undo), "redo": (add_file, _redo), "history": (_history_arguments, _history)}
"""This module's commands: what each one takes, and what runs it."""
