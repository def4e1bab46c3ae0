"""The owner's PIN on the command line: each command that lets data out asks for it, every other one has a reason."""

from __future__ import annotations

import argparse
import getpass
import io
from contextlib import closing
from pathlib import Path

import pytest

from desktop_crm import cli
from desktop_crm.cli import owner as gate
from desktop_crm.domain import access
from desktop_crm.services import customers, owner, sellers
from desktop_crm.services.book import open_book
from tests.cli.conftest import Run, table

FREE = {
    "new": "a new file has nothing of another one in it",
    "import": "brings in",
    "intake": "brings in",
    "attach": "brings in",
    "notes": "brings in",
    "restore": "brings back; the copy asks for the PIN that it was made with",
    "segments": "names and counts, no records",
    "fields": "names of fields, no records",
    "profiles": "names of columns, no records",
    "campaigns": "sums, no records",
    "reports": "the catalogue, no records",
    "stages": "names and counts, no records",
    "setup": "proposes what the business is set to, no records",
    "documents": "the documents of one record",
    "rescore": "says how many",
    "convert": "one lead",
    "next": "one lead",
    "privacy": "what is done with data; or the paper for one person",
    "sell": "one sale", "receive": "one customer", "receipt": "a paper for one customer",
    "quote": "a paper for one customer", "statement": "a paper for one customer",
    "count": "a sum", "target": "a sum",
    "due": "what rings now, without a phone or an address",
    "health": "counts and numbers of records, no names",
    "erase": "one person, who goes",
    "undo": "the name of an act", "redo": "the name of an act",
    "history": "the names of acts: here the owner reads what was let out",
    "check": "problems of the file", "backups": "where the program's own backups lie",
    "encrypt": "the same file under a password", "decrypt": "the same file, by who knows its password",
    "password": "the same file under another password",
    "pin": "whether there is one",
}
"""Every command that asks for no PIN, and why."""

GUARDED: dict[str, list[tuple[str, ...]]] = {
    "list": [("list", "shop.crm", "customers"), ("list", "shop.crm", "contacts", "--json"),
             ("list", "shop.crm", "customers", "--limit", "2"), ("list", "shop.crm", "deals", "--on", "2026-11-22")],
    "export": [("export", "shop.crm", "customers", "--out", "out.csv"),
               ("export", "shop.crm", "customers", "--out", "out.vcf")],
    "report": [("report", "shop.crm", "owed"), ("report", "shop.crm", "customers", "--out", "out.xlsx")],
    "owed": [("owed", "shop.crm")], "inbox": [("inbox", "shop.crm", "--json")], "score": [("score", "shop.crm")],
    "pool": [("pool", "shop.crm")], "rfm": [("rfm", "shop.crm")], "duplicates": [("duplicates", "shop.crm")],
    "retention": [("retention", "shop.crm")],
    "person": [("person", "shop.crm", "1", "--out", "out")],
    "handover": [("handover", "shop.crm", "--from", "Ana", "--to", "Ben", "--pdf", "out.pdf")],
    "backup": [("backup", "shop.crm", "out.crm")],
    "pictures": [("pictures", "shop.crm", "out")],
    "edit": [("edit", "shop.crm", "customers", "--from", "numbers.csv", "--dry-run"),
             ("edit", "shop.crm", "customers", "--from", "numbers.csv")],
    "merge": [("merge", "shop.crm", *(str(number) for number in range(1, 9)), "--dry-run")],
    "assign": [("assign", "shop.crm", "--dry-run")],
    "evening": [],
}
"""Ways to let data out, by command; those of a day have a test of their own."""


@pytest.fixture(scope="module")
def parser() -> argparse.ArgumentParser:
    return cli._parser()


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch, parser: argparse.ArgumentParser, home: Path, quick_pins: None) -> None:
    """Nobody is at the terminal, no PIN in the environment; tries are cheap, the many runs share a parser."""
    monkeypatch.setattr(cli, "_parser", lambda _: parser)
    for name in (gate.PIN, gate.NEW_PIN):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO())


@pytest.fixture
def guarded(run: Run, shop: str) -> str:
    """Two customers of a seller, in a file whose owner has the PIN 4829."""
    with closing(open_book(Path(shop))) as book:
        ana = sellers.add(book, {"name": "Ana"})
        sellers.add(book, {"name": "Ben"})
        for name in ("Aminah Runcit", "陈美玲"):
            customers.add(book, {"name": name, "seller_id": ana})
        owner.save(book, "4829", day=False)
    return shop


def labels(run: Run, path: str) -> list[str]:
    return [act["label"] for act in run("history", path, "--json").json]


def test_every_command_is_guarded_or_has_a_reason() -> None:
    known = set(cli.COMMANDS)
    assert set(gate.LEAVES) <= known, "a guarded command that is gone"
    assert not set(gate.LEAVES) & set(FREE), "guarded and free at once"
    assert known - set(gate.LEAVES) - set(FREE) == set(), "say in cli/owner.LEAVES or in FREE here what they let out"
    assert set(gate.LEAVES) - set(GUARDED) == set(), "and try here what is guarded"


