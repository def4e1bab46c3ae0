"""What an import will do: which rows are new, which change a record and how, and what they need besides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop_crm.domain.errors import N_
from desktop_crm.domain.fields import FieldType
from desktop_crm.domain.importing import ImportField, Mapping, fields
from desktop_crm.domain.people_texts import SaidState
from desktop_crm.readers import RawTable
from desktop_crm.services.book import Book
from desktop_crm.services.importing import further, matching, own, rows, told_people, values
from desktop_crm.services.importing.additions import Additions, Removals, channels, replaced, tags
from desktop_crm.services.importing.customers import families, first_states
from desktop_crm.services.importing.deals import Deals
from desktop_crm.services.importing.draft import Draft, Wrong
from desktop_crm.services.importing.linking import Links
from desktop_crm.services.importing.own import Own
from desktop_crm.storage import importing, records
from desktop_crm.storage.unit_of_work import Connection

_ELSEWHERE = frozenset({"parent_id", "stage_id", "pipeline_id", "status", "closed_on", "expected_on"})
"""Columns that customers' families and deals' stages decide on, not the cell alone."""
Given = dict[str, list[int | None]]


@dataclass(slots=True)
class Plan:
    """An import, thought through: `ids` by row (0 for a row left out), new records as columns, changes by id."""

    made: Draft
    links: Links
    targets: list[int | None]
    ids: list[int]
    columns: dict[str, list[Any]] = field(default_factory=dict)
    changes: dict[int, dict[str, Any]] = field(default_factory=dict)
    additions: list[Additions] = field(default_factory=list)
    removals: list[Removals] = field(default_factory=list)
    deals: Deals | None = None
    own: Own = field(default_factory=Own)

    @property
    def new(self) -> list[int]:
        """The rows that become new records, in the file's order."""
        return [row for row, row_id in enumerate(self.ids) if row_id and self.targets[row] is None]

    def matched(self) -> Iterator[tuple[int, int]]:
        """(row, id) of the rows that are records already."""
        return ((row, found) for row, found in enumerate(self.targets) if found is not None)

    @property
    def updated(self) -> set[int]:
        """The ids of the older records that change."""
        added = {owner for addition in self.additions for owner in addition.owners}
        added |= {owner for gone in self.removals for owner in gone.owners}
        return {found for _, found in self.matched() if found in self.changes or found in added}


def planned(connection: Connection, book: Book, table: RawTable, mapping: Mapping, links: Links | None = None,
            given: Given | None = None) -> Plan:
    """Think an import of `table` through, reading the file as it is; nothing is written.

    `given` has the ids of the records that rows of one sheet link to, by field; `links` is shared by its parts.
    """
    made = values.draft(table, mapping, book.business)
    mine = own.read(connection, made, table, mapping, book.business)
    rows.settle(made, book.business, book.today().isoformat())
    shared, links = links is not None, links or Links(connection)
    _link(made, links, given or {})
    deals = Deals(connection, made, links, book.business) if made.kind == "deals" else None
    targets = matching.targets(connection, made, deals.derived if deals else ())
    plan = Plan(made, links, targets, _ids(connection, made, targets), deals=deals, own=mine)
    if shared and made.kind in ("customers", "contacts", "deals"):
        names, externals = made.column("name"), made.column("external_id")
        links.of(made.kind, reserved=len(plan.new)).add((plan.ids[row], names[row], externals[row])
                                                        for row in plan.new)
    if made.kind == "customers":
        families(connection, made, links, plan.ids, plan.targets)
    if deals is not None:
        deals.returns(links, plan.ids)
    plan.columns = _columns(plan, book)
    plan.changes = _changes(connection, plan)
    if deals is not None:
        deals.settle(connection, plan.ids, plan.targets, plan.columns, plan.changes)
        _keep_stages(plan)
    _add(connection, plan, book)
    return plan


def _keep_stages(plan: Plan) -> None:
    """Take back what deals' stages would change where the user wants these fields as they are."""
    kept = {item.column for item in fields("deals") if item.key in plan.made.mapping.kept}
    for deal in list(plan.changes) if kept else ():
        plan.changes[deal] = {key: value for key, value in plan.changes[deal].items() if key not in kept}
        if not plan.changes[deal]:
            del plan.changes[deal]


