"""desktop-crm score, rescore and convert: as JSON and in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.services import customers, deals, scoring, segments
from desktop_crm.services.book import open_book
from tests.cli.conftest import Run


def fill(shop: str) -> None:
    """Three records of twenty days ago, of which two are leads, and two rules; one of them looks at the calendar."""
    book = open_book(Path(shop), clock=lambda: datetime.now(UTC) - timedelta(days=20))
    customers.add(book, {"name": "Aminah", "kind": "person", "starred": True}, phones=["012-345 6789"])
    customers.add(book, {"name": "Kedai Maju"})
    customers.add(book, {"name": "Seri", "state": "customer"})
    for name, wanted, points in (("Starred", CustomerFilter(starred=True), 50),
                                 ("Silent", CustomerFilter(untouched_days=14), -15)):
        scoring.add(book, {"name": name, "filter": segments.stored(wanted), "points": points})
    book.close()


def test_scores_with_their_reasons_and_brought_up_to_date(run: Run, shop: str) -> None:
    fill(shop)
    before = Path(shop).read_bytes()
    assert run("score", shop, "--json").json == [
        {"id": 1, "name": "Aminah", "score": 35, "stored": 50, "heat": "hot"},
        {"id": 2, "name": "Kedai Maju", "score": -15, "stored": 0, "heat": "cold"}]
    one = run("score", shop, 1, "--json").json
    assert one["parts"] == [{"rule": "Starred", "points": 50}, {"rule": "Silent", "points": -15}]
    assert (one["score"], one["stored"], one["heat"], one["heat_by_score"], one["by_hand"]) == (
        35, 50, "hot", "warm", False)
    assert one["checklists"]["sales"] == {"done": 0, "of": 0, "reached_on": None, "items": []}
    said = run("score", shop, 1).out
    assert "Aminah: 35 points" in said and "-15" in said and "The file says 50" in said
    assert "Kedai Maju" in run("score", shop).out and Path(shop).read_bytes() == before
    assert run("rescore", shop, "--json").json == {"changed": 2}
    assert run("rescore", shop).out == "All scores are up to date.\n"
    assert [row["heat"] for row in run("score", shop, "--json").json] == ["warm", "cold"]
    assert "only leads are scored" in run("score", shop, 3).refused
    assert run("score", shop, 9).refused
    assert [row["score"] for row in run("list", shop, "customers", "--json").json] == [35, -15, None]


def test_a_file_without_leads_says_so(run: Run, shop: str) -> None:
    assert run("score", shop).out == "There are no leads.\n"
    assert run("score", shop, "--json").json == []


def test_a_lead_is_converted_and_it_is_undone(run: Run, shop: str) -> None:
    fill(shop)
    made = run("convert", shop, 1, "--company", "Maju Sdn Bhd", "--role", "Buyer", "--deal", "Tiles", "--amount",
               "1,200.50", "--json").json
    assert (made["customer"], made["contact"], made["deal"]) == (1, 1, 1) and made["changes"] > 5
    book = open_book(Path(shop), reading=True)
    card, (deal,) = customers.card(book, 1), deals.rows(book, [1])
    book.close()
    assert (card.values["name"], card.values["state"], card.contacts[0].name, card.contacts[0].role) == (
        "Maju Sdn Bhd", "customer", "Aminah", "Buyer")
    assert (deal.name, deal.amount) == ("Tiles", 120_050)
    assert run("undo", shop, "--json").json["label"] == "Convert Aminah"
    assert run("convert", shop, 2, "--into", 3).out == "“Seri” is a customer now.\n"
    assert [row["id"] for row in run("list", shop, "customers", "--json").json] == [1, 3]
    for refused in ((3,), (1, "--amount", "5"), (1, "--company", "A", "--into", "3"),
                    (1, "--deal", "A", "--amount", "x")):
        assert run("convert", shop, *refused).refused
