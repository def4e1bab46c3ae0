"""Hostile strings of the field as names: shown literally in PDF, no formula in Excel or CSV, no crash."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import openpyxl
import pypdf
import pytest
from openpyxl.utils.escape import unescape

from desktop_crm.export.cells import sound
from desktop_crm.export.files import write
from desktop_crm.export.sheets import unguarded
from desktop_crm.reports.report import Column, Report, Table

STRINGS = Path(__file__).parents[3] / "shared" / "data" / "e_strings"

pytestmark = pytest.mark.skipif(not STRINGS.is_dir(), reason="the shared real files are not beside the checkout")


def strings(value: Any) -> list[str]:
    """All texts in a JSON value, in order."""
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for part in parts for text in strings(part)]


@pytest.fixture(scope="module")
def names() -> list[str]:
    found = [text for path in sorted(STRINGS.glob("*.json"))
             for text in strings(json.loads(path.read_text(encoding="utf-8")))]
    assert len(found) > 100
    return found


@pytest.fixture(scope="module")
def report(names: list[str]) -> Report:
    table = Table("names", "Names", (Column("name", "Name"),), tuple((name,) for name in names))
    return Report("names", names[0], names[-1], "MYR", "en", None, None, tables=(table,), notes=(names[1],))


def test_excel_holds_them_as_texts(report: Report, names: list[str], tmp_path: Path) -> None:
    write(report, tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["Names"]
    for line, name in enumerate(names, 2):
        cell = sheet.cell(line, 1)
        assert cell.data_type in "sn" and cell.hyperlink is None
        assert unescape(str(cell.value or "")) == sound(name).replace("\r\n", "\n")


def test_csv_runs_none_of_them(report: Report, names: list[str], tmp_path: Path) -> None:
    write(report, tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))[1:]
    assert not any(row and row[0].startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows)
    assert [unguarded(row[0]) if row else "" for row in rows] == [sound(name) for name in names]


def test_json_gives_them_back(report: Report, names: list[str], tmp_path: Path) -> None:
    write(report, tmp_path / "out.json")
    rows = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["rows"]
    assert [row[0] for row in rows] == [sound(name) for name in names]


def test_pdf_prints_the_plain_ones_literally(report: Report, names: list[str], tmp_path: Path) -> None:
    write(report, tmp_path / "out.pdf")
    pages = "".join(page.extract_text() for page in pypdf.PdfReader(tmp_path / "out.pdf").pages)
    found = "".join(pages.split())
    ascii_names = [name for name in names if name.isascii() and name.isprintable() and len(name) < 90]
    assert len(ascii_names) > 50
    assert [name for name in ascii_names if "".join(name.split()) not in found] == []
