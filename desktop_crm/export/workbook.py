"""A report as an Excel workbook: an overview where there is anything to say, then a sheet a table.

Numbers are numbers with their formats, texts are texts whatever they begin with, rows are streamed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from desktop_crm import i18n
from desktop_crm.domain.errors import N_
from desktop_crm.domain.values import minor_digits
from desktop_crm.export.cells import exact, forms, sound, titled
from desktop_crm.export.progress import STEP, Progress
from desktop_crm.reports.report import Report, Table, ValueType

_EXACT = 10**15  # a spreadsheet's numbers have fifteen digits
_FIRST_DAY = date(1900, 3, 1)  # before it Excel counts a day that never was
_ORIGIN = date(1899, 12, 30).toordinal()
_LAKH = "[>=10000000]##\\,##\\,##\\,##0{0};[>=100000]##\\,##\\,##0{0};#,##0{0}"
_SAMPLE = 200
_WIDEST = 60
_PLAIN = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
          "strings_to_numbers": False}

Put = Callable[[int, int, Any, Any], None]
"""Writes one value: row, column, value, format."""


def write(report: Report, path: Path, progress: Progress) -> None:
    """Write the workbook; raises Cancelled when the user stops it, xlsxwriter's FileCreateError else.

    It is zipped in memory: on a full disk xlsxwriter would leave its file open.
    """
    whole = BytesIO()
    book = Workbook(whole, _PLAIN)
    try:
        book.set_properties({"title": sound(report.title), "company": sound(report.business)})
        _Sheets(book, report).write(progress)
    finally:
        book.close()
    path.write_bytes(whole.getbuffer())


class _Sheets:
    """The sheets of one report in an open workbook."""

    def __init__(self, book: Workbook, report: Report) -> None:
        self._book = book
        self._report = report
        self._language = i18n.language(report.language)
        self._forms = forms(report.currency, self._language)
        self._names = {"history"}  # Excel keeps this name for itself

    def write(self, progress: Progress) -> None:
        report = self._report
        if report.figures or report.sections or report.notes or not report.tables:
            self._overview()
        for table in report.tables:
            self._table(table, progress)
        for table in _chart_tables(report):
            self._table(table, None)

    def _sheet(self, title: str) -> Any:
        sheet = self._book.add_worksheet(self._name(title))
        if self._language.right_to_left:
            sheet.right_to_left()
        sheet.set_paper(9)  # A4
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        parts = (self._report.business, self._report.title, self._report.subtitle)
        sheet.set_header("&L" + _utf16_start(_sentence(parts), 120).replace("&", "&&"))  # & starts a code
        sheet.set_footer("&R&P / &N")
        return sheet

    def _name(self, title: str) -> str:
        """A sheet name that Excel takes: no []:*?/\\, no outer apostrophe, 31 letters, told apart."""
        base = re.sub(r"[\[\]:*?/\\\ufffd]", " ", sound(title)).strip().strip("'") or self._report.name
        name, number = _utf16_start(base, 31).strip("'"), 1
        while name.casefold() in self._names:
            number += 1
            name = f"{_utf16_start(base, 30 - len(str(number)))} {number}"
        self._names.add(name.casefold())
        return name

    def _overview(self) -> None:
        """Figures with their formulas, what needs attention, and the notes."""
        report = self._report
        sheet = self._sheet(self._language.say(N_("Overview")))
        for column, width in enumerate((34, 20, 44, 60)):
            sheet.set_column(column, column, width)
        sheet.write_string(0, 0, _cell(report.title), self._format(bold=True, font_size=16))
        sheet.write_string(1, 0, _cell(_sentence((report.business, report.subtitle))))
        wrap = self._format(text_wrap=True)
        line = 2
        for figure in report.figures:
            line += 1
            sheet.write_string(line, 0, _cell(figure.title))
            self._put(sheet, figure.type)(line, 1, figure.value, self._style(figure.type, bold=True))
            sheet.write_string(line, 2, _cell(figure.note), wrap)
            sheet.write_string(line, 3, _cell(figure.formula), wrap)
        for title, sentences in _paragraphs(report):
            line += 2
            sheet.write_string(line, 0, _cell(title), self._format(bold=True))
            for sentence in sentences:
                line += 1
                sheet.write_string(line, 0, _cell(sentence))

    def _table(self, table: Table, progress: Progress | None) -> None:
        """One table: titles frozen and filterable, a format a column, the totals in bold."""
        sheet = self._sheet(table.title or self._report.title)
        self._head(sheet, table)
        puts = [(place, self._put(sheet, column.type), self._style(column.type))
                for place, column in enumerate(table.columns)]
        for start in range(0, len(table.rows), STEP):
            block = table.rows[start:start + STEP]
            for line, row in enumerate(block, start + 1):
                for place, put, style in puts:
                    put(line, place, row[place], style)
            if progress is not None:
                progress.advance(len(block))
        if table.totals is not None:
            for place, (column, value) in enumerate(zip(table.columns, table.totals, strict=True)):
                style = self._style(column.type, bold=True, top=1)
                self._put(sheet, column.type)(len(table.rows) + 1, place, value, style)

    def _head(self, sheet: Any, table: Table) -> None:
        right = self._format(bold=True, align="right", text_wrap=True, valign="top", bottom=1)
        left = self._format(bold=True, text_wrap=True, valign="top", bottom=1)
        for place in range(len(table.columns)):
            sheet.set_column(place, place, self._width(table, place))
        for place, column in enumerate(table.columns):
            title = titled(column, self._report.currency, self._language)
            sheet.write_string(0, place, _cell(title), right if column.type.numeric else left)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        if table.columns:
            sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)

    def _put(self, sheet: Any, kind: ValueType) -> Put:
        """The function that writes a value of the type into a cell of the sheet."""
        if kind is ValueType.MONEY:
            return _put_money(sheet, self._report.currency)
        if kind is ValueType.DATE:
            return _put_date(sheet)
        return _put_text(sheet) if kind in (ValueType.TEXT, ValueType.TIME) else _put_number(sheet)

    def _style(self, kind: ValueType, **extra: Any) -> Any:
        form = _number_form(kind, self._report.currency)
        if form:
            return self._format(num_format=form, **extra)
        if kind is ValueType.TIME:
            return self._format(align="right", **extra)
        return self._format(**extra) if extra else None

    def _format(self, **properties: Any) -> Any:
        return self._book.add_format(properties)

    def _width(self, table: Table, place: int) -> float:
        """A column's width in letters, from its title's longest word and a sample of its cells."""
        column, form = table.columns[place], self._forms[table.columns[place].type]
        cells = [row[place] for row in table.rows[::max(1, len(table.rows) // _SAMPLE)]]
        if table.totals is not None:
            cells.append(table.totals[place])
        longest = max((_letters(form(value)) for value in cells if value is not None), default=0)
        words = [_letters(word) for word in titled(column, self._report.currency, self._language).split()]
        return min(max([longest, 6, *words]) + 3, _WIDEST)


def _put_number(sheet: Any) -> Put:
    string, number, blank = sheet.write_string, sheet.write_number, sheet.write_blank

    def put(row: int, column: int, value: Any, style: Any) -> None:
        if value is None:
            blank(row, column, None, style)
        elif isinstance(value, str):
            string(row, column, _cell(value), style)
        else:
            number(row, column, value, style)
    return put


def _put_money(sheet: Any, currency: str) -> Put:
    """Money as a number in major units; an amount beyond fifteen digits as its exact decimals."""
    string, number, blank = sheet.write_string, sheet.write_number, sheet.write_blank
    unit = 10 ** minor_digits(currency)

    def put(row: int, column: int, value: Any, style: Any) -> None:
        if value is None:
            blank(row, column, None, style)
        elif isinstance(value, int) and -_EXACT < value < _EXACT:
            number(row, column, value / unit, style)
        else:
            string(row, column, _cell(str(exact(value, ValueType.MONEY, currency))), style)
    return put


def _put_date(sheet: Any) -> Put:
    string, number, blank = sheet.write_string, sheet.write_number, sheet.write_blank

    def put(row: int, column: int, value: Any, style: Any) -> None:
        if isinstance(value, date) and value >= _FIRST_DAY:
            number(row, column, value.toordinal() - _ORIGIN, style)
        elif value is None:
            blank(row, column, None, style)
        else:
            string(row, column, _cell(str(value)), style)
    return put


def _put_text(sheet: Any) -> Put:
    string, blank = sheet.write_string, sheet.write_blank

    def put(row: int, column: int, value: Any, style: Any) -> None:
        if value is not None:
            string(row, column, _cell(str(value)), style)
        elif style is not None:
            blank(row, column, None, style)
    return put


def _number_form(kind: ValueType, currency: str) -> str:
    """Excel's number format of a type; money has its currency's places and grouping."""
    places = minor_digits(currency)
    decimals = "." + "0" * places if places else ""
    return {
        ValueType.MONEY: (_LAKH if currency in ("INR", "NPR") else "#,##0{0}").format(decimals),
        ValueType.COUNT: "#,##0",
        ValueType.NUMBER: "#,##0.0##",
        ValueType.RATE: "0.0%",
        ValueType.DAYS: "#,##0.0",
        ValueType.DATE: "yyyy-mm-dd",
    }.get(kind, "")


def _chart_tables(report: Report) -> list[Table]:
    """The table that says the same as the chart, unless the report has it as a table already."""
    if report.chart is None or any(table.key == report.chart.table.key for table in report.tables):
        return []
    return [replace(report.chart.table, title=report.chart.table.title or report.chart.title)]


def _paragraphs(report: Report) -> Iterable[tuple[str, list[str]]]:
    """The headings of the overview, each with its sentences; the notes have none."""
    for section in report.sections:
        yield section.title, [item[0] for item in section.items] or [section.empty]
    if report.notes:
        yield "", list(report.notes)


def _cell(text: str) -> str:
    """Text for a cell: sound, and never the one form that xlsxwriter would write as raw XML."""
    text = sound(text)
    return text + "\u200b" if text.startswith("<r>") and text.endswith("</r>") else text


def _sentence(parts: Iterable[str]) -> str:
    return " · ".join(sound(part) for part in parts if part)


def _utf16_start(text: str, most: int) -> str:
    """The start of the text in at most `most` UTF-16 units, as Excel counts letters."""
    return text.encode("utf-16-le")[:2 * most].decode("utf-16-le", "ignore").strip()


def _letters(text: str) -> float:
    """The width of a text in letters; Chinese ones are twice as wide."""
    return len(text) if text.isascii() else sum(1.9 if letter >= "\u2e80" else 1 for letter in text)
