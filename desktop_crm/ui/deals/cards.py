"""A deal as a card on the board: its name, customer, amount, and how long it has stood there."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from desktop_crm.domain.deals import DealRow
from desktop_crm.ui import fonts, icons, theme
from desktop_crm.ui.deals import standing
from desktop_crm.ui.delegates import badge_width, paint_badge
from desktop_crm.ui.models import PagedModel
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.labels import draw_line
from desktop_crm.ui.words import N_, current, tr

Index = QModelIndex | QPersistentModelIndex
CARD, GAP = 82, 8
_PADDING, _BADGE = 12, 19


class CardDelegate(QStyledItemDelegate):
    """Paints one deal; `today` tells the business day that its days in the stage are counted to."""

    def __init__(self, today: Callable[[], date], parent: QAbstractItemView) -> None:
        super().__init__(parent)
        self._today = today

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A card and the gap below it; the column gives the width."""
        return QSize(theme.px(120), theme.px(CARD + GAP))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = row_at(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        card = rect.adjusted(1, 1, -1, -theme.px(GAP))
        _paint_ground(painter, option, card)
        if row is not None:
            pad = theme.px(_PADDING)
            _paint_words(painter, option, card.adjusted(pad, theme.px(11), -pad, -theme.px(10)), row, self._today())
        painter.restore()

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem,
                  index: Index) -> bool:
        """Show what the card has no room for: whole names, next step, seller and expected day."""
        row = row_at(index)
        if event.type() != QEvent.Type.ToolTip or row is None:
            return super().helpEvent(event, view, option, index)
        lines = "<br>".join(html.escape(line) for line in _more(row, self._today()))
        QToolTip.showText(event.globalPos(), f"<qt>{lines}</qt>", view, option.rect)
        return True


def row_at(index: Index) -> DealRow | None:
    """The deal of a row, fetched with its page if need be."""
    model = index.model()
    row = model.record(index.row()) if isinstance(model, PagedModel) else None
    return row if isinstance(row, DealRow) else None


def _more(row: DealRow, today: date) -> list[str]:
    lines = [row.name, row.customer or tr(N_("No customer"))]
    spent = row.days_in_stage(today)
    if spent is not None:
        limit = tr(N_(" (limit {n} d)"), n=row.day_limit) if row.day_limit is not None else ""
        lines.append(tr(N_("In this stage: {days}"), days=standing.days(spent)) + limit)
    lines.append(tr(N_("Next step: {step}"), step=standing.next_step(row)))
    if row.expected_on is not None:
        lines.append(tr(N_("Expected: {day}"), day=standing.short_day(row.expected_on)))
    if row.seller:
        lines.append(tr(N_("Seller: {name}"), name=row.seller))
    return lines


def _paint_ground(painter: QPainter, option: QStyleOptionViewItem, card: QRect) -> None:
    """The card with its hairline; selected ones in a ring, the accent one where the keyboard is."""
    radius = theme.px(8)
    place = QRectF(card).adjusted(0.5, 0.5, -0.5, -0.5)
    shadow = theme.color("line")
    shadow.setAlphaF(0.6)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shadow)
    painter.drawRoundedRect(place.translated(0, 1), radius, radius)
    view = option.widget
    selected = bool(option.state & QStyle.StateFlag.State_Selected)
    focused = isinstance(view, QAbstractItemView) and view.hasFocus()
    if selected:
        painter.setPen(QPen(theme.color("accent" if focused else "input_border"), 2))
        place.adjust(0.5, 0.5, -0.5, -0.5)
    else:
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setPen(QPen(theme.color("accent_muted" if hovered else "line"), 1))
    painter.setBrush(theme.color("panel"))
    painter.drawRoundedRect(place, radius, radius)


def _paint_words(painter: QPainter, option: QStyleOptionViewItem, inner: QRect, row: DealRow, today: date) -> None:
    right = option.direction == Qt.LayoutDirection.RightToLeft
    third = inner.height() // 3
    lines = [QRect(inner.left(), inner.top() + number * third, inner.width(), third) for number in range(3)]
    _line(painter, lines[0], row.name, fonts.strong_for(row.name), "text", right)
    if row.customer:
        _line(painter, lines[1], row.customer, fonts.font(), "dim", right)
    else:
        _line(painter, lines[1], tr(N_("No customer")), fonts.font(), "faint", right)
    lines[2].translate(0, theme.px(3))
    _paint_foot(painter, lines[2], row, today, right)


def _paint_foot(painter: QPainter, place: QRect, row: DealRow, today: date, right: bool) -> None:
    """Paint the amount and how the deal stands; the amount's decimals give way before the mark's words do."""
    metrics = QFontMetrics(fonts.font())
    money = standing.amount(row.amount, row.currency)
    mark = standing.mark(row, today)
    if mark.short and metrics.horizontalAdvance(money) + theme.px(8) + badge_width(mark.short) > place.width():
        money = current().money(row.amount, row.currency, short=True)
    taken = metrics.horizontalAdvance(money) + theme.px(8)
    _line(painter, place, money, fonts.font(), "text", right)
    _paint_standing(painter, place.adjusted(0 if right else taken, 0, -taken if right else 0, 0), row, today, right)


def _line(painter: QPainter, place: QRect, text: str, font: QFont, token: str, right: bool) -> None:
    painter.setFont(font)
    painter.setPen(theme.color(token))
    shown = QFontMetrics(font).elidedText(text.replace("\n", " "), Qt.TextElideMode.ElideRight, place.width())
    draw_line(painter, place, shown, right)


def _paint_standing(painter: QPainter, place: QRect, row: DealRow, today: date, right: bool) -> None:
    """Paint the mark at the far edge of what the amount leaves, and the days in the stage where there is room."""
    found = standing.mark(row, today)
    spent = standing.days(row.days_in_stage(today))
    if not found.words:
        _line(painter, place, spent, fonts.font(), "dim", not right)
        return
    words = found.words if badge_width(found.words) <= place.width() else found.short
    width = badge_width(words)
    if width > place.width():
        side = theme.px(14)
        sign = QRect(place.left() if right else place.right() - side + 1, place.center().y() - side // 2, side, side)
        icons.paint(painter, sign, "warning", found.tone)
        return
    badge = QRect(place.left() if right else place.right() - width + 1, 0, width, theme.px(_BADGE))
    badge.moveTop(place.center().y() - badge.height() // 2)
    paint_badge(painter, badge, words, found.tone)
    gap = width + theme.px(8)
    rest = place.adjusted(gap if right else 0, 0, 0 if right else -gap, 0)
    if found.tone == "bad" and QFontMetrics(fonts.font()).horizontalAdvance(spent) <= rest.width():
        _line(painter, rest, spent, fonts.font(), "dim", not right)
