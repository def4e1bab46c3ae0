"""What a user does with the list of sellers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_crm.domain import fields
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import N_
from desktop_crm.domain.sellers import FIELDS, SellerRow
from desktop_crm.services.book import Book
from desktop_crm.storage import records, sellers


def all_sellers(book: Book) -> list[SellerRow]:
    """Every seller, ascending id."""
    with book.read() as connection:
        return sellers.sellers(connection)


def add(book: Book, values: Mapping[str, object]) -> int:
    """Add a seller and return its id."""
    clean = {"active": True, **fields.checked(FIELDS, values, new=True)}
    with book.work(N_("Add seller {name}"), name=clean["name"]) as work:
        return records.add(work.connection, "sellers", clean)


def edit(book: Book, seller: int, values: Mapping[str, object]) -> Changes:
    """Change a seller's fields."""
    clean = fields.checked(FIELDS, values)
    with book.read() as connection:
        name = records.title(connection, "sellers", seller)
    with book.work(N_("Edit seller {name}"), name=name) as work:
        records.save(work.connection, "sellers", seller, clean)
    return work.done


def delete(book: Book, ids: Sequence[int]) -> Changes:
    """Delete sellers; what they sold stays, without a seller."""
    with book.work(N_("Delete {count} sellers"), count=len(ids)) as work:
        records.remove(work.connection, "sellers", ids)
    return work.done
