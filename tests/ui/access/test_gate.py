"""The gate in the real window: every way out waits for the owner's PIN, holds for minutes, and is written down."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from desktop_crm.i18n import language
from desktop_crm.services import access, customers, deals, owner, sellers
from desktop_crm.services.book import Book
from desktop_crm.settings import Settings
from desktop_crm.storage import unit_of_work
from desktop_crm.storage.shapes import INSTANT
from desktop_crm.ui.customers.bulk import copy_addresses
from desktop_crm.ui.exporting import WORKBOOK
from desktop_crm.ui.main_window import MainWindow
from desktop_crm.ui.persons.desk import Desk
from desktop_crm.ui.sales.paper_panel import PaperPanel
from tests.books import NOON, new_book
from tests.ui.access.conftest import Clock, settle


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Path, quick_pins: None) -> Iterator[Book]:
    monkeypatch.setattr(unit_of_work, "_now", lambda: NOON.strftime(INSTANT))  # a past of the book's own clock
    made = new_book(tmp_path / "shop.crm", name="Kedai")
    for name in ("Ana", "Ben"):
        sellers.add(made, {"name": name})
    for name in ("Aminah Runcit", "陈美玲", "கண்ணன்"):
        deals.add(made, {"name": name, "customer_id": customers.add(made, {"name": name})})
    owner.save(made, "4829", day=False)
    yield made
    made.close()


@pytest.fixture
def window(book: Book, clock: Clock, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(Settings())
    made.access.gate._clock = clock
    made.show()
    made.show_book(book)
    made.show_tab("customers")
    settle(made)
    QGuiApplication.clipboard().setText("before")
    yield made
    made.take_book()
    made.jobs.close()
    made.close()
    made.deleteLater()


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def dialogs(window: MainWindow) -> list[QFileDialog]:
    return [one for one in window.findChildren(QFileDialog) if one.isVisible()]


def give(window: MainWindow, pin: str = "4829") -> None:
    dialog = window.access.gate.dialog
    assert dialog is not None and dialog.isVisible()
    QTest.keyClicks(dialog.field, pin)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    settle(window)


def noted(book: Book) -> list[str]:
    return [act.label for act in owner.noted(book, language("en"), 9)]


def choose_all(window: MainWindow) -> Any:
    page: Any = window.page("customers")
    page.table.selectAll()
    return page


def test_rows_are_copied_after_the_pin_one_row_at_once(window: MainWindow, book: Book) -> None:
    page = choose_all(window)
    assert page.table.copy() == "" and clipboard() == "before"
    settle(window)
    dialog = window.access.gate.dialog
    assert dialog is not None and dialog.what.text() == "Copy 3 rows" and dialog.focusWidget() is dialog.field
    give(window, "1234")
    assert dialog.why() == "That is not the owner's PIN." and dialog.field.text() == "" and clipboard() == "before"
    QTest.keyClick(dialog.field, Qt.Key.Key_Escape)
    assert window.access.gate.dialog is None and (clipboard(), noted(book)) == ("before", [])
    page.table.copy()
    give(window)
    assert window.access.gate.dialog is None and clipboard().count("\n") == 2 and "Aminah Runcit" in clipboard()
    assert noted(book) == ["Rows copied to the clipboard: 3"]
    window.access.gate.close()
    page.table.selectRow(0)
    assert page.table.copy() == clipboard() != "" and "\n" not in clipboard()
    assert window.access.gate.dialog is None and len(noted(book)) == 1


def ways(window: MainWindow) -> dict[str, Callable[[], object]]:
    """Every act of the window that lets data out in bulk, one after the other."""
    page, book = choose_all(window), window.book
    assert book is not None
    ids = page.table.selected_ids()
    reports: Any = window.page("reports")

    def sheet() -> object:
        window.show_tab("customers")
        page.sheet.toggle()
        settle(window)
        page.sheet.cursor.go(0, page.model.column_of("name"))
        page.sheet.cursor.stretch(2, 0)
        return page.sheet.blocks.copy()

    def second_place() -> object:
        window.panels.backups()
        panel: Any = window.panels.open["backups"]
        return panel.choose_place()

    def report(way: Callable[[Any], object]) -> object:
        window.show_tab("reports")
        reports.show_report("deals")
        settle(window)
        return way(reports)

    def printed(reports: Any) -> object:
        reports.preview_print()
        settle(window)
        return reports.preview.choose_printer()

    def held() -> object:
        return Desk(book, window, window.jobs, window.messages, window.safekeeping, window.panels.show).ask(1)

    return {
        "copy": page.table.copy,
        "addresses": lambda: copy_addresses(page, ids),
        "export": lambda: page.exporting.ask("customers", WORKBOOK, ids),
        "people": lambda: page.exporting.ask("contacts", WORKBOOK, ids),
        "person": held,
        "report to a file": lambda: report(lambda reports: reports.export(".pdf")),
        "report on paper": lambda: report(printed),
        "rows of a report": lambda: report(_report_rows),
        "second place": second_place,
        "sheet": sheet,
    }


def _report_rows(reports: Any) -> object:
    from desktop_crm.ui.reports.table_view import ReportTable

    table = next(one for one in reports.findChildren(ReportTable) if one.model().rowCount() > 1)
    table.selectAll()
    return table.copy()


def test_every_way_out_asks_first(window: MainWindow, book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_crm.ui.sheets.printing.printers", lambda: ["Printer"])
    for name, act in ways(window).items():
        result = act()
        settle(window)
        dialog = window.access.gate.dialog
        assert dialog is not None and dialog.isVisible() and not result, name
        dialog.reject()
        assert (clipboard(), dialogs(window), noted(book)) == ("before", [], []), name


def test_once_given_it_holds_for_ten_minutes(window: MainWindow, book: Book, clock: Clock) -> None:
    page = choose_all(window)
    page.exporting.ask("customers", WORKBOOK, page.table.selected_ids())
    give(window)
    chosen = dialogs(window)
    assert len(chosen) == 1, "what was asked for goes on"
    chosen[0].reject()
    clock.now += 60 * owner.HOLDS - 1
    assert page.table.copy() != ""
    clock.now += 1
    assert page.table.copy() == "" and window.access.gate.dialog is not None


def test_the_lock_another_seller_and_a_wish_end_it(window: MainWindow, book: Book) -> None:
    gate = window.access.gate
    access.set_lock(book, 0, "correct horse")
    settle(window)
    for end in (window.access.lock.lock, lambda: window.access.working._work_as(2, ""), gate.close_by_hand):
        gate._until = gate._clock() + 60
        assert not gate.asks()
        end()
        assert gate.asks(), end
        if window.access.lock.locked:
            window.access.lock._try("correct horse")
    gate.ask("Something", lambda: None)
    window.access.lock.lock()
    assert gate.dialog is None, "nothing is asked over the cover"


def test_an_export_is_written_and_written_down(window: MainWindow, book: Book, tmp_path: Path) -> None:
    book.actor = "Ana"
    page: Any = window.page("customers")
    page.exporting.write("customers", WORKBOOK, [1, 2, 3], tmp_path / "out.xlsx")
    settle(window)
    act = owner.noted(book, language("en"), 1)[0]
    assert (act.label, act.actor) == ("Exported: Customers (3), XLSX", "Ana") and (tmp_path / "out.xlsx").exists()


def test_the_past_asks_the_file_of_today(window: MainWindow, book: Book) -> None:
    window.panels.past()
    panel: Any = window.panels.open["past"]
    panel.show_day(book.today())
    settle(window)
    panel.wait()
    settle(window)
    past = next(one for one in panel.findChildren(type(window.page("customers"))))
    past.table.selectAll()
    assert past.book is not book and past.table.copy() == "" and window.access.gate.dialog is not None


def test_the_day_is_closed_freely_unless_the_owner_says_otherwise(window: MainWindow, book: Book) -> None:
    gate, evening = window.access.gate, window.evening
    assert not gate.asks(day=True)
    owner.save(book, "", day=True, now="4829")
    settle(window)
    evening.close_day()
    assert gate.dialog is not None and gate.dialog.what.text() == "Report of the day"
    gate.dialog.reject()
    settle(window)
    assert clipboard() == "before"


def test_a_paper_for_one_customer_is_free_one_that_lists_many_is_not(window: MainWindow) -> None:
    from desktop_crm.ui.sales.papers import Paper

    panel = PaperPanel(window.jobs, window.messages, Settings())
    window.stack.addWidget(panel)
    for many, asks in ((0, False), (1, False), (2, True)):
        panel._paper = Paper("Hand-over", lambda: pytest.fail("not made"), many=many)
        assert (panel._let_out(lambda: "done") is None) == asks
    assert window.access.gate.dialog is not None


def test_what_cannot_be_written_down_yet_is_later(window: MainWindow, book: Book) -> None:
    import threading

    gate = window.access.gate
    inside, go_on = threading.Event(), threading.Event()

    def long_work() -> None:
        with book.work("Import") as work:
            inside.set()
            go_on.wait(20)
            assert work.id

    other = threading.Thread(target=long_work)
    other.start()
    inside.wait(20)
    gate.note("Copied: the whole file", {})
    assert gate._later.isActive() and noted(book) == []
    go_on.set()
    other.join()
    gate._say()
    assert noted(book) == ["Copied: the whole file"] and gate._unsaid == []


def test_without_a_pin_nothing_is_asked_and_nothing_written_down(window: MainWindow, book: Book) -> None:
    owner.remove(book, "4829")
    settle(window)
    page = choose_all(window)
    assert page.table.copy() != "" and noted(book) == []
    window.access.gate.close_by_hand()
    panel: Any = window.panels.open["settings"]
    assert panel.current_key() == "owner", "who wants to be asked is shown where that is set"


def test_nothing_is_taken_back_that_was_not_done(window: MainWindow, book: Book) -> None:
    customers.add(book, {"name": "Siti"})
    settle(window)
    window.ask_password(book.path, lambda _: None, lambda _: None)
    assert [window.actions_.get(key).isEnabled() for key in ("undo", "redo")] == [True, False]
    window.take_book()
    window.show_start("")
    assert not any(window.actions_.get(key).isEnabled() for key in ("undo", "redo", "duplicates", "notice", "road"))
    window.show_book(book)
