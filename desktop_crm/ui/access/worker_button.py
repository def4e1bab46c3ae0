"""The button in the top bar that says who works; a part of the shell, so it loads nothing of the lock or the panel."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop_crm.ui import icons, theme
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.avatar import initial, paint_initial
from desktop_crm.ui.widgets.buttons import with_keys
from desktop_crm.ui.words import N_, tr

KEYS = "F9"
_SIDE = 28


class WorkerButton(QAbstractButton):
    """The first letter of who works, 28 px; a person in outline while nobody has said."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letter = ""
        self.setFixedSize(self.sizeHint())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_name("")

    def show_name(self, name: str) -> None:
        """Show who works, "" for nobody."""
        self._letter = initial(name)
        said = tr(N_("Working as {name}"), name=name) if name else tr(N_("Work as…"))
        self.setAccessibleName(said)
        self.setToolTip(with_keys(said, QKeySequence(KEYS)))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(_SIDE), theme.px(_SIDE))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._letter:
            paint_initial(painter, self, self._letter, 13)
        else:
            side, place = theme.px(icons.SIZE), self.rect()
            place.setSize(QSize(side, side))
            place.moveCenter(self.rect().center())
            icons.paint(painter, place, "person", "dim")
        if self.hasFocus() or self.underMouse():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.color("accent" if self.hasFocus() else "line"), theme.px(2)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), theme.px(5), theme.px(5))
