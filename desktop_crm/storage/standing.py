"""Whether an act that is not the newest may still be taken back: every row that it changed must stand as it left it.

Later changes are walked back from the present rows, so that an edit which was undone since is none. Columns that the
act did not touch may have changed; rows that have come to hang on what it made, or links to what is gone, contradict.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection

from desktop_crm.domain.errors import N_, InvalidInput, Term
from desktop_crm.storage import folding, journal, refolding

Image = dict[str, Any]
_KINDS = {
    "customers": N_("Customer"), "contacts": N_("Contact"), "deals": N_("Deal"), "tasks": N_("Task"),
    "activities": N_("Activity"), "payments": N_("Payment"), "products": N_("Product"), "sellers": N_("Seller"),
    "tags": N_("Tag"), "channels": N_("Phone or e-mail"), "addresses": N_("Address"), "consents": N_("Consent"),
    "receipts": N_("Receipt"), "attachments": N_("Document"), "choices": N_("Choice"), "settings": N_("Setting"),
    "segments": N_("Segment"), "stages": N_("Stage"), "pipelines": N_("Pipeline"),
}
_CHANGED = N_("“{name}” ({kind}) was changed after that, so it can no longer be taken back. Nothing was changed.")
_GONE = N_("“{name}” ({kind}) was deleted after that, so it can no longer be taken back. Nothing was changed.")
_HANGS = N_("“{name}” ({kind}) has come to belong to it since, so it can no longer be taken back. Nothing was changed.")
_TAKEN = N_("Something else ({kind}) has taken its place, so it can no longer be taken back. Nothing was changed.")
_CIRCLE = N_("“{name}” would belong to itself, so it can no longer be taken back. Nothing was changed.")


def check(connection: Connection, act: journal.WorkRow) -> None:
    """InvalidInput, naming what contradicts, unless the act can be taken back out of its turn."""
    first, last = journal.last_turn(connection, act)
    for table, row_id, entries in _touched_since(connection, first, last):
        _check_row(connection, table, row_id, entries, last)
    _check_hanging(connection, first, last)
    _check_targets(connection, first, last)


def refold(connection: Connection, act: journal.WorkRow) -> None:
    """Make the folded columns anew of the rows that the act changed: other columns may have changed since."""
    rows: dict[str, set[int]] = defaultdict(set)
    for table, row_id in connection.exec_driver_sql(
            "SELECT DISTINCT table_name, row_id FROM journal WHERE id BETWEEN ? AND ? AND op = 'U'",
            journal.last_turn(connection, act)):
        if folding.columns(table):
            rows[table].add(row_id)
    for table, ids in rows.items():
        refolding.refold(connection.exec_driver_sql, table, ids)


def check_circles(connection: Connection, act: journal.WorkRow) -> None:
    """InvalidInput if a customer that the act changed would hang on itself, now that it is taken back."""
    for start in connection.exec_driver_sql(
            "SELECT DISTINCT row_id FROM journal WHERE id BETWEEN ? AND ? AND table_name = 'customers'",
            journal.last_turn(connection, act)).scalars().all():
        seen: set[int] = set()
        at: int | None = start
        while at is not None:
            if at in seen:
                raise InvalidInput(_CIRCLE, "", name=_name(connection, "customers", start))
            seen.add(at)
            at = connection.exec_driver_sql("SELECT parent_id FROM customers WHERE id = ?", (at,)).scalar()


def taken(table: str) -> InvalidInput:
    """What is said where a row that would come back finds its place taken (a tag of the same name)."""
    return InvalidInput(_TAKEN, "", kind=_kind(table))


# --- rows that were changed since -------------------------------------------------------------------------------------

def _touched_since(connection: Connection, first: int, last: int) -> list[tuple[str, int, list[Any]]]:
    """The rows that the entries `first` to `last` changed and later ones did too, with their entries in order."""
    rows = connection.exec_driver_sql(
        "SELECT DISTINCT w.table_name, w.row_id FROM journal w WHERE w.id BETWEEN ?1 AND ?2 AND EXISTS (SELECT 1 FROM "
        "journal l WHERE l.table_name = w.table_name AND l.row_id = w.row_id AND l.id > ?2)", (first, last)).all()
    return [(table, row_id, list(connection.exec_driver_sql(
        "SELECT id, op, before FROM journal WHERE table_name = ? AND row_id = ? AND id >= ? ORDER BY id",
        (table, row_id, first)))) for table, row_id in rows]


def _check_row(connection: Connection, table: str, row_id: int, entries: list[Any], last: int) -> None:
    """A row that was changed since must have come back to what the act left, in the columns that the act changed."""
    now = _image(connection, table, row_id)
    left = dict(now) if now is not None else None
    for _, op, before in reversed([entry for entry in entries if entry[0] > last]):
        left = None if op == "I" else {**(left or {}), **json.loads(before or "{}")}
    mine = [entry for entry in entries if entry[0] <= last]
    if (now is None) != (left is None):
        raise InvalidInput(_GONE if now is None else _CHANGED, "", name=_name(connection, table, row_id),
                           kind=_kind(table))
    if now is None or left is None:
        return
    whole = any(op == "I" for _, op, _ in mine)
    columns = set(now) if whole else {key for _, _, before in mine for key in json.loads(before or "{}")}
    if any(now[key] != left[key] for key in columns.difference(folding.columns(table), _scored(table, now, left))):
        raise InvalidInput(_CHANGED, "", name=_name(connection, table, row_id), kind=_kind(table))


def _scored(table: str, now: Image, left: Image) -> set[str]:
    """The columns that the program itself keeps up to date: a lead's score, and its heat unless set by hand."""
    if table != "customers":
        return set()
    free = all(image["heat_scored"] or image["heat"] is None for image in (now, left))
    return {"score", "heat", "heat_scored"} if free else {"score"}


