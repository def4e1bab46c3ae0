"""How a table's stored columns become values and back, read from the file itself: no SQLModel is loaded for it.

A column declared DATE holds a day, one declared BOOLEAN a yes or no, and one named `at` or `…_at` an instant as UTC
text; everything else is itself. A test holds this against the schema's own types.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Connection

INSTANT = "%Y-%m-%dT%H:%M:%S.%fZ"


@dataclass(frozen=True, slots=True)
class Shape:
    """A table's columns in their order, and how the stored value of some of them is read."""

    columns: tuple[str, ...]
    readers: dict[str, Callable[[Any], Any]]

    def row(self, stored: Any) -> dict[str, Any]:
        """A stored row, in the columns' order, as values by column."""
        made = dict(zip(self.columns, stored, strict=True))
        for column, read in self.readers.items():
            if made[column] is not None:
                made[column] = read(made[column])
        return made


_known: dict[str, Shape] = {}


def shape(connection: Connection, table: str) -> Shape:
    """The shape of a table; every file that this process has open is of the same version."""
    if table not in _known:
        declared = [(row[1], row[2]) for row in connection.exec_driver_sql(f"PRAGMA table_info({table})")]
        readers = {name: reader for name, kind in declared if (reader := _reader(name, kind)) is not None}
        _known[table] = Shape(tuple(name for name, _ in declared), readers)
    return _known[table]


def forget() -> None:
    """Read the shapes anew: a migration has changed the tables."""
    _known.clear()


def _reader(name: str, kind: str) -> Callable[[Any], Any] | None:
    if kind == "DATE":
        return date.fromisoformat
    if kind == "BOOLEAN":
        return bool
    return datetime.fromisoformat if name == "at" or name.endswith("_at") else None


def stored(value: Any) -> Any:
    """A value as the driver is to store it; ValueError for an instant without its zone."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        return value.astimezone(UTC).strftime(INSTANT)
    return value.isoformat() if isinstance(value, date) else int(value) if isinstance(value, bool) else value
