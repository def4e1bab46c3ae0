"""The owner's PIN in the settings: set, refused, changed, removed, and what was let out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_crm.domain import leaving
from desktop_crm.services import owner
from desktop_crm.services.book import Book
from desktop_crm.ui.settings.owner import OwnerSection
from tests.ui.settings.conftest import Desk

pytestmark = pytest.mark.usefixtures("quick_pins")


@pytest.fixture
def section(desk: Desk) -> OwnerSection:
    return desk.opened("owner", OwnerSection)


def fill(section: OwnerSection, **values: str) -> None:
    for key, value in values.items():
        section.form.editor(key).setText(value)
    section.form.submit()


def why(section: OwnerSection, key: str) -> str:
    return str(section.form.editor(key).accessibleDescription())


def test_it_is_set_by_keyboard(section: OwnerSection, desk: Desk, book: Book) -> None:
    pin, again = section.form.editor("pin"), section.form.editor("again")
    assert pin.hasFocus() and not section.form.editor("now").isEnabled() and not section.remove_button.isVisible()
    assert "whoever is at this window" in section.state.text()
    QTest.keyClicks(pin, "4829")
    QTest.keyClick(pin, Qt.Key.Key_Tab)
    assert again.hasFocus()
    QTest.keyClicks(again, "4828")
    QTest.keyClick(again, Qt.Key.Key_Return)
    assert "not the same" in why(section, "again") and not owner.terms(book).pin
    fill(section, again="4829")
    assert owner.terms(book) == owner.Terms(pin=True, day=False)
    assert section.state.text() == "There is an owner's PIN." and section.remove_button.isVisible()
    assert pin.value() == "" and desk.bar.text() == "Saved. Undo does not take it back."


def test_the_present_one_is_needed_for_the_tick_a_change_and_the_end(section: OwnerSection, desk: Desk,
                                                                     book: Book) -> None:
    owner.save(book, "4829", day=False)
    desk.settle()
    section.form.editor("day").setChecked(True)
    fill(section, now="1111")
    assert why(section, "now") == "That is not the owner's PIN." and not owner.terms(book).day
    fill(section, now="4829")
    assert owner.terms(book) == owner.Terms(pin=True, day=True), "without a new one the PIN stays"
    owner.check(book, "4829")
    fill(section, now="4829", pin="12", again="12")
    assert "4 to 8 digits" in why(section, "pin")
    fill(section, now="4829", pin="1122", again="1122")
    owner.check(book, "1122")
    section.remove_button.click()
    assert "not the owner's PIN" in why(section, "now")
    section.form.editor("now").setText("1122")
    section.remove_button.click()
    assert not owner.terms(book).pin and desk.bar.text() == "There is no owner's PIN any more."
    assert not section.remove_button.isVisible()


def test_what_was_typed_is_forgotten_when_the_section_is_left(section: OwnerSection, desk: Desk) -> None:
    section.form.editor("pin").setText("4829")
    desk.panel.show_section("business")
    assert section.form.editor("pin").value() == ""
    desk.panel.show_section("owner")
    section.form.editor("pin").setText("4829")
    closed: list[bool] = []
    desk.panel.closed.connect(lambda: closed.append(True))
    QTest.keyClick(section.form, Qt.Key.Key_Escape)
    assert section.form.editor("pin").value() == "" and closed == []
    QTest.keyClick(section.form, Qt.Key.Key_Escape)
    assert closed == [True]


def test_what_was_let_out_is_listed_also_while_something_is_typed(section: OwnerSection, desk: Desk,
                                                                  book: Book) -> None:
    assert section.nothing.isVisible() and section.said == []
    book.actor = "Mei Ling"
    section.form.editor("pin").setText("48")
    owner.note(book, leaving.EXPORTED, kind="Customers", count=412, form="XLSX")
    owner.note(book, leaving.FILE)
    desk.settle()
    assert [line.split(" · ", 1)[1] for line in section.said] == [
        "Mei Ling · Copied: the whole file", "Mei Ling · Exported: Customers (412), XLSX"]
    assert not section.nothing.isVisible() and section.form.editor("pin").value() == "48"
