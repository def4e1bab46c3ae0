"""The panel of leads on a small real file, wired as the window wires it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.services import customers, sellers
from desktop_crm.services.book import Book, open_book
from desktop_crm.settings import Settings
from desktop_crm.ui.feed import Feed
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.leads.inbox import InboxSection
from desktop_crm.ui.leads.panel import LeadsPanel
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.widgets.layout import column
from desktop_crm.ui.widgets.states import MessageBar
from tests.books import Clock, filled_book


class LeadsRoom:
    """The panel with what the window gives it."""

    def __init__(self, book: Book, qtbot: QtBot, log: Path) -> None:
        self.book, self.jobs, self.bar = book, Jobs(), MessageBar()
        self.messages = Messages(self.bar, log)
        self.feed = Feed(book)
        self.panel = LeadsPanel(book, self.jobs, self.messages, Settings())
        self.feed.changed.connect(self.panel.reload)
        self.opened: list[tuple[str, int]] = []
        self.acts: list[str] = []
        self.lists: list[str] = []
        self.closed = 0
        self.panel.record_wanted.connect(lambda kind, record: self.opened.append((kind, record)))
        self.panel.act_wanted.connect(self.acts.append)
        self.panel.list_wanted.connect(self.lists.append)
        self.panel.closed.connect(self._count)
        self.window, centre = QMainWindow(), QWidget()
        centre.setLayout(column(self.bar, self.panel, gap=0))
        self.window.setCentralWidget(centre)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 694)
        self.window.show()
        self.window.activateWindow()
        self.settle()
        self.panel.show_section("inbox")
        self.settle()

    @property
    def inbox(self) -> InboxSection:
        section = self.panel.section("inbox")
        assert isinstance(section, InboxSection)
        return section

    @property
    def said(self) -> str:
        return self.bar._text.text()

    def _count(self) -> None:
        self.closed += 1

    def settle(self) -> None:
        for _ in range(4):
            QCoreApplication.processEvents()
            self.jobs.wait_all()

    def names(self) -> list[str]:
        model = self.inbox.table.model_
        return [str(model.index(row, 0).data()) for row in range(model.rowCount())]

    def key(self, key: Qt.Key, widget: QWidget | None = None,
            modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(widget or self.inbox.table, key, modifier)
        self.settle()

    def undo(self) -> None:
        """Press the message's first button."""
        self.bar._action.click()
        self.settle()

    def drop(self, *paths: Path, text: str = "") -> None:
        data = QMimeData()
        if paths:
            data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        if text:
            data.setText(text)
        self.panel.taking.take(data)
        self.settle()


def _fill(book: Book) -> None:
    sellers.add(book, {"name": "Faridah"})
    customers.add(book, {"name": "Ali", "notes": "a fence"}, phones=["012-345 6789"])
    customers.add(book, {"name": "陳怡君"})


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = filled_book(tmp_path / "shop.crm", _fill)
    yield made
    made.close()


@pytest.fixture
def room(book: Book, qtbot: QtBot, tmp_path: Path) -> Iterator[LeadsRoom]:
    made = LeadsRoom(book, qtbot, tmp_path / "log")
    yield made
    made.jobs.close()


@pytest.fixture
def reading_room(book: Book, qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[[], LeadsRoom]]:
    """Makes a panel over the file opened for reading only."""
    opened: list[tuple[Book, LeadsRoom]] = []

    def make() -> LeadsRoom:
        again = open_book(book.path, reading=True, clock=Clock())
        opened.append((again, LeadsRoom(again, qtbot, tmp_path / "log")))
        return opened[-1][1]

    yield make
    for again, made in opened:
        made.jobs.close()
        again.close()
