"""A layout of equal cells: as many side by side as the width allows, in rows of even length."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayoutItem, QWidget

from desktop_crm.ui import theme
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.layout import ItemLayout


class EvenGrid(ItemLayout):
    """Cells at least `narrowest` design pixels wide, at most `most` in a row; mirrors for right-to-left."""

    def __init__(self, narrowest: int = 176, most: int = 6, gap: int = 12, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap)
        self._narrowest, self._most = theme.px(narrowest), most

    def across(self, width: int) -> int:
        """How many cells stand side by side in `width` pixels."""
        if not self._items:
            return 1
        fitting = max(1, min(self._most, (width + self._gap) // (self._narrowest + self._gap)))
        rows = -(-len(self._items) // fitting)
        return -(-len(self._items) // rows)

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    @override
    def heightForWidth(self, width: int) -> int:
        heights = self._heights(width)
        return sum(heights) + self._gap * max(0, len(heights) - 1)

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        across, top = self.across(rect.width()), rect.top()
        width = (rect.width() - self._gap * (across - 1)) / across
        parent = self.parentWidget()
        right = parent is not None and parent.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for line, height in enumerate(self._heights(rect.width())):
            for place, item in enumerate(self._items[line * across:(line + 1) * across]):
                left = round(place * (width + self._gap))
                end = round(place * (width + self._gap) + width)
                x = rect.right() + 1 - end if right else rect.left() + left
                item.setGeometry(QRect(x, top, end - left, height))
            top += height + self._gap

    @override
    def sizeHint(self) -> QSize:
        width = self._narrowest * min(self._most, max(1, len(self._items)))
        return QSize(width, self.heightForWidth(width))

    @override
    def minimumSize(self) -> QSize:
        return QSize(self._narrowest if self._items else 0, max(self._heights(10**6), default=0))

    def _heights(self, width: int) -> list[int]:
        """The height of each row of cells: that of its highest."""
        across = self.across(width)
        cell = (width - self._gap * (across - 1)) // across
        heights = [_height(item, cell) for item in self._items]
        return [max(heights[start:start + across]) for start in range(0, len(heights), across)]


def _height(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
