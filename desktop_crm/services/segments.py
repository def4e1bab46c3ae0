"""Segments: saved filters of the customers list, and those that every file has."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from desktop_crm.domain import conditions
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.errors import N_, InvalidInput, Term
from desktop_crm.domain.segments import PRESETS
from desktop_crm.domain.values import Period, fold
from desktop_crm.i18n import language
from desktop_crm.services.book import Book
from desktop_crm.storage import records

_PERIODS = {"created", "last_contact"}


@dataclass(frozen=True, slots=True)
class Segment:
    """A saved filter of the customers list.

    `columns` are the keys of the columns that it shows, in their order, none: those of the page; `sort` is the key that
    it is ordered by, with a "-" before it for downwards, "" for the page's order.
    """

    id: int
    name: str
    filter: CustomerFilter
    columns: tuple[str, ...] = ()
    sort: str = ""


def saved(book: Book) -> list[Segment]:
    """The saved segments, in their order."""
    with book.read() as connection:
        found = records.find(connection, "segments", kind="customers")
    return [Segment(row["id"], row["name"], read(row["filter"]), tuple(json.loads(row["columns"] or "[]")),
                    row["sort"] or "") for row in sorted(found, key=lambda row: (row["position"], row["id"]))]


def stored(wanted: CustomerFilter) -> str:
    """A filter of customers as it is kept in the file: JSON with what it asks for alone."""
    kept = {key: value for key, value in asdict(wanted).items()
            if value or (value == 0 and key.startswith("paid"))}
    if wanted.conditions is not None:
        kept["conditions"] = conditions.plain(wanted.conditions)
    return json.dumps(kept, default=date.isoformat)


def read(stored: str) -> CustomerFilter:
    """The filter out of its kept form; a field that this version does not know is left out."""
    known = {item.name for item in fields(CustomerFilter)}
    given: Mapping[str, Any] = json.loads(stored)
    kept: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value
                            for key, value in given.items() if key in known and value is not None}
    for key in _PERIODS & kept.keys():
        kept[key] = Period(*(day and date.fromisoformat(day) for day in (kept[key]["start"], kept[key]["end"])))
    if "conditions" in kept:
        kept["conditions"] = conditions.read(kept["conditions"])
    return CustomerFilter(**kept)


def save(book: Book, name: str, wanted: CustomerFilter, segment: int | None = None) -> int:
    """Save a filter under a name, as a new segment or in place of an old one; returns its id."""
    if not name.strip():
        raise InvalidInput(N_("{field} is needed. Nothing was saved."), "name", field=Term(N_("Name")))
    values = {"name": name.strip(), "filter": stored(wanted)}
    with book.work(N_("Save segment {name}"), name=name.strip()) as work:
        if segment is None:
            return records.add(work.connection, "segments", {"kind": "customers", **values})
        records.save(work.connection, "segments", segment, values)
        return segment


def arrange(book: Book, segment: int, columns: Sequence[str], sort: str) -> Changes | None:
    """Remember which columns a saved segment shows, and its order; None if it had just these, and nothing was done."""
    with book.read() as connection:
        before = records.get(connection, "segments", segment)
    values = {"columns": json.dumps(list(columns)) if columns else None, "sort": sort or None}
    if all(before[key] == value for key, value in values.items()):
        return None
    with book.work(N_("Columns of segment {name}"), name=before["name"]) as work:
        records.save(work.connection, "segments", segment, values)
    return work.done


def delete(book: Book, segment: int) -> None:
    """Delete a saved segment; its customers stay."""
    with book.read() as connection:
        name = records.title(connection, "segments", segment)
    with book.work(N_("Delete segment {name}"), name=name) as work:
        records.remove(work.connection, "segments", [segment])


def named(book: Book, name: str) -> CustomerFilter:
    """The filter of the segment that a name means: a saved one, or one that every file has.

    The latter have a key ("never_bought") and a title, in English or in the file's language. Raises InvalidInput,
    naming all segments, for one that there is not.
    """
    mine = saved(book)
    known = {fold(segment.name): segment.filter for segment in reversed(mine)}
    for key, (title, wanted) in PRESETS.items():
        for said in (key, language("en").say(title), book.language.say(title)):
            known.setdefault(fold(said), wanted)
    if fold(name) not in known:
        raise InvalidInput(N_("There is no segment “{name}”. There are: {names}."), "segment", name=name,
                           names=", ".join([*(segment.name for segment in mine), *PRESETS]))
    return known[fold(name)]
