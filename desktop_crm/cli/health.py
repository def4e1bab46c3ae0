"""The health of the data on the command line: how complete the file is, and what is wrong, odd, stale or missing."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

from desktop_crm.cli.parts import Command, add_file, print_json, print_table, reading, tell
from desktop_crm.domain.errors import N_, CrmError, FileBusy, FileRefused
from desktop_crm.i18n import Language

if TYPE_CHECKING:  # a command loads what it needs, and --help nothing
    from desktop_crm.domain.data_health import Health


def _health(given: argparse.Namespace, words: Language) -> int:
    """Print how complete the data is and what is wrong in it; the score is noted if the file can be written."""
    from desktop_crm.services import data_health

    found: Health = reading(given, data_health.examine)
    refused = _note(given, found)
    if given.json:
        print_json(_plain(found))
    else:
        _told(found, words)
    if refused is not None and not given.json:
        tell(words.say(N_("The score was not noted: {reason}"), reason=words.error(refused)), sys.stderr)
    return 0


def _note(given: argparse.Namespace, found: Health) -> CrmError | None:
    """Note the score of today; what stands against it, as a window that holds the file."""
    from desktop_crm.services import data_health
    from desktop_crm.services.book import open_book

    try:
        with closing(open_book(given.file)) as book:
            data_health.keep(book, found)
    except (FileBusy, FileRefused) as error:
        return error
    return None


def _plain(found: Health) -> dict[str, Any]:
    """The findings as plain values: completeness, adherence and gains as shares of one, null without what to judge."""
    return {
        "on": found.on_date.isoformat(), "completeness": found.share, "adherence": found.adherence.share,
        "customers": found.customers,
        "gains": [{"field": gain.key, "missing": gain.count, "completeness": gain.thousandths / 1000}
                  for gain in found.gains],
        "findings": [{"kind": item.kind, "of": item.of, "count": item.count, "ids": list(item.ids)}
                     for item in found.findings]}


def _told(found: Health, words: Language) -> None:
    from desktop_crm.domain.data_health import BY_KEY

    tell(words.say(N_("Completeness: {share}"), share=words.rate(found.share)))
    if found.adherence.share is not None:
        tell(words.say(N_("Adherence: {share}"), share=words.rate(found.adherence.share)))
    if not found.findings:
        tell(words.say(N_("Nothing is wrong, odd, stale or missing.")))
        return
    print_table([words.say(title) for title in (N_("Finding"), N_("Count"), N_("First records"))], [
        [words.say(BY_KEY[item.kind].title), words.number(item.count),
         " ".join(f"{item.of}:{key}" for key in item.ids[:3])] for item in found.findings])


COMMANDS: dict[str, Command] = {"health": (add_file, _health)}
"""This module's commands: what each one takes, and what runs it."""
