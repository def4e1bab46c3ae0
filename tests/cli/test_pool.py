"""The commands pool, assign and handover."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdf
import pytest

from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.services import assignment, customers, deals, sellers, tasks
from desktop_crm.services.book import open_book
from tests.cli.conftest import Run


@pytest.fixture
def filled(shop: str) -> str:
    """Two sellers; two leads in the pool, one of Johor; Aminah's lead with a deal and a task, untouched for 40 days."""
    past = datetime.now(UTC) - timedelta(days=40)
    book = open_book(Path(shop), clock=lambda: past)
    aminah, ben = (sellers.add(book, {"name": name}) for name in ("Aminah", "Ben"))
    customers.add(book, {"name": "Kedai Lim", "region": "Johor"})
    customers.add(book, {"name": "Ong"})
    idle = customers.add(book, {"name": "陈美玲", "seller_id": aminah})
    deals.add(book, {"name": "Sofa", "customer_id": idle, "seller_id": aminah, "amount": 150_000})
    tasks.add(book, {"name": "Call", "customer_id": idle, "seller_id": aminah})
    assignment.add(book, {"name": "South", "filter": CustomerFilter(regions=("Johor",)), "seller_id": ben, "most": 5})
    book.close()
    return shop


def test_the_pool_is_shown_and_idle_leads_go_back_in_one_step(run: Run, filled: str) -> None:
    found = run("pool", filled, "--days", 30, "--json").json
    assert [row["name"] for row in found["waiting"]] == ["Ong", "Kedai Lim"]
    assert [(row["name"], row["seller"]) for row in found["idle"]] == [("陈美玲", "Aminah")]
    assert run("pool", filled, "--json").json["idle"] == [] and "No lead lies idle" in run("pool", filled).out
    assert "陈美玲" in run("pool", filled, "--days", 30).out
    assert "--days" in run("pool", filled, "release").refused
    assert run("pool", filled, "release", "--days", 41, "--json").json == {"released": []}
    assert run("pool", filled, "release", "--days", 30, "--json").json == {"released": [3]}
    waiting = run("pool", filled, "--json").json["waiting"]
    assert [(row["former"], row["lead_state"]) for row in waiting if row["id"] == 3] == [("Aminah", "recycled")]
    assert run("undo", filled, "--json").json["label"] == "Back to the pool: 陈美玲"
    assert run("pool", filled, "--days", 30, "--json").json == found
    assert run("pool", filled, "give").code == 2


def test_assigning_is_shown_before_and_undone(run: Run, filled: str) -> None:
    plan = run("assign", filled, "--dry-run", "--json").json
    assert plan == [
        {"id": 2, "name": "Ong", "seller": None, "rule": None, "open_leads": 0, "most": None},
        {"id": 1, "name": "Kedai Lim", "seller": "Ben", "rule": "South", "open_leads": 0, "most": 5}]
    assert len(run("pool", filled, "--json").json["waiting"]) == 2
    assert "South → Ben; has 0 of 5 open leads" in run("assign", filled, 1).out
    assert [row["name"] for row in run("pool", filled, "--json").json["waiting"]] == ["Ong"]
    gone = run("assign", filled, 1, "--dry-run")
    assert (gone.code, gone.out) == (1, "") and "Somebody has it already" in gone.err
    assert run("undo", filled, "--json").json["label"] == "Assign Kedai Lim to Ben"
    assert run("assign", filled, "--json").json == plan and "No rule fits" in run("assign", filled).out


def test_a_sellers_customers_are_handed_over_with_a_paper(run: Run, filled: str) -> None:
    plan = {"customers": [3], "deals": [1], "tasks": [1], "pdf": None}
    ask = ("handover", filled, "--from", "aminah", "--to", "Ben")
    assert run(*ask, "--dry-run", "--pdf", "a.pdf", "--json").json == plan and not Path("a.pdf").exists()
    assert "1 customer, 1 open deal, 1 open task" in run(*ask, "--dry-run").out
    assert run(*ask, "--ids", "1", "--dry-run", "--json").json == {**plan, "customers": [], "deals": [], "tasks": []}
    assert "no PDF" in run(*ask, "--pdf", "a.txt").refused
    assert "could not be written" in run(*ask, "--pdf", "no folder/a.pdf").refused
    assert run(*ask, "--dry-run", "--json").json == plan  # without its paper nothing was handed over
    assert run(*ask, "--pdf", "a.pdf", "--note", "Be kind.", "--json").json == {**plan, "pdf": "a.pdf"}
    text = pypdf.PdfReader("a.pdf").pages[0].extract_text()
    for said in ("Hand-over", "Ben", "Aminah", "陈美玲", "Sofa", "RM 1,500.00", "Call", "Be kind."):
        assert said in text, said
    assert "nothing to hand over" in run(*ask).refused
    assert run("undo", filled, "--json").json["label"] == "Hand over 陈美玲 to Ben"
    assert run(*ask, "--dry-run", "--json").json == plan
    assert "no seller" in run("handover", filled, "--from", "Nobody", "--to", "Ben").refused
    assert run("handover", filled, "--to", "Ben").code == 2
