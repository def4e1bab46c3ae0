"""The bar over the list while it is edited like a sheet: which cell it is, what can be done, and the way out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_crm.ui.widgets.buttons import Button
from desktop_crm.ui.widgets.cards import Panel
from desktop_crm.ui.widgets.labels import ElidedLabel, Label
from desktop_crm.ui.widgets.layout import row
from desktop_crm.ui.words import N_, tr

_KEYS = N_("Type or F2 edits · Enter down · Tab right · Ctrl+V pastes · Esc ends")


class SheetBar(Panel):
    """Names the cell at the keyboard's place; `paste_wanted()` and `closed()`."""

    paste_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cell, self._hint = Label("", strong=True), ElidedLabel("", tone="dim")
        paste, close = Button(tr(N_("Paste")), "copy", "quiet"), Button(tr(N_("Done")), "check")
        paste.clicked.connect(self.paste_wanted)
        close.clicked.connect(self.closed)
        box = row(self._cell, self._hint, paste, close, margins=(16, 7, 12, 7), gap=12)
        box.setStretch(1, 1)
        self.setLayout(box)

    def text(self) -> str:
        """What is said of the cell."""
        return f"{self._cell.text()}: {self._hint.text()}"

    def show_cell(self, title: str, why: str) -> None:
        """Name a column, and say which keys do what, or why its cells cannot be edited."""
        self._cell.setText(title)
        self._hint.setText(why or tr(_KEYS))