def _link(made: Draft, links: Links, given: Given) -> None:
    """Texts → ids of what they name, for every field that links to another kind."""
    for item in fields(made.kind):
        if item.key in given:
            made.values[item.column] = list(given[item.key])
            continue
        own = item.link == made.kind or item.link in ("stages", "pipelines")
        said = item.key in made.values or f"{item.key}_ref" in made.values
        if (item.type is not FieldType.LINK and not item.link) or own or not said:
            continue
        made.values[item.column or f"{item.key}_id"] = _linked(made, item, links)


def _linked(made: Draft, item: ImportField, links: Links) -> list[int | None]:
    """The record that each row links to: by the id beside the name where it is known, else by the name."""
    index, found = links.of(item.link), dict[str, int | None]()
    ids: list[int | None] = []
    for row, (text, ref) in enumerate(zip(made.column(item.key), made.column(f"{item.key}_ref"), strict=True)):
        if row in made.bad:
            ids.append(None)
            continue
        one = links.identified(item.link, ref) if ref is not None else None
        if one is None and text is not None:
            if text not in found:
                found[text] = index.resolve(text)
            one = found[text]
        ids.append(one)
        if one is None and (text or ref) is not None:
            key = item.key if text is not None else f"{item.key}_ref"
            made.wrong(row, key, Wrong(N_("There is no “{value}” in the file; {fate}."), value=text or ref))
    return ids


def _ids(connection: Connection, made: Draft, targets: Sequence[int | None]) -> list[int]:
    """The id of every row: its record's, or for a new one the next free, ascending in the file's order."""
    following = records.next_id(connection, made.kind)
    ids = []
    for row, target in enumerate(targets):
        if target is None and row not in made.bad:
            ids.append(following)
            following += 1
        else:
            ids.append(target or 0)
    return ids


def _given(made: Draft) -> dict[str, list[Any]]:
    """The table's columns that the file says something about."""
    given = {}
    for item in fields(made.kind):
        if item.column and (item.key in made.values or item.column in made.values) and item.column not in _ELSEWHERE:
            given[item.column] = made.values[item.column if item.link else item.key]
    return given | {key: made.values[key] for key in ("at", "done_at") if key in made.values}


def _columns(plan: Plan, book: Book) -> dict[str, list[Any]]:
    """The new records as columns, with what a new one has where the file says nothing."""
    made = plan.made
    new = plan.new
    columns = {key: [column[row] for row in new] for key, column in _given(made).items()}
    columns.setdefault("name", [made.column("name")[row] for row in new])
    if "parent_id" in made.values:
        columns["parent_id"] = [made.values["parent_id"][row] for row in new]
    if "currency" in records.table(made.kind).columns:
        columns["currency"] = [value or book.currency for value in columns.get("currency") or [None] * len(new)]
    if plan.own.values:
        columns["custom"] = [plan.own.first(row) for row in new]
    if made.kind == "customers":
        first_states(columns, len(new))
    for key, default in records.defaults(made.kind).items():
        if key in columns:
            columns[key] = [default if value is None else value for value in columns[key]]
    return columns


def _changes(connection: Connection, plan: Plan) -> dict[int, dict[str, Any]]:
    """What changes in the records that rows match: mapped fields whose cell says something else."""
    given = _given(plan.made)
    if plan.deals is not None:
        given.pop("name", None)
        if "name" in plan.made.mapping.mapped:
            given["name"] = [None if derived else name for name, derived in
                             zip(plan.made.column("name"), plan.deals.derived, strict=True)]
    elif plan.made.kind == "customers" and "kind" not in plan.made.mapping.mapped:
        given.pop("kind", None)
    if plan.made.kind == "customers" and plan.made.mapping.shape and "name" in given:  # an account's id alone
        given["name"] = [None if name is not None and name == external else name for name, external in
                         zip(given["name"], plan.made.column("external_id"), strict=True)]
    if "parent_id" in plan.made.values:
        given["parent_id"] = plan.made.values["parent_id"]
    for column in _kept_columns(plan.made):
        given.pop(column, None)
    pairs = list(plan.matched())
    keys = list(given)
    ids = [found for _, found in pairs]
    before = {row[0]: row[1:] for row in importing.rows(connection, plan.made.kind, keys, ids)}
    empties = _emptied(plan.made) if plan.made.mapping.empties else {}
    changes = {}
    beside = "notes" in given and "notes" not in plan.made.mapping.mapped  # no column has notes: they are added to
    for row, found in pairs:
        said = {key: given[key][row] for key in keys}
        if beside:
            said["notes"] = _below(before[found][keys.index("notes")], said["notes"])
        changed = {key: said[key] for key, old in zip(keys, before[found], strict=True)
                   if said[key] != old and (said[key] is not None or row in empties.get(key, ()))}
        if changed:
            changes[found] = changed
    _own_changes(connection, plan, changes)
    return changes


