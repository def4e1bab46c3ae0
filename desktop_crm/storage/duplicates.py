"""What customers are known by, for the search of duplicates; and whom someone has told apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import Connection

from desktop_crm.domain.duplicates import Identity, identity
from desktop_crm.storage import records, search

_COLUMNS = ("id", "name", "sort_name", "call_name", "invoice_title", "address", "city", "postcode", "registration",
            "tax_number", "website", "birthday", "parent_id")
_CHUNK = 2000


def identities(connection: Connection, ids: Collection[int] | None = None,
               step: Callable[[int], None] | None = None) -> Iterator[Identity]:
    """What each customer is known by, their contacts' phones and e-mails included, ascending id; None for all.

    `step` hears how many have been read so far.
    """
    among = "" if ids is None else f"WHERE {{column}} IN ({', '.join(str(int(row_id)) for row_id in ids)})"
    ways = _ways(connection, among)
    places = _places(connection, among)
    rows = connection.exec_driver_sql(
        f"SELECT {', '.join(_COLUMNS)} FROM customers {among.format(column='id')} ORDER BY id")
    for number, row in enumerate(rows):
        if step is not None and number % _CHUNK == 0:
            step(number)
        phones, emails = ways.get(row[0], ((), ()))
        yield identity(dict(zip(_COLUMNS, row, strict=True)), phones, emails, places.get(row[0], ()))


def _ways(connection: Connection, among: str) -> dict[int, tuple[list[str], list[str]]]:
    """The normalised phones and e-mails of each customer and of their contacts."""
    found: dict[int, tuple[list[str], list[str]]] = {}
    own = f"SELECT customer_id, kind, normal FROM channels {among.format(column='customer_id')}"
    theirs = ("SELECT p.customer_id, h.kind, h.normal FROM contacts p JOIN channels h ON h.contact_id = p.id "
              + among.format(column="p.customer_id"))
    for statement in (own, theirs):
        for customer, kind, normal in connection.exec_driver_sql(statement):
            if customer is not None and normal:
                found.setdefault(customer, ([], []))[0 if kind == "phone" else 1].append(normal)
    return found


def _places(connection: Connection, among: str) -> dict[int, list[tuple[str, str, str]]]:
    """The further addresses of each customer: street, city, postcode."""
    found: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
    for customer, *place in connection.exec_driver_sql(
            f"SELECT customer_id, street, city, postcode FROM addresses {among.format(column='customer_id')}"):
        if customer is not None:
            found[customer].append((place[0] or "", place[1] or "", place[2] or ""))
    return found


def near(connection: Connection, one: Identity, phones: Iterable[str], emails: Iterable[str], name: str,
         most: int = 40) -> set[int]:
    """Customers who may be the one about to be saved: by phone and e-mail as normalised, by name, by numbers.

    At most `most` by each, the newest; `one` is left out if it is in the file already.
    """
    found: set[int] = set()
    for kind, values in (("phone", phones), ("email", emails)):
        for value in values:
            found.update(connection.exec_driver_sql(
                "SELECT coalesce(h.customer_id, p.customer_id) FROM channels h LEFT JOIN contacts p "
                "ON p.id = h.contact_id WHERE h.kind = ? AND h.normal = ? ORDER BY h.id DESC LIMIT ?",
                (kind, value, most)).scalars())
    words = [" ".join(reading.words) for reading in one.names] or [name]
    for text in words:
        found.update(row_id for row_id, _ in search.named(connection, "customers", text, most))
    found.update(_numbered(connection, (*one.registrations, *one.taxes), most))
    return {row_id for row_id in found if row_id is not None and row_id != one.id}


def _numbered(connection: Connection, numbers: Collection[str], most: int) -> list[int]:
    """Customers who are found by one of the numbers, as it is or by its digits: 1234567-A stands as 1234567 and A."""
    runs = {run for number in numbers for run in (number, *re.findall(r"\d{5,}", number))}
    return search.holding(connection, "customers", sorted(runs), most)


def phone_of(connection: Connection, customer: int) -> str:
    """The first phone of a customer as it is written, else the first e-mail; "" for none."""
    return str(connection.exec_driver_sql(
        "SELECT value FROM channels WHERE customer_id = ? ORDER BY kind = 'phone' DESC, position, id LIMIT 1",
        (customer,)).scalar() or "")


def count(connection: Connection) -> int:
    """How many customers there are."""
    return int(connection.exec_driver_sql("SELECT count(*) FROM customers").scalar_one())


def distinct(connection: Connection) -> frozenset[tuple[int, int]]:
    """The pairs that someone has told apart, the smaller id first."""
    return frozenset((row[0], row[1]) for row in connection.exec_driver_sql(
        "SELECT first_id, second_id FROM distinctions"))


def tell_apart(connection: Connection, pairs: Iterable[tuple[int, int]]) -> None:
    """Remember that these are not the same; what is known already is left alone."""
    known = distinct(connection)
    for pair in sorted({(min(pair), max(pair)) for pair in pairs} - known):
        row: dict[str, Any] = {"first_id": pair[0], "second_id": pair[1]}
        records.add(connection, "distinctions", row)
