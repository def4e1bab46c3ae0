"""A page of customers over a real file whose day stands still: Saturday, 21 November 2026, 12:00 in Kuala Lumpur."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.services import activities, contacts, customers, deals, payments, sellers, tasks
from desktop_crm.services.book import Book, open_book
from desktop_crm.ui.customers.page import CustomersPage
from desktop_crm.ui.feed import Feed
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.widgets.states import MessageBar
from tests.books import filled_book, new_file

TODAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)


def make(path: Path) -> Book:
    new_file(path)
    return open_book(path, clock=lambda: NOON)


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Book]:
    book = make(tmp_path / "shop.crm")
    yield book
    book.close()


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """Five customers: Aminah (hot), 小明, Faridah (lead), Shop 9 and Shop 10."""
    made = filled_book(tmp_path / "shop.crm", _five)
    yield made
    made.close()


def _five(book: Book) -> None:
    ling = sellers.add(book, {"name": "Mei Ling"})
    aminah = customers.add(book, {"name": "Aminah Runcit Enterprise", "state": "customer", "heat": "hot",
                                  "region": "Selangor", "city": "Shah Alam", "seller_id": ling},
                           phones=["012-345 6789"], emails=["aminah@runcit.my"], tags=["VIP"])
    customers.add(book, {"name": "小明科技有限公司", "state": "customer", "region": "Taipei"})
    customers.add(book, {"name": "Faridah binti Ismail", "kind": "person", "heat": "cold"})
    customers.add(book, {"name": "Shop 10", "state": "inactive"})
    customers.add(book, {"name": "Shop 9", "state": "customer"})
    contacts.add(book, {"name": "Puan Aminah", "role": "Owner", "customer_id": aminah}, phones=["013-111 2222"])
    deals.add(book, {"name": "Mosaic order", "customer_id": aminah, "amount": 1_248_000})
    tasks.add(book, {"name": "Send the quotation", "customer_id": aminah, "due_on": date(2026, 11, 20)})
    payments.add(book, {"amount": 820_000, "customer_id": aminah, "received_on": date(2026, 11, 12)})
    payments.add(book, {"amount": 50_000, "customer_id": aminah, "due_on": date(2026, 12, 3), "name": "Deposit"})
    activities.log(book, {"kind": "call", "name": "agreed", "customer_id": aminah, "on_date": date(2026, 11, 19)})


@dataclass
class Shown:
    """A page in a window, with what it needs; `settle` waits for its jobs and reloads."""

    page: CustomersPage
    bar: MessageBar
    jobs: Jobs
    window: QWidget
    wishes: list[tuple[Any, ...]]

    def settle(self) -> None:
        for _ in range(3):
            QApplication.processEvents()
            self.jobs.wait_all()
        QApplication.processEvents()

    def names(self) -> list[str]:
        found = (self.page.model.record(row) for row in range(self.page.model.rowCount()))
        return [row.name if row else "" for row in found]

    def select(self, name: str) -> int:
        record = self.page.model.id_at(self.names().index(name))
        assert record is not None
        self.page.table.select(record)
        return record

    def keys(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, modifier)

    def act(self, key: str) -> None:
        """Do what the page offers under a key."""
        next(act for act in self.page.acts() if act.key == key).run()

    def type(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget(), text)

    def words(self) -> list[str]:
        """The first rows of the lines in the card."""
        lines = self.page.card.sections.view.lines
        return [lines.index(row).data() for row in range(lines.rowCount())]


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path) -> Iterator[Any]:
    opened: list[Shown] = []

    def make_page(book: Book, started: bool = True) -> Shown:
        jobs, bar, window = Jobs(), MessageBar(), QWidget()
        page = CustomersPage(book, jobs, Messages(bar, tmp_path / "log"))
        feed = Feed(book, page)
        feed.changed.connect(page.reload)
        box = QVBoxLayout(window)
        box.addWidget(bar)
        box.addWidget(page)
        window.resize(1366, 720)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        shown = Shown(page, bar, jobs, window, [])
        page.record_wanted.connect(lambda *wish: shown.wishes.append(wish))
        page.act_wanted.connect(lambda *wish: shown.wishes.append(wish))
        opened.append(shown)
        if started:
            page.start()
            shown.settle()
        return shown

    yield make_page
    for shown in opened:
        shown.jobs.close()


@pytest.fixture
def shown(show: Any, book: Book) -> Shown:
    result: Shown = show(book)
    return result
