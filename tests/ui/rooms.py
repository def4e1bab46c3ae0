"""A panel over a book, with what the window gives it around it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.services.book import Book
from desktop_crm.ui.feed import Feed
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.widgets.states import MessageBar

PanelType = TypeVar("PanelType", bound=QWidget)


class PanelRoom(Generic[PanelType]):
    """The panel that `make` makes, shown, with the window's jobs, messages and feed around it."""

    def __init__(self, book: Book, folder: Path, qtbot: QtBot, make: Callable[[Book, Jobs, Messages], PanelType],
                 size: tuple[int, int] = (1200, 650)) -> None:
        self.book, self.jobs, self.bar = book, Jobs(), MessageBar()
        self.panel = make(book, self.jobs, Messages(self.bar, folder / "log"))
        for widget in (self.bar, self.panel):
            qtbot.addWidget(widget)
        self.feed = Feed(book)
        self.feed.changed.connect(self.panel.reload)
        self.panel.resize(*size)
        self.panel.show()
        self.rest()

    def rest(self) -> None:
        """Let all that was asked for come to its end."""
        for _ in range(5):
            QCoreApplication.processEvents()
            self.jobs.wait_all()
