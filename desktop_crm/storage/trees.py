"""The customers that belong to each other, with the sums of each."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from desktop_crm.domain.trees import Member, Sums
from desktop_crm.storage.conditions import by_ids

_ROOT = """WITH RECURSIVE up(id, parent_id, step) AS (
  SELECT id, parent_id, 0 FROM customers WHERE id = ?1
  UNION SELECT c.id, c.parent_id, up.step + 1 FROM customers c JOIN up ON c.id = up.parent_id WHERE up.step < 1000)
SELECT id FROM up ORDER BY step DESC LIMIT 1"""
_BELOW = """WITH RECURSIVE down(id) AS (
  SELECT ?1 UNION SELECT c.id FROM customers c JOIN down ON c.parent_id = down.id) SELECT id FROM down"""


def root(connection: Connection, customer: int) -> int:
    """The customer at the top of the tree that one stands in; itself if it belongs to nobody."""
    return int(connection.exec_driver_sql(_ROOT, (customer,)).scalar() or customer)


def below(connection: Connection, customer: int) -> list[int]:
    """The ids of a customer and of all who belong to it, over any number of steps."""
    return list(connection.exec_driver_sql(_BELOW, (customer,)).scalars())


def members(connection: Connection, wanted: Sequence[int], currency: str) -> list[Member]:
    """Customers by id in human order, with their open deals and the sums open, won and paid in `currency`."""
    deals = {row[0]: row[1:] for row in by_ids(
        connection, "SELECT customer_id, sum(status = 'open'), "
        f"coalesce(sum(CASE WHEN status = 'open' AND currency = '{currency}' THEN amount END), 0), "
        f"coalesce(sum(CASE WHEN status = 'won' AND currency = '{currency}' THEN amount END), 0) "
        "FROM deals WHERE customer_id IN :ids GROUP BY customer_id", wanted)}
    paid = {row[0]: row[1] for row in by_ids(
        connection, "SELECT customer_id, coalesce(sum(amount), 0) FROM payments WHERE customer_id IN :ids "
        f"AND received_on IS NOT NULL AND currency = '{currency}' GROUP BY customer_id", wanted)}
    nothing = (0, 0, 0)
    return [Member(row[0], row[1], row[2], row[3], Sums(*deals.get(row[0], nothing)) + Sums(paid=paid.get(row[0], 0)))
            for row in by_ids(connection, "SELECT id, name, kind, parent_id FROM customers WHERE id IN :ids "
                              "ORDER BY name_sort, id", wanted)]
