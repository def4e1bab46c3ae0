"""Dates as people write them: one order for a whole column, words of several languages, ROC years, serials."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import get_day_names, get_month_names

from desktop_crm.domain.values import fold, plain_digits

ORDERS = ("DMY", "MDY", "YMD")

_MONTH_FIRST = frozenset({"US", "PH", "TW", "FM", "PW"})
_YEAR_FIRST = frozenset({"TW", "CN", "JP", "KR", "HU", "LT", "MN", "IR", "NP"})
_DATE = re.compile(
    r"(?:民國|民国)?\s*(\d{1,4})\s*[-/.年\s]\s*(\d{1,2})\s*[-/.月\s]\s*(\d{1,4})\s*日?(?:[T\s,]\s*(.+))?")
_YEARLESS = re.compile(r"(\d{1,2})[-/.](\d{1,2})\.?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{6})Z?)?|(\d{3})(\d{2})(\d{2})")
_CLOCK = re.compile(
    r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?\s*([ap])?\.?\s*m?\.?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE)
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th|er|º|ª)\b")
_LANGUAGES = ("en", "ms", "id", "fil", "es", "fr", "de", "pt", "it", "nl", "ne", "ta", "hi")
_FILLERS = frozenset({"de", "del", "of", "the", "den", "le", "at", "on", "ng", "ika"})


def usual_order(country: str) -> str:
    """The order in which a country writes day, month and year where nothing else tells."""
    return "YMD" if country in _YEAR_FIRST else "MDY" if country in _MONTH_FIRST else "DMY"


def order_of(texts: Iterable[str], country: str, elsewhere: str = "") -> str:
    """The order of a whole column: what its unambiguous dates say, else that of the days `elsewhere` in its table, else
    what the country writes."""
    known = list(texts)
    said = order_said(known)
    if said:
        return said
    usual = elsewhere or usual_order(country)
    if usual == "YMD" and any((match := _DATE.fullmatch(plain_digits(text).strip())) is not None and len(match[3]) == 4
                              for text in known):
        return "MDY" if country in _MONTH_FIRST else "DMY"
    return usual


def order_said(texts: Iterable[str]) -> str:
    """The order that the unambiguous dates of a column say; "" where there are none."""
    votes = dict.fromkeys(ORDERS, 0)
    for text in texts:
        match = _DATE.fullmatch(plain_digits(text).strip()) or _YEARLESS.fullmatch(plain_digits(text).strip())
        if match is None:
            continue
        first, second = match[1], int(match[2])
        if len(first) > 2 or int(first) > 31:
            votes["YMD"] += 1
        elif int(first) > 12 or second > 12:
            votes["DMY" if int(first) > 12 else "MDY"] += 1
    best = max(votes, key=lambda order: votes[order])
    return best if votes[best] else ""


def in_figures(text: str) -> bool:
    """Whether a text is a date of day, month and year in figures."""
    return _DATE.fullmatch(plain_digits(text).strip()) is not None


def yearless(text: str, order: str) -> str | None:
    """A day and a month alone as "--05-14", in the `order` of the column; None for anything else."""
    match = _YEARLESS.fullmatch(plain_digits(text).strip())
    if match is None:
        return None
    first, second = int(match[1]), int(match[2])
    month, day = (second, first) if (order == "DMY" and second <= 12) or first > 12 else (first, second)
    return f"--{month:02}-{day:02}" if _day(2000, month, day) is not None else None


def moment(text: str, order: str, zone: ZoneInfo, roc: bool = False) -> date | datetime | None:
    """The day in a text, or the aware instant if it has a time (of `zone` unless it names its own); None if neither.

    `roc` lets two- and three-digit years before the month be years of the Republic of China (115/11/21).
    """
    text = plain_digits(text).strip()
    match = _DATE.fullmatch(text)
    if match is not None:
        day = _ordered(match[1], match[2], match[3], order, roc or "民" in text)
        return None if day is None else _with_clock(day, match[4] or "", zone)
    compact = _COMPACT.fullmatch(text)
    if compact is not None:
        return _compact(compact, zone)
    if re.fullmatch(r"\d{5}(\.\d+)?", text):
        return serial(float(text))
    return _in_words(text, zone)


def serial(value: float) -> date | None:
    """The day of a spreadsheet's serial number (days since 30 December 1899), from 1927 to 2200."""
    return date(1899, 12, 30) + timedelta(days=int(value)) if 10_000 <= value < 110_000 else None


