"""The panel on a small real file, wired as the window wires it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.services import products, sellers
from desktop_crm.services.book import Book, open_book
from desktop_crm.ui.feed import Feed
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.settings.panel import SettingsPanel
from desktop_crm.ui.widgets.layout import column
from desktop_crm.ui.widgets.states import MessageBar
from tests.books import filled_book

SectionType = TypeVar("SectionType", bound=QWidget)


class Desk:
    """The panel with what the window gives it."""

    def __init__(self, book: Book, qtbot: QtBot, log: Path) -> None:
        self.book, self.jobs, self.bar = book, Jobs(), MessageBar()
        self.feed = Feed(book)
        self.panel = SettingsPanel(book, self.jobs, Messages(self.bar, log))
        self.feed.changed.connect(self.panel.reload)
        self.window, centre = QMainWindow(), QWidget()
        centre.setLayout(column(self.bar, self.panel, gap=0))
        self.window.setCentralWidget(centre)
        qtbot.addWidget(self.window)
        self.window.resize(1366, 694)
        self.window.show()
        self.settle()

    def settle(self) -> None:
        """Let all that was asked for come to its end."""
        for _ in range(3):
            self.jobs.wait_all()
            QCoreApplication.processEvents()

    def shown(self, key: str, kind: type[SectionType]) -> SectionType:
        """A section, opened as the sidebar does it."""
        self.panel.show_section(key)
        self.settle()
        found = self.panel.section()
        assert isinstance(found, kind)
        return found

    def opened(self, key: str, kind: type[SectionType]) -> SectionType:
        """A section, opened with the panel as the window does it: its first field has the keyboard."""
        self.panel.open(key, 0)
        self.settle()
        found = self.panel.section(key)
        assert isinstance(found, kind)
        return found

    def undo(self) -> None:
        """Press the message's Undo button."""
        self.bar._action.click()
        self.settle()


def _fill(book: Book) -> None:
    for name, team in (("Mei Ling", "Showroom"), ("Faridah", "Projects"), ("<b>Ali</b> & =1+1", None)):
        sellers.add(book, {"name": name, "team": team})
    for name, price in (("Mosaic", 8990), ("Granite", 12500)):
        products.add(book, {"name": name, "line": "Stone", "price": price})


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = filled_book(tmp_path / "shop.crm", _fill, name="Kedai Bukit Tiles")
    yield made
    made.close()


@pytest.fixture
def make(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[[Book], Desk]]:
    desks: list[Desk] = []

    def made(book: Book) -> Desk:
        desks.append(Desk(book, qtbot, tmp_path / "log"))
        return desks[-1]

    yield made
    for desk in desks:
        desk.jobs.close()


@pytest.fixture
def desk(book: Book, make: Callable[[Book], Desk]) -> Desk:
    return make(book)


@pytest.fixture
def reading(book: Book, make: Callable[[Book], Desk]) -> Iterator[Desk]:
    path = book.path
    book.close()
    again = open_book(path, reading=True)
    yield make(again)
    again.close()
