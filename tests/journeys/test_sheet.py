"""The list by keys alone in the real window: edited like a sheet, pasted into, many at once, walked; and all undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_crm.app import Session
from desktop_crm.services import customers
from desktop_crm.services.book import Book
from desktop_crm.ui.customers.page import CustomersPage
from desktop_crm.ui.widgets.chips import Chip
from tests.books import dump, new_book
from tests.journeys.conftest import Keys, focus

Rest = Callable[[], None]
NAMES = ("Aminah", "Baba", "Chan", "Dewi")


@pytest.fixture
def book(session: Session, tmp_path: Path, rest: Rest) -> Book:
    made = new_book(tmp_path / "shop.crm")
    for name in NAMES:
        customers.add(made, {"name": name, "state": "customer"}, phones=["012-345 6789"] if name == "Aminah" else [])
    made.close()
    session.open(tmp_path / "shop.crm")
    session.window.show()
    rest()
    opened = session.window.book
    assert opened is not None
    return opened


def page(session: Session) -> CustomersPage:
    found = session.window.findChild(CustomersPage)
    assert found is not None
    return found


def shown(book: Book) -> list[tuple[str, str, str | None]]:
    return [(row.name, row.state, row.heat) for row in customers.rows(book, customers.list_ids(book))]


def test_cells_are_typed_and_a_block_is_pasted_by_keys(session: Session, book: Book, rest: Rest, press: Keys) -> None:
    start = dump(book)
    press("Ctrl+1", "Shift+F2", "Tab", "F2")
    line = focus(session)
    assert line.text() == "Customer"  # type: ignore[attr-defined]  # the line over the cell
    press("text:ina", "Return")  # F2 has selected all of it; the beginning is enough; down
    press("Return", "text:lead", "Tab", "H", "text:ot", "Return")
    assert shown(book) == [("Aminah", "inactive", None), ("Baba", "lead", "hot"), ("Chan", "customer", None),
                           ("Dewi", "customer", None)]
    press("Delete", "Ctrl+C")  # an empty cell is emptied: nothing, and copied: nothing
    press("Home")
    QGuiApplication.clipboard().setText("Chan Siu Ming\tlead\tWarm\r\nDewi\twrong\tCold\r\nEng Kee\tlead\tHot\r\n")
    press("Ctrl+V")
    preview = page(session).sheet.blocks.preview
    assert preview.isVisible() and preview.title.text() == "7 cells change"
    press("Return")
    assert shown(book)[2:] == [("Chan Siu Ming", "lead", "warm"), ("Dewi", "customer", "cold"),
                               ("Eng Kee", "lead", "hot")]
    press("Esc")
    assert not page(session).sheet.on
    press("Ctrl+Z")
    assert shown(book)[2:] == [("Chan", "customer", None), ("Dewi", "customer", None)]
    press("Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert dump(book) == start


def test_three_are_chosen_and_changed_at_once(session: Session, book: Book, rest: Rest, press: Keys) -> None:
    start = dump(book)
    press("Ctrl+1", "Home", "Shift+Down", "Shift+Down")
    shown_page = page(session)
    assert shown_page.bulk.isVisible() and len(shown_page.table.selected_ids()) == 3
    chip = next(chip for chip in shown_page.bulk.findChildren(Chip) if chip.text().startswith("State"))
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Return):
        QTest.keyClick(QApplication.activePopupWidget(), key)
    rest()
    assert [state for _, state, _ in shown(book)] == ["inactive", "inactive", "inactive", "customer"]
    press("Ctrl+Z")
    assert dump(book) == start


def test_the_next_customer_is_a_key_away_also_from_a_line_of_text(session: Session, book: Book, rest: Rest,
                                                                press: Keys) -> None:
    press("Ctrl+1", "Home", "Ctrl+PgDown")
    assert page(session).card.head.name.value() == "Baba"
    press("Ctrl+L", "text:called", "Ctrl+PgDown")
    assert page(session).card.head.name.value() == "Chan" and focus(session).text() == "called"  # type: ignore[attr-defined]
    press("Ctrl+F", "Ctrl+PgUp")
    assert page(session).card.head.name.value() == "Baba"
    press("Ctrl+PgUp", "Ctrl+PgUp")
    assert page(session).card.head.name.value() == "Aminah"
