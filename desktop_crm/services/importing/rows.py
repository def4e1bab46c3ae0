"""What a row means beyond its cells: a person's whole name, a lead's state, a day and its hour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from desktop_crm.domain.business import Business
from desktop_crm.domain.errors import N_
from desktop_crm.domain.fields import FieldType
from desktop_crm.domain.importing import fields, words
from desktop_crm.domain.importing.fields import NAME_PARTS
from desktop_crm.domain.importing.names import lacks, turned_round
from desktop_crm.domain.values import squash
from desktop_crm.services.importing.draft import Draft, Wrong

_PEOPLE = frozenset({"customers", "contacts", "sellers"})
_HAVE_NOTES = frozenset({"customers", "contacts"})


def settle(made: Draft, business: Business, today: str) -> None:
    """Finish a draft: whole names, states, days; rows that lack what a record must have are left out."""
    if made.kind in _PEOPLE and "name" in made.values and not made.mapping.cards:
        made.values["name"] = turned_round(made.values["name"])
    _names(made)
    if made.kind in _SETTLE:
        _SETTLE[made.kind](made, business, today)
    _days(made)
    if made.mapping.shape and made.kind in _HAVE_NOTES:
        _called_by_reach(made)
    key = "amount" if made.kind == "payments" else "name"
    if made.kind != "deals":  # a deal's name may come from its product
        for row, value in enumerate(made.column(key)):
            if value is None:
                made.lacks(row, key)


def _names(made: Draft) -> None:
    """Join a person's parts to one name where no whole name is given; Chinese ones surname first, without a space."""
    parts = [made.column(key) for key in NAME_PARTS]
    if not any(key in made.values for key in NAME_PARTS):
        return
    names = made.column("name")
    for row, (first, middle, last) in enumerate(zip(*parts, strict=True)):
        if names[row] is None:
            said = [part for part in (first, middle, last) if part]
            together = len(said) == 2 and first and last and _is_han(first) and _is_han(last)
            names[row] = last + first if together else " ".join(said) or None
        elif made.kind in _HAVE_NOTES:
            _keep(made, row, [key for key, part in zip(NAME_PARTS, (first, middle, last), strict=True)
                              if lacks(names[row], part)])
    made.values["name"] = names


def _keep(made: Draft, row: int, parts: Sequence[str]) -> None:
    """Write the parts of a name that the whole name lacks into the notes, so that nothing is dropped."""
    if parts:
        notes = made.values.setdefault("notes", [None] * len(made))
        said = [f"{made.heading(key)}: {made.column(key)[row]}" for key in parts]
        notes[row] = "\n".join([*said, *([notes[row]] if notes[row] else [])])


def _called_by_reach(made: Draft) -> None:
    """Whom another program keeps without a name is called by an e-mail, else by a number, as a card without one is."""
    names, kinds = made.column("name"), made.column("kind")
    for key in ("emails", "phones"):
        for row, ways in enumerate(made.column(key)):
            if names[row] is None and ways:
                names[row] = ways[0][0]
                kinds[row] = kinds[row] or "person"
    made.values["name"] = names
    if made.kind == "customers":
        made.values["kind"] = kinds


def _is_han(text: str) -> bool:
    return all("\u3400" <= character <= "\u9fff" for character in text)


def _days(made: Draft) -> None:
    """Days without their hour."""
    for item in fields(made.kind):
        if item.type is FieldType.DATE and item.key in made.values:
            made.values[item.key] = [value and value[0] for value in made.values[item.key]]


def _customers(made: Draft, business: Business, today: str) -> None:
    """A row that names a company beside the person is that person; one that names only a company is the company."""
    names, companies, kinds = made.column("name"), made.column("company"), made.column("kind")
    parts = zip(made.column("first_name"), made.column("last_name"), strict=True)
    for row, (first, last) in enumerate(parts):
        if names[row] is None:
            names[row], companies[row] = companies[row], None
        elif companies[row] == names[row]:
            companies[row] = None
        elif kinds[row] is None and (companies[row] or first or last):
            kinds[row] = "person"
    made.values |= {"name": names, "kind": kinds}
    if "company" in made.values:
        made.values["company"] = companies
    _states(made)


def _states(made: Draft) -> None:
    """A word for a customer's status → its state, lead state and heat."""
    if "state" not in made.values:
        return
    known = words.states()
    states, leads, heats = made.column("state"), made.column("lead_state"), made.column("heat")
    for row, text in enumerate(states):
        said = None if text is None else known.get(squash(text) or text)
        if text is not None and said is None:
            made.wrong(row, "state", Wrong(N_("“{value}” is none of the known words; {fate}."), value=text))
        state, lead, heat = said or ("", "", "")
        states[row] = state or None
        leads[row] = leads[row] or lead or None
        heats[row] = heats[row] or heat or None
    made.values |= {"state": states, "lead_state": leads, "heat": heats}


def _tasks(made: Draft, business: Business, today: str) -> None:
    """The hour behind a due day; a task that is only said to be done was done on its due day, or by today."""
    times = made.column("due_time")
    for row, due in enumerate(made.column("due")):
        if due is not None and due[1] is not None and times[row] is None:
            times[row] = business.local(datetime.fromisoformat(due[1])).strftime("%H:%M")
    if any(times):
        made.values["due_time"] = times
    if "done" in made.values:
        made.values["done_at"] = [done[1] if isinstance(done, tuple) else None for done in made.values["done"]]
        days = zip(made.values["done"], made.column("due"), made.column("created"), strict=True)
        made.values["done"] = [_done_on(done, due or created or (today, None)) for done, due, created in days]


def _done_on(done: Any, day: tuple[str, str | None]) -> tuple[str, str | None] | None:
    return day if done is True else done or None


def _activities(made: Draft, business: Business, today: str) -> None:
    """The instant behind a day; without a text, the outcome or the kind stands for it."""
    if "date" in made.values:
        made.values["at"] = [value and value[1] for value in made.values["date"]]
    names = made.column("name")
    outcomes, kinds = made.column("outcome"), made.column("kind")
    titles = {item.key: item.choices for item in fields("activities")}["kind"]
    made.values["name"] = [name or outcome or titles.get(kind) for name, outcome, kind in
                           zip(names, outcomes, kinds, strict=True)]


_SETTLE: dict[str, Callable[[Draft, Business, str], None]] = {
    "customers": _customers, "tasks": _tasks, "activities": _activities,
}
