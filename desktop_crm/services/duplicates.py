"""Customers that may be the same: warned of on entry, looked for in the whole file, told apart for good."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

from desktop_crm.domain import channels, duplicate_scan
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.duplicate_scan import Step
from desktop_crm.domain.duplicates import THRESHOLD, Group, Likeness, Match, compare, identity
from desktop_crm.domain.errors import N_, NotFound
from desktop_crm.services.book import Book
from desktop_crm.storage import duplicates, records


def like(book: Book, values: Mapping[str, object], phones: Sequence[str] = (), emails: Sequence[str] = (),
         threshold: float = THRESHOLD) -> list[Match]:
    """The customers that one about to be saved looks like, surest first; `values` with an id leave that one out.

    Phones and e-mails are as typed; what cannot be read yet is passed over.
    """
    country = book.business.country
    numbers = [normal for phone in phones if (normal := channels.normal("phone", phone, country))]
    mails = [normal for email in emails if (normal := channels.normal("email", email, country))]
    one = identity(values, numbers, mails)
    with book.read() as connection:
        near = duplicates.near(connection, one, numbers, mails, str(values.get("name") or ""))
        told_apart = duplicates.distinct(connection) if one.id else frozenset()
        found = [(other.id, alike) for other in duplicates.identities(connection, near)
                 if (alike := compare(one, other, threshold)).confidence >= threshold
                 and (min(one.id, other.id), max(one.id, other.id)) not in told_apart]
        known = records.names(connection, "customers", [record for record, _ in found])
        return [Match(record, known[record], duplicates.phone_of(connection, record), alike)
                for record, alike in sorted(found, key=lambda item: (-item[1].confidence, item[0]))]


def scan(book: Book, threshold: float = THRESHOLD, step: Step | None = None) -> list[Group]:
    """All groups of customers that may be one, surest first.

    `step` hears (done, of how many) customers and may raise Cancelled; reading is the first half, comparing the second.
    """
    with book.read() as connection:
        total = duplicates.count(connection)
        tell = step or (lambda _, __: None)
        people = list(duplicates.identities(connection, None, lambda done: tell(done // 2, total)))
        told_apart = duplicates.distinct(connection)
    return duplicate_scan.find(people, threshold, told_apart,
                               lambda done, of: tell(total // 2 + total * done // (2 * of), total))


def standing(book: Book, groups: Sequence[Group]) -> list[Group]:
    """Of groups found before, what still stands: without customers that are gone, and pairs told apart since."""
    with book.read() as connection:
        there = records.names(connection, "customers", [record for group in groups for record in group.ids])
        told_apart = duplicates.distinct(connection)
    left = [replace(group, ids=tuple(record for record in group.ids if record in there)) for group in groups]
    return [group for group in left if len(group.ids) > 1
            and not all(pair in told_apart for pair in combinations(group.ids, 2))]


def names(book: Book, ids: Sequence[int]) -> dict[int, str]:
    """The names of some customers, by id."""
    with book.read() as connection:
        return records.names(connection, "customers", ids)


def between(book: Book, first: int, second: int) -> Likeness:
    """How sure it is that two customers are one, and why; NotFound if one is gone."""
    with book.read() as connection:
        found = list(duplicates.identities(connection, {first, second}))
    if len(found) < 2:
        raise NotFound(N_("The record is no longer in the file. Nothing was changed."))
    return compare(found[0], found[1])


def tell_apart(book: Book, ids: Sequence[int]) -> Changes:
    """Remember that none of these customers is another of them; they are not shown as duplicates again."""
    with book.read() as connection:
        said = [records.title(connection, "customers", record) for record in ids]
    label = N_("{name} and {other} are not the same") if len(ids) == 2 else N_("{count} customers are not the same")
    with book.work(label, name=said[0], other=said[-1], count=len(ids)) as work:
        duplicates.tell_apart(work.connection, combinations(ids, 2))
    return work.done
