"""The import rules: they hold, and each of them notices when it is broken."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = [
    "domain", "storage", "readers", "services", "reports", "export", "cli",
    "ui", "ui/customers", "ui/deals", "ui/tasks", "ui/reports",
]  # fmt: skip
MODULES = ["__main__", "app", "i18n", "catalogues", "paths", "settings"]
COMMANDS = [path.stem for path in sorted((ROOT / "desktop_crm/cli").glob("[a-z]*.py"))]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the contracts that lie in `folder` over the package beside them."""
    check = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    command = [sys.executable, "-c", check]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def broken(output: str) -> list[str]:
    """The names of the contracts that import-linter reports as broken."""
    return [name.strip() for name in re.findall(r"^(.+?) BROKEN", output, re.MULTILINE)]


@pytest.fixture
def skeleton(tmp_path: Path) -> Path:
    """A package of the design's shape with nothing in it, under the project's own contracts."""
    package = tmp_path / "desktop_crm"
    for name in PACKAGES:
        (package / name).mkdir(parents=True)
        (package / name / "__init__.py").touch()
    for name in ["__init__", *MODULES, *(f"cli/{command}" for command in COMMANDS)]:
        (package / f"{name}.py").touch()
    shutil.copy(ROOT / ".importlinter", tmp_path)
    return tmp_path


def test_the_program_keeps_every_import_rule() -> None:
    run = lint(ROOT)
    assert run.returncode == 0, run.stdout + run.stderr


def test_an_empty_package_of_the_designs_shape_keeps_them_too(skeleton: Path) -> None:
    run = lint(skeleton)
    assert (run.returncode, broken(run.stdout)) == (0, []), run.stdout + run.stderr


@pytest.mark.parametrize(
    ("module", "planted", "contract"),
    [
        ("domain/__init__.py", "import desktop_crm.paths", "Data flows one way"),
        ("export/__init__.py", "import desktop_crm.services", "Data flows one way"),
        ("readers/__init__.py", "import desktop_crm.storage", "Data flows one way"),
        ("ui/__init__.py", "import desktop_crm.storage", "The screen talks to services, never to storage"),
        ("services/__init__.py", "def f():\n    import PySide6.QtCore", "Only ui and app know Qt"),
        ("ui/tasks/__init__.py", "from sqlalchemy import select", "Only storage knows SQLModel"),
        ("services/__init__.py", "import sqlite3", "Only storage knows SQLModel"),
        ("reports/__init__.py", "import reportlab.pdfgen", "Only export knows the writers of files"),
        ("services/__init__.py", "import python_calamine", "Only readers know the parsers of files"),
        ("ui/deals/__init__.py", "import desktop_crm.ui.customers", "Tabs do not know each other"),
    ],
)
def test_a_planted_import_breaks_the_rule_meant(
    skeleton: Path, module: str, planted: str, contract: str
) -> None:
    (skeleton / "desktop_crm" / module).write_text(planted + "\n", encoding="utf-8")
    run = lint(skeleton)
    assert (run.returncode, broken(run.stdout)) == (1, [contract]), run.stdout + run.stderr


def test_the_command_line_loads_no_qt() -> None:
    check = "import sys, desktop_crm.cli; print(sorted(name for name in sys.modules if 'PySide6' in name))"
    run = subprocess.run([sys.executable, "-c", check], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
