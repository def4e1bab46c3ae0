"""Papers for customers, made out of the book: receipts, quotations, statements. Nothing is written to the disk here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from desktop_crm.domain import taxes
from desktop_crm.domain.accounts import METHODS, Movement
from desktop_crm.domain.channels import first
from desktop_crm.domain.deals import DealLine
from desktop_crm.domain.documents import (
    DocumentLine,
    Party,
    Quotation,
    Receipt,
    Statement,
    Sums,
    priced,
    running,
)
from desktop_crm.domain.errors import N_, InvalidInput, NotFound
from desktop_crm.domain.values import Period
from desktop_crm.i18n import Language
from desktop_crm.services import accounts, customers, deals, receipts
from desktop_crm.services.book import Book
from desktop_crm.services.dunning import language_of
from desktop_crm.services.receipts import ReceiptRow
from desktop_crm.services.sales import QUICK_SALE
from desktop_crm.storage import accounts as storage
from desktop_crm.storage import records

_TAX_NUMBERS = {"MY": "TIN", "PH": "TIN", "TW": "統一編號", "NP": "PAN", "IN": "GSTIN"}
"""What a tax number is called where it was issued; elsewhere by its common name."""


def receipt(book: Book, number: int) -> tuple[Receipt, Language]:
    """The paper of a receipt by its id, in the language of its customer; a voided one says so.

    What it was for is taken from the sale while that is in the file, else from what was noted with the number.
    """
    given = receipts.get(book, number)
    words, buyer = buyer_of(book, given.customer_id, str(given.content.get("buyer") or ""))
    lines, sums, before = _of_sale(book, given)
    plain = book.language.say(QUICK_SALE)  # the name of a sale that has none: nothing to print
    for_what = "" if lines else words.listed(
        str(name) for name in given.content.get("for", ()) if name != plain)
    method = str(given.content.get("method") or "")
    paper = Receipt(
        given.number, given.on_date, given.currency, own_party(book, words), buyer, sums, given.amount,
        method=METHODS.get(method, method), lines=lines, for_what=for_what, paid_before=before,
        change=int(given.content.get("change") or 0),
        balance_after=int(given.content.get("balance") or 0) if given.customer_id is not None else None,
        received_by=str(given.content.get("seller") or given.content.get("actor") or ""),
        notes=book.business.receipt_note, voided=given.voided,
        country=book.business.country, logo=book.business.picture)
    return paper, words


def receipt_numbered(book: Book, number: str) -> ReceiptRow:
    """The receipt with this number, as printed or without its zeros; NotFound if none was given."""
    wanted = number.strip().casefold()
    for key in receipts.list_ids(book):
        row = receipts.get(book, key)
        if row.number.casefold() == wanted or row.number.rpartition("-")[2].lstrip("0") == wanted.lstrip("0"):
            return row
    raise NotFound(N_("There is no receipt {number}."), number=number)


def quotation(book: Book, deal: int, valid_until: date | None = None) -> tuple[Quotation, Language]:
    """The offer of a deal's lines, with the business's taxes and terms, valid until its expected day.

    Where another day is given, that is it; without one, or with one that is over, the offer holds as many days as the
    business's offers do. A deal's own amount below the sum of its lines is a discount, above it a surcharge. Taxes are
    on the sum less the discount, each rounded by itself, half a minor unit up (`domain.taxes.lines`): added on top, or
    named as parts of a total that holds them. InvalidInput for a deal without an amount and without prices.
    """
    card = deals.card(book, deal)
    words, buyer = buyer_of(book, card.row.customer_id, card.row.customer or "")
    lines, sums = _sums(card.lines, card.row.amount, card.row.name, words)
    if not lines:
        raise InvalidInput(N_("There is nothing to offer yet: the deal has no products and no amount."), "lines")
    own, currency = book.business, card.row.currency
    taxed = taxes.lines(own.taxes, sums.total, currency, own.taxes_included)
    paper = Quotation(
        card.row.external_id or f"Q-{deal:06}", book.today(), currency, own_party(book, words), buyer, lines,
        Sums.of([line.amount for line in lines], sums.discount, taxed),
        valid_until or _holds_until(book, card.row.expected_on), prepared_by=card.row.seller or "",
        subject=card.row.name if card.lines else "", terms=own.quotation_terms, country=own.country, logo=own.picture)
    return paper, words


def _holds_until(book: Book, expected: date | None) -> date | None:
    """The last day of an offer that is made today; None where the business does not say for how long."""
    today, days = book.today(), book.business.offers_hold
    if expected is not None and expected >= today:
        return expected
    return None if days is None else today + days


def statement(book: Book, customer: int, period: Period | None = None) -> tuple[Statement, Language]:
    """A customer's account in a period (None: all of it), with the age of what is open if it reaches to today."""
    words, party = buyer_of(book, customer, "")
    moves, period = accounts.movements(book, customer), period or Period()
    first = period.start or date.min
    before = [move for move in moves if move.on < first]
    inside = [move for move in moves if move.on >= first and (period.end is None or move.on < period.end)]
    opening = sum(move.charge - move.payment for move in before)
    rows = running(opening, ((move.on, _said(move, words), move.charge, move.payment) for move in inside))
    closing = rows[-1].balance if rows else opening
    present = period.end is None or all(move.on < period.end for move in moves)
    balance = accounts.balance(book, customer)
    ages = balance.ages if present and sum(balance.ages) == max(0, closing) else None
    shown = Period(period.start or (moves[0].on if moves else book.today()),
                   period.end or book.today() + timedelta(days=1))
    paper = Statement(book.today(), shown, book.currency, own_party(book, words), party or Party(""), opening, rows,
                      closing, ages, balance.on_the_way if present else 0,
                      country=book.business.country, logo=book.business.picture)
    return paper, words


