"""What was entered late: acts that moved a day's sums after the report of that day had been printed.

The journal alone tells. Of every deal and payment that was touched since the printing, what it came to before and what
it comes to now are compared, so that what was taken back again is not told, and what was deleted is. A report of the
past tells what came up to its own printing; the next one tells the rest.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection

from desktop_crm.domain.evening import PAPERS, Late, LateEntry
from desktop_crm.storage.conditions import by_ids

_BULK = 2000
"""Entries from which on an act is an import, whose rows are summed and not looked at one by one."""
_PAPERS = ", ".join(f"'{paper}'" for paper in PAPERS)
_DAYS = {"deals": "closed_on", "payments": "received_on"}
_NOW = {"deals": "SELECT id, status, amount, closed_on, currency FROM deals WHERE id IN :ids",
        "payments": "SELECT id, amount, received_on, currency FROM payments WHERE id IN :ids"}
_SUMS = {
    "deals": "SELECT min(d.closed_on), coalesce(sum(d.amount), 0) FROM journal j JOIN deals d ON d.id = j.row_id "
             "WHERE j.id BETWEEN ? AND ? AND j.table_name = 'deals' AND j.op = 'I' AND d.status = 'won' "
             "AND d.closed_on <= ? AND d.currency = ?",
    "payments": "SELECT min(p.received_on), coalesce(sum(p.amount), 0) FROM journal j JOIN payments p "
                "ON p.id = j.row_id WHERE j.id BETWEEN ? AND ? AND j.table_name = 'payments' AND j.op = 'I' "
                "AND p.received_on <= ? AND p.currency = ?",
}
State = dict[str, Any] | None


class _Work(NamedTuple):
    """An act in the window of time that is looked at."""

    id: int
    turn: str
    message: str
    params: str
    actor: str
    first: int
    last: int


@dataclass(slots=True)
class _Found:
    """What an act is found to have moved."""

    days: list[str] = field(default_factory=list)
    sums: dict[str, int] = field(default_factory=lambda: {"deals": 0, "payments": 0})
    ids: dict[str, list[int]] = field(default_factory=lambda: {"deals": [], "payments": []})


def late(connection: Connection, on: date, today: date, currency: str) -> Late | None:
    """What came late when the report of `on` was told; None if no day before it was printed."""
    after, first = _last_printed(connection, on)
    if after is None or first is None:
        return None
    end = None if on == today else _told_until(connection, on)
    works = {row[0]: _Work(*row) for row in connection.exec_driver_sql(
        "SELECT id, kind, message, params, actor, first_entry, last_entry FROM works WHERE id > "
        "(SELECT work_id FROM journal WHERE id = ?) ORDER BY id", (first,)) if end is None or row[6] <= end}
    found: dict[int, _Found] = defaultdict(_Found)
    imports = [work for work in works.values() if work.last - work.first >= _BULK]
    for table in _DAYS:
        touched = _touched(connection, table, first, end, imports)
        _compare(connection, table, touched, (first, end, after.isoformat(), currency), found)
        for work in imports:
            _sum(connection, table, work, after.isoformat(), currency, found)
    return Late(after, tuple(
        LateEntry(number, works[number].turn, works[number].message, json.loads(works[number].params),
                  works[number].actor, date.fromisoformat(min(item.days)), item.sums["deals"], item.sums["payments"],
                  tuple(item.ids["deals"]), tuple(item.ids["payments"]))
        for number, item in sorted(found.items())))


def _last_printed(connection: Connection, on: date) -> tuple[date | None, int | None]:
    """The last day before `on` whose report was printed, and the journal's entry of its last printing."""
    days = [connection.exec_driver_sql("SELECT max(on_date) FROM printings WHERE report = ? AND on_date < ?",
                                       (paper, on.isoformat())).scalar() for paper in PAPERS]
    last = max((day for day in days if day), default=None)
    return (date.fromisoformat(last), _printing(connection, "max", last, last)) if last else (None, None)


