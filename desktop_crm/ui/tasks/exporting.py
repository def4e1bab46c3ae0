"""Tasks as files: tables, and a calendar that a phone takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from desktop_crm.ui import exporting
from desktop_crm.ui.exporting import Ids, Kind
from desktop_crm.ui.words import N_

if TYPE_CHECKING:
    from desktop_crm.ui.tasks.page import TasksPage

CALENDAR = Kind(N_("Calendar for phones (.ics)"), ".ics", "calendar")
WITH_BIRTHDAYS = Kind(N_("Calendar with all birthdays (.ics)"), ".ics", "calendar", birthdays=True)


class Exporting(exporting.Exporting):
    """Exports the tasks that the page shows or selects."""

    def __init__(self, page: TasksPage) -> None:
        super().__init__(page, "tasks")
        self._tasks = page

    def fill(self, menu: QMenu, ids: Ids, title: str = "") -> None:
        """Fill `menu` with the kinds of files; the tasks are asked for when one is chosen."""
        super().fill(menu, ids, title)
        for kind in (CALENDAR, WITH_BIRTHDAYS):
            self.put(menu, "tasks", kind, ids, title)

    def with_done(self) -> bool:
        """Whoever looks at the tasks that are done wants them in the calendar too."""
        return self._tasks.header.all_done
