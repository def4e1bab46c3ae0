"""A window over a file at 14:32 on Saturday, 21 November 2026 in Kuala Lumpur, whose clock a test sets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_crm.services import customers, tasks
from desktop_crm.services.book import Book, open_book
from desktop_crm.settings import Settings
from desktop_crm.ui.main_window import MainWindow
from desktop_crm.ui.reminders.desk import Reminders
from desktop_crm.ui.reminders.panel import ReminderPanel
from tests.books import AFTERNOON, TODAY, Clock, new_file


@dataclass
class Shown:
    """A window, its file and its clock; `tick` is one look at the clock with all that follows from it."""

    window: MainWindow
    book: Book
    clock: Clock

    @property
    def desk(self) -> Reminders:
        return self.window.reminders

    @property
    def panel(self) -> ReminderPanel:
        return self.desk.panel

    def settle(self) -> None:
        for _ in range(4):
            QApplication.processEvents()
            self.window.jobs.wait_all()
        QApplication.processEvents()

    def tick(self, at: str = "") -> None:
        if at:
            self.clock.set(at)
        self.desk.watcher.tick()
        self.settle()

    def ringing(self) -> list[str]:
        """The names of what the panel shows, from the top."""
        names = {row.task: row.name for row in self.desk._rows}
        return [names[task] for task in self.panel.ids()] if self.panel.isVisible() else []

    def keys(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key, modifier)
        self.settle()

    def add(self, name: str, at: str | None, minutes: int | None = 0, customer: str = "") -> int:
        """A task of 21 November that rings `minutes` before `at`."""
        values: dict[str, object] = {"name": name, "due_on": TODAY, "due_time": at, "remind_minutes": minutes}
        if customer:
            values["customer_id"] = customers.add(self.book, {"name": customer, "state": "customer"})
        task = tasks.add(self.book, values)
        self.settle()
        return task

    def leave(self) -> None:
        """Close the file and the window."""
        book = self.window.take_book()
        assert book is not None
        book.close()
        self.window.jobs.close()
        self.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def clock() -> Clock:
    return Clock(AFTERNOON)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    new_file(tmp_path / "shop.crm")
    return tmp_path / "shop.crm"


def opened(path: Path, clock: Clock) -> Shown:
    window = MainWindow(Settings())
    window.resize(1366, 768)
    window.show()
    window.activateWindow()
    shown = Shown(window, open_book(path, clock=clock), clock)
    window.show_book(shown.book)
    shown.settle()
    return shown


@pytest.fixture
def shown(path: Path, clock: Clock, qtbot: QtBot) -> Iterator[Shown]:
    made = opened(path, clock)
    yield made
    if made.window.book is not None:
        made.leave()
