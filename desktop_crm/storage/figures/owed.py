"""Who owes: every account that is not paid, with its age, in a handful of statements for all of them together."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from sqlalchemy import Connection

from desktop_crm.domain.accounts import Charge, account_items, ageing
from desktop_crm.domain.figures import OwedItem
from desktop_crm.storage.accounts import OWING, balances
from desktop_crm.storage.conditions import as_day

_OWING = OWING.format(currency="?1")
_CHARGES = f"""SELECT d.customer_id, d.id, d.name, coalesce(d.closed_on, d.created_on), d.amount, coalesce(p.paid, 0)
FROM deals d LEFT JOIN (SELECT deal_id, sum(amount) AS paid FROM payments WHERE on_account = 1
  AND received_on IS NOT NULL AND currency = ?1 AND deal_id IS NOT NULL GROUP BY deal_id) p ON p.deal_id = d.id
WHERE d.on_account = 1 AND d.status = 'won' AND d.currency = ?1 AND d.amount IS NOT NULL
  AND d.customer_id IN ({_OWING})"""
_PLANNED = f"""SELECT deal_id, due_on, amount FROM payments WHERE currency = ?1 AND on_account = 1
  AND deal_id IS NOT NULL AND received_on IS NULL AND state IS NULL AND due_on IS NOT NULL
  AND customer_id IN ({_OWING}) ORDER BY due_on, id"""
_CREDIT = """SELECT p.customer_id, sum(p.amount) FROM payments p WHERE p.currency = ?1 AND p.on_account = 1
  AND p.received_on IS NOT NULL AND p.customer_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM deals d
  WHERE d.id = p.deal_id AND d.on_account = 1 AND d.status = 'won' AND d.customer_id = p.customer_id
  AND d.currency = ?1 AND d.amount IS NOT NULL) GROUP BY p.customer_id"""
_WAY = """SELECT customer_id, sum(amount) FROM payments WHERE currency = ?1 AND on_account = 1
  AND received_on IS NULL AND state IN ('cod', 'held', 'deposited') GROUP BY customer_id"""


def owed(connection: Connection, today: date, currency: str) -> tuple[OwedItem, ...]:
    """Every customer who owes something on the day `today`, most first."""
    debts = {customer: sum_ for customer, sum_ in balances(connection, currency).items() if sum_ > 0}
    charges = _charges(connection, currency)
    credit, way = ({row[0]: row[1] for row in connection.exec_driver_sql(statement, (currency,))}
                   for statement in (_CREDIT, _WAY))
    found = []
    for customer, name, limit, promised in connection.exec_driver_sql(
            f"SELECT id, name, credit_limit, promised_on FROM customers WHERE id IN ({_OWING})", (currency,)):
        items = account_items(charges[customer], credit.get(customer, 0))
        found.append(OwedItem(customer, name, debts[customer], ageing(items, today), way.get(customer, 0), limit,
                              as_day(promised), min((item.on for item in items), default=None)))
    return tuple(sorted(found, key=lambda item: (-item.owed, item.id)))


def _charges(connection: Connection, currency: str) -> dict[int, list[Charge]]:
    """The sales on account of those who owe, by customer."""
    planned: dict[int, list[tuple[date, int]]] = defaultdict(list)
    for deal, due, amount in connection.exec_driver_sql(_PLANNED, (currency,)):
        planned[deal].append((date.fromisoformat(due), amount))
    found: dict[int, list[Charge]] = defaultdict(list)
    for customer, deal, name, on, amount, paid in connection.exec_driver_sql(_CHARGES, (currency,)):
        found[customer].append(Charge(deal, name, date.fromisoformat(on), amount, paid, tuple(planned.get(deal, ()))))
    return found
