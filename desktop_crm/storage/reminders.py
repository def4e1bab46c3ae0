"""Reminders: what rings, and what the rings of tasks depend on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection

from desktop_crm.domain.reminders import Reminded
from desktop_crm.storage.conditions import as_day, by_ids
from desktop_crm.storage.shapes import stored

_CHUNK = 5_000  # ids in one statement: SQLite bounds its variables


class Ringing(NamedTuple):
    """A task whose time has come, as stored: its due day and time are local, `ring_at` is an instant."""

    state: Reminded
    name: str
    kind: str
    customer_id: int | None
    customer: str | None


_STATE = "t.id, t.due_on, t.due_time, t.remind_minutes, t.done_on, t.ring_at"
_ROW = (f"SELECT {_STATE}, t.name, t.kind, t.customer_id, c.name AS customer FROM tasks t "
        "LEFT JOIN customers c ON c.id = t.customer_id WHERE t.ring_at IS NOT NULL AND ")


def ringing(connection: Connection, now: datetime, told: Iterable[int] = ()) -> list[Ringing]:
    """The tasks whose ring has come by `now`, and those of `told` that have a ring at all; the latest ring first."""
    found = {row.id: row for row in connection.exec_driver_sql(_ROW + "t.ring_at <= ?", (stored(now),))}
    found |= {row.id: row for row in by_ids(connection, _ROW + "t.id IN :ids", told)}
    made = [Ringing(_state(row), row.name, row.kind, row.customer_id, row.customer) for row in found.values()]
    return sorted(made, key=lambda one: (one.state.ring_at, one.state.id), reverse=True)


def next_after(connection: Connection, now: datetime) -> datetime | None:
    """The first ring that is still to come."""
    found = connection.exec_driver_sql("SELECT min(ring_at) FROM tasks WHERE ring_at > ?", (stored(now),)).scalar()
    return None if found is None else datetime.fromisoformat(found)


def states(connection: Connection, ids: Sequence[int]) -> list[Reminded]:
    """What the rings of some tasks depend on; tasks that have no reminder are left out."""
    wanted = f"SELECT {_STATE} FROM tasks t WHERE t.id IN :ids AND (t.remind_minutes IS NOT NULL OR t.ring_at NOT NULL)"
    return [_state(row) for first in range(0, len(ids), _CHUNK)
            for row in by_ids(connection, wanted, ids[first:first + _CHUNK])]


def waiting(connection: Connection, now: datetime) -> list[Reminded]:
    """The tasks whose ring is still to come."""
    return [_state(row) for row in connection.exec_driver_sql(
        f"SELECT {_STATE} FROM tasks t WHERE t.ring_at > ?", (stored(now),))]


def set_rings(connection: Connection, rings: Mapping[int, datetime | None]) -> None:
    """Set the next ring of some tasks (None: it was answered)."""
    if rings:
        connection.exec_driver_sql("UPDATE tasks SET ring_at = ? WHERE id = ?",
                                   [(stored(ring), task) for task, ring in rings.items()])


def _state(row: Any) -> Reminded:
    return Reminded(row.id, as_day(row.due_on), row.due_time, row.remind_minutes, as_day(row.done_on),
                    datetime.fromisoformat(row.ring_at) if row.ring_at else None)
