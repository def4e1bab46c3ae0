"""The evening's sums of a day: takings, credit, targets; each by a short range of an index."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, text

from desktop_crm.domain.evening import Credit, Evening, Taking, TargetSum
from desktop_crm.domain.values import Period, sort_key
from desktop_crm.storage import records
from desktop_crm.storage.figures.late import late

_MONEY = """SELECT method, seller_id, amount, deal_id, on_account FROM payments
  WHERE received_on = :day AND currency = :currency"""
_SOLD = """SELECT id, CASE WHEN on_account = 1 AND amount > 0 AND currency = :currency THEN amount END FROM deals
  WHERE status = 'won' AND closed_on = :day"""
_TARGETS = """SELECT t.id, t.seller_id, s.name, t.from_on, t.to_on, t.amount FROM targets t
  LEFT JOIN sellers s ON s.id = t.seller_id WHERE t.from_on <= :day AND t.to_on > :day AND t.currency = :currency
  ORDER BY t.seller_id IS NOT NULL, s.name, t.seller_id, julianday(t.to_on) - julianday(t.from_on), t.id DESC"""
_WON = """SELECT seller_id, coalesce(sum(amount), 0) FROM deals WHERE status = 'won' AND closed_on >= :start
  AND closed_on < :next AND currency = :currency GROUP BY seller_id"""


def evening(connection: Connection, on: date, today: date, currency: str) -> Evening:
    """The evening's figures of the business day `on`, in the business's currency alone."""
    values = {"day": on.isoformat(), "currency": currency}
    counted = connection.execute(text("SELECT amount FROM cash_counts WHERE on_date = :day AND currency = :currency"),
                                 values).scalar_one_or_none()
    # Two ranges of an index are read once, and joined and summed here: in SQL each sum would look at every row again.
    money, sold = (connection.execute(text(statement), values).all() for statement in (_MONEY, _SOLD))
    return Evening(_takings(connection, money), counted, _credit(money, {row[0]: row[1] for row in sold}),
                   _targets(connection, on, values), late(connection, on, today, currency))


def _takings(connection: Connection, money: Sequence[Any]) -> tuple[Taking, ...]:
    """The day's payments by method and receiver; receivers by name, nobody last."""
    sums: dict[tuple[str | None, int | None], list[int]] = defaultdict(list)
    for method, seller, amount, _, _ in money:
        sums[method, seller].append(amount)
    names = records.names(connection, "sellers", {seller for _, seller in sums if seller is not None})
    order = sorted(sums, key=lambda key: (key[1] is None, sort_key(names.get(key[1] or 0, "")), key[1] or 0))
    return tuple(Taking(method, seller, names.get(seller) if seller else None, len(sums[method, seller]),
                        sum(sums[method, seller])) for method, seller in order)


def _credit(money: Sequence[Any], sold: Mapping[int, int | None]) -> Credit:
    """Credit given and collected; `sold` has each deal won on the day, with its amount if it is a sale on account."""
    paid: dict[int, int] = defaultdict(int)
    collected = []
    for _, _, amount, deal, on_account in money:
        if on_account and deal in sold:
            paid[deal] += amount
        elif on_account:
            collected.append(amount)
    given = [amount - paid[deal] for deal, amount in sold.items() if amount is not None]
    return Credit(sum(left > 0 for left in given), sum(given), len(collected), sum(collected))


def _targets(connection: Connection, on: date, values: dict[str, str]) -> tuple[TargetSum, ...]:
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
