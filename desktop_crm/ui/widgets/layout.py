"""Rows and columns of widgets on the 8-px grid, and a flow that wraps."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QLayoutItem, QScrollArea, QVBoxLayout, QWidget

from desktop_crm.ui import theme
from desktop_crm.ui.qt import override

Part = QWidget | QLayout | None
B = TypeVar("B", bound=QBoxLayout)
Margins = tuple[int, int, int, int]


def row(*parts: Part, gap: int = 8, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """Parts side by side, `gap` design pixels between; None is the place that gives way."""
    return _fill(QHBoxLayout(), parts, gap, margins)


def column(*parts: Part, gap: int = 8, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """Parts one below the other, `gap` design pixels between; None is the place that gives way."""
    return _fill(QVBoxLayout(), parts, gap, margins)


def _fill(box: B, parts: tuple[Part, ...], gap: int, margins: Margins) -> B:
    box.setSpacing(theme.px(gap))
    box.setContentsMargins(*(theme.px(side) for side in margins))
    for part in parts:
        if part is None:
            box.addStretch(1)
        elif isinstance(part, QWidget):
            box.addWidget(part)
        else:
            box.addLayout(part)
    return box


def empty(layout: QLayout) -> None:
    """Take everything out of `layout` and delete its widgets when Qt is idle."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty(inner)


def _stops(part: QWidget) -> list[QWidget]:
    """Where Tab stops in a part, in the order in which they were made."""
    return [one for one in (part, *part.findChildren(QWidget)) if one.focusPolicy() & Qt.FocusPolicy.TabFocus]


class Turning(QWidget):
    """One of several parts in the same place, as high as that one is: Qt's own stack is as high as its highest."""

    def __init__(self, *parts: QWidget) -> None:
        super().__init__()
        self._box = column(gap=0)
        self.setLayout(self._box)
        self.current: QWidget | None = None
        for part in parts:
            self.add(part)

    def add(self, part: QWidget) -> None:
        """One part more; the first is the one that is shown. Tab finds what is in it in this place."""
        last = (_stops(self) or [self])[-1]
        self._box.addWidget(part)  # first: what is shown without a parent is a window of its own
        for stop in _stops(part):  # one that is made later would come after all of the window
            self.setTabOrder(last, stop)
            last = stop
        if self.current is None:
            self.current = part
        else:
            part.hide()

    def turn(self, part: QWidget) -> None:
        """Show this part in place of the one that is shown."""
        if part is not self.current and self.current is not None:
            self.current.hide()
        self.current = part
        part.show()


class Scroll(QScrollArea):
    """A part that may be higher than its place: scrolls up and down, never sideways, without a frame."""

    def __init__(self, part: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.setWidget(part)
        part.setAutoFillBackground(False)  # QScrollArea turns it on


class ItemLayout(QLayout):
    """What every layout of ours keeps: its items in their order, the gap between them, a height that follows from the
    width."""

    def __init__(self, parent: QWidget | None = None, gap: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = theme.px(gap)
        self.setContentsMargins(0, 0, 0, 0)

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def hasHeightForWidth(self) -> bool:
        return True


class FlowLayout(ItemLayout):
    """Widgets side by side that go on in the next line where the width ends; mirrors for right-to-left."""

    def add_before(self, widget: QWidget, other: QWidget) -> None:
        """Put a widget into the place before `other`, which is in it."""
        self.addWidget(widget)
        place = next(number for number, item in enumerate(self._items) if item.widget() is other)
        self._items.insert(place, self._items.pop())

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    @override
    def sizeHint(self) -> QSize:
        shown = [item.sizeHint() for item in self._items if not item.isEmpty()]
        width = sum(size.width() for size in shown) + self._gap * max(0, len(shown) - 1)
        return self._padded(QSize(width, max((size.height() for size in shown), default=0)))

    @override
    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return self._padded(size)

    def _padded(self, size: QSize) -> QSize:
        return size.grownBy(self._margins())

    def _margins(self) -> QMargins:
        return self.contentsMargins()

    def _arrange(self, rect: QRect, move: bool) -> int:
        """Lay the items out in `rect`, or only measure; gives the height in pixels."""
        inner = rect.marginsRemoved(self._margins())
        at, tallest = inner.topLeft(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint()
            size.setWidth(min(size.width(), max(inner.width(), item.minimumSize().width())))
            if at.x() > inner.left() and at.x() + size.width() > inner.right() + 1:
                at, tallest = QPoint(inner.left(), at.y() + tallest + self._gap), 0
            if move:
                item.setGeometry(self._mirrored(QRect(at, size), inner))
            at = QPoint(at.x() + size.width() + self._gap, at.y())
            tallest = max(tallest, size.height())
        return at.y() + tallest - rect.y() + self._margins().bottom()

    def _mirrored(self, place: QRect, inner: QRect) -> QRect:
        parent = self.parentWidget()
        if parent is not None and parent.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            place.moveLeft(inner.left() + inner.right() - place.right())
        return place
