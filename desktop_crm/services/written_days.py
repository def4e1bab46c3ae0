"""Days with the name of their month, as the program and spreadsheets write them: "5 Mac 2026", "05-Mar-26", "5 Mac"."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from functools import lru_cache

from desktop_crm.domain.values import fold, plain_digits
from desktop_crm.i18n import Language, language

_PARTS = re.compile(r"\d+|[^\W\d_][^\s\d,./-]*")
_BETWEEN = re.compile(r"[\s,.年月日/-]*")


def read(words: Language, typed: str, today: date | None = None) -> date | None:
    """The day that a text says with a month's name in the language or in English; None if it says none.

    Of two short numbers the first is the day and the second the year of this century. A day without a year is the next
    such day from `today` on, and none without it.
    """
    parts = _PARTS.findall(plain_digits(typed))
    months = [month for part in parts if (month := _months(words.code).get(_bare(part)))]
    numbers = [int(part) for part in parts if part.isdecimal()]
    if len(parts) != len(numbers) + 1 or len(months) != 1 or _BETWEEN.fullmatch(
            re.sub(_PARTS, "", plain_digits(typed))) is None:
        return None
    if len(numbers) != 2:
        return _coming(today, months[0], numbers[0]) if today is not None and len(numbers) == 1 else None
    day, year = (numbers[1], numbers[0]) if numbers[0] > 31 else (numbers[0], numbers[1])
    try:
        return date(year + 2000 if year < 100 else year, months[0], day)
    except ValueError:
        return None


def _coming(today: date, month: int, day: int) -> date | None:
    """The next such day from `today` on; None for one that no year has."""
    for year in range(today.year, today.year + 9):  # 29 February: eight years apart at most
        with suppress(ValueError):
            if (found := date(year, month, day)) >= today:
                return found
    return None


@lru_cache(maxsize=16)
def _months(code: str) -> dict[str, int]:
    """The months by each of their names in a language and in English."""
    found: dict[str, int] = {}
    for words in (language("en"), language(code)):
        for names in words.locale.months.values():
            found |= {_bare(name): number for width in ("wide", "abbreviated")
                      for number, name in names[width].items()}
    return found


def _bare(name: str) -> str:
    return fold(name).strip(".")
