"""What a user notes of what happened with a customer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_crm.domain import fields
from desktop_crm.domain.activities import FIELDS, KINDS, ActivityFilter, ActivityRow
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import N_
from desktop_crm.services import scored, tasks
from desktop_crm.services.book import Book
from desktop_crm.storage import activities, records


def list_ids(book: Book, wanted: ActivityFilter | None = None, sort: str = "id", descending: bool = False,
             limit: int | None = None) -> list[int]:
    """Ids of the activities that pass the filter, sorted."""
    with book.read() as connection:
        return activities.list_ids(connection, wanted or ActivityFilter(), sort, descending, limit)


def rows(book: Book, ids: Sequence[int]) -> list[ActivityRow]:
    """Activity rows by id."""
    with book.read() as connection:
        return activities.rows(connection, ids)


def log(book: Book, values: Mapping[str, object], next_step: Mapping[str, object] | None = None) -> int:
    """Note an activity, held now unless said otherwise, and with it the task that is its next step; returns its id."""
    clean = dict(fields.checked(FIELDS, values, new=True))
    clean["kind"] = clean.get("kind") or "note"
    clean["state"] = clean.get("state") or "held"
    if clean.get("at") is None and clean.get("on_date") in (None, book.today()):
        clean["at"] = book.now()
    clean["on_date"] = clean.get("on_date") or book.today()
    clean.setdefault("seller_id", book.seller)
    with book.read() as connection:
        names = records.names(connection, "customers", [int(str(clean["customer_id"]))]) \
            if clean.get("customer_id") else {}
    label = N_("Log {kind} with {name}") if names else N_("Log {kind}")
    with book.work(label, kind=KINDS[str(clean["kind"])], name="".join(names.values())) as work:
        if next_step is not None:
            tasks.insert(book, work, next_step)
        new = records.add(work.connection, "activities", clean)
        if clean.get("customer_id"):
            scored.follow(book, work, [int(str(clean["customer_id"]))])
        return new


def edit(book: Book, activity: int, values: Mapping[str, object]) -> Changes:
    """Change what was noted."""
    clean = fields.checked(FIELDS, values)
    with book.work(N_("Edit a logged activity")) as work:
        records.save(work.connection, "activities", activity, clean)
    return work.done


def delete(book: Book, ids: Sequence[int]) -> Changes:
    """Delete activities."""
    with book.work(N_("Delete {count} activities"), count=len(ids)) as work:
        records.remove(work.connection, "activities", ids)
    return work.done
