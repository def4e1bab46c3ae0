"""What goes along when customers are handed over, and whose work is late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from desktop_crm.domain.handover import GivenDeal, GivenTask, LateDeal, Note
from desktop_crm.storage import pool
from desktop_crm.storage.conditions import as_day, by_ids

_CHUNK = 5_000  # ids in one statement: SQLite bounds its variables
_DEALS = "SELECT d.id, d.seller_id FROM deals d WHERE d.status = 'open' AND d.customer_id IN :ids ORDER BY d.id"
_TASKS = ("SELECT t.id, t.seller_id FROM tasks t LEFT JOIN deals d ON d.id = t.deal_id WHERE t.done_on IS NULL "
          "AND coalesce(t.customer_id, d.customer_id) IN :ids ORDER BY t.id")
_LATE = """SELECT d.customer_id, d.name, s.name, CAST(julianday(?1) - julianday(d.stage_on) AS INTEGER), s.day_limit,
  coalesce(c.seller_id, d.seller_id) FROM deals d JOIN stages s ON s.id = d.stage_id
JOIN customers c ON c.id = d.customer_id WHERE d.status = 'open'
  AND julianday(?1) - julianday(d.stage_on) > s.day_limit ORDER BY d.stage_on, d.id"""
_OVERDUE = """SELECT c.id, count(*), min(t.due_on), coalesce(c.seller_id, min(t.seller_id))
FROM tasks t LEFT JOIN deals d ON d.id = t.deal_id JOIN customers c ON c.id = coalesce(t.customer_id, d.customer_id)
WHERE t.done_on IS NULL AND t.due_on < ? GROUP BY c.id"""
_OPEN_DEALS = """SELECT d.customer_id, d.name, s.name, d.amount, d.currency, d.expected_on, d.seller_id,
  coalesce(w.name, '') FROM deals d JOIN stages s ON s.id = d.stage_id LEFT JOIN sellers w ON w.id = d.seller_id
WHERE d.status = 'open' AND d.customer_id IN :ids ORDER BY d.stage_on, d.id"""
_OPEN_TASKS = """SELECT coalesce(t.customer_id, d.customer_id), t.name, t.due_on, t.due_time, t.seller_id,
  coalesce(w.name, '') FROM tasks t LEFT JOIN deals d ON d.id = t.deal_id LEFT JOIN sellers w ON w.id = t.seller_id
