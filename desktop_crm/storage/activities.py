"""Activities: lists and rows, and the pieces of a customer's timeline."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from desktop_crm.domain.activities import ActivityFilter, ActivityRow
from desktop_crm.storage.conditions import Where, as_day, by_ids, ids, named

_ORDERS = {"id": "activities.id", "on": "activities.on_date", "kind": "activities.kind"}


def where(wanted: ActivityFilter) -> Where:
    """The filter as conditions on `activities`."""
    found = Where()
    found.search("activities", wanted.search)
    found.any("activities.kind", wanted.kinds)
    found.any("activities.state", wanted.states)
    found.any("activities.seller_id", wanted.sellers)
    found.any("activities.customer_id", wanted.customers)
    found.any("activities.id", wanted.ids)
    found.period("activities.on_date", wanted.on)
    return found


def list_ids(connection: Connection, wanted: ActivityFilter, sort: str = "id", descending: bool = False,
             limit: int | None = None) -> list[int]:
    """Ids of the activities that pass the filter, sorted, ties by id."""
    direction = "DESC" if descending else "ASC"
    return ids(connection, where(wanted), "SELECT activities.id FROM activities",
               f"{_ORDERS[sort]} {direction}, activities.id {direction}", limit)


_ROW = """SELECT a.id, a.name, a.kind, a.direction, a.state, a.on_date, a.at, a.minutes, a.customer_id,
  c.name AS customer, a.deal_id, s.name AS seller
FROM activities a LEFT JOIN customers c ON c.id = a.customer_id LEFT JOIN sellers s ON s.id = a.seller_id
WHERE a.id IN :ids"""


def rows(connection: Connection, wanted: Sequence[int]) -> list[ActivityRow]:
    """List rows by id, in the order asked for; ids that are gone are left out."""
    found = {row[0]: ActivityRow(**named(row, on_date=as_day(row.on_date),
                                        at=datetime.fromisoformat(row.at) if row.at else None))
             for row in by_ids(connection, _ROW, wanted)}
    return [found[key] for key in wanted if key in found]
