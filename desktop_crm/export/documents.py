"""Papers for customers as PDF: receipt, quotation, statement of account, in the customer's language.

The same paper gives the same bytes. Nothing is computed here, and nothing whose figures do not add up is printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from desktop_crm import paths
from desktop_crm.domain import documents
from desktop_crm.domain.accounts import AGES
from desktop_crm.domain.documents import Document, DocumentLine, Quotation, Receipt, Statement, Sums, TaxLine
from desktop_crm.domain.errors import N_
from desktop_crm.domain.handover import HandOver
from desktop_crm.domain.privacy import Notice
from desktop_crm.domain.values import Period
from desktop_crm.export.documents_parts import (
    NOTE,
    Figure,
    band,
    letterhead,
    paragraph,
    parties,
    signatures,
    totals,
)
from desktop_crm.export.documents_sheet import Sheet
from desktop_crm.export.documents_table import Column, Lines
from desktop_crm.export.drawn import Drawn
from desktop_crm.export.pdf import boxes
from desktop_crm.i18n import Language

Sum = tuple[str, str, str]
"""A row of the sums: label, value, kind (see `documents_parts.totals`)."""


def write_receipt(path: Path, receipt: Receipt, language: Language, roll: bool = False) -> None:
    """Write the receipt on A4, or on one strip of an 80 mm roll; a voided one says so across the page.

    Raises InvalidInput where its figures do not add up or the logo is no picture, FileRefused from the disk.
    """
    write(path, receipt, language, roll)


def _receipt(receipt: Receipt, language: Language) -> Sheet:
    say = language.say
    title, void = receipt_title(receipt, language), say(N_("VOID")) if receipt.voided else ""
    buyer = receipt.buyer.title if receipt.buyer else ""
    sheet = Sheet(receipt, language, f"{title} {receipt.number}".strip(), buyer, void)
    letterhead(sheet, receipt.seller, title, receipt.number, void)
    parties(sheet, say(N_("Paid back to")) if receipt.refund else say(N_("Received from")), receipt.buyer, (
        (say(N_("Date")), sheet.day(receipt.on_date)),
        (say(N_("Paid out by")) if receipt.refund else say(N_("Received by")), receipt.received_by)))
    method = [Figure(say(N_("Payment method")), say(receipt.method))] if receipt.method else []
    amount = say(N_("Amount paid back")) if receipt.refund else say(N_("Amount received"))
    band(sheet, [Figure(amount, sheet.money(abs(receipt.paid)), large=True), *method])
    if receipt.lines:
        Lines(sheet, line_columns(sheet, receipt.lines)).draw()
    paragraph(sheet, say(N_("For")), receipt.for_what)
    totals(sheet, [*sum_rows(receipt.sums, sheet), *paid_rows(receipt, sheet)])
    paragraph(sheet, say(N_("Notes")), receipt.notes)
    signatures(sheet, [(receipt.received_by, say(N_("Signature and stamp")))])
    return sheet


def write_quotation(path: Path, quotation: Quotation, language: Language) -> None:
    """Write the quotation on A4 pages. Raises as `write_receipt` does."""
    write(path, quotation, language)


def _quotation(quotation: Quotation, language: Language) -> Sheet:
    say = language.say
    title = say(N_("Quotation"))
    buyer = quotation.buyer.title if quotation.buyer else ""
    sheet = Sheet(quotation, language, f"{title} {quotation.number}".strip(), buyer)
    letterhead(sheet, quotation.seller, title, quotation.number, "")
    parties(sheet, say(N_("Quotation for")), quotation.buyer, (
        (say(N_("Date")), sheet.day(quotation.on_date)),
        (say(N_("Valid until")), sheet.day(quotation.valid_until) if quotation.valid_until else ""),
        (say(N_("Prepared by")), quotation.prepared_by)))
    if quotation.subject.strip():
        sheet.top = sheet.text(sheet.left, sheet.top - 4, sheet.inner, quotation.subject, 11, bold=True) + 8
    Lines(sheet, line_columns(sheet, quotation.lines)).draw()
    totals(sheet, sum_rows(quotation.sums, sheet))
    paragraph(sheet, say(N_("Terms")), quotation.terms)
    paragraph(sheet, say(N_("Notes")), quotation.notes)
    signatures(sheet, [("", say(N_("Accepted: name, signature, date"))),
                       (quotation.prepared_by, say(N_("For {business}"), business=quotation.seller.title))])
    return sheet


def write_statement(path: Path, statement: Statement, language: Language) -> None:
    """Write the statement of account on A4 pages. Raises as `write_receipt` does."""
    write(path, statement, language)


def _statement(statement: Statement, language: Language) -> Sheet:
    say = language.say
    title = say(N_("Statement of account"))
    sheet = Sheet(statement, language, title, statement.party.title)
    letterhead(sheet, statement.seller, title, "", "")
    parties(sheet, say(N_("Account of")), statement.party, (
        (say(N_("Date")), sheet.day(statement.on_date)),
        (say(N_("Period")), _span(statement.period, language))))
    credit = statement.closing < 0
    band(sheet, [Figure(say(N_("Opening balance")), sheet.money(statement.opening)),
                 Figure(say(N_("Charges")), sheet.money(statement.charged)),
                 Figure(say(N_("Payments")), sheet.money(statement.paid)),
                 Figure(say(N_("In your favour")) if credit else say(N_("Balance to pay")),
                        sheet.money(abs(statement.closing)), large=True)])
    _account(sheet, statement)
    _ages(sheet, statement)
    if statement.on_the_way:
        paragraph(sheet, say(N_("On its way")),
                  say(N_("{amount} in cheques or to be collected on delivery; taken off when it has arrived."),
                      amount=sheet.money(statement.on_the_way)))
    paragraph(sheet, say(N_("Notes")), statement.notes)
    return sheet


def write(path: Path, document: Document | HandOver | Notice, language: Language, roll: bool = False) -> None:
    """Write any paper; `roll` is for receipts alone. Raises as `write_receipt` does."""
    data = drawn(document, language, roll).pdf
    paths.whole(path, lambda part: part.write_bytes(data))


def drawn(document: Document | HandOver | Notice, language: Language, roll: bool = False) -> Drawn:
    """A paper as PDF and as marks on pages, for a screen or a printer; `roll` is for receipts alone.

    Raises InvalidInput where its figures do not add up or the logo is no picture.
    """
    if isinstance(document, HandOver):
        from desktop_crm.export.handover import handover

        return handover(document, language).drawn(document.logo)
    if isinstance(document, Notice):
        from desktop_crm.export.privacy import privacy

        return privacy(document, language).drawn(document.logo)
    documents.check(document)
    if isinstance(document, Receipt) and roll:
        from desktop_crm.export.documents_roll import strip

        return strip(document, language).drawn(document.logo)
    if isinstance(document, Receipt):
        sheet = _receipt(document, language)
    elif isinstance(document, Quotation):
        sheet = _quotation(document, language)
    else:
        sheet = _statement(document, language)
    if sheet.type.missing:  # letters that no font has are named at the end
        sheet.flow(boxes(sheet), NOTE, "dim")
    return sheet.drawn(document.logo)


def receipt_title(receipt: Receipt, language: Language) -> str:
    """What the paper is: money received, or money given back."""
    return language.say(N_("Refund")) if receipt.refund else language.say(N_("Receipt"))


def quantity(thousandths: int, language: Language) -> str:
    """A quantity in the language's form, with the decimals that it has."""
    return ("−" if thousandths < 0 else "") + language.number(Decimal(abs(thousandths)) / 1000)


