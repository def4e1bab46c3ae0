"""The evening's part of the daily report, against a day worked out by hand: Saturday 21 November 2026.

Sales on account of the day: S1 100.00, of which 40.00 in cash now; S2 25.00, all by DuitNow; S3 60.00, nothing yet.
Credit given 60 + 0 + 60 = 120.00 in two sales. Collected: 30.00 in cash for a sale of the 10th, and a cheque of 15.00
that cleared today for no sale (an advance): 45.00. A refund of 5.00 in cash for a return of 5.00. In dollars, and
planned: nothing of it counts. Takings: cash 40 + 30 − 5 = 65.00, DuitNow 25.00, cheque 15.00: 105.00.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop_crm.domain.accounts import METHODS
from desktop_crm.domain.errors import InvalidInput, NotFound
from desktop_crm.domain.evening import Evening, TargetSum
from desktop_crm.domain.sales import GiveBack, Sale
from desktop_crm.domain.values import Period
from desktop_crm.reports import targets
from desktop_crm.reports.report import Line, Report, Table
from desktop_crm.services import accounts, activities, business, deals, evening, payments, reports, sales
from desktop_crm.services.book import Book
from tests.books import TODAY, new_book, undo_all
from tests.reports.shop import AMINAH, BALA, NOV, cells, deal, fill, listed, on, summed, values

NOVEMBER = Period.month(TODAY)
YESTERDAY = TODAY - timedelta(days=1)


def table(report: Report, key: str) -> Table:
    return next(table for table in report.tables if table.key == key)


def notes(report: Report) -> dict[str, str]:
    return {figure.key: figure.note for figure in report.figures}


def people(book: Book) -> None:
    fill(book, {"sellers": [{"name": "Aminah"}, {"name": "Bala"}],
                "customers": [{"name": "Acme", "state": "customer"}, {"name": "小明科技", "state": "customer"}]})


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    book = new_book(tmp_path_factory.mktemp("evening") / "shop.crm")
    people(book)
    sales.sell(book, Sale(customer_id=1, total=5_000, paid=0, on=on(NOV, 10)))
    sales.sell(book, Sale(customer_id=1, total=10_000, paid=4_000, seller_id=AMINAH))
    sales.sell(book, Sale(customer_id=2, total=2_500, method="duitnow", seller_id=BALA))
    sales.sell(book, Sale(customer_id=2, total=6_000, paid=0, seller_id=BALA))
    accounts.receive(book, 1, 3_000, seller_id=AMINAH)
    sales.give_back(book, GiveBack(amount=500, seller_id=AMINAH))
    cheque = accounts.receive(book, 1, 1_500, "cheque", seller_id=BALA, parts=())
    accounts.advance(book, cheque.taking, "cleared")
    payments.add(book, {"amount": 900, "due_on": TODAY, "method": "cash"})
    fill(book, {"payments": [{"amount": 700, "received_on": TODAY, "currency": "USD", "method": "cash"}]})
    yield book
    book.close()


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = new_book(tmp_path / "one.crm")
    people(made)
    yield made
    made.close()


def test_takings_by_method_and_receiver(shop: Book) -> None:
    takings = table(reports.build(shop, "daily"), "takings")
    assert [column.title for column in takings.columns] == ["Method", "Aminah", "Bala", "Payments", "Amount"]
    assert takings.rows == (("Cash", 6_500, 0, 3, 6_500), ("Cheque", 0, 1_500, 1, 1_500),
                            ("DuitNow QR", 0, 2_500, 1, 2_500))
    assert takings.totals == ("Total", 6_500, 4_000, 5, 10_500)
    assert [summed(shop, wanted) for wanted in takings.filters] == [6_500, 1_500, 2_500]


def test_credit_given_and_collected(shop: Book) -> None:
    report = reports.build(shop, "daily")
    assert (values(report)["credit_given"], notes(report)["credit_given"]) == (12_000, "2 sales")
    assert (values(report)["collected"], notes(report)["collected"]) == (4_500, "2 payments")
    figures = {figure.key: figure for figure in report.figures}
    assert {row.amount for row in listed(shop, figures["credit_given"].filter)} == {10_000, 6_000}
    assert summed(shop, figures["collected"].filter) == 4_500


def test_credit_is_the_day_s_change_of_what_is_owed(shop: Book) -> None:
    owed = sum(accounts.balances(shop).values())
    before = 5_000                                              # the sale of the 10th alone
    assert owed - before == 12_000 - 4_500


def test_a_day_without_credit_or_takings_says_nothing_of_them(shop: Book) -> None:
    past = reports.build(shop, "daily", Period.day(on(NOV, 9)))
    assert not {"credit_given", "collected", "cash_counted", "target"} & set(values(past))
    assert [table.key for table in past.tables] == ["people", "board"]


@pytest.mark.parametrize(("counted", "note", "tone"), [
    (6_500, "as taken", "good"), (6_200, "RM 3 short of RM 65", "warn"), (6_510, "RM 0.10 too much for RM 65", "warn")])
def test_the_counted_cash_against_the_cash_taken(tmp_path: Path, counted: int, note: str, tone: str) -> None:
    book = new_book(tmp_path / "cash.crm")
    people(book)
    sales.sell(book, Sale(total=7_000))
    sales.give_back(book, GiveBack(amount=500))
    assert "cash_counted" not in values(reports.build(book, "daily"))
    evening.count_cash(book, TODAY, counted)
    report = reports.build(book, "daily")
    figure = next(figure for figure in report.figures if figure.key == "cash_counted")
    assert (figure.value, figure.note, figure.tone) == (counted, note, tone)
    assert summed(book, figure.filter) == 6_500
    assert [said for said, _, _ in report.sections[0].items] == ([] if tone == "good" else [f"Cash: {note}"])
    book.close()


def test_a_count_is_replaced_taken_away_and_undone(book: Book) -> None:
    evening.count_cash(book, TODAY, 100)
    evening.count_cash(book, TODAY, 200)
    assert evening.counted(book, TODAY) == 200
    evening.count_cash(book, TODAY, None)
    assert evening.counted(book, TODAY) is None
    book.undo()
    assert evening.counted(book, TODAY) == 200
    undo_all(book)
    assert evening.counted(book, TODAY) is None


@pytest.mark.parametrize("act", [
    lambda book: evening.count_cash(book, TODAY, -1), lambda book: evening.count_cash(book, date(2026, 11, 22), 5),
    lambda book: evening.set_target(book, NOVEMBER, 0), lambda book: evening.set_target(book, Period(None, TODAY), 5),
    lambda book: evening.set_target(book, Period(TODAY, TODAY), 5)])
def test_what_cannot_be_is_refused(book: Book, act: Any) -> None:
    with pytest.raises(InvalidInput, match="Nothing was saved"):
        act(book)
    assert (evening.counted(book, TODAY), evening.targets(book)) == (None, [])


def test_a_target_of_nobody_is_refused(book: Book) -> None:
    with pytest.raises(NotFound):
        evening.set_target(book, NOVEMBER, 5, seller=99)


def test_targets_are_set_listed_and_taken_away(book: Book) -> None:
    evening.set_target(book, NOVEMBER, 120_000)
    evening.set_target(book, NOVEMBER, 70_000, seller=BALA)
    evening.set_target(book, NOVEMBER, 80_000, seller=BALA)
    evening.set_target(book, Period.month(date(2026, 12, 1)), 1)
    assert [(row.seller, row.amount) for row in evening.targets(book, TODAY)] == [(None, 120_000), ("Bala", 80_000)]
    assert len(evening.targets(book)) == 3
    evening.set_target(book, NOVEMBER, None, seller=BALA)
    assert [row.seller for row in evening.targets(book, TODAY)] == [None]
    book.undo()
    assert [row.seller for row in evening.targets(book, TODAY)] == [None, "Bala"]


def won(book: Book) -> None:
    """Won in November: Aminah 300 on the 2nd and 100 on the 21st, Bala 200 on the 20th; 50 on the 30th is to come."""
    fill(book, {"deals": [
        deal("a", "won", 30_000, on(NOV, 1), on(NOV, 2), seller=AMINAH), deal("b", "won", 10_000, TODAY, TODAY,
                                                                             seller=AMINAH),
        deal("c", "won", 20_000, on(NOV, 1), YESTERDAY, seller=BALA), deal("d", "won", 5_000, TODAY, on(NOV, 30)),
        deal("e", "won", 99_900, on(NOV, 1), on(10, 31), seller=BALA)]})


def test_plan_and_fact_by_seller(book: Book) -> None:
    won(book)
    evening.set_target(book, NOVEMBER, 120_000)
    evening.set_target(book, NOVEMBER, 40_000, seller=AMINAH)
    evening.set_target(book, NOVEMBER, 80_000, seller=BALA)
    report = reports.build(book, "daily")
    found = table(report, "targets")
    assert found.title == "Targets, November 2026"
    assert cells(found, "target", "won_amount", "share", "left", "days") == {
        "The whole shop": (120_000, 60_000, 0.5, 60_000, 9), "Aminah": (40_000, 40_000, 1.0, 0, 9),
        "Bala": (80_000, 20_000, 0.25, 60_000, 9)}
    assert [summed(book, wanted) for wanted in found.filters] == [60_000, 40_000, 20_000]


def test_the_shop_s_target_with_its_progress(book: Book) -> None:
    won(book)
    assert reports.build(book, "daily").chart.note == "RM 600 so far"  # type: ignore[union-attr]
    evening.set_target(book, NOVEMBER, 120_000)
    report = reports.build(book, "daily")
    figure = next(figure for figure in report.figures if figure.key == "target")
    assert (figure.title, figure.value, figure.note) == (
        "Target, November 2026", 60_000, "50 % of RM 1,200, 9 days left")
    assert summed(book, figure.filter) == 60_000
    assert not any(table.key == "targets" for table in report.tables)   # no seller has one
    assert report.chart is not None and report.chart.note == "RM 600 · target RM 1,200 - - needed"
    assert sum(isinstance(shape, Line) and shape.dashed for shape in report.chart.shapes) == 29


def test_what_each_day_needs(book: Book) -> None:
    """1,200.00 over 30 days: 40.00 on the first; 900 / 28 on the 3rd; after today 600 / 9 on each."""
    won(book)
    evening.set_target(book, NOVEMBER, 120_000)
    with book.read() as connection:
        from desktop_crm.storage import figures
        day = figures.day(connection, TODAY, TODAY, "MYR")
    needed = targets.needed(day)
    assert needed[:2] == (4_000, 120_000 / 29)
    assert needed[2] == 90_000 / 28
    assert needed[20] == 70_000 / 10
    assert set(needed[21:]) == {60_000 / 9} and len(needed) == 30
    reached = replace(day, evening=Evening(targets=(TargetSum(1, None, None, NOVEMBER, 45_000, 60_000),)))
    assert len(targets.needed(reached)) == 20                  # 300 on the 2nd, 200 on the 20th: reached that day


def test_of_several_targets_the_shortest_period_speaks(book: Book) -> None:
    evening.set_target(book, Period.year(TODAY), 900_000)
    assert notes(reports.build(book, "daily"))["target"] == "0 % of RM 9,000, 40 days left"
    evening.set_target(book, NOVEMBER, 120_000)
    assert notes(reports.build(book, "daily"))["target"] == "0 % of RM 1,200, 9 days left"


def late(book: Book, day: date | None = None) -> list[tuple[Any, ...]]:
    report = reports.build(book, "daily", Period.day(day) if day else None)
    return [row for table in report.tables if table.key == "late" for row in table.rows]


def test_what_was_entered_after_the_report_was_printed(book: Book) -> None:
    first = sales.sell(book, Sale(total=1_000, on=YESTERDAY, note="Rice"))
    second = sales.sell(book, Sale(total=2_000, on=YESTERDAY, note="Oil"))
    assert late(book) == []                                     # nothing was printed yet
    evening.printed(book, "daily", YESTERDAY)
    assert late(book) == []
    book.actor = "Bala"
    sales.sell(book, Sale(total=400, on=YESTERDAY, note="Salt"))
    sales.sell(book, Sale(total=7_777, note="of today"))
    book.actor = ""
    deals.edit(book, second.deal_id, {"amount": 1_500})
    deals.edit(book, first.deal_id, {"notes": "nothing of the sums"})
    payments.delete(book, payments.list_ids(book)[:1])
    report = reports.build(book, "daily")
    assert table(report, "late").title == "Entered after the report of 20 Nov 2026 was printed"
    assert table(report, "late").rows == (
        ("Sell Salt", YESTERDAY, 400, 400, "Bala"), ("Edit deal Oil", YESTERDAY, -500, 0, None),
        ("Delete 1 payments", YESTERDAY, 0, -1_000, None))
    assert table(report, "late").totals == ("Total", None, -100, -600, None)
    assert [row.name for row in listed(book, table(report, "late").filters[0])] == ["Salt"]


def test_what_was_taken_back_is_not_late(book: Book) -> None:
    evening.printed(book, "evening", YESTERDAY)
    sales.sell(book, Sale(total=400, on=YESTERDAY))
    assert len(late(book)) == 1
    book.undo()
    assert late(book) == []
    sales.sell(book, Sale(total=400, on=YESTERDAY))
    evening.printed(book, "daily", YESTERDAY)                   # printed anew: nothing is late any more
    assert late(book) == []


def test_a_day_off_between_hides_nothing(book: Book) -> None:
    thursday = TODAY - timedelta(days=2)
    evening.printed(book, "daily", thursday)
    sales.sell(book, Sale(total=400, on=thursday, note="Late"))
    sales.sell(book, Sale(total=300, on=YESTERDAY, note="That day was not printed"))
    assert [row[0] for row in late(book)] == ["Sell Late"]


def test_each_report_of_the_past_tells_its_own_late_acts_once(book: Book) -> None:
    thursday = TODAY - timedelta(days=2)
    evening.printed(book, "daily", thursday)
    sales.sell(book, Sale(total=400, on=thursday, note="told on Friday"))
    evening.printed(book, "daily", YESTERDAY)
    sales.sell(book, Sale(total=300, on=thursday, note="told on Saturday"))
    assert [row[0] for row in late(book, YESTERDAY)] == ["Sell told on Friday"]
    assert [row[0] for row in late(book)] == ["Sell told on Saturday"]


def test_an_import_is_summed_in_one_line(book: Book) -> None:
    evening.printed(book, "daily", YESTERDAY)
    fill(book, {"deals": [deal("x", "won", 10, YESTERDAY, YESTERDAY) for _ in range(2_500)]
                + [deal("y", "won", 10, TODAY, TODAY)]})
    sales.sell(book, Sale(total=400, on=YESTERDAY, note="after it"))
    assert [row[:4] for row in late(book)] == [("Fill", YESTERDAY, 25_000, 0), ("Sell after it", YESTERDAY, 400, 400)]
    book.undo()
    book.undo()
    assert late(book) == []


def test_a_printing_is_no_undo_step_and_undo_keeps_it(book: Book) -> None:
    sales.sell(book, Sale(total=100))
    evening.printed(book, "daily", TODAY)
    assert undo_all(book) == 2                                  # the sale and the people
    with book.read() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM printings").scalar_one() == 1


def test_more_receivers_than_fit_beside_each_other_have_a_table(book: Book) -> None:
    fill(book, {"sellers": [{"name": f"S{number}"} for number in range(3, 6)],
                "payments": [{"amount": number, "received_on": TODAY, "currency": "MYR", "seller_id": number,
                              "method": "cash" if number % 2 else "Barter <b>"} for number in range(1, 6)]})
    report = reports.build(book, "daily")
    assert table(report, "takings").rows == (("Cash", 3, 9), ("Barter <b>", 2, 6))
    assert table(report, "receivers").rows[:2] == (("Aminah", 1, 0, 1, 1), ("Bala", 0, 2, 1, 2))
    assert [summed(book, wanted) for wanted in table(report, "receivers").filters] == [1, 2, 3, 4, 5]


def test_money_without_method_or_receiver_is_told_as_such(book: Book) -> None:
    fill(book, {"payments": [{"amount": 5, "received_on": TODAY, "currency": "MYR", "seller_id": None},
                             {"amount": 7, "received_on": TODAY, "currency": "MYR", "seller_id": BALA}]})
    takings = table(reports.build(book, "daily"), "takings")
    assert [column.title for column in takings.columns][1:3] == ["Bala", "Receiver not noted"]
    assert takings.rows == (("Method not noted", 7, 5, 2, 12),)
    assert summed(book, takings.filters[0]) == 12


def test_the_evening_report_leaves_out_what_is_empty(shop: Book, book: Book) -> None:
    report = evening.report(shop)
    assert [figure.key for figure in report.figures] == [
        "won_amount", "received", "credit_given", "collected", "won"]
    assert [table.key for table in report.tables] == ["takings", "people"]
    assert report.sections == () or report.sections[0].items
    bare = evening.report(book)
    assert "late" not in [section.key for section in bare.sections]
    assert [figure.key for figure in bare.figures] == ["won_amount", "received"]
    assert bare.sections == ()
    assert set(METHODS) >= {"cash", "duitnow"}


def test_late_acts_stand_on_the_evening_page_as_sentences(book: Book) -> None:
    evening.printed(book, "evening", YESTERDAY)
    book.actor = "Bala"
    for number in range(8):
        sales.sell(book, Sale(total=400, on=YESTERDAY, note=f"Salt {number}"))
    section = evening.report(book).sections[-1]
    assert (section.key, section.title) == ("late", "Entered after the report of 20 Nov 2026 was printed")
    assert [said for said, _, _ in section.items[:1]] == ["Sell Salt 0 · 20 Nov 2026 · RM 4.00 · Bala"]
    assert [said for said, _, _ in section.items[4:]] == ["and 4 more acts"]
    assert [row.name for row in listed(book, section.items[0][1])] == ["Salt 0"]


def test_two_amounts_of_a_late_act_say_which_is_which(book: Book) -> None:
    evening.printed(book, "evening", YESTERDAY)
    sales.sell(book, Sale(total=400, on=YESTERDAY, note="Salt", customer_id=1, paid=150))
    sales.sell(book, Sale(total=900, on=YESTERDAY, note="Oil", customer_id=1, paid=0))
    assert [said for said, _, _ in evening.report(book).sections[-1].items] == [
        "Sell Salt · 20 Nov 2026 · Won amount: RM 4.00 · Received: RM 1.50",
        "Sell Oil · 20 Nov 2026 · Won amount: RM 9.00"]


def test_sellers_and_their_targets_are_one_table_on_the_evening_page(book: Book) -> None:
    won(book)
    evening.set_target(book, NOVEMBER, 120_000)
    evening.set_target(book, NOVEMBER, 40_000, seller=AMINAH)
    people = table(evening.report(book), "people")
    assert [column.key for column in people.columns] == [
        "group", "won_amount", "received", "won", "target", "so_far", "share"]
    assert people.rows == (("Aminah", 10_000, 0, 1, 40_000, 40_000, 1.0), ("Bala", 0, 0, 0, None, None, None))
    assert people.totals == ("Total", 10_000, 0, 1, 120_000, 60_000, 0.5)


def test_requests_without_an_answer_need_you(book: Book) -> None:
    fill(book, {"customers": [
        {"name": name, "state": "lead", "lead_state": "new", "created_on": day} for name, day in (
            ("waits", TODAY), ("called", TODAY), ("too old", TODAY - timedelta(days=7)))]})
    activities.log(book, {"name": "hello", "kind": "call", "direction": "out", "customer_id": 4})
    said, wanted, tone = reports.build(book, "daily").sections[0].items[0]
    assert (said, tone) == ("1 request without an answer", "bad")
    assert [row.name for row in listed(book, wanted)] == ["waits"]
    business.set_business(book, {"answer_minutes": "0"})
    assert reports.build(book, "daily").sections[0].items == ()
