"""The evening's sums of a day: takings, credit, targets; each by a short range of an index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, text

from desktop_crm.domain.evening import Credit, Evening, Taking, TargetSum
from desktop_crm.domain.requests import DAYS
from desktop_crm.domain.values import Period, sort_key
from desktop_crm.storage import records, requests
from desktop_crm.storage.figures.late import late

_TAKINGS = """SELECT method, seller_id, count(*), sum(amount) FROM payments
  WHERE received_on = :day AND currency = :currency GROUP BY method, seller_id"""
_PAID = """SELECT deal_id, amount FROM payments
  WHERE received_on = :day AND currency = :currency AND on_account = 1"""
_SOLD = """SELECT id, CASE WHEN currency = :currency THEN amount END FROM deals
  WHERE status = 'won' AND closed_on = :day AND on_account = 1"""
_TARGETS = """SELECT t.id, t.seller_id, s.name, t.from_on, t.to_on, t.amount FROM targets t
  LEFT JOIN sellers s ON s.id = t.seller_id WHERE t.from_on <= :day AND t.to_on > :day AND t.currency = :currency
  ORDER BY t.seller_id IS NOT NULL, s.name, t.seller_id, julianday(t.to_on) - julianday(t.from_on), t.id DESC"""
_WON = """SELECT seller_id, coalesce(sum(amount), 0) FROM deals WHERE status = 'won' AND closed_on >= :start
  AND closed_on < :next AND currency = :currency GROUP BY seller_id"""


def evening(connection: Connection, on: date, today: date, currency: str, watched: bool = False) -> Evening:
    """The evening's figures of the business day `on`, in the business's currency alone; requests if `watched`."""
    values = {"day": on.isoformat(), "currency": currency}
    counted = connection.execute(text("SELECT amount FROM cash_counts WHERE on_date = :day AND currency = :currency"),
                                 values).scalar_one_or_none()
    return Evening(_takings(connection, values), counted, _credit(connection, values),
                   _targets(connection, on, values), late(connection, on, today, currency),
                   _unanswered(connection, on) if watched else ())


def _unanswered(connection: Connection, on: date) -> tuple[int, ...]:
    return tuple(one.customer_id for one in requests.unanswered(connection, on - timedelta(days=DAYS - 1), on))


def _takings(connection: Connection, values: Mapping[str, str]) -> tuple[Taking, ...]:
    """The day's payments by method and receiver; receivers by name, nobody last."""
    found = [Taking(row[0], row[1], None, row[2], row[3])
             for row in connection.execute(text(_TAKINGS), values)]
    names = records.names(connection, "sellers", {taking.seller_id for taking in found if taking.seller_id})
    named = [replace(taking, seller=names.get(taking.seller_id or 0)) for taking in found]
    return tuple(sorted(named, key=lambda taking: (taking.seller_id is None, sort_key(taking.seller or ""),
                                                   taking.seller_id or 0)))


def _credit(connection: Connection, values: Mapping[str, str]) -> Credit:
    """Credit given and collected. Sales and payments are joined here: in SQL each sale would look for its payments."""
    sold = {row[0]: row[1] or 0 for row in connection.execute(text(_SOLD), values)}
    paid: dict[int, int] = defaultdict(int)
    collected = []
    for deal, amount in connection.execute(text(_PAID), values):
        if deal in sold:
            paid[deal] += amount
        else:
            collected.append(amount)
    given = [amount - paid[deal] for deal, amount in sold.items() if amount > 0]
    return Credit(sum(left > 0 for left in given), sum(given), len(collected), sum(collected))


def _targets(connection: Connection, on: date, values: Mapping[str, str]) -> tuple[TargetSum, ...]:
    """The shop's target and each seller's: of several that hold the day, the one of the shortest period."""
    chosen: dict[int | None, Any] = {}
    for row in connection.execute(text(_TARGETS), values):
        chosen.setdefault(row[1], row)
    won: dict[str, dict[int | None, int]] = {}
    for start in {row[3] for row in chosen.values()}:
        rows = connection.execute(text(_WON), {"start": start, "next": (on + timedelta(days=1)).isoformat(),
                                               "currency": values["currency"]})
        won[start] = {row[0]: row[1] for row in rows}
    return tuple(TargetSum(
        row[0], seller, row[2], Period(date.fromisoformat(row[3]), date.fromisoformat(row[4])), row[5],
        sum(won[row[3]].values()) if seller is None else won[row[3]].get(seller, 0))
        for seller, row in chosen.items())
