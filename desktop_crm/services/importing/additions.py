"""What hangs on imported records: ways to reach them and tags, added where they are not there yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop_crm.domain.channels import normal
from desktop_crm.domain.importing.fields import WAYS
from desktop_crm.domain.people_texts import WEB, SaidWay
from desktop_crm.services.importing.draft import Draft
from desktop_crm.services.importing.linking import Links
from desktop_crm.storage import importing
from desktop_crm.storage.unit_of_work import Connection


@dataclass(slots=True)
class Additions:
    """Rows of another table as columns, and the record that each of them belongs to."""

    table: str
    owners: list[int]
    columns: dict[str, list[Any]]


_PHONES_FIRST = sorted(WAYS, key=lambda field: field != "phones")


def channels(connection: Connection, made: Draft, ids: Sequence[int], targets: Sequence[int | None]) -> Additions:
    """The ways to reach them that their owners do not have yet, as written and normalised."""
    owner = "customer_id" if made.kind == "customers" else "contact_id"
    found = Additions("channels", [], {key: [] for key in (
        owner, "kind", "value", "normal", "label", "position", "preferred")})
    kept = made.mapping.kept
    kinds = [(kind, [None if targets[row] is not None and key in kept else ways for row, ways in
                     enumerate(made.values[key])] if key in kept else made.values[key])
             for key, kind in ((key, WAYS[key]) for key in _PHONES_FIRST) if key in made.values]
    told: list[tuple[SaidWay, ...] | None] = [
        None if ways is None or (targets[row] is not None and "ways" in kept) else ways
        for row, ways in enumerate(made.column("ways"))]
    kinds += [(WEB, [tuple((way.value, normal(WEB, way.value, ""), "") for way in ways or () if way.kind == WEB)
                     for ways in told])] if any(told) else []
    present: dict[int, set[tuple[str, str]]] = {}
    first: set[tuple[int, str]] = set()  # who has a preferred way of a kind
    if kinds:
        for key, kind, value, known, preferred in importing.rows(
                connection, "channels", ("kind", "value", "normal", "preferred"), [
                    target for target in targets if target is not None], by=owner):
            present.setdefault(key, set()).add((kind, known or value))
            if preferred:
                first.add((key, kind))
    columns = found.columns
    for row, row_id in enumerate(ids):
        there = present.get(row_id, ()) if targets[row] is not None else ()
        position = len(there)
        marks = {(way.kind, way.value): way for way in told[row] or ()}
        for kind, column in kinds:
            for value, known, label in (column[row] or ()) if row_id else ():
                if there and (kind, known or value) in there:
                    continue
                mark = marks.get((kind, value)) if marks else None
                preferred = mark is not None and mark.preferred and (row_id, kind) not in first
                if preferred:
                    first.add((row_id, kind))
                found.owners.append(row_id)
                columns["kind"].append(kind)
                columns["value"].append(value)
                columns["normal"].append(known)
                columns["label"].append(label or (mark.label if mark is not None else "") or None)
                columns["position"].append(position)
                columns["preferred"].append(int(preferred))
                position += 1
    columns[owner] = found.owners
    return found


def tags(connection: Connection, made: Draft, links: Links, ids: Sequence[int],
         targets: Sequence[int | None]) -> Additions:
    """The tags that customers do not carry yet; unknown ones come into the file."""
    found = Additions("customer_tags", [], {"customer_id": [], "tag_id": []})
    if "tags" not in made.values:
        return found
    kept = "tags" in made.mapping.kept
    present = set(map(tuple, importing.rows(connection, "customer_tags", ("tag_id",), [
        target for target in targets if target is not None], by="customer_id")))
    index = links.of("tags")
    for row, row_id in enumerate(ids):
        for name in (made.values["tags"][row] or ()) if row_id and not (kept and targets[row] is not None) else ():
            tag = index.resolve(name)
            if (row_id, tag) not in present:
                present.add((row_id, tag))
                found.columns["customer_id"].append(row_id)
                found.columns["tag_id"].append(tag)
    found.owners = found.columns["customer_id"]
    return found


@dataclass(slots=True)
class Removals:
    """Rows of another table that go: their ids, and the records that they belonged to."""

    table: str
    owners: list[int]
    ids: list[int]


def replaced(connection: Connection, made: Draft, links: Links, targets: Sequence[int | None]) -> list[Removals]:
    """What older records have beside what their rows say: the e-mails, phones and tags that are to be replaced."""
    if not made.mapping.replaces:
        return []
    owner = "customer_id" if made.kind == "customers" else "contact_id"
    said = {target: row for row, target in enumerate(targets) if target is not None}
    gone = Removals("channels", [], [])
    keys = {kind: field for field, kind in WAYS.items()}
    for key, row_id, kind, value, known in importing.rows(
            connection, "channels", ("id", "kind", "value", "normal"), list(said), by=owner):
        ways = made.column(keys.get(kind, ""))[said[key]] if keys.get(kind) not in made.mapping.kept else None
        if ways and all((known or value) != (other or written) for written, other, _ in ways):
            gone.owners.append(key)
            gone.ids.append(row_id)
    return [gone] + ([_other_tags(connection, made, links, said)] if "tags" in made.values else [])


def _other_tags(connection: Connection, made: Draft, links: Links, said: Mapping[int, int]) -> Removals:
    gone = Removals("customer_tags", [], [])
    index = links.of("tags")
    for customer, row_id, tag in importing.rows(connection, "customer_tags", ("id", "tag_id"), list(said),
                                                by="customer_id"):
        names = made.values["tags"][said[customer]] if "tags" not in made.mapping.kept else None
        if names and tag not in {index.find(name) for name in names}:
            gone.owners.append(customer)
            gone.ids.append(row_id)
    return gone
