"""Painting on paper: text, lines and boxes in points from the top left, mirrored for right-to-left."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from desktop_crm.ui import fonts, theme

UNIT = 10
"""Units per point: fonts come in whole pixels only, and tenths of a point are fine enough for paper."""

SMALL, BASE, TITLE = 8.0, 9.0, 18.0
_WRAP = int(Qt.TextFlag.TextWordWrap)
_ENDLESS = 100_000.0


class Type:
    """Fonts and their measures in points; made on the window's thread, used on any."""

    def __init__(self) -> None:
        self._plain, self._strong = fonts.font(), fonts.font(strong=True)
        self.font: Callable[[float, bool], QFont] = lru_cache(64)(self._font)
        self._metrics: Callable[[float, bool], QFontMetricsF] = lru_cache(64)(
            lambda size, bold: QFontMetricsF(self.font(size, bold)))

    def _font(self, size: float, bold: bool) -> QFont:
        font = QFont(self._strong if bold else self._plain)
        font.setPixelSize(round(size * UNIT))
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def width(self, text: str, size: float = BASE, bold: bool = False) -> float:
        """The width of a text on one line."""
        return float(self._metrics(size, bold).horizontalAdvance(text)) / UNIT

    def height(self, text: str, width: float, size: float = BASE, bold: bool = False) -> float:
        """The height of a text that wraps at `width`."""
        room = QRectF(0, 0, max(1.0, width) * UNIT, _ENDLESS)
        return self._metrics(size, bold).boundingRect(room, _WRAP, text).height() / UNIT

    def line(self, size: float = BASE) -> float:
        """The height of one line."""
        return self._metrics(size, False).height() / UNIT


class Ink:
    """A painter on one sheet of `width` points; colours are the light tokens, for paper is white."""

    def __init__(self, painter: QPainter, letters: Type, width: float, mirrored: bool) -> None:
        self._painter, self._letters, self._width, self._mirrored = painter, letters, width, mirrored

    def text(self, x: float, y: float, width: float, height: float, text: str, size: float = BASE, *,
             bold: bool = False, tone: str = "text", at_end: bool = False, middle: bool = False) -> None:
        """A text that wraps in a box, from its top or in its middle; at the box's end if asked."""
        right = at_end != self._mirrored
        edge = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        down = Qt.AlignmentFlag.AlignVCenter if middle else Qt.AlignmentFlag.AlignTop
        self._painter.setFont(self._letters.font(size, bold))
        self._painter.setPen(_color(tone))
        self._painter.drawText(self._box(x, y, width, height), int(edge | Qt.AlignmentFlag.AlignAbsolute | down)
                               | _WRAP, text)

    def mark(self, x: float, baseline: float, text: str, size: float, bold: bool, tone: str, anchor: str) -> None:
        """A text of a chart at its baseline, never mirrored: charts run from left to right."""
        shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor] * self._letters.width(text, size, bold)
        self._painter.setFont(self._letters.font(size, bold))
        self._painter.setPen(_color(tone))
        self._painter.drawText(QPointF((x - shift) * UNIT, baseline * UNIT), text)

    def card(self, x: float, y: float, width: float, height: float) -> None:
        """A white panel with round corners and a hairline around."""
        self._painter.setPen(QPen(_color("line"), 0.7 * UNIT))
        self._painter.setBrush(_color("panel"))
        self._painter.drawRoundedRect(self._box(x, y, width, height), 5 * UNIT, 5 * UNIT)

    def rule(self, x: float, y: float, width: float, tone: str = "line") -> None:
        """A horizontal hairline."""
        box = self._box(x, y, width, 0)
        self._painter.setPen(QPen(_color(tone), 0.6 * UNIT))
        self._painter.drawLine(QLineF(box.left(), box.top(), box.right(), box.top()))

    def bar(self, x: float, y: float, width: float, height: float, tone: str) -> None:
        """A filled rectangle of a chart, never mirrored."""
        self._painter.fillRect(QRectF(x * UNIT, y * UNIT, width * UNIT, height * UNIT), _color(tone))

    def stroke(self, x1: float, y1: float, x2: float, y2: float, tone: str, width: float, dashed: bool) -> None:
        """A straight line of a chart, never mirrored."""
        pen = QPen(_color(tone), width * UNIT)
        if dashed:
            pen.setDashPattern([3, 3])
        self._painter.setPen(pen)
        self._painter.drawLine(QLineF(x1 * UNIT, y1 * UNIT, x2 * UNIT, y2 * UNIT))

    def left_of(self, x: float, width: float) -> float:
        """The left side of a strip that begins at `x`, where the page is mirrored too."""
        return self._width - x - width if self._mirrored else x

    def _box(self, x: float, y: float, width: float, height: float) -> QRectF:
        return QRectF(self.left_of(x, width) * UNIT, y * UNIT, width * UNIT, height * UNIT)


@lru_cache(maxsize=32)
def _color(token: str) -> QColor:
    return QColor(getattr(theme.LIGHT, {"": "text", "neutral": "dim"}.get(token, token).replace("-", "_")))
