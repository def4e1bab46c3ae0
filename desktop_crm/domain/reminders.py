"""Reminders: when a task rings, how long it may be put off, and which rings were told already.

A task is due at a day and time of the business's own clock; everything after that is instants in UTC, so that a
computer that slept, travelled or had its clock set tells each ring once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from desktop_crm.domain.business import Business

OFFSETS = (0, 5, 10, 15, 30, 60, 120, 180, 300, 1440)
"""Minutes before it is due that a reminder may ring (DEFINITIONS.md, Reminder offsets)."""
SNOOZES = (5, 10, 30, 60)
"""Minutes for which a ringing reminder may be put off; besides these there is the next morning."""
MORNING = time(9)
"""When a working day starts: a task without a time is due then."""
_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Reminded:
    """What a task's ring depends on; `minutes` before it is due (None: no reminder), `ring_at` its next ring."""

    id: int
    due_on: date | None
    due_time: str | None
    minutes: int | None
    done_on: date | None
    ring_at: datetime | None = None

    @property
    def cause(self) -> tuple[object, ...]:
        """What the instant is computed from: while it stays, so does the ring, put off or answered as it may be."""
        return self.due_on, self.due_time, self.minutes, self.done_on


@dataclass(frozen=True, slots=True)
class ReminderRow:
    """A task that rings: `due` is local to the business, `late` how long ago that was (negative: still to come)."""

    task: int
    name: str
    kind: str
    customer_id: int | None
    customer: str | None
    due: datetime | None
    timed: bool
    late: timedelta | None
    ring_at: datetime


def due_at(business: Business, due_on: date, due_time: str | None) -> datetime:
    """The instant at which a task of a business day is due; without a time at the start of the working day.

    An hour before the cut-off belongs to the night after `due_on`, as in `Business.day_of`.
    """
    cutoff = time.fromisoformat(business.cutoff)
    at = time.fromisoformat(due_time) if due_time else max(MORNING, cutoff)
    return _instant(business, due_on + timedelta(days=at < cutoff), at)


def ring_of(business: Business, due_on: date, due_time: str | None, minutes: int) -> datetime:
    """The instant `minutes` before a task is due: whole days by the calendar, the rest by the clock.

    A day before 10:00 is 10:00, also where the night between has 23 hours.
    """
    days, rest = divmod(minutes, _DAY)
    return due_at(business, due_on - timedelta(days=days), due_time) - timedelta(minutes=rest)


def next_ring(business: Business, task: Reminded, now: datetime) -> datetime | None:
    """When a task rings next: before it is due; if that is over, when it is due; None if that is over too."""
    if task.done_on is not None or task.minutes is None or task.due_on is None:
        return None
    ring = ring_of(business, task.due_on, task.due_time, task.minutes)
    due = due_at(business, task.due_on, task.due_time)
    return ring if ring >= now else due if due >= now else None


def ring_after(business: Business, before: Reminded, after: Reminded, now: datetime) -> datetime | None:
    """The ring of a task that was changed: a new one if its due or its reminder changed, else the one it had."""
    return before.ring_at if before.cause == after.cause else next_ring(business, after, now)


def ring_elsewhere(old: Business, new: Business, task: Reminded, now: datetime) -> datetime | None:
    """The ring of a task once the business's clock is another one; what rings already or was put off stays.

    A ring that the change has put into the past rings now: it is not lost.
    """
    if task.ring_at is None or task.ring_at <= now or task.due_on is None or task.minutes is None:
        return task.ring_at
    computed = (ring_of(old, task.due_on, task.due_time, task.minutes), due_at(old, task.due_on, task.due_time))
    return next_ring(new, task, now) or now if task.ring_at in computed else task.ring_at


def day_start(business: Business, day: date) -> datetime:
    """The instant at which a business day begins."""
    return _instant(business, day, time.fromisoformat(business.cutoff))


def tomorrow_morning(business: Business, now: datetime) -> datetime:
    """The start of the next working day of the business, as an instant."""
    return due_at(business, business.day_of(now) + timedelta(days=1), None)


def _instant(business: Business, day: date, at: time) -> datetime:
    """A local time as an instant: one that does not exist is as late as the clock was put forward, one that exists
    twice is its first (RFC 5545, 3.3.5)."""
    return datetime.combine(day, at, tzinfo=business.zone).astimezone(UTC)


class Bell:
    """Remembers which rings were told, so that each is told once while the file is open, however the clock jumps."""

    def __init__(self) -> None:
        self._told: dict[int, datetime] = {}

    @property
    def told(self) -> dict[int, datetime]:
        """The rings that were told and are not answered, by task: they stay, also if the clock is set back."""
        return dict(self._told)

    def hear(self, ringing: Iterable[tuple[int, datetime]]) -> set[int]:
        """Take what rings now, as (task, instant of its ring); returns the tasks to be told: those not told before."""
        now = dict(ringing)
        new = {task for task, ring in now.items() if self._told.get(task) != ring}
        self._told = now
        return new

    def forget(self, tasks: Iterable[int]) -> None:
        """Take rings for untold: they were put off, and are told again, be it at the very instant of the last time."""
        for task in tasks:
            self._told.pop(task, None)


def rings(ring_at: datetime, now: datetime, told: datetime | None = None) -> bool:
    """Whether a reminder rings at an instant: its time has come, or this very ring was told before."""
    return ring_at <= now or ring_at == told
