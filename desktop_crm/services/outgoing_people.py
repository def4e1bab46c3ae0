"""What hangs on customers and contacts as columns of a list: messengers, addresses beside the first, and the rest.

What plain columns cannot say stands as JSON in cells of its own (domain/people_texts).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from desktop_crm.domain import deal_texts
from desktop_crm.domain.consents import Consent
from desktop_crm.domain.customers import CHANNELS, Channel
from desktop_crm.domain.importing import fields
from desktop_crm.domain.importing.fields import PLACE, WAYS
from desktop_crm.domain.people_texts import WEB, SaidAddress
from desktop_crm.i18n import Language
from desktop_crm.reports.report import Cell, Column
from desktop_crm.storage import consents, listing
from desktop_crm.storage.unit_of_work import Connection

Filled = tuple[Column, list[Cell]]

_NUMBERS = {"customers": ("_2", "_3"), "contacts": ("", "_2", "_3")}  # a customer's first one is its own
_WHOLE = {"customers": ("ways", "addresses", "consents", "state_log"),
          "contacts": ("ways", "addresses", "consents", "companies")}
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
    numbers = _NUMBERS[kind]
    found: list[Filled] = []
    for place, number in enumerate(numbers):
        for part, name in enumerate(PLACE):
            key = f"{name}{number}"
            cells: list[Cell] = [own[place][part] or None if len(own := _plain(kind, places.get(one, ()))) > place
                                 else None for one in ids]
            if key in titles and any(cells):
                found.append((Column(key, titles[key]), cells))
    return found


def offered(kind: str, words: Language) -> list[tuple[str, str]]:
    """Every such column as (key, heading)."""
    titles = {item.key: words.say(item.title) for item in fields(kind)}
    there = [f"{name}{number}" for number in _NUMBERS[kind] for name in PLACE if f"{name}{number}" in titles]
    return [*((key, CHANNELS[way]) for way, key in _MESSENGERS.items()),
            *((key, titles[key]) for key in (*there, *_WHOLE[kind]))]


@dataclass(slots=True)
class Hanging:
    """What was read of what hangs on people beside their ways and addresses, by their ids."""

    consents: dict[int, list[Consent]] = field(default_factory=dict)
    companies: dict[int, list[tuple[str, str, str | None]]] = field(default_factory=dict)
    states: dict[int, list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, connection: Connection, kind: str, part: Sequence[int]) -> None:
        """Read that of some more of them."""
        self.consents |= consents.of_people(connection, kind, part)
        if kind == "customers":
            self.states |= listing.states(connection, part)
        else:
            self.companies |= listing.companies(connection, part)


def whole(kind: str, hanging: Hanging, ways: Mapping[int, Sequence[Channel]],
          places: Mapping[int, Sequence[Sequence[Any]]], ids: Sequence[int], words: Language) -> list[Filled]:
    """What the plain columns do not say of people, each sort in a column of its own if anybody has any."""
    titles = {item.key: words.say(item.title) for item in fields(kind)}
    made: dict[str, list[Cell]] = {
        "ways": [deal_texts.written(_way(way) for way in ways.get(one, ()) if _needs_more(way)) for one in ids],
        "addresses": [deal_texts.written(dict(zip(SaidAddress._fields, place, strict=True)) for place in _rest(
            kind, places.get(one, ()))) for one in ids],
        "consents": [deal_texts.written(map(_consent, reversed(hanging.consents.get(one, ())))) for one in ids],
        "companies": [deal_texts.written({"name": name, "id": ref, "role": role} for name, ref, role in
                                         hanging.companies.get(one, ())) for one in ids],
        "state_log": [deal_texts.written(hanging.states.get(one, ())) for one in ids],
    }
    return [(Column(key, titles[key]), made[key]) for key in _WHOLE[kind] if any(made[key])]


def _needs_more(way: Channel) -> bool:
    return way.kind == WEB or way.preferred or (bool(way.label) and way.kind in _MESSENGERS)


def _way(way: Channel) -> dict[str, object]:
    return {"kind": way.kind, "value": way.value, "label": way.label, "preferred": way.preferred}


def _consent(given: Consent) -> dict[str, object]:
    return {key: str(value) if value else None for key, value in asdict(given).items() if key != "id"}


def _plain(kind: str, places: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
    """The addresses that have columns of their own: the first ones, each at a place of its own."""
    found: dict[tuple[Any, ...], Sequence[Any]] = {}
    for place in places:
        if any(place[1:]):
            found.setdefault(tuple(place[1:]), place)
    return list(found.values())[:len(_NUMBERS[kind])]


def _rest(kind: str, places: Sequence[Sequence[Any]]) -> list[Sequence[Any]]:
    """The addresses that no column has."""
    plain = _plain(kind, places)
    return [place for place in places if not any(place is one for one in plain)]
