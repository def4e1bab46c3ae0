"""The conditions of the filter as chips: each says one, a click edits it, its × or Delete takes it away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from desktop_crm.domain.conditions import Group, without_empty
from desktop_crm.domain.errors import N_
from desktop_crm.ui import theme
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.chips import Chip
from desktop_crm.ui.widgets.labels import tip
from desktop_crm.ui.widgets.layout import FlowLayout
from desktop_crm.ui.words import tr

if TYPE_CHECKING:
    from desktop_crm.services.conditions import Vocabulary

_LONGEST, _CROSS = 40, 24


class ConditionChip(Chip):
    """A chip with a × of its own at its end: `clicked` beside it, `removed()` on it, and on Delete."""

    removed = Signal()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        at = event.position().toPoint()
        on_cross = at.x() <= theme.px(_CROSS) if right else at.x() >= self.width() - theme.px(_CROSS)
        if event.button() == Qt.MouseButton.LeftButton and on_cross and self.rect().contains(at):
            self.setDown(False)
            self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class ConditionChips:
    """Keeps the chips of a group in a flow, before a widget of it; conditions of which any is enough are one chip."""

    def __init__(self, flow: FlowLayout, before: QWidget, edit: Callable[[int], None],
                 use: Callable[[Group | None], None]) -> None:
        self._flow, self._before, self._edit, self._use = flow, before, edit, use
        self._group: Group | None = None
        self.chips: list[ConditionChip] = []

    def show(self, known: Vocabulary | None, group: Group | None) -> None:
        """Show the conditions of a group."""
        self._group = group
        said = [] if known is None or group is None else (
            [known.said(part) for part in group.parts] if group.all else [known.listed(group)])
        while len(self.chips) < len(said):
            self._add()
        for number, chip in enumerate(self.chips):
            chip.setVisible(number < len(said))
            if number < len(said):
                text = said[number]
                chip.set_label(f"{text if len(text) <= _LONGEST else text[:_LONGEST - 1] + '…'} ×")
                chip.setToolTip(tip(text))
                chip.setAccessibleDescription(tr(N_("Enter edits, Delete takes it away")))

    def _add(self) -> None:
        number, chip = len(self.chips), ConditionChip("", toggles=False)
        chip.clicked.connect(lambda: self._edit(number))
        chip.removed.connect(lambda: self._remove(number))
        self.chips.append(chip)
        self._flow.add_before(chip, self._before)

    def _remove(self, number: int) -> None:
        group = self._group
        if group is None or not group.all:
            self._use(None)
        else:
            self._use(without_empty(replace(group, parts=(*group.parts[:number], *group.parts[number + 1:]))))
