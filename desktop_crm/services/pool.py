"""The lead pool: what nobody has is taken, what somebody lets lie goes back, each as one act and never by itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import timedelta

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.pool import PoolRow
from desktop_crm.services import customers, scoring
from desktop_crm.services.book import Book
from desktop_crm.storage import pool, records
from desktop_crm.storage.unit_of_work import Work


def waiting(book: Book) -> list[int]:
    """The ids of the open leads without a seller, the newest first."""
    with book.read() as connection:
        return pool.waiting(connection)


def idle(book: Book, days: int | None = None) -> list[int]:
    """The ids of the leads with a seller with whom nothing has happened for `days`, the longest idle first.

    Without `days` those of the business's settings; none if it has not said.
    """
    wanted = book.business.idle_days if days is None else days
    if not wanted:
        return []
    with book.read() as connection:
        return pool.idle(connection, book.today() - timedelta(days=wanted))


def rows(book: Book, ids: Sequence[int]) -> list[PoolRow]:
    """What a list of leads shows, in the order asked for."""
    with book.read() as connection:
        return pool.rows(connection, ids)


def release(book: Book, ids: Sequence[int]) -> Changes:
    """Give leads back to the pool: without a seller, recycled. Who is no open lead of a seller is left as it is.

    Who had them stays in the log of states, and in the history.
    """
    with book.read() as connection:
        names = pool.open_of(connection, ids, owned=True)
    with _work(book, names, N_("Back to the pool: {name}"), N_("Back to the pool: {count} leads")) as work:
        give(book, work, dict.fromkeys(names))
    return work.done


def take(book: Book, ids: Sequence[int]) -> Changes:
    """Let leads out of the pool be the present worker's; what somebody has meanwhile stays theirs.

    InvalidInput if nobody works, or if none of them is in the pool any more.
    """
    if book.seller is None:
        raise InvalidInput(N_("Say first who works here (F9): a lead is taken by somebody. Nothing was changed."))
    with book.read() as connection:
        names = pool.open_of(connection, ids, owned=False)
    if not names:
        raise InvalidInput(N_("Somebody has it already. Nothing was changed."))
    with _work(book, names, N_("Take {name} from the pool"), N_("Take {count} leads from the pool")) as work:
        give(book, work, dict.fromkeys(names, book.seller))
    return work.done


def give(book: Book, work: Work, sellers: Mapping[int, int | None]) -> None:
    """Let customers be other sellers' (by id), or nobody's, as a part of an act; their scores follow.

    A lead that goes to nobody is recycled, one that was recycled begins anew; both are in the log of states.
    """
    rows = records.get_many(work.connection, "customers", list(sellers))
    for customer, seller in sellers.items():
        state = rows[customer]["lead_state"]
        state = "recycled" if seller is None else "new" if state == "recycled" else state
        customers.change(book, work, customer, {"seller_id": seller, "lead_state": state})
    scoring.follow(book, work, list(sellers))


def _work(book: Book, names: dict[int, str], one: str, many: str) -> AbstractContextManager[Work]:
    """A piece of work that is named after its one lead, or after how many there are."""
    first = next(iter(names.values()), "")
    return book.work(one if len(names) == 1 else many, name=first, count=len(names))
