"""The command line, run in this process: what it says, and its exit code."""

from __future__ import annotations

import contextlib
import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop_crm import cli
from tests.books import new_file


@dataclass(frozen=True, slots=True)
class Said:
    """What a command left: exit code, output and complaint."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.err == ""
        return json.loads(self.out)

    @property
    def refused(self) -> str:
        """The one sentence of a refusal: exit code 1, nothing else printed."""
        assert (self.code, self.out, len(self.err.strip().splitlines())) == (1, "", 1), self
        assert "Traceback" not in self.err
        return self.err.strip()


Run = Callable[..., Said]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run a command in an empty folder; usage errors come back as their exit code."""
    folder = tmp_path / "shop"
    folder.mkdir()
    monkeypatch.chdir(folder)

    def command(*arguments: object) -> Said:
        capsys.readouterr()
        try:
            code = cli.main([str(item) for item in arguments])
        except SystemExit as left:
            code = int(str(left.code))
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return command


@pytest.fixture
def shop(run: Run) -> str:
    """A new file in the present folder."""
    new_file(Path("shop.crm"))
    return "shop.crm"


_kept: dict[Callable[[Run], None], bytes] = {}


def kept(run: Run, name: str, make: Callable[[Run], None]) -> str:
    """The file that `make` makes under this name, in the present folder: made once for all tests of a process.

    It is copied for each; so `make` is a function of the module's own, and what else it writes is not kept.
    """
    if make not in _kept:
        with tempfile.TemporaryDirectory() as other, contextlib.chdir(other):
            make(run)
            _kept[make] = Path(name).read_bytes()
    Path(name).write_bytes(_kept[make])
    return name


def table(name: str, text: str) -> str:
    """A file in the present folder with this text; returns its name."""
    Path(name).write_text(text, encoding="utf-8")
    return name
