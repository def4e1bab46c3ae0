from __future__ import annotations

from datetime import date

import pytest

from desktop_crm import i18n
from desktop_crm.export.cells import exact, plain, shown, sound, titled
from desktop_crm.reports.report import Cell, Column, ValueType

ENGLISH = i18n.language("en")


@pytest.mark.parametrize(
    ("value", "kind", "currency", "json", "text"),
    [
        (1000553400, ValueType.MONEY, "MYR", "10005534.00", "10005534.00"),
        (-5, ValueType.MONEY, "MYR", "-0.05", "-0.05"),
        (1200, ValueType.MONEY, "JPY", "1200", "1200"),
        (2**62, ValueType.MONEY, "MYR", "46116860184273879.04", "46116860184273879.04"),
        (0.6315005215, ValueType.RATE, "MYR", 0.6315005215, "0.6315005215"),
        (12, ValueType.COUNT, "MYR", 12, "12"),
        (9.25, ValueType.DAYS, "MYR", 9.25, "9.25"),
        (date(2026, 2, 3), ValueType.DATE, "MYR", "2026-02-03", "2026-02-03"),
        ("09:30", ValueType.TIME, "MYR", "09:30", "09:30"),
        (None, ValueType.MONEY, "MYR", None, ""),
    ],
)
def test_machines_read_exact_values(
    value: Cell, kind: ValueType, currency: str, json: object, text: str
) -> None:
    assert exact(value, kind, currency) == json
    assert plain(value, kind, currency) == text


@pytest.mark.parametrize(
    ("value", "kind", "currency", "text"),
    [
        (1248000, ValueType.MONEY, "MYR", "12,480.00"),
        (1234567850, ValueType.MONEY, "NPR", "1,23,45,678.50"),
        (-99, ValueType.MONEY, "MYR", "−0.99"),
        (2 / 3, ValueType.RATE, "MYR", "66.7 %"),
        (9.3333, ValueType.DAYS, "MYR", "9.3"),
        (10000, ValueType.COUNT, "MYR", "10,000"),
        (1.5, ValueType.NUMBER, "MYR", "1.5"),
        (date(2026, 11, 21), ValueType.DATE, "MYR", "21 Nov 2026"),
        (None, ValueType.TEXT, "MYR", "—"),
    ],
)
def test_people_read_their_own_format(value: Cell, kind: ValueType, currency: str, text: str) -> None:
    assert shown(value, kind, currency, ENGLISH) == text


def test_money_carries_its_sign_where_no_title_does() -> None:
    assert shown(1248000, ValueType.MONEY, "MYR", ENGLISH, symbol=True) == "RM 12,480.00"
    assert titled(Column("a", "Won amount", ValueType.MONEY), "MYR", ENGLISH) == "Won amount (RM)"
    assert titled(Column("a", "Won (RM)", ValueType.MONEY), "MYR", ENGLISH) == "Won (RM)"
    assert titled(Column("a", "Deals", ValueType.COUNT), "MYR", ENGLISH) == "Deals"


def test_codes_that_no_file_may_hold_become_visible() -> None:
    assert sound("a\x00b\ud800c\x1b\ufffe") == "a�b�c��"
    assert sound("tab\tand\r\nbreaks stay, மு 😍 too") == "tab\tand\r\nbreaks stay, மு 😍 too"
