"""Numbered receipts: given, found again, voided. A number is never used twice, also not after an undo."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop_crm.domain import receipts as rules
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.services.book import Book
from desktop_crm.storage import accounts, receipts, records
from desktop_crm.storage.unit_of_work import Work


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """One receipt: its number as printed, day, minor units of `currency`, and what the paper says."""

    id: int
    number: str
    on_date: date
    amount: int
    currency: str
    customer_id: int | None
    deal_id: int | None
    taking: str | None
    voided: bool
    content: Mapping[str, Any]


def issue(book: Book, taking: str, change: int = 0) -> ReceiptRow:
    """Give a receipt for money that came; the one it has already, if it has one.

    `change` is what went back to who paid in cash, minor units. Raises InvalidInput if nothing came (a cheque in hand
    has no receipt until it is cleared).
    """
    with book.read() as connection:
        known = receipts.of_taking(connection, taking)
    if known is not None:
        return _row(known)
    with book.work(N_("Give a receipt")) as work:
        made, _ = write(book, work, taking, change)
    with book.read() as connection:
        return _row(records.get(connection, "receipts", made))


def write(book: Book, work: Work, taking: str, change: int = 0, owed: int | None = None) -> tuple[int, int]:
    """Number a receipt for a taking within another act; returns the receipt's id and number.

    `change` of cash is kept with the paper: the money that came is without it. `owed` is what the customer owes by
    now, minor units, if the act has summed it already.
    """
    rows = receipts.paid(work.connection, taking)
    if not rows or any(row.received_on is None for row in rows):
        raise InvalidInput(N_("There is no money received to give a receipt for. Nothing was saved."), "taking")
    first, on = rows[0], date.fromisoformat(rows[0].received_on)
    series = rules.series(book.business, on)
    number = receipts.next_number(work.connection, series)
    deals = [row.deal_id for row in rows if row.deal_id is not None]
    if owed is None:
        owed = accounts.balance(work.connection, first.customer_id, book.currency) if first.customer_id else 0
    content = {
        "for": [row.deal for row in rows if row.deal_id is not None], "method": first.method,
        "buyer": first.buyer or "", "seller": first.seller or "", "actor": book.actor,
        "balance": owed,
        **({"change": change} if change else {}),
    }
    made = records.add(work.connection, "receipts", {
        "series": series, "number": number, "on_date": on, "amount": sum(row.amount for row in rows),
        "currency": first.currency, "taking": taking, "customer_id": first.customer_id,
        "deal_id": deals[0] if len(deals) == 1 else None, "content": json.dumps(content, ensure_ascii=False)})
    return made, number


def of_taking(book: Book, taking: str) -> ReceiptRow | None:
    """The standing receipt of a taking, None if there is none."""
    with book.read() as connection:
        found = receipts.of_taking(connection, taking)
    return None if found is None else _row(found)


def get(book: Book, receipt: int) -> ReceiptRow:
    """One receipt by id, voided or not; NotFound if there is none."""
    with book.read() as connection:
        return _row(records.get(connection, "receipts", receipt))


def list_ids(book: Book) -> list[int]:
    """Every receipt, newest number first."""
    with book.read() as connection:
        return receipts.list_ids(connection)


def _row(row: Mapping[str, Any]) -> ReceiptRow:
    number = receipts.printed(row["series"], row["number"])
    return ReceiptRow(row["id"], number, row["on_date"], row["amount"], row["currency"], row["customer_id"],
                      row["deal_id"], row["taking"], row["voided_at"] is not None, json.loads(row["content"]))
