"""A tasks page over a real file at 14:32 on Saturday, 21 November 2026 in Kuala Lumpur."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.services import customers, deals, sellers, tasks
from desktop_crm.services.book import Book
from desktop_crm.ui.feed import Feed
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.tasks.page import TasksPage
from desktop_crm.ui.widgets.states import MessageBar
from tests.books import AFTERNOON, TODAY, Clock, filled_book, new_book


@pytest.fixture
def clock() -> Clock:
    return Clock(AFTERNOON)


@pytest.fixture
def bare(tmp_path: Path, clock: Clock) -> Iterator[Book]:
    book = new_book(tmp_path / "shop.crm", clock=clock)
    yield book
    book.close()


@pytest.fixture
def book(tmp_path: Path, clock: Clock) -> Iterator[Book]:
    """Two late tasks, three of today of which two clash, one of tomorrow, one done today, one undated."""
    made = filled_book(tmp_path / "shop.crm", _eight, now=AFTERNOON, clock=clock)
    yield made
    made.close()


def _eight(book: Book) -> None:
    aminah = customers.add(book, {"name": "Aminah Runcit Enterprise"})
    ming = customers.add(book, {"name": "小明科技有限公司"})
    supply = deals.add(book, {"name": "Yearly supply 2027", "customer_id": ming})
    sellers.add(book, {"name": "Siti"})
    for name, day, at, more in (
        ("Ask about INV-0917", -3, None, {"customer_id": aminah}), ("Send brochure", -1, None, {}),
        ("Sign the contract", 0, "16:00", {"customer_id": ming, "deal_id": supply, "minutes": 60}),
        ("Measure the shop", 0, "16:15", {"kind": "visit"}), ("Prepare order", 0, None, {}),
        ("Confirm delivery", 1, "09:00", {}), ("Find a carrier", None, None, {}),
    ):
        due = None if day is None else TODAY + timedelta(days=day)
        tasks.add(book, {"name": name, "due_on": due, "due_time": at, **more})
    tasks.finish(book, [tasks.add(book, {"name": "Thank-you call", "due_on": TODAY, "due_time": "11:00"})])


@dataclass
class Shown:
    """A page in a window, with what it needs; `settle` waits for its jobs and reloads."""

    page: TasksPage
    bar: MessageBar
    jobs: Jobs
    window: QWidget
    wishes: list[tuple[Any, ...]] = field(default_factory=list)

    def settle(self) -> None:
        for _ in range(3):
            QApplication.processEvents()
            self.jobs.wait_all()
        QApplication.processEvents()

    def lines(self) -> list[str]:
        """The list from top to bottom: headings in brackets, tasks by name."""
        model = self.page.model
        found = []
        for row in range(model.rowCount()):
            heading, line = model.heading(row), model.record(row)
            found.append(f"[{heading.title}]" if heading else line.row.name if line else "")
        return found

    def id_of(self, name: str) -> int:
        record = self.page.model.id_at(self.lines().index(name))
        assert record is not None
        return record

    def select(self, *names: str) -> list[int]:
        ids = [self.id_of(name) for name in names]
        self.page.table.select(ids[0])
        flags = self.page.table.selectionModel().SelectionFlag
        for key in ids[1:]:
            row = self.page.model.row_of(key)
            assert row is not None
            self.page.table.selectionModel().select(self.page.model.index(row, 0), flags.Select | flags.Rows)
        self.page.table.setFocus()
        return ids

    def column(self, name: str, key: str) -> str:
        row = self.page.model.row_of(self.id_of(name))
        assert row is not None
        return str(self.page.model.index(row, self.page.model.column_of(key)).data(
            Qt.ItemDataRole.AccessibleTextRole))

    def keys(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, modifier)

    def write(self, text: str) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClicks(focused, text)


def show(book: Book, qtbot: QtBot, tmp_path: Path) -> Shown:
    window, bar, jobs = QWidget(), MessageBar(), Jobs()
    page = TasksPage(book, jobs, Messages(bar, tmp_path / "log"))
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(bar)
    layout.addWidget(page, 1)
    window.resize(1366, 694)
    qtbot.addWidget(window)
    shown = Shown(page, bar, jobs, window)
    feed = Feed(book, page)
    feed.changed.connect(page.reload)
    page.record_wanted.connect(lambda *wish: shown.wishes.append(wish))
    window.show()
    window.activateWindow()
    page.start()
    shown.settle()
    return shown


@pytest.fixture
def shown(book: Book, qtbot: QtBot, tmp_path: Path) -> Iterator[Shown]:
    made = show(book, qtbot, tmp_path)
    yield made
    made.jobs.close()


@pytest.fixture
def empty(bare: Book, qtbot: QtBot, tmp_path: Path) -> Iterator[Shown]:
    made = show(bare, qtbot, tmp_path)
    yield made
    made.jobs.close()
