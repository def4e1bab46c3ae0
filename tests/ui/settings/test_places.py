"""The places and moneys of the world, by name."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from desktop_crm import i18n
from desktop_crm.domain.values import currencies as known
from desktop_crm.ui import words
from desktop_crm.ui.settings import places


def test_currencies_begin_near_and_hold_those_in_use() -> None:
    found = places.currencies()
    assert found[0] == ("MYR", "Malaysian Ringgit (MYR)")
    codes = [code for code, _ in found]
    assert len(codes) == len(set(codes)) and set(codes) <= known()
    assert {"NPR", "EUR", "JPY", "CHF"} <= set(codes) and "DEM" not in codes


def test_what_a_file_has_is_offered_though_it_is_out_of_use() -> None:
    assert "DEM" in dict(places.currencies("DEM"))
    assert dict(places.zones("Etc/GMT-8"))["Etc/GMT-8"] == "GMT-8"
    assert "ZZ" in dict(places.countries("ZZ"))


def test_countries_are_sorted_by_name() -> None:
    found = places.countries()
    assert found[0] == ("AF", "Afghanistan (AF)")
    assert dict(found)["MY"] == "Malaysia (MY)"


def test_every_zone_is_one_and_reads_as_no_other() -> None:
    found = places.zones()
    assert len({text for _, text in found}) == len(found) > 400
    for zone, _ in found:
        ZoneInfo(str(zone))
    assert dict(found)["America/Indiana/Knox"] == "Knox, Indiana — United States"
    assert dict(found)["Asia/Singapore"] == "Singapore"


def test_names_are_in_the_windows_language() -> None:
    words.set_language(i18n.language("ms"))
    assert dict(places.countries())["JP"] == "Jepun (JP)"
