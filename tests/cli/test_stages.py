"""desktop-crm stages: pipelines and stages listed, added, changed, put in order, deleted and undone."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

from desktop_crm.services import deals
from desktop_crm.services.book import open_book
from tests.cli.conftest import Run


def names(rows: Any, pipeline: str = "Sales") -> list[str]:
    return [row["name"] for row in rows if row["pipeline"] == pipeline]


def test_the_stages_of_a_new_file(run: Run, shop: str) -> None:
    with closing(open_book(Path(shop))) as book:
        deals.add(book, {"name": "Bike"})
    rows = run("stages", shop, "--json").json
    assert rows[0] == {"id": 1, "pipeline_id": 1, "pipeline": "Sales", "name": "New", "kind": "open",
                       "probability": 10, "day_limit": 7, "deals": 1}
    assert names(rows) == ["New", "Qualified", "Proposal", "Negotiation", "Ready to close", "Won", "Lost"]
    assert names(run("stages", shop, "--pipeline", "quick SALE", "--json").json, "Quick sale") == [
        "Offered", "Won", "Lost"]
    assert "Negotiation" in run("stages", shop).out


def test_each_act_is_one_undo_step(run: Run, shop: str) -> None:
    before = run("stages", shop, "--json").json
    run("stages", shop, "add", "Measured", "--probability", "40", "--days", "3")
    rows = run("stages", shop, "edit", "measured", "--name", "Site visit", "--days", "-", "--json").json
    assert next(row for row in rows if row["name"] == "Site visit") == {
        "id": 11, "pipeline_id": 1, "pipeline": "Sales", "name": "Site visit", "kind": "open", "probability": 40,
        "day_limit": None, "deals": 0}
    rows = run("stages", shop, "order", "Qualified", "11", "--json").json
    assert names(rows)[:4] == ["Qualified", "Site visit", "New", "Proposal"] and names(rows)[-2:] == ["Won", "Lost"]
    rows = run("stages", shop, "edit", "Won", "--pipeline", "1", "--name", "Paid", "--json").json
    assert names(rows)[-2:] == ["Paid", "Lost"]
    assert "Negotiation" not in names(run("stages", shop, "delete", "Negotiation", "--json").json)
    for _ in range(5):
        assert run("undo", shop).code == 0
    assert run("stages", shop, "--json").json == before


def test_pipelines(run: Run, shop: str) -> None:
    rows = run("stages", shop, "pipelines", "add", "Repairs", "--like", "Quick sale", "--json").json
    assert names(rows, "Repairs") == ["Offered", "Won", "Lost"]
    run("stages", shop, "pipelines", "rename", "repairs", "Bicycles")
    rows = run("stages", shop, "pipelines", "order", "Bicycles", "--json").json
    assert [*dict.fromkeys(row["pipeline"] for row in rows)] == ["Bicycles", "Sales", "Quick sale"]
    assert names(run("stages", shop, "pipelines", "delete", "Bicycles", "--json").json, "Bicycles") == []


def test_what_cannot_be_is_said_in_a_sentence(run: Run, shop: str) -> None:
    with closing(open_book(Path(shop))) as book:
        deals.add(book, {"name": "Bike"})
    assert run("stages", shop, "delete", "New").refused == (
        "Stage “New” is used by deals or closes them, so it stays. Rename it instead.")
    assert run("stages", shop, "delete", "Won").refused == (
        "Several pipelines have a stage “Won”. Say which with --pipeline, or its number.")
    assert "There are: Sales, Quick sale." in run("stages", shop, "--pipeline", "Rent").refused
    assert "There are: New, Qualified" in run("stages", shop, "delete", "Visit").refused
    assert "only its name" in run("stages", shop, "edit", "6", "--probability", "50").refused
    assert "stand last" in run("stages", shop, "order", "6").refused
    assert "--name" in run("stages", shop, "edit", "New").refused
    assert "does not fit" in run("stages", shop, "edit", "New", "--probability", "101").refused
    assert "in the list already" in run("stages", shop, "add", "qualified").refused
    assert "used by deals" in run("stages", shop, "pipelines", "delete", "Sales").refused
    for wrong in (["add"], ["pipelines"], ["add", "X", "--days", "soon"], ["paint"]):
        assert run("stages", shop, *wrong).code == 2
