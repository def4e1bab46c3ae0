"""The buyers of the file by RFM, for the columns of the list: ranked beside the window when one of them is shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.rfm import Ranking, Rfm
from desktop_crm.services import rfm
from desktop_crm.services.book import Book
from desktop_crm.ui.jobs import Jobs, Latest

_TABLES = ("deals", "payments", "customers", "settings")


class Ranks(QObject):
    """`loaded()` follows when what `of` says may be another; until then it says what was so before."""

    loaded = Signal()

    def __init__(self, book: Book, jobs: Jobs, failed: Callable[[Exception], None], parent: QObject) -> None:
        super().__init__(parent)
        self._book, self._work, self._failed = book, Latest(jobs), failed
        self._ranking: Ranking | None = None
        self._stale = True

    def of(self, customer: int) -> Rfm | None:
        """What is known of a customer as a buyer; None for who never bought, and while nothing is known yet."""
        known = self._ranking
        if (self._stale or known is None or known.on != self._book.today()) and not self._work.busy:
            self._stale = False
            self._work.run(lambda _: rfm.ranking(self._book), self._take, self._failed, label="")
        return None if known is None else known.get(customer)

    def follow(self, changes: Changes) -> None:
        """Rank again, when a rank is next asked for, if the changes may touch it."""
        if changes.touches(*_TABLES):
            self._work.drop()
            self._stale = True

    def _take(self, found: Ranking) -> None:
        self._ranking = found
        self.loaded.emit()
