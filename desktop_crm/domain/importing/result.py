"""What came of an import: counts, problems by row and column, and the first rows as they will be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from desktop_crm.domain.changes import Changes


class Words(Protocol):
    """A language, as far as a problem needs it."""

    def say(self, message: str, /, **values: object) -> str:
        """Translate a message id and fill its places."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell or row that could not be taken as it is: the file's line, the heading, why and what was done."""

    row: int
    column: str
    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, words: Words) -> str:
        """The sentence in a language."""
        return words.say(self.message, **self.values)


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row as it will be: the file's line, what happens (create, update, skip) and field → shown text."""

    row: int
    action: str
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do to the whole file, and its first rows as they will be."""

    rows: tuple[PreviewRow, ...]
    read: int
    created: int
    updated: int
    skipped: int
    also_created: Mapping[str, int]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did (or, on a dry run, would do).

    `read` = `created` + `updated` + `skipped`: a row that is the same already, or that could not be a record
    (see `problems`), is skipped. `also_created` counts what rows needed besides: sellers, stages, tags …
    """

    read: int
    created: int
    updated: int
    skipped: int
    also_created: Mapping[str, int]
    problems: tuple[Problem, ...]
    preview: tuple[PreviewRow, ...] | None = None
    changes: Changes | None = None

    def as_json(self, words: Words) -> dict[str, object]:
        """The shape that the command line prints."""
        found: dict[str, object] = {
            "read": self.read, "created": self.created, "updated": self.updated, "skipped": self.skipped,
            "also_created": dict(self.also_created),
            "problems": [{"row": problem.row, "column": problem.column, "message": problem.text(words)}
                         for problem in self.problems],
        }
        if self.preview is not None:
            found["preview"] = [{"row": row.row, "action": row.action, **row.values} for row in self.preview]
        return found
