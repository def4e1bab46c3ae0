from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from desktop_crm.export.cells import sound
from desktop_crm.export.sheets import guarded, unguarded, write_csv, write_xlsx
from desktop_crm.reports.report import Column, Report, Table, ValueType

from .samples import DAILY, EMPTY, SELLERS, customers

HOSTILE = ("=1+1", "+60 12-345", "-5", "@SUM(A1)", "\t=1", "<b>x</b>", "<r><t>x</t></r>", "_x0041_", "http://x.my",
           "'=already", "a\nb", "0123", "TRUE", "1e5", "mailto:a@b.my", "{=A1}", "x" * 40_000)


def midnight(year: int, month: int, day: int) -> datetime:
    """A day as openpyxl reads it."""
    return datetime.combine(date(year, month, day), time())


def listed(*names: str | None) -> Report:
    table = Table("names", "Names", (Column("name", "Name"),), tuple((name,) for name in names))
    return Report("names", "Names", "B & C", "MYR", "en", None, None, tables=(table,))


def opened(report: Report, folder: Path) -> Any:
    write_xlsx(report, folder / "out.xlsx")
    return openpyxl.load_workbook(folder / "out.xlsx")


def test_the_overview_comes_first(tmp_path: Path) -> None:
    book = opened(DAILY, tmp_path)
    assert book.sheetnames == ["Overview", "By seller", "Payments received", "Won each day"]
    cells = [[cell.value for cell in row] for row in book["Overview"].iter_rows()]
    assert cells[0][0] == "Daily report"
    assert cells[3][:3] == ["Won today", 12480, "+18 % on a usual Saturday"]
    assert "7 invoices overdue, RM 18,940" in [row[0] for row in cells]
    assert "Nothing planned." in [row[0] for row in cells]
    assert cells[-1][0] == DAILY.notes[0]


def test_numbers_are_numbers_with_their_formats(tmp_path: Path) -> None:
    sheet = opened(DAILY, tmp_path)["By seller"]
    assert [cell.value for cell in sheet[1]] == [
        "Seller", "Won", "Won amount (RM)", "Win rate", "Days to close", "Last call"]
    assert [cell.value for cell in sheet[2]] == ["Mei Ling", 2, 8300, 2 / 3, 12.5, midnight(2026, 11, 20)]
    assert [cell.number_format for cell in sheet[2]][1:] == ["#,##0", "#,##0.00", "0.0%", "#,##0.0", "yyyy-mm-dd"]
    assert [cell.value for cell in sheet[5]] == ["Total", 3, 12480, 0.75, pytest.approx(9.33333333), None]
    assert sheet[1][0].font.bold and sheet[5][2].font.bold and not sheet[2][0].font.bold
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F4"
    assert sheet.column_dimensions["A"].width >= 8


def test_names_are_texts_whatever_they_begin_with(tmp_path: Path) -> None:
    sheet = opened(listed(*HOSTILE), tmp_path)["Names"]
    for line, name in enumerate(HOSTILE, 2):
        cell = sheet.cell(line, 1)
        assert cell.data_type == "s"
        assert cell.hyperlink is None
        shown = unescape(str(cell.value)).rstrip("\u200b")  # Excel decodes _xHHHH_ itself, openpyxl leaves it
        assert shown == name[:32767]


def test_codes_that_xml_forbids_are_seen(tmp_path: Path) -> None:
    sheet = opened(listed("a\x00b\x1f\ud83dc\ufffe", None, ""), tmp_path)["Names"]
    assert [cell.value for cell in sheet["A"]] == ["Name", "a�b��c�", None, ""]