def _below(notes: str | None, lines: str | None) -> str | None:
    """Notes with the lines under them that they do not hold yet."""
    known = (notes or "").splitlines()
    return "\n".join([*known, *(line for line in (lines or "").splitlines() if line not in known)]) if lines else notes


def _own_changes(connection: Connection, plan: Plan, changes: dict[int, dict[str, Any]]) -> None:
    """What changes in the business's own fields of the records that rows match."""
    pairs = list(plan.matched()) if plan.own.values else []
    before = dict(importing.rows(connection, plan.made.kind, ("custom",), [found for _, found in pairs]))
    for row, found in pairs:
        after = plan.own.merged(row, before[found])
        if after != before[found]:
            changes.setdefault(found, {})["custom"] = after


def _kept_columns(made: Draft) -> set[str]:
    """The table's columns that stay as they are in records that exist."""
    return {item.column for item in fields(made.kind) if item.key in made.mapping.kept} | (
        {"parent_id"} if "company" in made.mapping.kept else set())


def _emptied(made: Draft) -> dict[str, set[int]]:
    """By column of the table, the rows whose cell is there and empty; not those whose cell could not be read."""
    unread = {(problem.row, problem.column) for problem in made.problems}
    needed = {"name", *(key for key, default in records.defaults(made.kind).items() if default is not None)}
    return {item.column: {row for row, value in enumerate(made.values[item.key])
                          if value is None and (made.lines[row], made.heading(item.key)) not in unread}
            for item in fields(made.kind)
            if item.column and item.column not in needed and made.mapping.of(item.key) and item.key in made.values}


def _add(connection: Connection, plan: Plan, book: Book) -> None:
    """What hangs on the rows' records: ways to reach them, addresses, consents, tags."""
    made = plan.made
    if made.kind in ("customers", "contacts"):
        plan.removals = [gone for gone in replaced(connection, made, plan.links, plan.targets) if gone.ids]
        plan.additions.append(channels(connection, made, plan.ids, plan.targets))
        plan.additions.append(further.addresses(connection, made, plan.ids, plan.targets, book.business.language))
        plan.additions.append(further.consents(connection, made, plan.ids, plan.targets, book.today().isoformat()))
    if made.kind == "contacts":
        plan.additions.append(told_people.companies(connection, made, plan.links, plan.ids, plan.targets))
    if made.kind == "customers":
        plan.additions.append(tags(connection, made, plan.links, plan.ids, plan.targets))
        plan.additions.append(Additions("state_moves", *_state_moves(connection, plan)))
    if plan.deals is not None:
        plan.additions += plan.deals.additions
    plan.additions = [addition for addition in plan.additions if addition.owners]


def _state_moves(connection: Connection, plan: Plan) -> tuple[list[int], dict[str, list[Any]]]:
    """The log of states: as the file says it, else a lead's first, on the day it was created; and every change that
    this file brings."""
    created = plan.made.column("created")
    told: list[tuple[SaidState, ...] | None] = plan.made.column("state_log")
    moves: list[tuple[int, str, str | None, str | None, str | None, str | None]] = []
    for number, row in enumerate(plan.new):
        moves += [(plan.ids[row], move.field, move.before, move.after, move.on_date, move.at)
                  for move in told[row] or ()]
        if plan.columns["state"][number] == "lead" and not told[row]:
            moves.append((plan.ids[row], "state", None, "lead", created[row], None))
    changed = {found: change for found, change in plan.changes.items() if change.keys() & {"state", "lead_state"}}
    for found, *before in importing.rows(connection, "customers", ("state", "lead_state"), list(changed)):
        moves += [(found, key, old, changed[found][key], None, None)
                  for key, old in zip(("state", "lead_state"), before, strict=True) if key in changed[found]]
    keys = ("customer_id", "field", "before", "after", "on_date", "at")
    return [move[0] for move in moves], {key: [move[place] for move in moves] for place, key in enumerate(keys)}

