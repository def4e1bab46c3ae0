"""A panel over the pages without rooms of its own: its head, and the ways back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.buttons import IconButton
from desktop_crm.ui.widgets.cards import Panel
from desktop_crm.ui.widgets.layout import row
from desktop_crm.ui.words import N_, tr


class OverPanel(Panel):
    """Escape and the close button in its head lead back: `closed`."""

    closed = Signal()

    def head(self, *parts: QWidget | None) -> QHBoxLayout:
        """The line above the panel: its name, its tools, the way back."""
        close = IconButton("close", tr(N_("Close (Esc)")), token="dim")
        close.clicked.connect(self._close)
        return row(*parts, close, gap=8, margins=(16, 12, 16, 12))

    def _close(self) -> None:
        """Lead back; who still waits for something drops it first."""
        self.closed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)
