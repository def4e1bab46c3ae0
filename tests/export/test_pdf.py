from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from desktop_crm.export.pdf import write_pdf
from desktop_crm.reports.report import Column, Report, Table, ValueType

from .samples import DAILY, EMPTY, NAMES, SELLERS, customers, sales


def pages(report: Report, folder: Path) -> list[pypdf.PageObject]:
    write_pdf(report, folder / "out.pdf")
    return list(pypdf.PdfReader(folder / "out.pdf").pages)


def text(report: Report, folder: Path) -> str:
    return "\n".join(page.extract_text() for page in pages(report, folder))


def listed(*names: str) -> Report:
    table = Table("names", "Names", (Column("name", "Name"), Column("n", "No.", ValueType.COUNT)),
                  tuple((name, number) for number, name in enumerate(names)))
    return Report("names", "Names", "", "MYR", "en", None, None, tables=(table,))


def test_names_in_every_script_can_be_copied(tmp_path: Path) -> None:
    found = text(listed(*NAMES), tmp_path)
    assert [name for name in NAMES if name not in found] == []


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_other_readers_copy_the_same_names(tmp_path: Path) -> None:
    write_pdf(listed(*NAMES), tmp_path / "out.pdf")
    done = subprocess.run(["pdftotext", "-layout", tmp_path / "out.pdf", "-"], capture_output=True, check=True)
    found = re.sub("[\u202a-\u202e]", "", done.stdout.decode())
    assert [name for name in NAMES if name not in found] == []


