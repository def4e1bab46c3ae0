"""New requests that wait for an answer: which, since when, and the first call that answers one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import N_
from desktop_crm.domain.reminders import day_start
from desktop_crm.domain.requests import DAYS, RequestRow, minutes_since
from desktop_crm.services import activities, scored
from desktop_crm.services.book import Book
from desktop_crm.storage import records, requests


def unanswered(book: Book, now: datetime) -> list[RequestRow]:
    """The requests of the last seven days that nobody has answered, the newest first; none if they are not watched.

    One came when its first state was logged, else (an imported one) at the start of the day it was created.
    """
    if not book.business.answer_within:
        return []
    today = book.business.day_of(now)
    with book.read() as connection:
        found = requests.unanswered(connection, today - timedelta(days=DAYS - 1), today)
    rows = [(one, one.at or day_start(book.business, one.created_on)) for one in found]
    return sorted((RequestRow(one.customer_id, one.customer, one.source, came, minutes_since(came, now))
                   for one, came in rows), key=lambda row: (row.came_at, row.customer_id), reverse=True)


def count(book: Book, day: date) -> int:
    """How many requests of the seven days up to `day` had no answer at its end; 0 if they are not watched."""
    if not book.business.answer_within:
        return 0
    with book.read() as connection:
        return requests.count(connection, day - timedelta(days=DAYS - 1), day)


def log_first_call(book: Book, customer: int) -> int:
    """Note that the customer was called just now, which answers the request; returns the activity's id."""
    return activities.log(book, {"name": book.language.say(N_("First call")), "kind": "call", "direction": "out",
                                 "customer_id": customer})


def log_first_calls(book: Book, ids: Sequence[int]) -> Changes:
    """Note as one act that each of the customers was called just now, which answers their requests."""
    with book.read() as connection:
        names = list(records.names(connection, "customers", ids).values())
    one = {"name": book.language.say(N_("First call")), "kind": "call", "direction": "out", "state": "held",
           "on_date": book.today(), "at": book.now(), "seller_id": book.seller}
    label = N_("Log the first call: {name}") if len(names) == 1 else N_("Log the first calls of {count} requests")
    with book.work(label, name=names[0] if names else "", count=len(ids)) as work:
        for customer in ids:
            records.add(work.connection, "activities", {**one, "customer_id": customer})
        scored.follow(book, work, ids)
    return work.done
