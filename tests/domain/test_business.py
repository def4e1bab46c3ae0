"""The business's settings and its day."""

from __future__ import annotations

import base64
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.domain.business import Business, checked
from desktop_crm.domain.errors import InvalidInput


@pytest.mark.parametrize(("cutoff", "moment", "day"), [
    ("00:00", datetime(2026, 11, 20, 16, 0, tzinfo=UTC), date(2026, 11, 21)),   # midnight in Kuala Lumpur
    ("00:00", datetime(2026, 11, 20, 15, 59, tzinfo=UTC), date(2026, 11, 20)),
    ("04:30", datetime(2026, 11, 20, 20, 29, tzinfo=UTC), date(2026, 11, 20)),  # 04:29 there
    ("04:30", datetime(2026, 11, 20, 20, 30, tzinfo=UTC), date(2026, 11, 21)),
    ("11:59", datetime(2026, 12, 31, 20, 0, tzinfo=UTC), date(2026, 12, 31)),   # 04:00 of New Year's Day
])
def test_a_day_begins_at_the_cut_off(cutoff: str, moment: datetime, day: date) -> None:
    assert Business(cutoff=cutoff).day_of(moment) == day


@pytest.mark.parametrize(("moment", "day"), [
    (datetime(2026, 10, 25, 0, 29, tzinfo=UTC), date(2026, 10, 24)),  # 02:29 of summer
    (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), date(2026, 10, 25)),  # 02:30 of summer
    (datetime(2026, 10, 25, 1, 15, tzinfo=UTC), date(2026, 10, 25)),  # 02:15 of winter: the hour that comes twice
    (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), date(2026, 3, 28)),    # 01:59 of winter
    (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), date(2026, 3, 28)),     # 03:00 of summer: there is no 02:30; it is
    (datetime(2026, 3, 29, 1, 30, tzinfo=UTC), date(2026, 3, 29)),    # as late as the clock was put forward
])
def test_the_day_never_steps_back_where_the_clock_does(moment: datetime, day: date) -> None:
    assert Business(timezone="Europe/Berlin", cutoff="02:30").day_of(moment) == day


def test_nepal_is_a_quarter_of_an_hour_off() -> None:
    shop = Business(timezone="Asia/Kathmandu")
    assert shop.day_of(datetime(2026, 1, 1, 18, 14, tzinfo=UTC)) == date(2026, 1, 1)
    assert shop.day_of(datetime(2026, 1, 1, 18, 15, tzinfo=UTC)) == date(2026, 1, 2)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
       st.sampled_from(["Asia/Kuala_Lumpur", "America/New_York", "Asia/Kathmandu", "Pacific/Apia"]))
def test_a_day_later_is_never_an_earlier_day(moment: datetime, zone: str) -> None:
    shop = Business(timezone=zone, cutoff="03:00")
    assert shop.day_of(moment) <= shop.day_of(moment + timedelta(days=1))
    assert abs((shop.day_of(moment) - moment.date()).days) <= 1


@pytest.mark.parametrize(("key", "typed", "kept"), [
    ("currency", " myr ", "MYR"), ("country", "np", "NP"), ("timezone", "Asia/Kathmandu", "Asia/Kathmandu"),
    ("cutoff", "04:30", "04:30"), ("name", " Kedai \ud800", "Kedai ?"),
])
def test_settings_as_they_are_kept(key: str, typed: str, kept: str) -> None:
    assert checked(key, typed) == kept


@pytest.mark.parametrize(("key", "typed"), [
    ("currency", "XXZ"), ("currency", ""), ("country", "Malaysia"), ("country", "M1"), ("country", "ÄÖ"),
    ("timezone", "Mars"), ("timezone", "/etc/passwd"), ("timezone", "../../x"), ("timezone", "a\0b"),
    ("cutoff", "12:00"), ("cutoff", "x"),
])
def test_settings_that_are_refused(key: str, typed: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        checked(key, typed)
    assert refused.value.at == key


def test_what_the_file_does_not_say_has_its_default() -> None:
    assert Business.read({"currency": "NPR", "unknown": "x"}) == Business(currency="NPR")


PNG, JPEG = b"\x89PNG\r\n\x1a\n" + b"x" * 90, b"\xff\xd8\xff\xe0" + b"x" * 90


@pytest.mark.parametrize("picture", [PNG, JPEG, b""])
def test_a_logo_is_a_small_png_or_jpeg(picture: bytes) -> None:
    kept = checked("logo", base64.b64encode(picture).decode())
    assert Business(logo=kept).picture == picture


@pytest.mark.parametrize(("picture", "says"), [
    (b"GIF89a" + b"x" * 90, "no PNG or JPEG"), (b"%PDF-1.7", "no PNG or JPEG"), (PNG + b"x" * 200_000, "than 200 kB")])
def test_another_file_and_a_large_picture_are_no_logo(picture: bytes, says: str) -> None:
    with pytest.raises(InvalidInput, match=says) as refused:
        checked("logo", base64.b64encode(picture).decode())
    assert refused.value.at == "logo"


def test_what_is_no_base64_is_no_logo() -> None:
    with pytest.raises(InvalidInput):
        checked("logo", "a picture")


@pytest.mark.parametrize("days", ["0", "-3", "3651", "two weeks", "1.5", "१४"])
def test_an_offer_holds_for_whole_days(days: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        checked("quotation_days", days)
    assert refused.value.at == "quotation_days"
    assert (Business(quotation_days=checked("quotation_days", " 14 ")).offers_hold,
            Business(quotation_days=checked("quotation_days", "")).offers_hold) == (timedelta(14), None)


def test_taxes_are_read_out_of_their_setting() -> None:
    shop = Business(tax_lines=checked("tax_lines", '[["SST", 8000]]'), tax_included="0")
    assert ([(tax.name, tax.rate) for tax in shop.taxes], shop.taxes_included) == ([("SST", 8000)], False)
    assert (Business().taxes, Business().taxes_included) == ((), True)
    with pytest.raises(InvalidInput):
        checked("tax_lines", "SST")
