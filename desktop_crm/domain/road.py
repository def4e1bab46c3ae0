"""Notes taken on the road: a line each, of whom, what happened and what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

MOST_LINES = 500
"""The notes that are taken at once: more is a list to import."""
MOST_LETTERS = 200_000

What = Literal["log", "lead", "task", "leave"]
"""What becomes of a line: logged on a card, or on that of a new lead; kept as a task of today; left out."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Who a line may be of: a customer, or a contact person (`person`) with the customer they belong to, if any."""

    customer: int | None
    name: str
    contact: int | None = None
    person: str = ""

    @property
    def shown(self) -> str:
        """The name, a contact's with that of the customer behind it."""
        return " · ".join(part for part in (self.person, self.name) if part)


@dataclass(frozen=True, slots=True)
class RoadNote:
    """A line as it was understood: its number in the text, `who` it names and their `phone` ("" where it does not).

    It will be an activity of `kind` that says `said`, of `minutes` if known; `step` are the values of the task that
    comes next. A line that only announces one ("call tomorrow") has `said` "": nothing happened yet. `candidates` are
    the likeliest first; the first is meant if the line is `sure`.
    """

    number: int
    text: str
    who: str
    phone: str
    kind: str
    said: str
    minutes: int | None = None
    step: Mapping[str, Any] | None = None
    candidates: tuple[Candidate, ...] = ()
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to become of a line; a logged one with whose card."""

    what: What
    candidate: Candidate | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """What became of notes: how many were logged on their cards, with how many tasks to come, the new leads, the lines
    that are kept as tasks, how many were left out, and the act's id (0 if nothing was done)."""

    logged: int = 0
    steps: int = 0
    leads: tuple[int, ...] = ()
    kept: tuple[str, ...] = field(default=())
    left: int = 0
    work: int = 0


def usual(note: RoadNote) -> Choice:
    """What becomes of a line unless it is said: logged where it is sure of whom it is, else kept as a task."""
    return Choice("log", note.candidates[0]) if note.sure else Choice("task")
