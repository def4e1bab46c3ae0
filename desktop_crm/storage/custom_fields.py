"""Fields of the business's own and their values: read, written, and known still after they were deleted."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from desktop_crm.domain import custom_fields as rules
from desktop_crm.domain.custom_fields import CustomField, Value
from desktop_crm.storage import folding, records, refolding
from desktop_crm.storage.conditions import by_ids

_AT_ONCE = 5000


def listed(connection: Connection, kind: str | None = None) -> list[CustomField]:
    """The fields of a kind of record (None: of all), in their order."""
    return [_field(row) for row in connection.exec_driver_sql(
        "SELECT id, kind, name, type, choices FROM custom_fields WHERE kind = coalesce(?, kind) "
        "ORDER BY kind, position, id", (kind,))]


def ever(connection: Connection, kind: str) -> dict[int, CustomField]:
    """The fields of a kind by id, those that were deleted included, as they were last."""
    found = {}
    for (before,) in connection.exec_driver_sql(
            "SELECT before FROM journal WHERE table_name = 'custom_fields' AND op = 'D' ORDER BY id"):
        row = json.loads(before)
        if row["kind"] == kind:
            found[row["id"]] = _field((row["id"], row["kind"], row["name"], row["type"], row["choices"]))
    return found | {field.id: field for field in listed(connection, kind)}


def _field(row: Any) -> CustomField:
    return CustomField(row[0], row[1], row[2], row[3], choices_read(row[4]))


def add(connection: Connection, kind: str, name: str, kind_of_value: str, choices: Sequence[str]) -> int:
    """Add a field after the others of its kind and return its id."""
    last = connection.exec_driver_sql(
        "SELECT coalesce(max(position), 0) FROM custom_fields WHERE kind = ?", (kind,)).scalar_one()
    return records.add(connection, "custom_fields", {
        "kind": kind, "name": name, "type": kind_of_value, "choices": choices_stored(choices), "position": last + 1})


def choices_stored(choices: Sequence[str]) -> str | None:
    """The column of a field's choices; None for none."""
    return json.dumps(list(choices), ensure_ascii=False) if choices else None


def choices_read(stored: str | None) -> tuple[str, ...]:
    """The choices out of their column."""
    return tuple(json.loads(stored)) if stored else ()


def path(field_id: int) -> str:
    """The place of a field in a record's column `custom`, for SQLite's JSON functions."""
    return f'$."{int(field_id)}"'


def sql(kind: str, field_id: int) -> str:
    """SQL for a field's value on a row of `kind`: text, number, 1 or 0, or NULL."""
    return f"({kind}.custom ->> '{path(field_id)}')"


def holders(connection: Connection, kind: str, field_id: int) -> list[int]:
    """The records that have a value in a field, ascending."""
    return [row[0] for row in connection.exec_driver_sql(
        f"SELECT id FROM {kind} WHERE custom IS NOT NULL AND {sql(kind, field_id)} IS NOT NULL ORDER BY id")]


def having(connection: Connection, kind: str, field_id: int, value: str) -> list[int]:
    """The records whose value in a field is this text, ascending."""
    return [row[0] for row in connection.exec_driver_sql(
        f"SELECT id FROM {kind} WHERE custom IS NOT NULL AND {sql(kind, field_id)} = ? ORDER BY id", (value,))]


def held(connection: Connection, kind: str) -> dict[int, int]:
    """How many records have a value in each field of their kind."""
    return {int(row[0]): row[1] for row in connection.exec_driver_sql(
        f"SELECT e.key, count(*) FROM {kind} r, json_each(r.custom) e WHERE r.custom IS NOT NULL GROUP BY e.key")}


def values(connection: Connection, kind: str, ids: Sequence[int]) -> dict[int, dict[int, Value]]:
    """The values by field id of each of the records that has any."""
    return {row[0]: rules.read(row[1]) for row in by_ids(
        connection, f"SELECT id, custom FROM {kind} WHERE custom IS NOT NULL AND id IN :ids", ids)}


def set_many(connection: Connection, kind: str, ids: Sequence[int], wanted: Mapping[int, Value | None]) -> None:
    """Give many records these values (None: none); their other values stay, and the search follows."""
    columns = folding.columns(kind)
    for part in _parts(ids):
        rows = list(records.get_many(connection, kind, part).values())
        changed = [(row, text) for row in rows
                   if (text := rules.stored({**rules.read(row["custom"]), **wanted})) != row["custom"]]
        folds = [refolding.of_row(connection.exec_driver_sql, kind, {**row, "custom": text}) for row, text in changed]
        cursor = connection.connection.cursor()
        cursor.executemany(
            f"UPDATE {kind} SET custom = ?, {', '.join(f'{column} = ?' for column in columns)} WHERE id = ?",
            [(text, *made.values(), row["id"]) for (row, text), made in zip(changed, folds, strict=True)])


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start:start + _AT_ONCE]