def test_the_same_report_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_pdf(DAILY, tmp_path / f"{name}.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    write_pdf(replace(DAILY, printed="Printed 22 November 2026, 08:00"), tmp_path / "c.pdf")
    assert (tmp_path / "c.pdf").read_bytes() != (tmp_path / "a.pdf").read_bytes()


def test_every_page_has_head_columns_and_number(tmp_path: Path) -> None:
    found = [page.extract_text() for page in pages(customers(120), tmp_path)]
    assert len(found) > 2
    for number, page in enumerate(found, 1):
        assert f"Page {number} of {len(found)}" in page
        assert page.count("Last contact") == 1
        assert "Kedai Bukit Tiles" in page
    assert found[1].startswith("Kedai Bukit Tiles · Customers")
    rows = re.findall(r"\d+ (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept|Oct|Nov|Dec) 2026", "\n".join(found))
    assert len(rows) == 120


def test_the_daily_report_is_one_upright_page_that_describes_itself(tmp_path: Path) -> None:
    (page,) = pages(DAILY, tmp_path)
    assert page.mediabox.width < page.mediabox.height
    about = pypdf.PdfReader(tmp_path / "out.pdf")
    assert about.metadata is not None
    assert (about.metadata.title, about.metadata.author) == ("Daily report", "Kedai Bukit Tiles")
    found = page.extract_text()
    assert "RM 12,480.00" in found and "Nothing planned." in found and "Printed 21 November 2026" in found


def test_a_wide_table_lies_down_and_keeps_every_number(tmp_path: Path) -> None:
    (page,) = pages(sales(), tmp_path)
    assert page.mediabox.width > page.mediabox.height
    found = page.extract_text()
    assert "10,005,534.00 63.2 % 70.1 % 2,360.91" in found
    assert "…" not in found


def test_a_table_too_wide_for_any_sheet_goes_on_in_bands(tmp_path: Path) -> None:
    columns = (Column("name", "Name"), *(Column(f"m{number}", f"Month {number}", ValueType.MONEY)
                                         for number in range(40)))
    table = Table("wide", "Wide", columns, (("Mei Ling", *range(10**9, 10**9 + 40)),))
    found = text(replace(EMPTY, tables=(table,)), tmp_path)
    assert found.count("Mei Ling") > 1
    assert [number for number in range(40) if f"10,000,000.{number:02}" not in found] == []


def test_long_names_wrap_and_end_in_dots(tmp_path: Path) -> None:
    found = text(listed("Perniagaan " * 40, "next"), tmp_path)
    assert "…" in found
    assert found.index("…") < found.index("next")


def test_totals_never_stand_alone_on_a_page(tmp_path: Path) -> None:
    """Whatever the number of rows, the page with the totals has a row above them."""
    columns = (Column("name", "Name"), Column("n", "No.", ValueType.COUNT))
    for count in range(30, 80):
        rows = tuple((f"row {number}", number) for number in range(count))
        report = replace(EMPTY, figures=(), tables=(Table("t", "T", columns, rows, ("Sum of all", count)),))
        last = pages(report, tmp_path)[-1].extract_text()
        assert "Sum of all" in last and f"row {count - 1}" in last


def test_a_short_table_stays_together(tmp_path: Path) -> None:
    columns = (Column("name", "Name"), Column("n", "No.", ValueType.COUNT))
    for count in range(25, 45):
        first = Table("a", "A", columns, tuple(("above", number) for number in range(count)))
        second = Table("b", "B", columns, tuple((f"row {number}", number) for number in range(5)), ("Sum of all", 10))
        found = [page.extract_text() for page in pages(replace(EMPTY, figures=(), tables=(first, second)), tmp_path)]
        assert ["row 0" in page for page in found] == ["Sum of all" in page for page in found]


def test_a_word_is_not_broken_while_other_columns_have_room(tmp_path: Path) -> None:
    columns = (Column("name", "Name", weight=3.0), *(Column(f"c{number}", "State") for number in range(6)))
    rows = (("Perusahaan Pembinaan dan Perabot Kayu Jati Semenanjung Malaysia Sdn Bhd", *["Wholesale-customer"] * 6),)
    found = text(replace(EMPTY, figures=(), tables=(Table("t", "T", columns, rows),)), tmp_path)
    assert found.count("Wholesale-customer") == 6


def test_an_empty_table_says_so(tmp_path: Path) -> None:
    assert "Nothing in this period." in text(EMPTY, tmp_path)
    assert "Nothing yet." in text(replace(EMPTY, start=None, end=None), tmp_path)


def test_a_bare_report_is_a_page(tmp_path: Path) -> None:
    (page,) = pages(Report("x", "Bare", "", "MYR", "en", None, None), tmp_path)
    assert page.extract_text().split("\n") == ["Bare", "Page 1 of 1"]


@pytest.mark.parametrize("name", ["<b>bold</b>", "<ali@x.my>", "&amp; &#65;", "%s {x} \\n", "(((", "=1+1"])
def test_names_are_shown_as_they_are(name: str, tmp_path: Path) -> None:
    assert name in text(listed(name), tmp_path)


def test_letters_without_a_font_are_boxes_and_a_note(tmp_path: Path) -> None:
    found = text(listed("a\U0010fffdb"), tmp_path)
    assert "a\U0010fffdb" in found
    assert "No font on this computer has these letters: Symbols." in found
    assert "No font" not in text(listed("Kedai", "முருகன்", "लक्ष्मी", "محمد"), tmp_path)


def test_a_right_to_left_language_mirrors_the_page(tmp_path: Path) -> None:
    def left_side(report: Report) -> float:
        places: list[float] = []
        (page,) = pages(report, tmp_path)
        page.extract_text(visitor_text=lambda said, _cm, tm, _font, _size:
                          places.append(tm[4]) if "Seller" in said and "By" not in said else None)
        return places[0]

    assert left_side(EMPTY) < 100 < 400 < left_side(replace(EMPTY, language="ar"))


def test_many_figures_stand_in_even_rows(tmp_path: Path) -> None:
    figures = tuple(replace(DAILY.figures[0], key=str(number), value=10**11 + number) for number in range(7))
    found = text(replace(DAILY, figures=figures, chart=None, sections=(), tables=(SELLERS,)), tmp_path)
    assert [number for number in range(7) if f"RM 1,000,000,000.0{number}" not in found] == []
