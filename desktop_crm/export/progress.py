"""How far an export has come, and whether the user has stopped it."""

from __future__ import annotations

from collections.abc import Callable

from desktop_crm.domain.errors import N_, Cancelled
from desktop_crm.reports.report import Report

STEP = 256
"""How many rows are written between two looks at Cancel."""


class Progress:
    """Counts the rows written, tells `told(done, total)`, and asks `cancelled()` whether to go on."""

    def __init__(self, report: Report, told: Callable[[int, int], None] | None = None,
                 cancelled: Callable[[], bool] | None = None) -> None:
        self.total = sum(len(table.rows) for table in report.tables)
        self.done = 0
        self._told = told
        self._cancelled = cancelled

    def advance(self, rows: int) -> None:
        """Count `rows` more as written; raises Cancelled once the user has stopped the work."""
        if self._cancelled is not None and self._cancelled():
            raise Cancelled(N_("The export was stopped; no file was written."))
        self.done += rows
        if self._told is not None:
            self._told(self.done, self.total)
