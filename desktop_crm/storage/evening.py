"""Cash counts, targets and printings, read and written."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection

from desktop_crm.domain.evening import TargetRow
from desktop_crm.domain.values import Period
from desktop_crm.storage import records

_TARGETS = """SELECT t.id, t.seller_id, s.name, t.from_on, t.to_on, t.amount FROM targets t
LEFT JOIN sellers s ON s.id = t.seller_id WHERE t.currency = ? """


def counted(connection: Connection, on: date) -> int | None:
    """The cash counted on a day, minor units; None if none was."""
    row = connection.exec_driver_sql("SELECT amount FROM cash_counts WHERE on_date = ?", (on.isoformat(),))
    return row.scalar_one_or_none()


def count(connection: Connection, on: date, amount: int | None, currency: str) -> None:
    """Note the cash counted on a day in place of what was noted before; None takes it away."""
    found = records.find(connection, "cash_counts", on_date=on)
    if amount is None:
        records.remove(connection, "cash_counts", [row["id"] for row in found])
    elif found:
        records.save(connection, "cash_counts", found[0]["id"], {"amount": amount, "currency": currency})
    else:
        records.add(connection, "cash_counts", {"on_date": on, "amount": amount, "currency": currency})


def targets(connection: Connection, currency: str, on: date | None = None) -> list[TargetRow]:
    """The targets in a currency, those whose period holds a day if one is given; by period, the shop's first."""
    order = "ORDER BY t.from_on, t.to_on, t.seller_id IS NOT NULL, s.name, t.id"
    rows = connection.exec_driver_sql(_TARGETS + order, (currency,)) if on is None else connection.exec_driver_sql(
        _TARGETS + "AND t.from_on <= ? AND t.to_on > ? " + order, (currency, on.isoformat(), on.isoformat()))
    return [TargetRow(row[0], row[1], row[2], Period(date.fromisoformat(row[3]), date.fromisoformat(row[4])), row[5])
            for row in rows]


def set_target(connection: Connection, period: Period, seller: int | None, amount: int | None, currency: str) -> None:
    """Set the target of a bounded period, in place of the one that it had; None takes it away."""
    found = records.find(connection, "targets", from_on=period.start, to_on=period.end, seller_id=seller)
    if amount is None:
        records.remove(connection, "targets", [row["id"] for row in found])
    elif found:
        records.save(connection, "targets", found[0]["id"], {"amount": amount, "currency": currency})
    else:
        records.add(connection, "targets", {"from_on": period.start, "to_on": period.end, "seller_id": seller,
                                            "amount": amount, "currency": currency})


def printed(connection: Connection, report: str, on: date, at: datetime) -> None:
    """Note that the report of a day was printed."""
    records.add(connection, "printings", {"report": report, "on_date": on, "at": at})


def last_printed(connection: Connection, report: str, on: date) -> datetime | None:
    """When the report of a day was printed last (aware), None if it was not."""
    at = connection.exec_driver_sql("SELECT max(at) FROM printings WHERE report = ? AND on_date = ?",
                                    (report, on.isoformat())).scalar()
    return None if at is None else datetime.fromisoformat(at)
