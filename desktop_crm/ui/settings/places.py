"""Currencies, countries and time zones to choose from, named in the window's language by CLDR."""

from __future__ import annotations

from functools import lru_cache

from babel.core import get_global
from babel.numbers import get_territory_currencies

from desktop_crm.i18n import Language
from desktop_crm.ui.ordering import name_key
from desktop_crm.ui.words import current

Options = list[tuple[object, str]]
_NEAR = ("MYR", "SGD", "IDR", "PHP", "THB", "VND", "TWD", "CNY", "INR", "NPR", "USD", "EUR")
"""The currencies that the list begins with; those of the rest of the world follow by name."""

_NOWHERE = ("ZZ", "001")
"""What CLDR says of zones that are no place: hours from Greenwich."""


def countries(kept: str = "") -> Options:
    """Every country, and `kept`, as (ISO 3166 code, "Name (CODE)"), by name."""
    return list(_countries(current(), kept))


def currencies(kept: str = "") -> Options:
    """Every currency in use today, and `kept`, as (ISO 4217 code, "Name (CODE)"); near ones first, the rest by name."""
    return list(_currencies(current(), kept))


def zones(kept: str = "") -> Options:
    """Every time zone, and `kept`, as (IANA name, "City — Country"), by city."""
    return list(_zones(current(), kept))


@lru_cache(maxsize=4)
def _countries(language: Language, kept: str) -> Options:
    names = language.locale.territories
    return _sorted({code: f"{names.get(code, code)} ({code})" for code in _codes() | {kept} - {""}})


@lru_cache(maxsize=4)
def _currencies(language: Language, kept: str) -> Options:
    names = language.locale.currencies
    codes = {code for country in _codes() for code in get_territory_currencies(country)} | {kept} - {""}
    shown = {code: f"{names.get(code, code)} ({code})" for code in codes}
    near: Options = [(code, shown.pop(code)) for code in _NEAR if code in shown]
    return near + _sorted(shown)


@lru_cache(maxsize=4)
def _zones(language: Language, kept: str) -> Options:
    names = language.locale.territories
    countries_of = {str(zone): str(country) for zone, country in get_global("zone_territories").items()
                    if country not in _NOWHERE}
    countries_of.update({kept: ""} if kept and kept not in countries_of else {})
    return _sorted({zone: _zone(zone, names.get(country, "")) for zone, country in countries_of.items()})


def _zone(zone: str, country: str) -> str:
    city = ", ".join(reversed(zone.replace("_", " ").split("/")[1:])) or zone
    return f"{city} — {country}" if country and country != city else city


@lru_cache(maxsize=1)
def _codes() -> set[str]:
    """The codes of the countries that have a currency: no regions of the world, no codes for tests."""
    codes = map(str, current().locale.territories)
    return {code for code in codes if len(code) == 2 and code.isalpha() and get_territory_currencies(code)}


def _sorted(shown: dict[str, str]) -> Options:
    key = name_key()
    return [(code, shown[code]) for code in sorted(sorted(shown), key=lambda code: key(shown[code]))]