WHERE t.done_on IS NULL AND coalesce(t.customer_id, d.customer_id) IN :ids
ORDER BY t.due_on IS NULL, t.due_on, t.due_time IS NULL, t.due_time, t.id"""
_NOTES = """SELECT customer_id, on_date, kind, name FROM (SELECT a.*, row_number() OVER (PARTITION BY a.customer_id
  ORDER BY a.on_date DESC, a.id DESC) AS place FROM activities a WHERE a.customer_id IN :ids AND a.state = 'held'
  AND a.name <> '') WHERE place <= :most ORDER BY customer_id, place"""


class Late(NamedTuple):
    """What is late of one customer: whose it is (None: nobody's), deals over their limit, overdue tasks."""

    seller: int | None
    deals: tuple[LateDeal, ...]
    overdue: int
    oldest: date | None


def late(connection: Connection, today: date) -> dict[int, Late]:
    """What is late, by customer, of its deals' tasks too; its seller is the customer's, else that of deal or task."""
    deals: dict[int, list[LateDeal]] = defaultdict(list)
    sellers: dict[int, int | None] = {}
    for row in connection.exec_driver_sql(_LATE, (today.isoformat(),)):
        deals[row[0]].append(LateDeal(*row[1:5]))
        sellers.setdefault(row[0], row[5])
    tasks: dict[int, tuple[int, date | None]] = {}
    for customer, count, oldest, seller in connection.exec_driver_sql(_OVERDUE, (today.isoformat(),)):
        tasks[customer] = (count, as_day(oldest))
        sellers[customer] = sellers.get(customer) or seller
    return {customer: Late(seller, tuple(deals.get(customer, ())), *tasks.get(customer, (0, None)))
            for customer, seller in sellers.items()}


def loads(connection: Connection) -> dict[int, int]:
    """How many open leads and open deals each seller has together, by id."""
    found = pool.loads(connection)
    for seller, count in connection.exec_driver_sql(
            "SELECT seller_id, count(*) FROM deals WHERE status = 'open' AND seller_id IS NOT NULL GROUP BY seller_id"):
        found[seller] = found.get(seller, 0) + count
    return found


def customers_of(connection: Connection, seller: int) -> list[int]:
    """The customers that are a seller's, or with whom that seller has an open deal or task."""
    return list(connection.exec_driver_sql(
        "SELECT id FROM customers WHERE seller_id = ?1 UNION SELECT customer_id FROM deals WHERE seller_id = ?1 "
        "AND status = 'open' AND customer_id IS NOT NULL UNION SELECT coalesce(t.customer_id, d.customer_id) AS owner "
        "FROM tasks t LEFT JOIN deals d ON d.id = t.deal_id WHERE t.seller_id = ?1 AND t.done_on IS NULL "
        "AND owner IS NOT NULL ORDER BY 1", (seller,)).scalars())


def owners(connection: Connection, ids: Sequence[int]) -> dict[int, int | None]:
    """Whose each of some customers is, in the order given; those that are gone are left out."""
    found: dict[int, int | None] = {}
    for part in _parts(ids):
        rows = {row[0]: row[1] for row in by_ids(connection, "SELECT id, seller_id FROM customers WHERE id IN :ids",
                                                 part)}
        found |= {key: rows[key] for key in part if key in rows}
    return found


def open_deals(connection: Connection, ids: Sequence[int]) -> list[tuple[int, int | None]]:
    """The open deals of some customers, and whose each is."""
    return [(row[0], row[1]) for part in _parts(ids) for row in by_ids(connection, _DEALS, part)]


def open_tasks(connection: Connection, ids: Sequence[int]) -> list[tuple[int, int | None]]:
    """The open tasks of some customers or of their deals, and whose each is."""
    return [(row[0], row[1]) for part in _parts(ids) for row in by_ids(connection, _TASKS, part)]


def deals_of(connection: Connection, ids: Sequence[int], to: int) -> dict[int, tuple[GivenDeal, ...]]:
    """The open deals of some customers, by customer, the longest in its stage first; `to` is who gets them."""
    found: dict[int, list[GivenDeal]] = defaultdict(list)
    for part in _parts(ids):
        for row in by_ids(connection, _OPEN_DEALS, part):
            found[row[0]].append(GivenDeal(row[1], row[2], row[3], row[4], as_day(row[5]),
                                           "" if row[6] == to else row[7]))
    return {key: tuple(items) for key, items in found.items()}


def tasks_of(connection: Connection, ids: Sequence[int], to: int) -> dict[int, tuple[GivenTask, ...]]:
    """The open tasks of some customers, by customer, the first due first; `to` is who gets them."""
    found: dict[int, list[GivenTask]] = defaultdict(list)
    for part in _parts(ids):
        for row in by_ids(connection, _OPEN_TASKS, part):
            found[row[0]].append(GivenTask(row[1], as_day(row[2]), row[3], "" if row[4] == to else row[5]))
    return {key: tuple(items) for key, items in found.items()}


def notes_of(connection: Connection, ids: Sequence[int], most: int) -> dict[int, tuple[Note, ...]]:
    """The newest `most` held activities of some customers that say something, by customer, newest first."""
    found: dict[int, list[Note]] = defaultdict(list)
    for part in _parts(ids):
        for row in by_ids(connection, _NOTES.replace(":most", str(int(most))), part):
            found[row[0]].append(Note(as_day(row[1]), row[2], row[3]))
    return {key: tuple(items) for key, items in found.items()}


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for first in range(0, len(ids), _CHUNK):
        yield ids[first:first + _CHUNK]
