"""Public holidays of a country and its regions, and the days of moving feasts, as published (PyPI: holidays)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

_WORDS = {"en": "en_US", "ms": "ms_MY"}
_NONE: Mapping[date, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Feast:
    """A moving feast: its name in the library, and the countries (with a region) whose calendar knows it."""

    name: str
    places: tuple[tuple[str, str], ...]


_ISLAMIC = (("MY", ""), ("SG", ""), ("PH", ""), ("NP", ""), ("IN", ""))
FEASTS = {
    "raya": Feast("Eid al-Fitr", _ISLAMIC),
    "haji": Feast("Eid al-Adha", _ISLAMIC),
    "lunar_new_year": Feast("Chinese New Year", (("MY", ""), ("TW", ""), ("SG", ""), ("PH", ""))),
    "deepavali": Feast("Diwali", (("MY", "14"), ("SG", ""), ("IN", ""))),
    "thaipusam": Feast("Thaipusam", (("MY", "14"),)),
    "wesak": Feast("Vesak Day", (("MY", ""), ("SG", ""))),
    "good_friday": Feast("Good Friday", (("PH", ""), ("SG", ""), ("IN", ""))),
    "dashain": Feast("Dashain", (("NP", ""),)),
    "tihar": Feast("Tihar", (("NP", ""),)),
    "pongal": Feast("Pongal", (("IN", "TN"),)),
    "qingming": Feast("Tomb-Sweeping Day", (("TW", ""),)),
    "dragon_boat": Feast("Dragon Boat Festival", (("TW", ""),)),
    "mid_autumn": Feast("Mid-Autumn Festival", (("TW", ""),)),
    "christmas": Feast("Christmas Day", (("MY", ""), ("SG", ""), ("PH", ""))),
}
"""The feasts that people reckon by ("lepas raya"), by key."""

_PARTS = {
    "Dashain": ("Ghatasthapana", "Fulpati", "Maha Ashtami", "Maha Navami", "Bijaya Dashami", "Dashain"),
    "Tihar": ("Laxmi Pooja", "Gai Tihar", "Gobardhan Pooja", "Mha Pooja", "Bhai Tika"),
}
"""Feasts of several days that the library names one by one."""
_GAP = 2  # days between two that are still one feast: a weekday between them is taken off as well


@lru_cache(maxsize=96)
def of_year(country: str, region: str, year: int, language: str = "en") -> Mapping[date, str]:
    """The public holidays of a year by day, named in `language` where the library can; none for an unknown country.

    `region` is the library's code of a state or province; an unknown one counts as none.
    """
    import holidays  # the calendars of 250 countries: not before a day off is asked for

    for subdivision in dict.fromkeys((region or None, None)):
        for words in (_WORDS.get(language, language), None):
            try:
                found = holidays.country_holidays(country, subdiv=subdivision, years=[year], language=words)
            except NotImplementedError:
                continue
            if words is None or words in (found.supported_languages or ()):
                return MappingProxyType(dict(found.items()))
    return _NONE


def name_of(day: date, country: str, region: str = "", language: str = "en") -> str:
    """What holiday a day is; "" for none."""
    return of_year(country, region, day.year, language).get(day, "")


@lru_cache(maxsize=16)
def regions(country: str) -> tuple[tuple[str, str], ...]:
    """The states or provinces of a country that have holidays of their own, as (code, name), by name."""
    import holidays  # the calendars of 250 countries: not before a day off is asked for

    try:
        known = holidays.country_holidays(country)
    except NotImplementedError:
        return ()
    names = {code: code for code in known.subdivisions}
    for name, code in known.subdivisions_aliases.items():
        if len(name) > len(names.get(code, "")) or names[code] == code:
            names[code] = name
    return tuple(sorted(names.items(), key=lambda entry: entry[1]))


def feast(key: str, country: str, today: date) -> tuple[date, date] | None:
    """The first and the last day of a feast that is not over before yesterday; None if no calendar knows it.

    The calendar of `country` counts if it has the feast, else that of the first place that has.
    """
    wanted = FEASTS[key]
    places = sorted(wanted.places, key=lambda place: place[0] != country)
    for place, region in places:
        for year in (today.year, today.year + 1):
            span = _span(wanted.name, place, region, year)
            if span is not None and span[1] >= today - timedelta(days=1):
                return span
    return None


@lru_cache(maxsize=64)
def _span(name: str, country: str, region: str, year: int) -> tuple[date, date] | None:
    """The longest run of days of a year that bear the name: a second feast of the same name is in another month."""
    parts = _PARTS.get(name, (name,))
    found = of_year(country, region, year)
    days = sorted(day for day, title in found.items() if any(part in title for part in parts))
    if not days:
        return None
    gap = 8 if name in _PARTS else _GAP
    last = days[0]
    for day in days:
        if (day - last).days > gap:
            break
        last = day
    return days[0], last
