"""The erasure of a person as a panel: while somebody is being erased, no way leads out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from desktop_crm.services import customers
from desktop_crm.services.book import Book
from desktop_crm.ui.jobs import Jobs, Progress
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.persons.panel import ErasePanel
from desktop_crm.ui.widgets.buttons import IconButton
from desktop_crm.ui.widgets.states import MessageBar
from tests.books import new_book


class Keeper:
    """Holds back what is to be done while no backup is taken, until `go`."""

    def __init__(self) -> None:
        self.held: list[Callable[[], None]] = []

    def alone(self, work: Callable[[Progress], Any], done: Callable[[Any], None], failed: Callable[[Exception], None],
              label: str) -> bool:
        self.held.append(lambda: done(work(Progress(lambda *_: None))))
        return True

    def go(self) -> None:
        self.held.pop()()


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = new_book(tmp_path / "shop.crm")
    customers.add(made, {"name": "Aminah"})
    yield made
    made.close()


def test_who_is_being_erased_is_waited_for_by_escape_and_by_the_close_button(book: Book, tmp_path: Path,
                                                                             qtbot: QtBot) -> None:
    jobs, bar, keeper = Jobs(), MessageBar(), Keeper()
    qtbot.addWidget(bar)
    panel = ErasePanel(book, jobs, Messages(bar, tmp_path / "log"), keeper)  # type: ignore[arg-type]
    qtbot.addWidget(panel)
    panel.show()
    panel.show_people([1])
    jobs.wait_all()
    QCoreApplication.processEvents()
    closed, close = QSignalSpy(panel.closed), panel.findChild(IconButton)
    assert isinstance(close, IconButton)
    panel.name.setText("Aminah")
    QTest.keyClick(panel.name, Qt.Key.Key_Return)
    assert panel.state.text() == "Erasing: the file, then its backups…"
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert closed.count() == 0
    keeper.go()
    assert closed.count() == 1 and "Erased: what stays is called" in bar.text()
    jobs.close()
