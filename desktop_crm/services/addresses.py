"""The further addresses of customers."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_crm.domain import fields
from desktop_crm.domain.addresses import FIELDS, Address
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.services.book import Book
from desktop_crm.storage import records


def of(book: Book, customer: int) -> list[Address]:
    """The further addresses of a customer, in their order."""
    with book.read() as connection:
        rows = records.find(connection, "addresses", customer_id=customer)
    return [Address(row["id"], **{item.key: row[item.key] or "" for item in FIELDS})
            for row in sorted(rows, key=lambda row: (row["position"], row["id"]))]


def add(book: Book, customer: int, values: Mapping[str, object]) -> int:
    """Add an address to a customer and return its id; InvalidInput if it says no place."""
    clean = _checked(values)
    with book.read() as connection:
        name = records.title(connection, "customers", customer)
        place = max((row["position"] for row in records.find(connection, "addresses", customer_id=customer)),
                    default=-1) + 1
    with book.work(N_("Add an address of {name}"), name=name) as work:
        return records.add(work.connection, "addresses", {"customer_id": customer, "position": place, **clean})


def edit(book: Book, record: int, values: Mapping[str, object]) -> Changes:
    """Change an address; InvalidInput if it then says no place."""
    clean = _checked(values)
    with book.work(N_("Edit an address of {name}"), name=_owner(book, record)) as work:
        records.save(work.connection, "addresses", record, clean)
    return work.done


def delete(book: Book, record: int) -> Changes:
    """Delete an address."""
    with book.work(N_("Delete an address of {name}"), name=_owner(book, record)) as work:
        records.remove(work.connection, "addresses", [record])
    return work.done


def _checked(values: Mapping[str, object]) -> dict[str, fields.Value]:
    clean = fields.checked(FIELDS, values)
    if not any(clean.get(key) for key in ("street", "postcode", "city", "region", "country")):
        raise InvalidInput(N_("An address needs a street or a place. Nothing was saved."), "street")
    return clean


def _owner(book: Book, record: int) -> str:
    """The name of who an address belongs to; NotFound if it is gone."""
    with book.read() as connection:
        row = records.get(connection, "addresses", record)
        table, owner = ("customers", "customer_id") if row["customer_id"] else ("contacts", "contact_id")
        return records.title(connection, table, row[owner])
