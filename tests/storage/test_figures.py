"""The sums of reports: their statements read covering indexes, and they agree with counting one by one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from statistics import mean, median
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from desktop_crm.domain import figures as sums
from desktop_crm.domain.values import Period
from desktop_crm.services.book import Book
from desktop_crm.storage import figures
from tests.books import TODAY, new_book
from tests.reports.shop import deal, fill, open_shop, reason

DAYS = st.none() | st.dates(date(2026, 8, 1), date(2027, 2, 28))
SOMEONE = st.none() | st.integers(1, 3)
DEALS = st.lists(st.tuples(st.sampled_from(["open", "won", "lost"]), st.none() | st.integers(-500, 5000), DAYS, DAYS,
                           SOMEONE, SOMEONE, st.sampled_from(["MYR", "MYR", "USD"]), st.booleans()), max_size=25)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    book = new_book(tmp_path_factory.mktemp("figures") / "shop.crm")
    open_shop(book)
    yield book
    book.close()


def refill(book: Book, found: list[Any]) -> list[dict[str, Any]]:
    """Make exactly these the file's deals, and return them as plain rows."""
    mistake = reason(book, "mistake")
    rows = [deal("x", status, amount, created, None if status == "open" else closed, seller=seller, customer=customer,
                 currency=currency, lost_reason_id=mistake if slip and status == "lost" else None)
            for status, amount, created, closed, seller, customer, currency, slip in found]
    with book.work("Clear") as work:
        work.connection.exec_driver_sql("DELETE FROM deals")
    fill(book, {"deals": rows})
    return [{**row, "slip": row["lost_reason_id"] == mistake} for row in rows]


def expected(rows: list[dict[str, Any]], period: Period | None) -> tuple[Any, ...]:
    """Created, won, lost, open and won amount of the rows, counted one by one as DEFINITIONS.md says."""
    def within(day: date | None) -> bool:
        return period is None or day in period

    end = date.max if period is None or period.end is None else period.end
    won = [row for row in rows if row["status"] == "won" and within(row["closed_on"])]
    lost = [row for row in rows if row["status"] == "lost" and within(row["closed_on"]) and not row["slip"]]
    still = [row for row in rows if (period is None and row["status"] == "open") or (
        period is not None and row["created_on"] and row["created_on"] < end
        and (row["status"] == "open" or (row["closed_on"] and row["closed_on"] >= end)))]
    def returned(row: dict[str, Any]) -> bool:  # a return is a won deal below zero: in the sums, in no count
        return row["status"] == "won" and (row["amount"] or 0) < 0

    return (sum(within(row["created_on"]) and not returned(row) for row in rows),
            sum(not returned(row) for row in won), len(lost), len(still),
            sum(row["amount"] or 0 for row in won if row["currency"] == "MYR"))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=DEALS, period=st.none() | st.tuples(DAYS, DAYS).map(lambda days: Period(*days)))
def test_totals_agree_with_counting_one_by_one_and_groups_sum_to_them(
        shop: Book, found: list[Any], period: Period | None) -> None:
    rows = refill(shop, found)
    counted = expected(rows, None if period is None or period.whole_file else period)
    with shop.read() as connection:
        for cut in ("", "seller", "team", "region", "customer", "industry", "source", "month", "quarter"):
            made = figures.sales(connection, period, cut, "MYR")
            total = made.total
            assert (total.deals, total.won, total.lost, total.open, total.won_amount) == counted, cut
            for name in ("deals", "won", "lost", "won_amount", "lost_amount", "unknown", "other") if cut else ():
                assert sum(getattr(group, name) for group in made.groups) == getattr(total, name), (cut, name)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=DEALS)
def test_open_at_the_end_of_each_month(shop: Book, found: list[Any]) -> None:
    rows = refill(shop, found)
    with shop.read() as connection:
        groups = figures.sales(connection, None, "month", "MYR").groups
    for group in groups:
        if group.group is not None:
            month = Period.month(date.fromisoformat(group.group + "-01"))
            assert group.open == expected(rows, month)[3], group.group


@given(st.lists(st.integers(-5, 40), min_size=1))
def test_mean_and_median_of_a_histogram_are_those_of_its_deals(days: list[int]) -> None:
    histogram = {length: days.count(length) for length in days}
    assert sums.median(histogram) == median(days)
    assert sums.mean(histogram) == pytest.approx(mean(days))


def test_nothing_has_no_mean_no_median_and_no_share() -> None:
    assert (sums.mean({}), sums.median({}), sums.share(0, 0), sums.divided(5, 0)) == (None, None, None, None)
    assert (sums.divided(5, 2), sums.divided(-5, 2), sums.divided(7, 3)) == (3, -3, 2)


def plans(book: Book, period: Period | None, cut: str) -> list[tuple[str, str]]:
    """Each statement of the sums with how SQLite reads it."""
    asked: list[tuple[str, Any]] = []
    with book.read() as connection:
        def note(_: Any, __: Any, statement: str, values: Any, *rest: Any) -> None:
            if statement.lstrip().startswith("SELECT"):
                asked.append((statement, values))

        event.listen(connection, "before_cursor_execute", note)
        if cut == "day":
            figures.day(connection, TODAY, TODAY, "MYR")
        else:
            figures.sales(connection, period, cut, "MYR")
        event.remove(connection, "before_cursor_execute", note)
        return [(statement, "\n".join(row[3] for row in connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN " + statement, values))) for statement, values in asked]


@pytest.mark.parametrize("period", [None, Period.month(TODAY)])
@pytest.mark.parametrize("cut", ["", "seller", "customer", "source", "month"])
def test_the_sales_report_reads_the_deals_in_covering_indexes_alone(
        shop: Book, cut: str, period: Period | None) -> None:
    for statement, plan in plans(shop, period, cut):
        for line in plan.splitlines():
            deals_read = line.startswith(("SCAN d ", "SEARCH d "))
            few = "USING INDEX deals_returns" in line  # the returns alone
            assert not deals_read or few or "COVERING INDEX" in line, f"{statement}\n{plan}"
            assert line != "SCAN d", statement


def test_the_day_never_reads_a_whole_table(shop: Book) -> None:
    small = ("s", "sellers", "stages", "choices", "(subquery-2)")
    for statement, plan in plans(shop, None, "day"):
        scans = [line for line in plan.splitlines() if line.startswith("SCAN") and line.split()[1] not in small]
        assert scans in ([], ["SCAN CONSTANT ROW"]), f"{statement}\n{plan}"


def test_an_overdue_task_is_one_still_open_when_the_day_ended(tmp_path: Path) -> None:
    book = new_book(tmp_path / "tasks.crm")
    yesterday, tomorrow = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    fill(book, {"tasks": [{"name": "x", "due_on": due, "done_on": done} for due, done in (
        (yesterday, None), (yesterday, TODAY), (yesterday, tomorrow), (TODAY, None), (None, None))]})
    with book.read() as connection:
        found = figures.day(connection, TODAY, TODAY, "MYR")
    assert (found.overdue, found.due) == (2, 1)
    book.close()
