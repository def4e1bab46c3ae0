"""What can be wrong inside a file that SQLite itself finds sound."""

from __future__ import annotations

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from desktop_crm.storage import database
from desktop_crm.storage.search import INDEXED

_RULES = {
    "a piece of work is still open": "SELECT count(*) FROM work_now WHERE work_id IS NOT NULL",
    "deals whose status is not their stage's": "SELECT count(*) FROM deals d JOIN stages s ON s.id = d.stage_id "
                                               "WHERE d.status <> s.kind",
    "closed deals in an open stage": "SELECT count(*) FROM deals d JOIN stages s ON s.id = d.stage_id "
                                     "WHERE s.kind = 'open' AND d.closed_on IS NOT NULL",
    "changes without their piece of work": "SELECT count(*) FROM journal j LEFT JOIN works w ON w.id = j.work_id "
                                           "WHERE w.id IS NULL",
}


def problems(connection: Connection) -> list[str]:
    """Everything that is wrong with the file, in plain English; an empty list if nothing is."""
    try:
        counts = _counts(connection)
    except DatabaseError as error:
        return database.check(connection.connection.dbapi_connection) or [str(error.orig)]
    found = database.check(connection.connection.dbapi_connection)
    if found:
        return found
    for what, statement in _RULES.items():
        count = connection.exec_driver_sql(statement).scalar_one()
        if count:
            found.append(f"{what}: {count}")
    for table, (rows, indexed) in counts.items():
        if rows != indexed:
            found.append(f"the search of {table} has {indexed} of {rows} rows")
    return found


def _counts(connection: Connection) -> dict[str, tuple[int, int]]:
    """The rows of each searched table and those that its index knows.

    To be asked before SQLite's own check: FTS5 checks by the segments that this connection saw last, and takes
    what another one wrote since then for corruption; a query makes it look again.
    """
    run = connection.exec_driver_sql
    return {table: (run(f"SELECT count(*) FROM {table}").scalar_one(),
                    run(f"SELECT count(*) FROM {table}_search").scalar_one()) for table in INDEXED}