def test_sheet_names_are_legal_and_told_apart(tmp_path: Path) -> None:
    titles = ("A/B: [x]*?", "a b   x", "'quoted'", "History", "", "長" * 40, "長" * 40, "😀" * 20, "\x01")
    tables = tuple(Table(f"t{number}", title, (Column("a", "A"),), ()) for number, title in enumerate(titles))
    names = opened(replace(EMPTY, tables=tables), tmp_path).sheetnames
    assert len({name.casefold() for name in names}) == len(titles)
    assert all(1 <= len(name.encode("utf-16-le")) // 2 <= 31 for name in names)
    assert not any(set(name) & set("[]:*?/\\") or name.startswith("'") or name.endswith("'") for name in names)


def test_currency_decides_the_places(tmp_path: Path) -> None:
    table = Table("t", "T", (Column("m", "M", ValueType.MONEY),), ((1200,), (10**15,)))
    yen = opened(replace(EMPTY, currency="JPY", tables=(table,)), tmp_path)["T"]
    assert (yen["A2"].value, yen["A2"].number_format, yen["A3"].value) == (1200, "#,##0", "1000000000000000")
    rupee = opened(replace(EMPTY, currency="NPR", tables=(table,)), tmp_path)["T"]
    assert rupee["A2"].number_format == "[>=10000000]##\\,##\\,##\\,##0.00;[>=100000]##\\,##\\,##0.00;#,##0.00"


def test_days_before_excel_are_texts(tmp_path: Path) -> None:
    table = Table("t", "T", (Column("d", "D", ValueType.DATE),), ((date(1900, 2, 28),), (date(1900, 3, 1),)))
    sheet = opened(replace(EMPTY, tables=(table,)), tmp_path)["T"]
    assert [sheet["A2"].value, sheet["A3"].value] == ["1900-02-28", midnight(1900, 3, 1)]


def test_a_right_to_left_language_turns_the_sheets(tmp_path: Path) -> None:
    assert opened(replace(EMPTY, language="ar"), tmp_path).worksheets[0].sheet_view.rightToLeft
    assert not opened(EMPTY, tmp_path).worksheets[0].sheet_view.rightToLeft


def test_a_list_without_figures_has_no_overview(tmp_path: Path) -> None:
    book = opened(customers(1000), tmp_path)
    assert book.sheetnames == ["Customers"]
    assert book["Customers"].max_row == 1001
    assert book["Customers"]["A4"].value == "எஸ். முருகன் 2"


def read(report: Report, folder: Path) -> list[list[str]]:
    write_csv(report, folder / "out.csv")
    data = (folder / "out.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_csv_has_the_tables_one_below_the_other(tmp_path: Path) -> None:
    rows = read(DAILY, tmp_path)
    assert rows[:3] == [
        ["Seller", "Won", "Won amount", "Win rate", "Days to close", "Last call"],
        ["Mei Ling", "2", "8300.00", "0.6666666666666666", "12.5", "2026-11-20"],
        ["Ahmad", "1", "4180.00", "1.0", "3.0", "2026-11-21"]]
    assert rows[4] == ["Total", "3", "12480.00", "0.75", "9.333333333333334", ""]
    assert rows[5:8] == [[], ["Payments received"], ["Time", "Customer", "Amount"]]
    assert rows[9] == ["14:05", "'=cmd|'/c calc'!A1", "3200.00"]


def test_csv_of_figures_alone(tmp_path: Path) -> None:
    assert read(replace(DAILY, tables=()), tmp_path)[0] == ["Won today", "12480.00"]


def test_negative_numbers_are_not_guarded(tmp_path: Path) -> None:
    table = Table("t", "T", (Column("m", "M", ValueType.MONEY), Column("x", "X")), ((-500, "-500"),))
    assert read(replace(EMPTY, tables=(table,)), tmp_path)[1] == ["-5.00", "'-500"]


@given(st.text())
def test_a_guarded_text_runs_nowhere_and_comes_back(text: str) -> None:
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguarded(guarded(text)) == text


@given(st.lists(st.tuples(st.text(), st.integers(-(10**12), 10**12), st.floats(0, 1), st.dates()), max_size=5))
def test_csv_gives_back_what_went_in(tmp_path_factory: pytest.TempPathFactory, given_rows: Any) -> None:
    columns = (Column("n", "N"), Column("m", "M", ValueType.MONEY), Column("r", "R", ValueType.RATE),
               Column("d", "D", ValueType.DATE))
    table = Table("t", "T", columns, tuple(given_rows))
    rows = read(replace(EMPTY, tables=(table,)), tmp_path_factory.getbasetemp())
    back = [(unguarded(name), round(float(money) * 100), float(rate), date.fromisoformat(day))
            for name, money, rate, day in rows[1:]]
    assert back == [(sound(name), money, rate, day) for name, money, rate, day in given_rows]


def test_every_table_of_the_sample_is_whole(tmp_path: Path) -> None:
    book = opened(DAILY, tmp_path)
    assert book["By seller"].max_row == len(SELLERS.rows) + 2
    assert book["Payments received"]["B3"].value == "=cmd|'/c calc'!A1"
    assert book["Payments received"]["B3"].data_type == "s"
