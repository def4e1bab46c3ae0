"""desktop-crm segments, and list --where: conditions in one line, alone, with a segment, and refused."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from desktop_crm.domain.conditions import Condition, Group
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.services import customers, segments
from desktop_crm.services.book import open_book
from desktop_crm.storage import records
from tests.cli.conftest import Run

SOUTH = Group(True, (Condition("region", "is", "Johor"),))


@pytest.fixture
def south(shop: str) -> str:
    with closing(open_book(Path(shop))) as book:
        customers.add(book, {"name": "Aminah", "state": "customer", "region": "Johor"}, tags=["VIP"])
        customers.add(book, {"name": "Bala", "region": "Johor", "credit_limit": 60_000})
        customers.add(book, {"name": "Chin", "state": "customer", "region": "Negeri Sembilan"})
        key = segments.save(book, "South", CustomerFilter(states=("customer",), conditions=SOUTH))
        segments.arrange(book, key, ("name", "region"), "-paid")
    return shop


def names(run: Run, shop: str, *arguments: str) -> list[str]:
    return [row["name"] for row in run("list", shop, "customers", *arguments, "--json").json]


def test_conditions_in_one_line(run: Run, south: str) -> None:
    assert names(run, south, "--where", 'region is "Johor" and (credit_limit >= 500 or tags has VIP)') == [
        "Aminah", "Bala"]
    assert names(run, south, "--where", "region is 'Negeri Sembilan' or starred") == ["Chin"]
    assert names(run, south, "--where", "region is Johor", "--search", "Bala") == ["Bala"]
    assert names(run, south, "--where", "region is Perak") == []


def test_a_segment_carries_its_conditions(run: Run, south: str) -> None:
    assert names(run, south, "--segment", "south") == ["Aminah"]
    assert names(run, south, "--segment", "south", "--where", "tags empty") == []
    assert names(run, south, "--segment", "customers", "--where", "tags empty") == ["Chin"]
    assert run("export", south, "customers", "--segment", "south", "--out", "south.csv").code == 0
    assert [line.split(",")[0] for line in Path("south.csv").read_text("utf-8-sig").splitlines()[1:]] == ["Aminah"]


@pytest.mark.parametrize(("line", "said"), [
    ("region is Johor Bahru", "“Bahru”"), ("shoe is 5", "no field “shoe”"), ("heat is lukewarm", "Cold, Warm, Hot"),
    ("region is", "ends too soon"), ("credit_limit > much", "“much” is not an amount"),
    ("starred >= 5", "no test “at least”"), ("last_contact is noday", "“noday”")])
def test_a_line_that_is_refused(run: Run, south: str, line: str, said: str) -> None:
    assert said in run("list", south, "customers", "--where", line).refused


def test_only_customers_are_asked(run: Run, south: str) -> None:
    assert run("list", south, "deals", "--where", "region is Johor").refused == "Only customers have segments."


def test_the_segments_of_a_file(run: Run, south: str) -> None:
    found = run("segments", south, "--json").json
    assert found[0] == {"id": None, "key": "all", "name": "All customers", "count": 3, "conditions": "", "columns": [],
                        "sort": "", "filter": {}}
    assert found[-1] == {"id": 1, "key": None, "name": "South", "count": 1, "conditions": "Region: Johor",
                         "columns": ["name", "region"], "sort": "-paid", "filter": {
                             "states": ["customer"], "conditions": {"all": True, "parts": [
                                 {"field": "region", "test": "is", "value": "Johor"}]}}}
    said = run("segments", south)
    assert said.code == 0 and "Region: Johor" in said.out and "never_bought" in said.out


def test_a_damaged_segment_is_answered_with_a_sentence(run: Run, south: str) -> None:
    with closing(open_book(Path(south))) as book, book.work("Damage") as work:
        records.save(work.connection, "segments", 1, {"filter": "{"})
    assert "“South” is damaged and cannot be read" in run("list", south, "customers", "--segment", "South").refused
    row = run("segments", south, "--json").json[-1]
    assert (row["name"], row["count"], row["conditions"], row["filter"]) == ("South", 0, "Cannot be read", None)
