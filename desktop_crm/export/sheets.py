"""A report for spreadsheets: an Excel workbook, and CSV that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

from desktop_crm.domain.export_profiles import CsvForm
from desktop_crm.export.cells import plain, sound
from desktop_crm.export.progress import Progress
from desktop_crm.reports.report import Cell, Report, Table, ValueType

_USUAL = CsvForm()


def write_xlsx(report: Report, path: Path, progress: Progress | None = None) -> None:
    """Write the report as a workbook, rows streamed; raises Cancelled, or OSError from the disk."""
    from xlsxwriter.exceptions import FileCreateError

    from desktop_crm.export.workbook import write

    try:
        write(report, path, progress or Progress(report))
    except FileCreateError as error:
        cause = error.args[0]
        raise (cause if isinstance(cause, OSError) else OSError(str(cause))) from error


def write_csv(report: Report, path: Path, form: CsvForm = _USUAL) -> None:
    """Write every table under its titles, UTF-8 with BOM; from the second on a table's title stands above.

    Money is plain decimals, rates and days unrounded, dates ISO, where `form` says nothing else; a text cell that a
    spreadsheet would run as a formula has an apostrophe before it. A report without tables writes its figures.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file, delimiter=form.delimiter)
        for number, table in enumerate(report.tables):
            if number:
                rows.writerows([[], [guarded(sound(table.title))]])
            _write_table(rows, table, report.currency, form)
        if not report.tables:
            rows.writerows([guarded(sound(figure.title)), plain(figure.value, figure.type, report.currency)]
                           for figure in report.figures)


def _write_table(rows: Any, table: Table, currency: str, form: CsvForm) -> None:
    columns = table.columns
    rows.writerow([guarded(sound(column.title)) for column in columns])
    body = [*table.rows, table.totals] if table.totals is not None else table.rows
    for row in body:
        rows.writerow([_text(value, column.type, currency, form)
                       for value, column in zip(row, columns, strict=True)])


def _text(value: Cell, kind: ValueType, currency: str, form: CsvForm) -> str:
    if isinstance(value, date):
        return value.strftime(form.days) if form.days else value.isoformat()
    written = plain(value, kind, currency)
    if isinstance(value, str):
        return guarded(written)
    return written if form.decimal == "." else written.replace(".", form.decimal)


_RUN = tuple("=+-@\t\r\n＝＋－＠")


def guarded(text: str) -> str:
    """Text that a spreadsheet shows and never runs: one more apostrophe before =, +, -, @, tab or a break.

    Texts that have apostrophes there already get one too, so that `unguarded` gives each back.
    """
    return "'" + text if text.lstrip("'").startswith(_RUN) else text


def unguarded(text: str) -> str:
    """The text as it was before `guarded`."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_RUN) else text
