"""What every section of the leads is: a head, a body, and what it asks of the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_crm.domain.changes import Changes
from desktop_crm.services.book import Book
from desktop_crm.settings import Settings
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.panel_section import PanelSection
from desktop_crm.ui.told_acts import Acts
from desktop_crm.ui.words import N_, tr


@dataclass(frozen=True, slots=True)
class Desk:
    """What a section works with."""

    book: Book
    jobs: Jobs
    messages: Messages
    acts: Acts
    settings: Settings


class LeadsSection(PanelSection):
    """One part of the panel; `counted` tells what stands beside its name at the left.

    `record_wanted(kind, id)` and `act_wanted(key)` ("convert:12") are answered by the window.
    """

    counted = Signal(int)
    record_wanted = Signal(str, int)
    act_wanted = Signal(str)

    def __init__(self, desk: Desk, title: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.desk = desk
        self._acting: set[int] = set()

    def carry_out(self, ids: Sequence[int], act: Callable[[], Changes], text: str) -> None:
        """Do something with these records beside the window, for they may be thousands, then say `text` with an Undo
        of that act. Until it is done nothing else is begun with any of them.
        """
        if not self._acting.isdisjoint(ids):
            return
        self._acting.update(ids)

        def done(changes: Changes) -> None:
            self._acting.difference_update(ids)
            if changes.count:
                self.desk.messages.undoable(text, lambda: self._take_back(changes.work_id))

        def failed(error: Exception) -> None:
            self._acting.difference_update(ids)
            self.desk.messages.tell(error)

        self.desk.jobs.run(lambda _: act(), done, failed, label=text)

    def _take_back(self, work: int) -> None:
        self.desk.jobs.run(lambda _: self.desk.book.undo_work(work), lambda _: None, self.desk.messages.tell,
                           label=tr(N_("Undo")))

    def takes_key(self, event: QKeyEvent) -> bool:
        """Do what a key means here; whether it meant anything."""
        return False

    def takes_data(self, data: QMimeData) -> bool:
        """Take what is dropped or pasted here; whether it was for this section."""
        return False


@dataclass(frozen=True, slots=True)
class Part:
    """A section as the panel lists it: a stable key, its title (a message id), and what makes it."""

    key: str
    title: str
    make: Callable[[Desk], LeadsSection]
