"""Rows in, rows out: the few statements that every noun's repository is made of.

The folded columns are computed here, so that nobody can save a name that the search does not know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnDefault, Connection, Table

from desktop_crm.domain.errors import N_, Conflict, NotFound
from desktop_crm.storage import folding, refolding, shapes
from desktop_crm.storage.uids import new_uid

Row = dict[str, Any]
_GONE = N_("The record is no longer in the file. Nothing was changed.")


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
    row = {"uid": new_uid(), **defaults(name), **values}
    row |= folds(name, row)
    made = _put(connection, f"INSERT INTO {name}({', '.join(row)}) VALUES({', '.join('?' * len(row))})",
                tuple(shapes.stored(value) for value in row.values()))
    if name == "addresses":
        refolding.follow(connection.exec_driver_sql, [row])
    return made


def _put(connection: Connection, insert: str, values: Sequence[Any]) -> int:
    """Insert one row within an act and return its id, over the driver: SQLAlchemy's result costs more than the row."""
    cursor = connection.connection.cursor()
    cursor.execute(insert, values)
    return int(cursor.lastrowid)


def add_many(connection: Connection, name: str, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Insert rows that all have the same keys, as one executemany; returns their ids, ascending in order."""
    if not rows:
        return []
    first = next_id(connection, name)
    full = [{"id": first + number, "uid": new_uid(), **defaults(name), **row, **folds(name, row)}
            for number, row in enumerate(rows)]
    keys = list(full[0])
    cursor = connection.connection.cursor()
    cursor.executemany(f"INSERT INTO {name}({', '.join(keys)}) VALUES({', '.join('?' * len(keys))})",
                       [tuple(shapes.stored(row[key]) for key in keys) for row in full])
    return [row["id"] for row in full]


@lru_cache(maxsize=64)
def defaults(name: str) -> Row:
    """The plain default values of a table's columns, which an executemany does not fill in by itself."""
    return {column.name: column.default.arg for column in table(name).columns
            if isinstance(column.default, ColumnDefault) and column.default.is_scalar}


def next_id(connection: Connection, name: str) -> int:
    """The id that the next row of a table gets: above every id that was ever used."""
    used = connection.exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = ?", (name,)).scalar()
    return int(used or 0) + 1


def get(connection: Connection, name: str, row_id: int) -> Row:
    """One whole row; NotFound if there is none."""
    found = find(connection, name, id=row_id)
    if not found:
        raise NotFound(_GONE)
    return found[0]


def title(connection: Connection, name: str, row_id: int) -> str:
    """The name of one row; NotFound if there is none."""
    return text(connection, name, row_id, "name")


def text(connection: Connection, name: str, row_id: int, column: str) -> str:
    """One column of one row that is never empty, as its name; NotFound if there is no such row."""
    found = connection.exec_driver_sql(f"SELECT {column} FROM {name} WHERE id = ?", (row_id,)).scalar_one_or_none()
    if found is None:
        raise NotFound(_GONE)
    return str(found)


def get_many(connection: Connection, name: str, ids: Sequence[int]) -> dict[int, Row]:
    """Whole rows by id; ids that are gone are left out."""
    return {row["id"]: row for row in _rows(connection, name, f"id IN ({_listed(ids)})", ())}


def find(connection: Connection, name: str, /, **equal: Any) -> list[Row]:
    """Whole rows whose columns equal the given values (None: have none), ascending id."""
    where = " AND ".join(f"{key} IS ?" for key in equal) or "1"
    return _rows(connection, name, where, tuple(shapes.stored(value) for value in equal.values()))


def _rows(connection: Connection, name: str, where: str, values: tuple[Any, ...]) -> list[Row]:
    shape = shapes.shape(connection, name)
    found = connection.exec_driver_sql(
        f"SELECT {', '.join(shape.columns)} FROM {name} WHERE {where} ORDER BY id", values)
    return [shape.row(row) for row in found]


def _listed(ids: Iterable[int]) -> str:
    return ", ".join(str(int(row_id)) for row_id in ids)


def save(connection: Connection, name: str, row_id: int, values: Mapping[str, Any],
         seen: Mapping[str, Any] | None = None) -> Row:
    """Change columns of one row; returns what the changed columns were before, nothing if nothing differed.

    `seen` holds the values that the user had before his eyes: if one has changed since, Conflict is raised.
    """
    before = get(connection, name, row_id)
    for key, value in (seen or {}).items():
        if before[key] != value:
            raise Conflict(N_("“{name}” was changed elsewhere since you opened it. Nothing was saved; look at it "
                              "again."), name=str(before.get("name", "")))
    changed = {key: value for key, value in values.items() if before[key] != value}
    if not changed:
        return {}
    told = {key: before[key] for key in changed}
    if folding.sources(name).intersection(changed):
        folded = refolding.of_row(connection.exec_driver_sql, name, {**before, **changed})
        changed |= {key: value for key, value in folded.items() if before[key] != value}
    connection.exec_driver_sql(f"UPDATE {name} SET {', '.join(f'{key} = ?' for key in changed)} WHERE id = ?",
                               (*(shapes.stored(value) for value in changed.values()), row_id))
    if name == "addresses":
        refolding.follow(connection.exec_driver_sql, [before, {**before, **changed}])
    return told


def order(connection: Connection, name: str, ids: Iterable[int]) -> None:
    """Give rows their places in the order of the ids, the first one place 1."""
    for position, row_id in enumerate(ids, 1):
        save(connection, name, row_id, {"position": position})


def remove(connection: Connection, name: str, ids: Sequence[int]) -> None:
    """Delete rows with what hangs on them."""
    gone = list(get_many(connection, name, ids).values()) if name == "addresses" else []
    connection.exec_driver_sql(f"DELETE FROM {name} WHERE id IN ({_listed(ids)})")
    if gone:
        refolding.follow(connection.exec_driver_sql, gone)


def names(connection: Connection, name: str, ids: Iterable[int]) -> dict[int, str]:
    """The names of some rows, by id."""
    return {row[0]: row[1] for row in connection.exec_driver_sql(
        f"SELECT id, name FROM {name} WHERE id IN ({_listed(set(ids))})")}
