"""PINs and the lock in the settings: set, refused, undone where that can be."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_crm.services import access
from desktop_crm.services.book import Book
from desktop_crm.ui.settings.access import AccessSection
from tests.ui.settings.conftest import Desk

pytestmark = pytest.mark.usefixtures("quick_pins")


@pytest.fixture
def section(desk: Desk) -> AccessSection:
    return desk.opened("access", AccessSection)


def test_a_pin_is_set_by_keyboard_undone_and_removed(section: AccessSection, desk: Desk, book: Book) -> None:
    assert section.pins.editor("seller").hasFocus() and not section.clear_button.isVisible()
    pin = section.pins.editor("pin")
    pin.setFocus()
    QTest.keyClicks(pin, "48")
    QTest.keyClick(pin, Qt.Key.Key_Return)
    assert "4 to 8 digits" in pin.accessibleDescription()
    QTest.keyClicks(pin, "29")
    QTest.keyClick(pin, Qt.Key.Key_Return)
    assert access.people(book)[0].pin and section.clear_button.isVisible() and pin.value() == ""
    assert desk.bar.text() == "Mei Ling has a PIN now"
    desk.undo()
    assert not access.people(book)[0].pin and not section.clear_button.isVisible()
    book.redo()
    desk.settle()
    section.clear_button.click()
    assert not access.people(book)[0].pin and desk.bar.text() == "Mei Ling has no PIN any more"


def fill(section: AccessSection, **values: str) -> None:
    for key, value in values.items():
        section.lock.editor(key).setText(value)
    section.lock.submit()


def test_the_lock_is_set_changed_and_removed(section: AccessSection, desk: Desk, book: Book) -> None:
    assert not section.lock.editor("now").isEnabled() and not section.remove_button.isVisible()
    fill(section, password="correct horse", again="correct house")
    assert "not the same" in section.lock.editor("again").accessibleDescription() and access.lock_minutes(book) is None
    fill(section, again="correct horse")
    assert access.lock_minutes(book) == 5 and section.remove_button.isVisible()
    assert desk.bar.text() == "The window has a lock. Undo does not take it back."
    section.lock.editor("minutes").set_value(30)
    fill(section, now="wrong!")
    assert "not the present password" in section.lock.editor("now").accessibleDescription()
    fill(section, now="correct horse")
    assert access.lock_minutes(book) == 30 and access.unlocks(book, "correct horse")
    section.remove_button.click()
    assert access.lock_minutes(book) == 30
    section.lock.editor("now").setText("correct horse")
    section.remove_button.click()
    assert access.lock_minutes(book) is None and not section.lock.editor("now").isEnabled()


def test_what_was_typed_and_not_saved_is_forgotten(section: AccessSection, desk: Desk, book: Book) -> None:
    section.lock.editor("password").setText("half a password")
    section.pins.editor("pin").setText("12")
    desk.panel.show_section("lists")
    desk.panel.show_section("access")
    assert section.lock.editor("password").text() == "" and section.pins.editor("pin").text() == ""
    assert access.lock_minutes(book) is None


def test_nothing_is_set_in_a_file_for_reading(reading: Desk) -> None:
    reading.panel.open("access", 0)
    section = reading.panel.section("access")
    assert isinstance(section, AccessSection)
    assert not section.pins.isEnabled() and not section.lock.isEnabled()
