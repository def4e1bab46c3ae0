"""Conditions on customers, combined with and/or, as plain values that a file can keep.

A value is a text, a number (money in minor units), an ISO day, or a tuple of them. What a customer does not have
passes no test but "empty" and those that say "not": has not, is not, none of, no. A field that is no longer there (an
own one that was deleted) is a field that nobody has a value for; a test that this version does not know nobody passes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from desktop_crm.domain.values import Period

Value = str | int | float | tuple[str | int | float, ...] | None
MOST_DAYS = 36_500
"""The longest span of days that a test may name: a hundred years."""
MOST = 2**53
"""The numbers that a test may name are smaller, positive or negative."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One test of one field: `field` and `test` are keys of domain/condition_fields."""

    field: str
    test: str
    value: Value = None


UNREADABLE = Condition("", "")
"""Stands for what this version cannot read: nobody passes it."""


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions, and groups of them, of which all or any must hold; without parts it holds for everyone."""

    all: bool
    parts: tuple[Condition | Group, ...] = ()


def plain(group: Group) -> dict[str, Any]:
    """A group as it is kept in JSON."""
    return {"all": group.all, "parts": [
        plain(part) if isinstance(part, Group) else
        {"field": part.field, "test": part.test} | ({} if part.value is None else {"value": part.value})
        for part in group.parts]}


def read(kept: object) -> Group:
    """A group out of its kept form; what this version cannot read in it, a newer one's, nobody passes."""
    group = _part(kept)
    return group if isinstance(group, Group) else Group(True, (group,))


def _part(kept: object) -> Condition | Group:
    match kept:
        case {"all": bool(every), "parts": [*parts]}:
            return Group(every, tuple(map(_part, parts)))
        case {"field": str(field), "test": str(test), **rest}:
            value: Any = rest.get("value")
            if all(map(_is_plain, value if isinstance(value, list) else [value])):
                return Condition(field, test, tuple(value) if isinstance(value, list) else value)
    return UNREADABLE


def _is_plain(value: object) -> bool:
    """Whether a value is one that a file can be asked for."""
    return value is None or isinstance(value, str) or (isinstance(value, (int, float)) and abs(value) < MOST)


def conditions(group: Group) -> Iterator[Condition]:
    """Every condition of a group, those of the groups in it included."""
    for part in group.parts:
        if isinstance(part, Group):
            yield from conditions(part)
        else:
            yield part


def without_empty(group: Group) -> Group | None:
    """The group without the groups in it that say nothing; None if nothing is left."""
    parts = (without_empty(part) if isinstance(part, Group) else part for part in group.parts)
    kept = tuple(part for part in parts if part is not None)
    return Group(group.all, kept) if kept else None


def span(test: str, value: Value, today: date) -> Period | None:
    """The days that a test on a day lets through, None for a test (or a value of it) that is none of a day.

    "In the last N days" and "in the next N days" count today among the N; "longer ago than N days" is the past that
    the first leaves over.
    """
    if test == "this_month":
        return Period.month(today)
    if test in ("last_days", "next_days", "days_ago"):
        if not isinstance(value, int) or not 0 < value <= MOST_DAYS:
            return None
        if test == "next_days":
            return Period(today, today + timedelta(days=value))
        since = today - timedelta(days=value - 1)
        return Period(None, since) if test == "days_ago" else Period(since, today + timedelta(days=1))
    days = [_day(part) for part in (value if isinstance(value, tuple) else (value,))]
    if test == "between" and len(days) == 2 and days[0] and days[1]:
        return Period(days[0], Period.day(days[1]).end)
    if len(days) != 1 or days[0] is None:
        return None
    return {"on": Period.day(days[0]), "before": Period(None, days[0]), "from": Period(days[0])}.get(test)


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
