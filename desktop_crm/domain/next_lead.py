"""The lead to work on now: who of those that wait comes first, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Why(StrEnum):
    """Why a lead comes where it does; the reasons are in the order in which they count."""

    REQUEST = "request"    # it asked, and nobody has answered: the shortest countdown first
    STEP = "step"          # its next step is due: the one that was due first
    SCORE = "score"        # nothing is planned: the most points first, then who waits longest


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open lead that nobody touched today and that has nothing planned for later.

    `left` are the minutes until a request is late, below zero late by so many; `due_on` and `due_time` ('HH:MM', "" for
    the whole day) when its first open step was due; `since` is the day of the last touch, else the one it came on. What
    does not hold is None.
    """

    id: int
    name: str
    seller: str | None
    score: int | None
    since: date | None
    due_on: date | None = None
    due_time: str = ""
    step: str = ""
    left: int | None = None

    @property
    def why(self) -> Why:
        """The reason that counts."""
        if self.left is not None:
            return Why.REQUEST
        return Why.SCORE if self.due_on is None else Why.STEP
