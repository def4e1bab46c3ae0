"""The pipeline and the lists of deals, tasks and customers, against the shop's table."""

from __future__ import annotations

from typing import Any

import pytest

from desktop_crm.domain.errors import InvalidInput
from desktop_crm.domain.values import Period
from desktop_crm.reports.report import ValueType
from desktop_crm.services import reports
from desktop_crm.services.book import Book
from tests.books import TODAY
from tests.reports.shop import ACME, BETA, NOV, cells, deal, fill, listed, on, summed, values

NOVEMBER = Period.month(on(NOV, 1))


def counts_its_rows(book: Book, report: Any, *but: str) -> None:
    for figure in report.figures:
        if figure.key in but:
            continue
        found = summed(book, figure.filter) if figure.type is ValueType.MONEY else len(listed(book, figure.filter))
        assert found == figure.value, figure.key


def test_pipeline(shop: Book) -> None:
    report = reports.build(shop, "pipeline")
    table = report.tables[0]
    assert [row[:7] for row in table.rows] == [
        ("Sales", "New", 1, 3_000, 0.1, 300, 0), ("Sales", "Qualified", 0, 0, 0.25, 0, 0),
        ("Sales", "Proposal", 0, 0, 0.5, 0, 0), ("Sales", "Negotiation", 1, 0, 0.75, 0, 1),
        ("Sales", "Ready to close", 0, 0, 0.9, 0, 0), ("Quick sale", "Offered", 0, 0, 0.5, 0, 0)]
    assert table.totals == ("Total", None, 2, 3_000, None, 300, 1)
    assert values(report) == {"amount": 3_000, "weighted": 300, "deals": 2, "over_limit": 1, "no_next_step": 2}
    assert [len(listed(shop, wanted)) for wanted in table.filters] == [1, 0, 0, 1, 0, 0]
    counts_its_rows(shop, report, "weighted")
    assert "1 deal has no amount" in report.notes[0]
    assert (report.start, report.end, report.subtitle) == (None, None, "Saturday, 21 November 2026")


def test_pipeline_takes_no_period(shop: Book) -> None:
    with pytest.raises(InvalidInput, match="no period"):
        reports.build(shop, "pipeline", NOVEMBER)


def test_weighted_rounds_each_deal_half_up(book: Book) -> None:
    fill(book, {"deals": [deal("x", "open", 5, on(NOV, 1), stage=1) for _ in range(3)]})   # 0.5 → 1, three times
    assert values(reports.build(book, "pipeline"))["weighted"] == 3
    assert values(reports.build(book, "deals"))["weighted"] == 3


def test_deals_of_a_period(shop: Book) -> None:
    report = reports.build(shop, "deals", NOVEMBER)
    assert [row[0] for row in report.tables[0].rows] == ["D2", "D3", "D4", "D5", "D7"]
    assert values(report) == {"deals": 5, "open_amount": 3_000, "weighted": 300, "won_amount": 20_001, "lost": 1}
    counts_its_rows(shop, report, "weighted")
    table = report.tables[0]
    assert (table.kind, table.ids) == ("deals", (2, 3, 4, 5, 7))
    found = cells(report, "amount", "other_amount", "stage", "lost_reason")
    assert found["D7"] == (None, "US$ 90.00", "Won", None)
    assert found["D3"] == (5_000, None, "Lost", "Price")
    assert table.totals is not None
    assert (table.totals[0], table.totals[4]) == ("Total", 20_001 + 5_000 + 7_000 + 3_000)


def test_deals_without_a_period_are_all_and_leave_empty_columns_out(shop: Book, book: Book) -> None:
    assert len(reports.build(shop, "deals").tables[0].rows) == 9
    fill(book, {"deals": [deal("x", "open", 5, None)]})
    keys = [column.key for column in reports.build(book, "deals").tables[0].columns]
    assert keys == ["name", "customer", "seller", "stage", "amount", "source", "created_on", "expected_on", "closed_on"]


def test_tasks_of_a_period(book: Book) -> None:
    tasks = [("late", on(NOV, 20), None), ("today", TODAY, None), ("on time", on(NOV, 2), on(NOV, 2)),
             ("done late", on(NOV, 2), on(NOV, 5)), ("October", on(10, 30), on(10, 1)), ("undated", None, None)]
    fill(book, {"tasks": [{"name": name, "due_on": due, "done_on": done, "minutes": 10} for name, due, done in tasks]})
    report = reports.build(book, "tasks", NOVEMBER)
    assert [row[2] for row in report.tables[0].rows] == ["on time", "done late", "late", "today"]
    assert values(report) == {"tasks": 4, "done": 2, "open": 2, "overdue": 1, "on_time": 1 / 4}
    counts_its_rows(book, report, "on_time")
    assert report.tables[0].totals is not None
    assert report.tables[0].totals[7] == 40
    whole = reports.build(book, "tasks")
    assert values(whole) == {"tasks": 6, "done": 3, "open": 3, "overdue": 1, "on_time": 2 / 5}
    counts_its_rows(book, whole, "on_time")
    assert [len(listed(book, figure.filter)) for figure in whole.figures if figure.key == "on_time"] == [5]


def test_customers_of_a_period(book: Book, shop: Book) -> None:
    report = reports.build(shop, "customers")
    assert cells(report, "open_deals", "won_deals", "won_amount", "paid") == {
        "Acme": (0, 2, 30_001, 0), "Beta": (1, 2, 0, 0), "Gamma": (0, 0, 0, 0)}
    assert values(report) == {"customers": 3, "lead": 1, "inactive": 0, "won_amount": 30_001, "paid": 0}
    assert (report.tables[0].kind, report.tables[0].ids) == ("customers", (ACME, BETA, 3))
    november = reports.build(shop, "customers", NOVEMBER)
    assert [row[0] for row in november.tables[0].rows] == ["Beta", "Gamma"]
    counts_its_rows(shop, november, "won_amount", "paid")
    assert reports.build(book, "customers").tables[0].rows == ()


def test_payments_and_last_contact_of_a_customer(book: Book) -> None:
    fill(book, {"customers": [{"name": "Acme"}],
                "payments": [{"customer_id": 1, "amount": amount, "currency": currency, "received_on": day}
                             for amount, currency, day in ((5, "MYR", TODAY), (7, "MYR", None), (9, "USD", TODAY))],
                "activities": [{"name": "x", "customer_id": 1, "state": state, "on_date": day}
                               for state, day in (("held", on(NOV, 3)), ("planned", on(NOV, 9)))]})
    assert cells(reports.build(book, "customers"), "paid", "last_contact") == {"Acme": (5, on(NOV, 3))}


@pytest.mark.parametrize(("cut", "expected"), [
    ("state", [("Customer", 2, 0), ("Lead", 1, 1)]), ("heat", [("Hot", 2, 0), (None, 1, 1)]),
    ("seller", [("Aminah", 1, 0), ("Chen", 1, 0), (None, 1, 1)]), ("region", [(None, 2, 1), ("Penang", 1, 0)]),
    ("industry", [("Building", 2, 0), (None, 1, 1)]), ("source", [(None, 3, 1)]),
])
def test_customers_by_a_cut(shop: Book, cut: str, expected: list[tuple[Any, ...]]) -> None:
    table = reports.build(shop, "customers", cut=cut).tables[0]
    assert [row[:3] for row in table.rows] == expected
    assert [len(listed(shop, wanted)) for wanted in table.filters] == [row[1] for row in expected]
    assert table.totals is not None
    assert table.totals[:3] == ("Total", 3, 1)