def whole(value: float, zone: ZoneInfo) -> date | datetime | None:
    """The day in a number: a spreadsheet's serial, 19970101, or 1151121 (ROC)."""
    text = str(int(value)) if value == int(value) else ""
    return serial(value) or (moment(text, "YMD", zone) if len(text) in (7, 8) else None)


def _ordered(first: str, second: str, third: str, order: str, roc: bool) -> date | None:
    if len(first) > 2 or int(first) > 31 or (order == "YMD" and len(third) < 3):
        year, month, day = first, int(second), int(third)
    elif order == "MDY":
        year, month, day = third, int(first), int(second)
    else:
        year, month, day = third, int(second), int(first)
    in_front = year is first
    return _day(_year(year, in_front and (roc or len(first) == 3)), month, day)


def _year(text: str, roc: bool) -> int:
    year = int(text)
    if roc and year < 200:
        return year + 1911
    if len(text) > 2:
        return year
    return year + (2000 if year < 70 else 1900)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if 1800 <= year <= 2300 else None


def _with_clock(day: date, text: str, zone: ZoneInfo) -> date | datetime | None:
    """The day with the time of day that stands behind it; None if that is no time."""
    if not text:
        return day
    match = _CLOCK.fullmatch(text.strip())
    if match is None:
        return None
    clock = _time(match)
    if clock is None:
        return None
    named = match[6]
    if not named:
        return datetime.combine(day, clock, zone)
    if named.upper() in ("Z", "UTC", "GMT"):
        return datetime.combine(day, clock, UTC)
    sign = named if ":" in named else f"{named[:3]}:{named[3:]}"
    return datetime.fromisoformat(f"{datetime.combine(day, clock).isoformat()}{sign}")


def _time(match: re.Match[str]) -> time | None:
    hour, minute, second = int(match[1]), int(match[2]), int(match[3] or 0)
    if match[5]:
        hour = hour % 12 + (12 if match[5].lower() == "p" else 0)
    fraction = int((match[4] or "0").ljust(6, "0")[:6])
    return time(hour, minute, second, fraction) if hour < 24 and minute < 60 and second < 60 else None


def clock(text: str) -> time | None:
    """A time of day alone ("10:00", "9.30 pm"); None if it is none."""
    match = _CLOCK.fullmatch(plain_digits(text).strip())
    return None if match is None or match[6] else _time(match)


def _compact(match: re.Match[str], zone: ZoneInfo) -> date | datetime | None:
    if match[5]:
        return _day(int(match[5]) + 1911, int(match[6]), int(match[7]))
    day = _day(int(match[1]), int(match[2]), int(match[3]))
    if day is None or not match[4]:
        return day
    clock_text = f"{match[4][:2]}:{match[4][2:4]}:{match[4][4:]}"
    return _with_clock(day, clock_text + ("Z" if match[0].endswith("Z") else ""), zone)


def _in_words(text: str, zone: ZoneInfo) -> date | datetime | None:
    """A date with its month in words, in one of the languages that Babel knows for us."""
    folded = _ORDINAL.sub(r"\1", fold(text))
    head = re.match(r"(.*?\d)[\s,]+(\d{1,2}:\d{2}.*)$", folded)
    body, behind = (head[1], head[2]) if head else (folded, "")
    tokens = [token for token in re.split(r"[\s,./-]+", body) if token and token not in _FILLERS]
    tokens = [token for token in tokens if token not in _weekdays()]
    months = [number for token in tokens if (number := _months().get(token))]
    numbers = [token for token in tokens if token.isdecimal()]
    if len(months) != 1 or len(numbers) != 2 or len(tokens) != 3:
        return None
    day, year = numbers if len(numbers[0]) <= 2 else numbers[::-1]
    found = _day(_year(year, False), months[0], int(day)) if len(day) <= 2 and len(year) in (2, 4) else None
    return None if found is None else _with_clock(found, behind, zone)


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """Month by its folded name, wide or short, in every language; a word that two months share is left out."""
    found: dict[str, int] = {}
    for language in _LANGUAGES:
        for width in ("abbreviated", "wide"):
            for number, name in get_month_names(width, locale=Locale.parse(language)).items():
                found.setdefault(fold(name).rstrip("."), number)
    return found | {"sept": 9, "ogos": 8, "ogo": 8}


@lru_cache(maxsize=1)
def _weekdays() -> frozenset[str]:
    return frozenset(fold(name).rstrip(".") for language in _LANGUAGES for width in ("abbreviated", "wide")
                     for name in get_day_names(width, locale=Locale.parse(language)).values()) - set(_months())