def _said(move: Movement, words: Language) -> str:
    """One line of a statement in its language."""
    if move.kind == "sale":
        return move.text
    if move.kind == "return":
        return words.say(N_("Return: {name}"), name=move.text)
    method = words.say(METHODS.get(move.text, move.text))
    title = N_("Payment, {method}") if move.kind == "payment" else N_("Refund, {method}")
    return words.say(title, method=method) if method else words.say(N_("Payment"))


def own_party(book: Book, words: Language) -> Party:
    """The business as it heads its papers."""
    own = book.business
    numbers = ((words.say(N_("Registration number")), own.registration),
               _tax_number(own.country, own.tax_number, words))
    return Party(own.name or book.path.stem, address=tuple(own.address.splitlines()), phone=own.phone,
                 email=own.email, numbers=tuple(pair for pair in numbers if pair[1]))


def buyer_of(book: Book, customer: int | None, name: str) -> tuple[Language, Party | None]:
    """The language of a customer's papers, and who they are; nobody for a walk-in."""
    if customer is None:
        return book.language, Party(name) if name else None
    card = customers.card(book, customer)
    values: Mapping[str, Any] = card.values
    words = language_of(book, values["language"])
    phone, email = (first(card.channels, kind) for kind in ("phone", "email"))
    place = " ".join(part for part in (values["postcode"], values["city"]) if part)
    address = tuple(line for line in [*(values["address"] or "").splitlines(), place] if line.strip())
    tax = _tax_number(values["country"] or book.business.country, values["tax_number"] or "", words)
    return words, Party(values["name"], values["invoice_title"] or "", address, phone.value if phone else "",
                        email.value if email else "", (tax,) if tax[1] else ())


def _tax_number(country: str, number: str, words: Language) -> tuple[str, str]:
    return _TAX_NUMBERS.get(country.upper()) or words.say(N_("Tax number")), number


def _of_sale(book: Book, given: ReceiptRow) -> tuple[tuple[DocumentLine, ...], Sums, int]:
    """What a receipt was for: the lines and sums of its one sale and what was paid before, else the amount alone."""
    with book.read() as connection:
        sold = records.get_many(connection, "deals", [given.deal_id]) if given.deal_id is not None else {}
    if not sold or given.deal_id is None or sold[given.deal_id]["amount"] is None:
        return (), Sums.of([given.amount]), 0
    card = deals.card(book, given.deal_id)
    lines, sums = _sums(card.lines, card.row.amount, "", book.language)
    return lines, sums, _paid_before(book, given)


def _paid_before(book: Book, given: ReceiptRow) -> int:
    """What had come for the receipt's sale before this money, minor units."""
    with book.read() as connection:
        own = storage.taking(connection, given.taking or "")
        rows = records.find(connection, "payments", deal_id=given.deal_id)
    first = min(own, default=0)
    return sum(row["amount"] for row in rows if row["received_on"] is not None and row["id"] not in own and (
        row["received_on"], row["id"]) < (given.on_date, first))


def _sums(lines: Sequence[DealLine], amount: int | None, name: str, words: Language
          ) -> tuple[tuple[DocumentLine, ...], Sums]:
    """A deal's lines as they are printed, and how they come to its amount; `name` is the line of one without any."""
    made = [_line(line) for line in lines]
    unpriced = [place for place, line in enumerate(made) if line.price is None]
    known = sum(line.amount for line in made)
    if amount is not None and unpriced and abs(amount) >= abs(known):  # what has no price has the rest together
        line = made[unpriced[0]]
        made[unpriced[0]] = DocumentLine(line.text, line.quantity, None, amount - known)
        known = amount
    if not made and amount is not None and name:
        made, known = [DocumentLine(name, 1000, None, amount)], amount
    if not made:
        return (), Sums.of([amount or 0])
    total = known if amount is None else amount
    if total > known >= 0:
        made.append(DocumentLine(words.say(N_("Surcharge")), 1000, None, total - known))
        known = total
    return tuple(made), Sums.of([line.amount for line in made], known - total)


def _line(line: DealLine) -> DocumentLine:
    if line.price is None:
        return DocumentLine(line.name, line.quantity, None, 0)
    return priced(line.name, line.quantity, line.price)
