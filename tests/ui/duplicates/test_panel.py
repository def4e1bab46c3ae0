"""The panel on a small real file, by keys and clicks: scanned, compared, made one, told apart, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.services import customers
from desktop_crm.services.book import Book
from desktop_crm.ui.duplicates.panel import DuplicatesPanel
from desktop_crm.ui.feed import Feed
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.widgets.layout import column
from desktop_crm.ui.widgets.states import MessageBar
from tests.books import dump, new_book


class Desk:
    """The panel with what the window gives it."""

    def __init__(self, book: Book, qtbot: QtBot, log: Path) -> None:
        self.book, self.jobs, self.bar = book, Jobs(), MessageBar()
        self.feed = Feed(book)
        self.panel = DuplicatesPanel(book, self.jobs, Messages(self.bar, log))
        self.feed.changed.connect(self.panel.reload)
        self.window, centre = QMainWindow(), QWidget()
        centre.setLayout(column(self.bar, self.panel, gap=0))
        self.window.setCentralWidget(centre)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 694)
        self.window.show()

    def settle(self) -> None:
        for _ in range(3):
            self.jobs.wait_all()
            QCoreApplication.processEvents()

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(self.panel.fields, key)
            self.settle()

    def shown(self, row: int, column_: int) -> str:
        return self.panel.fields.paged().cell(row, column_).text

    def groups(self) -> list[tuple[int, ...]]:
        table = self.panel.table
        return [group.ids for place in table.paged().ids() if (group := table.group(place))]


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = new_book(tmp_path / "shop.crm")
    for name, phone, city in (("Seri Maju Sdn Bhd", "012-345 6789", "Ipoh"), ("SERI MAJU", "+60 12 3456789", "Penang"),
                              ("陳小明", "019-222 3333", None), ("Aminah", "018-111 2222", None)):
        customers.add(made, {"name": name, "city": city, "sort_name": "Chan Siu Ming" if name == "陳小明" else None},
                      phones=[phone])
    customers.add(made, {"name": "Chan Siu Ming"}, phones=["0192223333"])
    yield made
    made.close()


@pytest.fixture
def desk(book: Book, qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(book, qtbot, tmp_path / "log")
    yield made
    made.jobs.close()


def test_a_scan_shows_groups_with_their_reasons_and_each_field_of_both(desk: Desk) -> None:
    desk.panel.scan()
    assert desk.panel._busy.isVisible()
    desk.settle()
    assert desk.groups() == [(1, 2), (3, 5)] and not desk.panel._busy.isVisible()
    assert "same phone" in desk.panel.why.text() and "100" in desk.panel.why.text()
    assert [desk.shown(0, place) for place in range(4)] == ["Name", "Seri Maju Sdn Bhd", "SERI MAJU",
                                                            "Seri Maju Sdn Bhd"]
    assert [desk.shown(1, place) for place in range(4)] == ["Phones", "012-345 6789", "+60 12 3456789", "012-345 6789"]
    for model in (desk.panel.table.paged(), desk.panel.fields.paged()):
        QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def test_values_are_chosen_by_the_arrows_and_the_merge_is_taken_back(desk: Desk, book: Book) -> None:
    before = dump(book)
    desk.panel.scan()
    desk.settle()
    desk.press(Qt.Key.Key_Right)
    assert desk.shown(0, 3) == "SERI MAJU"
    desk.press(Qt.Key.Key_Return)
    assert customers.card(book, 1).values["name"] == "SERI MAJU" and desk.groups() == [(3, 5)]
    assert desk.shown(0, 1) == "陳小明"  # the next group, with nothing chosen yet
    customers.add(book, {"name": "Later"})
    desk.settle()
    desk.bar._action.click()
    desk.settle()
    assert desk.groups() == [(1, 2), (3, 5)] and len(customers.list_ids(book)) == 6
    book.undo()
    book.undo()
    book.undo()
    assert dump(book) == before


def test_the_other_one_is_kept_and_a_click_chooses(desk: Desk, book: Book) -> None:
    desk.panel.scan()
    desk.settle()
    desk.press(Qt.Key.Key_K)
    assert desk.shown(0, 1) == "SERI MAJU"
    table = desk.panel.fields
    row = next(place for place in range(table.paged().rowCount()) if desk.shown(place, 0) == "City")
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton,
                     pos=table.visualRect(table.paged().index(row, 2)).center())
    desk.panel.merge_button.click()
    card = customers.card(book, 2).values
    assert (card["name"], card["city"]) == ("SERI MAJU", "Ipoh") and 1 not in customers.list_ids(book)


def test_who_is_told_apart_leaves_and_comes_back_by_undo(desk: Desk, book: Book) -> None:
    desk.panel.scan()
    desk.settle()
    desk.press(Qt.Key.Key_N)
    assert desk.groups() == [(3, 5)]
    desk.panel.go_on()
    desk.press(Qt.Key.Key_N)
    assert desk.groups() == [] and "No customers" in desk.panel.empty.accessibleName()
    book.undo()
    desk.settle()
    assert desk.groups() == [(3, 5)]


def test_a_scan_is_stopped_and_nothing_found_is_said(desk: Desk, book: Book) -> None:
    desk.panel.scan()
    desk.panel.stop.click()
    desk.settle()
    assert not desk.panel._busy.isVisible() and desk.panel.again.isEnabled()
    for customer in (2, 5):
        customers.delete(book, [customer])
    desk.panel.scan()
    desk.settle()
    assert "No customers look like the same" in desk.panel.empty.accessibleName()


def test_any_two_can_be_compared(desk: Desk) -> None:
    desk.panel.compare([4, 1])
    assert desk.groups() == [(4, 1)] and desk.shown(0, 1) == "Aminah"
    desk.panel.compare([4, 99])
    assert desk.groups() == [(4, 1)] and "no longer" in desk.bar.text()


def test_one_of_three_is_left_out(desk: Desk, book: Book) -> None:
    desk.panel.compare([1, 2, 4])
    desk.press(Qt.Key.Key_Right)  # the name of the second is taken
    assert desk.panel.out_button.isVisible() and desk.panel.out_button.accessibleName() == "Leave one out"
    desk.press(Qt.Key.Key_L)
    assert desk.panel.out_button.accessibleName() == "Left out: Aminah"
    assert [desk.shown(0, place) for place in range(4)] == ["Name", "Seri Maju Sdn Bhd", "SERI MAJU", "SERI MAJU"]
    desk.press(Qt.Key.Key_L)
    assert [desk.shown(0, place) for place in range(4)] == ["Name", "Seri Maju Sdn Bhd", "Aminah", "Seri Maju Sdn Bhd"]
    desk.press(Qt.Key.Key_L)
    assert desk.panel.out_button.accessibleName() == "Leave one out"
    desk.press(Qt.Key.Key_L, Qt.Key.Key_Return)
    assert sorted(customers.list_ids(book)) == [1, 3, 4, 5]
    desk.panel.compare([1, 4])
    desk.press(Qt.Key.Key_L)
    assert not desk.panel.out_button.isVisible() and desk.shown(0, 2) == "Aminah"
