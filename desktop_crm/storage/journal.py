"""The journal: triggers that record every change under a named piece of work, and undo and redo from it.

The triggers are generated from the schema itself, so that no column can be forgotten. A write outside
a piece of work has no `work_id` and is refused by the journal's own CHECK. Undo replays the entries in
reverse as a work of its own, so that redo is the undo of an undo, by the same few lines.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Connection


class WorkRow(NamedTuple):
    """One row of `works`."""

    id: int
    kind: str
    message: str
    params: str
    actor: str
    at: str
    target_id: int | None
    undone: bool
    first_entry: int
    last_entry: int


_WORK = "SELECT id, kind, message, params, actor, at, target_id, undone, first_entry, last_entry FROM works "


def create_triggers(connection: Connection) -> None:
    """(Re)create the journal's triggers on every journalled table; safe to call again at any time.

    They are made of the columns that the file has: a file on its way to the newest version lacks some tables yet.
    """
    from desktop_crm.storage.tables import journalled

    for table in journalled():
        columns = [str(row[1]) for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")]
        for op, trigger in _triggers(table, columns).items() if columns else ():
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_journal_{op}")
            connection.exec_driver_sql(trigger)
    connection.exec_driver_sql(
        "CREATE INDEX IF NOT EXISTS journal_deleted ON journal(table_name, json_extract(before, '$.customer_id')) "
        "WHERE op = 'D'")
    for op in ("UPDATE", "DELETE"):
        connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS journal_keep_{op}")
        connection.exec_driver_sql(
            f"CREATE TRIGGER journal_keep_{op} BEFORE {op} ON journal BEGIN "
            "SELECT RAISE(ABORT, 'the journal is never changed'); END")


def _triggers(table: str, columns: list[str]) -> dict[str, str]:
    """The three triggers of one table, by operation."""
    work = "(SELECT work_id FROM work_now)"
    into = "INSERT INTO journal(work_id, table_name, row_id, op, before, after)"
    changed = " OR ".join(f"old.{name} IS NOT new.{name}" for name in columns)
    whole = "json_object(" + ", ".join(f"'{name}', old.{name}" for name in columns) + ")"
    return {
        "insert": f"CREATE TRIGGER {table}_journal_insert AFTER INSERT ON {table} BEGIN "
                  f"{into} VALUES({work}, '{table}', new.id, 'I', NULL, NULL); END",
        "update": f"CREATE TRIGGER {table}_journal_update AFTER UPDATE ON {table} WHEN {changed} BEGIN "
                  f"{into} VALUES({work}, '{table}', new.id, 'U', {_changed('old', columns)}, "
                  f"{_changed('new', columns)}); END",
        "delete": f"CREATE TRIGGER {table}_journal_delete AFTER DELETE ON {table} BEGIN "
                  f"{into} VALUES({work}, '{table}', old.id, 'D', {whole}, NULL); END",
    }


def _changed(side: str, columns: list[str]) -> str:
    """SQL that makes a JSON object of the changed columns as `side` (old or new) has them."""
    parts = " || ".join(
        f"CASE WHEN old.{name} IS NOT new.{name} THEN ',\"{name}\":' || json_quote({side}.{name}) ELSE '' END"
        for name in columns)
    return "'{' || substr(" + parts + ", 2) || '}'"


def begin(connection: Connection, uid: str, kind: str, message: str, params: str, actor: str, device: str,
          at: str, *, target: int | None = None, undoable: bool = True, bulk: bool = False) -> int:
    """Open a piece of work in the present transaction and return its id.

    A new act ends redo: what was undone before it can never be redone upon it, nor after undoing it. One that cannot
    be undone itself (that a report was printed) leaves redo alone.
    """
    if kind == "do" and undoable:
        connection.exec_driver_sql("UPDATE works SET undoable = 0 WHERE kind = 'do' AND undone = 1 AND undoable = 1")
    row = connection.exec_driver_sql(
        "INSERT INTO works(uid, kind, message, params, actor, device, at, target_id, undone, undoable, first_entry, "
        "last_entry) VALUES(?,?,?,?,?,?,?,?,0,?, (SELECT coalesce(max(id), 0) FROM journal) + 1, 0) RETURNING id",
        (uid, kind, message, params, actor, device, at, target, int(undoable))).scalar_one()
    connection.exec_driver_sql("UPDATE work_now SET work_id = ?, bulk = ?", (row, int(bulk)))
    return int(row)


def finish(connection: Connection, work_id: int) -> range:
    """Close the open piece of work; returns the numbers of its entries (none: the caller rolls back)."""
    connection.exec_driver_sql("UPDATE work_now SET work_id = NULL, bulk = 0")
    first, last = connection.exec_driver_sql(
        "UPDATE works SET last_entry = (SELECT coalesce(max(id), 0) FROM journal) WHERE id = ? "
        "RETURNING first_entry, last_entry", (work_id,)).one()
    return range(first, last + 1)


def touched(connection: Connection, numbers: range, most: int = 500) -> dict[str, frozenset[int] | None]:
    """Which rows of which tables the entries `numbers` changed; None for each if there are more than `most`."""
    if len(numbers) > most:
        tables = connection.exec_driver_sql(
            "SELECT DISTINCT table_name FROM journal WHERE id BETWEEN ? AND ?", (numbers[0], numbers[-1])).scalars()
        return dict.fromkeys(tables)
    found: dict[str, set[int]] = {}
    for table, row in connection.exec_driver_sql(
            "SELECT table_name, row_id FROM journal WHERE id BETWEEN ? AND ?", (numbers[0], numbers[-1])):
        found.setdefault(table, set()).add(row)
    return {table: frozenset(rows) for table, rows in found.items()}


def to_undo(connection: Connection) -> WorkRow | None:
    """The newest act that stands and may be undone."""
    row = connection.exec_driver_sql(
        _WORK + "WHERE kind = 'do' AND undone = 0 AND undoable = 1 ORDER BY id DESC LIMIT 1").one_or_none()
    return None if row is None else WorkRow(*row)


def to_redo(connection: Connection) -> WorkRow | None:
    """The oldest undone act that no later act stands upon."""
    row = connection.exec_driver_sql(
        _WORK + "WHERE kind = 'do' AND undone = 1 AND undoable = 1 ORDER BY id LIMIT 1").one_or_none()
    return None if row is None else WorkRow(*row)


def work(connection: Connection, work_id: int) -> WorkRow | None:
    """One act that stands and may be undone, by its number."""
    row = connection.exec_driver_sql(
        _WORK + "WHERE id = ? AND kind = 'do' AND undone = 0 AND undoable = 1", (work_id,)).one_or_none()
    return None if row is None else WorkRow(*row)


def work_of(connection: Connection, entry: int) -> WorkRow | None:
    """The act that an entry of the journal belongs to, if it stands, may be undone and was not taken back since."""
    row = connection.exec_driver_sql(
        "SELECT work_id FROM journal j WHERE id = ? AND NOT EXISTS (SELECT 1 FROM works w WHERE w.id > j.work_id "
        "AND w.kind = 'do' AND w.undone = 0 AND json_extract(w.params, '$.of') = j.work_id)", (entry,)).one_or_none()
    return None if row is None else work(connection, row[0])


def works(connection: Connection, limit: int | None = None, of: tuple[str, int] | None = None) -> list[WorkRow]:
    """The acts, oldest first: the newest `limit` of them, or those that changed the record `of` (table, id)."""
    where, values = "WHERE kind = 'do' ", []
    if of is not None:
        where += ("AND EXISTS (SELECT 1 FROM journal j WHERE j.table_name = ? AND j.row_id = ? "
                  "AND j.work_id = works.id) ")
        values = list(of)
    rows = connection.exec_driver_sql(_WORK + where + "ORDER BY id DESC LIMIT ?",
                                      (*values, -1 if limit is None else limit))
    return [WorkRow(*row) for row in rows][::-1]


class EntryRow(NamedTuple):
    """One change of one record: its entry id and work, I, U or D, and the changed columns before and after."""

    id: int
    work: WorkRow
    table: str
    row_id: int
    op: str
    before: dict[str, Any]
    after: dict[str, Any]


_ENTRY = ("SELECT w.id, w.kind, w.message, w.params, w.actor, w.at, w.target_id, w.undone, w.first_entry, "
          "w.last_entry, j.id, j.table_name, j.row_id, j.op, j.before, j.after "
          "FROM journal j JOIN works w ON w.id = j.work_id WHERE ")


def entries(connection: Connection, table: str, row_id: int, limit: int = -1) -> list[EntryRow]:
    """The changes of one record, newest first, at most `limit` (-1: all)."""
    return _entries(connection, "j.table_name = ? AND j.row_id = ? ORDER BY j.id DESC LIMIT ?", (table, row_id, limit))


def entries_of_owned(connection: Connection, table: str, owner: str, owner_id: int, limit: int = -1) -> list[EntryRow]:
    """The changes of the rows of `table` that hang on a record by their column `owner`, deleted ones included."""
    return _entries(
        connection, f"j.id IN (SELECT e.id FROM {table} t JOIN journal e ON e.table_name = '{table}' "
        f"AND e.row_id = t.id WHERE t.{owner} = ? UNION ALL SELECT id FROM journal WHERE op = 'D' "
        f"AND table_name = '{table}' "
        f"AND json_extract(before, '$.{owner}') = ?) ORDER BY j.id DESC LIMIT ?", (owner_id, owner_id, limit))


def _entries(connection: Connection, where: str, values: tuple[Any, ...]) -> list[EntryRow]:
    return [EntryRow(row[10], WorkRow(*row[:10]), row[11], row[12], row[13], json.loads(row[14] or "{}"),
                     json.loads(row[15] or "{}")) for row in connection.exec_driver_sql(_ENTRY + where, values)]


def last_turn(connection: Connection, act: WorkRow) -> tuple[int, int]:
    """The first and the last entry of the last turn of `act`: its doing, undoing or redoing."""
    first, last = connection.exec_driver_sql(
        "SELECT first_entry, last_entry FROM works WHERE (id = ? OR target_id = ?) AND last_entry > 0 "
        "ORDER BY id DESC LIMIT 1", (act.id, act.id)).one()
    return int(first), int(last)


def extent(connection: Connection, act: WorkRow) -> dict[str, int]:
    """How many entries of each table the last turn of `act` has."""
    return {row[0]: row[1] for row in connection.exec_driver_sql(
        "SELECT table_name, count(*) FROM journal WHERE id BETWEEN ? AND ? GROUP BY table_name",
        last_turn(connection, act))}


def reverse(connection: Connection, act: WorkRow, aside: Collection[str] = ()) -> None:
    """Reverse the last turn of `act` under the open piece of work.

    For the tables `aside` the search steps aside meanwhile; the caller makes their indexes anew.
    """
    first, last = last_turn(connection, act)
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    rows = connection.exec_driver_sql(
        "SELECT table_name, op, row_id, before FROM journal WHERE id BETWEEN ? AND ? ORDER BY id DESC",
        (first, last)).all()
    for (table, op), group in groupby(rows, key=lambda row: (row[0], row[1])):
        connection.exec_driver_sql("UPDATE work_now SET bulk = ?", (2 if table in aside else 0,))
        _replay(connection, table, op, [(row[2], row[3]) for row in group])


def mark(connection: Connection, act: int, undone: bool) -> None:
    """Note whether `act` stands or is undone today."""
    connection.exec_driver_sql("UPDATE works SET undone = ? WHERE id = ?", (int(undone), act))


def _replay(connection: Connection, table: str, op: str, rows: list[tuple[int, str | None]]) -> None:
    """Turn back a run of entries of one kind on one table."""
    if op == "I" and table == "receipts":  # its number was given: it is voided, never free again
        connection.exec_driver_sql(
            "UPDATE receipts SET voided_at = (SELECT at FROM works WHERE id = (SELECT work_id FROM work_now)) "
            "WHERE id = ? AND voided_at IS NULL", [(row_id,) for row_id, _ in rows])
        return
    if op == "I":
        connection.exec_driver_sql(f"DELETE FROM {table} WHERE id = ?", [(row_id,) for row_id, _ in rows])
        return
    images = [(row_id, json.loads(before or "{}")) for row_id, before in rows]
    for keys, run in groupby(images, key=lambda image: tuple(image[1])):
        values = [(*image.values(), row_id) for row_id, image in run]
        if op == "D":
            places = ", ".join("?" * len(keys))
            connection.exec_driver_sql(f"INSERT INTO {table}({', '.join(keys)}) VALUES({places})",
                                       [value[:-1] for value in values])
        else:
            sets = ", ".join(f"{key} = ?" for key in keys)
            connection.exec_driver_sql(f"UPDATE {table} SET {sets} WHERE id = ?", values)


def end_undo(connection: Connection) -> None:
    """Let undo end here (after a migration that changed a journalled table); the history stays."""
    connection.exec_driver_sql("UPDATE works SET undoable = 0")
