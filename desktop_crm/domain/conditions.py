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

from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.values import Period

Value = str | int | float | tuple[str | int | float, ...] | None
MOST_DAYS = 36_500
"""The longest span of days that a test may name: a hundred years."""
MOST = 2**53
"""The numbers that a test may name are smaller, positive or negative."""
MOST_DEEP = 20
"""How many groups may stand in each other."""
_TOO_DEEP = N_("Groups of conditions stand in each other at most {most} deep. Nothing was changed.")


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
    """Conditions, and groups of them, of which all or any must hold; without parts it holds for everyone.

    InvalidInput for groups that stand in each other deeper than MOST_DEEP: they are worked through group by group.
    """

    all: bool
    parts: tuple[Condition | Group, ...] = ()

    def __post_init__(self) -> None:
        if _depth(self) > MOST_DEEP:
            raise InvalidInput(_TOO_DEEP, "where", most=MOST_DEEP)


def _depth(group: Group) -> int:
    """How many groups stand in each other, itself included; no more than one over the most can come here."""
    return 1 + max((_depth(part) for part in group.parts if isinstance(part, Group)), default=0)


def plain(group: Group) -> dict[str, Any]:
    """A group as it is kept in JSON."""
    return {"all": group.all, "parts": [
        plain(part) if isinstance(part, Group) else
        {"field": part.field, "test": part.test} | ({} if part.value is None else {"value": part.value})
        for part in group.parts]}


def read(kept: object) -> Group:
    """A group out of its kept form; what this version cannot read in it, a newer one's, nobody passes.

    InvalidInput for one that is deeper than MOST_DEEP.
    """
    group = _part(kept, 0)
    return group if isinstance(group, Group) else Group(True, (group,))


def _part(kept: object, above: int) -> Condition | Group:
    if above > MOST_DEEP:
        raise InvalidInput(_TOO_DEEP, "where", most=MOST_DEEP)
    match kept:
        case {"all": bool(every), "parts": [*parts]}:
            return Group(every, tuple(_part(part, above + 1) for part in parts))
        case {"field": str(field), "test": str(test), **rest}:
            value: Any = rest.get("value")
            if all(map(_is_plain, value if isinstance(value, list) else [value])):
                return Condition(field, test, tuple(value) if isinstance(value, list) else value)
    return UNREADABLE


def _is_plain(value: object) -> bool:
    """Whether a value is one that a file can be asked for."""
    return value is None or isinstance(value, str) or (isinstance(value, (int, float)) and abs(value) < MOST)


def reworded(kept: Any, field: str, before: str, after: str) -> Any:
    """A group's kept form with another word for one that conditions on a field ask for; the same object if none does.

    What cannot be read in it stays as it is.
    """
    match kept:
        case {"parts": [*parts]}:
            made = [reworded(part, field, before, after) for part in parts]
            same = all(new is old for new, old in zip(made, parts, strict=True))
            return kept if same else {**kept, "parts": made}
        case {"field": str(named), "value": value} if named == field:
            if value == before:
                return {**kept, "value": after}
            if isinstance(value, list) and before in value:
                return {**kept, "value": list(dict.fromkeys(after if one == before else one for one in value))}
    return kept


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