def line_columns(sheet: Sheet, lines: Sequence[DocumentLine]) -> list[Column]:
    """Number, item, quantity, price, discount (if any has one) and amount of each line."""
    say, symbol = sheet.say, sheet.language.symbol(sheet.currency)

    def money(amounts: list[int | None]) -> list[str]:
        return ["" if amount is None else sheet.money(amount, symbol=False) for amount in amounts]

    columns = [Column("#", [sheet.language.number(place) for place in range(1, len(lines) + 1)], colour="dim"),
               Column(say(N_("Item")), [line.text for line in lines], ends=False, text=True),
               Column(say(N_("Quantity")), [quantity(line.quantity, sheet.language) for line in lines]),
               Column(say(N_("Unit price")), money([line.price for line in lines]))]
    if any(line.discount for line in lines):
        columns.append(Column(say(N_("Discount")), money([-line.discount or None for line in lines])))
    return [*columns, Column(f"{say(N_('Amount'))} ({symbol})", money([line.amount for line in lines]))]


def sum_rows(sums: Sums, sheet: Sheet) -> list[Sum]:
    """From the subtotal to the total; the total alone where nothing is between them."""
    say = sheet.say
    rows: list[Sum] = [] if sums.bare else [(say(N_("Subtotal")), sheet.money(sums.subtotal), "")]
    if sums.discount:
        rows.append((say(N_("Discount")), sheet.money(-sums.discount), ""))
    rows += [(_tax(tax, sheet.language), sheet.money(tax.amount), "")
             for tax in sums.taxes if not tax.included]
    if sums.rounding:
        rows.append((say(N_("Rounding")), sheet.money(sums.rounding), ""))
    rows.append((say(N_("Total")), sheet.money(sums.total), "total"))
    return rows + [(say(N_("{tax} included"), tax=_tax(tax, sheet.language)),
                    sheet.money(tax.amount), "") for tax in sums.taxes if tax.included]


