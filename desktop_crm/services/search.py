"""Find anything by typing: customers, contacts, deals, products, tasks, activities."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_crm.domain.errors import N_
from desktop_crm.domain.values import digits, fold
from desktop_crm.services.book import Book
from desktop_crm.storage import search
from desktop_crm.storage.unit_of_work import Connection

KINDS = {"customers": N_("Customers"), "contacts": N_("Contacts"), "deals": N_("Deals"), "tasks": N_("Tasks"),
         "products": N_("Products"), "activities": N_("Activities")}
"""What can be found, in the order in which it is shown."""
_NUMBER = 6  # digits from which on a text may hold a phone number


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
    """What was found for `typed`, best first, at most `limit` of each kind; quick enough for each keystroke.

    A text that was pasted, as an e-mail with its signature, finds whom it tells how to reach.
    """
    with book.read() as connection:
        found = {kind: search.hits(connection, kind, typed, limit) for kind in KINDS}
        _add_owners(connection, found, typed, limit)
        if not any(found.values()):
            found = {kind: search.inside(connection, kind, typed, limit) for kind in ("customers", "contacts", "deals")}
        if not any(found.values()) and _may_be_signed(typed):
            found = _signed(connection, book, typed, limit)
        return [hit for kind, ids in found.items() for hit in _hits(connection, kind, ids[:limit])]


def _add_owners(connection: Connection, found: dict[str, list[int]], typed: str, limit: int) -> None:
    """Put before the others whose e-mail or phone was typed."""
    for customer, contact in search.owners(connection, typed, limit):
        kind, owner = ("customers", customer) if customer else ("contacts", contact)
        if owner and owner not in found[kind]:
            found[kind].insert(0, owner)


def _may_be_signed(typed: str) -> bool:
    """Whether a text has more in it than one number or one address, which were looked for already."""
    return (len(typed.split()) > 1 and not search.phone_digits(typed)
            and ("@" in typed or len(digits(typed)) >= _NUMBER))


def _signed(connection: Connection, book: Book, typed: str, limit: int) -> dict[str, list[int]]:
    """Whom the e-mails and phones of a pasted text belong to; where nobody has them, who is named as its writer."""
    from desktop_crm.domain import signatures  # reading numbers out of a text takes the tables of all countries

    said = signatures.read(typed, book.business.country)
    found: dict[str, list[int]] = {kind: [] for kind in KINDS}
    for way in (*said.phones, *said.emails):
        _add_owners(connection, found, way, limit)
    for kind in () if any(found.values()) or not said.said else ("customers", "contacts"):
        found[kind] = [key for name in (said.name, said.company) if name
                       for key, _ in search.named(connection, kind, name, limit)]
    return found


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
