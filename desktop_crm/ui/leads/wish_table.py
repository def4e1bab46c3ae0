"""A list whose letters are acts: what every room of the leads shows its records in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from desktop_crm.ui.models import ColumnSpec, PagedModel
from desktop_crm.ui.qt import override
from desktop_crm.ui.tables import RecordTable

R = TypeVar("R")


class WishTable(RecordTable, Generic[R]):
    """A list that emits `wished(what)` for a letter of `keys`, besides what every list emits."""

    wished = Signal(str)

    def __init__(self, name: str, columns: Sequence[ColumnSpec[R]],
                 fetch: Callable[[Sequence[int]], Sequence[R | None]], keys: Mapping[Qt.Key, str]) -> None:
        super().__init__(name)
        self._keys = keys
        self.model_: PagedModel[R] = PagedModel(columns, fetch, self)
        self.set_paged(self.model_)

    def show_ids(self, ids: Sequence[int]) -> None:
        """Show these records; after one is gone the next takes its place."""
        row = max(0, self.currentIndex().row())
        self.model_.set_ids(ids)
        if ids and not self.selected_ids():
            self.select(ids[min(row, len(ids) - 1)])

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        wish = self._keys.get(Qt.Key(event.key())) if not event.modifiers() else None
        if wish is not None and self.selected_ids():
            if not event.isAutoRepeat():  # a key that is held down means one act, not one for each lead
                self.wished.emit(wish)
        else:
            super().keyPressEvent(event)
