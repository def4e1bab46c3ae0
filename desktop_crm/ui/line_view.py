"""How the lines of a card are shown: wrapped words beside a round icon, a time below, keys and clicks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_crm.ui import fonts, icons, theme
from desktop_crm.ui.delegates import paint_box
from desktop_crm.ui.line_model import LINE_ROLE, Index, Line, LinesModel
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.labels import draw_line, runs_right_to_left, tip

_SIDE, _EDGE, _GAP, _PAD, _ICON, _BOX = 16, 26, 8, 7, 14, 16
_MOST_ROWS = 4


def laid_out(line: Line, width: int) -> QTextLayout:
    """The first row of a line wrapped to `width` pixels, its title strong, cut with an ellipsis after four rows."""
    layout = _layout(line.words, line, width)
    if layout.lineCount() > _MOST_ROWS:
        last = layout.lineAt(_MOST_ROWS - 1)
        units = line.words.encode("utf-16-le")[:2 * (last.textStart() + last.textLength())]
        kept = units.decode("utf-16-le", "ignore").rstrip()
        layout = _layout(kept[:-2] + "…", line, width)
    return layout


def _layout(words: str, line: Line, width: int) -> QTextLayout:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    right = Qt.LayoutDirection.RightToLeft
    option.setTextDirection(right if runs_right_to_left(words) else Qt.LayoutDirection.LeftToRight)
    mirrored = QGuiApplication.layoutDirection() == right  # a row begins where the window does, whichever way it runs
    option.setAlignment(Qt.AlignmentFlag.AlignAbsolute | (
        Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft))
    layout = QTextLayout(words.replace("\n", " "), fonts.font())
    layout.setTextOption(option)
    if line.title:
        strong = QTextLayout.FormatRange()
        strong.start, strong.length = _units(line.lead), _units(line.title)
        form = strong.format
        form.setFont(fonts.strong_for(line.title))
        strong.format = form
        layout.setFormats([strong])
    layout.beginLayout()
    height = 0.0
    while (row := layout.createLine()).isValid():
        row.setLineWidth(max(1, width))
        row.setPosition(QPointF(0, height))
        height += row.height()
    layout.endLayout()
    return layout


def _units(text: str) -> int:
    """The length of `text` as Qt counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _height(layout: QTextLayout) -> int:
    rows = [layout.lineAt(number).rect() for number in range(layout.lineCount())]
    return round(max((row.bottom() for row in rows), default=0))


