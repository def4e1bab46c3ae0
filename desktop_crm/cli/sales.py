"""The sales counter's commands: sell, receive, owed, and the papers receipt, quote and statement."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_crm.cli.parts import (
    Command,
    add_file,
    as_business_day,
    as_number,
    as_text,
    print_json,
    print_table,
    reading,
    tell,
)
from desktop_crm.domain.accounts import METHODS
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.values import Period, decimal, fold
from desktop_crm.i18n import Language

if TYPE_CHECKING:  # a command loads what it needs, and --help nothing
    from desktop_crm.domain.deals import DealLine
    from desktop_crm.domain.documents import Document
    from desktop_crm.services.book import Book


# --- sell, receive, owed --------------------------------------------------------------------------------------------

def _sell_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("--customer", type=as_number, metavar="ID", help="who buys (default: a walk-in)")
    command.add_argument("--new", type=as_text, default="", metavar="NAME", help="a new customer who buys")
    command.add_argument("--item", action="append", type=as_text, default=[], metavar='"Product=qty@price"',
                         help="an item, by the price list unless a price is given; may be repeated")
    command.add_argument("--total", type=as_text, metavar="X", help="the amount (default: the sum of the items)")
    command.add_argument("--paid", type=as_text, metavar="X", help="what is paid now (default: all of it)")
    command.add_argument("--method", choices=tuple(METHODS), default="cash", help="how it is paid (default: cash)")
    command.add_argument("--due", type=as_business_day, metavar="DATE", help="when the rest is due")
    command.add_argument("--on", type=as_business_day, metavar="DATE", help="the day of the sale (default: today)")
    command.add_argument("--note", type=as_text, default="", metavar="TEXT", help="what the sale is called, or a note")
    command.add_argument("--receipt", action="store_true", help="number a receipt")


def _sell(given: argparse.Namespace, words: Language) -> int:
    """Note a quick sale with its items and payment; one undo step."""
    from desktop_crm.domain.sales import Sale
    from desktop_crm.services import receipts, sales
    from desktop_crm.services.book import open_book

    if given.customer and given.new:
        raise InvalidInput(N_("Give either --customer or --new, not both."), "customer")
    with closing(open_book(given.file)) as book:
        lines = tuple(_line(book, words, item) for item in given.item)
        sold = sales.sell(book, Sale(
            given.customer, given.new, lines, _amount(book, words, given.total), _amount(book, words, given.paid),
            given.method, given.due, on=given.on, note=given.note, receipt=given.receipt))
        receipt = receipts.of_taking(book, sold.taking) if sold.taking else None
        number = receipt.number if receipt else None
        if given.json:
            print_json({"deal": sold.deal_id, "receipt": number, "change": decimal(sold.change, book.currency),
                        "owed": decimal(sold.owed, book.currency)})
            return 0
        tell(words.say(N_("Sold: deal {id}."), id=sold.deal_id))
        for title, minor in ((N_("Change: {money}"), sold.change), (N_("Owed now: {money}"), sold.owed)):
            if minor:
                tell(words.say(title, money=words.money(minor, book.currency)))
        if number:
            tell(words.say(N_("Receipt {number}"), number=number))
    return 0


def _line(book: Book, words: Language, typed: str) -> DealLine:
    """An item as typed: "Rice 5 kg=2@25.90", "Rice 5 kg=2", "Rice 5 kg"."""
    from desktop_crm.domain.deals import DealLine
    from desktop_crm.services import products

    name, sign, rest = typed.rpartition("=")
    name, rest = (name.strip(), rest) if sign else (typed.strip(), "")
    quantity, _, price = rest.partition("@")
    if not name:
        raise InvalidInput(N_("“{value}” names no product. Write one like {example}."), "item", value=typed,
                           example="Rice 5 kg=2@25.90")
    known = [item for item in products.all_products(book, name) if fold(item.name) == fold(name)]
    own = next((item for item in known if item.name == name), known[0] if known else None)
    listed, cost = own.priced_in(book.currency) if own else (None, None)
    asked = _amount(book, words, price)
    count = words.read_quantity(quantity)
    return DealLine(own.id if own else None, own.name if own else name, 1000 if count is None else count,
                    listed if asked is None else asked, cost)


def _amount(book: Book, words: Language, typed: str | None) -> int | None:
    return None if typed is None else words.read_money(typed, book.currency)


def _receive_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("customer", metavar="CUSTOMER", type=as_number, help="the customer's id")
    command.add_argument("amount", metavar="AMOUNT", type=as_text, help="what they hand over")
    command.add_argument("--method", choices=tuple(METHODS), default="cash", help="how (default: cash)")
    command.add_argument("--due", type=as_business_day, metavar="DATE", help="the day on a cheque, or of the delivery")
    command.add_argument("--on", type=as_business_day, metavar="DATE", help="the day it came (default: today)")
    command.add_argument("--receipt", action="store_true", help="number a receipt")


def _receive(given: argparse.Namespace, words: Language) -> int:
    """Note money from a customer: it pays the oldest sales first."""
    from desktop_crm.services import accounts, receipts
    from desktop_crm.services.book import open_book

    with closing(open_book(given.file)) as book:
        taken = accounts.receive(book, given.customer, _amount(book, words, given.amount) or 0, given.method,
                                 on=given.on, due_on=given.due, receipt=given.receipt)
        receipt = receipts.of_taking(book, taken.taking)
        if given.json:
            print_json({"taking": taken.taking, "receipt": receipt.number if receipt else None,
                        "advance": decimal(taken.advance, book.currency), "owed": decimal(taken.owed, book.currency)})
            return 0
        tell(words.say(N_("Owed now: {money}"), money=words.money(taken.owed, book.currency)))
        if receipt:
            tell(words.say(N_("Receipt {number}"), number=receipt.number))
    return 0


def _owed(given: argparse.Namespace, words: Language) -> int:
    """Print who owes money, most first."""
    from desktop_crm.services import accounts

    def read(book: Book) -> list[dict[str, Any]]:
        return [{"id": row.customer_id, "name": row.customer, "owed": decimal(row.owed, book.currency),
                 "limit": decimal(row.limit, book.currency),
                 "promised_on": row.promised_on and row.promised_on.isoformat(),
                 "oldest_on": row.oldest_on and row.oldest_on.isoformat()} for row in accounts.debtors(book)]

    rows: list[dict[str, Any]] = reading(given, read)
    if given.json:
        print_json(rows)
    elif rows:
        titles = (N_("Number"), N_("Name"), N_("Owes"), N_("Credit limit"), N_("Promised to pay on"),
                  N_("Oldest sale"))
        print_table([words.say(title) for title in titles], [list(row.values()) for row in rows])
    return 0


# --- the papers -----------------------------------------------------------------------------------------------------

def _out(command: argparse.ArgumentParser) -> None:
    command.add_argument("--out", type=Path, required=True, metavar="PATH.pdf", help="the PDF file to write")


def _receipt_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("number", metavar="NUMBER", type=as_text, help="the receipt's number")
    command.add_argument("--roll", action="store_true", help="on a strip of an 80 mm roll instead of A4")
    _out(command)


def _receipt(given: argparse.Namespace, words: Language) -> int:
    """Write a receipt as PDF; a voided one says so across the page."""
    from desktop_crm.services import documents

    def read(book: Book) -> tuple[Document, Language]:
        return documents.receipt(book, documents.receipt_numbered(book, given.number).id)

    return _write(given, words, reading(given, read), given.roll)


def _quote_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("deal", metavar="DEAL", type=as_number, help="the deal's id")
    command.add_argument("--valid", type=as_business_day, metavar="DATE",
                         help="until when it holds (default: as expected, else as set)")
    _out(command)


def _quote(given: argparse.Namespace, words: Language) -> int:
    """Write a quotation of a deal's lines as PDF."""
    from desktop_crm.services import documents

    return _write(given, words, reading(given, lambda book: documents.quotation(book, given.deal, given.valid)))


