"""The series of receipts, with fiscal years looked up in calendars."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_crm.domain.business import Business
from desktop_crm.domain.receipts import printed, series


@pytest.mark.parametrize(("country", "on", "wanted"), [
    ("MY", date(2026, 11, 21), ""),
    ("NP", date(2026, 7, 16), "2082/83"), ("NP", date(2026, 7, 17), "2083/84"),  # 1 Shrawan 2083 = 17 July 2026
    ("NP", date(2027, 4, 14), "2083/84"),
    ("IN", date(2026, 3, 31), "2025-26"), ("IN", date(2026, 4, 1), "2026-27"), ("IN", date(2099, 12, 31), "2099-00"),
])
def test_numbers_restart_where_the_country_restarts_them(country: str, on: date, wanted: str) -> None:
    assert series(Business(country=country), on) == wanted
    assert series(replace(Business(country=country), receipt_series="A"), on) == "A"


def test_a_number_with_its_series_fits_sixteen_characters() -> None:
    assert printed("", 7) == "000007"
    assert printed("2026-27", 1) == "2026-27-000001" and len(printed("2083/84", 999_999)) <= 16
