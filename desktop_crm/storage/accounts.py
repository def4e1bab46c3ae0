"""The credit book's sums: balances of all customers, and the sales and payments of one."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sqlalchemy import Connection

from desktop_crm.domain.accounts import Charge, Movement, Taking
from desktop_crm.storage.conditions import as_day
from desktop_crm.storage.receipts import printed

# Each reads its own index of the book alone; without a hint SQLite takes the status' index and looks up every deal.
_SOLD = ("SELECT customer_id, sum(amount) AS amount FROM deals INDEXED BY deals_account WHERE on_account = 1 "
         "AND status = 'won' AND customer_id IS NOT NULL AND currency = {currency} GROUP BY customer_id")
_PAID = ("SELECT customer_id, sum(amount) AS amount FROM payments INDEXED BY payments_account WHERE on_account = 1 "
         "AND received_on IS NOT NULL AND customer_id IS NOT NULL AND currency = {currency} GROUP BY customer_id")
_BOOK = (f"SELECT customer_id, sum(amount) AS owed FROM (SELECT customer_id, amount FROM ({_SOLD}) "
         f"UNION ALL SELECT customer_id, -amount FROM ({_PAID})) GROUP BY 1")
OWING = f"SELECT customer_id FROM ({_BOOK}) WHERE owed > 0"
"""The ids of who owes something, `{currency}` to be filled in as SQL."""
_SOLD_TO = ("coalesce((SELECT sum(amount) FROM deals WHERE on_account = 1 AND status = 'won' "
            "AND customer_id = {customer} AND currency = {currency}), 0)")
_PAID_BY = ("coalesce((SELECT sum(amount) FROM payments WHERE on_account = 1 AND received_on IS NOT NULL "
            "AND customer_id = {customer} AND currency = {currency}), 0)")
OWED_BY = f"({_SOLD_TO} - {_PAID_BY})"
"""What one customer owes, `{customer}` and `{currency}` to be filled in as SQL."""

OWES = f"{_SOLD_TO} > {_PAID_BY}"
"""Whether a customer owes anything; a list finds its first rows by it without the balances of all others."""


def balances(connection: Connection, currency: str) -> dict[int, int]:
    """What each customer owes (minor units; below zero: has in credit); those with nothing are left out."""
    cursor = connection.connection.cursor()  # the driver's own rows: SQLAlchemy's cost as much again as the sums
    owed: dict[int, int] = dict(cursor.execute(_SOLD.format(currency="?"), (currency,)))
    for customer, paid in cursor.execute(_PAID.format(currency="?"), (currency,)):
        owed[customer] = owed.get(customer, 0) - paid
    return {customer: amount for customer, amount in owed.items() if amount}


def balance(connection: Connection, customer: int, currency: str) -> int:
    """What one customer owes, minor units."""
    return int(connection.exec_driver_sql(
        "SELECT " + OWED_BY.format(customer="?1", currency="?2"), (customer, currency)).scalar_one())


def on_the_way(connection: Connection, customer: int, currency: str) -> int:
    """The sum of a customer's cheques in hand and deliveries to be collected, minor units."""
    return int(connection.exec_driver_sql(
        "SELECT coalesce(sum(amount), 0) FROM payments WHERE customer_id = ? AND currency = ? AND on_account = 1 "
        "AND received_on IS NULL AND state IN ('cod', 'held', 'deposited')", (customer, currency)).scalar_one())


def charges(connection: Connection, customer: int, currency: str) -> list[Charge]:
    """A customer's sales on account with what was paid of each; returns have an amount below zero."""
    planned: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for deal, due, amount in connection.exec_driver_sql(
            "SELECT deal_id, due_on, amount FROM payments WHERE customer_id = ? AND currency = ? AND on_account = 1 "
            "AND deal_id IS NOT NULL AND received_on IS NULL AND state IS NULL AND due_on IS NOT NULL "
            "ORDER BY due_on, id", (customer, currency)):
        planned[deal].append((date.fromisoformat(due), amount))
    rows = connection.exec_driver_sql(
        "SELECT d.id, d.name, coalesce(d.closed_on, d.created_on), d.amount, coalesce((SELECT sum(p.amount) "
        "FROM payments p WHERE p.deal_id = d.id AND p.on_account = 1 AND p.received_on IS NOT NULL "
        "AND p.currency = ?2), 0) FROM deals d WHERE d.on_account = 1 AND d.status = 'won' AND d.customer_id = ?1 "
        "AND d.currency = ?2 AND d.amount IS NOT NULL", (customer, currency))
    return [Charge(row[0], row[1], date.fromisoformat(row[2]), row[3], row[4], tuple(planned.get(row[0], ())))
            for row in rows]


