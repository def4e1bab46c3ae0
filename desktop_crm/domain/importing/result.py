"""What came of an import: counts, problems by row and column, and the first rows as they will be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import N_


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
class Difference:
    """One field of one older record that an import changes: the file's line, whose it is, and both texts."""

    row: int
    kind: str
    record: int
    name: str
    field: str
    title: str
    before: str
    after: str

    def as_json(self) -> dict[str, object]:
        """The shape that the command line prints."""
        return {"row": self.row, "kind": self.kind, "id": self.record, "name": self.name, "field": self.field,
                "before": self.before, "after": self.after}


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do to the whole file, its first rows (or all) as they will be, and what it changes.

    `actions` says of each row whether it will create, update or skip, where all rows were asked for.
    """

    rows: Sequence[PreviewRow]
    read: int
    created: int
    updated: int
    skipped: int
    also_created: Mapping[str, int]
    problems: tuple[Problem, ...]
    also_updated: Mapping[str, int] = field(default_factory=dict)
    differences: tuple[Difference, ...] = ()
    actions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did (or, on a dry run, would do).

    `read` = `created` + `updated` + `skipped`: a row that is the same already, or that could not be a record
    (see `problems`), is skipped. `also_created` counts what rows needed or held besides: sellers, stages, tags, the
    contact people of companies …; `also_updated` those of them that change. `parked` rows were not asked for,
    `aside` are the headings of columns that hold something and became nothing; `differences` are told before anything
    is done.
    """

    read: int
    created: int
    updated: int
    skipped: int
    also_created: Mapping[str, int]
    problems: tuple[Problem, ...]
    preview: tuple[PreviewRow, ...] | None = None
    changes: Changes | None = None
    also_updated: Mapping[str, int] = field(default_factory=dict)
    differences: tuple[Difference, ...] = ()
    parked: int = 0
    aside: tuple[str, ...] = ()
    shape: str = ""

    def besides(self, words: Words) -> list[str]:
        """What is to be told beside the counts of the rows, a line each: what stayed outside, what came along."""
        lines = [words.say(N_("Parked: {count} rows, not imported"), count=self.parked)] if self.parked else []
        lines += [words.say(N_("Left aside: {columns}"), columns=", ".join(self.aside))] if self.aside else []
        lines += [words.say(N_("Also created: {count} {kind}"), count=count, kind=kind)
                  for kind, count in self.also_created.items()]
        return lines + [words.say(N_("Also updated: {count} {kind}"), count=count, kind=kind)
                        for kind, count in self.also_updated.items()]

    def as_json(self, words: Words) -> dict[str, object]:
        """The shape that the command line prints."""
        found: dict[str, object] = {
            "read": self.read, "created": self.created, "updated": self.updated, "skipped": self.skipped,
            "also_created": dict(self.also_created),
            "problems": [{"row": problem.row, "column": problem.column, "message": problem.text(words)}
                         for problem in self.problems],
        }
        if self.also_updated:
            found["also_updated"] = dict(self.also_updated)
        if self.parked:
            found["parked"] = self.parked
        if self.aside:
            found["aside"] = list(self.aside)
        if self.shape:
            found["shape"] = self.shape
        if self.preview is not None:
            if self.differences:
                found["differences"] = [item.as_json() for item in self.differences]
            found["preview"] = [{"row": row.row, "action": row.action, **row.values} for row in self.preview]
        return found
