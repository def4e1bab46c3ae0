"""What a user notes of payments, planned and received."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from desktop_crm.domain import fields
from desktop_crm.domain.accounts import method_of
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.payments import FIELDS, PaymentFilter, PaymentRow
from desktop_crm.services.book import Book
from desktop_crm.storage import payments, receipts, records


def list_ids(book: Book, wanted: PaymentFilter | None = None, sort: str = "id", descending: bool = False,
             limit: int | None = None) -> list[int]:
    """Ids of the payments that pass the filter, sorted; unknown days last."""
    with book.read() as connection:
        return payments.list_ids(connection, wanted or PaymentFilter(), sort, descending, limit)


def rows(book: Book, ids: Sequence[int]) -> list[PaymentRow]:
    """Payment rows by id."""
    with book.read() as connection:
        return payments.rows(connection, ids)


def states(book: Book, ids: Sequence[int]) -> dict[int, str | None]:
    """Where the money of payments is, by id (see domain.accounts.STATES); None where it came at once."""
    with book.read() as connection:
        return {key: row["state"] for key, row in records.get_many(connection, "payments", ids).items()}


def add(book: Book, values: Mapping[str, object]) -> int:
    """Note a payment, planned (`due_on`), received (`received_on`) or both; returns its id."""
    clean = dict(fields.checked(FIELDS, values, new=True))
    if not clean.get("due_on") and not clean.get("received_on"):
        raise InvalidInput(N_("A payment needs the day it is due or the day it was received. Nothing was saved."),
                           "due_on")
    clean["name"] = clean.get("name") or ""
    clean |= _method(book, clean)
    clean.setdefault("seller_id", book.seller)
    label = N_("Note a payment received") if clean.get("received_on") else N_("Plan a payment")
    with book.work(label) as work:
        return records.add(work.connection, "payments", {**clean, "currency": book.currency})


def edit(book: Book, payment: int, values: Mapping[str, object]) -> Changes:
    """Change a payment's fields."""
    clean = dict(fields.checked(FIELDS, values))
    if "name" in clean:
        clean["name"] = clean["name"] or ""
    clean |= _method(book, clean)
    with book.work(N_("Edit a payment")) as work:
        records.save(work.connection, "payments", payment, clean)
    return work.done


def _method(book: Book, values: Mapping[str, object]) -> dict[str, str | None]:
    """The method among values as its code, where it was typed as a word."""
    return {"method": method_of(str(values["method"]), book.language.say)} if values.get("method") else {}


def receive(book: Book, ids: Sequence[int], on: date | None = None) -> Changes:
    """Note planned payments as received on a day (default today)."""
    with book.work(N_("Receive {count} payments"), count=len(ids)) as work:
        for payment in ids:
            records.save(work.connection, "payments", payment, {"received_on": on or book.today()})
    return work.done


def delete(book: Book, ids: Sequence[int]) -> Changes:
    """Delete payments."""
    with book.work(N_("Delete {count} payments"), count=len(ids)) as work:
        gone = records.get_many(work.connection, "payments", ids).values()
        receipts.void(work.connection, book.now(), takings=[row["taking"] for row in gone if row["taking"]])
        records.remove(work.connection, "payments", ids)
    return work.done
