"""desktop-crm setup: what answers propose, and their acceptance as one undo step."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run

ANSWERS = ("--sells", "retail", "--target", "25000", "--cycle", "10", "--credit", "yes", "--contact", "45")


def test_a_dry_run_says_what_would_be_done_and_changes_nothing(run: Run, shop: str) -> None:
    before = Path(shop).read_bytes()
    found = run("setup", shop, *ANSWERS, "--dry-run", "--json").json
    assert found["applied"] is False and found["target"] == "25000.00"
    assert [(item["step"], item["before"], item["name"], item["probability"], item["day_limit"])
            for item in found["stages"]] == [
        ("rename", "New", "Asked", 20, 2), ("rename", "Qualified", "Offered", 50, 4),
        ("rename", "Proposal", "Set aside", 80, 4), ("remove", "Negotiation", "Negotiation", 75, 14),
        ("remove", "Ready to close", "Ready to close", 90, 7)]
    assert len(found["fields"]) == 13 and len(found["targets"]) == 3 and len(found["tasks"]) == 14
    assert (found["segment"], found["pool_days"]) == ("No contact for 45 days", 45)
    said = run("setup", shop, *ANSWERS, "--dry-run").out
    assert "taken away" in said and "after 45 days without a touch." in said
    assert Path(shop).read_bytes() == before


def test_it_is_one_undo_step_and_then_nothing_more(run: Run, shop: str) -> None:
    before = run("stages", shop, "--json").json
    done = run("setup", shop, *ANSWERS, "--skip", "fields", "--skip", "plan", "--json").json
    assert done["applied"] is True and done["fields"] == done["tasks"] == []
    assert [row["name"] for row in run("stages", shop, "--json").json][:5] == ["Asked", "Offered", "Set aside", "Won",
                                                                               "Lost"]
    assert run("fields", shop, "--json").json == []
    again = run("setup", shop, *ANSWERS, "--skip", "fields", "--skip", "plan")
    assert again.out == "Nothing would change: the file is set up like this already.\n"
    assert run("undo", shop, "--json").json["label"] == "Set up how you sell"
    assert run("stages", shop, "--json").json == before


def test_what_cannot_be(run: Run, shop: str) -> None:
    assert "above zero" in run("setup", shop, "--sells", "b2b", "--target", "0").refused
    assert "many" in run("setup", shop, "--sells", "b2b", "--target", "many").refused
    assert "9999" in run("setup", shop, "--sells", "b2b", "--cycle", "9999").refused
    assert run("setup", shop).code == run("setup", shop, "--sells", "bakery").code == 2
