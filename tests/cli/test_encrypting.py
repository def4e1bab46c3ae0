"""Encrypted files on the command line: the password comes from a file, the environment or the terminal."""

from __future__ import annotations

import getpass
import io
from pathlib import Path

import pytest

from desktop_crm.storage import encryption
from tests.cli.conftest import Run

FIRST, SECOND = "correct horse", "battery staple"


class Terminal(io.StringIO):
    """A terminal, at which the answers of a test are typed."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch, home: Path, quick_keys: None) -> None:
    monkeypatch.delenv("DESKTOP_CRM_PASSWORD", raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO())


def _typed(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Sit at a terminal and answer; gives what is left to answer."""
    left = list(answers)
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", lambda _: left.pop(0))
    return left


@pytest.fixture
def locked(run: Run, shop: str) -> str:
    Path("pw").write_text(f"{FIRST}\n")
    assert run("encrypt", shop, "--password-file", "pw").code == 0
    return shop


def test_encrypt_list_change_and_decrypt(run: Run, shop: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("backup", shop).code == 0
    Path("pw").write_text(f"{FIRST}\r\n")
    assert run("encrypt", shop, "--password-file", "pw", "--json").json == {
        "file": "shop.crm", "encrypted": True, "backups": 1, "problems": []}
    assert "already" in run("encrypt", shop, "--password-file", "pw").refused
    assert run("list", shop, "customers", "--json", "--password-file", "pw").json == []
    monkeypatch.setenv("DESKTOP_CRM_PASSWORD", FIRST)
    assert run("check", shop).code == 0
    monkeypatch.setenv("DESKTOP_CRM_NEW_PASSWORD", SECOND)
    assert "opens with its password only" in run("encrypt", shop, "--change").out
    assert "not the password" in run("check", shop).refused
    monkeypatch.setenv("DESKTOP_CRM_PASSWORD", SECOND)
    assert "not encrypted any more" in run("decrypt", shop).out
    assert "not encrypted" in run("decrypt", shop).refused
    assert "not encrypted" in run("encrypt", shop, "--change").refused
    monkeypatch.delenv("DESKTOP_CRM_PASSWORD")
    assert run("list", shop, "customers", "--json").json == []
    assert encryption._held == {}


def test_without_a_password_nothing_is_done(run: Run, locked: str) -> None:
    whole = Path(locked).read_bytes()
    for command in (("list", locked, "customers"), ("undo", locked), ("check", locked), ("decrypt", locked)):
        assert "--password-file" in run(*command).refused
    assert "cannot be read" in run("check", locked, "--password-file", "none").refused
    assert Path(locked).read_bytes() == whole
    assert run("backups", locked, "--json").json == []  # told from what lies beside the backups


def test_a_damaged_file_is_not_told_to_be_plain(run: Run, locked: str) -> None:
    """It may well be an encrypted one, cut off: nothing can be said but that it is damaged."""
    Path("pw").write_text(FIRST)
    whole = Path(locked).read_bytes()
    Path(locked).write_bytes(whole[:-100])
    for command in (("decrypt",), ("encrypt", "--change"), ("encrypt",), ("check",)):
        said = run(command[0], locked, *command[1:], "--password-file", "pw").refused
        assert "is damaged" in said and "is not encrypted" not in said
    assert Path(locked).read_bytes() == whole[:-100]


def test_a_new_password_is_needed_too(run: Run, shop: str) -> None:
    assert "DESKTOP_CRM_PASSWORD" in run("encrypt", shop).refused
    Path("pw").write_text("short")
    assert "at least 8" in run("encrypt", shop, "--password-file", "pw").refused
    assert Path(shop).read_bytes().startswith(b"SQLite format 3")


def test_it_is_asked_for_on_a_terminal(run: Run, shop: str, monkeypatch: pytest.MonkeyPatch) -> None:
    left = _typed(monkeypatch, FIRST, "another")
    assert "not the same" in run("encrypt", shop).refused
    left = _typed(monkeypatch, FIRST, FIRST)
    assert run("encrypt", shop).code == 0 and left == []
    left = _typed(monkeypatch, "wrong one", FIRST)
    said = run("list", shop, "customers", "--json")
    assert (said.code, said.out, left) == (0, "[]\n", []) and "not the password" in said.err
    left = _typed(monkeypatch, "wrong one", "wrong two", "wrong three", FIRST)
    assert run("check", shop).code == 1 and left == [FIRST]


def test_a_new_file_is_encrypted_from_its_first_byte(run: Run) -> None:
    Path("pw").write_text(FIRST)
    assert run("new", "own.crm", "--password-file", "pw").code == 0
    assert not Path("own.crm").read_bytes().startswith(b"SQLite")
    assert run("check", "own.crm", "--password-file", "pw").code == 0
    Path("pw").write_text("short")
    assert "at least 8" in run("new", "two.crm", "--password-file", "pw").refused
    assert "(default: it is not encrypted)" in " ".join(run("new", "--help").out.split())
    assert not Path("two.crm").exists()


def test_a_backup_under_a_password_of_before_is_restored(run: Run, locked: str) -> None:
    assert run("backup", locked, "old.crm", "--password-file", "pw").code == 0
    Path("new").write_text(SECOND)
    assert run("encrypt", locked, "--change", "--password-file", "pw", "--new-password-file", "new").code == 0
    assert "not the password of old.crm" in run("restore", locked, "old.crm", "--password-file", "new").refused
    assert run("restore", locked, "old.crm", "--password-file", "pw").code == 0
    assert run("check", locked, "--password-file", "pw").code == 0


def test_a_plain_backup_over_an_encrypted_file_is_told(run: Run, locked: str) -> None:
    assert run("backup", locked, "old.crm", "--password-file", "pw").code == 0
    Path("plain.crm").write_bytes(Path("old.crm").read_bytes())
    assert run("decrypt", "plain.crm", "--password-file", "pw").code == 0
    assert "encrypted" not in run("restore", locked, "old.crm", "--password-file", "pw").err
    said = run("restore", locked, "plain.crm", "--password-file", "pw")
    assert (said.code, said.err) == (0, "It is not encrypted: the backup was not.\n")
    assert run("list", locked, "customers").code == 0
