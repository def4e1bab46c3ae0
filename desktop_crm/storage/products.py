"""Products: what deals and lines link to."""

from __future__ import annotations

from sqlalchemy import Connection

from desktop_crm.domain.products import ProductRow
from desktop_crm.storage.conditions import Where, named


def products(connection: Connection, search: str = "", limit: int | None = None) -> list[ProductRow]:
    """The products that match what was typed, ascending id."""
    found = Where()
    found.search("products", search)
    tail = "ORDER BY products.id" + (f" LIMIT {int(limit)}" if limit is not None else "")
    return [ProductRow(**named(row, active=bool(row.active))) for row in connection.execute(found.query(
        "SELECT id, name, line, price, cost, currency, active FROM products", tail))]
