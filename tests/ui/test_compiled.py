"""What the binding compiles for itself is kept from one start to the next, and never believed blindly."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_START = """
import builtins
compiling, texts = builtins.compile, []
def compile(source, filename, mode, *rest, **named):
    if mode == "exec" and not rest and not named:
        texts.append(filename)
    return compiling(source, filename, mode, *rest, **named)
builtins.compile = compile
import desktop_crm.ui
assert builtins.compile is compile
from PySide6.QtCore import QObject
QObject().objectName()
print(len(texts))
"""


def start(home: Path) -> int:
    """Start the binding in a process of its own; how many of its modules it compiled."""
    done = subprocess.run([sys.executable, "-c", _START], env={**os.environ, "DESKTOP_CRM_HOME": str(home)},
                          capture_output=True, text=True, timeout=60, check=True)
    return int(done.stdout)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


def test_the_second_start_compiles_nothing(home: Path) -> None:
    assert start(home) > 5
    assert start(home) == 0
    assert [file.name for file in (home / "cache").iterdir()] == [f"binding.{sys.implementation.cache_tag}"]


@pytest.mark.parametrize("damage", [lambda whole: b"", lambda whole: whole[:1000],
                                    lambda whole: whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:]],
                         ids=["empty", "cut off", "one bit"])
def test_a_damaged_cache_is_passed_over_and_written_again(home: Path, damage: object) -> None:
    start(home)
    file = home / "cache" / f"binding.{sys.implementation.cache_tag}"
    file.write_bytes(damage(file.read_bytes()))  # type: ignore[operator]
    assert start(home) > 5
    assert start(home) == 0


def test_a_start_without_a_place_to_write_compiles_as_before(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert start(tmp_path) > 5
