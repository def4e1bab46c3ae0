"""Requests and campaigns on the command line: what waits for an answer, files that become requests, what each cost."""

from __future__ import annotations

import argparse
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_crm.cli.parts import Command, add_file, print_json, print_table, reading, tell
from desktop_crm.domain.errors import N_, CrmError, FileRefused, N_count
from desktop_crm.domain.requests import minutes_since
from desktop_crm.domain.values import decimal
from desktop_crm.i18n import Language

if TYPE_CHECKING:  # a command loads what it needs, and --help nothing
    from desktop_crm.domain.campaigns import CampaignRow
    from desktop_crm.domain.intake import Taken
    from desktop_crm.services.book import Book
    from desktop_crm.services.intake_files import Swept

_NEW = N_count("{n} new request.", "{n} new requests.")
_ONTO = N_count("{n} is on the card of a known customer, with a task to answer.",
                "{n} are on the cards of known customers, with a task to answer.")


# --- inbox ----------------------------------------------------------------------------------------------------------

def _inbox(given: argparse.Namespace, words: Language) -> int:
    """Print the requests that nobody has answered, the newest first."""
    found = reading(given, _open)
    if given.json:
        print_json(found)
    elif not found:
        tell(words.say(N_("Every request is answered.")))
    else:
        titles = (N_("Number"), N_("Name"), N_("What they want"), N_("Source"), N_("Campaign"), N_("Seller"),
                  N_("Minutes ago"), N_("Minutes left"))
        keys = ("id", "name", "text", "source", "campaign", "seller", "minutes", "left")
        print_table([words.say(title) for title in titles], [[row[key] for key in keys] for row in found])
    return 0


def _open(book: Book) -> list[dict[str, Any]]:
    """The open requests as plain values; instants are in UTC, spans are minutes, null where they do not count."""
    from desktop_crm.services import inbox

    now, within = book.now(), book.business.answer_within
    return [{"id": row.id, "name": row.name, "source": row.source, "campaign": row.campaign, "seller": row.seller,
             "phone": row.phone, "email": row.email, "text": row.text,
             "came_at": row.came_at.isoformat() if row.came_at else None,
             "minutes": minutes_since(row.came_at, now) if row.came_at else None, "left": row.left(within, now)}
            for row in inbox.rows(book, inbox.list_ids(book))]


# --- intake ---------------------------------------------------------------------------------------------------------

def _intake_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("paths", metavar="PATH", nargs="+", type=Path,
                         help="an e-mail (.eml), a mailbox (.mbox), a contact card (.vcf) or a table (.csv); of a "
                              "folder all of them, which are moved into its folders Taken and Not read")


def _intake(given: argparse.Namespace, words: Language) -> int:
    """Take e-mails, contact cards and tables as requests, each file as one act; none is taken twice.

    Exit code 0 if any file could be read, whether it brought anything new or not.
    """
    from desktop_crm.services.book import open_book

    missing = next((path for path in given.paths if not path.exists()), None)
    if missing is not None:
        raise FileRefused(N_("There is no file “{name}”. Nothing was taken."), name=str(missing))
    with closing(open_book(given.file)) as book:
        swept = [_take(book, path) for path in given.paths]
    taken = [one for part in swept for one in part.taken]
    refused = [one for part in swept for one in part.refused]
    problems = [problem for one in taken for problem in one.problems]
    if given.json:
        print_json({"created": [key for one in taken for key in one.created],
                    "logged": [key for one in taken for key in one.logged], "works": [one.work for one in taken],
                    "refused": [{"file": name, "message": words.error(error)} for name, error in refused],
                    "problems": [words.error(error) for error in problems]})
    else:
        _tell(taken, words)
        for error in (*problems, *(error for _, error in refused)):
            tell(words.error(error), sys.stderr)
    return 1 if refused and not taken and not any(part.known for part in swept) else 0


def _take(book: Book, path: Path) -> Swept:
    """Take a folder's files, or one file, which stays where it is; a folder "Form.mbox" is Apple's kind of mailbox."""
    from desktop_crm.domain.intake import MAILBOXES
    from desktop_crm.services import intake_files

    if path.is_dir() and path.suffix.lower() not in MAILBOXES:
        return intake_files.sweep(book, intake_files.Folder(path), settled=True)
    try:
        done = intake_files.take_file(book, path)
    except CrmError as error:
        return intake_files.Swept((), ((path.name, error),))
    return intake_files.Swept(known=1) if done.again else intake_files.Swept((done,))


def _tell(taken: list[Taken], words: Language) -> None:
    created, logged = sum(len(one.created) for one in taken), sum(len(one.logged) for one in taken)
    if not taken:
        tell(words.say(N_("Nothing new came in.")))
    if created:
        tell(words.count(*_NEW, created))
    if logged:
        tell(words.count(*_ONTO, logged))


# --- campaigns ------------------------------------------------------------------------------------------------------

def _campaigns(given: argparse.Namespace, words: Language) -> int:
    """Print the campaigns with what each lead cost and what came of them."""
    found = reading(given, _listed)
    if given.json:
        print_json([_plain(row) for row in found])
        return 0
    if not found:
        tell(words.say(N_("There are no campaigns.")))
        return 0
    titles = (N_("Number"), N_("Name"), N_("Source"), N_("Campaign cost"), N_("Leads"), N_("Converted"),
              N_("Cost per lead"), N_("Won"), N_("Return on cost"))
    print_table([words.say(title) for title in titles], [[
        row.id, row.name, row.source, words.money(row.cost, row.currency), row.leads, row.converted,
        words.money(row.cost_per_lead, row.currency), _won(row, words), words.rate(row.return_)] for row in found])
    return 0


def _listed(book: Book) -> list[CampaignRow]:
    from desktop_crm.services import campaigns

    return campaigns.all_campaigns(book)


def _won(row: CampaignRow, words: Language) -> str:
    return " + ".join(words.money(amount, currency) for currency, amount in ((row.currency, row.won), *row.others))


def _plain(row: CampaignRow) -> dict[str, Any]:
    """A campaign as plain values: money as decimal strings, the return as an unrounded number, null for no figure."""
    cost, per_lead, won = (decimal(minor, row.currency) for minor in (row.cost, row.cost_per_lead, row.won))
    return {"id": row.id, "name": row.name, "source": row.source, "cost": cost, "currency": row.currency,
            "from_on": row.from_on.isoformat() if row.from_on else None,
            "until_on": row.until_on.isoformat() if row.until_on else None, "notes": row.notes, "leads": row.leads,
            "converted": row.converted, "cost_per_lead": per_lead, "won": won,
            "other_currencies": {currency: decimal(amount, currency) for currency, amount in row.others},
            "return": row.return_}


COMMANDS: dict[str, Command] = {
    "inbox": (add_file, _inbox), "intake": (_intake_arguments, _intake), "campaigns": (add_file, _campaigns)}
"""This module's commands: what each one takes, and what runs it."""
