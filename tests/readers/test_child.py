"""The child process: it brings tables and sentences back, and dies alone."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from desktop_crm.domain.errors import Cancelled
from desktop_crm.readers import ReadOptions, Unreadable, child, read_table
from desktop_crm.readers.table import parse


@pytest.fixture
def big(tmp_path: Path) -> Path:
    path = tmp_path / "big.csv"
    path.write_text("id,name,city\n" + "".join(f"{i},n{i},KL\n" for i in range(40_000)), encoding="utf-8")
    return path


def test_it_brings_the_same_table_as_reading_here(big: Path) -> None:
    assert read_table(big) == parse(big)
    assert read_table(big, ReadOptions(limit_rows=3)).lines == (2, 3, 4)


def test_it_brings_the_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.7")
    with pytest.raises(Unreadable, match=r"“a\.pdf” is not a table"):
        read_table(path)


def test_two_far_apart_cells_end_the_child_only(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_string(0, 0, "a")
        sheet.write_string(1_048_575, 16_383, "b")
    with pytest.raises(Unreadable, match="a cell far away"):
        read_table(path)
    assert capfd.readouterr() == ("", "")


def test_a_sheet_that_unpacks_to_much_more(tmp_path: Path, big: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with xlsxwriter.Workbook(tmp_path / "plain.xlsx") as workbook:
        workbook.add_worksheet().write_string(0, 0, "a")
    row = b'<row><c t="inlineStr"><is><t>' + b"a" * 30_000 + b"</t></is></c></row>"
    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    with zipfile.ZipFile(tmp_path / "plain.xlsx") as plain, \
            zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in plain.namelist():
            bomb = sheet + row * 1500 + b"</sheetData></worksheet>"
            archive.writestr(name, bomb if name.endswith("sheet1.xml") else plain.read(name))
    assert path.stat().st_size < 200_000
    with pytest.raises(Unreadable, match=r"more than can be read|needs too much memory"):
        read_table(path, memory_bytes=80 * 2**20)


def test_time_runs_out(big: Path) -> None:
    with pytest.raises(Unreadable, match="takes too long"):
        read_table(big, seconds=0)


def test_cancel(big: Path) -> None:
    answers = iter([False, True])
    with pytest.raises(Cancelled, match="was stopped"):
        read_table(big, cancelled=lambda: next(answers))


def test_the_parent_watches_where_the_system_has_no_limit(big: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_LIMITED", False)
    mine = multiprocessing.current_process()
    with pytest.raises(Unreadable, match="more than can be read"):
        child._Watch(big, mine, child.never, 2**20, 60).look()  # type: ignore[arg-type]
    assert read_table(big, ReadOptions(limit_rows=1)).rows == (("0", "n0", "KL"),)


def test_nothing_is_left_behind(big: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    read_table(big)
    assert list(folder.iterdir()) == []


def test_the_child_starts_light() -> None:
    heavy = ("PySide6", "sqlmodel", "sqlalchemy", "python_calamine", "charset_normalizer", "csv", "psutil", "babel")
    code = f"import sys, desktop_crm.readers; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
