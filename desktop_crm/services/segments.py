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
from desktop_crm.storage.unit_of_work import Work

_PERIODS = {"created", "last_contact"}
_TEXTS = {"states", "heats", "regions", "industries"}
_EMPTY = CustomerFilter()
DAMAGED = N_("The filter of the segment “{name}” is damaged and cannot be read. It is kept as it is; nobody is listed. "
             "Save the segment anew, or delete it.")
"""What is told of a segment that cannot be read."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A saved filter of the customers list.

    `columns` are the keys of the columns that it shows, in their order, none: those of the page; `sort` is the key that
    it is ordered by, with a "-" before it for downwards, "" for the page's order. Nobody passes the filter of one that
    is `damaged`.
    """

    id: int
    name: str
    filter: CustomerFilter
    columns: tuple[str, ...] = ()
    sort: str = ""
    damaged: bool = False


def saved(book: Book) -> list[Segment]:
    """The saved segments, in their order."""
    with book.read() as connection:
        found = records.find(connection, "segments", kind="customers")
    return [_segment(row) for row in sorted(found, key=lambda row: (row["position"], row["id"]))]


def _segment(row: Mapping[str, Any]) -> Segment:
    wanted = _read(row["filter"])
    return Segment(row["id"], row["name"], _nobody(row["id"]) if wanted is None else wanted, _columns(row["columns"]),
                   row["sort"] or "", wanted is None)


def _columns(stored: str | None) -> tuple[str, ...]:
    """The columns out of their kept form; none where that is damaged."""
    try:
        found = json.loads(stored or "[]")
    except (ValueError, RecursionError):
        return ()
    return tuple(found) if isinstance(found, list) and all(isinstance(key, str) for key in found) else ()


def stored(wanted: CustomerFilter) -> str:
    """A filter of customers as it is kept in the file: JSON with what it asks for alone."""
    kept = {key: value for key, value in asdict(wanted).items()
            if value or (value == 0 and key.startswith("paid"))}
    if wanted.conditions is not None:
        kept["conditions"] = conditions.plain(wanted.conditions)
    return json.dumps(kept, default=date.isoformat)


def read(stored: str) -> CustomerFilter:
    """The filter out of its kept form; a field that this version does not know is left out.

    One that is damaged is a filter that nobody passes; `readable` tells. It stays in the file as it is.
    """
    found = _read(stored)
    return _nobody() if found is None else found


def readable(stored: str) -> bool:
    """Whether a filter can be read out of its kept form."""
    return _read(stored) is not None


def _read(stored: str) -> CustomerFilter | None:
    try:
        given = json.loads(stored)
        if not isinstance(given, dict):
            return None
        known = {item.name for item in fields(CustomerFilter)}
        return CustomerFilter(**{key: _value(key, value) for key, value in given.items()
                                 if key in known and value is not None})
    except (ValueError, RecursionError, InvalidInput):  # no JSON, not what a filter holds, or deeper than can be read
        return None


def _value(key: str, value: Any) -> Any:
    """One part of a filter out of its kept form; ValueError for what it cannot be."""
    if key == "conditions":
        return conditions.read(value)
    if key in _PERIODS:
        if not isinstance(value, dict):
            raise ValueError(key)
        return Period(*(_day(value.get(side)) for side in ("start", "end")))
    empty = getattr(_EMPTY, key)
    kind = int if empty is None else type(empty)
    if kind is tuple and isinstance(value, list) and all(type(one) is (str if key in _TEXTS else int) for one in value):
        return tuple(value)
    if kind is tuple or type(value) is not kind:
        raise ValueError(key)
    return value


def _day(kept: object) -> date | None:
    return None if kept is None else date.fromisoformat(str(kept))


def _nobody(segment: int | None = None) -> CustomerFilter:
    """A filter that nobody passes, in place of one that cannot be read; each segment's is its own."""
    return CustomerFilter(conditions=conditions.Group(True, (conditions.Condition("", "", segment),)))


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


def rename(book: Book, segment: int, name: str) -> Changes:
    """Give a saved segment another name; its filter stays as it is kept."""
    if not name.strip():
        raise InvalidInput(N_("{field} is needed. Nothing was saved."), "name", field=Term(N_("Name")))
    with book.work(N_("Save segment {name}"), name=name.strip()) as work:
        records.save(work.connection, "segments", segment, {"name": name.strip()})
    return work.done


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


def reword(work: Work, field: str, before: str, after: str) -> None:
    """Let the conditions of segments and rules that ask a field for a word ask for another, as a part of an act."""
    for table in ("segments", "score_rules", "assignment_rules"):
        for row in records.find(work.connection, table):
            if not readable(row["filter"]):
                continue  # it is kept as it is; who reads it is told
            kept = json.loads(row["filter"])
            made = conditions.reworded(kept.get("conditions"), field, before, after)
            if made is not kept.get("conditions"):
                records.save(work.connection, table, row["id"], {"filter": json.dumps({**kept, "conditions": made})})


def named(book: Book, name: str) -> CustomerFilter:
    """The filter of the segment that a name means: a saved one, or one that every file has.

    The latter have a key ("never_bought") and a title, in English or in the file's language. Raises InvalidInput,
    naming all segments, for one that there is not, and for one that is damaged.
    """
    mine = saved(book)
    damaged = next((segment for segment in mine if fold(segment.name) == fold(name)), None)
    if damaged is not None and damaged.damaged:
        raise InvalidInput(DAMAGED, "segment", name=damaged.name)
    known = {fold(segment.name): segment.filter for segment in reversed(mine)}
    for key, (title, wanted) in PRESETS.items():
        for said in (key, language("en").say(title), book.language.say(title)):
            known.setdefault(fold(said), wanted)
    if fold(name) not in known:
        raise InvalidInput(N_("There is no segment “{name}”. There are: {names}."), "segment", name=name,
                           names=", ".join([*(segment.name for segment in mine), *PRESETS]))
    return known[fold(name)]
