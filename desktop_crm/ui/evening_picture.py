"""The evening's report as a picture of a phone's width: calm, large letters, in the report's own language.

Drawn with Qt from the same lines as the text, 360 points wide at three pixels a point.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QTextLayout

from desktop_crm import i18n
from desktop_crm.export.digest import Block, Line, digest
from desktop_crm.reports.report import Report
from desktop_crm.ui import fonts, theme
from desktop_crm.ui.widgets.labels import runs_right_to_left, unbroken

WIDTH, SCALE = 1080, 3
_INNER, _EDGE, _PAD, _GAP = 360.0, 16.0, 14.0, 10.0
_SMALL, _BASE, _HEAD, _VALUE, _HERO = 11, 13, 14, 18, 28
_SHARE = 0.5  # of a line's width that its value takes at most; the label wraps in the rest
_HIGHEST = 30_000  # pixels: what a phone and a messenger still open


def picture(report: Report) -> QImage:
    """The report as an image 1080 px wide and as high as it takes."""
    sheet = _Sheet(report)
    height = min(_HIGHEST, round(sheet.height * SCALE))
    image = QImage(WIDTH, height, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.LIGHT.window))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    sheet.paint(painter)
    painter.end()
    image.setText("Description", "\n".join(sheet.said))  # for whoever cannot see it
    return image


def _font(text: str, size: int, strong: bool) -> QFont:
    font = fonts.strong_for(text) if strong else fonts.font()
    font.setPixelSize(size * SCALE)
    return font


class _Sheet:
    """Lays the lines out from the top down, in points; what is to be painted is kept in its order.

    `said` are the texts, in the order in which they are read.
    """

    def __init__(self, report: Report) -> None:
        self._mirrored = i18n.language(report.language).right_to_left
        self._acts: list[Callable[[QPainter], None]] = []
        self.said: list[str] = []
        self.height = _EDGE + 4
        told = digest(report)
        self._head(told.business, told.title, told.day)
        self._figures(told.figures)
        for block in told.blocks:
            self._block(block)
        if told.printed:
            self.height += 2
            self.height += self._text(_EDGE, self.height, _INNER - 2 * _EDGE, told.printed, _SMALL, tone="faint")
        self.height += _EDGE

    def paint(self, painter: QPainter) -> None:
        """Paint everything."""
        for act in self._acts:
            act(painter)

    # --- parts ----------------------------------------------------------------------------------------------------

    def _head(self, business: str, title: str, day: str) -> None:
        for text, size, strong, tone in ((business, 18, True, "text"), (title, _BASE, True, "accent"),
                                         (day, _BASE, False, "dim")):
            if text:
                self.height += self._text(_EDGE, self.height, _INNER - 2 * _EDGE, text, size, strong, tone) + 1
        self.height += _GAP

    def _figures(self, lines: tuple[Line, ...]) -> None:
        """The first figure large, one with progress on a line of its own, the others two by two."""
        rest = [line for line in lines[1:] if line.share is None]
        self._row(list(lines[:1]), _HERO)
        for line in lines[1:]:
            if line.share is not None:
                self._row([line], _VALUE)
        while rest:
            self._row(rest[:2], _VALUE)
            del rest[:2]

    def _row(self, lines: list[Line], size: int) -> None:
        """Figures side by side, as high as the highest."""
        if not lines:
            return
        width = (_INNER - 2 * _EDGE - _GAP * (len(lines) - 1)) / len(lines)
        top, ground = self.height, len(self._acts)
        heights = [self._figure(line, _EDGE + place * (width + _GAP), top, width, size)
                   for place, line in enumerate(lines)]
        for place in range(len(lines)):
            self._card(_EDGE + place * (width + _GAP), top, width, max(heights), ground + place)
        self.height += max(heights) + _GAP

    def _figure(self, line: Line, x: float, top: float, width: float, size: int) -> float:
        room, y = width - 2 * _PAD, top + _PAD - 2
        y += self._text(x + _PAD, y, room, line.label, _SMALL, tone="dim") + 1
        while size > _BASE and QFontMetricsF(_font(line.value, size, True)).horizontalAdvance(
                line.value) > room * SCALE:
            size -= 1
        y += self._text(x + _PAD, y, room, line.value, size, True) + 1
        if line.share is not None:
            y += 4
            self._bar(x + _PAD, y, room, line.share)
            y += 10
        if line.note:
            y += self._text(x + _PAD, y, room, line.note, _SMALL, tone=line.tone or "dim")
        return y + _PAD - 2 - top

    def _block(self, block: Block) -> None:
        """A card with a heading, its lines with hairlines between, its total in bold."""
        x, width = _EDGE + _PAD, _INNER - 2 * (_EDGE + _PAD)
        top, ground = self.height, len(self._acts)
        y = top + _PAD - 2
        y += self._text(x, y, width, block.title, _HEAD, True) + 4
        dotted = any(line.tone for line in block.lines)  # then all of them, or their words begin at two edges
        for place, line in enumerate(block.lines):
            if place and line.value:
                self._rule(x, y + 3, width)
                y += 6
            y += self._line(line, x, y, width, dotted=dotted) + 3
        if block.total is not None:
            self._rule(x, y + 3, width, "input_border")
            y += 6 + self._line(block.total, x, y + 6, width, strong=True) + 3
        if block.note:
            y += self._text(x, y, width, block.note, _SMALL, tone="dim") + 3
        self._card(_EDGE, top, _INNER - 2 * _EDGE, y + _PAD - 5 - top, ground)
        self.height = y + _PAD - 5 + _GAP

    def _line(self, line: Line, x: float, y: float, width: float, strong: bool = False, dotted: bool = False) -> float:
        """A label with its value at the far end, its remark below; a sentence alone takes the whole width."""
        if not line.value:
            dot = 10.0 if dotted else 0.0
            if dot:
                self._dot(x, y + 6.5, line.tone or "faint")
            height = self._text(x + dot, y, width - dot, line.label, _BASE, strong, line.tone or "text")
        else:
            wide = QFontMetricsF(_font(line.value, _BASE, True)).horizontalAdvance(line.value) / SCALE + 1
            taken = min(wide, width * _SHARE) if wide > width * _SHARE else wide
            # Scripts differ in how high they stand: both begin where their letters rest on one line.
            lift = _ascent(line.label, _font(line.label, _BASE, strong)) - _ascent(
                line.value, _font(line.value, _BASE, True))
            down, other = max(0.0, -lift), max(0.0, lift)
            height = max(self._text(x, y + down, width - taken - 8, line.label, _BASE, strong) + down,
                         self._text(x + width - taken, y + other, taken, line.value, _BASE, True, end=True) + other)
        if line.share is not None:
            self._bar(x, y + height + 4, width, line.share)
            height += 11
        if line.note:
            height += self._text(x, y + height, width, line.note, _SMALL, tone="dim")
        return height

    # --- ink ------------------------------------------------------------------------------------------------------

    def _text(self, x: float, y: float, width: float, text: str, size: int, strong: bool = False, tone: str = "text",
              end: bool = False) -> float:
        """Note a text that wraps within `width` points; gives its height in points."""
        self.said.append(text)
        text = unbroken(text)
        font, right = _font(text, size, strong), end != self._mirrored
        edge = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        flags = int(edge | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop) | int(
            Qt.TextFlag.TextWrapAnywhere if " " not in text else Qt.TextFlag.TextWordWrap)
        room = QRectF(self._left(x, width) * SCALE, y * SCALE, width * SCALE, 1e6)
        height = QFontMetricsF(font).boundingRect(room, flags, text).height()
        place = QRectF(room.left(), room.top(), room.width(), height + 2)
        direction = Qt.LayoutDirection.RightToLeft if runs_right_to_left(text) else Qt.LayoutDirection.LeftToRight

        def draw(painter: QPainter) -> None:
            painter.setFont(font)
            painter.setPen(_colour(tone))
            painter.setLayoutDirection(direction)
            painter.drawText(place, flags, text)

        self._acts.append(draw)
        return height / SCALE

    def _card(self, x: float, y: float, width: float, height: float, ground: int) -> None:
        """Note a card under what was noted after the act `ground`."""
        place = self._place(x, y, width, height)

        def draw(painter: QPainter) -> None:
            painter.setPen(_colour("line"))
            painter.setBrush(_colour("panel"))
            painter.drawRoundedRect(place, 8 * SCALE, 8 * SCALE)

        self._acts.insert(ground, draw)

    def _bar(self, x: float, y: float, width: float, share: float) -> None:
        whole = self._place(x, y, width, 5)
        part = self._place(x, y, max(5.0, width * min(1.0, share)), 5) if share > 0 else None

        def draw(painter: QPainter) -> None:
            painter.setPen(Qt.PenStyle.NoPen)
            for place, token in ((whole, "sunk"), (part, "good" if share >= 1 else "accent")):
                if place is not None:
                    painter.setBrush(_colour(token))
                    painter.drawRoundedRect(place, 2.5 * SCALE, 2.5 * SCALE)

        self._acts.append(draw)

    def _dot(self, x: float, y: float, tone: str) -> None:
        place = self._place(x, y, 5, 5)

        def draw(painter: QPainter) -> None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_colour(tone))
            painter.drawEllipse(place)

        self._acts.append(draw)

    def _rule(self, x: float, y: float, width: float, token: str = "line") -> None:
        place = self._place(x, y, width, 0.5)
        self._acts.append(lambda painter: painter.fillRect(place, _colour(token)))

    def _place(self, x: float, y: float, width: float, height: float) -> QRectF:
        return QRectF(self._left(x, width) * SCALE, y * SCALE, width * SCALE, height * SCALE)

    def _left(self, x: float, width: float) -> float:
        return _INNER - x - width if self._mirrored else x


def _ascent(text: str, font: QFont) -> float:
    """How far the first line of a text rises above its base, in points, in the fonts that its letters come from."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    layout.endLayout()
    return float(line.ascent()) / SCALE if line.isValid() else 0.0


def _colour(token: str) -> QColor:
    return QColor(getattr(theme.LIGHT, token))
