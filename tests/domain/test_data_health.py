"""The score: weights and their sum, halves up, and the days from which ages count."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_crm.domain import data_health as health
from desktop_crm.storage import data_health as stored


def test_the_weights_are_a_hundred_points_of_a_company_and_eighty_of_a_person() -> None:
    assert sum(item.weight for item in health.WANTED) == 100
    assert sum(item.weight for item in health.WANTED if item.only in ("", "person")) == 80


def test_completeness_of_one_customer() -> None:
    assert health.of_one("company", ()) == 1000
    assert health.of_one("company", ("reach", "seller")) == 550
    assert health.of_one("person", ("reach", "contact")) == 625  # 50 of 80; a person needs no contact person
    assert health.of_one("person", [item.key for item in health.WANTED]) == 0


@pytest.mark.parametrize(("filled", "wanted", "thousandths"), [(0, 0, None), (1, 2000, 1), (1, 2001, 0), (2, 3, 667),
                                                               (3, 3, 1000)])
def test_thousandths_are_rounded_half_up(filled: int, wanted: int, thousandths: int | None) -> None:
    assert health.completeness(filled, wanted) == thousandths


@pytest.mark.parametrize(("day", "months", "before"), [
    (date(2026, 11, 21), 12, date(2025, 11, 21)), (date(2024, 2, 29), 12, date(2023, 2, 28)),
    (date(2026, 1, 31), 2, date(2025, 11, 30)), (date(2026, 3, 1), 1, date(2026, 2, 1)),
])
def test_months_back(day: date, months: int, before: date) -> None:
    assert health.back(day, months) == before


def test_every_kind_is_told_and_can_be_found() -> None:
    assert len(health.BY_KEY) == len(health.KINDS)
    assert all(kind.title and kind.why for kind in health.KINDS)
    assert {f"missing_{item.key}" for item in health.WANTED} == {
        key for key in health.BY_KEY if key.startswith("missing_")}
    assert set(stored.MISSING) == {item.key for item in health.WANTED}
    assert set(stored.QUERIES) <= set(health.BY_KEY)
