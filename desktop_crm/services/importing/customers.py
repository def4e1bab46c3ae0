"""What is particular to customers: whom they belong to, and in which state they come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from desktop_crm.domain.errors import N_
from desktop_crm.services.importing.draft import Draft, Wrong
from desktop_crm.services.importing.linking import Links
from desktop_crm.storage import importing
from desktop_crm.storage.unit_of_work import Connection


def families(connection: Connection, made: Draft, links: Links, ids: Sequence[int],
             targets: Sequence[int | None]) -> None:
    """Parents by name, among the customers of the file and of this import alike; unknown ones are made.

    A customer that would belong to itself, over any number of steps, stays without a parent.
    """
    keys = [key for key in ("parent_ref", "parent", "company") if key in made.values]
    if not keys:
        return
    new = [row for row, row_id in enumerate(ids) if row_id and targets[row] is None]
    index = links.of("customers", reserved=len(new))
    names, externals = made.column("name"), made.column("external_id")
    index.add((ids[row], names[row], externals[row]) for row in new)
    above = importing.parents(connection)
    found: list[int | None] = [None] * len(made)
    for key in keys:
        for row, text in enumerate(made.values[key]):
            if text is None or not ids[row] or found[row] is not None:
                continue
            parent = index.resolve(text) if key != "parent_ref" else (
                index.by_external_id(text) or links.identified("customers", text))
            if parent is not None and _circular(ids[row], parent, above):
                made.wrong(row, key, Wrong(N_("“{value}” would belong to itself; {fate}."), value=text))
            elif parent is not None:
                found[row] = above[ids[row]] = parent
    made.values["parent_id"] = found


def _circular(child: int, parent: int | None, above: dict[int, int]) -> bool:
    """Whether the way up from `parent` leads to `child`."""
    seen: set[int] = set()
    while parent is not None and parent not in seen:
        if parent == child:
            return True
        seen.add(parent)
        parent = above.get(parent)
    return False


def first_states(columns: dict[str, list[Any]], count: int) -> None:
    """New customers are customers unless the file calls them leads; a lead is new unless it says more."""
    states = columns.get("state") or [None] * count
    leads = columns.get("lead_state") or [None] * count
    columns["state"] = [state or ("lead" if lead else "customer") for state, lead in zip(states, leads, strict=True)]
    if "lead" in columns["state"]:
        columns["lead_state"] = [lead or ("new" if state == "lead" else None)
                                 for state, lead in zip(columns["state"], leads, strict=True)]
