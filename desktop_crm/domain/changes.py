"""What one piece of work changed: the screens look at it and reload what they show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Changes:
    """The work's id, its label (a message id with values), how many rows, and which rows of which tables.

    A table's ids are None where there are too many to name: then all of it may have changed.
    """

    work_id: int
    message: str
    params: Mapping[str, object]
    count: int
    rows: Mapping[str, frozenset[int] | None] = field(default_factory=dict)

    def touches(self, *tables: str) -> bool:
        """Whether any of the tables was changed."""
        return any(table in self.rows for table in tables)
