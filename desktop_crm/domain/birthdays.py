"""Birthdays: an ISO day, or '--MM-DD' where the year is not known; the age, and the next one."""

from __future__ import annotations

import re
from datetime import date

_WRITTEN = re.compile(r"(?:(\d{4})|-)-(\d\d)-(\d\d)")
_LEAP = 2000  # a year that has every day
_OLDEST = 1800
_LONGEST = 120  # years that someone may have lived


def parts(text: str) -> tuple[int | None, int, int] | None:
    """The year (None if unknown), month and day of a birthday; None for a text that is none."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    year, month, day = int(found[1]) if found[1] else None, int(found[2]), int(found[3])
    if (year is not None and year < _OLDEST) or _on(year or _LEAP, month, day) is None:
        return None
    return year, month, day


def sound(text: str, today: date) -> bool:
    """Whether a text is a birthday that can be: not after today, and no longer ago than 120 years."""
    found = parts(text)
    if found is None or found[0] is None:
        return found is not None
    return date(found[0], found[1], found[2]) <= today and today.year - found[0] <= _LONGEST


def written(day: date, with_year: bool = True) -> str:
    """The birthday of a day, with its year or without."""
    return day.isoformat() if with_year else f"--{day:%m-%d}"


def age(text: str, today: date) -> int | None:
    """How old someone is today, in whole years; None where the year is not known or is still to come."""
    found = parts(text)
    year, month, day = found or (None, 0, 0)
    if year is None:
        return None
    years = today.year - year - ((today.month, today.day) < (month, day))
    return years if years >= 0 else None


def next_on(text: str, today: date) -> date | None:
    """The next birthday, today included; one of 29 February is kept on the 28th in other years."""
    found = parts(text)
    if found is None:
        return None
    _, month, day = found
    this = _on(today.year, month, day) or date(today.year, 2, 28)
    return this if this >= today else _on(today.year + 1, month, day) or date(today.year + 1, 2, 28)


def _on(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
