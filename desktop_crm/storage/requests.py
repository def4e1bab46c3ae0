"""Requests: the new leads that have no answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection

ANSWERED = """EXISTS (SELECT 1 FROM activities a WHERE a.customer_id = c.id
  AND a.on_date >= coalesce(c.created_on, '') AND a.on_date <= :until AND a.kind <> 'note' AND a.direction IS NOT 'in'
  AND (a.state = 'held' OR (a.state = 'not_held' AND a.direction = 'out')))"""
"""That the customer `c` was spoken to by the end of the day `:until`."""
# The plus keeps SQLite from going by the state: leads may be many, those of seven days are few.
_WHERE = f"""FROM customers c LEFT JOIN choices s ON s.id = c.source_id
WHERE c.created_on >= :since AND c.created_on <= :until AND +c.state = 'lead' AND c.lead_state = 'new'
  AND NOT {ANSWERED}"""
_ROWS = f"""SELECT c.id, c.name, s.name AS source, c.created_on,
  (SELECT m.at FROM state_moves m WHERE m.customer_id = c.id ORDER BY m.id LIMIT 1) AS at {_WHERE}"""


class Request(NamedTuple):
    """A new lead as stored; `at` is the instant of its first state where that is known."""

    customer_id: int
    customer: str
    source: str | None
    created_on: date
    at: datetime | None


def unanswered(connection: Connection, since: date, until: date) -> list[Request]:
    """The leads created from `since` to `until` that are new still and were not spoken to by the end of `until`.

    A held call, visit or message answers, and one that was tried; a note, a plan and what they sent do not.
    """
    found = connection.exec_driver_sql(_ROWS, {"since": since.isoformat(), "until": until.isoformat()})
    return [Request(row.id, row.name, row.source, date.fromisoformat(row.created_on),
                    datetime.fromisoformat(row.at) if row.at else None) for row in found]


def count(connection: Connection, since: date, until: date) -> int:
    """How many `unanswered` would give."""
    return int(connection.exec_driver_sql(f"SELECT count(*) {_WHERE}", {
        "since": since.isoformat(), "until": until.isoformat()}).scalar_one())
