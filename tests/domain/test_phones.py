"""Phone numbers: the quick way says what the library says, or nothing."""

from __future__ import annotations

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.domain.phones import _rules, _whole, e164

COUNTRIES = ["MY", "SG", "TW", "PH", "NP", "IN", "US", "GB", "DE", "FR", "ID", "BR", "IT", "ES"]


@pytest.mark.parametrize(("text", "country", "expected"), [
    ("012-345 6789", "MY", "+60123456789"), ("+60 12-345 6789", "MY", "+60123456789"),
    ("03-2282 1234", "MY", "+60322821234"),
    ("0912 345 678", "TW", "+886912345678"), ("9841234567", "NP", "+9779841234567"),
    ("(415) 293-3313", "US", "+14152933313"),
    ("+49 170 1234567", "MY", "+491701234567"), ("06 12 34 56 78", "FR", "+33612345678"),
    ("abc", "MY", ""), ("12", "MY", ""),
])
def test_a_number_in_its_region(text: str, country: str, expected: str) -> None:
    assert e164(text, country) == expected


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("kind", [phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE])
def test_example_numbers_in_every_form(country: str, kind: int) -> None:
    example = phonenumbers.example_number_for_type(country, kind)
    for form in (phonenumbers.PhoneNumberFormat.NATIONAL, phonenumbers.PhoneNumberFormat.INTERNATIONAL):
        assert e164(phonenumbers.format_number(example, form), country) == phonenumbers.format_number(
            example, phonenumbers.PhoneNumberFormat.E164)


@given(st.text("0123456789 -()+/.", min_size=3, max_size=16), st.sampled_from(COUNTRIES))
def test_the_quick_way_never_contradicts_the_library(text: str, country: str) -> None:
    rules = _rules(country)
    quick = rules.quick(text) if rules else ""
    assert quick in ("", _whole(text, country))


@pytest.mark.parametrize(("text", "country", "number"), [
    ("+6012-3456789 (WhatsApp)", "MY", "+60123456789"), ("012-345 6789（老闆）", "MY", "+60123456789"),
    ("02-2345-6789轉102", "TW", "+886223456789"), ("(02)2345-6789 分機：102", "TW", "+886223456789"),
    ("03-2345 6789 samb. 12", "MY", "+60323456789"), ("(02) 8123-4567 loc 12", "PH", "+63281234567"),
    ("(+60) 12-345 6789", "MY", "+60123456789"), ("1-800-FLOWERS", "US", "+18003569377"),
])
def test_what_stands_behind_a_number_is_none_of_it(text: str, country: str, number: str) -> None:
    assert e164(text, country) == number
