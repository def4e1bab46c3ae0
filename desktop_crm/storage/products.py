"""Products: what deals and lines link to."""

from __future__ import annotations

from collections.abc import Sequence

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


def leave_names(connection: Connection, ids: Sequence[int]) -> None:
    """Write the names of products onto the deal lines that have them, for when the products go."""
    for product in ids:
        connection.exec_driver_sql(
            "UPDATE deal_lines SET name = (SELECT name FROM products WHERE id = ?1) WHERE product_id = ?1", (product,))
