"""The years that people count otherwise: Bikram Sambat in Nepal, the Republic's in Taiwan.

Republic year = Gregorian year − 1911, months and days are the same. The months of Bikram Sambat follow no
formula: the calendar committee publishes them, the library holds its tables (1975 to 2100 B.S.).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from desktop_crm.domain.values import plain_digits

BIKRAM, REPUBLIC = "bikram", "republic"
ERAS = {"NP": BIKRAM, "TW": REPUBLIC}
"""The era of a country whose people count years so."""

_REPUBLIC_ZERO = 1911
_AHEAD = 15  # years from today up to which a written year is still meant as a Gregorian one
_YEAR_FIRST = re.compile(r"(\d{2,4})([-/.])(\d{1,2})\2(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")
_CHINESE = re.compile(r"(?:(民[國国])|[西公]元)?(\d{1,4})年(\d{1,2})月(\d{1,2})[日號号]?")
_REPUBLIC_PLAIN = re.compile(r"民[國国](\d{1,3})[-/.](\d{1,2})[-/.](\d{1,2})")
_COMPACT = re.compile(r"(\d{2,3})(\d{2})(\d{2})")

Parts = tuple[int, int, int]


def bikram_sambat(day: date) -> Parts | None:
    """Year, month and day of Bikram Sambat; None outside 1975–2100 B.S. (April 1918 to April 2044)."""
    from nepali_datetime import date as bikram  # its tables: not before a date is shown in Nepal

    try:
        found = bikram.from_datetime_date(day)
    except (ValueError, OverflowError):
        return None
    return found.year, found.month, found.day


def from_bikram_sambat(year: int, month: int, day: int) -> date | None:
    """The day of a date in Bikram Sambat; None if there is no such day, or outside 1975–2100 B.S."""
    from nepali_datetime import date as bikram  # its tables: not before a date is read in Nepal

    try:
        found: date = bikram(year, month, day).to_datetime_date()
    except (ValueError, OverflowError):
        return None
    return found


def republic(day: date) -> Parts | None:
    """Year, month and day as the Republic of China counts; None before its first year, 1912."""
    return (day.year - _REPUBLIC_ZERO, day.month, day.day) if day.year > _REPUBLIC_ZERO else None


def from_republic(year: int, month: int, day: int) -> date | None:
    """The day of a date in years of the Republic of China; None if there is no such day."""
    return _real(year + _REPUBLIC_ZERO, month, day) if year > 0 else None


def parts(day: date, country: str) -> Parts | None:
    """A day in the era of a country's people; None for a country without one, and for a day outside it."""
    era = ERAS.get(country)
    return bikram_sambat(day) if era == BIKRAM else republic(day) if era == REPUBLIC else None


def month_end(today: date) -> date | None:
    """The last day of the present month of Bikram Sambat (मसान्त)."""
    now = bikram_sambat(today)
    if now is None:
        return None
    year, month = (now[0], now[1]) if now[1] < 12 else (now[0] + 1, 0)
    following = from_bikram_sambat(year, month + 1, 1)
    return date.fromordinal(following.toordinal() - 1) if following else None


def read(typed: str, today: date, country: str, *, alone: bool = True) -> date | None:
    """The day of a date written in an era of `country`, as `written` finds it; None if there is no such day."""
    found = written(typed, today, country, alone=alone)
    return found.day if found is not None else None


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it was written: its era, and the day that it means; None if the calendar has none such."""

    era: str
    day: date | None


def written(typed: str, today: date, country: str, *, alone: bool = True) -> Written | None:
    """A date in an era of `country` (2083/08/05, 115/11/21) or in Chinese (民國115年11月21日, 2026年11月21日).

    None for what is written otherwise, or is meant as a Gregorian date. Figures without marks (1151121) are
    a date only where the text stands `alone`.
    """
    text = plain_digits(typed).strip()
    if found := _CHINESE.fullmatch(text) or _REPUBLIC_PLAIN.fullmatch(text):
        return _chinese(found, text, today)
    era = ERAS.get(country)
    if era == REPUBLIC and alone and len(text) == 7 and (found := _COMPACT.fullmatch(text)):
        return _in(REPUBLIC, *(int(part) for part in found.groups()))
    if found := _YEAR_FIRST.fullmatch(text):
        year, month, day = int(found[1]), int(found[3]), int(found[4])
    elif era == BIKRAM and (found := _YEAR_LAST.fullmatch(text)):
        day, month, year = int(found[1]), int(found[3]), int(found[4])
    else:
        return None
    if era == BIKRAM and year > today.year + _AHEAD:
        return _in(BIKRAM, year, month, day)
    return _in(REPUBLIC, year, month, day) if era == REPUBLIC and _republics(year, today) else None


def _in(era: str, year: int, month: int, day: int) -> Written:
    maker = {BIKRAM: from_bikram_sambat, REPUBLIC: from_republic}.get(era, _real)
    return Written(era, maker(year, month, day))


def _chinese(found: re.Match[str], text: str, today: date) -> Written | None:
    year, month, day = (int(part) for part in found.groups()[-3:])
    if text.startswith("民"):
        return _in(REPUBLIC, year, month, day)
    if year >= 1000:
        return _in("", year, month, day)
    return _in(REPUBLIC, year, month, day) if _republics(year, today) and text[0] not in "西公" else None


def _republics(year: int, today: date) -> bool:
    """Whether a short year is the Republic's: two figures of a Gregorian year may be nearer to today."""
    gregorian = abs(2000 + year - today.year) if year < 100 else 1000
    return year < 1000 and abs(year + _REPUBLIC_ZERO - today.year) <= gregorian


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
