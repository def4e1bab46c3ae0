"""What time it is where a customer is, and whether it is night there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.core import get_global

NIGHT = (time(22), time(7))
"""The hours in which one does not call: from 22:00 to 07:00."""


def night_there(zone: ZoneInfo, instant: datetime) -> time | None:
    """The local time in a zone if it is night there (22:00–07:00) at an aware instant; None by day."""
    there = instant.astimezone(zone).time()
    return there if there >= NIGHT[0] or there < NIGHT[1] else None


def within(at: time, start: time | None, end: time | None) -> bool:
    """Whether a time of day lies from `start` to before `end`; hours that end before they begin run over midnight."""
    if start is not None and end is not None and end <= start:
        return at >= start or at < end
    return (start is None or at >= start) and (end is None or at < end)


def named(text: str) -> ZoneInfo | None:
    """The zone that a text names by its IANA name ("Asia/Taipei"); None for any other text."""
    try:
        return ZoneInfo(text.strip()) if text.strip() else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def zone_of(country: str, instant: datetime) -> ZoneInfo | None:
    """The zone of a country (ISO 3166) all whose clocks agree at an instant; None where they differ."""
    return _agreed(_zones_of().get(country, ()), instant)


def zone_of_phone(number: str, instant: datetime) -> ZoneInfo | None:
    """The zone that a number (E.164) is from, if only one can be meant at an instant."""
    if not number.startswith("+"):
        return None
    import phonenumbers  # its tables take a while to load: only for a customer abroad
    from phonenumbers import timezone

    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return None
    region = phonenumbers.region_code_for_number(parsed)
    return (zone_of(region, instant) if region else None) or _agreed(timezone.time_zones_for_number(parsed), instant)


def _agreed(names: Iterable[str], instant: datetime) -> ZoneInfo | None:
    zones = [zone for name in names if (zone := named(name)) is not None]
    offsets = {instant.astimezone(zone).utcoffset() for zone in zones}
    return zones[0] if len(offsets) == 1 else None


@lru_cache(maxsize=1)
def _zones_of() -> dict[str, tuple[str, ...]]:
    """The zones of each country, by CLDR."""
    found: dict[str, list[str]] = {}
    for zone, country in get_global("zone_territories").items():
        found.setdefault(str(country), []).append(str(zone))
    return {country: tuple(sorted(zones)) for country, zones in found.items()}