def _image(connection: Connection, table: str, row_id: int) -> Image | None:
    """A row as the file keeps it."""
    found = connection.exec_driver_sql(f"SELECT * FROM {table} WHERE id = ?", (row_id,)).mappings().one_or_none()
    return None if found is None else dict(found)


# --- links ------------------------------------------------------------------------------------------------------------

def links(connection: Connection) -> list[tuple[str, str, str]]:
    """Every foreign key of the file: table, column, the table that it leads to."""
    from desktop_crm.storage.tables import journalled

    return [(table, row[3], row[2]) for table in journalled()
            for row in connection.exec_driver_sql(f"PRAGMA foreign_key_list({table})")]


def _check_hanging(connection: Connection, first: int, last: int) -> None:
    """Nothing may hang on a row that the act made, but what it made or linked itself."""
    mine = "SELECT row_id FROM journal WHERE id BETWEEN ?1 AND ?2 AND table_name = '{}' AND op = 'I'"
    made = set(connection.exec_driver_sql(
        "SELECT DISTINCT table_name FROM journal WHERE id BETWEEN ? AND ? AND op = 'I'", (first, last)).scalars())
    for table, column, target in links(connection):
        if target not in made.difference({"receipts"}):  # a receipt is voided, and stays
            continue
        found = connection.exec_driver_sql(
            f"SELECT id FROM {table} WHERE {column} IN ({mine.format(target)}) AND id NOT IN ({mine.format(table)}) "
            f"AND id NOT IN (SELECT row_id FROM journal WHERE id BETWEEN ?1 AND ?2 AND table_name = '{table}' "
            f"AND json_type(before, '$.{column}') IS NOT NULL) LIMIT 1", (first, last)).scalar()
        if found is not None:
            raise InvalidInput(_HANGS, "", name=_name(connection, table, found), kind=_kind(table))


def _check_targets(connection: Connection, first: int, last: int) -> None:
    """What the rows that come back lead to must be there, or come back with them."""
    turned = set(connection.exec_driver_sql(
        "SELECT DISTINCT table_name FROM journal WHERE id BETWEEN ? AND ? AND op <> 'I'", (first, last)).scalars())
    for table, column, target in links(connection):
        if table not in turned:
            continue
        missing = connection.exec_driver_sql(
            f"SELECT DISTINCT json_extract(j.before, '$.{column}') FROM journal j WHERE j.id BETWEEN ?1 AND ?2 "
            f"AND j.table_name = '{table}' AND json_extract(j.before, '$.{column}') IS NOT NULL "
            f"AND json_extract(j.before, '$.{column}') NOT IN (SELECT id FROM {target}) "
            f"AND json_extract(j.before, '$.{column}') NOT IN (SELECT row_id FROM journal "
            f"WHERE id BETWEEN ?1 AND ?2 AND table_name = '{target}') LIMIT 1", (first, last)).scalar()
        if missing is not None:
            raise InvalidInput(_GONE, "", name=_name(connection, target, missing), kind=_kind(target))


# --- words ------------------------------------------------------------------------------------------------------------

def _kind(table: str) -> Term:
    return Term(_KINDS.get(table, N_("Record")))


def _name(connection: Connection, table: str, row_id: int) -> str:
    """What a row is called: its own name, else its value, else its customer's name; also of one that is gone."""
    row = _image(connection, table, row_id) or _last_image(connection, table, row_id)
    for key in ("name", "value", "key"):
        if row.get(key):
            return str(row[key])
    owner = row.get("customer_id")
    return _name(connection, "customers", int(owner)) if owner else f"{table} {row_id}"


def _last_image(connection: Connection, table: str, row_id: int) -> Image:
    found = connection.exec_driver_sql(
        "SELECT before FROM journal WHERE table_name = ? AND row_id = ? AND op = 'D' ORDER BY id DESC LIMIT 1",
        (table, row_id)).scalar()
    image: Collection[tuple[str, Any]] = json.loads(found or "{}").items()
    return dict(image)
