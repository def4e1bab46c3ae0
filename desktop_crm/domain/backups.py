"""Backups as values: what one holds, when the next is due, which may go, and what a restore would do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from desktop_crm.domain.errors import N_

EVERY = timedelta(hours=1)
"""How long a changed file may go without a new backup."""

ABSENT = timedelta(days=3)
"""How long the second place may stay away before the status bar says so."""

DAYS, WEEKS, MONTHS = 14, 13, 24
"""How many days, weeks and months keep one backup each: two weeks, a quarter, two years."""

REASONS = {
    "asked": N_("asked for"), "start": N_("at the start"), "hour": N_("hourly"), "exit": N_("at the end"),
    "import": N_("before an import"), "migration": N_("before a new format"),
}
"""Why a backup was taken, by its code, in words."""

SHOWN = ("customers", "deals", "tasks", "activities", "payments")
"""The kinds of records that a restore is told in."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One copy: where, when (UTC, ISO), of which file; its sha256, bytes, rows by table and money by column.

    `number` orders the backups of a file (clocks may go back); `work` and `work_uid` are the newest piece of work in
    it; `verified` is whether its structure and links were looked over; `problem` is what was found then.
    """

    path: str
    at: str
    source: str
    sha256: str
    counts: Mapping[str, int]
    sums: Mapping[str, int] = field(default_factory=dict)
    bytes: int = 0
    why: str = "asked"
    number: int = 0
    work: int = 0
    work_uid: str = ""
    verified: bool = True
    problem: str = ""

    @property
    def instant(self) -> datetime:
        """When it was taken, aware."""
        return datetime.fromisoformat(self.at)

    @property
    def order(self) -> tuple[int, str]:
        """What the backups of one file are in order by: not the clock."""
        return self.number, self.at


@dataclass(frozen=True, slots=True)
class Preview:
    """What restoring `backup` does: acts `lost` after `since`, acts `gained`, and the difference of records by kind.

    `readable` is whether the present file could be compared at all; without it nothing is known of what is lost.
    """

    backup: Backup
    readable: bool
    lost: int = 0
    since: datetime | None = None
    gained: int = 0
    differences: tuple[tuple[str, int], ...] = ()


def newest_verified(backups: Iterable[Backup]) -> Backup | None:
    """The last backup that is known to be whole."""
    return max((item for item in backups if item.verified), key=lambda item: item.order, default=None)


def due(last: Backup | None, now: datetime, work: int) -> bool:
    """Whether a file whose newest piece of work is `work` wants its hourly backup, also after a clock set back."""
    if last is None:
        return True
    return work != last.work and not timedelta(0) <= now - last.instant < EVERY


def to_remove(backups: Sequence[Backup], now: datetime, zone: ZoneInfo) -> list[Backup]:
    """The backups that the ring has no more place for, oldest first.

    It keeps the newest of each hour of today, of each of the last 14 days, 13 weeks and 24 months that have a backup,
    and the last verified one always. Only verified ones count; one that is not stays until a later one is verified.
    Days and weeks are counted, not dated, and in the order of the backups, so that neither a clock that was wrong for a
    while nor a computer that was off for a season empties the ring.
    """
    newest_first = sorted(backups, key=lambda item: item.order, reverse=True)
    verified = [item for item in newest_first if item.verified]
    kept = {item.path for item in verified[:1]}
    today = now.astimezone(zone).date()
    todays = [item for item in verified if _day(item, zone) == today]
    kept |= _one_each([(item, item.instant.astimezone(UTC).replace(minute=0, second=0, microsecond=0))
                       for item in todays], len(todays))
    kept |= _one_each([(item, _day(item, zone)) for item in verified], DAYS)
    kept |= _one_each([(item, _day(item, zone).isocalendar()[:2]) for item in verified], WEEKS)
    kept |= _one_each([(item, _day(item, zone).replace(day=1)) for item in verified], MONTHS)
    last = verified[0].order if verified else None
    kept |= {item.path for item in backups if not item.verified and (last is None or item.order > last)}
    return [item for item in reversed(newest_first) if item.path not in kept]


def _day(backup: Backup, zone: ZoneInfo) -> date:
    return backup.instant.astimezone(zone).date()


def _one_each(labelled: Sequence[tuple[Backup, object]], most: int) -> set[str]:
    """The first backup of each label, of the first `most` labels."""
    found: dict[object, str] = {}
    for item, label in labelled:
        if label not in found and len(found) < most:
            found[label] = item.path
    return set(found.values())
