"""The hour column of a day: a line per hour, the tasks as blocks, the present minute as a line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop_crm.domain.tasks import TaskRow
from desktop_crm.ui import fonts, theme
from desktop_crm.ui.qt import override
from desktop_crm.ui.tasks import lines
from desktop_crm.ui.tasks.blocks import Block, hours, lay_out
from desktop_crm.ui.widgets.labels import draw_line, tip
from desktop_crm.ui.words import N_, current, tr

HOUR = 48
_GUTTER = 44
_TOP = 8
_NAME_AT_LEAST = 60


class DayBlock(QAbstractButton):
    """One task in the column: its name, its time, on the accent's ground, or the warning one where it clashes."""

    moved = Signal(int)

    def __init__(self, block: Block, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.block = block
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        whole = ", ".join(part for part in (self.hours(), block.task.name, block.task.customer or "",
                                            tr(N_("clashes")) if block.clash else "") if part)
        self.setAccessibleName(whole)
        self.setToolTip(tip(whole))

    def hours(self) -> str:
        """From when to when, as far as it is said: "16:15–17:45", "15:00"."""
        start = self.block.task.slot[0] if self.block.task.slot else self.block.start
        end = start + self.block.task.minutes if self.block.task.minutes else None
        said = [_clock(minute) for minute in (start, end) if minute is not None]
        return "–".join(said)

    @override
    def nextCheckState(self) -> None:
        """The owner checks the block of the task that is selected."""

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        done = self.block.task.done_on is not None
        tone = "warn" if self.block.clash else "neutral" if done else "accent"
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme.strong(tone), 1.4) if self.isChecked() or self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.soft(tone))
        painter.drawRoundedRect(area, theme.px(4), theme.px(4))
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        bar = theme.px(3)
        painter.fillRect(self.width() - bar if right else 0, 0, bar, self.height(), theme.strong(tone))
        self._paint_words(painter, self.rect().adjusted(theme.px(10), theme.px(3), -theme.px(8), -theme.px(3)), done)

    def _paint_words(self, painter: QPainter, inner: QRect, done: bool) -> None:
        """The name, and below it the hours; in a low block one after the other."""
        name, said = self.block.task.name, self.hours()
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        font = fonts.font(12, struck=True) if done else fonts.strong_for(name, 12)
        line = QFontMetrics(font).height()
        low = inner.height() < 2 * line - theme.px(4)
        small = fonts.font(11)
        taken = QFontMetrics(small).horizontalAdvance(said) + theme.px(8) if low else 0
        if low and inner.width() - taken < theme.px(_NAME_AT_LEAST):
            said, taken = "", 0  # where it stands says when
        place = inner.adjusted(taken if right else 0, 0, 0 if right else -taken, 0) if low else \
            QRect(inner.left(), inner.top(), inner.width(), line)
        painter.setFont(font)
        painter.setPen(theme.color("dim" if done else "text"))
        shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, place.width())
        draw_line(painter, place, shown, right)
        painter.setFont(small)
        painter.setPen(theme.strong("warn" if self.block.clash else "dim"))
        below = inner if low else QRect(inner.left(), inner.top() + line, inner.width(), line)
        draw_line(painter, below, said, right != low)


class HourColumn(QWidget):
    """The tasks of a day by the hour; `chosen(id)` on a click. `set_now` moves the line of the present minute."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._blocks: list[DayBlock] = []
        self._hours = hours(())
        self._now: time | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(tr(N_("The day by the hour")))

    def blocks(self) -> list[DayBlock]:
        """The blocks, in the order of their beginning."""
        return list(self._blocks)

    def set_tasks(self, tasks: Sequence[TaskRow]) -> None:
        """Show other tasks; those without a time are passed over."""
        focused = next((button.block.task.id for button in self._blocks if button.hasFocus()), None)
        for button in self._blocks:
            button.hide()
            button.deleteLater()
        self._hours = hours(tasks)
        self._blocks = [self._button(block) for block in lay_out(tasks)]
        for button in self._blocks:
            button.show()
            if button.block.task.id == focused:
                button.setFocus()
        self.updateGeometry()
        self._place()
        self.update()

    def mark(self, tasks: Sequence[int]) -> None:
        """Mark the blocks of the tasks that are selected in the list."""
        for button in self._blocks:
            button.setChecked(button.block.task.id in tasks)

    def set_now(self, now: time | None) -> None:
        """Draw the line of the present minute, or none on another day."""
        self._now = now
        self.update()

    def y_of(self, minute: int) -> int:
        """Where a minute of the day stands, in pixels from the top."""
        return theme.px(_TOP) + round((minute - self._hours[0] * 60) * theme.px(HOUR) / 60)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(300), self.y_of(self._hours[1] * 60) + theme.px(_TOP))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._place()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter.setFont(fonts.font(11))
        for hour in range(self._hours[0], self._hours[1] + 1):
            y = self.y_of(hour * 60)
            painter.fillRect(0, y, self.width(), 1, theme.color("line"))
            if hour < self._hours[1]:
                painter.setPen(theme.color("dim"))
                place = QRect(self.width() - theme.px(_GUTTER) if right else theme.px(10), y + theme.px(4),
                              theme.px(_GUTTER - 10), theme.px(16))
                draw_line(painter, place, current().number(hour), right)
        if self._now is not None:
            self._paint_now(painter, right)

    def _paint_now(self, painter: QPainter, right: bool) -> None:
        minute = self._now.hour * 60 + self._now.minute if self._now else 0
        if not self._hours[0] * 60 <= minute <= self._hours[1] * 60:
            return
        gutter = theme.px(_GUTTER)
        painter.fillRect(0 if right else gutter, self.y_of(minute), self.width() - gutter, 2, theme.color("bad"))

    def _button(self, block: Block) -> DayBlock:
        button = DayBlock(block, self)
        button.clicked.connect(lambda: self.chosen.emit(block.task.id))
        button.moved.connect(lambda step: self._move(button, step))
        return button

    def _move(self, button: DayBlock, step: int) -> None:
        place = self._blocks.index(button) + step
        if 0 <= place < len(self._blocks):
            self._blocks[place].setFocus()

    def _place(self) -> None:
        start, width = theme.px(_GUTTER + 8), self.width() - theme.px(_GUTTER + 8) - theme.px(12)
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        gap = theme.px(3)
        for button in self._blocks:
            block = button.block
            lane = width / block.lanes
            left = start + round(block.lane * lane)
            size = max(1, round(lane) - (gap if block.lane + 1 < block.lanes else 0))
            top, bottom = self.y_of(block.start), self.y_of(block.end)
            x = self.width() - left - size if right else left
            button.setGeometry(x, top + 1, size, max(1, bottom - top - 1))


def _clock(minute: int) -> str:
    minute %= 24 * 60
    return lines.clock(f"{minute // 60:02}:{minute % 60:02}")