class LineDelegate(QStyledItemDelegate):
    """Paints a Line; `box` and `button` tell where a click ticks and acts."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        line = index.data(LINE_ROLE)
        if line is None or line.kind == "heading":
            return QSize(0, theme.px(32))
        view = option.widget
        width = view.viewport().width() if isinstance(view, QListView) else option.rect.width()
        meta = QFontMetrics(fonts.font(11)).height() + theme.px(2) if line.meta else 0
        words = _height(laid_out(line, self._room(line, width)))
        return QSize(0, max(words + meta, theme.px(_EDGE)) + 2 * theme.px(_PAD))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(LINE_ROLE)
        if line is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.kind == "heading":
            self._paint_heading(painter, option, line)
        else:
            self._paint_ground(painter, option)
            self._paint_icon(painter, option, line)
            self._paint_end(painter, option, line)
            self._paint_words(painter, option, line)
        painter.restore()

    def box(self, option: QStyleOptionViewItem) -> QRect:
        """Where the box or the icon of a line stands."""
        rect = option.rect
        place = QRect(rect.left() + theme.px(_SIDE), rect.top() + theme.px(_PAD), theme.px(_EDGE), theme.px(_EDGE))
        return QStyle.visualRect(option.direction, rect, place)

    def button(self, option: QStyleOptionViewItem, line: Line) -> QRect:
        """Where the button of a line stands; empty without one."""
        if not line.action:
            return QRect()
        width, rect = _button_width(line), option.rect
        place = QRect(rect.right() - theme.px(_SIDE) - width + 1, rect.top() + theme.px(_PAD), width, theme.px(24))
        return QStyle.visualRect(option.direction, rect, place)

    def _room(self, line: Line, width: int) -> int:
        """The width for the words of a line, in a view of `width` pixels."""
        taken = _end_width(line)
        return width - theme.px(2 * _SIDE + _EDGE + _GAP) - (taken + theme.px(_GAP) if taken else 0)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        bar = option.rect.adjusted(theme.px(8), 0, -theme.px(8), 0)
        if option.state & QStyle.StateFlag.State_HasFocus:  # by Tab the first line is reached, but not selected
            painter.setPen(QPen(theme.color("accent"), 1.5))
            painter.setBrush(theme.color("accent_soft"))
            painter.drawRoundedRect(bar.adjusted(1, 1, -1, -1), theme.px(6), theme.px(6))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("window"))
            painter.drawRoundedRect(bar, theme.px(6), theme.px(6))

    def _paint_icon(self, painter: QPainter, option: QStyleOptionViewItem, line: Line) -> None:
        place = QRectF(self.box(option))
        if line.checked is not None:
            side = theme.px(_BOX)
            box = QRectF(0, 0, side, side)
            box.moveCenter(place.center())
            paint_box(painter, box, line.checked)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("sunk"))
        painter.drawEllipse(place)
        inset = (place.width() - theme.px(_ICON)) / 2
        icons.paint(painter, place.adjusted(inset, inset, -inset, -inset), line.icon, "dim")

    def _paint_words(self, painter: QPainter, option: QStyleOptionViewItem, line: Line) -> None:
        rect, width = option.rect, self._room(line, option.rect.width())
        layout = laid_out(line, width)
        height, small = _height(layout), fonts.font(11)
        meta = QFontMetrics(small).height() if line.meta else 0
        spare = max(0, theme.px(_EDGE) - height) // 2 if not meta else 0
        start = QRect(rect.left() + theme.px(_SIDE + _EDGE + _GAP), rect.top() + theme.px(_PAD) + spare, width, height)
        place = QStyle.visualRect(option.direction, rect, start)
        painter.setPen(theme.color("dim" if line.checked else "text"))
        layout.draw(painter, QPointF(place.topLeft()))
        if meta:
            below = QRect(place.left(), place.bottom() + theme.px(3), width, meta)
            painter.setFont(small)
            painter.setPen(theme.color(line.meta_tone or "dim"))
            shown = painter.fontMetrics().elidedText(line.meta, Qt.TextElideMode.ElideRight, width)
            draw_line(painter, below, shown, option.direction == Qt.LayoutDirection.RightToLeft)

    def _paint_end(self, painter: QPainter, option: QStyleOptionViewItem, line: Line) -> None:
        if line.action:
            place = self.button(option, line)
            painter.setPen(QPen(theme.color("line"), 1))
            painter.setBrush(theme.color("panel"))
            painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(6), theme.px(6))
            painter.setPen(theme.color("accent"))
            painter.setFont(fonts.font(12))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, line.action)
        elif line.end:
            rect, width = option.rect, _end_width(line)
            logical = QRect(rect.right() - theme.px(_SIDE) - width + 1, rect.top() + theme.px(_PAD), width,
                            QFontMetrics(fonts.font()).height())
            painter.setPen(theme.color("text"))
            painter.setFont(fonts.font())
            draw_line(painter, QStyle.visualRect(option.direction, rect, logical), line.end,
                      option.direction != Qt.LayoutDirection.RightToLeft)

    def _paint_heading(self, painter: QPainter, option: QStyleOptionViewItem, line: Line) -> None:
        inner = option.rect.adjusted(theme.px(_SIDE), 0, -theme.px(_SIDE), -theme.px(6))
        painter.setFont(fonts.font(11, strong=True))
        painter.setPen(theme.color("dim"))
        draw_line(painter, inner, line.title, option.direction == Qt.LayoutDirection.RightToLeft,
                  Qt.AlignmentFlag.AlignBottom)


def _button_width(line: Line) -> int:
    return QFontMetrics(fonts.font(12)).horizontalAdvance(line.action) + theme.px(20)


def _end_width(line: Line) -> int:
    if line.action:
        return _button_width(line)
    return QFontMetrics(fonts.font()).horizontalAdvance(line.end) + 1 if line.end else 0


class LinesView(QListView):
    """A list of Lines: Enter or a double click opens, Space or the box ticks, the button acts, Delete deletes.

    `shortcuts` has further acts by the kind of line and the key, as Qt writes it ("C", "Ctrl+Up").
    """

    opened = Signal(object)
    ticked = Signal(object)
    acted = Signal(object)
    deleted = Signal(object)
    menu_requested = Signal(object, QPoint)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.lines = LinesModel(self)
        self.shortcuts: dict[str, dict[str, Callable[[Line], None]]] = {}
        self._delegate = LineDelegate(self)
        self.setModel(self.lines)
        self.setItemDelegate(self._delegate)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.setDragDropMode(QListView.DragDropMode.DragOnly)
        self.setFrameShape(QListView.Shape.NoFrame)
        theme.theme().changed.connect(self.scheduleDelayedItemsLayout)

    def current(self) -> Line | None:
        """The line with the keyboard's place, None if there is none."""
        return self.lines.line(self.currentIndex().row())

    def _shortcut(self, event: QKeyEvent) -> Callable[[Line], None] | None:
        """What a key does with the current line, besides what keys do with every line."""
        line = self.current()
        keys = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
        return self.shortcuts.get(line.kind, {}).get(keys) if line is not None else None

    @override
    def event(self, event: QEvent) -> bool:
        """Keep from the window what is a shortcut of the current line: F2 renames the document, not the customer."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._shortcut(event):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        line, act = self.current(), self._shortcut(event)
        if line is None:
            super().keyPressEvent(event)
        elif act is not None:
            act(line)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(line)
        elif event.key() == Qt.Key.Key_Space and line.checked is not None:
            self.ticked.emit(line)
        elif event.key() == Qt.Key.Key_Space and line.action:
            self.acted.emit(line)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.deleted.emit(line)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Typing in the list searches nothing: the search box does, over everything."""

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        at = event.position().toPoint()
        index = self.indexAt(at)
        line = self.lines.line(index.row())
        if line is None or event.button() != Qt.MouseButton.LeftButton:
            return
        option = self._option(index)
        if line.checked is not None and self._delegate.box(option).contains(at):
            self.ticked.emit(line)
        elif line.action and self._delegate.button(option, line).contains(at):
            self.acted.emit(line)

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        line = self.lines.line(self.indexAt(event.position().toPoint()).row())
        if line is not None and line.kind != "heading" and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(line)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        line = self.lines.line(index.row())
        cut = line is not None and line.kind != "heading" and "…" in _shown_words(line, self.viewport().width())
        self.setToolTip(tip(line.words) if line is not None and cut else "")
        super().mouseMoveEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        line = self.current()
        if line is None:
            return
        keyboard = event.reason() == QContextMenuEvent.Reason.Keyboard
        center = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        self.menu_requested.emit(line, center if keyboard else event.globalPos())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _option(self, index: Index) -> QStyleOptionViewItem:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = self.visualRect(index)
        return option


def _shown_words(line: Line, width: int) -> str:
    """The words as they are laid out in a view of `width` pixels."""
    return laid_out(line, width - theme.px(2 * _SIDE + _EDGE + _GAP) - _end_width(line)).text()
