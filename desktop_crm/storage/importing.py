"""Bulk reads and writes of an import: whole columns in, executemany out; values are as the file keeps them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

from desktop_crm.storage import folding, records, refolding
from desktop_crm.storage.uids import new_uids

CHUNK = 4000
Columns = Mapping[str, Sequence[Any]]


def keys(connection: Connection, table: str, more: Sequence[str] = ()) -> list[Any]:
    """(id, external id, name, *more) of every row of a table, ascending id."""
    return connection.exec_driver_sql(
        f"SELECT {', '.join(('id', 'external_id', 'name', *more))} FROM {table} ORDER BY id").all()  # type: ignore[return-value]


def names(connection: Connection, table: str) -> list[tuple[int, str, str | None]]:
    """(id, name, external id) of every row of a linked table, ascending id; choices and tags have no external id."""
    external = "external_id" if "external_id" in records.table(table).columns else "NULL"
    return [(row[0], row[1], row[2]) for row in connection.exec_driver_sql(
        f"SELECT id, name, {external} FROM {table} ORDER BY id")]


def uids(connection: Connection, table: str) -> dict[str, int]:
    """The id of every row of a table by its uid, which lists that go out say where a row has no external id."""
    return dict(connection.exec_driver_sql(f"SELECT uid, id FROM {table}").all())


def choices(connection: Connection, kind: str) -> list[tuple[int, str, str | None]]:
    """(id, name, code) of a choice list, in its order."""
    return [(row[0], row[1], row[2]) for row in connection.exec_driver_sql(
        "SELECT id, name, code FROM choices WHERE kind = ? ORDER BY position, id", (kind,))]


def last_position(connection: Connection, kind: str) -> int:
    """The highest position in a choice list."""
    return int(connection.exec_driver_sql(
        "SELECT coalesce(max(position), 0) FROM choices WHERE kind = ?", (kind,)).scalar_one())


def reached(connection: Connection, owner: str, kind: str) -> list[tuple[int, str]]:
    """(owner id, normalised value) of every e-mail or phone, ascending owner; `owner` is customer_id or contact_id."""
    return [(row[0], row[1]) for row in connection.exec_driver_sql(
        f"SELECT {owner}, normal FROM channels WHERE {owner} IS NOT NULL AND kind = ? AND normal <> '' "
        f"ORDER BY {owner}", (kind,))]


def parents(connection: Connection) -> dict[int, int]:
    """The parent of each customer that has one."""
    return {row[0]: row[1] for row in connection.exec_driver_sql(
        "SELECT id, parent_id FROM customers WHERE parent_id IS NOT NULL")}


def rows(connection: Connection, table: str, columns: Sequence[str], ids: Sequence[int], by: str = "id") -> list[Any]:
    """(`by`, *columns) of the rows whose `by` is among `ids`, ascending id; as the file keeps the values."""
    found: list[Any] = []
    for part in _parts(ids):
        places = ", ".join("?" * len(part))
        found += connection.exec_driver_sql(
            f"SELECT {', '.join((by, *columns))} FROM {table} WHERE {by} IN ({places}) ORDER BY id", tuple(part)).all()
    return found


def _parts(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), CHUNK):
        yield items[start:start + CHUNK]


@contextmanager
def roomy(connection: Connection) -> Iterator[None]:
    """A larger page cache while much is written: indexes of names and numbers grow in random places."""
    before = connection.exec_driver_sql("PRAGMA cache_size").scalar_one()
    connection.exec_driver_sql("PRAGMA cache_size=-96000")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size={before}")


def later(connection: Connection) -> None:
    """Let links point at rows that come later in this transaction; they are checked at its end."""
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")


def delete(connection: Connection, table: str, column: str, values: Sequence[int]) -> None:
    """Delete the rows whose `column` is among `values`."""
    if values:
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE {column} = ?", [(value,) for value in values])


def insert(connection: Connection, table: str, columns: Columns, first: int,
           step: Callable[[int], None] | None = None) -> None:
    """Insert rows given as columns; their ids ascend from `first`. `step` hears how many came in, chunk by chunk.

    Defaults, uids and the folded columns of the search are filled in here.
    """
    count = len(next(iter(columns.values())))
    insert_with_ids(connection, table, columns, range(first, first + count), step)


def insert_with_ids(connection: Connection, table: str, columns: Columns, ids: Sequence[int],
                    step: Callable[[int], None] | None = None) -> None:
    """Insert rows given as columns, with these ids."""
    given = list(columns)
    defaults = {key: int(value) if isinstance(value, bool) else value
                for key, value in records.defaults(table).items() if key not in columns}
    folded = folding.columns(table)
    every = ["id", "uid", *given, *(key for key in defaults if key not in folded), *folded]
    statement = f"INSERT INTO {table}({', '.join(every)}) VALUES({', '.join('?' * len(every))})"
    for start in range(0, len(ids), CHUNK):
        part = {key: columns[key][start:start + CHUNK] for key in given}
        size = len(part[given[0]])
        fixed = [[value] * size for key, value in defaults.items() if key not in folded]
        connection.exec_driver_sql(statement, list(zip(
            ids[start:start + size], new_uids(size), *part.values(), *fixed,
            *folding.of_columns(table, part, size), strict=True)))
        if step is not None:
            step(size)
    if table == "addresses":
        for owner in set(refolding.OWNERS.values()).intersection(columns):
            refolding.follow(connection.exec_driver_sql, [{owner: value} for value in columns[owner]])


def update(connection: Connection, table: str, changes: Mapping[int, Mapping[str, Any]]) -> None:
    """Change columns of rows by id, the folded ones with them; one executemany for each set of columns."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for row_id, values in changes.items():
        groups.setdefault(tuple(sorted(values)), []).append(row_id)
    sources = folding.sources(table)
    for changed, ids in groups.items():
        folds = folding.columns(table) if sources.intersection(changed) else ()
        sets = ", ".join(f"{key} = ?" for key in (*changed, *folds))
        for part in _parts(ids):
            made = _folded(connection, table, part, changes, sorted(sources)) if folds else {}
            connection.exec_driver_sql(f"UPDATE {table} SET {sets} WHERE id = ?", [
                (*(changes[row_id][key] for key in changed), *made.get(row_id, ()), row_id) for row_id in part])


def _folded(connection: Connection, table: str, ids: Sequence[int], changes: Mapping[int, Mapping[str, Any]],
            sources: Sequence[str]) -> dict[int, tuple[Any, ...]]:
    """The folded columns of rows as they will be."""
    after = {row[0]: {**dict(zip(sources, row[1:], strict=True)), **changes[row[0]]}
             for row in rows(connection, table, sources, ids)}
    places = refolding.said(connection.exec_driver_sql, table, ids)
    columns = {key: [row[key] for row in after.values()] for key in sources}
    columns[folding.ELSEWHERE] = [places.get(row_id, "") for row_id in after]
    return dict(zip(after, zip(*folding.of_columns(table, columns, len(after)), strict=True), strict=True))
