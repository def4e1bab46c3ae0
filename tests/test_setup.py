"""The set-up: what the lock files promise, and that the pinned Qt is sound under this Python."""

from __future__ import annotations

import re
import stat
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

ROOT = Path(__file__).parents[1]
LOCKS = ["requirements.lock", "requirements-dev.lock"]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pins(name: str) -> dict[str, Version]:
    """The packages of a lock file with their pinned versions."""
    found = re.findall(r"^([a-z0-9.-]+)==(\S+)", read(name), re.MULTILINE)
    return {canonicalize_name(package): Version(version) for package, version in found}


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return tomllib.loads(read("pyproject.toml"))["project"]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_place_to_fetch_from(name: str) -> None:
    places = r"(?i)\S+://\S*|^\s*(?:-i|-f|--\w*index\w*|--find-links)\b"
    assert re.findall(places, read(name), re.MULTILINE) == []


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_hashes(name: str) -> None:
    entries = re.split(r"\n(?=\S)", read(name).strip())
    assert [entry for entry in entries if not re.search(r"--hash=sha256:[0-9a-f]{64}", entry)] == []
    assert len(entries) == len(pins(name))


def unmet(wishes: list[str], lock: dict[str, Version]) -> list[str]:
    """The wishes that the lock does not fulfil."""
    wanted = [Requirement(wish) for wish in wishes]
    pinned = [(wish, lock.get(canonicalize_name(wish.name))) for wish in wanted]
    return [str(wish) for wish, version in pinned if version is None or version not in wish.specifier]


def test_the_locks_hold_what_the_project_asks_for(project: dict[str, Any]) -> None:
    run, test = (pins(name) for name in LOCKS)
    assert unmet(project["dependencies"], run) == []
    assert unmet(project["optional-dependencies"]["dev"], test) == []


def test_the_tests_run_on_the_very_versions_that_users_run() -> None:
    run, test = (pins(name) for name in LOCKS)
    assert {name: test.get(name) for name in run} == run


def test_the_program_imports_nothing_that_its_lock_lacks() -> None:
    lines = [path.read_text(encoding="utf-8") for path in (ROOT / "desktop_crm").rglob("*.py")]
    modules = set(re.findall(r"^\s*(?:import|from) (\w+)", "\n".join(lines), re.MULTILINE))
    foreign = modules - sys.stdlib_module_names - {"desktop_crm"}
    locked, packages = pins("requirements.lock"), packages_distributions()
    owners = {module: map(canonicalize_name, packages.get(module, [])) for module in foreign}
    assert {module for module in foreign if not any(owner in locked for owner in owners[module])} == set()


def test_the_version_is_told_once_in_each_place(project: dict[str, Any]) -> None:
    from desktop_crm import __version__

    assert project["version"] == __version__


def test_ci_runs_what_a_user_runs() -> None:
    script = ROOT / ".ci/run"
    commands = [line for line in script.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert commands == ["set -eu", 'cd "$(dirname "$0")/.."', "make test"]
    assert sys.platform == "win32" or script.stat().st_mode & stat.S_IXUSR


def test_qt_leaves_the_count_of_none_level(qtbot: QtBot) -> None:
    """PySide6 6.12.0 under Python < 3.12 loses a reference to None per call, until the process aborts."""
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(10_000):
        thing.setObjectName("x")
    assert abs(sys.getrefcount(None) - before) < 1_000
