"""Find anything by typing: customers, contacts, deals, products, tasks, activities."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_crm.domain.errors import N_
from desktop_crm.domain.values import fold
from desktop_crm.services.book import Book
from desktop_crm.storage import search
from desktop_crm.storage.unit_of_work import Connection

KINDS = {"customers": N_("Customers"), "contacts": N_("Contacts"), "deals": N_("Deals"), "tasks": N_("Tasks"),
         "products": N_("Products"), "activities": N_("Activities")}
"""What can be found, in the order in which it is shown."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: its kind and id, its name, a second line, and the customer it belongs to, if any.

    `person` marks a customer who is a person.
    """

    kind: str
    id: int
    title: str
    subtitle: str
    customer_id: int | None
    person: bool = False


def find(book: Book, typed: str, limit: int = 6) -> list[Hit]:
    """What was found for `typed`, best first, at most `limit` of each kind; quick enough for each keystroke."""
    with book.read() as connection:
        found = {kind: search.hits(connection, kind, typed, limit) for kind in KINDS}
        for customer, contact in search.owners(connection, typed, limit):
            kind, owner = ("customers", customer) if customer else ("contacts", contact)
            if owner and owner not in found[kind]:
                found[kind].insert(0, owner)
        if not any(found.values()):
            found = {kind: search.inside(connection, kind, typed, limit) for kind in ("customers", "contacts", "deals")}
        return [hit for kind, ids in found.items() for hit in _hits(connection, kind, ids[:limit])]


def similar(book: Book, typed: str, limit: int = 6) -> list[Hit]:
    """Customers whose name is nearly what was typed; for a worker, when `find` has found nothing."""
    from rapidfuzz import fuzz, process  # only when a word was mistyped

    with book.read() as connection:
        names = search.names(connection)
        near = process.extract(fold(typed), names, scorer=fuzz.WRatio, limit=limit, score_cutoff=75)
        return _hits(connection, "customers", [key for _, _, key in near])


def _hits(connection: Connection, kind: str, ids: list[int]) -> list[Hit]:
    found = {row[0]: Hit(kind, row[0], row[1], row[2] or "", row[3], bool(row[4]))
             for row in search.titles(connection, kind, ids)}
    return [found[key] for key in ids if key in found]
