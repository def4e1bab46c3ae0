"""Pages that are printed, read back from the PDF that Qt's printer writes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PageObject, PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_crm import i18n
from desktop_crm.domain.errors import Cancelled, FileRefused
from desktop_crm.reports.report import Report
from desktop_crm.ui import words
from desktop_crm.ui.jobs import Jobs, Progress
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.reports import printing
from desktop_crm.ui.reports.ink import Type
from desktop_crm.ui.reports.pages import Pages
from desktop_crm.ui.reports.preview import PrintPreview
from desktop_crm.ui.sheets import printing as printer_choice
from desktop_crm.ui.widgets.states import MessageBar
from tests.export.samples import DAILY, EMPTY, customers, sales


def printed(report: Report, path: Path, first: int = 0, last: int = 0) -> PdfReader:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    if first:
        printer.setFromTo(first, last)
    printing.print_report(report, printer, Type(), Progress(lambda *_: None))
    return PdfReader(path)


def page_words(page: PageObject) -> str:
    return " ".join(page.extract_text().split())


def words_of(reader: PdfReader) -> str:
    return " ".join(map(page_words, reader.pages))


def test_a_daily_report_prints_everything_that_the_screen_shows(qtbot: QtBot, tmp_path: Path) -> None:
    text = words_of(printed(DAILY, tmp_path / "daily.pdf"))
    for part in ("Kedai Bukit Tiles", "Daily report", "Saturday 21 November 2026", "RM 12,480", "of RM 9,500 planned",
                 "Won each day this month", "7 invoices overdue, RM 18,940", "Nothing planned.", "Mei Ling",
                 "8,300.00", "66.7 %", "12,480.00", "=cmd|'/c calc'!A1", "Cash and bank transfers", "Page 1 of",
                 "Printed 21 November 2026, 18:05", "Won = deals moved to Won"):
        assert part in text


def test_every_row_is_on_one_page_and_each_page_has_heads_and_number(qtbot: QtBot, tmp_path: Path) -> None:
    report = customers(130)
    latin = replace(report.tables[0], rows=tuple((f"Name{number}.", *row[1:]) for number, row in
                                                 enumerate(report.tables[0].rows)), totals=("Total", *(None,) * 5))
    reader = printed(replace(report, tables=(latin,)), tmp_path / "list.pdf")
    text = words_of(reader)
    assert [number for number in range(130) if text.count(f"Name{number}.") != 1] == []
    count = len(reader.pages)
    assert count == Pages(replace(report, tables=(latin,)), Type()).count
    for number, page in enumerate(reader.pages, 1):
        assert "Last contact" in page_words(page)
        assert f"Page {number} of {count}" in page_words(page)
    assert "Total" in reader.pages[-1].extract_text()


def test_wide_tables_lie_on_their_side(qtbot: QtBot, tmp_path: Path) -> None:
    assert not Pages(DAILY, Type()).landscape
    page = printed(sales(), tmp_path / "sales.pdf").pages[0]
    assert page.mediabox.width > page.mediabox.height
    assert "10,005,534.00" in page.extract_text()


def test_a_chosen_range_of_pages_is_printed(qtbot: QtBot, tmp_path: Path) -> None:
    reader = printed(customers(400), tmp_path / "part.pdf", 2, 3)
    assert [page_words(page).count("Page 2 of") for page in reader.pages] == [1, 0]
    assert len(reader.pages) == 2


def test_an_empty_table_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    assert "No rows in this period." in words_of(printed(EMPTY, tmp_path / "empty.pdf"))


def test_a_page_mirrors_for_right_to_left(qtbot: QtBot, tmp_path: Path) -> None:
    def left_of_title(report: Report, path: Path) -> float:
        found: list[float] = []

        def visit(text: str, cm: list[float], tm: list[float], *_: object) -> None:
            if "Mei" in text:
                found.append(tm[4] * cm[0] + tm[5] * cm[2] + cm[4])

        printed(report, path).pages[0].extract_text(visitor_text=visit)
        return found[0]

    plain = left_of_title(DAILY, tmp_path / "ltr.pdf")
    words.set_language(i18n.language("ar"))
    mirrored = left_of_title(DAILY, tmp_path / "rtl.pdf")
    words.set_language(i18n.language("en"))
    assert mirrored > plain


def test_a_stopped_print_ends_as_cancelled(qtbot: QtBot, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFileName(str(tmp_path / "stopped.pdf"))
    progress = Progress(lambda *_: None)
    progress.cancel()
    with pytest.raises(Cancelled):
        printing.print_report(customers(400), printer, Type(), progress)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="a folder that does not exist is refused alike elsewhere")
def test_a_printer_that_does_not_begin_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "nowhere" / "at all.pdf"))
    with pytest.raises(FileRefused):
        printing.print_report(DAILY, printer, Type(), Progress(lambda *_: None))


@pytest.fixture
def preview(qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[PrintPreview, Jobs, MessageBar]]:
    jobs, bar = Jobs(), MessageBar()
    made = PrintPreview(jobs, Messages(bar, tmp_path / "log"))
    for widget in (bar, made):
        qtbot.addWidget(widget)
    made.resize(1166, 694)
    made.show()
    yield made, jobs, bar
    jobs.close()


def test_the_preview_pages_zooms_and_closes_by_keys(preview: tuple[PrintPreview, Jobs, MessageBar],
                                                    qtbot: QtBot) -> None:
    made, jobs, _ = preview
    made.show_report(customers(400))
    assert not made.print.isEnabled()
    jobs.wait_all()
    assert made.pages is not None and made.pages.count > 3
    qtbot.keyClick(made.view, Qt.Key.Key_PageDown)
    assert made.view.number() == 1
    qtbot.keyClick(made.view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert made.view.number() == 1
    qtbot.keyClick(made.view, Qt.Key.Key_End)
    assert made.view.accessibleName() == f"Page {made.pages.count} of {made.pages.count}"
    with qtbot.waitSignal(made.closed):
        qtbot.keyClick(made.view, Qt.Key.Key_Escape)


def test_only_the_sheets_in_sight_are_painted(preview: tuple[PrintPreview, Jobs, MessageBar]) -> None:
    made, jobs, _ = preview
    made.show_report(customers(3000))
    jobs.wait_all()
    picture = made.view.grab().toImage()
    colors = {picture.pixelColor(x, picture.height() // 2).name() for x in range(picture.width())}
    assert "#ffffff" in colors and len(colors) > 2
    assert len(made.view._painted) < 4


def test_without_a_printer_the_file_is_offered(preview: tuple[PrintPreview, Jobs, MessageBar], qtbot: QtBot,
                                               monkeypatch: pytest.MonkeyPatch) -> None:
    made, jobs, bar = preview
    made.show_report(DAILY)
    jobs.wait_all()
    monkeypatch.setattr(printer_choice, "printers", lambda: [])
    assert made.choose_printer() is None
    QApplication.processEvents()
    assert bar.text() == "No printer is set up on this computer."
    with qtbot.waitSignal(made.pdf_wanted):
        bar._run()


def test_the_printer_is_asked_for_without_stopping_the_window(preview: tuple[PrintPreview, Jobs, MessageBar],
                                                              monkeypatch: pytest.MonkeyPatch) -> None:
    made, jobs, _ = preview
    made.show_report(DAILY)
    jobs.wait_all()
    monkeypatch.setattr(printer_choice, "printers", lambda: ["Office"])
    dialog = made.choose_printer()
    assert dialog is not None and dialog.isVisible()
    dialog.close()
