"""Every real file ends in a table or in one clear sentence; the well-known ones as their makers describe."""

from __future__ import annotations

import csv
from datetime import date, datetime, time
from pathlib import Path

import pytest

from desktop_crm.readers import RawTable, ReadOptions, Unreadable, read_table
from desktop_crm.readers.table import NO_HEADER, TITLES, parse

DATA = Path(__file__).parents[2].parent / "shared" / "data"
pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real input files (../shared/data) are not here")

_BOOKS = {".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"}
_TEXTS = {".csv", ".tsv", ".psv", ".ssv", ".txt", ".md", ".unknown"}
_NO_TABLES = {".json", ".ics"}
_CARDS = {"jcard-example.json"}
FILES = sorted(path for path in DATA.rglob("*") if path.is_file() and "/." not in str(path.relative_to(DATA)))


def of(*suffixes: str) -> list[Path]:
    return [path for path in FILES if path.suffix in suffixes]


def name(path: Path) -> str:
    return path.relative_to(DATA).as_posix()


def outcome(path: Path) -> RawTable | str:
    try:
        return parse(path)
    except Unreadable as error:
        return str(error)


@pytest.mark.parametrize("path", of(*_TEXTS, *_BOOKS), ids=name)
def test_each_ends_in_a_table_or_a_sentence(path: Path) -> None:
    found = outcome(path)
    if isinstance(found, str):
        assert path.name in found
        assert found.endswith(".")
        return
    assert found.rows
    assert len(found.lines) == len(found.rows)
    assert list(found.lines) == sorted(set(found.lines))
    assert found.header_row < found.lines[0]
    assert len(set(found.columns)) == len(found.columns)
    assert {len(row) for row in found.rows} == {len(found.columns)}
    assert all(any(cell not in (None, "") for cell in row) for row in found.rows)


@pytest.mark.parametrize("path", [path for path in of(*_NO_TABLES) if path.name not in _CARDS], ids=name)
def test_what_is_no_table_is_said_so(path: Path) -> None:
    found = outcome(path)
    assert isinstance(found, str)
    assert "not a table" in found


def test_no_file_is_forgotten() -> None:
    assert {path.suffix for path in FILES} <= _BOOKS | _TEXTS | _NO_TABLES | {".vcf"}  # those: test_vcards.py


@pytest.mark.parametrize(("path", "columns", "count"), [
    ("a_crm/maven_mis443/sales_teams.csv", "sales_agent manager regional_office", 35),
    ("a_crm/maven_mis443/products.csv", "product series sales_price", 7),
    ("a_crm/maven_mis443/accounts.csv",
     "account sector year_established revenue employees office_location subsidiary_of", 85),
    ("a_crm/maven_iso/sales_pipeline_iso.csv",
     "opportunity_id sales_agent product account deal_stage engage_date close_date close_value", 8800),
])
def test_the_maven_files_through_the_child(path: str, columns: str, count: int) -> None:
    found = read_table(DATA / path)
    assert found.columns == tuple(columns.split())
    assert (len(found.rows), found.header_row, found.notes) == (count, 1, ())
    assert found.lines == tuple(range(2, count + 2))


@pytest.mark.parametrize("path", [
    "a_crm/atomic_crm/contacts.csv", "a_crm/maven_iso/sales_pipeline_iso.csv", "e_strings/naughty_strings_subset.csv",
    "f_phone_names/faker_records_shared.csv", "f_phone_names/libphonenumber_examples_shared.csv",
    "a_crm/odoo_import/o2m_customers_contacts.csv", "a_crm/export_shapes/excel-messy-export.csv",
])
def test_plain_files_come_cell_by_cell_as_csv_reads_them(path: str) -> None:
    with (DATA / path).open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    found = parse(DATA / path)
    assert (found.columns, found.encoding, found.delimiter) == (tuple(header), "utf-8", ",")
    assert [list(row) for row in found.rows] == [
        [cell.replace("\r\n", "\n") for cell in row] for row in rows if any(row)]


