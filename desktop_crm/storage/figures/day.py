"""The sums of the daily report: each by a short range of an index, so a big file costs no more than a small one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, String, text

from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.figures import DayFigures, LostDay, Payments, SellerDay
from desktop_crm.domain.values import Period, usual_days
from desktop_crm.storage import customers, pool
from desktop_crm.storage.conditions import listed
from desktop_crm.storage.figures.evening import evening

COUNTED = ("(lost_reason_id IS NULL OR lost_reason_id NOT IN "
           "(SELECT id FROM choices WHERE kind = 'lost_reason' AND code = 'mistake'))")
"""Of lost deals: those that were not entered by mistake."""

SALE = "coalesce(amount, 0) >= 0"
"""Of deals: sales. A return is a won deal with an amount below zero: it lowers the sums and is counted nowhere."""
EXPECTED = "coalesce(state, '') <> 'bounced'"
"""Of payments: those that may still come, or have come."""

# Two short ranges of an index for each seller; grouped, SQLite would sort all overdue tasks, or read all there are.
_OVERDUE = """SELECT s.id, (SELECT count(*) FROM tasks WHERE seller_id IS s.id AND done_on IS NULL AND due_on < :day)
    + (SELECT count(*) FROM tasks WHERE seller_id IS s.id AND done_on >= :next AND due_on < :day)
FROM (SELECT id FROM sellers UNION ALL SELECT NULL) s"""
_TRACKS = {
    ("won", "won_amount"): f"SELECT closed_on, sum({SALE}), sum(CASE WHEN currency = :currency THEN amount END) "
                           "FROM deals WHERE status = 'won' AND closed_on IN :days GROUP BY 1",
    ("lost",): f"SELECT closed_on, count(*) FROM deals WHERE status = 'lost' AND closed_on IN :days AND {COUNTED} "
               "GROUP BY 1",
    ("opened",): f"SELECT created_on, sum({SALE}) FROM deals WHERE created_on IN :days GROUP BY 1",
    ("leads",): f"SELECT created_on, count(*) FROM customers WHERE created_on IN :days AND {customers.ONCE_LEAD} "
                "GROUP BY 1",
    ("received",): "SELECT received_on, sum(amount) FROM payments WHERE received_on IN :days AND currency = :currency "
                   "GROUP BY 1",
    ("done",): "SELECT done_on, count(*) FROM tasks WHERE done_on IN :days GROUP BY 1",
    ("activities",): "SELECT on_date, count(*) FROM activities WHERE on_date IN :days AND state = 'held' GROUP BY 1",
}
_BY_SELLER = {
    ("won", "won_amount", "lost"):
        f"SELECT seller_id, sum(status = 'won' AND {SALE}), "
        "coalesce(sum(CASE WHEN status = 'won' AND currency = :currency THEN amount END), 0), "
        f"sum(status = 'lost' AND {COUNTED}) FROM deals WHERE status IN ('won', 'lost') AND closed_on = :day "
        "GROUP BY 1",
    ("done",): "SELECT seller_id, count(*) FROM tasks WHERE done_on = :day GROUP BY 1",
    ("due",): "SELECT seller_id, count(*) FROM tasks WHERE due_on = :day GROUP BY 1",
    ("overdue",): _OVERDUE,
    ("planned",): f"SELECT seller_id, sum(amount) FROM payments WHERE due_on = :day AND {EXPECTED} "
                  "AND currency = :currency GROUP BY 1",
    ("received",): "SELECT seller_id, sum(amount) FROM payments WHERE received_on = :day AND currency = :currency "
                   "GROUP BY 1",
}
_PAID = "SELECT count(*), coalesce(sum(CASE WHEN currency = :currency THEN amount END), 0) FROM payments WHERE "
# Two short ranges again: those that have not come in, and those that came in later.
_LATE = "SELECT sum(n), sum(amount) FROM (" + " UNION ALL ".join(
    "SELECT count(*) AS n, coalesce(sum(CASE WHEN currency = :currency THEN amount END), 0) AS amount "
    f"FROM payments INDEXED BY payments_received WHERE {received} AND due_on < :day AND {EXPECTED}"
    for received in ("received_on IS NULL", "received_on >= :next")) + ")"
_OTHER = """SELECT (SELECT count(*) FROM deals WHERE status = 'won' AND closed_on = :day AND amount IS NOT NULL
    AND currency <> :currency) + (SELECT count(*) FROM payments WHERE currency <> :currency
    AND (received_on = :day OR (due_on >= :day AND due_on < :week)))"""


def day(connection: Connection, on: date, today: date, currency: str, watched: bool = False,
        idle_days: int = 0) -> DayFigures:
    """The figures of the business day `on`; those that speak of the present only if it is `today`.

    Requests without an answer are among them if they are `watched`, leads without a touch for `idle_days` (0: none).
    """
    values = {"day": on.isoformat(), "next": (on + timedelta(days=1)).isoformat(), "currency": currency,
              "week": (on + timedelta(days=8)).isoformat()}
    sellers = _sellers(connection, values)
    return DayFigures(
        on, _tracks(connection, on, currency), sellers, _activities(connection, on), _lost(connection, on),
        moved=_one(connection, "SELECT count(DISTINCT deal_id) FROM stage_moves WHERE from_stage_id IS NOT NULL "
                   "AND on_date = :day", values)[0],
        opened_amount=_one(connection, "SELECT coalesce(sum(amount), 0) FROM deals WHERE created_on = :day "
                           "AND currency = :currency", values)[0],
        due=sum(seller.due for seller in sellers), overdue=sum(seller.overdue for seller in sellers),
        received=Payments(*_one(connection, _PAID + "received_on = :day", values)),
        planned_day=_planned(connection, on, 0, 1, currency),
        planned_tomorrow=_planned(connection, on, 1, 2, currency),
        planned_week=_planned(connection, on, 1, 8, currency),
        late=Payments(*_one(connection, _LATE, values)),
        over_limit=sum(over_limit(connection, today).values()) if on == today else None,
        hot_without_step=customers.count(connection, CustomerFilter(heats=("hot",), no_next_step=True), today)
        if on == today else None,
        other=_one(connection, _OTHER, values)[0], evening=evening(connection, on, today, currency, watched),
        idle=tuple(pool.idle(connection, today - timedelta(days=idle_days), ordered=False))
        if on == today and idle_days else ())


def _one(connection: Connection, statement: str, values: Mapping[str, object]) -> Any:
    return connection.execute(text(statement), values).one()


def _planned(connection: Connection, on: date, first: int, after: int, currency: str) -> Payments:
    """The payments that fall due from `first` to before `after` days past the day."""
    return Payments(*_one(connection, _PAID + f"due_on >= :first AND due_on < :after AND {EXPECTED}", {
        "first": (on + timedelta(days=first)).isoformat(), "after": (on + timedelta(days=after)).isoformat(),
        "currency": currency}))


def _tracks(connection: Connection, on: date, currency: str) -> dict[str, dict[date, int]]:
    """The indicators of the month so far and of the days that the usual day is made of."""
    month = Period(on.replace(day=1), on + timedelta(days=1)).days()
    days = sorted({day.isoformat() for day in (*month, *usual_days(on))})
    found: dict[str, dict[date, int]] = {key: {} for keys in _TRACKS for key in keys}
    for keys, statement in _TRACKS.items():
        query = text(statement).bindparams(listed("days", String()))
        for found_on, *row in connection.execute(query, {"days": days, "currency": currency}):
            for key, value in zip(keys, row, strict=True):
                if value:
                    found[key][date.fromisoformat(found_on)] = value
    return found


def _sellers(connection: Connection, values: Mapping[str, object]) -> tuple[SellerDay, ...]:
    """Each seller's day; the last one is that of nobody."""
    done: dict[int | None, dict[str, Any]] = defaultdict(dict)
    for keys, statement in _BY_SELLER.items():
        for seller, *row in connection.execute(text(statement), values):
            done[seller].update(zip(keys, row, strict=True))
    for seller, calls in connection.execute(text("SELECT seller_id, count(*) FROM activities WHERE on_date = :day "
                                                 "AND state = 'held' AND kind = 'call' GROUP BY 1"), values):
        done[seller]["calls"] = calls
    known = connection.exec_driver_sql(
        "SELECT id, name, nullif(team, ''), nullif(region, ''), active FROM sellers ORDER BY name, id")
    return (*(SellerDay(row[0], row[1], row[2], row[3], bool(row[4]), **done[row[0]]) for row in known),
            SellerDay(None, None, None, None, False, **done[None]))


