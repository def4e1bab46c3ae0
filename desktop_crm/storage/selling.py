"""What of a proposed plan is in the file already."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection


def open_tasks(connection: Connection, names: Collection[str]) -> set[str]:
    """Which of these names an open task has."""
    places = ", ".join("?" * len(names))
    return set(connection.exec_driver_sql(
        f"SELECT name FROM tasks WHERE done_on IS NULL AND name IN ({places})", tuple(names)).scalars())
