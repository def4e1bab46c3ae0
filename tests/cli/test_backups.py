"""`backups` and what `restore` says before it is done."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from desktop_crm.services import customers, deals
from desktop_crm.services.book import open_book
from tests.cli.conftest import Run

pytestmark = pytest.mark.usefixtures("home")


def _add(path: str, name: str) -> None:
    with closing(open_book(Path(path))) as book:
        deals.add(book, {"name": name, "customer_id": customers.add(book, {"name": name})})


def test_the_list_is_newest_first_and_needs_no_whole_file(run: Run, shop: str) -> None:
    assert run("backups", shop, "--json").json == []
    assert "no backup" in run("backups", shop).out
    _add(shop, "Aminah")
    first = run("backup", shop, "--json").json["path"]
    _add(shop, "Ali")
    second = run("backup", shop, "--json").json
    Path(shop).write_bytes(b"spoilt")
    found = run("backups", shop, "--json").json
    assert [item["path"] for item in found] == [second["path"], first]
    assert list(found[0]) == ["path", "at", "bytes", "counts", "verified", "why", "sha256"]
    newest = found[0]
    assert newest["verified"] is True and newest["why"] == "asked" and newest["sha256"] == second["sha256"]
    assert newest["bytes"] == Path(newest["path"]).stat().st_size == second["bytes"]
    assert (newest["counts"]["customers"], newest["counts"]["deals"]) == (2, 2)
    assert datetime.fromisoformat(newest["at"]).utcoffset() is not None
    lines = run("backups", str(Path(shop).absolute())).out.splitlines()
    assert lines[0].split() == ["When", "Size", "Customers", "Deals", "Verified", "Why", "File"] and len(lines) == 3
    assert "verified" in lines[1] and "asked for" in lines[1]


def test_an_import_is_preceded_by_a_backup(run: Run, shop: str) -> None:
    Path("c.csv").write_text("name\nZed\n", encoding="utf-8")
    assert run("import", shop, "c.csv", "--as", "customers", "--dry-run").code == 0
    assert run("backups", shop, "--json").json == []
    assert run("import", shop, "c.csv", "--as", "customers").code == 0
    assert [(item["why"], item["counts"]["customers"]) for item in run("backups", shop, "--json").json] == [
        ("import", 0)]


def test_restore_says_what_is_lost_and_what_comes_back(run: Run, shop: str) -> None:
    _add(shop, "Aminah")
    made = run("backup", shop, "copy.crm", "--json").json
    _add(shop, "Ali")
    said = run("restore", shop, "copy.crm", "--json").json
    assert said["preview"] == {"customers": 1, "deals": 1, "lost": 2, "gained": 0, "since": made["at"]}
    back = run("restore", shop, said["kept"], "--json").json
    assert (back["preview"]["lost"], back["preview"]["gained"], back["preview"]["customers"]) == (0, 2, 2)
    Path(shop).write_bytes(b"spoilt")
    lost = run("restore", shop, "copy.crm")
    assert lost.out.splitlines()[0].startswith("1 customer, 1 deal; what was done after ")
    assert lost.out.splitlines()[1:2] == ["Restored shop.crm."]
    assert run("restore", shop, "copy.crm").out.startswith("1 customer, 1 deal; nothing is lost")
    _add(shop, "Chong")
    assert "; you lose 2 changes since " in run("restore", shop, "copy.crm").out
