"""Real purchase histories (CDNOW, 2,357 buyers of 1997 and 1998): the published summary, and RFM counted by pandas."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from desktop_crm.domain.rfm import Ranking
from desktop_crm.services import rfm
from desktop_crm.services.book import Book
from desktop_crm.storage import records
from tests.books import new_book

DATA = Path(__file__).parents[3] / "shared" / "data" / "b_transactions" / "lifetimes"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real input files (../shared/data) are not here")


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    """One row a purchase: customer, day, amount in cents."""
    table = pd.read_csv(DATA / "CDNOW_sample.txt", sep=r"\s+", header=None,
                        names=["master", "customer_id", "day", "units", "amount"], dtype={"day": str})
    table["closed_on"] = pd.to_datetime(table["day"]).dt.date
    table["amount"] = (table["amount"] * 100).round().astype(int)
    return table[["customer_id", "closed_on", "amount"]]


@pytest.fixture(scope="module")
def book(frame: pd.DataFrame, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    made = new_book(tmp_path_factory.mktemp("cdnow") / "cdnow.crm", currency="USD")
    with made.work("plant", bulk=True) as work:
        records.add_many(work.connection, "customers", [
            {"name": f"Buyer {number}", "state": "customer"} for number in range(1, frame["customer_id"].max() + 1)])
        records.add_many(work.connection, "deals", [
            {"name": "CDs", "customer_id": one.customer_id, "closed_on": one.closed_on, "amount": one.amount,
             "currency": "USD", "status": "won", "pipeline_id": 1, "stage_id": 1} for one in frame.itertuples()])
    yield made
    made.close()


def test_days_and_orders_are_those_of_the_published_summary(book: Book, frame: pd.DataFrame) -> None:
    """It stands at 30 September 1997; it counts weeks, and purchases of one day as one."""
    end = date(1997, 9, 30)
    summary = pd.read_csv(DATA / "cdnow_customers_summary.csv", index_col="ID")
    found = rfm.ranking(book, end, 12)
    assert set(found) == set(summary.index) and len(found) == 2357
    silent = ((summary["T"] - summary["recency"]) * 7).round()
    assert {key: one.days for key, one in found.items()} == silent.astype(int).to_dict()
    until = frame[frame["closed_on"] <= end]
    twice = until.groupby("customer_id").size() - until.groupby("customer_id")["closed_on"].nunique()
    assert {key: one.orders for key, one in found.items()} == (summary["frequency"] + 1 + twice).to_dict()


def scores(values: pd.Series) -> pd.Series:
    """1 + floor(5 · strictly worse / n), more being better."""
    return 1 + 5 * (values.rank(method="min") - 1) // len(values)


def compare(found: Ranking, frame: pd.DataFrame, on: date, since: date) -> None:
    inside = frame[(frame["closed_on"] <= on) & (frame["closed_on"] > since)]
    table = inside.groupby("customer_id").agg(last=("closed_on", "max"), orders=("amount", "size"),
                                              amount=("amount", "sum"))
    days = table["last"].map(lambda day: (on - day).days)
    once = table["orders"].value_counts().max() / len(table)
    assert found.fixed == ({"f"} if once > .4 else frozenset())
    wanted = pd.DataFrame({
        "r": scores(-days), "m": scores(table["amount"]),
        "f": table["orders"].map(lambda n: 1 + sum(n >= cut for cut in (2, 3, 5, 8))) if once > .4
        else scores(table["orders"])}).astype(int)
    bought = {key: one for key, one in found.items() if one.orders}
    assert {key: (one.r, one.f, one.m) for key, one in bought.items()} == {
        key: (row.r, row.f, row.m) for key, row in zip(wanted.index, wanted.itertuples(), strict=True)}
    assert len(found) == frame.loc[frame["closed_on"] <= on, "customer_id"].nunique() > len(bought)


def test_scores_are_those_that_pandas_counts(book: Book, frame: pd.DataFrame) -> None:
    compare(rfm.ranking(book, date(1998, 6, 30), 12), frame, date(1998, 6, 30), date(1997, 6, 30))
    compare(rfm.ranking(book, date(1998, 6, 30), 6), frame, date(1998, 6, 30), date(1997, 12, 30))
