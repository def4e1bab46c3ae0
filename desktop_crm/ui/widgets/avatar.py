"""The square with a name's first letter."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTextBoundaryFinder
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop_crm.ui import fonts, theme
from desktop_crm.ui.qt import override

_SIDE = 40


def initial(name: str) -> str:
    """The first grapheme of `name` that is a letter or a digit (கி whole, not க), in upper case; else the first."""
    shown = name.strip()
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, shown)
    units = shown.encode("utf-16-le")
    start, first = 0, ""
    while (end := finder.toNextBoundary()) > start:
        grapheme = units[2 * start:2 * end].decode("utf-16-le", "replace")
        first = first or grapheme
        if grapheme[0].isalnum():
            return grapheme.upper() if len(grapheme.upper()) == len(grapheme) else grapheme
        start = end
    return first


def paint_initial(painter: QPainter, widget: QWidget, letter: str, size: int = 16) -> None:
    """Fill `widget` with the soft square and `letter`, `size` design pixels high."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("accent_soft"))
    painter.drawRoundedRect(widget.rect(), widget.height() / 5, widget.height() / 5)
    painter.setPen(theme.color("accent"))
    painter.setFont(fonts.strong_for(letter, size))
    painter.drawText(widget.rect(), Qt.AlignmentFlag.AlignCenter, letter)


class Avatar(QWidget):
    """The first letter of a name on a soft square, 40 px."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letter = ""
        self.setFixedSize(self.sizeHint())

    def set_name(self, name: str) -> None:
        """Show the first letter of `name`."""
        self._letter = initial(name)
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(_SIDE), theme.px(_SIDE))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        paint_initial(QPainter(self), self, self._letter)
