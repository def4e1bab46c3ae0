"""Data changed → pages reload: the book's commits, from whatever thread, as a signal on the screen's thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from desktop_crm.domain.changes import Changes
from desktop_crm.services.book import Book


class Feed(QObject):
    """Announces each set of changes once, after its commit, in the thread of the window."""

    changed = Signal(object)
    _committed = Signal(object)

    def __init__(self, book: Book, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._committed.connect(self._announce, Qt.ConnectionType.QueuedConnection)
        book.subscribe(self._committed.emit)

    def _announce(self, changes: Changes) -> None:
        self.changed.emit(changes)
