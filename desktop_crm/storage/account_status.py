"""What the standing of customers follows from: their purchases, what they came to, and the lapse length."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Connection

from desktop_crm.domain.account_status import SETTING, Facts
from desktop_crm.domain.account_status import lapse_days as lapse_of
from desktop_crm.storage.conditions import as_day, by_ids

_YEAR = timedelta(days=365)
# Of one customer and of a page of them by one covering index. What is said of a year is bound as days.
_BOUGHT = """SELECT customer_id, max(CASE WHEN coalesce(amount, 0) >= 0 THEN closed_on END),
  sum(coalesce(amount, 0) >= 0),
  coalesce(sum(amount) FILTER (WHERE closed_on > '{year}' AND closed_on <= '{today}' AND currency = '{currency}'), 0),
  coalesce(sum(amount) FILTER (WHERE closed_on > '{years}' AND closed_on <= '{year}' AND currency = '{currency}'), 0)
FROM deals INDEXED BY deals_customer WHERE customer_id IN :ids AND status = 'won' GROUP BY customer_id"""
_CONTACT = ("SELECT customer_id, max(on_date) FROM activities WHERE customer_id IN :ids AND state = 'held' "
            "GROUP BY customer_id")
NOTHING = Facts(None, None, 0, 0, 0)
"""What follows from a customer without any purchase or contact."""


def lapse_days(connection: Connection) -> int:
    """After how many days without a purchase a buyer of this file has lapsed."""
    kept = connection.exec_driver_sql("SELECT value FROM settings WHERE key = ?", (SETTING,)).scalar()
    return lapse_of({SETTING: str(kept or "")})


def facts(connection: Connection, wanted: Sequence[int], today: date, currency: str) -> dict[int, Facts]:
    """What the standing of customers follows from, by id; those who never bought nor were spoken to are left out."""
    year = today - _YEAR
    spoken = {row[0]: as_day(row[1]) for row in by_ids(connection, _CONTACT, wanted)}
    statement = _BOUGHT.format(today=today, year=year, years=year - _YEAR, currency=currency)
    found = {row[0]: Facts(spoken.get(row[0]), as_day(row[1]), row[2], row[3], row[4])
             for row in by_ids(connection, statement, wanted)}
    return {key: Facts(day, None, 0, 0, 0) for key, day in spoken.items()} | found
