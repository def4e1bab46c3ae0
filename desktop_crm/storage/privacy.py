"""What a file holds about people, by kind: about all of them, or about one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import Connection

from desktop_crm.domain.privacy import CODED, KINDS
from desktop_crm.storage.holdings import listed

Rows = Mapping[str, Collection[int]] | None
"""The ids of one person's rows by table; None for everybody's."""

IMPORT = "Import {file}"
"""The message of the act in which a list came in."""

_OWN = ("customers", "contacts", "deals")


def held(connection: Connection, rows: Rows) -> tuple[str, ...]:
    """The titles of the kinds of data that are there, in their order: who, how to reach them, then the rest."""
    there: set[str] = set()
    for table in dict.fromkeys(table for kind in KINDS for table in kind.places):
        there |= _said(connection, table, [(kind.title, kind.places[table]) for kind in KINDS if table in kind.places],
                       rows)
    found = [kind.title for kind in KINDS if kind.title in there]
    ways, files = (_coded(connection, table, rows) for table in ("channels", "attachments"))
    return tuple(dict.fromkeys([*found[:1], *ways, *found[1:], *files]))


def has(connection: Connection, table: str, rows: Rows) -> bool:
    """Whether a table has any row."""
    return bool(connection.exec_driver_sql(
        f"SELECT EXISTS (SELECT 1 FROM {table} t WHERE {_which(table, rows)})").scalar_one())


def _said(connection: Connection, table: str, kinds: list[tuple[str, tuple[str, ...]]], rows: Rows) -> set[str]:
    """The titles of the kinds that a table's rows say anything of; the table is read once, however many they are."""
    if not any(columns for _, columns in kinds):
        return {title for title, _ in kinds} if has(connection, table, rows) else set()
    said = ", ".join("max(" + (" OR ".join(f"coalesce(t.{column}, '') NOT IN ('', 0)" for column in columns) or "1")
                     + ")" for _, columns in kinds)
    row = connection.exec_driver_sql(f"SELECT {said} FROM {table} t WHERE {_which(table, rows)}").one()
    return {title for (title, _), there in zip(kinds, row, strict=True) if there}


def _which(table: str, rows: Rows) -> str:
    return "1" if rows is None else f"t.id IN ({listed(rows.get(table, ()))})"


def _coded(connection: Connection, table: str, rows: Rows) -> list[str]:
    """The titles of the kinds that rows of a table say of themselves, in the order of their list."""
    there = set(connection.exec_driver_sql(
        f"SELECT DISTINCT t.kind FROM {table} t WHERE {_which(table, rows)}").scalars())
    return [title for key, title in CODED[table].items() if key in there]


def own_fields(connection: Connection, rows: Rows) -> set[int]:
    """The ids of the business's own fields that have a value somewhere."""
    found: set[int] = set()
    for table in _OWN:
        found |= {int(key) for key in connection.exec_driver_sql(
            f"SELECT DISTINCT j.key FROM {table} t, json_each(t.custom) j "
            f"WHERE t.custom IS NOT NULL AND {_which(table, rows)}").scalars()}
    return found


def sources(connection: Connection, rows: Rows) -> list[tuple[str, str]]:
    """The sources that people, or deals with them, came from, in the order of their list: name, and code if any."""
    used = " UNION ".join(f"SELECT t.source_id FROM {table} t WHERE {_which(table, rows)}"
                          for table in ("customers", "deals"))
    return [(row[0], row[1] or "") for row in connection.exec_driver_sql(
        f"SELECT name, code FROM choices WHERE kind = 'source' AND id IN ({used}) ORDER BY position, id")]


def imported(connection: Connection, rows: Rows) -> bool:
    """Whether any of the people came in with a list; lists of products and the like bring none."""
    if rows is None:
        return bool(connection.exec_driver_sql(
            "SELECT EXISTS (SELECT 1 FROM works w JOIN journal j ON j.id BETWEEN w.first_entry "
            "AND w.last_entry WHERE w.kind = 'do' AND w.undone = 0 AND w.message = ? AND j.op = 'I' "
            "AND j.table_name IN ('customers', 'contacts'))",
            (IMPORT,)).scalar_one())
    return any(connection.exec_driver_sql(
        "SELECT EXISTS (SELECT 1 FROM journal j JOIN works w ON w.id = j.work_id WHERE j.table_name = ? "
        f"AND j.op = 'I' AND j.row_id IN ({listed(rows.get(table, ()))}) AND w.message = ?)",
        (table, IMPORT)).scalar_one() for table in ("customers", "contacts"))


def agreed(connection: Connection, rows: Rows, today: date) -> list[tuple[str, str]]:
    """The purposes with their bases that somebody's consents stand for today, each pair once."""
    return [(row[0], row[1]) for row in connection.exec_driver_sql(
        "SELECT DISTINCT t.purpose, t.basis FROM consents t WHERE (t.withdrawn_on IS NULL OR t.withdrawn_on > ?) "
        f"AND {_which('consents', rows)} ORDER BY t.purpose, t.basis", (today.isoformat(),))]


def sellers(connection: Connection) -> int:
    """How many people work with the file."""
    return int(connection.exec_driver_sql("SELECT count(*) FROM sellers WHERE active").scalar_one())
