"""Public holidays and feasts against the published calendars of 2026 and 2027."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_crm.domain.public_holidays import FEASTS, feast, name_of, of_year, regions


@pytest.mark.parametrize(("day", "country", "region", "language", "name"), [
    (date(2026, 8, 31), "MY", "", "ms", "Hari Kebangsaan"), (date(2026, 8, 31), "MY", "", "en", "National Day"),
    (date(2026, 10, 20), "NP", "", "ne", "विजया दशमी"), (date(2026, 9, 25), "TW", "", "zh_TW", "中秋節"),
    (date(2026, 12, 25), "PH", "", "fil", "Pasko"), (date(2026, 1, 15), "IN", "TN", "ta",
                                                                              "திருவள்ளுவர் நாள்"),
    (date(2026, 9, 30), "MY", "03", "en", "Birthday of the Sultan of Kelantan"),
    (date(2026, 9, 30), "MY", "", "en", ""),
    (date(2026, 12, 25), "XX", "", "en", ""), (date(2026, 8, 31), "MY", "99", "en", "National Day"),
])
def test_days_by_their_names(day: date, country: str, region: str, language: str, name: str) -> None:
    assert name_of(day, country, region, language) == name


def test_regions_that_have_their_own() -> None:
    assert ("02", "Kedah") in regions("MY") and ("TN", "Tamil Nadu") in regions("IN")
    assert regions("NP") == regions("XX") == ()


@pytest.mark.parametrize(("key", "country", "first", "last"), [
    ("raya", "MY", date(2026, 3, 20), date(2026, 3, 23)),
    ("lunar_new_year", "TW", date(2026, 2, 15), date(2026, 2, 20)),
    ("lunar_new_year", "NP", date(2026, 2, 17), date(2026, 2, 18)), ("deepavali", "MY", date(2026, 11, 8),
                                                                     date(2026, 11, 9)),
    ("dashain", "NP", date(2026, 10, 11), date(2026, 10, 22)), ("tihar", "NP", date(2026, 11, 8), date(2026, 11, 11)),
    ("good_friday", "PH", date(2026, 4, 3), date(2026, 4, 3)), ("christmas", "NP", date(2026, 12, 25),
                                                                 date(2026, 12, 25)),
    ("dragon_boat", "TW", date(2026, 6, 19), date(2026, 6, 19)), ("pongal", "IN", date(2026, 1, 14), date(2026, 1, 14)),
])
def test_feasts_of_2026(key: str, country: str, first: date, last: date) -> None:
    assert feast(key, country, date(2026, 1, 1)) == (first, last)


def test_a_feast_that_is_over_is_next_years() -> None:
    assert feast("raya", "MY", date(2026, 3, 24)) == (date(2026, 3, 20), date(2026, 3, 23))  # "lepas raya" is today
    assert feast("raya", "MY", date(2026, 3, 25)) == (date(2027, 3, 10), date(2027, 3, 11))


@pytest.mark.parametrize("key", FEASTS)
def test_each_feast_is_known_every_year_to_come(key: str) -> None:
    for year in range(2026, 2031):
        found = feast(key, "MY", date(year, 1, 1))
        assert found is not None and found[0] <= found[1] and (found[1] - found[0]).days < 15


def test_an_unknown_country_has_none() -> None:
    assert of_year("XX", "", 2026) == {}
