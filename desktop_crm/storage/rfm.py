"""Who bought how lately, how often and for how much: the buyers of a file, ranked once for each state of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from typing import Any
from weakref import WeakKeyDictionary, WeakValueDictionary

from sqlalchemy import Connection, Engine

from desktop_crm.domain.rfm import SEGMENTS, SETTINGS, Bought, Plan, Ranking, Rfm, rank, read_plan, window_start
from desktop_crm.storage.conditions import as_day, by_ids

# One pass over a covering index, which is in the order of the customers already.
_DEALS = """SELECT customer_id, max(CASE WHEN coalesce(amount, 0) >= 0 THEN closed_on END),
  coalesce(sum(coalesce(amount, 0) >= 0 AND closed_on > :since), 0),
  sum(CASE WHEN closed_on > :since AND currency = :currency THEN coalesce(amount, 0) ELSE 0 END),
  max(coalesce(amount, 0) >= 0)
FROM deals INDEXED BY deals_customer
WHERE customer_id > 0 AND status = 'won' AND (closed_on <= :on OR closed_on IS NULL) GROUP BY customer_id"""
_LINKED = "FROM deals INDEXED BY deals_returns WHERE amount < 0 AND return_of_id IS NOT NULL"
# A return that names its sale lowers that sale, whenever it came, and takes it away if nothing is left of it; any
# other lowers the sum of its own day.
_DEALS_BACK = f"""WITH back AS (
  SELECT return_of_id AS id, currency, sum(amount) AS amount {_LINKED} AND status = 'won' AND closed_on <= :on
  GROUP BY return_of_id, currency)
SELECT customer_id, max(CASE WHEN bought THEN day END), coalesce(sum(bought AND day > :since), 0),
  sum(CASE WHEN day > :since THEN amount ELSE 0 END), max(bought)
FROM (SELECT d.customer_id, d.closed_on AS day,
    coalesce(d.amount, 0) >= 0 AND (b.id IS NULL OR d.amount + b.amount > 0) AS bought,
    CASE WHEN d.currency = :currency THEN coalesce(d.amount, 0) + coalesce(b.amount, 0) ELSE 0 END AS amount
  FROM deals d INDEXED BY deals_customer LEFT JOIN back b ON b.id = d.id AND b.currency = d.currency
  WHERE d.customer_id > 0 AND d.status = 'won' AND (d.closed_on <= :on OR d.closed_on IS NULL)
    AND (coalesce(d.amount, 0) >= 0 OR d.id NOT IN (SELECT id {_LINKED})))
GROUP BY customer_id"""
_PAYMENTS = """SELECT customer_id, max(CASE WHEN amount > 0 THEN received_on END),
  sum(amount > 0 AND received_on > :since),
  sum(CASE WHEN received_on > :since AND currency = :currency THEN amount ELSE 0 END), max(amount > 0)
