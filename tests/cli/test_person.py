"""person and erase on the command line."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from desktop_crm.services.book import open_book
from tests.canaries import CANARIES, NAME, found_in, plant
from tests.cli.conftest import Run


@pytest.fixture
def shop(shop: str, home: Path) -> str:
    with closing(open_book(Path(shop))) as book:
        assert plant(book) == 2
    return shop


def test_person(run: Run, shop: str) -> None:
    made = run("person", shop, 2, "--out", "held", "--json").json
    assert [Path(name).name for name in made] == ["data.json", "report.pdf", "Qbxfile.txt", "Qbxfile leaflet.txt"]
    assert json.loads(Path("held/data.json").read_text(encoding="utf-8"))["person"]["name"] == NAME
    assert run("person", shop, "contacts:1", "--out", "other").out == "Written: other\n"
    assert "no longer in the file" in run("person", shop, 99, "--out", "none").refused
    assert "not “deals:1”" in run("person", shop, "deals:1", "--out", "none").refused
    Path("blocked").write_text("")
    assert "cannot be written" in run("person", shop, 2, "--out", "blocked").refused


def test_without_yes_it_only_says(run: Run, shop: str, tmp_path: Path) -> None:
    run("backup", shop)
    before = Path(shop).read_bytes()
    said = run("erase", shop, 2)
    assert said.code == 1 and "say --yes" in said.err and Path(shop).read_bytes() == before
    assert "These go: 1 contact, 4 e-mails and phones, 1 tag, 2 attached files, 1 task." in said.out
    assert "as “Erased customer 1”" in said.out and "1 backup will be rewritten" in said.out
    assert "nobody can bring this person back" in said.out
    plain = run("erase", shop, 2, "--json")
    assert plain.code == 1 and json.loads(plain.out)["erased"] is False
    assert {word for word, _ in found_in(tmp_path)} == set(CANARIES)


def test_erase(run: Run, shop: str, tmp_path: Path) -> None:
    run("backup", shop)
    sales = run("report", shop, "sales", "--json").json
    made = run("erase", shop, 2, "--yes", "--json").json
    assert (made["title"], made["erased"], made["backups"], made["problems"]) == ("Erased customer 1", True, 1, [])
    assert made["goes"]["channels"] == 4 and made["stays"]["deals"] == 2
    assert found_in(tmp_path) == set()
    assert run("report", shop, "sales", "--json").json == sales
    assert [row["name"] for row in run("list", shop, "customers", "--json").json] == ["Ravi Kumar", "Erased customer 1"]
    assert run("check", shop, "--json").json == {"ok": True, "problems": []}
    assert "nothing to undo" in run("undo", shop).refused
    assert "no longer in the file" in run("erase", shop, 2, "--yes").refused


def test_erased_in_words(run: Run, shop: str) -> None:
    said = run("erase", shop, "contacts:1", "--yes")
    assert said.code == 0 and "Gone: 1 contact, 1 e-mail or phone." in said.out


def test_a_failure_is_named_and_the_rest_is_done(run: Run, shop: str, tmp_path: Path) -> None:
    name = run("backup", shop, "--json").json["path"]
    content = Path(name).read_bytes()
    Path(name).write_bytes(content[:4000] + b"?" + content[4001:])
    said = run("erase", shop, 2, "--yes")
    assert said.code == 1 and Path(name).name in said.err and "It is as it was; delete it" in said.err
    assert {place for _, place in found_in(tmp_path)} == {Path(name).name}