def _printing(connection: Connection, which: str, start: str, end: str) -> int | None:
    """The journal's entry of the first (min) or last (max) printing of the days from `start` to `end`."""
    row = connection.exec_driver_sql(
        f"SELECT {which}(id) FROM printings WHERE report IN ({_PAPERS}) AND on_date BETWEEN ? AND ?",
        (start, end)).scalar()
    return None if row is None else connection.exec_driver_sql(
        "SELECT max(id) FROM journal WHERE table_name = 'printings' AND row_id = ? AND op = 'I'", (row,)).scalar()


def _told_until(connection: Connection, on: date) -> int | None:
    """The entry at which the report of a past day was told for the last time; None if later ones were not either."""
    own = _printing(connection, "max", on.isoformat(), on.isoformat())
    return own if own is not None else _printing(
        connection, "min", (on + timedelta(days=1)).isoformat(), date.max.isoformat())


def _sum(connection: Connection, table: str, work: _Work, after: str, currency: str, found: dict[int, _Found]) -> None:
    """Sum the rows that an import brought for days up to `after`."""
    day, amount = connection.exec_driver_sql(_SUMS[table], (work.first, work.last, after, currency)).one()
    if day is not None:
        found[work.id].days.append(day)
        found[work.id].sums[table] += amount


def _touched(connection: Connection, table: str, first: int, end: int | None, aside: list[_Work]) -> dict[int, int]:
    """The rows of a table that were touched in the window, imports aside, with the last act that touched each."""
    starts = [first, *(work.last for work in aside)]
    ends = [*(work.first for work in aside), (end if end is not None else 2**62) + 1]
    found: dict[int, int] = {}
    for start, stop in zip(starts, ends, strict=True):
        # The plus signs here and below keep SQLite from the other index: it knows not how short the range is.
        found |= {row[0]: row[1] for row in connection.exec_driver_sql(
            "SELECT row_id, work_id FROM journal WHERE id > ? AND id < ? AND +table_name = ? ORDER BY id",
            (start, stop, table))}
    return found


def _compare(connection: Connection, table: str, touched: dict[int, int], bounds: tuple[int, int | None, str, str],
             found: dict[int, _Found]) -> None:
    """Compare what each touched row came to at the printing and comes to at the end of the window."""
    first, end, after, currency = bounds
    now: dict[int, State] = {row[0]: dict(row._mapping) for row in by_ids(connection, _NOW[table], touched)}
    changes: dict[int, list[tuple[int, str, str | None]]] = defaultdict(list)
    for row in by_ids(connection, f"SELECT row_id, id, op, before FROM journal WHERE table_name = '{table}' "
                      f"AND row_id IN :ids AND +id > {first} ORDER BY id DESC", touched):
        changes[row[0]].append((row[1], row[2], row[3]))
    for row_id, work in touched.items():
        was, became = (_counted(table, state, after, currency)
                       for state in _states(now.get(row_id), changes[row_id], end))
        if was != became:
            item = found[work]
            item.days += [side[0] for side in (was, became) if side is not None]
            item.sums[table] += (became[1] if became else 0) - (was[1] if was else 0)
            item.ids[table] += [row_id] if row_id in now else []


def _states(now: State, changes: list[tuple[int, str, str | None]], end: int | None) -> tuple[State, State]:
    """A row before its `changes`, which are in reverse, and as it was at the entry `end` (None: now)."""
    state, then = now, now
    for number, op, before in changes:
        state = None if op == "I" else {**(state or {}), **json.loads(before or "{}")}
        if end is not None and number > end:
            then = state
    return state, then


def _counted(table: str, state: State, after: str, currency: str) -> tuple[str, int] | None:
    """The day and the amount with which a row stands in the sums of days up to `after`; None if it does not."""
    if state is None or state["currency"] != currency or (table == "deals" and state["status"] != "won"):
        return None
    day = state[_DAYS[table]]
    return (day, state["amount"] or 0) if day is not None and day <= after else None
