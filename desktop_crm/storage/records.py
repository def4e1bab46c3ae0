"""Rows in, rows out: the few statements that every noun's repository is made of.

The folded columns are computed here, so that nobody can save a name that the search does not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnDefault, Connection, Table, bindparam, delete, insert, select, update

from desktop_crm.domain.errors import N_, Conflict, NotFound
from desktop_crm.storage import folding
from desktop_crm.storage.uids import new_uid

Row = dict[str, Any]


@lru_cache(maxsize=64)
def table(name: str) -> Table:
    """The table `name` of the schema."""
    from desktop_crm.storage.tables import metadata  # SQLModel: not before a whole row is read or written

    return metadata.tables[name]


def folds(name: str, row: Mapping[str, Any]) -> Row:
    """The folded columns that the whole row `row` of table `name` must have."""
    return folding.of_row(name, row)


def add(connection: Connection, name: str, values: Mapping[str, Any]) -> int:
    """Insert one row and return its id."""
    row = {"uid": new_uid(), **values}
    result = connection.execute(insert(table(name)), {**row, **folds(name, row)})
    return int(result.inserted_primary_key[0])  # type: ignore[index]  # always there for one inserted row


def add_many(connection: Connection, name: str, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert rows that all have the same keys, as one executemany; returns their ids, ascending in order."""
    if not rows:
        return []
    first = next_id(connection, name)
    full = [{"id": first + number, "uid": new_uid(), **defaults(name), **row, **folds(name, row)}
            for number, row in enumerate(rows)]
    keys = list(full[0])
    statement = f"INSERT INTO {name}({', '.join(keys)}) VALUES({', '.join('?' * len(keys))})"
    processors = _processors(connection, name, keys)
    connection.exec_driver_sql(statement, [tuple(
        processor(row[key]) if processor and row[key] is not None else row[key]
        for key, processor in zip(keys, processors, strict=True)) for row in full])
    return [row["id"] for row in full]


@lru_cache(maxsize=64)
def defaults(name: str) -> Row:
    """The plain default values of a table's columns, which an executemany does not fill in by itself."""
    return {column.name: column.default.arg for column in table(name).columns
            if isinstance(column.default, ColumnDefault) and column.default.is_scalar}


def _processors(connection: Connection, name: str, keys: Iterable[str]) -> list[Any]:
    """How the driver wants each column's values (dates and instants as text)."""
    columns = table(name).columns
    return [columns[key].type.dialect_impl(connection.dialect).bind_processor(connection.dialect) for key in keys]


def next_id(connection: Connection, name: str) -> int:
    """The id that the next row of a table gets: above every id that was ever used."""
    used = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (name,)).scalar()
    return int(used or 0) + 1


def get(connection: Connection, name: str, row_id: int) -> Row:
    """One whole row; NotFound if there is none."""
    found = connection.execute(select(table(name)).where(table(name).c.id == row_id)).mappings().one_or_none()
    if found is None:
        raise NotFound(N_("The record is no longer in the file. Nothing was changed."))
    return dict(found)


def get_many(connection: Connection, name: str, ids: Sequence[int]) -> dict[int, Row]:
    """Whole rows by id; ids that are gone are left out."""
    target = table(name)
    statement = select(target).where(target.c.id.in_(bindparam("ids", expanding=True)))
    return {row["id"]: dict(row) for row in connection.execute(statement, {"ids": list(ids)}).mappings()}


def find(connection: Connection, name: str, /, **equal: Any) -> list[Row]:
    """Whole rows whose columns equal the given values, ascending id."""
    target = table(name)
    statement = select(target).order_by(target.c.id)
    for key, value in equal.items():
        statement = statement.where(target.c[key] == value)
    return [dict(row) for row in connection.execute(statement).mappings()]


def save(connection: Connection, name: str, row_id: int, values: Mapping[str, Any],
         seen: Mapping[str, Any] | None = None) -> bool:
    """Change columns of one row; returns whether anything differed.

    `seen` holds the values that the user had before his eyes: if one has changed since, Conflict is raised.
    """
    before = get(connection, name, row_id)
    for key, value in (seen or {}).items():
        if before[key] != value:
            raise Conflict(N_("“{name}” was changed elsewhere since you opened it. Nothing was saved; look at it "
                              "again."), name=str(before.get("name", "")))
    changed = {key: value for key, value in values.items() if before[key] != value}
    if not changed:
        return False
    after = {**before, **changed}
    changed |= {key: value for key, value in folds(name, after).items() if before[key] != value}
    connection.execute(update(table(name)).where(table(name).c.id == row_id).values(**changed))
    return True


def remove(connection: Connection, name: str, ids: Sequence[int]) -> None:
    """Delete rows with what hangs on them."""
    target = table(name)
    connection.execute(delete(target).where(target.c.id.in_(bindparam("ids", expanding=True))), {"ids": list(ids)})


def names(connection: Connection, name: str, ids: Iterable[int]) -> dict[int, str]:
    """The names of some rows, by id."""
    target = table(name)
    statement = select(target.c.id, target.c.name).where(target.c.id.in_(bindparam("ids", expanding=True)))
    return {row.id: row.name for row in connection.execute(statement, {"ids": list(set(ids))})}
