"""Panels with one border, and the figure that heads a report."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.labels import ElidedLabel, Label, set_property, tip
from desktop_crm.ui.widgets.layout import column, row


class Card(QFrame):
    """A panel with one hairline border; put parts into `body`."""

    def __init__(self, parent: QWidget | None = None, margin: int = 14, gap: int = 8) -> None:
        super().__init__(parent)
        self.body: QVBoxLayout = column(gap=gap, margins=(margin, margin, margin, margin))
        self.setLayout(self.body)


class Panel(QFrame):
    """A part of the page on the panel's ground, without a border: the list's side, the detail's side."""


class FigureCard(Card):
    """A title, one large value and a note with a tone; a click, Enter or Space asks for the rows behind it.

    A compact one has a smaller value, its note beside it: for the figures that come after the first ones.
    """

    clicked = Signal()

    def __init__(self, title: str, value: str, note: str = "", tone: str = "", formula: str = "",
                 clickable: bool = True, compact: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=10 if compact else 14, gap=2 if compact else 4)
        self._title = ElidedLabel(title, 12, tone="dim")
        self._value = ElidedLabel(value, 15 if compact else 20, strong=True)
        self._note = ElidedLabel(note, 12, tone=tone or "dim") if compact else \
            Label(note, 12, tone=tone or "dim", wrap=True)
        self.body.addWidget(self._title)
        line = row(self._value, self._note, None, gap=6) if compact else column(self._value, self._note, gap=4)
        self.body.addLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._clickable = clickable
        set_property(self, "clickable", clickable)
        if clickable:
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(tip(formula) if formula else "")
        self.setAccessibleDescription(formula)
        self._name()

    def set_value(self, value: str, note: str = "", tone: str = "") -> None:
        """Show another value and note."""
        self._value.setText(value)
        self._note.setText(note)
        self._note.set_tone(tone or "dim")
        self._name()

    def _name(self) -> None:
        parts = (self._title.text(), self._value.text(), self._note.text())
        self.setAccessibleName(", ".join(part for part in parts if part))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._clickable and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
            return
        super().keyPressEvent(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if self._clickable and inside and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()
        super().mouseReleaseEvent(event)

    @override
    def enterEvent(self, event: QEnterEvent) -> None:
        set_property(self, "hovered", True)
        super().enterEvent(event)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        set_property(self, "hovered", False)
        super().leaveEvent(event)
