"""The commands duplicates and merge."""

from __future__ import annotations

from tests.cli.conftest import Run, table


def three(run: Run, shop: str) -> None:
    name = table("people.csv", "Name,Phone,City\nSeri Maju Sdn Bhd,012-345 6789,Ipoh\n"
                               "Aminah binti Ismail,019-888 7766,\nSERI MAJU,+60 12 3456789,Penang\n")
    assert run("import", shop, name, "--as", "customers").code == 0


def test_duplicates_are_printed_with_confidence_and_reasons(run: Run, shop: str) -> None:
    assert run("duplicates", shop, "--json").json == []
    assert "No customers" in run("duplicates", shop).out
    three(run, shop)
    assert run("duplicates", shop, "--json").json == [
        {"confidence": 0.923, "ids": [1, 3], "reasons": ["phone", "name 1.00"]}]
    assert run("duplicates", shop, "--threshold", "0.95", "--json").json == []
    assert "Seri Maju Sdn Bhd" in run("duplicates", shop).out
    for wrong in ("0", "2", "much"):
        assert run("duplicates", shop, "--threshold", wrong).code == 2


def test_a_merge_is_shown_done_and_undone(run: Run, shop: str) -> None:
    three(run, shop)
    before = run("list", shop, "customers", "--json").json
    plan = run("merge", shop, 1, 3, "--dry-run", "--json").json
    assert plan["changes"] == 0 and plan["fields"]["city"] == {
        "values": {"1": "Ipoh", "3": "Penang"}, "from": 1, "result": "Ipoh"}
    assert "Penang" in run("merge", shop, 1, 3, "--dry-run").out
    assert run("list", shop, "customers", "--json").json == before
    assert "one customer" in run("merge", shop, 1, 3).out
    after = run("list", shop, "customers", "--json").json
    assert [(row["id"], row["phones"]) for row in after] == [(1, ["012-345 6789"]), (2, ["019-888 7766"])]
    assert run("undo", shop, "--json").json["label"] == "Merge SERI MAJU into Seri Maju Sdn Bhd"
    assert run("list", shop, "customers", "--json").json == before


def test_what_cannot_be_merged_is_one_sentence(run: Run, shop: str) -> None:
    three(run, shop)
    assert "no longer in the file" in run("merge", shop, 1, 99).refused
    assert "different customers" in run("merge", shop, 1, 1).refused
    assert run("merge", shop, 1).code == 2
