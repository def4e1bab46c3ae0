"""A block of documents of a deal in a window, over a real file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.services import customers, deals, tasks
from desktop_crm.services.book import Book
from desktop_crm.ui.documents.block import DocumentsBlock
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.widgets.states import MessageBar
from tests.books import NOON, new_book


@pytest.fixture
def book(tmp_path: Path, home: Path) -> Iterator[Book]:
    made = new_book(tmp_path / "shop.crm", now=NOON.replace(year=2090))  # a file is made by the wall clock
    customers.add(made, {"name": "Ali"})
    deals.add(made, {"name": "Shelves", "customer_id": 1})
    tasks.add(made, {"name": "Measure", "deal_id": 1})
    yield made
    made.close()


class Viewer(QObject):
    """Stands for the programs that show files."""

    def __init__(self) -> None:
        super().__init__()
        self.files = list[Path]()
        QDesktopServices.setUrlHandler("file", self, "take")

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.files.append(Path(url.toLocalFile()))


@pytest.fixture
def viewer() -> Iterator[Viewer]:
    yield Viewer()
    QDesktopServices.unsetUrlHandler("file")


@dataclass
class Shown:
    """A block that serves a card, with what it needs."""

    block: DocumentsBlock
    card: QWidget
    bar: MessageBar
    jobs: Jobs

    def settle(self) -> None:
        for _ in range(3):
            QApplication.processEvents()
            self.jobs.wait_all()
        QApplication.processEvents()

    def words(self) -> list[str]:
        lines = self.block.view.lines
        return [str(lines.index(number).data()) for number in range(lines.rowCount())]

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClick(target, key, held)
        self.settle()

    def first(self) -> None:
        self.block.view.setFocus()
        self.block.view.setCurrentIndex(self.block.view.lines.index(0))

    def dialog(self) -> QFileDialog:
        return next(item for item in self.card.window().findChildren(QFileDialog) if item.isVisible())


@pytest.fixture
def shown(book: Book, qtbot: QtBot, tmp_path: Path, viewer: Viewer) -> Iterator[Shown]:
    card, bar, jobs = QWidget(), MessageBar(), Jobs()
    block = DocumentsBlock(book, jobs, Messages(bar, tmp_path / "log"))
    block.acts.serve(card)
    layout = QVBoxLayout(card)
    layout.addWidget(bar)
    layout.addWidget(block)
    card.resize(400, 500)
    qtbot.addWidget(card)
    book.subscribe(lambda _: block.reload())
    block.show_record("deals", 1)
    card.show()
    card.activateWindow()
    yield Shown(block, card, bar, jobs)
    jobs.close()
