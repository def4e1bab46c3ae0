"""The sheets of the sales counter over a real file whose day stands still: Saturday, 21 November 2026."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.services import customers, products
from desktop_crm.services.book import Book
from desktop_crm.ui.feed import Feed
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.widgets.states import MessageBar
from tests.books import filled_book


def _stock(book: Book) -> None:
    customers.add(book, {"name": "Aminah Runcit", "state": "customer", "credit_limit": 50_000},
                  phones=["012-345 6789"])
    customers.add(book, {"name": "小明科技有限公司", "state": "customer"})
    products.add(book, {"name": "Rice 5 kg", "price": 2590})
    products.add(book, {"name": "Sugar 1 kg", "price": 285})
    products.add(book, {"name": "Rope", "price": None})


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """A shop with two customers and three products."""
    made = filled_book(tmp_path / "shop.crm", _stock)
    yield made
    made.close()


@dataclass
class Counter:
    """A sheet in a window, driven by keys."""

    sheet: Any
    bar: MessageBar
    jobs: Jobs
    window: QWidget
    wishes: list[object] = field(default_factory=list)

    def rest(self) -> None:
        for _ in range(3):
            QApplication.processEvents()
            self.jobs.wait_all()
        QApplication.processEvents()

    def press(self, *what: str) -> None:
        """Press keys ("Return", "Shift+Tab") or type a text ("text:12.50") where the focus is."""
        for item in what:
            target = QApplication.focusWidget()
            assert target is not None
            if item.startswith("text:"):
                QTest.keyClicks(target, item.removeprefix("text:"))
            else:
                QTest.keySequence(target, item)


@pytest.fixture
def stand(qtbot: QtBot, book: Book, tmp_path: Path) -> Iterator[Callable[..., Counter]]:
    """Put a sheet made by `make(book, jobs, messages)` into a window."""
    made: list[Counter] = []

    def put(make: Callable[[Book, Jobs, Messages], QWidget]) -> Counter:
        jobs, bar, window = Jobs(), MessageBar(), QWidget()
        sheet: Any = make(book, jobs, Messages(bar, tmp_path / "log"))
        box = QVBoxLayout(window)
        box.addWidget(bar)
        box.addWidget(sheet)
        feed = Feed(book, window)
        feed.changed.connect(sheet.reload)
        window.resize(1366, 720)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        sheet.setFocus(Qt.FocusReason.OtherFocusReason)
        counter = Counter(sheet, bar, jobs, window)
        made.append(counter)
        counter.rest()
        return counter

    yield put
    for counter in made:
        counter.jobs.wait_all()
        counter.jobs.close()