def messy(file: str) -> RawTable:
    return parse(DATA / "e_csv" / "messytables" / file)


def test_the_messy_text_tables() -> None:
    found = messy("utf-16le_encoded.csv")
    assert (found.encoding, found.columns[0], len(found.columns), len(found.rows)) == (
        "utf-16-le", "Organisation_code", 19, 327)
    assert messy("skip_initials.csv").rows == (("hello", "goodbye"), ("hello2", "goodbye2"))
    assert messy("spanish_chars.csv").columns[-1] == "Descripción"
    assert messy("simple.psv").columns[:2] == ("Year", "New dwellings")
    assert (messy("simple.ssv").delimiter, messy("example.tsv").delimiter) == (";", "\t")
    assert messy("complex.csv").rows[2] == ("2011-01-03", "", "6,000,000", "Galway")
    assert (messy("null.csv").header_row, messy("null.csv").notes, len(messy("null.csv").rows)) == (0, (NO_HEADER,), 10)
    assert len(messy("long.csv").rows) == 4000


def test_a_header_of_years_below_a_page_of_remarks() -> None:
    found = messy("weird_head_padding.csv")
    assert found.columns == ("Column 1", "1985", "1993", "2000", "2005", "2006", "2007", "2008", "2009", "2010")
    assert found.header_row == 12
    assert TITLES in found.notes
    assert found.rows[1][:4] == ("      Gefäßchirurgie", ".", "379", "575")


def test_figures_set_apart_by_blanks() -> None:
    found = parse(DATA / "b_transactions" / "lifetimes" / "CDNOW_sample.txt")
    assert (found.delimiter, found.header_row, len(found.rows), len(found.columns)) == (" ", 0, 6919, 5)
    assert found.rows[0] == ("00004", "0001", "19970101", "2", "29.33")


def book(file: str, **options: str) -> RawTable:
    return parse(DATA / "e_xlsx" / file, ReadOptions(**options))  # type: ignore[arg-type]


@pytest.mark.parametrize("suffix", ["xls", "xlsb", "xlsx", "ods"])
def test_the_sheets_of_a_workbook(suffix: str) -> None:
    found = book(f"calamine/any_sheets.{suffix}")
    assert (found.sheet, found.sheets) == ("Visible", ("Visible", "Hidden", "VeryHidden", "Chart"))
    assert found.rows[:3] == ((1, 2), (3, 4), (5, 6))


@pytest.mark.parametrize("suffix", ["xls", "xlsb", "xlsx"])
def test_days_counted_from_1904(suffix: str) -> None:
    assert book(f"calamine/date_1904.{suffix}").rows == (
        (date(2021, 1, 1), 15), (date(2021, 1, 2), 16), ("255:10:10", 17))


def test_the_messy_workbooks() -> None:
    day = book("calamine/date_iso.xlsx").rows
    assert [row[0] for row in day[:3]] == [date(2021, 1, 1), datetime(2021, 1, 1, 10, 10, 10), time(10, 10, 10)]  # noqa: DTZ001
    assert book("messytables/simple.ods").rows[0] == ("Bob", 20, date(2010, 10, 10))
    assert book("calamine/header-row.xlsx").columns == ("Columns", "Column A", "Column B", "Column C")
    assert book("calamine/header-row.xlsx").header_row == 9
    assert book("calamine/table-multiple.xlsx", sheet="Sheet2").columns == ("Item", "Price")
    assert book("calamine/issue_530.xlsx").columns[2:4] == ("领域", "平台")


@pytest.mark.parametrize(("file", "sentence"), [
    ("pass_protected.xlsx", "password"), ("pass_protected.xlsb", "password"), ("pass_protected.ods", "password"),
    ("issue_385.xls", "password"), ("empty_sheet.xlsx", "no rows"), ("issue_666_panic.xlsb", "no rows"),
    ("issue_419.xlsx", "one line of headings"),
])
def test_workbooks_that_give_no_table(file: str, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        read_table(DATA / "e_xlsx" / "calamine" / file)
