"""The plans of all parts of a sheet: each links to the records that the parts before it make, seen as one import."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_crm.domain.importing import Mapping, Problem
from desktop_crm.readers import RawTable
from desktop_crm.services.book import Book
from desktop_crm.services.importing import cards
from desktop_crm.services.importing.linking import Links
from desktop_crm.services.importing.parts import Part, parts
from desktop_crm.services.importing.plan import Given, Plan, planned
from desktop_crm.storage.unit_of_work import Connection

_LINKS = {"contacts": {"customer": "customers"}, "deals": {"customer": "customers"},
          "tasks": {"customer": "customers", "contact": "contacts", "deal": "deals"}}


@dataclass(slots=True)
class Together:
    """All that an import will do: the plan of each part in the order of their making, and the rows' own among them."""

    plans: list[Plan]
    parts: list[Part]
    kind: str
    lines: Sequence[int]
    updated_ids: list[set[int]]
    apart: bool = False  # whether the rows of every part are the file's own, each a record of its kind

    @property
    def rows(self) -> int:
        """How many rows the file has."""
        return len(self.lines)

    @property
    def main(self) -> Plan:
        """The plan of the kind that was asked for."""
        return next(plan for plan in self.plans if plan.made.kind == self.kind)

    @property
    def own(self) -> list[Plan]:
        """The plans whose records are the rows themselves."""
        return self.plans if self.apart else [self.main]

    @property
    def beside(self) -> list[tuple[Plan, Part]]:
        """The plans of the other records in the rows."""
        return [(plan, part) for plan, part in zip(self.plans, self.parts, strict=True)
                if plan.made.kind != self.kind and not self.apart]

    @property
    def links(self) -> Links:
        """What the rows name; shared by all parts."""
        return self.plans[0].links

    @property
    def new(self) -> int:
        """How many records are made out of rows."""
        return sum(len(plan.new) for plan in self.plans)

    @property
    def also_created(self) -> dict[str, int]:
        """How many sellers, products, customers, stages … come into the file with the rows."""
        found = {kind: len(names) for kind, names in self.links.new().items()}
        for plan in self.plans:
            if plan.deals is not None and plan.deals.stages.new:
                found["stages"] = len(plan.deals.stages.new)
            if plan.own.new:
                found["own_fields"] = len(plan.own.new)
        for plan, _ in self.beside:
            if plan.new:
                found[plan.made.kind] = found.get(plan.made.kind, 0) + len(plan.new)
        return found

    @property
    def also_updated(self) -> dict[str, int]:
        """How many of the other records in the rows change."""
        return {plan.made.kind: len(plan.updated) for plan, _ in self.beside if plan.updated}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What could not be taken, in the order of the file."""
        found = [problem for plan in self.plans for problem in plan.made.problems]
        found += [problem for part in self.parts for problem in part.problems]
        return tuple(sorted(found, key=lambda problem: problem.row))


def together(connection: Connection, book: Book, table: RawTable, mapping: Mapping) -> Together:
    """Think the import of all kinds in a sheet through, reading the file as it is; nothing is written."""
    found = parts(table, mapping)
    links = Links(connection)
    plans: dict[str, Plan] = {}
    done: dict[str, Part] = {}
    apart = mapping.cards == cards.APART
    for part in found:
        given = _given(part, {} if apart else done, plans)
        shared = links if len(found) > 1 else None
        plans[part.kind] = planned(connection, book, part.table, part.mapping, shared, given)
        if table.cards is not None:
            cards.complete(connection, book, plans[part.kind], table.cards)
        done[part.kind] = part
    if table.cards is not None:
        found[0].problems += cards.problems(table.cards)
    made = list(plans.values())
    kind = mapping.kind if mapping.kind in plans else found[0].kind
    return Together(made, found, kind, table.lines, [plan.updated for plan in made], apart)


def _given(part: Part, done: dict[str, Part], plans: dict[str, Plan]) -> Given:
    """The ids of the records that each row of a part belongs to."""
    wanted = {key: kind for key, kind in _LINKS.get(part.kind, {}).items() if kind in done}
    return {key: _ids(part.first, done[kind].row_of, plans[kind].ids) for key, kind in wanted.items()}


def _ids(first: Sequence[int], row_of: Sequence[int | None], ids: Sequence[int]) -> list[int | None]:
    found = []
    for row in first:
        place = row_of[row]
        found.append((ids[place] or None) if place is not None else None)
    return found
