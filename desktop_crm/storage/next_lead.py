"""The leads that wait for somebody to work on them, in the order in which they are to be worked on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from sqlalchemy import Connection

from desktop_crm.domain.next_lead import Waiting
from desktop_crm.storage.conditions import as_day
from desktop_crm.storage.pool import OPEN

# What they sent us today is no touch of ours; a call that nobody took is one.
_TOUCHED = ("EXISTS (SELECT 1 FROM activities a WHERE a.customer_id = c.id AND a.on_date = :today "
            "AND a.direction IS NOT 'in' AND (a.state = 'held' OR (a.state = 'not_held' AND a.direction = 'out')))")
_DUE = ("(SELECT min(t.due_on || ' ' || coalesce(t.due_time, '')) FROM tasks t WHERE t.customer_id = c.id "
        "AND t.done_on IS NULL AND t.due_on IS NOT NULL)")
_SINCE = ("coalesce((SELECT max(a.on_date) FROM activities a WHERE a.customer_id = c.id AND a.state = 'held' "
          "AND a.on_date <= :today), c.created_on)")
_WAITING = f"""SELECT id, name, score, since, due,
  (SELECT s.name FROM sellers s WHERE s.id = seller_id),
  (SELECT t.name FROM tasks t WHERE t.customer_id = found.id AND t.done_on IS NULL AND t.due_on IS NOT NULL
   ORDER BY t.due_on, coalesce(t.due_time, ''), t.id LIMIT 1)
FROM (SELECT c.id, c.name, c.seller_id, c.score, {_DUE} AS due, {_SINCE} AS since FROM customers c
      WHERE {OPEN} {{whose}} {{only}} AND NOT {_TOUCHED}) found
WHERE due IS NULL OR due <= :now
ORDER BY due IS NULL, due, coalesce(score, 0) DESC, since, id LIMIT :most"""
_WHOSE = "AND (c.seller_id = :seller OR c.seller_id IS NULL)"


def waiting(connection: Connection, now: datetime, seller: int | None, most: int) -> list[Waiting]:
    """The first leads that wait, those whose next step is due before the others; `now` is on the business's clock.

    With a seller those of that one, and of nobody.
    """
    return list(_read(connection, "", now, seller, most))


def of(connection: Connection, ids: Collection[int], now: datetime, seller: int | None) -> list[Waiting]:
    """Those of some leads that wait."""
    only = f"AND c.id IN ({', '.join(str(int(one)) for one in ids)})"
    return list(_read(connection, only, now, seller, len(ids)))


def _read(connection: Connection, only: str, now: datetime, seller: int | None, most: int) -> Iterator[Waiting]:
    statement = _WAITING.format(whose="" if seller is None else _WHOSE, only=only)
    rows: Iterable[tuple[int, str, int | None, str | None, str | None, str | None, str | None]]
    rows = connection.connection.cursor().execute(statement, {
        "today": now.date().isoformat(), "now": now.strftime("%Y-%m-%d %H:%M"), "most": most,
        **({} if seller is None else {"seller": seller})}).fetchall()
    for row_id, name, score, since, due, whose, step in rows:
        day, _, clock = (due or "").partition(" ")
        yield Waiting(row_id, name, whose, score, as_day(since), as_day(day or None), clock, step or "")
