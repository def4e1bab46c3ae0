"""Phrases of Filipino, Nepali, Tamil and Chinese, said again in the few words that `quick_dates` reads.

Each language is a table of patterns; a phrase that fits becomes one or more words of the grammar ("next monday",
"15:30", "in 3 days"), at the place where it stands. All are read whatever the interface speaks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a phrase may depend on: the present day, the interface's language, the business's country."""

    today: date
    language: str
    country: str


Say = Callable[[re.Match[str], Setting], str]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, and what it says in the grammar's words; "" if it says nothing after all."""

    pattern: re.Pattern[str]
    say: Say


class Phrases:
    """The rules of one language in one pattern; `fits` tells by a letter whether a text can hold any.

    They are compiled with the first text that can: a start would wait 40 ms for the Chinese ones.
    """

    def __init__(self, fits: str, rules: Iterable[tuple[str, str | Say]], before: str = "", after: str = "") -> None:
        self._fits = re.compile(fits, re.IGNORECASE)
        self._given, self._before, self._after = tuple(rules), before, after

    @cached_property
    def _rules(self) -> list[Rule]:
        return [Rule(re.compile(pattern, re.IGNORECASE), _said(say)) for pattern, say in self._given]

    @cached_property
    def _whole(self) -> re.Pattern[str]:
        whole = "|".join(f"(?P<r{number}>{rule.pattern.pattern})" for number, rule in enumerate(self._rules))
        return re.compile(f"{self._before}(?:{whole}){self._after}", re.IGNORECASE)

    def find(self, text: str, setting: Setting) -> Iterator[tuple[int, int, list[str]]]:
        """The places of the phrases of a text, and the words that they say."""
        if not self._fits.search(text):
            return
        for found in self._whole.finditer(text):
            name = found.lastgroup
            if name is None:
                continue
            rule = self._rules[int(name[1:])]
            first, last = found.span(name)
            inner = rule.pattern.match(text, first, last) or rule.pattern.match(text, first)  # that looks behind `last`
            if inner is not None and (said := rule.say(inner, setting)):
                yield found.start(), found.end(), said.split()


def _said(say: str | Say) -> Say:
    return (lambda _found, _setting: say) if isinstance(say, str) else say


def any_of(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first."""
    return "|".join(sorted((re.escape(word) for word in words), key=len, reverse=True))


def at(hour: int, minute: int, half: str) -> str:
    """'HH:MM' of an hour with its part of the day (am, pm, noon, night, or ""), as people mean it; "" for none.

    Without a part an hour from 1 to 6 is in the afternoon.
    """
    if half and not 1 <= hour <= 12:
        half = "" if hour < 24 else half
    if half == "am":
        hour %= 12
    elif half in ("pm", "noon"):
        hour = hour % 12 + 12 if half == "pm" or hour < 11 else hour
    elif half == "night":
        hour = hour % 12 + (12 if 5 <= hour <= 11 else 0)
    elif not half and 1 <= hour <= 6:
        hour += 12
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else ""


@lru_cache(maxsize=1)
def _languages() -> tuple[Phrases, ...]:
    from desktop_crm.domain import quick_chinese, quick_filipino, quick_nepali, quick_tamil  # each uses this module

    return quick_filipino.PHRASES, quick_nepali.PHRASES, quick_nepali.LATIN, quick_tamil.PHRASES, quick_chinese.PHRASES


def find(text: str, setting: Setting) -> list[tuple[int, int, list[str]]]:
    """All phrases of a text in order, as (start, end, words); where two overlap, the first found one counts."""
    found: list[tuple[int, int, list[str]]] = []
    for phrases in _languages():
        for start, end, words in phrases.find(text, setting):
            if all(end <= first or last <= start for first, last, _ in found):
                found.append((start, end, words))
    return sorted(found)
