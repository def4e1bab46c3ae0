"""A paper for customers as sheets: painted as the PDF sets it, on the screen and on a printer."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from math import atan2, ceil, degrees

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen

from desktop_crm.export.drawn import Box, Drawn, Mark, Picture, Stroke, Text
from desktop_crm.ui import fonts, theme
from desktop_crm.ui.sheets.view import Sheets

_UNIT = 20
"""Units per point: fonts come in whole pixels only, and the smallest steps of a paper are of a twentieth."""


_IDEOGRAPHS = re.compile(f"({fonts.IDEOGRAPHS}+)")
_BOLDEN = 0.03  # of the size


class Letters:
    """The fonts of papers; made on the window's thread, used on any."""

    def __init__(self) -> None:
        self._plain, self._strong = fonts.paper(), fonts.paper(strong=True)
        self.font: Callable[[float, bool], QFont] = lru_cache(64)(self._font)

    def _font(self, size: float, bold: bool) -> QFont:
        font = QFont(self._strong if bold else self._plain)
        font.setPixelSize(max(1, round(size * _UNIT)))
        return font


class PaperSheets:
    """The sheets of one paper, each as large as its PDF's pages."""

    def __init__(self, drawn: Drawn, letters: Letters) -> None:
        self.width, self.height, self.landscape = drawn.width, drawn.height, False
        self._pages, self._letters = drawn.pages, letters
        self._logo = QImage.fromData(drawn.logo)

    @property
    def count(self) -> int:
        """How many sheets there are."""
        return len(self._pages)

    def paint(self, painter: QPainter, number: int, scale: float) -> None:
        """Paint the sheet `number` (from 0) at the painter's origin, `scale` device pixels a point."""
        painter.save()
        painter.scale(scale / _UNIT, scale / _UNIT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        for mark in self._pages[number]:
            self._mark(painter, mark)
        painter.restore()

    def _mark(self, painter: QPainter, mark: Mark) -> None:
        if isinstance(mark, Text):
            self._text(painter, mark)
        elif isinstance(mark, Box):
            painter.fillRect(_rect(mark.x, mark.y, mark.width, mark.height), _color(mark.colour))
        elif isinstance(mark, Stroke):
            pen = QPen(_color(mark.colour), mark.width * _UNIT)
            if mark.dashed:
                pen.setDashPattern([3 / mark.width, 2.5 / mark.width])
            painter.setPen(pen)
            painter.drawLine(QLineF(mark.x1 * _UNIT, mark.y1 * _UNIT, mark.x2 * _UNIT, mark.y2 * _UNIT))
        elif isinstance(mark, Picture):
            painter.drawImage(_rect(mark.x, mark.y, mark.width, mark.height), self._logo)

    def _text(self, painter: QPainter, mark: Text) -> None:
        """A line of text exactly as wide as the PDF has it: what stands at the right side ends there."""
        font = self._letters.font(mark.size, mark.bold)
        natural = QFontMetricsF(font).horizontalAdvance(mark.text)
        if natural <= 0:
            return
        painter.save()
        painter.translate(mark.x * _UNIT, mark.baseline * _UNIT)
        along, up = mark.slope
        painter.rotate(-degrees(atan2(up, along)))
        painter.scale(mark.width * _UNIT / natural, 1.0)
        painter.setOpacity(mark.alpha)
        painter.setFont(font)
        painter.setPen(_color(mark.colour))
        self._letters_of(painter, mark, QFontMetricsF(font))
        painter.restore()

    def _letters_of(self, painter: QPainter, mark: Text, metrics: QFontMetricsF) -> None:
        """The letters; bold ideographs, whose fonts have no bold, twice beside each other, as strong as in the PDF."""
        x = 0.0
        for place, part in enumerate(_IDEOGRAPHS.split(mark.text) if mark.bold else [mark.text]):
            for shift in (0.0, _BOLDEN * mark.size * _UNIT) if place % 2 else (0.0,):
                painter.drawText(QPointF(x + shift, 0), part)
            x += metrics.horizontalAdvance(part)


class Fitted:
    """Sheets on other paper, `width` × `height` points: made smaller where they do not fit, never larger.

    What is `endless`, a strip of a roll, keeps its width and goes on on the next page.
    """

    def __init__(self, sheets: Sheets, width: float, height: float, endless: bool) -> None:
        self.width, self.height, self.landscape = width, height, False
        self._sheets = sheets
        self._fit = min(1.0, width / sheets.width, *([] if endless else [height / sheets.height]))
        self._parts = max(1, ceil(sheets.height * self._fit / height - 0.01)) if endless else 1

    @property
    def count(self) -> int:
        """How many pages it takes."""
        return self._sheets.count * self._parts

    def paint(self, painter: QPainter, number: int, scale: float) -> None:
        """Paint the page `number` (from 0) at the painter's origin, `scale` device pixels a point."""
        sheet, part = divmod(number, self._parts)
        painter.save()
        painter.setClipRect(QRectF(0, 0, self.width * scale, self.height * scale))
        painter.translate((self.width - self._sheets.width * self._fit) / 2 * scale, -part * self.height * scale)
        self._sheets.paint(painter, sheet, scale * self._fit)
        painter.restore()


def _rect(x: float, y: float, width: float, height: float) -> QRectF:
    return QRectF(x * _UNIT, y * _UNIT, width * _UNIT, height * _UNIT)


@lru_cache(maxsize=32)
def _color(token: str) -> QColor:
    return QColor(getattr(theme.LIGHT, token))
