"""Assignment rules: read, and asked which leads pass them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection

from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.storage import customers
from desktop_crm.storage.conditions import ids

_CHUNK = 5_000  # ids in one statement: SQLite bounds its variables


def any_rules(connection: Connection) -> bool:
    """Whether the file has a rule at all; asked of the driver itself at every new lead."""
    cursor = connection.connection.cursor()
    return cursor.execute("SELECT 1 FROM assignment_rules LIMIT 1").fetchone() is not None


def rules(connection: Connection) -> list[tuple[Any, ...]]:
    """Every rule in its order: id, name, filter (JSON), seller's id, most open leads, position, seller's name."""
    return [tuple(row) for row in connection.exec_driver_sql(
        "SELECT r.id, r.name, r.filter, r.seller_id, r.most, r.position, s.name FROM assignment_rules r "
        "LEFT JOIN sellers s ON s.id = r.seller_id ORDER BY r.position, r.id")]


def passing(connection: Connection, wanted: CustomerFilter, of: Sequence[int], today: date) -> set[int]:
    """Which of some customers pass a filter."""
    found: set[int] = set()
    for first in range(0, len(of), _CHUNK):
        where = customers.where(connection, wanted, today, of[first:first + _CHUNK])
        found.update(ids(connection, where, "SELECT customers.id FROM customers", "customers.id"))
    return found