def credit(connection: Connection, customer: int, currency: str) -> int:
    """Money received of a customer that belongs to no sale of the book (advances), minor units."""
    return int(connection.exec_driver_sql(
        "SELECT coalesce(sum(p.amount), 0) FROM payments p WHERE p.customer_id = ?1 AND p.currency = ?2 "
        "AND p.on_account = 1 AND p.received_on IS NOT NULL AND NOT EXISTS (SELECT 1 FROM deals d "
        "WHERE d.id = p.deal_id AND d.on_account = 1 AND d.status = 'won' AND d.customer_id = ?1 "
        "AND d.currency = ?2 AND d.amount IS NOT NULL)", (customer, currency)).scalar_one())


def planned(connection: Connection, deal: int) -> list[tuple[int, int, date | None]]:
    """The planned payments of a sale that no money has come for: id, amount, due day, in the order they are due."""
    return [(row[0], row[1], as_day(row[2])) for row in connection.exec_driver_sql(
        "SELECT id, amount, due_on FROM payments WHERE deal_id = ? AND received_on IS NULL AND state IS NULL "
        "ORDER BY due_on IS NULL, due_on, id", (deal,))]


def owed_of(connection: Connection, deal: int) -> int:
    """What is still owed of one sale after what was paid for it and what came back of it, minor units."""
    return int(connection.exec_driver_sql(
        "SELECT coalesce(sum(d.amount - coalesce((SELECT sum(p.amount) FROM payments p WHERE p.deal_id = d.id "
        "AND p.on_account = 1 AND p.received_on IS NOT NULL), 0)), 0) FROM deals d WHERE d.id = ?1 "
        "OR d.return_of_id = ?1", (deal,)).scalar_one())


def takings(connection: Connection, customer: int, currency: str, limit: int) -> list[Taking]:
    """A customer's money that came, is on its way or bounced, newest first, at most `limit`."""
    rows = connection.exec_driver_sql(
        "SELECT coalesce(p.taking, ''), min(p.id), sum(p.amount), p.method, p.state, p.received_on, min(p.due_on), "
        "max(p.name), (SELECT r.series || '/' || r.number FROM receipts r WHERE r.taking = p.taking "
        "AND r.voided_at IS NULL) FROM payments p WHERE p.customer_id = ? AND p.currency = ? AND p.on_account = 1 "
        "AND (p.received_on IS NOT NULL OR p.state IS NOT NULL) GROUP BY coalesce(p.taking, 'row ' || p.id), p.state, "
        "p.received_on ORDER BY coalesce(p.received_on, p.due_on) DESC, min(p.id) DESC LIMIT ?",
        (customer, currency, limit))
    return [Taking(row[0], row[1], row[2], row[3], row[4], as_day(row[5]), as_day(row[6]), row[7] or "",
                   _printed(row[8])) for row in rows]


def _printed(number: str | None) -> str | None:
    """A receipt's number as it is printed, out of "series/number"."""
    if number is None:
        return None
    series, _, bare = number.rpartition("/")
    return printed(series, int(bare))


def taking(connection: Connection, name: str) -> list[int]:
    """The ids of the payments that came at once."""
    return [row[0] for row in connection.exec_driver_sql("SELECT id FROM payments WHERE taking = ? ORDER BY id",
                                                         (name,))]


def movements(connection: Connection, customer: int, currency: str) -> list[Movement]:
    """Every sale, return and payment of a customer's account, oldest first."""
    sales = connection.exec_driver_sql(
        "SELECT coalesce(closed_on, created_on), name, amount, id FROM deals WHERE on_account = 1 AND status = 'won' "
        "AND customer_id = ? AND currency = ? AND amount IS NOT NULL", (customer, currency))
    found = [(row[0], 0, row[3], Movement(date.fromisoformat(row[0]), row[1], row[2], 0,
                                         "sale" if row[2] >= 0 else "return")) for row in sales]
    payments = connection.exec_driver_sql(
        "SELECT received_on, sum(amount), method, min(id), max(name) FROM payments WHERE on_account = 1 "
        "AND customer_id = ? AND currency = ? AND received_on IS NOT NULL GROUP BY received_on, "
        "coalesce(taking, 'row ' || id)", (customer, currency))
    found += [(row[0], 1, row[3], Movement(date.fromisoformat(row[0]), row[2] or row[4] or "", 0, row[1],
                                          "payment" if row[1] >= 0 else "refund")) for row in payments]
    return [move for *_, move in sorted(found, key=lambda item: item[:3])]