def _activities(connection: Connection, on: date) -> dict[tuple[int | None, str], int]:
    """How many activities were held, by seller and kind."""
    return {(row[0], row[1]): row[2] for row in connection.execute(text(
        "SELECT seller_id, kind, count(*) FROM activities WHERE on_date = :day AND state = 'held' GROUP BY 1, 2"),
        {"day": on.isoformat()})}


def _lost(connection: Connection, on: date) -> tuple[LostDay, ...]:
    """The deals lost on the day by reason, in the order of the list of reasons; those without one last."""
    rows = connection.execute(text(
        "SELECT h.id, h.name, d.name FROM deals d LEFT JOIN choices h ON h.id = d.lost_reason_id "
        f"WHERE d.status = 'lost' AND d.closed_on = :day AND {COUNTED} "
        "ORDER BY h.id IS NULL, h.position, h.id, d.id"), {"day": on.isoformat()})
    return tuple(LostDay(*reason, deals=tuple(row[2] for row in deals))
                 for reason, deals in groupby(rows, key=lambda row: (row[0], row[1])))


def over_limit(connection: Connection, today: date) -> dict[int, int]:
    """By open stage: how many deals have stayed longer in it than its day limit (DEFINITIONS.md, indicator 22)."""
    limits = connection.exec_driver_sql(
        "SELECT id, day_limit FROM stages WHERE kind = 'open' AND day_limit IS NOT NULL")
    return {stage: connection.execute(text(
        "SELECT count(*) FROM deals WHERE stage_id = :stage AND status = 'open' AND stage_on < :since"),
        {"stage": stage, "since": (today - timedelta(days=limit)).isoformat()}).scalar_one()
        for stage, limit in limits.all()}
