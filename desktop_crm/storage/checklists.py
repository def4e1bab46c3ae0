"""The items of the two checklists, and what is ticked of them for a lead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from desktop_crm.domain.checklists import Item
from desktop_crm.storage import records
from desktop_crm.storage.conditions import as_day


def items(connection: Connection) -> list[Item]:
    """Every item, by list and place."""
    return [Item(*row) for row in connection.exec_driver_sql(
        "SELECT id, list, name, position FROM checklist_items ORDER BY list, position, id")]


def marks(connection: Connection, customer: int) -> dict[int, tuple[date | None, str]]:
    """What is ticked for a customer, by item: since when, and the name of who said so ("" for nobody)."""
    return {row[0]: (as_day(row[1]), row[2] or "") for row in connection.exec_driver_sql(
        "SELECT m.item_id, m.on_date, s.name FROM checklist_marks m LEFT JOIN sellers s ON s.id = m.seller_id "
        "WHERE m.customer_id = ?", (customer,))}


def keep_earliest(connection: Connection, keep: int, others: Sequence[int]) -> None:
    """Before customers become one: of marks of the same item the earliest stays, the kept one's where days equal."""
    first: dict[int, records.Row] = {}
    for customer in (keep, *others):
        for row in records.find(connection, "checklist_marks", customer_id=customer):
            known = first.setdefault(row["item_id"], row)
            if known is not row:
                later = known if row["on_date"] < known["on_date"] else row
                first[row["item_id"]] = row if later is known else known
                records.remove(connection, "checklist_marks", [later["id"]])
