"""Values that every noun shares: money in minor units, half-open periods of local days, folded text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from desktop_crm.domain.errors import N_, InvalidInput


@dataclass(frozen=True, slots=True)
class Period:
    """A half-open range of local calendar days `[start, end)`; either side may be open (None)."""

    start: date | None = None
    end: date | None = None

    def __contains__(self, day: date | None) -> bool:
        if day is None:
            return False
        return (self.start is None or day >= self.start) and (self.end is None or day < self.end)

    @property
    def bounded(self) -> bool:
        """Whether both sides are set."""
        return self.start is not None and self.end is not None

    @property
    def whole_file(self) -> bool:
        """Whether neither side is set: the period of everything, undated rows included."""
        return self.start is None and self.end is None

    def days(self) -> Iterator[date]:
        """Each day of a bounded period, in order; nothing for an open one."""
        day = self.start
        while day is not None and self.end is not None and day < self.end:
            yield day
            day += timedelta(days=1)

    @classmethod
    def day(cls, day: date) -> Period:
        """The period of one local day."""
        return cls(day, day + timedelta(days=1) if day < date.max else None)

    @classmethod
    def month(cls, day: date) -> Period:
        """The calendar month that holds `day`."""
        return cls(day.replace(day=1), _first(day.year, day.month + 1))

    @classmethod
    def quarter(cls, day: date) -> Period:
        """The calendar quarter that holds `day`."""
        month = 3 * ((day.month - 1) // 3) + 1
        return cls(date(day.year, month, 1), _first(day.year, month + 3))

    @classmethod
    def year(cls, day: date) -> Period:
        """The calendar year that holds `day`."""
        return cls(date(day.year, 1, 1), _first(day.year, 13))


def _first(year: int, month: int) -> date | None:
    """The first day of a month, the 13th being the next year's first; None after the calendar's last (9999)."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, 1) if year <= date.max.year else None


def usual_days(day: date) -> tuple[date, ...]:
    """The same weekday of the last 8 weeks, newest first (DEFINITIONS.md, Usual day)."""
    return tuple(day - timedelta(weeks=weeks) for weeks in range(1, 9))


@lru_cache(maxsize=256)
def minor_digits(currency: str) -> int:
    """How many decimal places the ISO 4217 `currency` has (MYR 2, JPY 0), from CLDR."""
    from babel.numbers import get_currency_precision  # the tables of CLDR: not before an amount is shown

    return int(get_currency_precision(currency))


@lru_cache(maxsize=1)
def currencies() -> frozenset[str]:
    """All ISO 4217 codes that CLDR knows."""
    from babel.numbers import list_currencies

    return frozenset(list_currencies())


def to_minor(amount: Decimal, currency: str) -> int:
    """Turn an amount in major units into integer minor units; half a unit rounds away from zero.

    Raises InvalidInput for an amount that is not finite or does not fit the file (64 bits).
    """
    if not amount.is_finite():
        raise InvalidInput(N_("The amount {amount} is not a number."), "amount", amount=str(amount))
    minor = int((amount * 10 ** minor_digits(currency)).quantize(Decimal(1), rounding=ROUND_HALF_UP)) \
        if abs(amount) < Decimal(10) ** 20 else 2**63
    if abs(minor) >= 2**62:
        raise InvalidInput(N_("The amount {amount} is too large."), "amount", amount=str(amount))
    return minor


def to_major(minor: int, currency: str) -> Decimal:
    """Turn integer minor units into an exact Decimal in major units, with the currency's places."""
    return Decimal(minor).scaleb(-minor_digits(currency))


def decimal(minor: int | None, currency: str) -> str | None:
    """An amount as JSON has it: minor units as a decimal string of major ones; None for an unknown amount."""
    return None if minor is None else format(to_major(minor, currency), "f")


def extended(quantity: int, price: int) -> int:
    """Quantity in thousandths × price in minor units; half a unit rounds away from zero, so a return meets its sale."""
    product = quantity * price
    return (abs(product) + 500) // 1000 * (1 if product >= 0 else -1)


# Texts, not compiled at once: a class of many thousand letters takes a millisecond, and the start needs none.
_MARKS = r"[\u0300-\u036f]"
_SPACES = re.compile(r"\s+")
_CJK = r"([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])"


def fold(text: str) -> str:
    """Fold `text` for search: casefold, NFKD, Latin marks off, one space round each CJK character.

    Vowel signs of Tamil, Devanagari and Arabic stay: without them words would fall apart.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    # Letters of ornament (𝓜) have no case of their own: what they stand for has.
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    folded = unicodedata.normalize("NFC", re.sub(_MARKS, "", folded))
    return _SPACES.sub(" ", re.sub(_CJK, r" \1 ", folded)).strip()


def squash(text: str) -> str:
    """Fold `text` and drop spaces and punctuation, so that `GTX Pro` and `GTXPro` meet."""
    return "".join(character for character in fold(text) if unicodedata.category(character)[0] not in "ZPSC")


def plain_digits(text: str) -> str:
    """The text with the digits of every script as ASCII digits."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(character)) if character.isdecimal() else character for character in text)


_OTHERS = re.compile(r"[^0-9]+")


def digits(text: str) -> str:
    """The decimal digits of `text` as ASCII, in order (Devanagari and Tamil digits included)."""
    if text.isascii():
        return _OTHERS.sub("", text)
    return "".join(str(unicodedata.decimal(character)) for character in text if character.isdecimal())


_NUMBER = re.compile(r"\d+")


def sort_key(text: str) -> str:
    """A key that sorts texts as people do: case and accents aside, "Shop 9" before "Shop 10"."""
    return _NUMBER.sub(lambda found: found.group().lstrip("0").rjust(12, "0"), squash_spaces(fold(text)))


def squash_spaces(text: str) -> str:
    """Drop leading punctuation and the spaces that `fold` put between Chinese characters."""
    return re.sub(r"(?<=[\u3040-\u9fff]) (?=[\u3040-\u9fff])", "", text).lstrip("'\"“”‘’()[]{}«».,-–—_*#@!?/\\ ")
