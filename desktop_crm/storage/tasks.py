"""Tasks: lists and rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, or_, update

from desktop_crm.domain.tasks import TaskFilter, TaskRow
from desktop_crm.storage import records
from desktop_crm.storage.conditions import Where, as_day, by_ids, ids, named

_CHUNK = 5_000  # ids in one statement: SQLite bounds its variables

_ORDERS = {
    "id": "tasks.id", "due": "tasks.due_on IS NULL, tasks.due_on {0}, tasks.due_time IS NULL, tasks.due_time {0}",
    "name": "tasks.name_fold {0}", "kind": "tasks.kind {0}", "done": "tasks.done_on {0}",
    "customer": "c.name_sort IS NULL, c.name_sort {0}",
}


def where(wanted: TaskFilter) -> Where:
    """The filter as conditions on `tasks`."""
    found = Where()
    found.search("tasks", wanted.search)
    found.any("tasks.seller_id", wanted.sellers)
    found.any("tasks.kind", wanted.kinds)
    found.any("tasks.customer_id", wanted.customers)
    found.any("tasks.deal_id", wanted.deals)
    found.any("tasks.id", wanted.ids)
    found.period("tasks.due_on", wanted.due)
    found.period("tasks.done_on", wanted.done)
    if wanted.open_only:
        found.add("tasks.done_on IS NULL")
    if wanted.done_only:
        found.add("tasks.done_on IS NOT NULL")
    if wanted.overdue_at is not None:
        found.add("tasks.due_on < :overdue_at AND (tasks.done_on IS NULL OR tasks.done_on >= :overdue_at)",
                  overdue_at=wanted.overdue_at.isoformat())
    return found


def list_ids(connection: Connection, wanted: TaskFilter, sort: str = "due", descending: bool = False,
             limit: int | None = None) -> list[int]:
    """Ids of the tasks that pass the filter, sorted; undated ones last, ties by id."""
    direction = "DESC" if descending else "ASC"
    join = "LEFT JOIN customers c ON c.id = tasks.customer_id" if sort == "customer" else ""
    order = _ORDERS[sort].format(direction) if sort != "id" else f"tasks.id {direction}"
    return ids(connection, where(wanted), f"SELECT tasks.id FROM tasks {join}", f"{order}, tasks.id", limit)


def count(connection: Connection, wanted: TaskFilter) -> int:
    """How many tasks pass the filter."""
    return int(connection.execute(where(wanted).query("SELECT count(*) FROM tasks")).scalar_one())


def open_by_due(connection: Connection, wanted: TaskFilter) -> tuple[list[int], list[str | None]]:
    """Ids and due days (ISO) of the open tasks: undated ones first, then by day, by time, at any time last.

    The order is the index's own; sorting 100,000 rows by anything else takes twice as long.
    """
    found = where(wanted)
    found.add("tasks.done_on IS NULL")
    rows = connection.execute(found.query("SELECT tasks.id, tasks.due_on FROM tasks",
                                          "ORDER BY tasks.due_on, coalesce(tasks.due_time, '99'), tasks.id")).all()
    return [row[0] for row in rows], [row[1] for row in rows]


def done_ids(connection: Connection, wanted: TaskFilter, since: date | None) -> list[int]:
    """Ids of the tasks done since a day (None: ever), the newest day first, then by due time."""
    found = where(wanted)
    found.add("tasks.done_on IS NOT NULL")
    if since is not None:
        found.add("tasks.done_on >= :since", since=since.isoformat())
    return ids(connection, found, "SELECT tasks.id FROM tasks",
               "tasks.done_on DESC, tasks.due_time IS NULL, tasks.due_time, tasks.id")


def timed(connection: Connection, days: Iterable[date]) -> list[TaskRow]:
    """The open tasks of some days that have a time: those that can clash."""
    found = Where()
    found.add("tasks.done_on IS NULL AND tasks.due_time IS NOT NULL")
    found.any("tasks.due_on", [day.isoformat() for day in days])
    return rows(connection, ids(connection, found, "SELECT tasks.id FROM tasks", "tasks.id"))


def change(connection: Connection, wanted: Sequence[int], values: Mapping[str, Any], *,
           only: bool | None = None) -> None:
    """Set the same plain columns (no folded one) of many tasks at once, where they differ.

    `only` narrows to those that are done (True) or open (False).
    """
    target = records.table("tasks")
    differs = or_(*(target.c[key].is_distinct_from(value) for key, value in values.items()))
    state = [] if only is None else [target.c.done_on.is_not(None) if only else target.c.done_on.is_(None)]
    for first in range(0, len(wanted), _CHUNK):
        chosen = target.c.id.in_(wanted[first:first + _CHUNK])
        connection.execute(update(target).where(chosen, differs, *state).values(**values))


def remove(connection: Connection, wanted: Sequence[int]) -> None:
    """Delete any number of tasks."""
    for first in range(0, len(wanted), _CHUNK):
        records.remove(connection, "tasks", wanted[first:first + _CHUNK])


_ROW = """SELECT t.id, t.name, t.kind, t.due_on, t.due_time, t.minutes, t.important, t.urgent, t.done_on, t.customer_id,
  c.name AS customer, t.deal_id, d.name AS deal, s.name AS seller, t.seller_id, t.ring_at
FROM tasks t LEFT JOIN customers c ON c.id = t.customer_id LEFT JOIN deals d ON d.id = t.deal_id
LEFT JOIN sellers s ON s.id = t.seller_id WHERE t.id IN :ids"""


def rows(connection: Connection, wanted: Sequence[int]) -> list[TaskRow]:
    """List rows by id, in the order asked for; ids that are gone are left out."""
    found = {row[0]: TaskRow(**named(row, due_on=as_day(row.due_on), done_on=as_day(row.done_on),
                                    important=bool(row.important), urgent=bool(row.urgent),
                                    ring_at=datetime.fromisoformat(row.ring_at) if row.ring_at else None))
             for row in by_ids(connection, _ROW, wanted)}
    return [found[key] for key in wanted if key in found]
