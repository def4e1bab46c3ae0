"""How a row of a table is painted: names bold, states as badges, hairlines, one soft bar for the chosen."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from desktop_crm.ui import fonts, icons, theme
from desktop_crm.ui.models import (
    BOLD_ROLE,
    HEADING_ROLE,
    ICON_ROLE,
    KIND_ROLE,
    NOTE_ROLE,
    STRUCK_ROLE,
    TONE_ROLE,
    Cell,
    PagedModel,
)
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.labels import draw_line, tip
from desktop_crm.ui.words import current, tr

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 36
PADDING = 10
_BOX = 16
_BADGE = 20
_ICON = 14


class RowDelegate(QStyledItemDelegate):
    """Paints a cell by its column's kind and tone; knows the row under the pointer as `hovered`.

    `unruled` is the row without a hairline below: the last one of a card, whose border is just under it.
    """

    hovered = unruled = -1

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The width that the cell's whole text wants, the fixed row height."""
        return QSize(self._wish(index) + 2 * theme.px(PADDING), theme.px(ROW_HEIGHT))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        cell = cell_of(index)
        self._paint_ground(painter, option, index, bool(cell.heading))
        inner = option.rect.adjusted(theme.px(PADDING), 0, -theme.px(PADDING), -1)
        if cell.heading:
            painter.setPen(theme.strong(cell.tone))
            _draw(painter, option, inner, cell.heading, fonts.strong_for(cell.heading), at_end=False)
        elif cell.kind == "check":
            self._paint_box(painter, option, index)
        elif cell.kind == "badge":
            self._paint_badge_cell(painter, option, cell, inner)
        else:
            self._paint_text(painter, option, cell, inner)
        painter.restore()

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem,
                  index: Index) -> bool:
        """Show a cell's own tooltip, else its whole text where it is cut."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        text = index.data(Qt.ItemDataRole.ToolTipRole) or ""
        if not text and self._wish(index) > option.rect.width() - 2 * theme.px(PADDING):
            text = str(index.data() or "")
        QToolTip.showText(event.globalPos(), tip(str(text)), view, option.rect)
        return True

    def editorEvent(self, event: QEvent, model: object, option: QStyleOptionViewItem, index: Index) -> bool:
        """Turn a click anywhere in a check column's cell, or the space bar, into a change of its box."""
        if not index.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            return False
        released = isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease \
            and event.button() == Qt.MouseButton.LeftButton
        if released:
            toggle(index)
        return released or event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)

    def _wish(self, index: Index) -> int:
        cell = cell_of(index)
        width = QFontMetrics(_font(cell)).horizontalAdvance(cell.text)
        if cell.kind == "badge":
            width += theme.px(14)
        width += theme.px(_ICON + 4) if cell.icon else 0
        return width + (badge_width(cell.note[0]) + theme.px(6) if cell.note[0] else 0)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, heading: bool) -> None:
        rect: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        ground = "accent_soft" if selected else "window" if self.hovered == index.row() and not heading else "panel"
        painter.fillRect(rect, theme.color(ground))
        if index.row() != self.unruled:
            painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line"))
        view = option.widget
        if isinstance(view, QAbstractItemView) and view.hasFocus() and view.currentIndex().row() == index.row():
            _paint_focus(painter, option, index, view)

    def _paint_text(self, painter: QPainter, option: QStyleOptionViewItem, cell: Cell, inner: QRect) -> None:
        tone = "dim" if not cell.tone and (cell.struck or cell.kind == "dim") else cell.tone
        inner = self._paint_note(painter, option, cell, inner)
        inner = self._paint_icon(painter, option, cell, inner)
        if cell.text:
            painter.setPen(theme.strong(tone))
            _draw(painter, option, inner, cell.text, _font(cell), at_end=cell.ends)

    def _paint_icon(self, painter: QPainter, option: QStyleOptionViewItem, cell: Cell, inner: QRect) -> QRect:
        """Paint the icon before a text; gives the room that stays for the text."""
        if not cell.icon:
            return inner
        side, gap = theme.px(_ICON), theme.px(4)
        wish = QFontMetrics(_font(cell)).horizontalAdvance(cell.text) + theme.px(2)  # a painter measures wider
        width = min(wish, inner.width() - side - gap)
        right = option.direction == Qt.LayoutDirection.RightToLeft
        before = inner.width() - width - side - gap if cell.ends else 0
        place = QRect(inner.right() - before - side + 1 if right else inner.left() + before, 0, side, side)
        place.moveTop(inner.center().y() - side // 2)
        icons.paint(painter, place, cell.icon, "dim")
        taken = before + side + gap
        return inner.adjusted(0 if right else taken, 0, -taken if right else 0, 0)

    def _paint_note(self, painter: QPainter, option: QStyleOptionViewItem, cell: Cell, inner: QRect) -> QRect:
        """Paint the badge behind a text, at the cell's end; gives the room that stays for the text."""
        note, tone = cell.note
        if not note:
            return inner
        width = min(badge_width(note), inner.width())
        right = option.direction == Qt.LayoutDirection.RightToLeft
        place = QRect(inner.left() if right else inner.right() - width + 1, 0, width, theme.px(_BADGE))
        place.moveTop(inner.center().y() - place.height() // 2)
        paint_badge(painter, place, note, tone)
        taken = width + theme.px(6)
        return inner.adjusted(taken if right else 0, 0, 0 if right else -taken, 0)

    def _paint_badge_cell(self, painter: QPainter, option: QStyleOptionViewItem, cell: Cell, inner: QRect) -> None:
        if cell.text in ("", "—"):
            painter.setPen(theme.color("dim"))
            _draw(painter, option, inner, cell.text, fonts.font(), at_end=cell.ends)
            return
        width = min(badge_width(cell.text), inner.width())
        at_right = cell.ends != (option.direction == Qt.LayoutDirection.RightToLeft)
        place = QRect(inner.right() - width + 1 if at_right else inner.left(), 0, width, theme.px(_BADGE))
        place.moveTop(inner.center().y() - place.height() // 2)
        paint_badge(painter, place, cell.text, cell.tone or "neutral")

    def _paint_box(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        side = theme.px(_BOX)
        box = QRectF(0, 0, side, side)
        box.moveCenter(QRectF(option.rect).center())
        paint_box(painter, box, index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked)


def cell_of(index: Index) -> Cell:
    """What is painted of a cell, out of its model; one that is no list of records is asked role by role."""
    model = index.model()
    if isinstance(model, PagedModel):
        return model.cell(index.row(), index.column())
    return Cell(str(index.data() or ""), str(index.data(TONE_ROLE) or ""), str(index.data(KIND_ROLE) or "text"),
                bool(index.data(BOLD_ROLE)), bool(index.data(STRUCK_ROLE)), str(index.data(HEADING_ROLE) or ""),
                index.data(NOTE_ROLE) or ("", ""), str(index.data(ICON_ROLE) or ""), _ends(index))


def toggle(index: Index) -> None:
    """Ask the model of `index` to turn its box over."""
    now = index.data(Qt.ItemDataRole.CheckStateRole)
    wanted = Qt.CheckState.Unchecked if now == Qt.CheckState.Checked else Qt.CheckState.Checked
    index.model().setData(index, wanted, Qt.ItemDataRole.CheckStateRole)


def badge_width(text: str) -> int:
    """The pixels that a badge with `text` takes."""
    return QFontMetrics(fonts.font(11)).horizontalAdvance(text) + theme.px(14)


def widest_badge(messages: Iterable[str], least: int, most: int = 130) -> int:
    """The width in design pixels of a column whose badges say these messages in the window's language."""
    widths = [badge_width(tr(message)) / theme.px(100) * 100 for message in messages]
    return min(most, max(least, round(max(widths)) + 2 * PADDING + 2))


def widest_text(messages: Iterable[str], least: int) -> int:
    """The width in design pixels of a column that says these messages in the window's language."""
    metrics = QFontMetrics(fonts.font(fonts.BASE))
    widths = [metrics.horizontalAdvance(tr(message)) / theme.px(100) * 100 for message in messages]
    return max(least, round(max(widths)) + 2 * PADDING + 2)


def widest_day(least: int) -> int:
    """The width in design pixels of a column of days, as the window's language writes them with their year."""
    metrics = QFontMetrics(fonts.font(fonts.BASE))
    widths = [metrics.horizontalAdvance(current().day(date(2026, month, 28))) for month in range(1, 13)]
    return max(least, round(max(widths) / theme.px(100) * 100) + 2 * PADDING + 2)


def paint_badge(painter: QPainter, place: QRect, text: str, tone: str) -> None:
    """Paint a badge: `text` in the strong colour of `tone` on its soft ground."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.soft(tone))
    painter.drawRoundedRect(place, theme.px(4), theme.px(4))
    painter.setFont(fonts.font(11))
    painter.setPen(theme.strong(tone or "neutral"))
    room = place.width() - theme.px(10)
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, shown)


def paint_box(painter: QPainter, box: QRectF, checked: bool) -> None:
    """Paint a check box: a frame, or filled with a tick."""
    radius = theme.px(4)
    if checked:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        painter.drawRoundedRect(box, radius, radius)
        inset = box.width() / 8
        icons.paint(painter, box.adjusted(inset, inset, -inset, -inset), "check", "on_accent")
        return
    painter.setBrush(theme.color("panel"))
    painter.setPen(QPen(theme.color("input_border"), 1.4))
    painter.drawRoundedRect(box.adjusted(0.7, 0.7, -0.7, -0.7), radius, radius)


def _paint_focus(painter: QPainter, option: QStyleOptionViewItem, index: Index, view: QAbstractItemView) -> None:
    """Mark the start of the current row, and frame it where it is not selected: the keyboard's place."""
    rect: QRect = option.rect
    accent = theme.color("accent")
    if not option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect.left(), rect.top(), rect.width(), 1, accent)
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, accent)
    right = option.direction == Qt.LayoutDirection.RightToLeft
    area = view.viewport().rect()
    width = theme.px(3)
    if not right and rect.left() <= area.left():
        painter.fillRect(rect.left(), rect.top(), width, rect.height(), accent)
    elif right and rect.right() >= area.right():
        painter.fillRect(rect.right() - width + 1, rect.top(), width, rect.height(), accent)


def _ends(index: Index) -> bool:
    return bool(Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole) or 0) & Qt.AlignmentFlag.AlignRight)


def _font(cell: Cell) -> QFont:
    return fonts.strong_for(cell.text) if cell.bold and not cell.struck else fonts.font(struck=cell.struck)


def _draw(painter: QPainter, option: QStyleOptionViewItem, rect: QRect, text: str, font: QFont, at_end: bool) -> None:
    """Draw one elided line at the start or the end of `rect`, as the layout's direction has it."""
    painter.setFont(font)
    at_right = at_end != (option.direction == Qt.LayoutDirection.RightToLeft)
    shown = painter.fontMetrics().elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, rect.width())
    draw_line(painter, rect, shown, at_right)
