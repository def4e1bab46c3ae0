"""Contacts: lists and rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from desktop_crm.domain.contacts import Affiliation, ContactRow
from desktop_crm.storage import customers, records
from desktop_crm.storage.conditions import Where, by_ids, ids, named


def list_ids(connection: Connection, search: str = "", customer: int | None = None,
             limit: int | None = None) -> list[int]:
    """Ids of the contacts that match what was typed, or belong to one customer (also beside another), ascending."""
    found = Where()
    found.search("contacts", search)
    if customer is not None:
        found.add("(contacts.customer_id = :customer OR contacts.id IN (SELECT f.contact_id FROM affiliations f "
                  "WHERE f.customer_id = :customer))", customer=customer)
    return ids(connection, found, "SELECT contacts.id FROM contacts", "contacts.id", limit)


def rows(connection: Connection, wanted: Sequence[int]) -> list[ContactRow]:
    """Contact rows by id, in the order asked for, with all ways to reach them and all their companies."""
    reach, more = customers.channels(connection, "contact_id", wanted), affiliations(connection, wanted)
    found = {row[0]: ContactRow(**named(row, channels=reach.get(row.id, ()), affiliations=more.get(row.id, ())))
             for row in by_ids(
        connection, "SELECT t.id, t.name, t.customer_id, c.name AS customer, t.role, t.birthday FROM contacts t "
        "LEFT JOIN customers c ON c.id = t.customer_id WHERE t.id IN :ids", wanted)}
    return [found[key] for key in wanted if key in found]


def affiliations(connection: Connection, wanted: Sequence[int]) -> dict[int, tuple[Affiliation, ...]]:
    """The further companies of contacts, by contact, in the order in which they were added."""
    found: dict[int, list[Affiliation]] = defaultdict(list)
    for contact, customer, role, name in by_ids(
            connection, "SELECT f.contact_id, f.customer_id, f.role, c.name FROM affiliations f JOIN customers c "
            "ON c.id = f.customer_id WHERE f.contact_id IN :ids ORDER BY f.id", wanted):
        found[contact].append(Affiliation(customer, role or "", name))
    return {key: tuple(items) for key, items in found.items()}


def rehome(connection: Connection, leaving: Sequence[int]) -> None:
    """Write the people of customers that are about to go under the next company that they belong to."""
    moving = [row[0] for row in by_ids(
        connection, "SELECT DISTINCT t.id FROM contacts t JOIN affiliations f ON f.contact_id = t.id "
        "WHERE t.customer_id IN :ids ORDER BY t.id", leaving)]
    for contact in moving:
        rows = [row for row in records.find(connection, "affiliations", contact_id=contact)
                if row["customer_id"] not in leaving]
        if rows:
            records.save(connection, "contacts", contact, {"customer_id": rows[0]["customer_id"],
                                                           "role": rows[0]["role"]})
            records.remove(connection, "affiliations", [rows[0]["id"]])


def set_affiliations(connection: Connection, contact: int, wanted: Mapping[int, str]) -> None:
    """Make exactly these (role by customer id) the further companies of a contact; kept ones keep their rows."""
    present = {row["customer_id"]: row["id"] for row in records.find(connection, "affiliations", contact_id=contact)}
    records.remove(connection, "affiliations", [key for customer, key in present.items() if customer not in wanted])
    for customer, role in wanted.items():
        if customer in present:
            records.save(connection, "affiliations", present[customer], {"role": role or None})
        else:
            records.add(connection, "affiliations", {"contact_id": contact, "customer_id": customer,
                                                     "role": role or None})
