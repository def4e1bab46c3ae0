"""What a user does with campaigns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from desktop_crm.domain import fields
from desktop_crm.domain.campaigns import FIELDS, CampaignRow
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.services.book import Book
from desktop_crm.storage import campaigns, records


def all_campaigns(book: Book) -> list[CampaignRow]:
    """All campaigns with what came of them, the one that began last first; those without a first day on top."""
    with book.read() as connection:
        return campaigns.every(connection)


def names(book: Book) -> list[CampaignRow]:
    """All campaigns in the same order, quickly: without what came of them."""
    with book.read() as connection:
        return campaigns.plain(connection)


def running(book: Book, source: int | None) -> int | None:
    """The campaign of a source that runs today, of several the one that began last; None without one."""
    return running_of(names(book), source, book.today()) if source is not None else None


def running_of(rows: Sequence[CampaignRow], source: int | None, day: date) -> int | None:
    """The one of these campaigns, in the order of `all_campaigns`, that a request of a source came by on a day."""
    return next((row.id for row in rows if source is not None and row.source_id == source and row.runs(day)), None)


def add(book: Book, values: Mapping[str, object]) -> int:
    """Add a campaign and return its id; its cost is in the business's currency.

    InvalidInput for a name that another one has, a cost below zero, a last day before the first.
    """
    clean = fields.checked(FIELDS, values, new=True)
    _check(book, clean)
    with book.work(N_("Add campaign {name}"), name=clean["name"]) as work:
        return records.add(work.connection, "campaigns", {**clean, "currency": book.currency})


def edit(book: Book, campaign: int, values: Mapping[str, object]) -> Changes:
    """Change a campaign; refused as `add` does."""
    clean = fields.checked(FIELDS, values)
    with book.read() as connection:
        before = records.get(connection, "campaigns", campaign)
    _check(book, {**before, **clean}, campaign)
    with book.work(N_("Edit campaign {name}"), name=before["name"]) as work:
        records.save(work.connection, "campaigns", campaign, clean)
    return work.done


def delete(book: Book, ids: Sequence[int]) -> Changes:
    """Delete campaigns; who came by them stays, without a campaign."""
    with book.work(N_("Delete {count} campaigns"), count=len(ids)) as work:
        records.remove(work.connection, "campaigns", ids)
    return work.done


def _check(book: Book, values: Mapping[str, object], but: int | None = None) -> None:
    with book.read() as connection:
        same = campaigns.same(connection, str(values["name"]), but)
    if same is not None:
        raise InvalidInput(N_("There is a campaign “{name}” already. Nothing was saved."), "name", name=same)
    cost, first, last = values.get("cost"), values.get("from_on"), values.get("until_on")
    if isinstance(cost, int) and cost < 0:
        raise InvalidInput(N_("A cost is not below zero. Nothing was saved."), "cost")
    if first is not None and last is not None and str(last) < str(first):
        raise InvalidInput(N_("The last day is before the first. Nothing was saved."), "until_on")