def test_each_way_out_asks_and_leaves_nothing_behind(run: Run, guarded: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = labels(run, guarded)
    files = sorted(Path().iterdir())
    for ways in GUARDED.values():
        for way in ways:
            assert run(*way).refused == ("This needs the owner's PIN, in DESKTOP_CRM_PIN or in a file. Nothing was let "
                                         "out, nothing changed.")
    monkeypatch.setenv(gate.PIN, "4928")
    assert run(*GUARDED["export"][0]).refused == "That is not the owner's PIN."
    assert (sorted(Path().iterdir()), labels(run, guarded)) == (files, before)


def test_with_the_pin_it_is_done_and_noted(run: Run, guarded: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(gate.PIN, "4829")
    assert run("export", guarded, "customers", "--out", "out.csv", "--json").json["written"] == 2
    assert [row["name"] for row in run("list", guarded, "customers", "--json").json] == ["Aminah Runcit", "陈美玲"]
    assert run("report", guarded, "owed", "--out", "owed.xlsx").code == 0
    assert run("backup", guarded, "copy.crm").code == 0
    assert run("person", guarded, "1", "--out", "one").code == 0
    assert run("handover", guarded, "--from", "Ana", "--to", "Ben", "--pdf", "out.pdf").code == 0
    said = labels(run, guarded)
    assert said[-7:-2] == ["Exported: Customers (2), CSV", "On the command line: list customers",
                           "Exported: Who owes, XLSX", "Copied: the whole file",
                           "Exported: everything held about one person (number 1)"]
    assert said[-1] == "Exported: the paper of a hand-over (2)"


def test_one_row_and_the_own_backups_are_free(run: Run, guarded: str) -> None:
    assert len(run("list", guarded, "customers", "--limit", "1", "--json").json) == 1
    assert run("backup", guarded).code == 0
    assert run("handover", guarded, "--from", "Ana", "--to", "Ben").code == 0
    assert run("pool", guarded, "release", "--days", "9").code == 0
    assert run("edit", guarded, "customers", "1", "city=Ipoh").code == 0
    assert run("merge", guarded, "1", "2", "--dry-run").code == 0
    assert run("assign", guarded).code == 0


def test_the_day_is_free_unless_the_owner_says_otherwise(run: Run, guarded: str,
                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("report", guarded, "daily", "--out", "day.csv").code == 0
    monkeypatch.setenv(gate.PIN, "4829")
    assert run("pin", guarded, "set", "--day", "--json").json == {"pin": True, "day": True}
    monkeypatch.delenv(gate.PIN)
    for way in (("report", guarded, "daily"), ("evening", guarded, "out")):
        assert "needs the owner's PIN" in run(*way).refused
    monkeypatch.setenv(gate.PIN, "4829")
    assert run("report", guarded, "daily").code == 0
    assert labels(run, guarded)[-1] == "Change the owner's PIN", "the day's report is no export"
    assert run("pin", guarded, "set", "--no-day", "--json").json == {"pin": True, "day": False}


def test_it_comes_from_a_file_or_is_typed_unseen(run: Run, guarded: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for lines in ("4829\n", "\ufeff4829\r\n", "4829\n\nfor the safe\n"):  # with a mark, with a note
        assert run("owed", guarded, "--pin-file", table("pin.txt", lines)).code == 0
    assert "cannot be read" in run("owed", guarded, "--pin-file", "missing.txt").refused
    asked: list[str] = []

    def typed(prompt: str) -> str:
        asked.append(prompt)
        return "4829"

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(getpass, "getpass", typed)
    assert run("owed", guarded).code == 0 and asked == ["Owner's PIN: "]


def test_wrong_ones_make_one_wait_over_many_runs(run: Run, guarded: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(gate.PIN, "0000")
    for _ in range(access.FREE_TRIES):
        assert run("owed", guarded).refused == "That is not the owner's PIN."
    monkeypatch.setenv(gate.PIN, "4829")
    assert run("owed", guarded).refused.startswith("Too many wrong tries.")


def test_beside_an_open_window_it_is_done_and_said_that_it_is_not_noted(run: Run, guarded: str,
                                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(gate.PIN, "4829")
    before = labels(run, guarded)
    with closing(open_book(Path(guarded))):
        said = run("export", guarded, "customers", "--out", "out.csv")
    assert said.code == 0 and "not written into the history" in said.err and Path("out.csv").exists()
    assert labels(run, guarded) == before


def test_pin_sets_changes_and_removes(run: Run, shop: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("pin", shop, "--json").json == {"pin": False, "day": False}
    assert "needs the owner's PIN" in run("pin", shop, "set").refused
    assert "4 to 8 digits" in run("pin", shop, "set", "--new-pin-file", table("new.txt", "12")).refused
    assert run("pin", shop, "set", "--new-pin-file", table("new.txt", "4829")).out == "There is an owner's PIN.\n"
    monkeypatch.setenv(gate.NEW_PIN, "1111")
    assert "needs the owner's PIN" in run("pin", shop, "set").refused
    assert run("pin", shop, "set", "--day", "--pin-file", "new.txt").out.splitlines()[1:] == [
        "The report of the day and the evening need it as well."]
    assert run("pin", shop, "remove", "--pin-file", "new.txt").refused == "That is not the owner's PIN."
    monkeypatch.setenv(gate.PIN, "1111")
    assert run("pin", shop, "remove").out == run("pin", shop, "remove").out == "There is no owner's PIN.\n"
    monkeypatch.delenv(gate.NEW_PIN)
    typed = iter(["4829", "4828", "4829", "4829"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr(getpass, "getpass", lambda prompt: next(typed))
    assert "not the same" in run("pin", shop, "set").refused
    assert run("pin", shop, "set").code == 0
