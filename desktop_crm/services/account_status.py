"""How a customer stands, computed from what is in the file."""

from __future__ import annotations

from desktop_crm.domain.account_status import AccountStatus, activity, stage
from desktop_crm.services.book import Book
from desktop_crm.storage import account_status, rfm


def status(book: Book, customer: int) -> AccountStatus:
    """How one customer stands today and what that follows from; for a worker, it may have to rank all buyers."""
    with book.read() as connection:
        today, lapse = book.today(), account_status.lapse_days(connection)
        facts = account_status.facts(connection, [customer], today, book.currency).get(customer, account_status.NOTHING)
        ranking = rfm.ranking(connection, today)
    return AccountStatus(facts, activity(facts, today, lapse), stage(facts, today, lapse), lapse, ranking,
                         ranking.get(customer))
