"""Who a mailing goes to: the stop of "no marketing" stands here, before any list of addresses leaves the program.

Reminders of money that is owed and papers of a sale are no marketing and do not ask here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_crm.domain.channels import first
from desktop_crm.domain.consents import refuses_marketing
from desktop_crm.services.book import Book
from desktop_crm.storage import consents, customers, records

_PART = 5000


@dataclass(frozen=True, slots=True)
class Mailing:
    """A mailing's addresses in the order asked for, none twice; how many refused, and how many have no address."""

    addresses: tuple[str, ...] = ()
    refused: int = 0
    without: int = 0


def allowed(book: Book, ids: Sequence[int]) -> list[int]:
    """Those of the customers who may be written to for marketing, in the order asked for."""
    found: list[int] = []
    for start in range(0, len(ids), _PART):
        part = list(ids[start:start + _PART])
        with book.read() as connection:
            rows, given = records.get_many(connection, "customers", part), consents.of(connection, part)
        found += [key for key in part if key in rows and not refuses_marketing(
            rows[key]["no_marketing"], given.get(key, ()), book.today())]
    return found


def recipients(book: Book, ids: Sequence[int], kind: str = "email") -> Mailing:
    """The preferred address of each customer by a kind of way (email, phone, whatsapp …); who refused is left out."""
    may, addresses, without = allowed(book, ids), dict[str, None](), 0
    for start in range(0, len(may), _PART):
        part = may[start:start + _PART]
        with book.read() as connection:
            ways = customers.channels(connection, "customer_id", part)
        for key in part:
            way = first(ways.get(key, ()), kind)
            if way is None:
                without += 1
            else:
                addresses[way.normal or way.value] = None
    return Mailing(tuple(addresses), len(ids) - len(may), without)
