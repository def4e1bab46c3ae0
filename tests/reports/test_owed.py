"""Who owes: figures by hand; ages and totals agree with each account; every figure's filter lists its rows."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.sales import GiveBack, Sale
from desktop_crm.reports.report import Report
from desktop_crm.services import accounts, customers, reports, sales
from desktop_crm.services.book import Book


@pytest.fixture
def report(book: Book) -> Report:
    """Four customers on 21 November 2026: two owe, one has money in his favour, one has paid."""
    for name, limit in (("Aminah", 5_000), ("Bala", None), ("Chen", None), ("Dewi", 100)):
        customers.add(book, {"name": name, "credit_limit": limit})
    sales.sell(book, Sale(customer_id=1, total=10_000, paid=2_000, on=date(2026, 8, 1)))        # 112 days old
    sales.sell(book, Sale(customer_id=1, total=3_000, paid=0, on=date(2026, 11, 1), due_on=date(2026, 12, 1)))
    sold = sales.sell(book, Sale(customer_id=2, total=6_000, paid=0, on=date(2026, 10, 12)))    # 40 days old
    sales.give_back(book, GiveBack(deal_id=sold.deal_id, amount=1_500, refund=0))
    accounts.receive(book, 2, 400, "cheque")
    accounts.receive(book, 3, 700)
    sales.sell(book, Sale(customer_id=4, total=9_900))
    accounts.promise(book, 1, date(2026, 11, 20))
    return reports.build(book, "owed")


def test_who_owes_what_and_how_old_it_is(report: Report) -> None:
    table = report.tables[0]
    assert table.rows == (
        ("Aminah", 11_000, 3_000, 0, 0, 0, 8_000, 5_000, date(2026, 11, 20), date(2026, 8, 1)),
        ("Bala", 4_500, 0, 0, 4_500, 0, 0, None, None, date(2026, 10, 12)))
    assert table.totals == ("Total", 15_500, 3_000, 0, 4_500, 0, 8_000, None, None, None)
    assert table.ids == (1, 2)


def test_the_figures(report: Report) -> None:
    assert {figure.key: figure.value for figure in report.figures} == {
        "owed": 15_500, "customers": 2, "overdue": 12_500, "on_the_way": 400, "over_limit": 1, "broken": 1}


def test_each_figures_filter_lists_its_rows(report: Report, book: Book) -> None:
    counted = {"owed": [1, 2], "customers": [1, 2], "overdue": [1, 2], "on_the_way": [2], "over_limit": [1],
               "broken": [1]}
    for figure in report.figures:
        assert isinstance(figure.filter, CustomerFilter)
        assert sorted(customers.list_ids(book, figure.filter)) == counted[figure.key]


def test_it_agrees_with_each_account(report: Report, book: Book) -> None:
    for row, customer in zip(report.tables[0].rows, report.tables[0].ids, strict=True):
        balance = accounts.balance(book, customer)
        assert (row[1], row[2:7]) == (balance.owed, balance.ages)


def test_the_list_sorts_and_tells_what_is_owed(report: Report, book: Book) -> None:
    ids = customers.list_ids(book, sort="owes", descending=True)
    assert [(row.name, row.owed) for row in customers.rows(book, ids)] == [
        ("Aminah", 11_000), ("Bala", 4_500), ("Chen", -700), ("Dewi", 0)]


def test_nobody_owes(book: Book) -> None:
    report = reports.build(book, "owed")
    assert (report.tables[0].rows, report.chart, report.figures[0].value) == ((), None, 0)
    assert all(figure.filter is None or figure.filter == CustomerFilter(owes=True) for figure in report.figures)