FROM payments WHERE customer_id IS NOT NULL AND received_on <= :on GROUP BY customer_id"""
_BUYERS = {
    "purchases": "SELECT 1 FROM deals WHERE customer_id IN :ids AND status = 'won' LIMIT 1",
    "payments": "SELECT 1 FROM payments WHERE customer_id IN :ids AND received_on IS NOT NULL LIMIT 1",
}
_WATCHED = {"purchases": "deals", "payments": "payments"}
_KEPT = 4
_PLACES = {code: place for place, code in enumerate(SEGMENTS)}


@dataclass(slots=True)
class _Known:
    """A ranking and the newest entry of the journal that is known to be in it."""

    ranking: Ranking
    token: int
    newest: int


_Key = tuple[date, Plan, str]
_known: WeakKeyDictionary[Engine, dict[_Key, _Known]] = WeakKeyDictionary()
_tokens = count(1)
_by_token: WeakValueDictionary[int, Ranking] = WeakValueDictionary()


def ranking(connection: Connection, on: date, months: int | None = None) -> Ranking:
    """The buyers of the file ranked at the end of a day, over the months and by what the business chose.

    It is kept until a deal (or a payment, where these count) is written; a tenth of a second or two on a large file.
    """
    return _found(connection, on, months).ranking


def token(connection: Connection, on: date, among: Sequence[int] | None = None) -> tuple[Ranking, int]:
    """The ranking of a day and what SQL's rfm() knows it by on this connection, for as long as somebody holds it.

    Where only the customers `among` are asked about and none of them ever bought, nobody is ranked for it: a lead is
    scored by RFM with every save, and who buys seldom is a lead.
    """
    known = _found(connection, on, None) if among is None or _bought(connection, among) else _nobody(connection, on)
    driver: Any = connection.connection.dbapi_connection
    driver.create_function("rfm", 3, _of_customer, deterministic=True)
    return known.ranking, known.token


def _found(connection: Connection, on: date, months: int | None) -> _Known:
    chosen, currency = plan_of(connection)
    plan = chosen if months is None else replace(chosen, months=months)
    kept = _known.setdefault(connection.engine, {})
    key, newest = (on, plan, currency), _newest(connection)
    known = kept.get(key)
    if known is None or newest < known.newest or _written(connection, plan, known.newest):
        made = _made(connection, on, plan, currency)
        known = _Known(made, next(_tokens), newest)
        _by_token[known.token] = made
        committed = _committed(connection)
        if committed is None or not _written(connection, plan, committed):
            known.newest = newest if committed is None else committed
            kept.pop(key, None)
            kept[key] = known
            for old in list(kept)[:-_KEPT]:
                kept.pop(old, None)
    elif _committed(connection) is None:
        known.newest = newest
    return known


def _bought(connection: Connection, among: Sequence[int]) -> bool:
    """Whether any of some customers can be among the buyers, as the business counts them."""
    plan, _ = plan_of(connection)
    return bool(by_ids(connection, _BUYERS[plan.base], among))


def _nobody(connection: Connection, on: date) -> _Known:
    """A ranking without anybody, which is kept for nobody else."""
    made = _Known(rank({}, on, plan_of(connection)[0]), next(_tokens), 0)
    _by_token[made.token] = made.ranking
    return made


def plan_of(connection: Connection) -> tuple[Plan, str]:
    """How the business ranks its buyers, and its currency."""
    places = ", ".join("?" * (len(SETTINGS) + 1))
    kept = {row[0]: row[1] for row in connection.exec_driver_sql(
        f"SELECT key, value FROM settings WHERE key IN ({places})", ("currency", *SETTINGS))}
    return read_plan(kept), kept.get("currency", "")


def names(connection: Connection) -> dict[int, str]:
    """What every customer is called, by id; over the driver, for a list of all of them."""
    cursor = connection.connection.cursor()
    return dict(cursor.execute("SELECT id, name FROM customers").fetchall())


def _newest(connection: Connection) -> int:
    return int(connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM journal").scalar_one())


def _written(connection: Connection, plan: Plan, since: int) -> bool:
    """Whether the journal has an entry of what the ranking is made from, newer than one.

    A customer who goes is looked at too: an erasure notes nothing else.
    """
    return connection.exec_driver_sql(
        "SELECT 1 FROM journal WHERE id > ? AND (+table_name = ? OR (+table_name = 'customers' AND op = 'D')) LIMIT 1",
        (since, _WATCHED[plan.base])).scalar() is not None


def _committed(connection: Connection) -> int | None:
    """The last entry before those of the act that is under way, which may come to nothing; None outside any act."""
    work = connection.exec_driver_sql("SELECT work_id FROM work_now").scalar()
    if work is None:
        return None
    return int(connection.exec_driver_sql("SELECT last_entry FROM works WHERE id < ? ORDER BY id DESC LIMIT 1",
                                          (work,)).scalar() or 0)


def _made(connection: Connection, on: date, plan: Plan, currency: str) -> Ranking:
    cursor = connection.connection.cursor()  # the driver's own rows: SQLAlchemy's cost as much again as the sums
    statement = _PAYMENTS
    if plan.base == "purchases":
        statement = _DEALS if cursor.execute(f"SELECT 1 {_LINKED} LIMIT 1").fetchone() is None else _DEALS_BACK
    found = cursor.execute(statement, {
        "on": on.isoformat(), "since": window_start(on, plan.months).isoformat(), "currency": currency})
    days: dict[str | None, date | None] = {}
    bought = {}
    for customer, last, orders, amount, ever in found:
        if ever:
            if last not in days:
                days[last] = as_day(last)
            bought[customer] = Bought(days[last], orders, amount)
    return rank(bought, on, plan)


# In SQL: rfm(token, customer's id, what)


_PARTS: dict[str, Callable[[Rfm], int | str | None]] = {
    "segment": lambda one: one.segment, "place": lambda one: _PLACES[one.segment],
    "code": lambda one: int(one.code or 0), "days": lambda one: one.days, "orders": lambda one: one.orders,
    "amount": lambda one: one.amount, "r": lambda one: one.r, "f": lambda one: one.f, "m": lambda one: one.m,
}


def _of_customer(known: int, customer: Any, part: str) -> int | str | None:
    """SQL's rfm(): one part of what a ranking says of a customer, NULL for who never bought."""
    one = _by_token[known].of.get(customer)
    return None if one is None else _PARTS[part](one)