def _statement_arguments(command: argparse.ArgumentParser) -> None:
    add_file(command)
    command.add_argument("customer", metavar="CUSTOMER", type=as_number, help="the customer's id")
    command.add_argument("--from", dest="start", type=as_business_day, metavar="DATE", help="from this day")
    command.add_argument("--to", dest="end", type=as_business_day, metavar="DATE",
                         help="up to this day, which is not included")
    _out(command)


def _statement(given: argparse.Namespace, words: Language) -> int:
    """Write a customer's statement of account as PDF."""
    from desktop_crm.services import documents

    period = Period(given.start, given.end) if given.start or given.end else None
    return _write(given, words, reading(given, lambda book: documents.statement(book, given.customer, period)))


def _write(given: argparse.Namespace, words: Language, paper: tuple[Document, Language], roll: bool = False) -> int:
    from desktop_crm.export import documents

    if given.out.suffix.casefold() != ".pdf":
        raise InvalidInput(N_("“{value}” is no PDF file's name. Write one like receipt.pdf."), "out",
                           value=given.out.name)
    documents.write(given.out, *paper, roll=roll)
    if given.json:
        print_json({"file": str(given.out)})
    else:
        tell(words.say(N_("Written: {path}"), path=given.out))
    return 0


COMMANDS: dict[str, Command] = {
    "sell": (_sell_arguments, _sell),
    "receive": (_receive_arguments, _receive),
    "owed": (add_file, _owed),
    "receipt": (_receipt_arguments, _receipt),
    "quote": (_quote_arguments, _quote),
    "statement": (_statement_arguments, _statement),
}
"""The commands by name: what describes their arguments, and what runs them."""
