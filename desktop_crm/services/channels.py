"""The ways to reach someone, one at a time: added, changed, preferred, moved, removed."""

from __future__ import annotations

from typing import Any

from desktop_crm.domain import channels
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import N_
from desktop_crm.services.book import Book
from desktop_crm.storage import records
from desktop_crm.storage.unit_of_work import Connection

_LABEL = N_("Edit ways to reach {name}")


def add(book: Book, customer: int, kind: str, value: str, label: str = "") -> Changes:
    """Add a way to reach a customer after those that are there; InvalidInput for what is no such address."""
    way = channels.channel(kind, value, book.business.country, label)
    with book.read() as connection:
        name = records.title(connection, "customers", customer)
        place = max((row["position"] for row in _beside(connection, {"customer_id": customer, "contact_id": None})),
                    default=-1) + 1
    with book.work(_LABEL, name=name) as work:
        records.add(work.connection, "channels", {
            "customer_id": customer, "kind": way.kind, "value": way.value, "label": way.label or None,
            "normal": way.normal, "position": place})
    return work.done


def edit(book: Book, record: int, kind: str, value: str, label: str = "") -> Changes:
    """Change a way; one that becomes another kind is no longer preferred."""
    way = channels.channel(kind, value, book.business.country, label)
    row, name = _known(book, record)
    values: dict[str, Any] = {"kind": way.kind, "value": way.value, "label": way.label or None, "normal": way.normal}
    if way.kind != row["kind"]:
        values |= {"preferred": False}
    with book.work(_LABEL, name=name) as work:
        records.save(work.connection, "channels", record, values)
    return work.done


def prefer(book: Book, record: int, preferred: bool = True) -> Changes:
    """Take a way before all others of its kind, or no longer; one of a kind is preferred at most."""
    row, name = _known(book, record)
    with book.work(_LABEL, name=name) as work:
        for other in _beside(work.connection, row):
            if other["kind"] == row["kind"]:
                records.save(work.connection, "channels", other["id"],
                             {"preferred": preferred and other["id"] == record})
    return work.done


def move(book: Book, record: int, by: int) -> Changes:
    """Put a way `by` places further down among its owner's (up if below zero)."""
    row, name = _known(book, record)
    with book.work(_LABEL, name=name) as work:
        order = [other["id"] for other in _beside(work.connection, row)]
        place = order.index(record)
        order.insert(max(0, min(len(order) - 1, place + by)), order.pop(place))
        for position, key in enumerate(order):
            records.save(work.connection, "channels", key, {"position": position})
    return work.done


def remove(book: Book, record: int) -> Changes:
    """Take a way to reach someone away."""
    _, name = _known(book, record)
    with book.work(_LABEL, name=name) as work:
        records.remove(work.connection, "channels", [record])
    return work.done


def _known(book: Book, record: int) -> tuple[dict[str, Any], str]:
    """The row of a way and the name of who it reaches; NotFound if it is gone."""
    with book.read() as connection:
        row = records.get(connection, "channels", record)
        table, owner = ("customers", "customer_id") if row["customer_id"] else ("contacts", "contact_id")
        return row, records.title(connection, table, row[owner])


def _beside(connection: Connection, row: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of an owner's ways, in their order."""
    found = records.find(connection, "channels", customer_id=row["customer_id"], contact_id=row["contact_id"])
    return sorted(found, key=lambda other: (other["position"], other["id"]))
