"""Buyers on the command line: how lately, how often and for how much each bought, and the group that follows."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from desktop_crm.cli.parts import (
    Command,
    add_file,
    as_business_day,
    as_number,
    print_json,
    print_table,
    reading,
    tell,
)
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.values import decimal
from desktop_crm.i18n import Language

if TYPE_CHECKING:  # a command loads what it needs, and --help nothing
    from desktop_crm.services.book import Book
    from desktop_crm.services.rfm import Buyer


def _arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("--on", type=as_business_day, metavar="DATE", help="at the end of that day (default: today)")
    command.add_argument("--months", type=as_number, metavar="N",
                         help="the months looked back on (default: as the business's settings say, else 12)")


def _rfm(given: argparse.Namespace, words: Language) -> int:
    """Print everybody who bought with recency, frequency, monetary value, the three scores and the group."""
    found, currency = reading(given, lambda book: (_buyers(book, given), book.currency))
    if given.json:
        print_json([_plain(one, currency) for one in found])
    elif not found:
        tell(words.say(N_("Nobody has bought anything yet.")))
    else:
        from desktop_crm.domain.rfm import SEGMENTS

        print_table(
            [words.say(title) for title in (N_("Number"), N_("Name"), N_("Days"), N_("Orders"), N_("Amount"), N_("RFM"),
                                            N_("Group"))],
            [[one.id, one.name, one.rfm.days, one.rfm.orders,
              words.money(one.rfm.amount, currency, symbol=False), one.rfm.code, words.say(SEGMENTS[one.rfm.segment])]
             for one in found])
    return 0


def _buyers(book: Book, given: argparse.Namespace) -> list[Buyer]:
    from desktop_crm.domain.rfm import MOST_MONTHS
    from desktop_crm.services import rfm

    if given.months is not None and not 1 <= given.months <= MOST_MONTHS:
        raise InvalidInput(N_("“{value}” is not a number of months from 1 to {most}."), "months", value=given.months,
                           most=MOST_MONTHS)
    return rfm.buyers(book, given.on, given.months)


def _plain(one: Buyer, currency: str) -> dict[str, Any]:
    """A buyer as plain values; money as a decimal string."""
    rfm = one.rfm
    return {"id": one.id, "name": one.name, "recency": rfm.days, "frequency": rfm.orders,
            "monetary": decimal(rfm.amount, currency),
            "r": rfm.r, "f": rfm.f, "m": rfm.m, "segment": rfm.segment}


COMMANDS: dict[str, Command] = {"rfm": (_arguments, _rfm)}
"""This module's commands: what each one takes, and what runs it."""
