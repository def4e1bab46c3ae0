"""The list at the left that says what to look at: headed groups, counts at the far edge."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_crm.ui import fonts, theme
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.labels import draw_line, tip
from desktop_crm.ui.words import current

_KEY = Qt.ItemDataRole.UserRole
_COUNT = Qt.ItemDataRole.UserRole + 1
_SHORT = Qt.ItemDataRole.UserRole + 2  # the count in fewer letters, for where the name needs the room
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Segment:
    """One choice: a stable key, its name, and what stands at the far edge (a count, a text, or nothing)."""

    key: str
    title: str
    count: int | str | None = None


@dataclass(frozen=True, slots=True)
class SegmentGroup:
    """Choices under a heading; no heading if the title is empty."""

    title: str
    segments: tuple[Segment, ...]


class SegmentList(QListView):
    """Groups of choices, one of them chosen; arrow keys and clicks emit `chosen(key)`."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_SegmentDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self._quiet = False
        self._widths: tuple[int, int] | None = None
        self.selectionModel().currentChanged.connect(self._moved)

    def set_widths(self, least: int, most: int) -> None:
        """Be as wide as the longest name needs, from `least` to `most` design pixels; a longer one is cut."""
        self._widths = (least, most)
        self._fit()

    def set_groups(self, groups: Sequence[SegmentGroup]) -> None:
        """Show other groups; the chosen key stays chosen if it is still there, and nothing is emitted."""
        key, self._quiet = self.current_key(), True
        self._model.clear()
        for number, group in enumerate(groups):
            if group.title:
                self._model.appendRow(_heading(group.title, number == 0))
            for segment in group.segments:
                self._model.appendRow(_choice(segment))
        self._quiet = False
        self.choose(key, announce=False)
        self._fit()

    def set_count(self, key: str, count: int | str | None) -> None:
        """Show another count beside the choice `key`."""
        item = self._item(key)
        if item is not None:
            _count(item, count)

    def current_key(self) -> str:
        """The chosen key, "" if none."""
        return str(self.currentIndex().data(_KEY) or "")

    def choose(self, key: str, announce: bool = True) -> None:
        """Choose `key`; `chosen` is emitted if it was not the chosen one, unless `announce` is off."""
        item = self._item(key)
        if item is None:
            return
        self._quiet = not announce
        self.selectionModel().setCurrentIndex(item.index(), QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._quiet = False

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(400))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), theme.px(120))

    def _moved(self, now: QModelIndex) -> None:
        key = now.data(_KEY)
        if key and not self._quiet:
            self.chosen.emit(str(key))

    def _fit(self) -> None:
        if self._widths is None:
            return
        items = [self._model.item(number) for number in range(self._model.rowCount())]
        widest = max((_needed(item) for item in items if item.data(_KEY)), default=0)
        least, most = map(theme.px, self._widths)
        self.setFixedWidth(min(max(widest, least), most))

    def _item(self, key: str) -> QStandardItem | None:
        for number in range(self._model.rowCount()):
            item = self._model.item(number)
            if key and item.data(_KEY) == key:
                return item
        return None


def _heading(title: str, first: bool) -> QStandardItem:
    item = QStandardItem(title)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    item.setData(first, _COUNT)
    return item


def _choice(segment: Segment) -> QStandardItem:
    item = QStandardItem(segment.title)
    item.setData(segment.key, _KEY)
    _count(item, segment.count)
    return item


def _count(item: QStandardItem, count: int | str | None) -> None:
    shown = current().number(count) if isinstance(count, int) else count or ""
    item.setData(shown, _COUNT)
    item.setData(current().short_number(count) if isinstance(count, int) else shown, _SHORT)
    item.setData(f"{item.text()} {shown}".strip(), Qt.ItemDataRole.AccessibleTextRole)
    item.setToolTip(tip(f"{item.text()} {shown}".strip()))


def _needed(item: QStandardItem) -> int:
    """The width in which a choice shows its whole name and count, also when it is chosen."""
    count = QFontMetrics(fonts.font(12)).horizontalAdvance(str(item.data(_COUNT) or ""))
    name = QFontMetrics(fonts.strong_for(item.text())).horizontalAdvance(item.text())
    return name + 2 * theme.px(8 + 8) + (count + theme.px(8) if count else 0) + 1


def fitting(count: str, short: str, room: int, width: Callable[[str], int]) -> str:
    """The count, or its short form, or nothing, that fits into the `room` beside the name; the tooltip has it whole.

    A name that is cut even alone (`room` below zero) leaves the shorter of the two.
    """
    if room < 0:
        return min(count, short, key=width)
    return next((text for text in (count, short) if width(text) <= room), "")


class _SegmentDelegate(QStyledItemDelegate):
    """Paints a heading in small dim letters, a choice as a bar that is soft when chosen."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        if index.data(_KEY):
            return QSize(0, theme.px(28))
        return QSize(0, theme.px(30 if index.data(_COUNT) else 32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        if index.data(_KEY):
            self._paint_choice(painter, option, index, rect)
        else:
            inner = rect.adjusted(theme.px(16), 0, -theme.px(16), -theme.px(6))
            painter.setFont(fonts.font(11, strong=True))
            painter.setPen(theme.color("dim"))
            _text(painter, option, inner, str(index.data()), Qt.AlignmentFlag.AlignBottom)
        painter.restore()

    def _paint_choice(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, rect: QRect) -> None:
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        bar = rect.adjusted(theme.px(8), 0, -theme.px(8), 0)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_soft" if chosen else "sunk"))
            painter.drawRoundedRect(bar, theme.px(6), theme.px(6))
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.color("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(bar.adjusted(1, 1, -1, -1), theme.px(5), theme.px(5))
        inner = bar.adjusted(theme.px(8), 0, -theme.px(8), 0)
        font = fonts.strong_for(str(index.data())) if chosen else fonts.font()
        room = inner.width() - QFontMetrics(font).horizontalAdvance(str(index.data()))
        taken = self._paint_count(painter, option, index, inner, room)
        painter.setFont(font)
        painter.setPen(theme.color("text" if chosen else "dim"))
        right = option.direction == Qt.LayoutDirection.RightToLeft
        name = inner.adjusted(taken if right else 0, 0, 0 if right else -taken, 0)
        _text(painter, option, name, str(index.data()), Qt.AlignmentFlag.AlignVCenter)

    def _paint_count(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, inner: QRect,
                     room: int) -> int:
        """Paint the count at the far edge, as much of it as the name leaves `room` for; gives the width it takes."""
        painter.setFont(fonts.font(12))
        count = fitting(str(index.data(_COUNT) or ""), str(index.data(_SHORT) or ""), room - theme.px(8),
                        painter.fontMetrics().horizontalAdvance)
        if not count:
            return 0
        painter.setPen(theme.color("dim"))
        right = option.direction == Qt.LayoutDirection.RightToLeft
        draw_line(painter, inner, count, at_right=not right)
        return painter.fontMetrics().horizontalAdvance(count) + theme.px(8)


def _text(painter: QPainter, option: QStyleOptionViewItem, rect: QRect, text: str, across: Qt.AlignmentFlag) -> None:
    right = option.direction == Qt.LayoutDirection.RightToLeft
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    draw_line(painter, rect, shown, right, across)
