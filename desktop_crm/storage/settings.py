"""What the file remembers of the business: settings, choice lists and saved segments."""

from __future__ import annotations

from sqlalchemy import Connection

from desktop_crm.storage import records


def settings(connection: Connection) -> dict[str, str]:
    """All settings by key."""
    return {row[0]: row[1] for row in connection.exec_driver_sql("SELECT key, value FROM settings")}


def put(connection: Connection, key: str, value: str) -> None:
    """Set one setting."""
    found = records.find(connection, "settings", key=key)
    if found:
        records.save(connection, "settings", found[0]["id"], {"value": value})
    else:
        records.add(connection, "settings", {"key": key, "value": value})


def choices(connection: Connection, kind: str) -> list[tuple[int, str, str | None]]:
    """The words of a choice list (`source`, `lost_reason`): id, name, code; in their order."""
    return [(row[0], row[1], row[2]) for row in connection.exec_driver_sql(
        "SELECT id, name, code FROM choices WHERE kind = ? AND active ORDER BY position, id", (kind,))]


def every_choice(connection: Connection, kind: str) -> list[tuple[int, str, str | None, bool]]:
    """The words of a choice list, hidden ones included: id, name, code, whether it is offered; in their order."""
    return [(row[0], row[1], row[2], bool(row[3])) for row in connection.exec_driver_sql(
        "SELECT id, name, code, active FROM choices WHERE kind = ? ORDER BY position, id", (kind,))]


def choice_id(connection: Connection, kind: str, name: str) -> int:
    """The id of a word of a choice list, added at its end if it is new."""
    found = records.find(connection, "choices", kind=kind, name=name)
    if found:
        return int(found[0]["id"])
    last = connection.exec_driver_sql("SELECT coalesce(max(position), 0) FROM choices WHERE kind = ?", (kind,))
    return records.add(connection, "choices", {"kind": kind, "name": name, "position": last.scalar_one() + 1})
