"""desktop-crm health: completeness and findings as JSON and in words, and the score noted where the file allows it."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from pathlib import Path

from desktop_crm.services import customers, data_health, deals
from desktop_crm.services.book import open_book
from desktop_crm.storage import records
from tests.cli.conftest import Run


def fill(shop: str) -> None:
    """Two persons of 80 points each: one with a phone, a city and a country (50), one with nothing, in capitals."""
    with closing(open_book(Path(shop))) as book:
        customers.add(book, {"name": "Aminah", "kind": "person", "city": "Ipoh", "country": "Malaysia"},
                      phones=["012-345 6789"])
        customers.add(book, {"name": "BALA KUMAR", "kind": "person"})


def test_completeness_and_findings(run: Run, shop: str) -> None:
    fill(shop)
    found = run("health", shop, "--json").json
    assert found["completeness"] == 0.313  # 50 of 160, half up
    assert found["findings"][0] == {"kind": "name_caps", "of": "customers", "count": 1, "ids": [2]}
    assert {item["kind"]: item["ids"] for item in found["findings"]} == {
        "name_caps": [2], "missing_reach": [2], "missing_place": [2], "missing_country": [2],
        "missing_seller": [1, 2], "missing_source": [1, 2], "missing_region": [1, 2]}
    assert found["gains"][0] == {"field": "reach", "missing": 1, "completeness": 0.188}
    said = run("health", shop)
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[0] == "Completeness: 31.3 %"
    assert "Names in capitals" in said.out and "customers:2" in said.out


def test_the_score_is_noted_once_a_day(run: Run, shop: str) -> None:
    fill(shop)
    run("health", shop), run("health", shop)
    with closing(open_book(Path(shop), reading=True)) as book:
        assert [(score.completeness, score.findings) for score in data_health.scores(book)] == [(313, 1)]


def test_beside_an_open_window_it_only_reads(run: Run, shop: str) -> None:
    fill(shop)
    with closing(open_book(Path(shop))):
        before = Path(shop).read_bytes()
        assert run("health", shop, "--json").json["completeness"] == 0.313
        said = run("health", shop)
        assert said.code == 0 and said.err.startswith("The score was not noted: ")
        assert Path(shop).read_bytes() == before


def test_an_empty_file(run: Run, shop: str) -> None:
    found = run("health", shop, "--json").json
    assert (found["completeness"], found["adherence"], found["findings"]) == (None, None, [])
    assert "Nothing is wrong, odd, stale or missing." in run("health", shop).out
    assert "gone.crm" in run("health", "gone.crm").refused


def test_adherence_is_a_share_of_its_own(run: Run, shop: str) -> None:
    with closing(open_book(Path(shop))) as book:
        won = deals.add(book, {"name": "Roof"})
        deals.move(book, [won], 6)  # won on its first day: the median of New is 0 days
        on_time, slow = deals.add(book, {"name": "Floor"}), deals.add(book, {"name": "Wall"})
        with book.work("plant") as work:
            records.save(work.connection, "deals", slow, {"stage_on": book.today() - timedelta(days=3)})
    found = run("health", shop, "--json").json
    assert on_time and (found["completeness"], found["adherence"]) == (None, 0.5)
    assert {"kind": "deal_slow", "of": "deals", "count": 1, "ids": [slow]} in found["findings"]
    assert run("health", shop).out.splitlines()[1] == "Adherence: 50.0 %"
