"""The command as a process: help, usage, pipes that close, files of others; never a traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_crm import cli
from tests.cli.conftest import Run

COMMANDS = ("new", "import", "list", "report", "reports", "undo", "redo", "history", "check", "backup", "backups",
            "restore", "sell", "receive", "owed", "receipt", "quote", "statement", "pictures")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}


def started(*arguments: str, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "desktop_crm", *arguments], capture_output=True, encoding="utf-8",
                          check=False, env=ENVIRONMENT, **more)  # type: ignore[call-overload,no-any-return]


def test_help_names_every_command(run: Run) -> None:
    said = run("--help")
    assert said.code == 0
    assert [name for name in COMMANDS if f"\n    {name}" not in said.out] == []
    assert run("--version").out.startswith("Desktop CRM ")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does_and_explains_each_argument(run: Run, name: str) -> None:
    said = run(name, "--help")
    assert said.code == 0 and len(said.out.split("\n\n")[1].strip()) > 15
    bare = [action for action in cli._parser()._subparsers._group_actions[0].choices[name]._actions  # type: ignore
            if not action.help]
    assert bare == []


def test_a_command_does_not_wait_for_the_arguments_of_all_others(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def laid_out(command: object) -> None:
        raise AssertionError("another command's arguments were laid out")

    for name in set(cli.COMMANDS) - {"reports"}:
        monkeypatch.setitem(cli.COMMANDS, name, (laid_out, cli.COMMANDS[name][1]))
    assert run("reports", "--json").code == 0


@pytest.mark.parametrize("arguments", [
    ("new",), ("undo",), ("check",), ("restore", "a.crm"), ("backup",), ("pictures", "a.crm"), ("report", "a.crm"),
    ("--nope",), ("reports", "more"), ("undo", "a.crm", "--nope"), ("one.crm", "two.crm"), ("lst", "a.crm", "deals"),
])
def test_wrong_usage_is_2(run: Run, arguments: tuple[str, ...]) -> None:
    said = run(*arguments)
    assert (said.code, said.out) == (2, "") and said.err.startswith("usage:") and "Traceback" not in said.err


@pytest.mark.parametrize("name", ["x" * 300, "x" * 300 + ".crm", "folder/" + "x" * 5000])
def test_a_name_that_no_system_takes_is_told_before_there_is_a_window(run: Run, name: str,
                                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_crm.app.run", lambda path: pytest.fail(f"a window was made for {path}"))
    assert "cannot be used: File name too long" in run(name).refused


def test_a_reader_that_goes_away_is_no_error(run: Run) -> None:
    run("new", "s.crm", "--sample")
    command = subprocess.Popen([sys.executable, "-m", "desktop_crm", "list", "s.crm", "deals", "--json"],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT)
    assert command.stdout is not None and command.stderr is not None
    command.stdout.close()
    assert (command.wait(60), command.stderr.read()) == (0, b"")
    command.stderr.close()


def test_the_module_is_the_entry(run: Run, shop: str) -> None:
    said = started("undo", shop)
    assert (said.returncode, said.stdout, said.stderr) == (1, "", "There is nothing to undo.\n")
    assert started("list", shop, "deals", "--json").stdout == "[]\n"


def limited(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command as somebody whom the marks of files bind, which they do not for root."""
    drop = ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner"] if os.geteuid() == 0 else []
    return subprocess.run([*drop, sys.executable, "-m", "desktop_crm", *arguments], capture_output=True,
                          encoding="utf-8", check=False, env=ENVIRONMENT)


@pytest.mark.skipif(sys.platform == "win32" or (os.geteuid() == 0 and not shutil.which("setpriv")),
                    reason="the marks of files do not bind this user")
def test_marks_of_files_and_folders(run: Run, shop: str) -> None:
    """A file that cannot be read is refused; one that cannot be written is read, and refused to writers."""
    run("backup", shop, "copy.crm")
    before = sorted(item.name for item in Path().iterdir())
    Path().chmod(0o555)
    try:
        assert limited("list", shop, "customers", "--json").stdout == "[]\n"
        assert limited("check", shop).returncode == 0
        for refused in (("undo", shop), ("restore", shop, "copy.crm"), ("new", "mine.crm"), ("backup", shop, "b.crm"),
                        ("report", shop, "daily", "--out", "r.pdf")):
            said = limited(*refused)
            assert (said.returncode, said.stdout, len(said.stderr.splitlines())) == (1, "", 1), said
        Path(shop).chmod(0o000)
        said = limited("list", shop, "customers", "--json")
        assert said.returncode == 1 and "cannot be read" in said.stderr
    finally:
        Path().chmod(0o755)
        Path(shop).chmod(0o644)
    assert sorted(item.name for item in Path().iterdir()) == before
