"""The five steps at the side: which are done, which is open, what was said in each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_crm.ui import fonts, icons, theme
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.labels import draw_line
from desktop_crm.ui.words import N_, current, tr

_HEIGHT, _TOP, _CIRCLE = 56, 24, 24


class StepList(QWidget):
    """Numbered steps one below the other; a click on one that is done emits `wanted(number)` (from 0)."""

    wanted = Signal(int)

    def __init__(self, titles: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles = tuple(titles)
        self._said = [""] * len(titles)
        self._current, self._closed = 0, False
        self.setFixedWidth(theme.px(200))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.show_step(0)

    def show_step(self, number: int, closed: bool = False) -> None:
        """Mark the step that is open; `closed` says that no way leads back from it."""
        self._current, self._closed = number, closed
        self.setAccessibleName(tr(N_("Step {n} of {total}: {title}"), n=current().number(number + 1),
                                  total=current().number(len(self._titles)), title=self._titles[number]))
        self.update()

    def say(self, number: int, text: str) -> None:
        """Show what was decided in a step."""
        self._said[number] = text
        self.update()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(_TOP + _HEIGHT * len(self._titles)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color("window"))
        for number in range(len(self._titles)):
            self._paint_step(painter, number)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = (int(event.position().y()) - theme.px(_TOP)) // theme.px(_HEIGHT)
        if 0 <= number < self._current and not self._closed and event.button() == Qt.MouseButton.LeftButton:
            self.wanted.emit(number)

    def _paint_step(self, painter: QPainter, number: int) -> None:
        top = theme.px(_TOP) + number * theme.px(_HEIGHT)
        side = theme.px(_CIRCLE)
        circle = self._mirrored(QRect(theme.px(16), top, side, side))
        if number < len(self._titles) - 1:
            painter.fillRect(circle.center().x(), circle.bottom() + theme.px(5), 1,
                             theme.px(_HEIGHT) - side - theme.px(8), theme.color("line"))
        self._paint_circle(painter, circle, number)
        self._paint_words(painter, number, top, side)

    def _paint_circle(self, painter: QPainter, circle: QRect, number: int) -> None:
        now, done = number == self._current, number < self._current
        painter.setPen(QPen(theme.color("input_border" if not now and not done else "accent"), 1.2))
        painter.setBrush(theme.color("accent" if now else "accent_soft" if done else "window"))
        painter.drawEllipse(QRectF(circle).adjusted(0.6, 0.6, -0.6, -0.6))
        if done:
            inset = circle.width() / 5
            icons.paint(painter, QRectF(circle).adjusted(inset, inset, -inset, -inset), "check", "accent")
            return
        painter.setFont(fonts.font(12, strong=True))
        painter.setPen(theme.color("on_accent" if now else "dim"))
        painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, current().number(number + 1))

    def _paint_words(self, painter: QPainter, number: int, top: int, side: int) -> None:
        now = number == self._current
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        start = theme.px(16) + side + theme.px(10)
        room = self.width() - start - theme.px(12)
        said = self._said[number] if number <= self._current else ""
        title = self._mirrored(QRect(start, top, room, side))
        painter.setFont(fonts.strong_for(self._titles[number]) if now else fonts.font())
        painter.setPen(theme.color("text" if number <= self._current else "dim"))
        _line(painter, title, self._titles[number], right)
        painter.setFont(fonts.font(11))
        painter.setPen(theme.color("dim"))
        _line(painter, self._mirrored(QRect(start, top + side - theme.px(2), room, theme.px(18))), said, right)

    def _mirrored(self, rect: QRect) -> QRect:
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            rect.moveLeft(self.width() - rect.right() - 1)
        return rect


def _line(painter: QPainter, rect: QRect, text: str, right: bool) -> None:
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, rect.width())
    draw_line(painter, rect, shown, right)