def paid_rows(receipt: Receipt, sheet: Sheet) -> list[Sum]:
    """What was paid before and now, the change, and what is owed after."""
    say, rows = sheet.say, list[Sum]()
    if receipt.paid_before:
        rows.append((say(N_("Paid before")), sheet.money(receipt.paid_before), ""))
    if receipt.change:
        rows += [(say(N_("Cash given")), sheet.money(receipt.paid + receipt.change), ""),
                 (say(N_("Change")), sheet.money(receipt.change), "")]
    label = say(N_("Paid back now")) if receipt.refund else say(N_("Paid now"))
    rows.append((label, sheet.money(abs(receipt.paid)), "strong"))
    balance = receipt.balance_after
    if balance is not None:
        label = say(N_("In your favour")) if balance < 0 else say(N_("Balance owed after this"))
        rows.append((label, sheet.money(abs(balance)), "strong"))
    return rows


def _tax(tax: TaxLine, language: Language) -> str:
    return tax.name if tax.rate is None else f"{tax.name} {language.number(Decimal(tax.rate) / 1000)} %"


def _account(sheet: Sheet, statement: Statement) -> None:
    """The entries between the opening and the closing balance."""
    say, day = sheet.say, sheet.language.day
    rows, first, last = statement.rows, statement.period.start, statement.period.end

    def money(amount: int) -> str:
        return sheet.money(amount, symbol=False) if amount else ""

    dates = [day(row.on_date) for row in rows]
    symbol = sheet.language.symbol(sheet.currency)
    Lines(sheet, [
        Column(say(N_("Date")), [day(first) if first else "", *dates, day(last - timedelta(days=1)) if last else ""],
               ends=False),
        Column(say(N_("Details")), [say(N_("Opening balance")), *(row.text for row in rows),
                                    say(N_("Closing balance"))], ends=False, text=True),
        Column(say(N_("Charge")), ["", *(money(row.charge) for row in rows), money(statement.charged)]),
        Column(say(N_("Payment")), ["", *(money(row.payment) for row in rows), money(statement.paid)]),
        Column(f"{say(N_('Balance'))} ({symbol})",
               [sheet.money(balance, symbol=False)
                for balance in (statement.opening, *(row.balance for row in rows), statement.closing)]),
    ], strong=frozenset({0, len(rows) + 1})).draw()
    sheet.top += 8


def _ages(sheet: Sheet, statement: Statement) -> None:
    """How long the balance is overdue, in five figures."""
    if statement.ages is None or statement.closing <= 0:
        return
    say = sheet.say
    sheet.need(90)
    heading = say(N_("Days overdue on {day}"), day=sheet.day(statement.on_date))
    sheet.top = sheet.text(sheet.left, sheet.top, sheet.inner, heading, 9, bold=True, most=2) + 4
    band(sheet, [Figure(say(label), sheet.money(amount), colour="bad" if late and amount > 0 else "text")
                 for late, (label, amount) in enumerate(zip(AGES, statement.ages, strict=True))])


def _span(period: Period, language: Language) -> str:
    """The days of a half-open period, both ends named."""
    first = language.day(period.start) if period.start else ""
    last = language.day(period.end - timedelta(days=1)) if period.end else ""
    if first and last:
        return first if first == last else f"{first} – {last}"
    if first:
        return language.say(N_("From {day}"), day=first)
    return language.say(N_("Up to {day}"), day=last) if last else ""
