"""What hangs on imported records: e-mails, phones and tags, added where they are not there yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

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


def channels(connection: Connection, made: Draft, ids: Sequence[int], targets: Sequence[int | None]) -> Additions:
    """The e-mails and phones that their owners do not have yet, as written and normalised."""
    owner = "customer_id" if made.kind == "customers" else "contact_id"
    found = Additions("channels", [], {owner: [], "kind": [], "value": [], "normal": [], "position": []})
    kinds = [(kind, made.values[key]) for kind, key in (("phone", "phones"), ("email", "emails")) if key in made.values]
    present: dict[int, set[tuple[str, str]]] = {}
    if kinds:
        for key, kind, value, normal in importing.rows(connection, "channels", ("kind", "value", "normal"), [
                target for target in targets if target is not None], by=owner):
            present.setdefault(key, set()).add((kind, normal or value))
    columns = found.columns
    for row, row_id in enumerate(ids):
        there = present.get(row_id, ()) if targets[row] is not None else ()
        position = len(there)
        for kind, column in kinds:
            for value, normal in (column[row] or ()) if row_id else ():
                if there and (kind, normal or value) in there:
                    continue
                found.owners.append(row_id)
                columns["kind"].append(kind)
                columns["value"].append(value)
                columns["normal"].append(normal)
                columns["position"].append(position)
                position += 1
    columns[owner] = found.owners
    return found


def tags(connection: Connection, made: Draft, links: Links, ids: Sequence[int],
         targets: Sequence[int | None]) -> Additions:
    """The tags that customers do not carry yet; unknown ones come into the file."""
    found = Additions("customer_tags", [], {"customer_id": [], "tag_id": []})
    if "tags" not in made.values:
        return found
    present = set(map(tuple, importing.rows(connection, "customer_tags", ("tag_id",), [
        target for target in targets if target is not None], by="customer_id")))
    index = links.of("tags")
    for row, row_id in enumerate(ids):
        for name in (made.values["tags"][row] or ()) if row_id else ():
            tag = index.resolve(name)
            if (row_id, tag) not in present:
                present.add((row_id, tag))
                found.columns["customer_id"].append(row_id)
                found.columns["tag_id"].append(tag)
    found.owners = found.columns["customer_id"]
    return found
