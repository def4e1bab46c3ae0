"""Writers: a workbook of 100,000 rows, and 10,000 shaped rows on paper."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from desktop_crm.reports.report import Column, Report, Table, ValueType
from tests.benchmarks.large import FIRST, FOLDER, LAST, TODAY
from tests.benchmarks.timing import Result, paired

COLUMNS = (Column("name", "Name"), Column("city", "City"), Column("region", "Region"), Column("seller", "Seller"),
           Column("stage", "Stage"), Column("amount", "Amount", ValueType.MONEY),
           Column("deals", "Deals", ValueType.COUNT), Column("rate", "Rate", ValueType.RATE),
           Column("day", "Day", ValueType.DATE))


def _report(count: int) -> Report:
    rows = tuple((f"{FIRST[n % 20]} {LAST[n // 20 % 20]} {n}", f"City {n % 300}", f"Region {n % 14}",
                  f"Seller {n % 30}", "Proposal", n * 137, n % 50, n % 100 / 100, TODAY) for n in range(count))
    return Report("bench", "Bench", "Kedai Bukit Tiles", "MYR", "en", None, None,
                  tables=(Table("rows", "Rows", COLUMNS, rows),))


def workbook() -> Result:
    """Our workbook against xlsxwriter with the rows in memory."""
    import xlsxwriter

    from desktop_crm.export import files

    report = _report(100_000)
    path = FOLDER / "floor.xlsx"

    def raw() -> None:
        book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False,
                                               "strings_to_urls": False, "strings_to_numbers": False})
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate(report.tables[0].rows):
            for column, value in enumerate(row[:5]):
                sheet.write_string(number, column, value)
            sheet.write_number(number, 5, row[5] / 100)
            sheet.write_number(number, 6, row[6])
            sheet.write_number(number, 7, row[7])
            sheet.write_datetime(number, 8, row[8], day)
        book.close()

    return paired("XLSX of 100,000 rows", raw, lambda: files.write(report, FOLDER / "ours.xlsx"), 1.3, runs=3)


def paper() -> Result:
    """Our PDF against the plain text of the same page on reportlab's canvas."""
    from desktop_crm.export import files

    report = _report(10_000)
    return paired("PDF of 10,000 rows, shaped", lambda: _plain_pdf(report.tables[0].rows, FOLDER / "floor.pdf"),
                  lambda: files.write(report, FOLDER / "ours.pdf"), 2, runs=3)


def _plain_pdf(rows: tuple[tuple[Any, ...], ...], path: Path) -> None:
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    from desktop_crm import paths

    if "floor" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("floor", str(next(
            font for font in paths.fonts() if font.name.startswith("NotoSans-Regular")))))
    canvas = Canvas(str(path), pagesize=landscape(A4))
    for number, row in enumerate(rows):
        if number % 30 == 0:
            if number:
                canvas.showPage()
            canvas.setFont("floor", 8)
        y = 560 - number % 30 * 17
        for column, value in enumerate((*row[:5], f"{Decimal(row[5]) / 100:,.2f}", f"{row[6]}", f"{row[7]:.1%}",
                                        row[8].isoformat())):
            canvas.drawString(30 + column * 88, y, value)
    canvas.save()


def all_results() -> list[Result]:
    """Both writers."""
    return [workbook(), paper()]
