"""The end of a day on the command line: its three forms, the counted cash, the targets."""

from __future__ import annotations

import argparse
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_crm.cli.parts import Command, add_file, as_business_day, as_text, print_json, seller_named, tell
from desktop_crm.domain.errors import N_, FileBusy, InvalidInput
from desktop_crm.domain.values import decimal
from desktop_crm.i18n import Language

if TYPE_CHECKING:
    from desktop_crm.services.book import Book


def _month(typed: str) -> date:
    """The first day of a month."""
    try:
        return as_business_day(f"{typed}-01")
    except argparse.ArgumentTypeError:
        raise argparse.ArgumentTypeError(f"{typed} is not a month like 2026-11") from None


def _tell(given: argparse.Namespace, data: dict[str, Any], said: str) -> None:
    if given.json:
        print_json(data)
    else:
        tell(said)


def _money(book: Book, words: Language, typed: str) -> int | None:
    """An amount, or "-" for none."""
    if typed.strip() == "-":
        return None
    amount = words.read_money(typed, book.currency)
    if amount is None:
        raise InvalidInput(N_("An amount is needed, or “-” to take it away. Nothing was saved."), "amount")
    return amount


# --- evening --------------------------------------------------------------------------------------------------------

def _evening_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("folder", metavar="FOLDER", type=Path, help="where the PDF, the picture and the text go")
    command.add_argument("--on", type=as_business_day, metavar="DATE", help="the business day (default: today)")


def _evening(given: argparse.Namespace, words: Language) -> int:
    """Write the evening report of a day as PDF, picture and text, without a screen."""
    from desktop_crm import app

    with closing(_open(given.file)) as book:
        forms = app.evening(book, given.folder, given.on)
        noted = not book.reading
        if noted:
            from desktop_crm.services import evening

            evening.printed(book, "evening", forms.day)
    _tell(given, {"day": forms.day.isoformat(), "pdf": str(forms.pdf), "png": str(forms.png), "txt": str(forms.txt),
                  "noted": noted}, "\n".join(str(path) for path in forms.paths))
    return 0


def _open(path: Path) -> Book:
    """The file, for writing where that can be: beside an open window it is read, and the printing is not noted."""
    from desktop_crm.services.book import can_write, open_book

    try:
        return open_book(path, reading=path.exists() and not can_write(path))
    except FileBusy:
        return open_book(path, reading=True)


# --- count, target --------------------------------------------------------------------------------------------------

def _count_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("amount", metavar="AMOUNT", type=as_text, help="the cash without the float; - takes it away")
    command.add_argument("--on", type=as_business_day, metavar="DATE", help="the business day (default: today)")


def _count(given: argparse.Namespace, words: Language) -> int:
    """Note the cash that was counted at the end of a day."""
    from desktop_crm.services import evening
    from desktop_crm.services.book import open_book

    with closing(open_book(given.file)) as book:
        day, amount = given.on or book.today(), _money(book, words, given.amount)
        evening.count_cash(book, day, amount)
        _tell(given, {"day": day.isoformat(), "counted": decimal(amount, book.currency)},
              words.say(N_("Cash counted: {amount}"), amount=words.money(amount, book.currency)))
    return 0


def _target_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("amount", metavar="AMOUNT", type=as_text, help="what is to be won; - takes the target away")
    command.add_argument("--month", type=_month, metavar="YYYY-MM", help="of this month (default: the present one)")
    command.add_argument("--seller", type=as_text, default="", metavar="NAME", help="of one seller (default: the shop)")


def _target(given: argparse.Namespace, words: Language) -> int:
    """Set what the shop, or one seller, is to win in a month."""
    from desktop_crm.domain.values import Period
    from desktop_crm.services import evening
    from desktop_crm.services.book import open_book

    with closing(open_book(given.file)) as book:
        month = Period.month(given.month or book.today())
        seller = seller_named(book, given.seller) if given.seller else None
        amount = _money(book, words, given.amount)
        evening.set_target(book, month, amount, seller)
        assert month.start is not None  # a month has a first day
        _tell(given, {"month": month.start.isoformat()[:7], "seller": given.seller or None,
                      "target": decimal(amount, book.currency)},
              words.say(N_("Target: {amount}"), amount=words.money(amount, book.currency)))
    return 0


COMMANDS: dict[str, Command] = {
    "evening": (_evening_arguments, _evening),
    "count": (_count_arguments, _count),
    "target": (_target_arguments, _target),
}
"""This module's commands: what each one takes, and what runs it."""
