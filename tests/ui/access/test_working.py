"""Who works: chosen by keyboard in the real window, asked for a PIN, remembered for the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_crm import settings
from desktop_crm.i18n import language
from desktop_crm.services import access, customers, deals, history, sellers
from desktop_crm.services.book import Book, open_book
from desktop_crm.ui.main_window import MainWindow
from tests.books import new_book
from tests.ui.access.test_lock import Clock, settle


@pytest.fixture
def book(tmp_path: Path, home: Path, quick_pins: None) -> Iterator[Book]:
    made = new_book(tmp_path / "shop.crm")
    for name in ("Ana", "Ben", "கீதா"):
        sellers.add(made, {"name": name})
    access.set_pin(made, 2, "4829")
    yield made
    made.close()


@pytest.fixture
def window(book: Book) -> Iterator[MainWindow]:
    made = shown(book, settings.Settings())
    yield made
    made.take_book()
    made.jobs.close()
    made.close()
    made.deleteLater()


def shown(book: Book, preferences: settings.Settings) -> MainWindow:
    made = MainWindow(preferences)
    made.access.working._clock = Clock()
    made.show()
    made.show_book(book)
    settle(made)
    return made


def press(window: MainWindow, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(window.focusWidget() or window, key)
    QApplication.processEvents()


def begin(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_F9)
    QApplication.processEvents()


def test_a_seller_without_a_pin_is_two_keys_away(window: MainWindow, book: Book) -> None:
    begin(window)
    assert window.access.working.panel.list.hasFocus()
    press(window, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert (book.seller, book.actor) == (1, "Ana") and not window.access.working.panel.isVisible()
    assert window.page("customers").isAncestorOf(window.focusWidget())
    assert window.top.worker.accessibleName() == "Working as Ana" and window.top.worker._letter == "A"
    customers.add(book, {"name": "Kedai"})
    assert history.acts(book, language("en"))[-1].actor == "Ana"
    begin(window)
    press(window, Qt.Key.Key_Up, Qt.Key.Key_Return)
    assert (book.seller, book.actor) == (None, "") and window.top.worker.accessibleName() == "Work as…"


def test_a_pin_is_asked_for_below_the_name_and_a_wrong_one_is_told(window: MainWindow, book: Book) -> None:
    panel = window.access.working.panel
    begin(window)
    press(window, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert book.seller is None and panel.pin.hasFocus() and panel.pin.placeholderText() == "PIN of Ben"
    QTest.keyClicks(panel.pin, "1111")
    assert "1111" not in panel.pin.displayText()
    press(window, Qt.Key.Key_Return)
    assert panel.why() == "That is not the PIN of Ben." and panel.pin.text() == "" and panel.pin.hasFocus()
    assert panel.isVisible() and panel.height() >= panel.sizeHint().height()
    QTest.keyClicks(panel.pin, "4829")
    press(window, Qt.Key.Key_Return)
    assert (book.seller, book.actor) == (2, "Ben") and not panel.isVisible()


def test_wrong_pins_are_slowed_after_five(window: MainWindow, book: Book) -> None:
    working, clock = window.access.working, Clock()
    working._clock = clock
    begin(window)
    press(window, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return)
    for _ in range(5):
        QTest.keyClicks(working.panel.pin, "0000")
        press(window, Qt.Key.Key_Return)
    QTest.keyClicks(working.panel.pin, "4829")
    press(window, Qt.Key.Key_Return)
    assert book.seller is None and working.panel.why() == "Too many wrong tries. Try again in 5 seconds."
    press(window, Qt.Key.Key_Escape)
    begin(window)
    press(window, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert book.actor == "Ana", "the others do not wait"
    clock.now += 5
    begin(window)
    press(window, Qt.Key.Key_Down, Qt.Key.Key_Return)
    QTest.keyClicks(working.panel.pin, "4829")
    press(window, Qt.Key.Key_Return)
    assert book.actor == "Ben"


def test_escape_and_another_place_close_the_panel(window: MainWindow, book: Book) -> None:
    panel = window.access.working.panel
    window.top.worker.click()
    assert panel.isVisible()
    press(window, Qt.Key.Key_Escape)
    assert not panel.isVisible() and window.page("customers").isAncestorOf(window.focusWidget())
    window.top.worker.click()
    window.top.search.setFocus()
    assert not panel.isVisible() and book.seller is None


def test_a_click_takes_a_name(window: MainWindow, book: Book) -> None:
    window.top.worker.click()
    names = window.access.working.panel.list
    place = names.visualRect(names.model().index(4, 0)).center()  # the heading, nobody, Ana, Ben, கீதா
    QTest.mouseClick(names.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert book.actor == "கீதா" and window.top.worker._letter == "கீ", "a whole letter, its vowel sign with it"


def test_who_worked_last_works_on_and_one_with_a_pin_is_asked(book: Book, qtbot: QtBot) -> None:
    preferences = settings.Settings()
    for seller, pin in ((1, ""), (2, "4829")):
        window = shown(book, preferences)
        window.access.working._work_as(seller, pin)
        assert window.take_book() is book
        window.jobs.close()
        window.close()
        assert settings.load().worker(book.path) == seller and "4829" not in str(settings.load())
        access.work_as(book, None)
        again = shown(book, settings.load())
        panel = again.access.working.panel
        if pin:
            assert book.seller is None and panel.pin.hasFocus() and panel.list.current_key() == "2"
        else:
            assert book.actor == "Ana" and not panel.isVisible()
        again.take_book()
        again.jobs.close()
        again.close()


def test_the_picker_follows_the_list_of_sellers(window: MainWindow, book: Book) -> None:
    access.work_as(book, 1)
    sellers.edit(book, 1, {"name": "Zoë"})
    settle(window)
    assert window.top.worker.accessibleName() == "Working as Zoë"
    sellers.delete(book, [1, 2, 3])
    settle(window)
    assert not window.top.worker.isVisible()
    begin(window)
    assert window.message_bar.text() == "There are no sellers yet. Add who works here first."
    window.message_bar._action.click()
    settle(window)
    panel = window.panels.open["settings"]
    assert panel.current_key() == "sellers"  # type: ignore[attr-defined]


def test_a_file_for_reading_only_has_no_picker(book: Book) -> None:
    path = book.path
    book.close()
    again = open_book(path, reading=True)
    window = shown(again, settings.Settings(workers={str(path.resolve()): 1}))
    assert again.seller is None and not window.top.worker.isVisible()
    window.take_book()
    window.jobs.close()
    window.close()
    again.close()


def test_a_sale_is_of_who_works_also_when_another_takes_over(window: MainWindow, book: Book) -> None:
    access.work_as(book, 1)
    QTest.keyClick(window, Qt.Key.Key_F4)
    settle(window)
    counter = window.panels.open["sale"]
    total = counter.total  # type: ignore[attr-defined]
    for seller in (1, 3, None):
        access.work_as(book, seller)
        QTest.keyClicks(total, "12.50")
        QTest.keyClick(total, Qt.Key.Key_Return)
        settle(window)
    QTest.keyClicks(total, "3")
    counter.seller.set_value(1)  # type: ignore[attr-defined]  # chosen by hand
    QTest.keyClick(total, Qt.Key.Key_Return)
    settle(window)
    ids = deals.list_ids(book)
    assert [deals.card(book, deal).values["seller_id"] for deal in ids] == [1, 3, None, 1]


def test_a_new_deal_proposes_who_works(window: MainWindow, book: Book) -> None:
    access.work_as(book, 3)
    window.show_tab("deals")
    settle(window)
    window.new()
    page: Any = window.page("deals")
    assert page.form.form().editor("seller_id").value() == 3
