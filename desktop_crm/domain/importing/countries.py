"""Countries by the names that people write, in several languages and with small slips."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale

from desktop_crm.domain.values import squash

_LANGUAGES = ("en", "ms", "zh", "zh_Hant", "fil", "ne", "ta", "es", "fr", "de", "pt", "it", "id")
_ALSO = {
    "usa": "US", "us": "US", "unitedstatesofamerica": "US", "america": "US", "uk": "GB", "england": "GB",
    "greatbritain": "GB", "scotland": "GB", "korea": "KR", "republicofkorea": "KR", "uae": "AE", "holland": "NL",
    "prc": "CN", "mainlandchina": "CN", "russianfederation": "RU", "vietnam": "VN", "hongkong": "HK", "macau": "MO",
    "burma": "MM", "czechrepublic": "CZ", "turkey": "TR", "ivorycoast": "CI", "republicofchina": "TW",
}


def country_code(text: str) -> str:
    """The ISO 3166 code of the country that a text names ("Philipines" → PH); "" if none is meant."""
    key = squash(text)
    return exact_code(text) or (_near(key) if len(key) >= 6 else "")


def exact_code(text: str) -> str:
    """The ISO 3166 code of the country that a text names without a slip; "" if none is."""
    if len(text) == 2 and text.isascii() and text.upper() in _codes():
        return text.upper()
    return _names().get(squash(text), "")


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    territories = map(str, Locale.parse("en").territories)
    found = frozenset(code for code in territories if len(code) == 2 and code.isalpha())
    return found - {"ZZ", "EU", "UN", "EZ", "XA", "XB"}


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for language in _LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if code in _codes():
                found.setdefault(squash(name), code)
    return found | _ALSO


@lru_cache(maxsize=2000)
def _near(key: str) -> str:
    """The country whose name differs by one letter only, if just one does."""
    near = {code for name, code in _names().items() if abs(len(name) - len(key)) <= 1 and _one_apart(name, key)}
    return near.pop() if len(near) == 1 else ""


def _one_apart(one: str, other: str) -> bool:
    """Whether one letter more, less or changed leads from one text to the other."""
    if len(one) > len(other):
        one, other = other, one
    start = 0
    while start < len(one) and one[start] == other[start]:
        start += 1
    return one[start:] == other[start + 1:] or (len(one) == len(other) and one[start + 1:] == other[start + 1:])
