"""Contacts: lists and rows."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from desktop_crm.domain.contacts import ContactRow
from desktop_crm.storage import customers
from desktop_crm.storage.conditions import Where, by_ids, ids, named


def list_ids(connection: Connection, search: str = "", customer: int | None = None,
             limit: int | None = None) -> list[int]:
    """Ids of the contacts that match what was typed, or of one customer, ascending."""
    found = Where()
    found.search("contacts", search)
    if customer is not None:
        found.add("contacts.customer_id = :customer", customer=customer)
    return ids(connection, found, "SELECT contacts.id FROM contacts", "contacts.id", limit)


def rows(connection: Connection, wanted: Sequence[int]) -> list[ContactRow]:
    """Contact rows by id, in the order asked for, with all ways to reach them."""
    reach = customers.channels(connection, "contact_id", wanted)
    found = {row[0]: ContactRow(**named(row, channels=reach.get(row.id, ()))) for row in by_ids(
        connection, "SELECT t.id, t.name, t.customer_id, c.name AS customer, t.role FROM contacts t "
        "LEFT JOIN customers c ON c.id = t.customer_id WHERE t.id IN :ids", wanted)}
    return [found[key] for key in wanted if key in found]
