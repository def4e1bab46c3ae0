"""What a user does with products."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_crm.domain import fields
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import N_
from desktop_crm.domain.products import FIELDS, ProductRow
from desktop_crm.services.book import Book
from desktop_crm.storage import products, records


def all_products(book: Book, search: str = "", limit: int | None = None) -> list[ProductRow]:
    """The products that match what was typed, ascending id."""
    with book.read() as connection:
        return products.products(connection, search, limit)


def add(book: Book, values: Mapping[str, object]) -> int:
    """Add a product and return its id."""
    clean = {"active": True, **fields.checked(FIELDS, values, new=True)}
    with book.work(N_("Add product {name}"), name=clean["name"]) as work:
        return records.add(work.connection, "products", {**clean, "currency": book.currency})


def edit(book: Book, product: int, values: Mapping[str, object]) -> Changes:
    """Change a product's fields."""
    clean = fields.checked(FIELDS, values)
    with book.read() as connection:
        name = records.title(connection, "products", product)
    with book.work(N_("Edit product {name}"), name=name) as work:
        records.save(work.connection, "products", product, clean)
    return work.done


def delete(book: Book, ids: Sequence[int]) -> Changes:
    """Delete products; the lines that had them keep name and amount, without a product."""
    with book.work(N_("Delete {count} products"), count=len(ids)) as work:
        products.leave_names(work.connection, ids)
        records.remove(work.connection, "products", ids)
    return work.done
