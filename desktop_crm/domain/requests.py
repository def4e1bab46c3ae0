"""Requests: new leads that nobody has answered yet, and how long they have waited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

DAYS = 7
"""A lead that came longer ago is no request any more but a lead that was left lying."""


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A new lead without an answer; `came_at` is an instant in UTC, `minutes` how many full ones passed since."""

    customer_id: int
    customer: str
    source: str | None
    came_at: datetime
    minutes: int

    def left(self, within: int, now: datetime) -> int:
        """Minutes of the `within` that are left at an instant, begun ones counted; negative or 0: over by so many."""
        return within - minutes_since(self.came_at, now)


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One request of the inbox; `came_at` is an instant in UTC, None where no day is known.

    `text` is what they asked for, in their own words; `urgent` that it came in the last DAYS and the minutes count.
    """

    id: int
    name: str
    source: str | None
    campaign: str | None
    seller: str | None
    came_at: datetime | None
    text: str
    phone: str | None
    email: str | None
    urgent: bool

    def left(self, within: int, now: datetime) -> int | None:
        """Minutes of the `within` that are left at an instant, below zero over; None where they do not count."""
        if not within or not self.urgent or self.came_at is None:
            return None
        return within - minutes_since(self.came_at, now)


def minutes_since(came_at: datetime, now: datetime) -> int:
    """The full minutes from one instant to another; none if the clock was set back before it."""
    return max(0, int((now - came_at).total_seconds() // 60))
