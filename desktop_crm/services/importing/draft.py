"""The rows of a file on their way into the business: a list of values a field, and what was wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop_crm.domain.errors import N_, Term
from desktop_crm.domain.importing import ImportField, Mapping, Problem, fields

NOT_TAKEN = Term(N_("the cell was not imported"))
LEFT_OUT = Term(N_("the row was left out"))


LACKING = {"payments": "amount"}
"""What a record of a kind cannot be without, where that is not its name."""


class Wrong(Exception):
    """A cell that cannot be what its column is; `message` has a place {fate} for what is done about it."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


@dataclass(slots=True)
class Draft:
    """Rows by field, as the file's table wants them: days as ISO text, money in minor units, links as text first.

    `values[field][row]` is None where the file says nothing; rows in `bad` are no records and are left out.
    """

    mapping: Mapping
    lines: Sequence[int]
    values: dict[str, list[Any]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    bad: set[int] = field(default_factory=set)

    @property
    def kind(self) -> str:
        """What the rows are imported as."""
        return self.mapping.kind

    def __len__(self) -> int:
        return len(self.lines)

    def column(self, key: str) -> list[Any]:
        """The values of a field; all None if no column feeds it."""
        return self.values.get(key) or [None] * len(self)

    def heading(self, key: str) -> str:
        """The heading of the first column that feeds a field."""
        columns = self.mapping.of(key)
        return columns[0].column if columns else ""

    def wrong(self, row: int, key: str, error: Wrong, heading: str = "") -> None:
        """Note a cell that was not taken; without it, a row that needs it is left out."""
        out = key == LACKING.get(self.kind, "name")
        if out:
            self.bad.add(row)
        self.problems.append(Problem(self.lines[row], heading or self.heading(key), error.message,
                                     {**error.values, "fate": LEFT_OUT if out else NOT_TAKEN}))

    def lacks(self, row: int, key: str) -> None:
        """Leave a row out because it lacks what every record must have."""
        if row in self.bad:
            return
        self.bad.add(row)
        item = item_of(self.kind, key)
        self.problems.append(Problem(self.lines[row], self.heading(key), N_("{field} is missing; {fate}."),
                                     {"field": Term(item.title), "fate": LEFT_OUT}))


def item_of(kind: str, key: str) -> ImportField:
    """The field of a kind by its key."""
    return next(item for item in fields(kind) if item.key == key)
