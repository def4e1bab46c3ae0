"""The schema's versions: small numbered functions, each in one transaction of its own.

To add one: raise VERSION, write a function that takes the file from VERSION-1, put it into MIGRATIONS,
add a file of the old version to tests/old_files/ and a test that eats it (docs/migrations.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import Connection, Engine

from desktop_crm.domain.errors import N_, FileRefused
from desktop_crm.storage import journal, refolding, search, shapes, steps
from desktop_crm.storage.database import APPLICATION_ID

VERSION = 5

Migration = Callable[[Connection], frozenset[str]]
"""Changes the schema; returns the journalled tables whose rows it changed (undo ends at such a migration)."""

MIGRATIONS: Mapping[int, Migration] = {2: steps.to_credit_book, 3: steps.to_trusted_data,
                                       4: steps.to_own_fields_and_leads, 5: steps.to_documents_of_tasks}
"""The function that leads from version N-1 to N, by N."""


def create(connection: Connection) -> None:
    """Lay out an empty file of the newest version, inside the present transaction."""
    from desktop_crm.storage.tables import metadata  # SQLModel: opening a file of this version does without

    metadata.create_all(connection)
    connection.exec_driver_sql("INSERT INTO work_now(one, work_id, bulk) VALUES(1, NULL, 0)")
    _derived(connection)
    connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


def _derived(connection: Connection) -> None:
    """What follows from the tables and is made anew each time: triggers and search."""
    journal.create_triggers(connection)
    search.create(connection)


def version(connection: Connection) -> int:
    """The version that the open file says it has."""
    return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def migrate(engine: Engine, migrations: Mapping[int, Migration] | None = None, newest: int = VERSION) -> list[int]:
    """Bring the file up to `newest`, one transaction a step; returns the versions passed.

    Foreign keys are off meanwhile (a table rebuild would cascade) and checked after each step; a step
    that fails or loses rows leaves the file at the version before it.
    """
    steps = MIGRATIONS if migrations is None else migrations
    done = []
    with engine.connect() as connection:
        current = version(connection)
        connection.rollback()
    for number in range(current + 1, newest + 1):
        _step(engine, number, steps[number])
        done.append(number)
    return done


def _step(engine: Engine, number: int, step: Migration) -> None:
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("PRAGMA foreign_keys=OFF")
    finally:
        raw.close()
    try:
        with engine.begin() as connection:
            before = _counts(connection)
            changed = step(connection)
            _check(connection, before, number)
            if number == VERSION:
                _refold(connection)
            _derived(connection)
            search.rebuild(connection)
            if changed:
                journal.end_undo(connection)
            connection.exec_driver_sql(f"PRAGMA user_version = {number}")
    finally:
        shapes.forget()
        engine.dispose()  # the next connection has its foreign keys on again


def _refold(connection: Connection) -> None:
    """Let old rows be found by all that new ones are; no user data changes, so the journal is not told."""
    for table in refolding.OWNERS:
        for kind in ("journal", "search"):
            connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {table}_{kind}_update")
        refolding.refold(connection.exec_driver_sql, table)


def _counts(connection: Connection) -> dict[str, int]:
    from desktop_crm.storage.tables import journalled

    tables = set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars())
    return {name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one()
            for name in journalled() if name in tables}


def _check(connection: Connection, before: dict[str, int], number: int) -> None:
    after = _counts(connection)
    lost = [name for name, count in before.items() if after.get(name, 0) < count]
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if lost or broken:
        raise FileRefused(N_("The file could not be brought to format {version}: rows of {tables} would be lost. "
                             "It was left as it was; please send us the log."),
                          version=number, tables=", ".join(lost) or str(broken[0][0]))
