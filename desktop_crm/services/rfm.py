"""How lately, how often and for how much customers bought, and how the business wants that counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_crm.domain.account_status import SETTING, checked_lapse
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import N_
from desktop_crm.domain.rfm import SEGMENTS, Ranking, Rfm, read_plan, write_plan
from desktop_crm.services.book import Book
from desktop_crm.storage import account_status, rfm, settings


@dataclass(frozen=True, slots=True)
class Buyer:
    """One line of the list of buyers."""

    id: int
    name: str
    rfm: Rfm


def ranking(book: Book, on: date | None = None, months: int | None = None) -> Ranking:
    """The buyers ranked at the end of a day (today), over the business's months or others; for a worker."""
    with book.read() as connection:
        return rfm.ranking(connection, on or book.today(), months)


def buyers(book: Book, on: date | None = None, months: int | None = None) -> list[Buyer]:
    """Everybody who ever bought, the best group first, within it those of the largest sum."""
    with book.read() as connection:
        found = rfm.ranking(connection, on or book.today(), months)
        names = rfm.names(connection)
    place = {code: number for number, code in enumerate(SEGMENTS)}
    rows = [Buyer(customer, names[customer], one) for customer, one in found.items() if customer in names]
    return sorted(rows, key=lambda row: (place[row.rfm.segment], -row.rfm.amount, row.id))


# What the business chose


def chosen(book: Book) -> dict[str, str]:
    """The lapse length, the window's months, what counts as buying and the fixed cut-offs, as they are kept."""
    with book.read() as connection:
        return {SETTING: str(account_status.lapse_days(connection)), **write_plan(rfm.plan_of(connection)[0])}


def choose(book: Book, values: Mapping[str, str]) -> Changes:
    """Save what was chosen, all of it or some; InvalidInput, with the setting's key, for what cannot be."""
    before = chosen(book)
    wanted = {**before, **values}
    kept = {SETTING: checked_lapse(wanted[SETTING]), **write_plan(read_plan(wanted))}
    with book.work(N_("Change how buyers are counted")) as work:
        for key, value in kept.items():
            if value != before[key]:
                settings.put(work.connection, key, value)
    return work.done
