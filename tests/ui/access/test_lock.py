"""The lock of the window: idle by an injected clock, keys that are dead meanwhile, and the way back in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.services import access, customers, sellers
from desktop_crm.services.book import Book
from desktop_crm.settings import Settings
from desktop_crm.ui.access.lock import seconds
from desktop_crm.ui.main_window import MainWindow
from tests.books import new_book
from tests.ui.access.conftest import Clock, settle

Open = Callable[[Book], MainWindow]


@pytest.fixture
def book(tmp_path: Path, home: Path, quick_pins: None) -> Iterator[Book]:
    made = new_book(tmp_path / "shop.crm", name="Kedai")
    customers.add(made, {"name": "Aminah Runcit"})
    yield made
    made.close()


@pytest.fixture
def opened(qtbot: QtBot, clock: Clock) -> Iterator[Open]:
    windows: list[MainWindow] = []

    def shown(book: Book) -> MainWindow:
        window = MainWindow(Settings())
        windows.append(window)
        window.access.lock._clock = clock
        window.show()
        window.show_book(book)
        settle(window)
        return window

    yield shown
    for window in windows:
        window.take_book()
        window.jobs.close()
        window.close()
        window.deleteLater()


def readable(window: MainWindow) -> str:
    """Every word of the window that is on the screen."""
    parts: list[QLabel | QLineEdit] = [*window.findChildren(QLabel), *window.findChildren(QLineEdit)]
    return " ".join(part.text() for part in parts if part.isVisible())


def unlock(window: MainWindow, password: str) -> None:
    QTest.keyClicks(window.access.lock.cover.field, password)
    QTest.keyClick(window.access.lock.cover.field, Qt.Key.Key_Return)
    QApplication.processEvents()


def test_a_file_with_a_lock_asks_before_its_first_page_shows(book: Book, opened: Open) -> None:
    access.set_lock(book, 5, "correct horse")
    window = opened(book)
    lock = window.access.lock
    assert lock.locked and lock.cover.isVisible() and not window._centre.isVisible()
    assert lock.cover.geometry() == window.rect() and window.focusWidget() is lock.cover.field
    said = readable(window)
    assert "1 customer" not in said and "not encrypted" in said and "no other way in" in said
    unlock(window, "wrong horse")
    assert lock.locked and lock.cover.why() == "That is not the password." and lock.cover.field.text() == ""
    unlock(window, "correct horse")
    assert not lock.locked and window._centre.isVisible() and not lock.cover.isVisible()
    settle(window)
    assert "1 customer" in readable(window)


def test_a_file_without_a_lock_is_never_locked(book: Book, opened: Open, clock: Clock) -> None:
    window = opened(book)
    clock.now += 1e6
    window.access.lock.tick()
    assert not window.access.lock.locked
    QTest.keyClick(window, Qt.Key.Key_F12)
    settle(window)
    assert not window.access.lock.locked
    assert "Lock of the window" in readable(window), "the key leads to where a lock is set"


def test_idle_minutes_lock_and_any_touch_puts_them_off(book: Book, opened: Open, clock: Clock) -> None:
    access.set_lock(book, 5, "correct horse")
    window = opened(book)
    lock = window.access.lock
    unlock(window, "correct horse")
    clock.now += 299
    lock.tick()
    assert not lock.locked
    QTest.mouseMove(window._centre, QPoint(40, 40))
    QTest.keyClick(window, Qt.Key.Key_Shift)
    clock.now += 299
    lock.tick()
    assert not lock.locked
    clock.now += 1
    lock.tick()
    assert lock.locked


def test_the_first_touch_after_a_long_sleep_is_not_let_through(book: Book, opened: Open, clock: Clock) -> None:
    access.set_lock(book, 5, "correct horse")
    window = opened(book)
    unlock(window, "correct horse")
    clock.now += 8 * 3600
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert window.access.lock.locked and window._tab == "customers"


def test_no_key_reaches_what_is_behind(book: Book, opened: Open) -> None:
    access.set_lock(book, 0, "correct horse")
    window = opened(book)
    unlock(window, "correct horse")
    settle(window)
    other, menu = QWidget(), QMenu(window)
    menu.addAction("Aminah Runcit")
    other.show()
    menu.popup(QPoint(0, 0))
    lock = window.access.lock
    lock.lock()
    assert lock.locked and not other.isVisible() and not menu.isVisible(), "no other window stays open"
    window.activateWindow()
    assert window.isActiveWindow(), "else no shortcut would be heard anyway"
    ran: list[str] = []
    for action in window.actions_.all():
        action.triggered.connect(lambda _, action=action: ran.append(action.objectName()))
    for key in (Qt.Key.Key_K, Qt.Key.Key_2, Qt.Key.Key_N, Qt.Key.Key_Z, Qt.Key.Key_I, Qt.Key.Key_Q, Qt.Key.Key_F):
        QTest.keyClick(lock.cover.field, key, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(lock.cover.field, Qt.Key.Key_F1)
    QTest.keyClick(lock.cover.field, Qt.Key.Key_Escape)
    for _ in range(6):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        assert lock.cover.isAncestorOf(window.focusWidget())
    window.page("customers").setFocus()
    assert window.focusWidget() is lock.cover.field, "a page that comes late gets the keyboard with the password"
    QTest.keyClick(window.page("customers").table, Qt.Key.Key_Delete)  # type: ignore[attr-defined]
    assert ran == [] and lock.locked and customers.list_ids(book) == [1]
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile("/tmp/list.csv")])
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, dropped, Qt.MouseButton.LeftButton,
                            Qt.KeyboardModifier.NoModifier)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    assert not enter.isAccepted()
    window.resize(1200, 700)
    assert lock.cover.geometry() == window.rect()
    unlock(window, "correct horse")
    QTest.keyClick(window, Qt.Key.Key_F1)
    QTest.keyClick(window, Qt.Key.Key_F12)
    assert ran == ["help", "lock"] and lock.locked


def test_wrong_passwords_are_slowed_after_five(book: Book, opened: Open, clock: Clock) -> None:
    access.set_lock(book, 5, "correct horse")
    window = opened(book)
    for _ in range(5):
        unlock(window, "wrong!")
    unlock(window, "correct horse")
    assert window.access.lock.locked
    assert window.access.lock.cover.why() == "Too many wrong tries. Try again in 5 seconds."
    clock.now += 4.5
    unlock(window, "correct horse")
    assert window.access.lock.cover.why() == "Too many wrong tries. Try again in 1 second."
    clock.now += 0.5
    unlock(window, "correct horse")
    assert not window.access.lock.locked


def test_what_was_being_typed_is_still_there_and_has_the_cursor(book: Book, opened: Open) -> None:
    access.set_lock(book, 1, "correct horse")
    window = opened(book)
    unlock(window, "correct horse")
    window.top.search.setFocus()
    QTest.keyClicks(window.top.search, "zz")
    window.access.lock.lock()
    unlock(window, "correct horse")
    assert window.top.search.text() == "zz" and window.focusWidget() is window.top.search


def test_the_lock_follows_the_settings_while_the_file_is_open(book: Book, opened: Open, clock: Clock) -> None:
    window = opened(book)
    changes: list[bool] = []
    window.access.lock.changed.connect(changes.append)
    access.set_lock(book, 1, "correct horse")
    settle(window)
    assert not window.access.lock.locked, "who has just set it is not thrown out"
    clock.now += 60
    window.access.lock.tick()
    unlock(window, "correct horse")
    assert changes == [True, False]
    access.remove_lock(book, "correct horse")
    settle(window)
    clock.now += 6000
    window.access.lock.tick()
    assert changes == [True, False]


def test_a_file_whose_password_is_not_known_can_be_closed(book: Book, opened: Open, qtbot: QtBot) -> None:
    access.set_lock(book, 1, "correct horse")
    window = opened(book)
    unlock(window, "correct horse")
    settle(window)
    assert book.path.name in readable(window) and "All changes saved" in readable(window)
    window.access.lock.lock()
    with qtbot.waitSignal(window.access.lock.leave_wanted):
        window.access.lock.cover._leave.click()
    window.take_book()
    assert not window.access.lock.locked and window._centre.isVisible() and "1 customer" not in readable(window)
    assert book.path.name not in readable(window) and "All changes saved" not in readable(window)
    assert window.windowTitle() == "Desktop CRM"


def test_a_locked_window_asks_for_no_pin_over_it(book: Book, opened: Open) -> None:
    ana = sellers.add(book, {"name": "Ana"})
    access.set_pin(book, ana, "1234")
    access.set_lock(book, 1, "correct horse")
    window = MainWindow(Settings(workers={str(book.path.resolve()): ana}))
    window.show()
    window.show_book(book)
    settle(window)
    assert window.focusWidget() is window.access.lock.cover.field and "Ana" not in readable(window)
    unlock(window, "correct horse")
    settle(window)
    assert window.focusWidget() is window.access.working.panel.pin
    window.take_book()
    window.jobs.close()
    window.close()


def test_the_clock_goes_on() -> None:
    assert seconds() <= seconds()
