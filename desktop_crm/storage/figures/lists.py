"""The rows of the list reports, straight from the filters that the lists of the tabs have too."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import Connection, TextClause

from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.deals import DealFilter
from desktop_crm.domain.figures import CustomerItem, DealItem, TaskItem
from desktop_crm.domain.tasks import TaskFilter
from desktop_crm.storage import customers as customer_list
from desktop_crm.storage import deals as deal_list
from desktop_crm.storage import tasks as task_list
from desktop_crm.storage.conditions import as_day


def _all(connection: Connection, statement: TextClause, *days: int) -> list[list[Any]]:
    """The rows, with the days at the given places as dates."""
    rows = [list(row) for row in connection.execute(statement).all()]
    for row in rows:
        for place in days:
            row[place] = as_day(row[place])
    return rows


_DEALS = """SELECT deals.id, deals.name, c.name, s.name, st.name, deals.status, deals.amount, deals.currency,
  st.probability, h.name, deals.created_on, deals.expected_on, deals.closed_on, r.name, coalesce(r.code = 'mistake', 0)
FROM deals JOIN stages st ON st.id = deals.stage_id LEFT JOIN customers c ON c.id = deals.customer_id
LEFT JOIN sellers s ON s.id = deals.seller_id LEFT JOIN choices h ON h.id = deals.source_id
LEFT JOIN choices r ON r.id = deals.lost_reason_id AND deals.status = 'lost'"""


def deals(connection: Connection, wanted: DealFilter, today: date) -> tuple[DealItem, ...]:
    """The deals that pass the filter, oldest first, undated ones last."""
    found = deal_list.where(wanted, today).query(
        _DEALS, "ORDER BY deals.created_on IS NULL, deals.created_on, deals.id")
    return tuple(DealItem(*row) for row in _all(connection, found, 10, 11, 12))


_TASKS = """SELECT tasks.id, tasks.name, tasks.kind, tasks.due_on, tasks.due_time, tasks.minutes, tasks.done_on, c.name,
  d.name, s.name
FROM tasks LEFT JOIN customers c ON c.id = tasks.customer_id LEFT JOIN deals d ON d.id = tasks.deal_id
LEFT JOIN sellers s ON s.id = tasks.seller_id"""


def tasks(connection: Connection, wanted: TaskFilter) -> tuple[TaskItem, ...]:
    """The tasks that pass the filter, by their due day and time, undated ones last."""
    found = task_list.where(wanted).query(
        _TASKS, "ORDER BY tasks.due_on IS NULL, tasks.due_on, tasks.due_time IS NULL, tasks.due_time, tasks.id")
    return tuple(TaskItem(*row) for row in _all(connection, found, 3, 6))


_CUSTOMERS = """SELECT customers.id, customers.name, customers.state, customers.heat, customers.seller_id, s.name,
  nullif(customers.region, ''), nullif(customers.industry, ''), customers.source_id, h.name,
  (SELECT value FROM channels n WHERE n.customer_id = customers.id AND n.kind = 'phone'
   ORDER BY preferred DESC, position, id LIMIT 1),
  customers.created_on,
  (SELECT max(on_date) FROM activities a WHERE a.customer_id = customers.id AND a.state = 'held'),
  coalesce(d.still, 0), coalesce(d.won, 0), coalesce(d.amount, 0), coalesce(p.paid, 0)
FROM customers LEFT JOIN sellers s ON s.id = customers.seller_id LEFT JOIN choices h ON h.id = customers.source_id
LEFT JOIN (SELECT customer_id, sum(status = 'open') AS still, sum(status = 'won' AND coalesce(amount, 0) >= 0) AS won,
    sum(CASE WHEN status = 'won' AND currency = :currency THEN amount END) AS amount
  FROM deals GROUP BY customer_id) d ON d.customer_id = customers.id
LEFT JOIN (SELECT customer_id, sum(amount) AS paid FROM payments
  WHERE received_on IS NOT NULL AND currency = :currency GROUP BY customer_id) p ON p.customer_id = customers.id"""


def customers(connection: Connection, wanted: CustomerFilter, today: date, currency: str) -> tuple[CustomerItem, ...]:
    """The customers that pass the filter, in human order; sums over the whole file in `currency` only."""
    found = customer_list.where(connection, wanted, today)
    statement = found.query(_CUSTOMERS, "ORDER BY customers.name_sort, customers.id")
    return tuple(CustomerItem(*row) for row in _all(connection, statement.bindparams(currency=currency), 11, 12))
