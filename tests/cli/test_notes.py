"""desktop-crm notes: a phone's text from a file or from standard input, and what is done with each line."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from desktop_crm.services import customers
from desktop_crm.services.book import open_book
from tests.cli.conftest import Run

TEXT = "Aminah: called, wants 3 boxes, tomorrow 10\nRavi: visited, 016-999 8888\nbuy milk\n"


@pytest.fixture
def shop_of_aminah(shop: str) -> str:
    book = open_book(Path(shop))
    customers.add(book, {"name": "Aminah"})
    book.close()
    return shop


def _typed(data: bytes) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(data), encoding="utf-8")


def test_lines_come_in_as_one_act(run: Run, shop_of_aminah: str, tmp_path: Path) -> None:
    shop, text = shop_of_aminah, tmp_path / "notes.txt"
    text.write_text(TEXT)
    looked = run("notes", shop, str(text), "--dry-run", "--json").json
    assert [(line["did"], line["customer_id"], line["who"]) for line in looked["lines"]] == [
        ("log", 1, "Aminah"), ("task", None, "Ravi"), ("task", None, "")]
    assert looked["dry_run"] and looked["lines"][0]["next_step"]["due_time"] == "10:00"
    assert run("list", shop, "activities", "--json").json == []
    told = run("notes", shop, str(text), "--leads")
    assert told.code == 0 and "2 notes are logged." in told.out and "1 line is kept as a task" in told.out
    assert [row["name"] for row in run("list", shop, "customers", "--json").json] == ["Aminah", "Ravi"]
    assert len(run("list", shop, "tasks", "--json").json) == 2
    assert run("undo", shop).code == 0 and run("list", shop, "activities", "--json").json == []


def test_from_standard_input_and_what_is_wrong(run: Run, shop_of_aminah: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", _typed(b"Aminah: called\n"))
    done = run("notes", shop_of_aminah, "-", "--on", "2026-11-19", "--json").json
    assert (done["logged"], done["steps"], done["leads"], done["kept"]) == (1, 0, [], [])
    assert run("list", shop_of_aminah, "activities", "--json").json[0]["on_date"] == "2026-11-19"
    monkeypatch.setattr("sys.stdin", _typed(b"\x89\x01\x02\x03\xff\x04\x90"))
    assert "no plain text" in run("notes", shop_of_aminah, "-").refused
    monkeypatch.setattr("sys.stdin", _typed(b" \n"))
    assert "nothing in this text" in run("notes", shop_of_aminah, "-").refused
    assert "gone.txt" in run("notes", shop_of_aminah, "gone.txt").refused
    assert run("notes", shop_of_aminah).code == 2
