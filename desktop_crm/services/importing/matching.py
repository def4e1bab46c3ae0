"""Which record of the file a row is: by external id (or its own uid), else by name as written, or by a chosen field.

Only records that are older than this import match, each at most one row: of equal ones the first row gets
the first record. A payment, an activity, or a deal named after its product has no name of its own: there
the day and the customer must be the same too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import Any

from desktop_crm.domain.values import squash
from desktop_crm.services.importing.draft import Draft
from desktop_crm.storage import importing
from desktop_crm.storage.unit_of_work import Connection

_EVENTS = {
    "activities": (("customer_id", "on_date"), ("customer_id", "date")),
    "payments": (("customer_id", "due_on", "received_on"), ("customer_id", "due", "received")),
    "deals": (("customer_id", "created_on"), ("customer_id", "created")),
}
"""What else must be the same where a row has no name of its own: the table's columns, the draft's."""

_UID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NUMBERS = ("registration", "tax_number")


def is_uid(text: str) -> bool:
    """Whether an id in a list is a record's own, which no other program knows."""
    return _UID.fullmatch(text) is not None


def targets(connection: Connection, made: Draft, derived: Sequence[bool] = ()) -> list[int | None]:
    """For each row the id of the record that it is, None for a new one; `derived` marks names that the file lacks."""
    taken: set[int] = set()
    found: list[int | None] = [None] * len(made)
    if made.mapping.match in ("emails", "phones"):
        _by_reach(connection, made, found, taken)
    if made.mapping.match in _NUMBERS:
        _by_number(connection, made, found, taken)
    if made.mapping.match != "name":
        _by_external_id(connection, made, found, taken)
    _by_name(connection, made, found, taken, derived)
    return found


class _Waiting:
    """Records by key, first come first served."""

    def __init__(self, pairs: Iterable[tuple[Hashable, int]], taken: set[int]) -> None:
        self._ids: dict[Hashable, list[int]] = defaultdict(list)
        self._next: dict[Hashable, int] = defaultdict(int)
        self._taken = taken
        for key, row_id in pairs:
            self._ids[key].append(row_id)

    def take(self, key: Hashable) -> int | None:
        """The first record of this key that no row has yet."""
        ids = self._ids.get(key, ())
        while self._next[key] < len(ids):
            row_id = ids[self._next[key]]
            self._next[key] += 1
            if row_id not in self._taken:
                self._taken.add(row_id)
                return row_id
        return None


def _open_rows(made: Draft, found: Sequence[int | None]) -> list[int]:
    return [row for row in range(len(made)) if found[row] is None and row not in made.bad]


def _by_reach(connection: Connection, made: Draft, found: list[int | None], taken: set[int]) -> None:
    """By a normalised e-mail or phone."""
    key = made.mapping.match
    owner = "customer_id" if made.kind == "customers" else "contact_id"
    waiting = _Waiting(((normal, row_id) for row_id, normal in importing.reached(connection, owner, key[:-1])), taken)
    ways = made.column(key)
    for row in _open_rows(made, found):
        for _, normal, _ in ways[row] or ():
            if found[row] is None and normal:
                found[row] = waiting.take(normal)


def _by_number(connection: Connection, made: Draft, found: list[int | None], taken: set[int]) -> None:
    """By a registration or tax number, however it is set apart by blanks and strokes."""
    key = made.mapping.match
    waiting = _Waiting(((squash(row[3]), row[0]) for row in importing.keys(connection, made.kind, (key,)) if row[3]),
                       taken)
    numbers = made.column(key)
    for row in _open_rows(made, found):
        if numbers[row]:
            found[row] = waiting.take(squash(numbers[row]))


def _by_external_id(connection: Connection, made: Draft, found: list[int | None], taken: set[int]) -> None:
    externals = made.values.get("external_id")
    if externals is None:
        return
    known = importing.keys(connection, made.kind)
    waiting = _Waiting(((row[1], row[0]) for row in known if row[1]), taken)
    for row in _open_rows(made, found):
        if externals[row] is not None:
            found[row] = waiting.take(externals[row])
    uids = importing.uids(connection, made.kind) if any(text and _UID.fullmatch(text) for text in externals) else {}
    own = {row[0]: row[1] for row in known} if uids else {}
    for row in _open_rows(made, found) if uids else ():
        record = uids.get(externals[row])
        if record is not None and record not in taken:  # a list that went out of this file says its records' own ids
            taken.add(record)
            found[row], externals[row] = record, own[record]


def _by_name(connection: Connection, made: Draft, found: list[int | None], taken: set[int],
             derived: Sequence[bool]) -> None:
    """By name as written; a row with an id of its own only meets records without one, unless names were chosen."""
    if made.mapping.match == "external_id":
        return
    if made.kind == "contacts" and "customer_id" in made.values and made.mapping.match != "name":
        _by_employer(connection, made, found, taken)
        return
    ours, theirs = _EVENTS.get(made.kind, ((), ()))
    by_choice = made.mapping.match == "name"
    externals, names = made.column("external_id"), made.column("name")
    more = [made.column(key) for key in theirs]
    records = importing.keys(connection, made.kind, ours)
    if not records:
        return
    waiting: dict[tuple[bool, bool], _Waiting] = {}
    for row in _open_rows(made, found):
        event = not by_choice and (made.kind in ("activities", "payments") or bool(derived and derived[row]))
        has_id = not by_choice and externals[row] is not None
        key: tuple[Any, ...] = (names[row] or "", *(column[row] for column in more if event))
        if (event, has_id) not in waiting:
            waiting[event, has_id] = _Waiting(_keyed(records, event, has_id), taken)
        if event or names[row]:
            found[row] = waiting[event, has_id].take(key)


def _by_employer(connection: Connection, made: Draft, found: list[int | None], taken: set[int]) -> None:
    """A contact is the one of this name at this customer, else one without any: another's may be somebody else."""
    records = importing.keys(connection, "contacts", ("customer_id",))
    names, customers, externals = made.column("name"), made.column("customer_id"), made.column("external_id")
    waiting = {has_id: _Waiting((((row[2], row[3]), row[0]) for row in records if not (has_id and row[1])), taken)
               for has_id in (False, True)} if records else {}
    anyone = _Waiting(((row[2], row[0]) for row in records), taken)
    for row in _open_rows(made, found) if records else ():
        if not names[row]:
            continue
        people = waiting[externals[row] is not None]
        if customers[row] is None and externals[row] is None:
            found[row] = people.take((names[row], None)) or anyone.take(names[row])
        else:
            found[row] = people.take((names[row], customers[row])) or people.take((names[row], None))


def _keyed(records: Iterable[Any], event: bool, has_id: bool) -> Iterable[tuple[tuple[Any, ...], int]]:
    """Records by name, or by name, customer and days; where the row has an id, only those that have none."""
    return ((tuple(row[2:]) if event else (row[2],), row[0]) for row in records if not (has_id and row[1]))
