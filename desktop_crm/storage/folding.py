"""The folded columns that the search reads and lists are sorted by, for one row or for whole columns."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from desktop_crm.domain.channels import NUMBERED
from desktop_crm.domain.values import digits, fold, sort_key

_MORE = {  # what else a row is found by, beside its name
    "customers": ("sort_name", "call_name", "external_id", "industry", "region", "address", "city", "website", "notes",
                  "registration", "tax_number", "pinned_note", "preferences", "custom"),
    "contacts": ("role", "external_id", "notes", "custom"),
    "deals": ("external_id", "notes", "custom"),
    "products": ("line", "external_id"),
    "tasks": ("notes",),
}
ELSEWHERE = "addresses"
"""What a row is found by that stands in other tables, as one text under this key (see `refolding`)."""
_COLUMNS = {
    **dict.fromkeys(_MORE, ("name_fold", "more_fold")), "customers": ("name_fold", "more_fold", "name_sort"),
    "activities": ("name_fold",), "channels": ("value_fold", "digits_back"),
}


def columns(table: str) -> tuple[str, ...]:
    """The folded columns of a table."""
    return _COLUMNS.get(table, ())


def sources(table: str) -> frozenset[str]:
    """The columns that the folded ones are made from."""
    if table == "channels":
        return frozenset({"kind", "value"})
    return frozenset({"name", *_MORE.get(table, ())}) if table in _COLUMNS else frozenset()


def stale(table: str, changed: Collection[str]) -> bool:
    """Whether a row of which these columns were set by themselves may no longer have the folded ones of what it says.

    A folded column that was set with them is right.
    """
    if table == "channels":
        made_of = {column: sources(table) for column in columns(table)}
    else:
        made_of = {"name_fold": frozenset({"name"}), "name_sort": frozenset({"name", "sort_name"}),
                   "more_fold": frozenset(_MORE.get(table, ()))}
    return any(column not in changed and not made_of[column].isdisjoint(changed) for column in columns(table))


def of_row(table: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """The folded columns that the whole row `row` of a table must have."""
    made = of_columns(table, {key: [row[key]] for key in (*sources(table), ELSEWHERE) if key in row}, 1)
    return {key: values[0] for key, values in zip(columns(table), made, strict=True)}


def of_columns(table: str, given: Mapping[str, Sequence[Any]], count: int) -> list[list[Any]]:
    """The folded columns of `count` rows given as columns, in the order of `columns(table)`."""
    if table not in _COLUMNS:
        return []
    if table == "channels":
        numbers = [digits(value) if kind in NUMBERED else "" for kind, value in
                   zip(given["kind"], given["value"], strict=True)]
        # As written and as one run of digits, so that "012-345" and "012345" both find it.
        return [[f"{fold(value)} {number}" if number else fold(value)
                 for value, number in zip(given["value"], numbers, strict=True)],
                [number[::-1] for number in numbers]]
    names = given.get("name") or [""] * count
    found = [[fold(name or "") for name in names]]
    if table in _MORE:
        found.append(_more([_said(given[key]) if key == "custom" else given[key]
                            for key in (*_MORE[table], ELSEWHERE) if key in given], count))
    if table == "customers":
        sort_names = given.get("sort_name") or [None] * count
        found.append([sort_key(wanted or name or "") for wanted, name in zip(sort_names, found[0], strict=True)])
    return found


def _said(custom: Sequence[str | None]) -> list[str | None]:
    """The texts, numbers and days in the business's own fields, without their keys and the ticks."""
    return [text and " ".join(str(value) for value in json.loads(text).values() if not isinstance(value, bool))
            for text in custom]


def _more(parts: Sequence[Sequence[Any]], count: int) -> list[str]:
    if not parts:
        return [""] * count
    return [fold(" ".join(str(value) for value in row if value)) for row in zip(*parts, strict=True)]
