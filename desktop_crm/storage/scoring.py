"""The points of leads: which rules apply to whom, and the score and heat that are written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy import Connection

from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.storage import customers, records
from desktop_crm.storage.conditions import Where

_LEADS, _LEAD = "SELECT customers.id FROM customers", "customers.state = 'lead'"
Rule = tuple[CustomerFilter, int]
"""A filter and its points."""


def any_rules(connection: Connection) -> bool:
    """Whether there are score rules; asked with every save, so over the driver."""
    cursor = connection.connection.cursor()
    return cursor.execute("SELECT 1 FROM score_rules LIMIT 1").fetchone() is not None


def rules(connection: Connection) -> list[records.Row]:
    """The rules in their order."""
    return sorted(records.find(connection, "score_rules"), key=lambda row: (row["position"], row["id"]))


def passing(connection: Connection, wanted: CustomerFilter, today: date, ids: Sequence[int] | None) -> list[int]:
    """The leads that pass a filter, of `ids` or of all."""
    found = customers.where(connection, wanted, today, ids)
    found.add(_LEAD)
    return list(connection.execute(found.query(_LEADS)).scalars().all())


def totals(connection: Connection, given: Sequence[Rule], today: date, ids: Sequence[int] | None) -> dict[int, int]:
    """The points of leads to whom any rule applies, of `ids` or of all: one statement for each rule."""
    found: dict[int, int] = defaultdict(int)
    for wanted, points in given:
        for lead in passing(connection, wanted, today, ids):
            found[lead] += points
    return found


def leads(connection: Connection) -> list[tuple[int, str, int | None, str | None]]:
    """Every lead: id, name, the points in the file, heat."""
    return [(row[0], row[1], row[2], row[3]) for row in connection.exec_driver_sql(
        "SELECT id, name, score, heat FROM customers WHERE state = 'lead' ORDER BY id")]


def write(connection: Connection, given: Sequence[Rule], heat_of: Callable[[int], str], today: date,
          ids: Sequence[int] | None = None) -> int:
    """Bring score and heat of leads up to date, of `ids` or of all; returns how many were changed.

    A heat that was set by hand stays. Without rules nobody has a score, nor a heat that followed from one.
    """
    points = totals(connection, given, today, ids)
    changed = []
    for lead, score, heat, scored in _standing(connection, ids):
        total = points.get(lead, 0) if given else None
        wanted = (total, heat, scored)
        if scored or heat is None:
            wanted = (total, None if total is None else heat_of(total), int(total is not None))
        if wanted != (score, heat, scored):
            changed.append((*wanted, lead))
    if changed:
        connection.connection.cursor().executemany(
            "UPDATE customers SET score = ?, heat = ?, heat_scored = ? WHERE id = ?", changed)
    return len(changed)


def _standing(connection: Connection, ids: Sequence[int] | None) -> list[tuple[int, int | None, str | None, int]]:
    """What is written of leads: id, score, heat, and whether that follows from the score."""
    found = Where("customers.id", ids)
    found.add(_LEAD)
    rows = connection.execute(found.query(
        "SELECT customers.id, customers.score, customers.heat, customers.heat_scored FROM customers"))
    return [(row[0], row[1], row[2], row[3]) for row in rows.all()]
