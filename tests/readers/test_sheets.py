"""Workbooks: native types, the sheet to take, lines as the sheet numbers them."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time
from pathlib import Path

import pytest
import xlsxwriter

from desktop_crm.readers import sheets
from desktop_crm.readers.raw import ReadOptions, Unreadable
from desktop_crm.readers.table import parse


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as workbook:
        workbook.add_worksheet("Blank")
        workbook.add_worksheet("Note").write_string(0, 0, "Please read")
        hidden = workbook.add_worksheet("Hidden")
        hidden.hide()
        hidden.write_column(0, 0, ["Secret", "x", "y"])
        deals = workbook.add_worksheet("Deals")
        deals.write_string(1, 1, "Deals of May")
        deals.write_row(3, 1, ["Name", "Amount", "Closed", "Share", "Paid", "At", "Name"])
        deals.write_row(5, 1, ["Ali", 1200, datetime(2024, 5, 1), 0.25, True])  # noqa: DTZ001
        deals.write_datetime(5, 6, time(9, 30), workbook.add_format({"num_format": "hh:mm"}))
        deals.write_row(6, 1, ["Siti", 0, datetime(2024, 5, 2, 14, 5), 1.5, False])  # noqa: DTZ001
        deals.write_string(9, 1, "Total")
        deals.write_number(9, 2, 1200)
    return path


def test_types_lines_and_names(book: Path) -> None:
    result = parse(book)
    assert (result.sheet, result.sheets) == ("Deals", ("Blank", "Note", "Hidden", "Deals"))
    assert result.header_row == 4
    assert result.columns == ("Name", "Amount", "Closed", "Share", "Paid", "At", "Name (2)")
    assert result.rows[0] == ("Ali", 1200, date(2024, 5, 1), 0.25, True, time(9, 30), None)
    assert result.rows[1][1:] == (0, result.rows[1][2], 1.5, False, None, None)
    assert [type(cell) for cell in result.rows[0][1:5]] == [int, date, float, bool]
    assert result.lines == (6, 7)
    assert len(result.notes) == 2


def test_a_sheet_by_name(book: Path) -> None:
    assert parse(book, ReadOptions(sheet="Hidden")).rows == (("x",), ("y",))
    with pytest.raises(Unreadable, match="has no sheet “Mei”; it has: Blank, Note, Hidden, Deals"):
        parse(book, ReadOptions(sheet="Mei"))
    with pytest.raises(Unreadable, match="no rows"):
        parse(book, ReadOptions(sheet="Blank"))


def test_a_workbook_under_another_name(book: Path) -> None:
    path = book.rename(book.with_suffix(".csv"))
    assert parse(path).sheet == "Deals"


def test_an_area_too_large(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "_MAX_AREA", 10)
    with pytest.raises(Unreadable, match="more than can be read"):
        parse(book)


def test_a_part_that_would_unpack_without_end(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "_MAX_MEMBER", 100)
    with pytest.raises(Unreadable, match="more than can be read"):
        parse(book)


@pytest.mark.parametrize(("member", "sentence"), [("word/document.xml", "not a table"), ("a.csv", "no workbook")])
def test_other_archives(tmp_path: Path, member: str, sentence: str) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, "x")
    with pytest.raises(Unreadable, match=sentence):
        parse(path)


def test_a_truncated_workbook(book: Path) -> None:
    book.write_bytes(book.read_bytes()[:2000])
    with pytest.raises(Unreadable, match="no workbook, or a damaged one"):
        parse(book)
