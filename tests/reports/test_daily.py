"""The daily report, against a day worked out by hand: Saturday 21 November 2026."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop_crm.domain.errors import InvalidInput
from desktop_crm.domain.values import Period
from desktop_crm.reports.report import Rect, Report, ValueType
from desktop_crm.services import reports
from desktop_crm.services.book import Book
from tests.books import TODAY, new_book
from tests.reports.shop import (
    ACME,
    AMINAH,
    BALA,
    CHEN,
    NOV,
    OCT,
    cells,
    deal,
    fill,
    listed,
    on,
    open_shop,
    summed,
    values,
)


def payment(amount: int, due: Any, received: Any = None, **more: Any) -> dict[str, Any]:
    return {"amount": amount, "due_on": due, "received_on": received, "currency": "MYR", "seller_id": None,
            "customer_id": None, **more}


def task(due: Any, done: Any = None, **more: Any) -> dict[str, Any]:
    return {"name": "Call", "due_on": due, "done_on": done, "customer_id": None, "seller_id": None, **more}


def activity(kind: str, day: Any, **more: Any) -> dict[str, Any]:
    return {"name": "Text", "kind": kind, "on_date": day, "state": "held", "seller_id": None, **more}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """The shop with a busy Saturday."""
    book = new_book(tmp_path_factory.mktemp("day") / "day.crm")
    open_shop(book)
    fill(book, {
        "payments": [
            payment(500, TODAY, TODAY, seller_id=AMINAH), payment(300, on(NOV, 10), TODAY),
            payment(700, TODAY, seller_id=AMINAH), payment(900, TODAY, TODAY, currency="USD"),
            payment(1_000, on(NOV, 22)), payment(2_000, on(NOV, 28)), payment(4_000, on(NOV, 29)),
            payment(150, on(NOV, 1)), payment(50, on(OCT, 31), TODAY + timedelta(days=1))],
        "tasks": [
            task(TODAY, TODAY, seller_id=AMINAH), task(TODAY, seller_id=BALA), task(on(NOV, 20), seller_id=BALA),
            task(on(NOV, 19), TODAY), task(on(NOV, 18), on(NOV, 22)), task(on(NOV, 22)), task(None),
            task(on(NOV, 30), customer_id=ACME)],
        "activities": [
            activity("call", TODAY, seller_id=AMINAH), activity("call", TODAY, seller_id=AMINAH),
            activity("call", TODAY, state="planned", seller_id=AMINAH), activity("visit", TODAY, seller_id=CHEN),
            activity("note", TODAY), activity("call", on(NOV, 20)), activity("call", on(NOV, 14))],
        "stage_moves": [
            {"deal_id": 5, "from_stage_id": None, "to_stage_id": 1, "on_date": TODAY},
            {"deal_id": 1, "from_stage_id": 1, "to_stage_id": 2, "on_date": TODAY},
            {"deal_id": 1, "from_stage_id": 2, "to_stage_id": 6, "on_date": TODAY},
            {"deal_id": 3, "from_stage_id": 1, "to_stage_id": 7, "on_date": TODAY},
            {"deal_id": 2, "from_stage_id": 1, "to_stage_id": 6, "on_date": on(NOV, 10)}],
    })
    yield book
    book.close()


@pytest.fixture(scope="module")
def report(shop: Book) -> Report:
    return reports.build(shop, "daily")


def test_the_figures_of_the_day(report: Report) -> None:
    assert values(report) == {
        "won_amount": 10_000, "received": 800, "planned_tomorrow": 1_000, "planned_week": 3_000, "leads": 2,
        "opened": 2, "won": 2, "lost": 1, "moved": 2, "done": 2, "due": 2, "overdue": 2, "activities": 4}
    assert (report.title, report.subtitle) == ("Daily report", "Saturday, 21 November 2026")
    assert (report.start, report.end) == (TODAY, on(NOV, 22))


def test_the_five_that_head_the_page(report: Report) -> None:
    assert [(figure.title, figure.note) for figure in report.figures[:5]] == [
        ("Won today", "usual RM 0"), ("Received", "of RM 12 planned"),
        ("Planned tomorrow", "1 payment"), ("Planned, 7 days", "2 payments, 2 late"), ("New leads", "usual 0")]


def test_every_figure_lists_the_rows_that_it_counts(shop: Book, report: Report) -> None:
    for figure in report.figures:
        assert figure.formula
        count = summed if figure.type is ValueType.MONEY else lambda book, wanted: len(listed(book, wanted))
        assert count(shop, figure.filter) == figure.value, figure.key


def test_what_needs_you(shop: Book, report: Report) -> None:
    section = report.sections[0]
    assert [(sentence, tone) for sentence, _, tone in section.items] == [
        ("1 deal over its stage limit", ""),             # D6: 15 days in Negotiation, whose limit is 14
        ("1 hot customer without a next step", ""),      # Gamma; Acme has a task
        ("2 tasks overdue", "bad"), ("2 payments late, RM 2", "bad"), ("Lost: 1, Price — D3", "")]
    assert [len(listed(shop, wanted)) for _, wanted, _ in section.items] == [1, 1, 2, 2, 1]
    assert summed(shop, section.items[3][1]) == 200


def test_who_did_what(shop: Book, report: Report) -> None:
    keys = ("won", "lost", "won_amount", "calls", "done", "due", "overdue", "planned", "received")
    assert cells(report, *keys) == {
        "Aminah": (1, 0, 10_000, 2, 1, 1, 0, 1_200, 500), "Bala": (1, 1, 0, 0, 0, 1, 1, 0, 0),
        "Chen": (0, 0, 0, 0, 0, 0, 0, 0, 0), None: (0, 0, 0, 0, 1, 0, 1, 0, 300)}
    assert report.tables[0].totals == ("Total", 2, 1, 10_000, 2, 2, 2, 2, 1_200, 800)
    assert [len(listed(shop, wanted)) for wanted in report.tables[0].filters] == [1, 2, 0, 0]


@pytest.mark.parametrize(("cut", "expected"), [("team", {"North": (2, 1, 10_000), None: (0, 0, 0)}),
                                               ("region", {"Penang": (1, 0, 10_000), "Johor": (1, 1, 0),
                                                           None: (0, 0, 0)})])
def test_by_team_and_region(shop: Book, cut: str, expected: dict[str | None, tuple[int, ...]]) -> None:
    table = reports.build(shop, "daily", cut=cut).tables[0]
    assert cells(table, "won", "lost", "won_amount") == expected
    assert [len(listed(shop, wanted)) for wanted in table.filters] == [won + lost for won, lost, _ in expected.values()]


def test_activities_by_type_and_seller(shop: Book, report: Report) -> None:
    table = next(table for table in report.tables if table.key == "activities")
    assert [column.key for column in table.columns] == ["group", "call", "visit", "note", "total"]
    assert table.rows == (("Aminah", 2, 0, 0, 2), ("Chen", 0, 1, 0, 1), (None, 0, 0, 1, 1))
    assert table.totals == ("Total", 2, 1, 1, 4)
    assert [len(listed(shop, wanted)) for wanted in table.filters] == [2, 1, 1]


def test_lost_and_why(shop: Book, report: Report) -> None:
    table = next(table for table in report.tables if table.key == "lost")
    assert (table.rows, table.totals) == ((("Price", 1, "D3"),), ("Total", 1, None))
    assert [row.name for row in listed(shop, table.filters[0])] == ["D3"]


def test_the_chart_means_the_day_and_leaves_room_for_the_month(report: Report) -> None:
    assert report.chart is not None
    bars = [shape for shape in report.chart.shapes if isinstance(shape, Rect)]
    assert [(bar.fill, bar.tip) for bar in bars] == [
        ("accent_muted", "10 Nov 2026: RM 200.01"), ("accent", "21 Nov 2026: RM 100")]
    assert bars[1].x + bars[1].width < report.chart.width * 21 / 30 + 1
    assert report.chart.note == "RM 300.01 so far"
    assert len(report.chart.table.rows) == 21


def test_a_day_of_the_past_tells_nothing_of_the_present(shop: Book) -> None:
    past = reports.build(shop, "daily", Period.day(on(NOV, 20)))
    assert past.figures[0].title == "Won"
    assert values(past)["overdue"] == 2                     # due on the 18th and 19th, both done later
    assert [sentence for sentence, _, _ in past.sections[0].items] == ["2 tasks overdue", "3 payments late, RM 5"]
    for figure in past.figures:
        count = summed if figure.type is ValueType.MONEY else lambda book, wanted: len(listed(book, wanted))
        assert count(shop, figure.filter) == figure.value, figure.key


def test_usual_is_the_median_of_the_same_weekday_with_empty_days(book: Book) -> None:
    saturdays = [TODAY - timedelta(weeks=weeks) for weeks in range(1, 10)]
    # Over 8 weeks: 100, 200, 300, 400, 500, 0, 0, 0 → median (100 + 200) / 2; the ninth Saturday is too long ago.
    fill(book, {"deals": [deal("x", "won", amount, on(OCT, 1), day) for amount, day in
                          zip((100, 200, 300, 400, 500), saturdays, strict=False)]
                + [deal("old", "won", 10**9, on(OCT, 1), saturdays[8]),
                   deal("Friday", "won", 10**9, on(OCT, 1), TODAY - timedelta(days=1)),
                   deal("today", "won", 177, TODAY, TODAY)]})
    report = reports.build(book, "daily")
    board = next(table for table in report.tables if table.key == "board")
    assert [row[:3] for row in board.rows] == [
        ("21 Nov 2026", 1, 177), ("Usual Saturday", 1.0, 150),
        ("November 2026 so far", 4, 10**9 + 177 + 100 + 200)]   # the 7th, 14th, 20th and 21st
    assert (report.figures[0].note, report.figures[0].tone) == ("+18 % on a usual Saturday", "good")


def test_less_than_usual_is_said_quietly(book: Book) -> None:
    fill(book, {"deals": [deal("x", "won", 1_000, on(OCT, 1), TODAY - timedelta(weeks=week)) for week in range(1, 9)]
                + [deal("y", "won", 400, TODAY, TODAY)]})
    figure = reports.build(book, "daily").figures[0]
    assert (figure.note, figure.tone) == ("−60 % on a usual Saturday", "")


def test_an_empty_file_has_an_empty_day(book: Book) -> None:
    report = reports.build(book, "daily")
    assert set(values(report).values()) == {0}
    assert (report.sections[0].items, report.sections[0].empty) == ((), "Nothing is waiting for you.")
    assert [table.key for table in report.tables] == ["people", "board"]
    assert report.tables[0].rows == ()


def test_the_business_day_begins_at_its_hour(tmp_path: Path) -> None:
    one_at_night = datetime(2026, 11, 21, 17, 0, tzinfo=UTC)   # 01:00 of the 22nd in Kuala Lumpur
    book = new_book(tmp_path / "night.crm", now=one_at_night)
    assert reports.build(book, "daily").start == on(NOV, 22)
    with book.work("Cut-off") as work:
        work.connection.exec_driver_sql("INSERT INTO settings(uid, key, value) VALUES('u', 'cutoff', '02:00')")
    assert reports.build(book, "daily").start == on(NOV, 21)
    book.close()


def test_it_speaks_of_one_day(shop: Book) -> None:
    with pytest.raises(InvalidInput, match="one day"):
        reports.build(shop, "daily", Period.month(TODAY))
    with pytest.raises(InvalidInput, match="one day"):
        reports.build(shop, "daily", Period(None, TODAY))


def test_other_currencies_are_said(report: Report) -> None:
    assert "2 deals and payments are in other currencies than MYR" in report.notes[1]   # D7, and 900 dollars
