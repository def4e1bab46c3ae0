"""Open leads with and without a seller: how many each seller has, which lie idle, what a list of them shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Connection

from desktop_crm.domain.pool import CLOSED, SELLER, PoolRow
from desktop_crm.storage import customers, data_health, records, uids
from desktop_crm.storage.conditions import as_day, by_ids

OPEN = f"c.state = 'lead' AND coalesce(c.lead_state, '') NOT IN {CLOSED!r}"
"""That the customer `c` is a lead with whom something is to be done."""
TOUCHED = (f"max({data_health.TOUCHED_ON}, coalesce((SELECT max(v.on_date) FROM state_moves v "
           "WHERE v.customer_id = c.id), ''), coalesce((SELECT max(m.on_date) FROM deals d JOIN stage_moves m "
           "ON m.deal_id = d.id WHERE d.customer_id = c.id), ''))")
"""The day on which something last happened with the lead `c`, ISO ("" if none is known): what data health counts as a
touch, a change of its state or seller, a move of one of its deals."""
_ROWS = f"""SELECT c.id, c.name, c.lead_state, c.heat, h.name AS source, c.region, c.seller_id, s.name AS seller,
  (SELECT f.name FROM state_moves v JOIN sellers f ON f.id = CAST(v.before AS INTEGER) WHERE v.customer_id = c.id
   AND v.field = '{SELLER}' AND c.seller_id IS NULL ORDER BY v.id DESC LIMIT 1) AS former, {TOUCHED} AS touched_on,
  c.created_on FROM customers c LEFT JOIN sellers s ON s.id = c.seller_id LEFT JOIN choices h ON h.id = c.source_id
WHERE c.id IN :ids"""


def loads(connection: Connection) -> dict[int, int]:
    """How many open leads each seller has, by id; sellers without any left out."""
    return {row[0]: row[1] for row in connection.exec_driver_sql(
        f"SELECT c.seller_id, count(*) FROM customers c WHERE c.seller_id IS NOT NULL AND {OPEN} GROUP BY c.seller_id")}


def waiting(connection: Connection) -> list[int]:
    """The ids of the open leads without a seller, the newest first."""
    return list(connection.exec_driver_sql(
        f"SELECT c.id FROM customers c WHERE c.seller_id IS NULL AND {OPEN} "
        "ORDER BY c.created_on IS NULL, c.created_on DESC, c.id DESC").scalars())


_SINCE = " AND ".join(f"NOT EXISTS ({one})" for one in (  # a look past one day is quicker than the newest of all
    "SELECT 1 FROM activities a WHERE a.customer_id = c.id AND a.state = 'held' AND a.on_date > ?1",
    "SELECT 1 FROM deals d WHERE d.customer_id = c.id AND (d.created_on > ?1 OR d.closed_on > ?1)",
    "SELECT 1 FROM payments p WHERE p.customer_id = c.id AND p.received_on > ?1",
    "SELECT 1 FROM state_moves v WHERE v.customer_id = c.id AND v.on_date > ?1",
    "SELECT 1 FROM deals d JOIN stage_moves m ON m.deal_id = d.id WHERE d.customer_id = c.id AND m.on_date > ?1"))


def idle(connection: Connection, since: date, *, ordered: bool = True) -> list[int]:
    """The ids of the open leads with a seller with whom nothing has happened after a day, the longest idle first.

    Of one without any known day, that on which it was written here counts. Without `ordered` they come as they stand,
    three times as quickly.
    """
    found = connection.exec_driver_sql(
        f"SELECT c.id FROM customers c WHERE c.seller_id IS NOT NULL AND coalesce(c.created_on, '') <= ?1 AND {OPEN} "
        f"AND {_SINCE} AND (c.created_on IS NOT NULL OR c.uid < ?2 OR {TOUCHED} <> '') "
        f"ORDER BY {f'{TOUCHED}, ' if ordered else ''}c.id", (since.isoformat(), uids.last_of(since)))
    return list(found.scalars())


def open_of(connection: Connection, ids: Sequence[int], *, owned: bool) -> dict[int, str]:
    """Of some customers the open leads that have a seller (`owned`) or none, with their names, in the order given."""
    has = "IS NOT NULL" if owned else "IS NULL"
    found = {row[0]: row[1] for row in by_ids(
        connection, f"SELECT c.id, c.name FROM customers c WHERE c.id IN :ids AND c.seller_id {has} AND {OPEN}", ids)}
    return {key: found[key] for key in dict.fromkeys(ids) if key in found}


def rows(connection: Connection, ids: Sequence[int]) -> list[PoolRow]:
    """What a list of leads shows, in the order asked for; ids that are gone are left out."""
    found: Mapping[int, PoolRow] = {row.id: PoolRow(
        row.id, row.name, row.lead_state, row.heat, row.source, row.region, row.seller_id, row.seller, row.former,
        as_day(row.touched_on or None), as_day(row.created_on)) for row in by_ids(connection, _ROWS, ids)}
    return [found[key] for key in ids if key in found]


def log_seller(connection: Connection, customer: int, before: int | None, after: int | None, on: date,
               at: datetime) -> None:
    """Note in the log of states that a lead has another seller (by id); of other customers nothing is noted."""
    if records.text(connection, "customers", customer, "state") == "lead":
        had, has = (None if seller is None else str(seller) for seller in (before, after))
        customers.log_state(connection, customer, SELLER, had, has, on, at)
