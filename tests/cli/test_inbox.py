"""desktop-crm inbox, intake and campaigns: as JSON and in words; a file is taken once, and a broken one told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from desktop_crm.services import campaigns, customers
from desktop_crm.services.book import open_book
from tests.cli.conftest import Run

MAIL = "From: Siti <siti@murni.com.my>\nSubject: Kerusi\nDate: Fri, 20 Nov 2026 10:00:00 +0800\n\n20 chairs\n"


def test_files_come_in_once(run: Run, shop: str, tmp_path: Path) -> None:
    assert run("inbox", shop, "--json").json == [] and "answered" in run("inbox", shop).out
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.eml").write_text(MAIL)
    (folder / "b.eml").write_text("nothing")
    (tmp_path / "c.csv").write_text("Name,Phone,Message\nAli,012-345 6789,a fence\nAli,012-345 6789,and a gate\n")
    found = run("intake", shop, str(folder), str(tmp_path / "c.csv"), "--json").json
    assert (found["created"], found["logged"], found["works"]) == ([1, 2, 3], [], [2, 3])
    assert [one["file"] for one in found["refused"]] == ["b.eml"]
    assert (folder / "Taken" / "a.eml").exists() and (folder / "Not read" / "b.eml").exists()
    (folder / "a.eml").write_text(MAIL)
    assert run("intake", shop, str(folder), str(tmp_path / "c.csv"), "--json").json == {
        "created": [], "logged": [], "works": [], "refused": [], "problems": []}
    rows = run("inbox", shop, "--json").json
    assert [(row["id"], row["name"], row["source"], row["text"]) for row in rows][-1] == (
        1, "Siti", "E-mail", "Kerusi\n\n20 chairs")
    assert rows[-1]["email"] == "siti@murni.com.my" and rows[-1]["left"] in (14, 15)
    assert "Siti" in run("inbox", shop).out
    assert run("undo", shop).code == 0 and len(run("inbox", shop, "--json").json) == 1


def test_what_is_refused(run: Run, shop: str, tmp_path: Path) -> None:
    assert "gone.eml" in run("intake", shop, str(tmp_path / "gone.eml")).refused
    (tmp_path / "b.eml").write_text("nothing")
    said = run("intake", shop, str(tmp_path / "b.eml"))
    assert said.code == 1 and "b.eml" in said.err and (tmp_path / "b.eml").exists()


def test_a_mailbox_and_what_the_exit_code_says(run: Run, shop: str, tmp_path: Path) -> None:
    box, bad = tmp_path / "form.mbox", tmp_path / "bad.mbox"
    begin = "From - Fri Nov 20 10:00:00 2026\n"
    box.write_text(f"{begin}{MAIL}\n{begin}words alone\n")
    bad.write_text("nothing")
    found = run("intake", shop, str(box), str(bad), "--json")
    assert found.code == 0 and len(found.json["created"]) == 1 and "bad.mbox" in found.json["refused"][0]["message"]
    assert found.json["problems"] == ["E-mail 2 of “form.mbox” is damaged; it was left out."]
    assert run("intake", shop, str(box), str(bad)).code == 0  # the one was read, and brought nothing new
    assert run("intake", shop, str(bad)).code == 1
    mei = MAIL.replace("Siti", "Mei").replace("siti", "mei")
    box.write_text(f"{begin}{mei}\n{begin}words alone\n")
    told = run("intake", shop, str(box))
    assert told.code == 0 and "1 new request" in told.out and "E-mail 2" in told.err


def test_campaigns(run: Run, shop: str) -> None:
    assert run("campaigns", shop, "--json").json == [] and "no campaigns" in run("campaigns", shop).out
    book = open_book(Path(shop))
    fair = campaigns.add(book, {"name": "Fair", "cost": 100_000, "from_on": date(2026, 11, 1)})
    campaigns.add(book, {"name": "Leaflets"})
    for name in "abc":
        customers.add(book, {"name": name, "campaign_id": fair})
    book.close()
    leaflets, row = run("campaigns", shop, "--json").json
    assert row == {"id": 1, "name": "Fair", "source": None, "cost": "1000.00", "currency": "MYR",
                   "from_on": "2026-11-01", "until_on": None, "notes": None, "leads": 3, "converted": 0,
                   "cost_per_lead": "333.33", "won": "0.00", "other_currencies": {}, "return": -1.0}
    assert (leaflets["cost"], leaflets["cost_per_lead"], leaflets["return"]) == (None, None, None)
    assert "333.33" in run("campaigns", shop).out
