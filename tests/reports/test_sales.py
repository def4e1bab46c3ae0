"""The sales report, against figures worked out by hand (the table in tests/reports/shop.py)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop_crm.domain.values import Period
from desktop_crm.services import reports
from desktop_crm.services.book import Book
from tests.books import new_book
from tests.reports.shop import NOV, cells, deal, fill, listed, on, summed, values

COLUMNS = ["group", "deals", "won", "lost", "open", "won_amount", "win_rate", "win_rate_amount", "average_won",
           "days_closed_mean", "days_closed_median", "days_won_mean", "days_won_median", "days_lost_mean",
           "days_lost_median"]
CUTS = ["seller", "team", "region", "product", "line", "industry", "source", "customer", "month", "quarter"]
NOVEMBER = Period.month(on(NOV, 1))
COUNTS = ("deals", "won", "lost", "open", "won_amount")


def test_the_whole_file(shop: Book) -> None:
    report = reports.build(shop, "sales")
    table = report.tables[0]
    assert [column.key for column in table.columns] == COLUMNS
    assert table.rows == ((None, 9, 4, 2, 2, 30_001, 4 / 6, 30_001 / 35_101, 7_500,
                           (51 + 9 + 0 + 16 + 31) / 5, 16.0, 20.0, 9.0, 23.5, 23.5),)
    assert table.totals is not None
    assert table.totals[1:] == table.rows[0][1:]
    assert (report.start, report.end, report.subtitle) == (None, None, "The whole file")


def test_what_stands_outside_the_sums_is_said(shop: Book) -> None:
    notes = " ".join(reports.build(shop, "sales").notes)
    assert "1 deal has no amount" in notes
    assert "1 deal is in another currency than MYR" in notes


@pytest.mark.parametrize(("period", "expected"), [
    (NOVEMBER, (5, 4, 1, 2, 30_001)),                                   # open at its end: D5, D9
    (Period(on(NOV, 1), on(NOV, 21)), (3, 2, 0, 4, 20_001)),            # the 21st is not in it: D1, D3, D4, D9 open
    (Period.day(on(NOV, 21)), (2, 2, 1, 2, 10_000)),
    (Period(None, on(NOV, 21)), (5, 2, 0, 4, 20_001)),                  # D1, D2, D3, D4, D9 created
    (Period(on(NOV, 21), None), (2, 2, 2, 1, 10_000)),                  # D6 has no date: only without a period
    (Period.month(date(2020, 1, 1)), (0, 0, 0, 0, 0)),
])
def test_periods_are_half_open_and_leave_undated_deals_out(shop: Book, period: Period,
                                                           expected: tuple[int, ...]) -> None:
    report = reports.build(shop, "sales", period)
    assert cells(report, *COUNTS)[None] == expected
    found = values(report)
    assert tuple(found[key] for key in COUNTS) == expected


def test_an_empty_period_has_no_rates(shop: Book) -> None:
    row = reports.build(shop, "sales", Period.month(date(2020, 1, 1))).tables[0].rows[0]
    assert row[6:] == (None,) * 9


@pytest.mark.parametrize(("cut", "expected"), [
    ("seller", [("Aminah", 3, 3, 0, 0, 30_001), ("Bala", 3, 1, 1, 0, 0), ("Chen", 2, 0, 1, 1, 0),
                (None, 1, 0, 0, 1, 0)]),
    ("team", [("North", 6, 4, 1, 0, 30_001), (None, 3, 0, 1, 2, 0)]),
    ("region", [("Penang", 3, 3, 0, 0, 30_001), ("Johor", 3, 1, 1, 0, 0), (None, 3, 0, 1, 2, 0)]),
    ("product", [("Tile", 2, 2, 0, 0, 26_001), ("Grout", 1, 1, 0, 0, 4_000), (None, 7, 2, 2, 2, 0)]),
    ("line", [("Floor", 2, 2, 0, 0, 30_001), (None, 7, 2, 2, 2, 0)]),
    ("industry", [("Building", 2, 2, 0, 0, 30_001), (None, 7, 2, 2, 2, 0)]),
    ("source", [("Walk-in", 1, 0, 0, 1, 0), (None, 8, 4, 2, 1, 30_001)]),
    ("customer", [("Acme", 2, 2, 0, 0, 30_001), ("Beta", 4, 2, 1, 1, 0), (None, 3, 0, 1, 1, 0)]),
    ("month", [("2026-10", 2, 0, 0, 2, 0), ("2026-11", 5, 4, 1, 2, 30_001), ("2026-12", 0, 0, 1, 1, 0),
               (None, 2, 0, 0, 1, 0)]),
    ("quarter", [("2026-Q4", 7, 4, 2, 1, 30_001), (None, 2, 0, 0, 1, 0)]),
])
def test_cuts(shop: Book, cut: str, expected: list[tuple[object, ...]]) -> None:
    report = reports.build(shop, "sales", cut=cut)
    rows = [(row[0], *row[1:6]) for row in report.tables[0].rows]
    ordered = sorted(expected, key=lambda row: -int(str(row[5]))) if cut == "source" else expected
    assert rows == ordered
    assert report.tables[0].totals is not None
    assert report.tables[0].totals[1:6] == (9, 4, 2, 2, 30_001)


def test_a_month_is_cut_at_the_periods_ends(shop: Book) -> None:
    report = reports.build(shop, "sales", Period(on(NOV, 5), on(NOV, 21)), "month")
    # Created: D3, D4. Won in it: D2, D8. Open when the 21st began: D1, D3, D4, D9.
    assert cells(report, *COUNTS) == {"2026-11": (2, 2, 0, 4, 20_001)}
    assert [row.name for row in listed(shop, report.tables[0].filters[0])] == ["D3", "D4"]


def test_lengths_of_a_group(shop: Book) -> None:
    found = cells(reports.build(shop, "sales", cut="seller"), "days_won_mean", "days_won_median", "days_lost_mean")
    assert found["Aminah"] == (30.0, 30.0, None)   # 51 and 9; D8 has no created day
    assert found["Bala"] == (0.0, 0.0, 16.0)       # D4 was entered by mistake


def test_equal_sums_stand_in_human_order(book: Book) -> None:
    fill(book, {"sellers": [{"name": name} for name in ("Shop 10", "shop 9", "Ábel", "Zed")],
                "deals": [deal("x", "won", 1, on(NOV, 1), on(NOV, 1), seller=seller) for seller in (4, 3, 2, 1)]})
    assert [row[0] for row in reports.build(book, "sales", cut="seller").tables[0].rows] == \
        ["Ábel", "shop 9", "Shop 10", "Zed"]


def test_two_sellers_of_one_name_are_two_rows(book: Book) -> None:
    fill(book, {"sellers": [{"name": "Ali"}, {"name": "Ali"}],
                "deals": [deal("x", "open", 1, on(NOV, 1), seller=seller) for seller in (1, 2)]})
    report = reports.build(book, "sales", cut="seller")
    assert [row[0:2] for row in report.tables[0].rows] == [("Ali", 1), ("Ali", 1)]
    assert [listed(book, wanted)[0].id for wanted in report.tables[0].filters] == [1, 2]


def test_a_line_with_a_discount_rounds_as_the_deals_own_lines_do(book: Book) -> None:
    lines = [(1500, 333), (1000, -5000), (500, -1)]   # 499.5 → 500; −5000; −0.5 → −1, as on a paper
    fill(book, {"products": [{"name": "Tile", "currency": "MYR"}],
                "deals": [deal("x", "won", 99, on(NOV, 1), on(NOV, 1))],
                "deal_lines": [{"deal_id": 1, "product_id": 1, "quantity": quantity, "price": price}
                               for quantity, price in lines]})
    assert cells(reports.build(book, "sales", cut="product"), "won_amount") == {"Tile": (-4_501,)}


def test_a_line_without_a_price_beside_others_adds_nothing(book: Book) -> None:
    fill(book, {"products": [{"name": "Tile", "currency": "MYR"}, {"name": "Grout", "currency": "MYR"}],
                "deals": [deal("x", "won", 900, on(NOV, 1), on(NOV, 1))],
                "deal_lines": [{"deal_id": 1, "product_id": product, "quantity": 1000, "price": price}
                               for product, price in ((1, 700), (2, None), (None, 50))]})
    found = cells(reports.build(book, "sales", cut="product"), "deals", "won", "won_amount")
    assert found == {"Tile": (1, 1, 700), "Grout": (1, 1, 0), None: (1, 1, 50)}


@pytest.mark.parametrize("period", [None, NOVEMBER, Period(on(NOV, 1), on(NOV, 21)), Period(on(NOV, 21), None)])
def test_every_figure_lists_the_rows_that_it_counts(shop: Book, period: Period | None) -> None:
    report = reports.build(shop, "sales", period)
    figures = {figure.key: figure for figure in report.figures}
    for key in ("deals", "won", "lost", "open"):
        assert len(listed(shop, figures[key].filter)) == figures[key].value, key
    assert summed(shop, figures["won_amount"].filter) == figures["won_amount"].value
    assert len(listed(shop, figures["win_rate"].filter)) == figures["won"].value + figures["lost"].value  # type: ignore[operator]
    assert all(figure.formula for figure in report.figures)


@pytest.mark.parametrize("period", [None, NOVEMBER])
@pytest.mark.parametrize("cut", ["", *CUTS])
def test_every_row_opens_its_deals(shop: Book, cut: str, period: Period | None) -> None:
    table = reports.build(shop, "sales", period, cut).tables[0]
    assert [len(listed(shop, wanted)) for wanted in table.filters] == [row[1] for row in table.rows]


@pytest.mark.parametrize("cut", ["", *CUTS])
def test_the_chart_says_in_a_table_what_it_draws(shop: Book, cut: str) -> None:
    chart = reports.build(shop, "sales", cut=cut).chart
    assert chart is not None
    assert len(chart.table.columns) == 2
    assert chart.table.rows


def test_yen_have_no_decimals(tmp_path: Path) -> None:
    book = new_book(tmp_path / "yen.crm", currency="JPY")
    fill(book, {"sellers": [{"name": "Aiko"}], "deals": [
        deal("x", "won", amount, on(NOV, 1), on(NOV, 2), seller=1, currency="JPY") for amount in (1_000, 1_001)]})
    report = reports.build(book, "sales", cut="seller")
    assert (report.currency, cells(report, "won_amount", "average_won")) == ("JPY", {"Aiko": (2_001, 1_001)})
    assert report.chart is not None
    assert any("2,001" in getattr(shape, "text", "") for shape in report.chart.shapes)
    book.close()


def test_the_words_follow_the_language_and_the_names_do_not(shop: Book) -> None:
    english, malay = (reports.build(shop, "sales", cut="seller", language=code) for code in ("en", "ms"))
    assert malay.language == "ms"
    assert [row[0] for row in malay.tables[0].rows] == [row[0] for row in english.tables[0].rows]


def test_groups_without_deals_have_no_row(shop: Book) -> None:
    found = cells(reports.build(shop, "sales", Period.day(on(NOV, 10)), "customer"), "won", "open")
    assert found == {"Acme": (1, 1), "Beta": (0, 1), None: (0, 2)}  # open that evening: D1, D9, and D3 and D4
