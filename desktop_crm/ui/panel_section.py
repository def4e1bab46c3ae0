"""A panel over the pages that has rooms: its list of them at the left, and what each room is."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_crm.domain.changes import Changes
from desktop_crm.ui.widgets.buttons import IconButton
from desktop_crm.ui.widgets.cards import Panel
from desktop_crm.ui.widgets.labels import Dim, Hairline, Heading
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.widgets.segments import Segment, SegmentGroup, SegmentList
from desktop_crm.ui.widgets.states import IconLabel
from desktop_crm.ui.words import N_, tr

_SIDEBAR = (200, 280)
"""The narrowest and the widest list of rooms, in design pixels."""


class PanelSection(Panel):
    """One room of a panel; `left` asks to go back."""

    left = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = Heading(title)
        self._close = IconButton("close", tr(N_("Close (Esc)")), token="dim")
        self._close.clicked.connect(self.left)

    def head(self, *tools: QWidget | None) -> QHBoxLayout:
        """The line above the section: its name, its tools, the way back."""
        return row(self.heading, *tools, self._close, gap=8, margins=(16, 12, 16, 12))

    @abstractmethod
    def start(self) -> None:
        """Load what the section shows; called once, when it is shown first."""

    @abstractmethod
    def reload(self, changes: Changes) -> None:
        """Load again what the section shows, if the changes touch it."""

    @abstractmethod
    def focus(self) -> None:
        """Put the keyboard where one would begin."""

    def leave(self) -> bool:
        """Whether the section may be left; one that has a form open saves or closes that first, and may say no."""
        return True

    def stop(self) -> None:
        """Wait for nothing more: the panel is being closed."""

    def new(self) -> None:
        """Begin a new record, where the section has records (Ctrl+N)."""


def lay_out(panel: QWidget, sidebar: SegmentList, title: str, segments: tuple[Segment, ...], rooms: QWidget,
            reading: bool) -> None:
    """Give a panel its list of rooms at the left, the room in sight beside it, and a line where nothing can be
    changed."""
    sidebar.setAccessibleName(title)
    sidebar.set_widths(*_SIDEBAR)
    sidebar.set_groups([SegmentGroup(title, segments)])
    notice = Dim(tr(N_("This file is open for reading only, so nothing can be changed here.")))
    strip = QWidget()
    strip.setLayout(row(IconLabel("lock"), notice, None, margins=(16, 10, 16, 10)))
    strip.setVisible(reading)
    right = column(strip, rooms, gap=0)
    right.setStretch(1, 1)
    whole = row(sidebar, Hairline(vertical=True), gap=0)
    whole.addLayout(right, 1)
    panel.setLayout(whole)
