"""Sheets of paper one below the other on the screen; only those in sight are painted."""

from __future__ import annotations

from collections import OrderedDict
from typing import Protocol

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from desktop_crm.ui import theme
from desktop_crm.ui.qt import override
from desktop_crm.ui.words import N_, current, tr

_GAP, _KEPT, _STEP = 16, 8, 1.25
_ZOOMS = (0.4, 4.0)


class Sheets(Protocol):
    """Sheets of paper that are laid out: all of one size, in points, each painted when it is wanted."""

    width: float
    height: float
    landscape: bool

    @property
    def count(self) -> int:
        """How many sheets there are."""

    def paint(self, painter: QPainter, number: int, scale: float) -> None:
        """Paint the sheet `number` (from 0) at the painter's origin, `scale` device pixels a point."""


class PageView(QAbstractScrollArea):
    """Shows sheets, as wide as the place until it is zoomed. `moved()` when another page comes first in sight."""

    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: Sheets | None = None
        self._zoom: float | None = None  # pixels a point; None fits the width
        self._painted: OrderedDict[int, QPixmap] = OrderedDict()
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._say())

    def show_pages(self, pages: Sheets | None) -> None:
        """Show other sheets from the first."""
        self._pages = pages
        self._painted.clear()
        self._arrange()
        self.verticalScrollBar().setValue(0)
        self._say()

    def number(self) -> int:
        """The sheet that takes the middle of the sight, from 0."""
        if self._pages is None:
            return 0
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        return max(0, min(self._pages.count - 1, middle // (self._sheet().height() + theme.px(_GAP))))

    def go_to(self, number: int) -> None:
        """Bring the sheet `number` (from 0) to the top."""
        self.verticalScrollBar().setValue(number * (self._sheet().height() + theme.px(_GAP)))

    def zoom(self, steps: int) -> None:
        """Nearer (1) or farther (-1); 0 fits the width again."""
        middle = self.number()
        wanted = self._scale() * _STEP ** steps
        self._zoom = max(_ZOOMS[0], min(_ZOOMS[1], wanted)) if steps else None
        self._painted.clear()
        self._arrange()
        self.go_to(middle)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), theme.color("sunk"))
        if self._pages is None:
            return
        sheet, gap = self._sheet(), theme.px(_GAP)
        top = gap - self.verticalScrollBar().value()
        left = max(gap, (self.viewport().width() - sheet.width()) // 2) - self.horizontalScrollBar().value()
        for number in range(self._pages.count):
            place = QRect(left, top + number * (sheet.height() + gap), sheet.width(), sheet.height())
            if place.bottom() < event.rect().top():
                continue
            if place.top() > event.rect().bottom():
                break
            painter.drawPixmap(place, self._picture(number))
            painter.setPen(theme.color("line"))
            painter.drawRect(QRectF(place).adjusted(-0.5, -0.5, 0.5, 0.5))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        number = self.number()
        self._painted.clear()
        self._arrange()
        if event.oldSize().isValid():
            self.go_to(number)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        if event.matches(QKeySequence.StandardKey.ZoomIn):
            self.zoom(1)
        elif event.matches(QKeySequence.StandardKey.ZoomOut):
            self.zoom(-1)
        elif event.key() == Qt.Key.Key_0 and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(0)
        elif event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.go_to(self.number() + (1 if event.key() == Qt.Key.Key_PageDown else -1))
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            bar.setValue(0 if event.key() == Qt.Key.Key_Home else bar.maximum())
        else:
            super().keyPressEvent(event)

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
            return
        super().wheelEvent(event)

    def _scale(self) -> float:
        if self._pages is None:
            return 1.0
        fitting = (self.viewport().width() - 2 * theme.px(_GAP)) / self._pages.width
        return self._zoom or max(_ZOOMS[0], min(theme.px(100) / 100 * 1.6, fitting))

    def _sheet(self) -> QSize:
        if self._pages is None:
            return QSize(1, 1)
        return QSize(round(self._pages.width * self._scale()), round(self._pages.height * self._scale()))

    def _arrange(self) -> None:
        sheet, gap = self._sheet(), theme.px(_GAP)
        count = self._pages.count if self._pages else 0
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        down.setRange(0, max(0, count * (sheet.height() + gap) + gap - self.viewport().height()))
        down.setPageStep(self.viewport().height())
        down.setSingleStep(theme.px(40))
        across.setRange(0, max(0, sheet.width() + 2 * gap - self.viewport().width()))
        across.setPageStep(self.viewport().width())
        self.viewport().update()

    def _picture(self, number: int) -> QPixmap:
        """The sheet as a picture, sharp on this screen; the newest few are kept."""
        if number not in self._painted and self._pages is not None:
            ratio = self.devicePixelRatioF()
            picture = QPixmap(self._sheet() * ratio)
            picture.fill(Qt.GlobalColor.white)
            painter = QPainter(picture)
            self._pages.paint(painter, number, self._scale() * ratio)
            painter.end()
            picture.setDevicePixelRatio(ratio)
            self._painted[number] = picture
            while len(self._painted) > _KEPT:
                self._painted.popitem(last=False)
        return self._painted[number]

    def _say(self) -> None:
        if self._pages is not None:
            self.setAccessibleName(tr(N_("Page {page} of {pages}"), page=current().number(self.number() + 1),
                                      pages=current().number(self._pages.count)))
        self.moved.emit()
