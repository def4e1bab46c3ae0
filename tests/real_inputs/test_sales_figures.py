"""The published figures of a real sales file (Maven Analytics, CRM sales opportunities), and pandas beside them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from desktop_crm.domain.values import Period
from desktop_crm.reports.report import Report
from desktop_crm.services import reports
from desktop_crm.services.book import Book
from tests.books import new_book
from tests.reports.shop import cells, fill, values

DATA = Path(__file__).parents[3] / "shared" / "data" / "a_crm"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real input files (../shared/data) are not here")

DAYS = [f"days_{kind}_{form}" for kind in ("closed", "won", "lost") for form in ("mean", "median")]


def read(name: str) -> pd.DataFrame:
    return pd.read_csv(DATA / name, keep_default_na=False)


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    """The deals as pandas has them: amounts, days, and each seller's team and region."""
    table = read("maven_iso/sales_pipeline_iso.csv").merge(read("maven_mis443/sales_teams.csv"), on="sales_agent",
                                                           how="left")
    table["product"] = table["product"].replace("GTXPro", "GTX Pro")
    table["created"], table["closed"] = pd.to_datetime(table["engage_date"]), pd.to_datetime(table["close_date"])
    table["amount"] = pd.to_numeric(table["close_value"])
    table["days"] = (table["closed"] - table["created"]).dt.days
    return table


@pytest.fixture(scope="module")
def book(frame: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """The same rows in a file of ours."""
    made = new_book(tmp_path_factory.mktemp("maven") / "maven.crm", currency="USD")
    teams, goods = read("maven_mis443/sales_teams.csv"), read("maven_mis443/products.csv")
    sellers = {name: place for place, name in enumerate(teams["sales_agent"], 1)}
    products = {name: place for place, name in enumerate(goods["product"], 1)}
    accounts = {name: place for place, name in enumerate(read("maven_mis443/accounts.csv")["account"], 1)}
    fill(made, {
        "sellers": [{"name": row.sales_agent, "team": row.manager, "region": row.regional_office}
                    for row in teams.itertuples()],
        "products": [{"name": row.product, "line": row.series, "currency": "USD"} for row in goods.itertuples()],
        "customers": [{"name": name} for name in accounts],
        "deals": [_deal(row, sellers, accounts) for row in frame.itertuples()],
        "deal_lines": [{"deal_id": place, "product_id": products[row.product], "quantity": 1000, "price": _minor(row)}
                       for place, row in enumerate(frame.itertuples(), 1)]})
    yield made
    made.close()


def _minor(row: Any) -> int | None:
    return None if pd.isna(row.amount) else round(row.amount * 100)


def _deal(row: Any, sellers: dict[str, int], accounts: dict[str, int]) -> dict[str, Any]:
    status = {"Won": "won", "Lost": "lost"}.get(row.deal_stage, "open")
    return {"name": row.opportunity_id, "external_id": row.opportunity_id, "seller_id": sellers[row.sales_agent],
            "customer_id": accounts.get(row.account), "pipeline_id": 1, "status": status, "currency": "USD",
            "stage_id": {"open": 1, "won": 6, "lost": 7}[status], "amount": _minor(row),
            "created_on": None if pd.isna(row.created) else row.created.date(),
            "closed_on": None if pd.isna(row.closed) else row.closed.date()}


def test_the_published_figures(book: Book) -> None:
    report = reports.build(book, "sales")
    found = values(report)
    assert (found["deals"], found["won"], found["lost"], found["open"]) == (8800, 4238, 2473, 2089)
    assert found["win_rate"] == pytest.approx(0.63150052, abs=5e-9)
    assert (found["won_amount"], found["average_won"]) == (1_000_553_400, 236_091)


def test_the_published_figures_by_product(book: Book) -> None:
    report = reports.build(book, "sales", cut="product")
    won = cells(report, "won_amount")
    assert (won["GTX Pro"], won["MG Advanced"]) == ((351_057_800,), (221_638_700,))
    assert report.tables[0].rows[0][0] == "GTX Pro"
    assert report.tables[0].totals is not None
    assert report.tables[0].totals[1:6] == (8800, 4238, 2473, 2089, 1_000_553_400)


def expected(part: pd.DataFrame) -> tuple[Any, ...]:
    """Counts, sums, rates and lengths of some rows, by pandas."""
    won, lost = part[part["deal_stage"] == "Won"], part[part["deal_stage"] == "Lost"]
    both = pd.concat([won, lost])
    lengths = [getattr(rows["days"], form)() for rows in (both, won, lost) for form in ("mean", "median")]
    return (len(won), len(lost), round(won["amount"].sum() * 100), len(won) / len(both) if len(both) else None,
            *(None if pd.isna(length) else pytest.approx(length) for length in lengths))


def shown(report: Report) -> dict[Any, tuple[Any, ...]]:
    return cells(report, "won", "lost", "won_amount", "win_rate", *DAYS)


@pytest.mark.parametrize(("cut", "column"), [("seller", "sales_agent"), ("region", "regional_office"),
                                             ("team", "manager"), ("product", "product"), ("customer", "account")])
def test_every_group_agrees_with_pandas(book: Book, frame: pd.DataFrame, cut: str, column: str) -> None:
    report = reports.build(book, "sales", cut=cut)
    groups = {name or None: part for name, part in frame.groupby(column)}
    assert shown(report) == {name: expected(part) for name, part in groups.items()}
    assert cells(report, "deals") == {name: (len(part),) for name, part in groups.items()}
    assert cells(report, "open") == {name: (int((part["closed"].isna()).sum()),) for name, part in groups.items()}


def test_every_month_agrees_with_pandas(book: Book, frame: pd.DataFrame) -> None:
    report = reports.build(book, "sales", cut="month")
    closed = {str(month): expected(part) for month, part in frame.groupby(frame["closed"].dt.to_period("M"))}
    nothing = expected(frame.iloc[:0])
    found = shown(report)
    assert {month: row for month, row in found.items() if row != nothing} == closed
    opened = frame.groupby(frame["created"].dt.to_period("M")).size()
    assert {month: count for month, (count,) in cells(report, "deals").items() if month and count} == \
        {str(month): count for month, count in opened.items()}
    for month, (still,) in cells(report, "open").items():
        end = pd.Period(month, "M").end_time if month else None
        assert still == (500 if end is None else int(
            ((frame["created"] <= end) & (frame["closed"].isna() | (frame["closed"] > end))).sum())), month


def test_a_quarter_agrees_with_pandas(book: Book, frame: pd.DataFrame) -> None:
    period = Period.quarter(date(2017, 5, 1))
    start, end = pd.Timestamp(period.start), pd.Timestamp(period.end)
    report = reports.build(book, "sales", period, "region")
    for region, part in frame.groupby("regional_office"):
        inside = part[(part["closed"] >= start) & (part["closed"] < end)]
        assert shown(report)[region] == expected(inside), region
        created = int(((part["created"] >= start) & (part["created"] < end)).sum())
        still = int(((part["created"] < end) & (part["closed"].isna() | (part["closed"] >= end))).sum())
        assert cells(report, "deals", "open")[region] == (created, still), region
