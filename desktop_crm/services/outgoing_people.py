"""What hangs on customers and contacts as columns of a list: messengers, and addresses beside the first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from desktop_crm.domain.customers import CHANNELS, Channel
from desktop_crm.domain.importing import fields
from desktop_crm.domain.importing.fields import PLACE, WAYS
from desktop_crm.i18n import Language
from desktop_crm.reports.report import Cell, Column

Filled = tuple[Column, list[Cell]]

_MESSENGERS = {kind: key for key, kind in WAYS.items() if kind not in ("email", "phone")}


def messengers(ways: Mapping[int, Sequence[Channel]], ids: Sequence[int]) -> list[Filled]:
    """A column for each messenger that any of them has; several names of one stand in one cell."""
    found: list[Filled] = []
    for kind, key in _MESSENGERS.items():
        cells: list[Cell] = ["; ".join(way.value for way in ways.get(one, ()) if way.kind == kind) or None
                             for one in ids]
        if any(cells):
            found.append((Column(key, CHANNELS[kind]), cells))
    return found


def addresses(kind: str, places: Mapping[int, Sequence[Sequence[Any]]], ids: Sequence[int],
              words: Language) -> list[Filled]:
    """The parts of the addresses of customers beside their own one, and of all those of contacts; three at most."""
    titles = {item.key: words.say(item.title) for item in fields(kind)}
    numbers = ("_2", "_3") if kind == "customers" else ("", "_2", "_3")
    found: list[Filled] = []
    for place, number in enumerate(numbers):
        for part, name in enumerate(PLACE):
            key = f"{name}{number}"
            cells: list[Cell] = [own[place][part] or None if len(own := places.get(one, ())) > place else None
                                 for one in ids]
            if key in titles and any(cells):
                found.append((Column(key, titles[key]), cells))
    return found


def offered(kind: str, words: Language) -> list[tuple[str, str]]:
    """Every such column as (key, heading)."""
    titles = {item.key: words.say(item.title) for item in fields(kind)}
    there = [f"{name}{number}" for number in (("_2", "_3") if kind == "customers" else ("", "_2", "_3"))
             for name in PLACE if f"{name}{number}" in titles]
    return [*((key, CHANNELS[way]) for way, key in _MESSENGERS.items()), *((key, titles[key]) for key in there)]
