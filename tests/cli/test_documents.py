"""documents and attach on the command line."""

from __future__ import annotations

import hashlib
from contextlib import closing
from pathlib import Path

import pytest

from desktop_crm.services import contacts, customers, deals, tasks
from desktop_crm.services.book import open_book
from tests.cli.conftest import Run


@pytest.fixture
def shop(shop: str, home: Path) -> str:
    with closing(open_book(Path(shop))) as book:
        ali = customers.add(book, {"name": "Ali"})
        contacts.add(book, {"name": "Siti", "customer_id": ali})
    return shop


def test_attached_listed_saved_and_taken_back(run: Run, shop: str) -> None:
    Path("contract.pdf").write_bytes(b"%PDF signed")
    Path("合同.txt").write_bytes(b"terms")
    Path("empty.txt").write_bytes(b"")
    made = run("attach", shop, 1, "contract.pdf", "合同.txt", "--json").json
    assert [item["name"] for item in made["attached"]] == ["contract.pdf", "合同.txt"] and made["problems"] == []
    said = run("attach", shop, "contacts:1", "contract.pdf", "empty.txt", "gone.txt")
    assert (said.code, said.out) == (0, "Attached: contract.pdf\n")
    assert "“empty.txt” is empty" in said.err and "“gone.txt” is no longer in" in said.err
    found = run("documents", shop, 1, "--json").json
    assert [(item["name"], item["of"], item["of_name"]) for item in found] == [
        ("contract.pdf", "contacts", "Siti"), ("合同.txt", "customers", "Ali"), ("contract.pdf", "customers", "Ali")]
    assert found[0] == {
        "id": 3, "name": "contract.pdf", "media_type": "application/pdf", "size": 11,
        "sha256": hashlib.sha256(b"%PDF signed").hexdigest(), "on_date": found[0]["on_date"], "of": "contacts",
        "of_id": 1, "of_name": "Siti", "missing": False}
    assert "11 bytes" in run("documents", shop, 1).out
    Path("out").mkdir()
    assert run("documents", shop, 1, "--save", "合同.txt", "out").out == "Written: out/合同.txt\n"
    assert run("documents", shop, 1, "--save", "2", "out", "--json").json == "out/合同 2.txt"
    assert Path("out/合同 2.txt").read_bytes() == b"terms"
    assert "by its number" in run("documents", shop, 1, "--save", "contract.pdf", "out").refused
    assert "is there already" in run("documents", shop, 1, "--save", "2", "empty.txt").refused
    assert "no document “9”" in run("documents", shop, 1, "--save", "9", "out").refused
    assert run("undo", shop, "--json").json["label"] == "Attach contract.pdf to Siti"
    assert run("undo", shop, "--json").json["label"] == "Attach 2 files to Ali"
    assert run("documents", shop, 1).out == "No documents yet.\n"


def test_of_a_deal_and_of_a_task(run: Run, shop: str) -> None:
    with closing(open_book(Path(shop))) as book:
        deals.add(book, {"name": "Shelves", "customer_id": 1})
        tasks.add(book, {"name": "Measure", "deal_id": 1})
    Path("plan.png").write_bytes(b"plan")
    assert run("attach", shop, "deals:1", "plan.png").out == "Attached: plan.png\n"
    assert run("attach", shop, "tasks:1", "plan.png").out == "Attached: plan.png\n"
    assert [(item["of"], item["of_id"], item["of_name"]) for item in run("documents", shop, 1, "--json").json] == [
        ("tasks", 1, "Measure"), ("deals", 1, "Shelves")]
    assert [item["of"] for item in run("documents", shop, "tasks:1", "--json").json] == ["tasks"]
    assert "no longer in the file" in run("attach", shop, "tasks:9", "plan.png").refused
    assert run("undo", shop, "--json").json["label"] == "Attach plan.png to Measure"
    assert run("documents", shop, "tasks:1").out == "No documents yet.\n"


def test_refused(run: Run, shop: str) -> None:
    Path("a.txt").write_bytes(b"a")
    assert "no longer in the file" in run("attach", shop, 9, "a.txt").refused
    assert "not “sellers:1”" in run("documents", shop, "sellers:1").refused
    assert run("attach", shop, 1, "gone.txt").code == 1
    assert not Path(shop).with_suffix(".files").exists(), "what nobody gets is not kept"
