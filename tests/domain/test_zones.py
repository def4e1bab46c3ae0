"""What time it is elsewhere, and where elsewhere is."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from desktop_crm.domain.zones import named, night_there, zone_of, zone_of_phone

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)  # 12:00 in Kuala Lumpur


@pytest.mark.parametrize(("zone", "instant", "there"), [
    ("America/New_York", NOON, time(23)), ("Europe/London", NOON, time(4)), ("Asia/Kathmandu", NOON, None),
    ("Asia/Kathmandu", datetime(2026, 11, 21, 16, 15, tzinfo=UTC), time(22)),
    ("Asia/Kathmandu", datetime(2026, 11, 21, 16, 14, tzinfo=UTC), None),
    ("Asia/Kathmandu", datetime(2026, 11, 21, 1, 15, tzinfo=UTC), None),  # 07:00
    # 02:30 UTC: 22:30 in New York on summer time, 21:30 after the clocks went back on 1 November 2026
    ("America/New_York", datetime(2026, 10, 31, 2, 30, tzinfo=UTC), time(22, 30)),
    ("America/New_York", datetime(2026, 11, 2, 2, 30, tzinfo=UTC), None),
])
def test_night(zone: str, instant: datetime, there: time | None) -> None:
    assert night_there(ZoneInfo(zone), instant) == there


def test_a_country_with_one_time() -> None:
    assert zone_of("NP", NOON) == ZoneInfo("Asia/Kathmandu")
    malaysia = zone_of("MY", NOON)  # two zones, one time
    assert malaysia is not None and malaysia.utcoffset(NOON) == ZoneInfo("Asia/Kuala_Lumpur").utcoffset(NOON)
    assert zone_of("US", NOON) is zone_of("ID", NOON) is zone_of("XX", NOON) is None


@pytest.mark.parametrize(("number", "zone"), [
    ("+97714412345", "Asia/Kathmandu"), ("+886223456789", "Asia/Taipei"), ("+442079460000", "Europe/London"),
    ("+12125550100", "America/New_York"), ("0123456789", None), ("+", None), ("+999", None), ("", None),
])
def test_a_number_tells_where(number: str, zone: str | None) -> None:
    found = zone_of_phone(number, NOON)
    assert (found and found.utcoffset(NOON)) == (ZoneInfo(zone).utcoffset(NOON) if zone else None)


def test_a_zone_by_its_name() -> None:
    assert named(" Asia/Taipei ") == ZoneInfo("Asia/Taipei")
    assert named("") is named("north") is named("../etc") is named("Central Region / West") is None
