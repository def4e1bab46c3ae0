"""The inbox of requests: the leads that are new and have no answer, and what is done with them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.reminders import day_start
from desktop_crm.domain.requests import DAYS, InboxRow
from desktop_crm.services import customers, scored
from desktop_crm.services.book import Book
from desktop_crm.storage import inbox, records


def list_ids(book: Book) -> list[int]:
    """The leads that are new and that nobody has answered, however old, the newest first."""
    with book.read() as connection:
        return inbox.list_ids(connection, book.today())


def count(book: Book) -> int:
    """How many `list_ids` would give."""
    with book.read() as connection:
        return inbox.count(connection, book.today())


def rows(book: Book, ids: Sequence[int]) -> list[InboxRow]:
    """Requests by id, in the order asked for; those that are gone are left out.

    One came when its first state was logged, else (an imported one) at the start of the day it was created.
    """
    since = book.today() - timedelta(days=DAYS - 1)
    with book.read() as connection:
        found = inbox.rows(connection, ids)
    made = []
    for one in (found[row_id] for row_id in ids if row_id in found):
        came: datetime | None = one.at or (day_start(book.business, one.created_on) if one.created_on else None)
        made.append(InboxRow(one.id, one.name, one.source, one.campaign, one.seller, came, (one.said or "").strip(),
                             one.phone, one.email, one.created_on is not None and one.created_on >= since))
    return made


def put_aside(book: Book, ids: Sequence[int]) -> Changes:
    """Say of requests that nothing comes of them: they are unqualified leads then."""
    return _edit(book, ids, {"lead_state": "unqualified"}, N_("Put {name} aside"), N_("Put {count} requests aside"))


def assign(book: Book, ids: Sequence[int], seller: int | None) -> Changes:
    """Give requests to a seller, or with None to nobody; NotFound if the seller is gone, InvalidInput if they no longer
    sell."""
    name = ""
    if seller is not None:
        with book.read() as connection:
            found = records.get(connection, "sellers", seller)
        name = str(found["name"])
        if not found["active"]:
            raise InvalidInput(N_("{name} does not sell now. Nothing was changed."), "seller_id", name=name)
    if seller is None:
        return _edit(book, ids, {"seller_id": None}, N_("{name} has no seller"), N_("{count} requests have no seller"))
    return _edit(book, ids, {"seller_id": seller}, N_("Give {name} to {seller}"),
                 N_("Give {count} requests to {seller}"), seller=name)


def _edit(book: Book, ids: Sequence[int], values: dict[str, object], one: str, many: str,
          seller: str = "") -> Changes:
    """Save the same values for each of the customers as one act."""
    with book.read() as connection:
        names = list(records.names(connection, "customers", ids).values())
    with book.work(one if len(names) == 1 else many, name=names[0] if names else "", count=len(ids),
                   seller=seller) as work:
        for customer in ids:
            customers.change(book, work, customer, values)
        scored.follow(book, work, ids)
    return work.done
