"""`undo`, `redo`, `history`, `check`, `backup`, `restore`, and what becomes of files that are refused."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as driver

from desktop_crm.services import customers, deals
from desktop_crm.services.book import Book, open_book
from tests.cli.conftest import Run, table

WRITING = [("import", "FILE", "c.csv", "--as", "customers"), ("undo", "FILE"), ("redo", "FILE")]
READING = [("list", "FILE", "customers"), ("report", "FILE", "daily"), ("history", "FILE"), ("backup", "FILE", "b.crm"),
           ("import", "FILE", "c.csv", "--as", "customers", "--dry-run")]


@pytest.fixture
def worked(run: Run, shop: str) -> str:
    """A file in which a customer was added and edited."""
    table("c.csv", "name\nZed\n")
    with closing(open_book(Path(shop))) as book:
        ali = customers.add(book, {"name": "Ali"})
        customers.edit(book, ali, {"city": "Ipoh"})
    return shop


@pytest.fixture
def window(worked: str) -> Iterator[Book]:
    """The file, open for writing as in a window."""
    with closing(open_book(Path(worked))) as book:
        yield book


def test_undo_and_redo_say_label_and_changes(run: Run, worked: str) -> None:
    assert run("undo", worked, "--json").json == {"label": "Edit Ali", "changes": 1}
    first = run("undo", worked, "--json").json
    assert (list(first), first["label"]) == (["label", "changes"], "Add Ali") and type(first["changes"]) is int
    assert run("list", worked, "customers", "--json").json == []
    assert "nothing to undo" in run("undo", worked, "--json").refused
    assert [run("redo", worked, "--json").json["label"] for _ in range(2)] == ["Add Ali", "Edit Ali"]
    assert "nothing to redo" in run("redo", worked).refused
    assert run("list", worked, "customers", "--json").json[0]["city"] == "Ipoh"
    assert run("undo", worked).out == "Undone: Edit Ali\n"


def test_one_act_of_long_ago_is_taken_back_unless_something_contradicts(run: Run, worked: str) -> None:
    table("c.csv", "name\nZed\n")
    run("import", worked, "c.csv", "--as", "customers")
    number = {act["label"]: act["id"] for act in run("history", worked, "--json").json}
    assert "Ali" in run("undo", worked, "--act", number["Add Ali"]).refused
    assert run("undo", worked, "--act", number["Edit Ali"], "--json").json["changes"] == 1
    assert [(row["name"], row["city"]) for row in run("list", worked, "customers", "--json").json] == [
        ("Ali", None), ("Zed", None)]
    assert run("undo", worked, "--act", 999).code == 1
    assert run("undo", worked).code == 0  # the taking back itself
    assert run("list", worked, "customers", "--json").json[0]["city"] == "Ipoh"


def test_history_oldest_first(run: Run, worked: str) -> None:
    run("undo", worked)
    acts = run("history", worked, "--json").json
    assert all(list(act) == ["id", "at", "label", "undone", "changes", "by"] for act in acts)
    assert [(act["label"], act["undone"]) for act in acts] == [
        ("Create the file", False), ("Add Ali", False), ("Edit Ali", True)]
    assert all(datetime.fromisoformat(act["at"]).utcoffset() is not None for act in acts)
    assert [act["label"] for act in run("history", worked, "--limit", 1, "--json").json] == ["Edit Ali"]


def test_history_of_one_record(run: Run, worked: str) -> None:
    with closing(open_book(Path(worked))) as book:
        deals.add(book, {"name": "Tiles"})
    labels = [act["label"] for act in run("history", worked, "--of", "customers:1", "--json").json]
    assert labels == ["Add Ali", "Edit Ali"]
    assert "City: — → Ipoh" in run("history", worked, "--of", "customers:1").out
    assert run("history", worked, "--of", "customers:99", "--json").json == []


@pytest.mark.parametrize("of", ["customers", "customers:", "customers:x", "dragons:1", "customers:-1", ":", "\udcff:1",
                                "customers:99999999999999999999999"])
def test_history_of_what_is_no_record(run: Run, worked: str, of: str) -> None:
    assert "customers:12" in run("history", worked, "--of", of).refused


def test_check(run: Run, worked: str) -> None:
    assert run("check", worked, "--json").json == {"ok": True, "problems": []}
    assert run("check", worked).code == 0
    with closing(driver.connect(worked, isolation_level=None)) as raw:
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("UPDATE work_now SET work_id = 1")
        raw.execute("UPDATE customers SET seller_id = 77")
        raw.execute("UPDATE work_now SET work_id = NULL")
    said = run("check", worked, "--json")
    assert (said.code, said.json["ok"], len(said.json["problems"])) == (1, False, 1)
    assert run("check", worked).code == 1


def present() -> list[str]:
    """What lies in the present folder."""
    return sorted(item.name for item in Path().iterdir())


def spoilt(kind: str, good: str) -> Path:
    """A file that must be refused."""
    path = Path(f"{kind}.crm")
    content = bytearray(Path(good).read_bytes())
    if kind == "newer":
        content[60:64] = (99).to_bytes(4)
    elif kind == "foreign":
        content[68:72] = b"\0\0\0\0"
    elif kind == "cut":
        del content[-9000:]
    elif kind == "garbled":
        content[4096:] = b"A" * (len(content) - 4096)
    elif kind == "noise":
        content = bytearray(os.urandom(5000))
    path.write_bytes(b"" if kind == "empty" else content)
    return path


@pytest.mark.parametrize("kind", ["newer", "foreign", "cut", "garbled", "noise", "empty"])
def test_a_refused_file_stays_as_it_is_with_nothing_beside_it(run: Run, worked: str, kind: str) -> None:
    path = spoilt(kind, worked)
    before, beside = path.read_bytes(), present()
    for command in (*READING, *WRITING, ("pictures", "FILE", "folder")):
        arguments = [str(path) if item == "FILE" else item for item in command]
        assert run(*arguments).refused
    said = run("check", path, "--json")
    assert (said.code, said.json["ok"], len(said.json["problems"])) == (1, False, 1)
    assert run("check", path).refused
    assert path.read_bytes() == before
    assert present() == beside


@pytest.mark.parametrize("name", ["none.crm", ".", "", "c.csv/x.crm", "c.csv", "x" * 300, "/", "\udcff.crm"])
def test_what_is_no_file_is_refused_by_every_command(run: Run, worked: str, name: str) -> None:
    beside = present()
    for command in (*READING, *WRITING, ("check", "FILE"), ("pictures", "FILE", "folder")):
        assert run(*[name if item == "FILE" else item for item in command]).refused
    assert present() == beside


def test_beside_a_window_reading_works_and_writing_is_refused_by_name(run: Run, window: Book) -> None:
    shop = str(window.path)
    for command in READING:
        assert run(*[shop if item == "FILE" else item for item in command]).code == 0
    assert run("check", shop).code == 0
    for command in (*WRITING, ("restore", "FILE", "b.crm")):
        said = run(*[shop if item == "FILE" else item for item in command]).refused
        assert f"process {os.getpid()}" in said and "Nothing was changed" in said
    customers.add(window, {"name": "Still writing"})
    assert run("list", shop, "customers", "--search", "still", "--json").json


def test_backup_and_restore(run: Run, worked: str) -> None:
    made = run("backup", worked, "copy.crm", "--json").json
    assert (made["path"], made["counts"]["customers"], len(made["sha256"])) == ("copy.crm", 1, 64)
    then = run("list", worked, "customers", "--json").out
    run("import", worked, "c.csv", "--as", "customers")
    now = run("list", worked, "customers", "--json").out
    kept = run("restore", worked, "copy.crm", "--json").json["kept"]
    assert run("list", worked, "customers", "--json").out == then
    assert run("list", kept, "customers", "--json").out == now
    assert run("check", worked, "--json").json["ok"]


def test_backup_without_a_place_goes_to_the_backups(run: Run, worked: str) -> None:
    path = Path(run("backup", worked, "--json").json["path"])
    assert path.parent.name == "backups" and run("check", path).code == 0
    Path("stick").mkdir()
    assert Path(run("backup", worked, "stick", "--json").json["path"]).parent.name == "stick"


def test_places_that_cannot_be(run: Run, worked: str) -> None:
    assert "exists already" in run("backup", worked, "c.csv").refused
    assert "No backup was made" in run("backup", worked, "c.csv/x.crm").refused
    assert "too long" in run("backup", worked, "x" * 300).refused
    run("backup", worked, "copy.crm")
    Path("folder").mkdir()
    for place in ("folder", ".", "c.csv/x.crm", "x" * 300):
        assert run("restore", place, "copy.crm").refused
    assert Path("folder").is_dir() and Path("c.csv").read_text() == "name\nZed\n"


def test_a_spoilt_backup_changes_nothing(run: Run, worked: str) -> None:
    run("backup", worked, "copy.crm")
    before = Path(worked).read_bytes()
    with Path("copy.crm").open("r+b") as file:
        file.seek(9000)
        file.write(b"spoilt")
    for source in ("copy.crm", "none.crm", ".", "c.csv", "x" * 300):
        assert run("restore", worked, source).refused
    assert Path(worked).read_bytes() == before


@pytest.mark.parametrize("name", ["a b.crm", "小明 & Söhne's \"x\".crm", "100%20#1?mode=ro.crm", "-x.crm", "no suffix",
                                  "new\nline.crm", "caf\udce9.crm"])
def test_names_of_files_are_only_names(run: Run, name: str) -> None:
    path = Path(name).absolute()
    assert run("new", path, "--json").code == 0
    source = table("c.csv", "name\nZed\n")
    assert run("import", path, shutil.copy(source, "c %#?'.csv"), "--as", "customers").code == 0
    assert run("list", path, "customers", "--json").json[0]["name"] == "Zed"
    assert run("backup", path, "b").code == 0
    assert run("undo", path).code == 0
    assert run("restore", path, "b").code == 0
    assert run("check", path, "--json").json["ok"]
