"""The command line and what it writes, in a pseudo-language."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from desktop_crm.cli import main
from desktop_crm.reports.catalogue import ENTRIES
from tests.languages.pseudo import escaped, speaking_pseudo

NAMES = "Kedai Bukit Tiles Mei Ling Ahmad Priya Selangor Sabah Kuala Lumpur"
CALENDAR = ("Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July "
            "August September October November December Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec")
CODES = "RM MYR Desktop CRM customers deals tasks sales pipeline daily report PDF"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("7")
    with pytest.MonkeyPatch.context() as patch, speaking_pseudo():
        patch.setenv("DESKTOP_CRM_HOME", str(folder / "home"))
        assert main(["new", str(folder / "8.crm"), "--sample"]) == 0
        yield str(folder / "8.crm")


def known(file: str) -> list[str]:
    """What is nobody's to translate; the folders' names too."""
    return [NAMES, CALENDAR, CODES, file, str(Path(file).parent), "home backups"]


@pytest.mark.parametrize("arguments", [
    ["reports"], ["check", "FILE"], ["backup", "FILE"], ["history", "FILE"], ["undo", "FILE"], ["redo", "FILE"],
    ["report", "FILE", "sales", "--by", "seller"], ["report", "FILE", "none"], ["report", "FILE", "sales", "--by", "x"],
    ["restore", "FILE", "/nowhere/9"], ["new", "FILE"], ["check", "/nowhere/9"],
], ids=" ".join)
def test_what_a_command_says(file: str, arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    main([file if part == "FILE" else part for part in arguments])
    said = capsys.readouterr()
    cuts = [*(key for entry in ENTRIES for key, _ in entry.cuts), *(entry.name for entry in ENTRIES)]
    assert said.out + said.err
    assert escaped((said.out + said.err).splitlines(), [*known(file), "--by", *cuts, *arguments]) == set()


def test_what_an_import_says(file: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "1.csv"
    source.write_text("Name,E-mail,Region\nZzz,nowhere,Qqq\n,yyy@example.com,Qqq\n", encoding="utf-8")
    main(["import", file, str(source), "--as", "customers", "--dry-run"])
    said = capsys.readouterr()
    cells = [source.read_text(encoding="utf-8"), str(source)]
    assert said.out and escaped((said.out + said.err).splitlines(), [*known(file), *cells]) == set()


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_what_is_exported(file: str, tmp_path: Path, suffix: str) -> None:
    for name in ("daily", "pipeline", "sales"):
        path = tmp_path / f"{name}{suffix}"
        assert main(["report", file, name, "--out", str(path)]) == 0
        assert escaped(cells(path), known(file)) == set(), name


def cells(path: Path) -> set[str]:
    """The texts of an exported table."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as rows:
            return {cell for row in csv.reader(rows) for cell in row}
    book = load_workbook(path)
    found = {str(value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row
             if isinstance(value, str)}
    return found | {sheet.title for sheet in book}
