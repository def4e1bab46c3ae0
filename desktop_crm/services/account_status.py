"""How a customer stands, computed from what is in the file."""

from __future__ import annotations

from desktop_crm.domain.account_status import AccountStatus, activity, stage
from desktop_crm.services.book import Book
from desktop_crm.storage import account_status


def status(book: Book, customer: int) -> AccountStatus:
    """How one customer stands today, and what that follows from; a millisecond, also on a large file."""
    with book.read() as connection:
        today, lapse = book.today(), account_status.lapse_days(connection)
        found = account_status.facts(connection, [customer], today, book.currency)
    facts = found.get(customer, account_status.NOTHING)
    return AccountStatus(facts, activity(facts, today, lapse), stage(facts, today, lapse), lapse)
