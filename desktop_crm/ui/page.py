"""What every tab is to the window: a page that shows a part of the book, wishes and announces."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import CrmError
from desktop_crm.services.book import Book
from desktop_crm.ui.acts import Act as Act  # pages say what can be done on them
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.messages import Messages

T = TypeVar("T")


class Page(QWidget):
    """A tab's page. It loads nothing before `start`, and reloads only what it shows.

    `record_wanted(kind, id)` asks the window to open a record in its own tab; `rows_wanted(filter, title)`
    asks it to list the rows of a domain filter in the tab of its kind; `act_wanted(key)` asks for an act of
    another page or of the window ("import", "new_deal", …).
    """

    record_wanted = Signal(str, int)
    rows_wanted = Signal(object, str)
    act_wanted = Signal(str)

    def __init__(self, book: Book, jobs: Jobs, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.book = book
        self.jobs = jobs
        self.messages = messages

    def acts(self) -> list[Act]:
        """What can be done on this page."""
        return []

    @abstractmethod
    def start(self) -> None:
        """Load what the page shows; called once, when it is shown first."""

    def start_like(self, twin: Page) -> None:
        """Start, over another book, with what a page of the same kind shows: its columns, filter, record."""
        self.restore_state(twin.save_state())
        self.start()

    @abstractmethod
    def reload(self, changes: Changes) -> None:
        """Load again what the page shows, if the changes touch it."""

    @abstractmethod
    def new(self) -> None:
        """Begin a new record of this page's kind (Ctrl+N)."""

    @abstractmethod
    def open(self, record: int) -> None:
        """Show one record."""

    @abstractmethod
    def show_rows(self, wanted: object, title: str) -> None:
        """List the rows of a domain filter, under a title that tells where it comes from."""

    def save_state(self) -> dict[str, Any]:
        """What the page remembers from one start to the next (columns, sizes, filter), as plain values."""
        return {}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take up what `save_state` gave; unknown or broken parts are left out."""

    def attempt(self, act: Callable[[], T]) -> T | None:
        """Run a quick act and tell the user what the world refused; None if it did."""
        try:
            return act()
        except CrmError as error:
            self.messages.tell(error)
            return None
