"""desktop-crm next and rfm: as JSON, in words, and what they refuse."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop_crm.services import activities, customers, sellers
from desktop_crm.services.book import Book, open_book
from desktop_crm.services.sales import Sale, sell
from tests.cli.conftest import Run


def opened(shop: str, days: int = 0) -> Book:
    return open_book(Path(shop), clock=lambda: datetime.now(UTC) - timedelta(days=days))


def test_the_next_lead_and_why(run: Run, shop: str) -> None:
    assert run("next", shop, "--json").json is None
    assert run("next", shop).out == "There are no leads.\n"
    book = opened(shop, 20)
    sellers.add(book, {"name": "Ling"})
    customers.add(book, {"name": "Aminah", "kind": "person"})
    customers.add(book, {"name": "Kedai Maju", "seller_id": 1})
    book.close()
    before = Path(shop).read_bytes()
    found = run("next", shop, "--json").json
    assert (found["id"], found["name"], found["seller"], found["reason"], found["why"], found["left"]) == (
        1, "Aminah", None, "score", "waiting for 20 days", None)
    assert run("next", shop, "--seller", "ling").out == "1  Aminah · waiting for 20 days\n"
    assert "no seller “Raj”" in run("next", shop, "--seller", "Raj").refused
    assert Path(shop).read_bytes() == before
    book = opened(shop)
    for lead in (1, 2):
        activities.log(book, {"name": "Called", "kind": "call", "customer_id": lead})
    book.close()
    assert run("next", shop).out.startswith("No lead waits: each was touched today")


def test_buyers_with_their_scores(run: Run, shop: str) -> None:
    assert run("rfm", shop, "--json").json == [] and run("rfm", shop).out == "Nobody has bought anything yet.\n"
    for days, name, total in ((400, "Old", 5000), (40, "Aminah", 9000), (3, "Kedai Maju", 2500)):
        book = opened(shop, days)
        sell(book, Sale(total=total, new_customer=name))
        book.close()
    rows = run("rfm", shop, "--json").json
    assert rows == [
        {"id": 2, "name": "Aminah", "recency": 40, "frequency": 1, "monetary": "90.00", "r": 4, "f": 1, "m": 3,
         "segment": "new"},
        {"id": 3, "name": "Kedai Maju", "recency": 3, "frequency": 1, "monetary": "25.00", "r": 5, "f": 1, "m": 1,
         "segment": "new"},
        {"id": 1, "name": "Old", "recency": 400, "frequency": 0, "monetary": "0.00", "r": None, "f": None, "m": None,
         "segment": "no_purchase"}]
    assert [row["frequency"] for row in run("rfm", shop, "--months", 24, "--json").json] == [1, 1, 1]
    day = (datetime.now(UTC) - timedelta(days=60)).date().isoformat()
    assert [row["id"] for row in run("rfm", shop, "--on", day, "--json").json] == [1]
    assert "511" in run("rfm", shop).out and "No purchase lately" in run("rfm", shop).out
    assert "months" in run("rfm", shop, "--months", 0).refused
    assert [row["id"] for row in run("list", shop, "customers", "--where", 'rfm is "New buyers"', "--json").json] == [
        2, 3]
    found = run("list", shop, "customers", "--where", "recency < 10 and rfm_r >= 4 and activity is active", "--json")
    assert [row["id"] for row in found.json] == [3] and "rfm" not in found.json[0]
