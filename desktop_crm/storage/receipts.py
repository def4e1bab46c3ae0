"""Numbered receipts: the next number, and what was given."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from desktop_crm.storage import records
from desktop_crm.storage.conditions import by_ids


def next_number(connection: Connection, series: str) -> int:
    """The number of the next receipt: one above the highest, voided ones included, so that none comes twice."""
    return int(connection.exec_driver_sql(
        "SELECT coalesce(max(number), 0) + 1 FROM receipts WHERE series = ?", (series,)).scalar_one())


def printed(series: str, number: int) -> str:
    """A receipt's number as it stands on the paper."""
    return f"{series}-{number:06}" if series else f"{number:06}"


def paid(connection: Connection, taking: str) -> Sequence[Any]:
    """The payments that came at once, with the names of deal, buyer and receiver."""
    return connection.exec_driver_sql(
        "SELECT p.received_on, p.amount, p.currency, p.method, p.customer_id, p.deal_id, d.name AS deal, "
        "c.name AS buyer, s.name AS seller FROM payments p LEFT JOIN deals d ON d.id = p.deal_id "
        "LEFT JOIN customers c ON c.id = p.customer_id LEFT JOIN sellers s ON s.id = p.seller_id "
        "WHERE p.taking = ? ORDER BY p.id", (taking,)).all()


def of_taking(connection: Connection, taking: str) -> dict[str, Any] | None:
    """The receipt that stands for a taking, None if there is none."""
    return next((row for row in records.find(connection, "receipts", taking=taking) if row["voided_at"] is None), None)


def void(connection: Connection, at: datetime, *, deals: Sequence[int] = (), takings: Sequence[str] = ()) -> None:
    """Void the standing receipts of some deals and takings."""
    rows = [row for deal in deals for row in records.find(connection, "receipts", deal_id=deal)]
    rows += [row for name in takings for row in records.find(connection, "receipts", taking=name)]
    for row in rows:
        if row["voided_at"] is None:
            records.save(connection, "receipts", row["id"], {"voided_at": at})


def list_ids(connection: Connection) -> list[int]:
    """Every receipt, newest number first."""
    return [row[0] for row in connection.exec_driver_sql("SELECT id FROM receipts ORDER BY series DESC, number DESC")]


def numbers(connection: Connection, payments: Sequence[int]) -> dict[int, str]:
    """The number, as printed, of the receipt that stands for each of these payments; those without one are left out."""
    return {row[0]: printed(row[1], row[2]) for row in by_ids(
        connection, "SELECT p.id, r.series, r.number FROM payments p JOIN receipts r ON r.taking = p.taking "
                    "AND r.voided_at IS NULL WHERE p.id IN :ids", payments)}
