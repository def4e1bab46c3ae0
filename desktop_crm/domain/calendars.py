"""What stands in a calendar that leaves the program: appointments, tasks of a day, birthdays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Event:
    """One entry; `uid` stays the same for ever, so that a phone that has it already renews it.

    `start` is an instant in the business's zone, or a whole day; a timed one lasts `minutes`. It rings at the instant
    `alarm`. `yearly` comes again each year, one of 29 February on the last day of that month.
    """

    uid: str
    title: str
    start: datetime | date
    minutes: int = 0
    alarm: datetime | None = None
    where: str = ""
    about: str = ""
    category: str = ""
    important: bool = False
    yearly: bool = False
    done: bool = False


@dataclass(frozen=True, slots=True)
class Calendar:
    """What heads the entries: what the calendar is called, the IANA zone of its times, when it was made (aware)."""

    name: str
    zone: str
    made_at: datetime
