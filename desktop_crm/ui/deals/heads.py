"""The head of a column: what its deals come to, above a line in the accent colour."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_crm.domain.deals import StageSum
from desktop_crm.ui import fonts, theme
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.labels import draw_line, tip
from desktop_crm.ui.words import N_, current, tr, tr_count


class StageHead(QWidget):
    """A column's name with its count, its sum at the start and its weighted sum at the end, and a line of accent."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = self._count = self._sum = self._weighted = self._weighted_long = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_sum(self, item: StageSum, currency: str) -> None:
        """Show a stage and what its deals come to."""
        say = current()
        self._name, self._count = item.stage.name, say.number(item.deals)
        self._sum = say.money(item.amount, currency, short=True)
        self._weighted = say.money(item.weighted, currency, symbol=False, short=True)
        self._weighted_long = tr(N_("weighted {money}"), money=self._weighted)
        chance = tr(N_("probability {percent} %"), percent=say.number(item.stage.probability))
        lines = [f"{self._name}, {tr_count(N_('{n} deal'), N_('{n} deals'), item.deals)}", self._sum,
                 f"{self._weighted_long} ({chance})"]
        if item.others:
            lines.append(tr_count(N_("{n} deal in another currency is not in the sums"),
                                  N_("{n} deals in other currencies are not in the sums"), item.others))
        self.setToolTip(tip(", ".join(lines)))
        self.setAccessibleName(", ".join(lines))
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(50))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        half = theme.px(19)
        self._paint_name(painter, QRect(0, 0, self.width(), half), mirrored)
        self._paint_sums(painter, QRect(0, half, self.width(), half), mirrored)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        painter.drawRoundedRect(0, self.height() - theme.px(5), self.width(), theme.px(3), 1.5, 1.5)

    def _paint_name(self, painter: QPainter, place: QRect, mirrored: bool) -> None:
        count = fonts.font()
        painter.setFont(count)
        taken = painter.fontMetrics().horizontalAdvance(self._count) + theme.px(6)
        painter.setFont(fonts.strong_for(self._name))
        shown = painter.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideRight, place.width() - taken)
        width = painter.fontMetrics().horizontalAdvance(shown)
        painter.setPen(theme.color("text"))
        draw_line(painter, place, shown, mirrored)
        painter.setFont(count)
        painter.setPen(theme.color("dim"))
        after = width + theme.px(6)
        draw_line(painter, place.adjusted(0 if mirrored else after, 0, -after if mirrored else 0, 0), self._count,
                  mirrored)

    def _paint_sums(self, painter: QPainter, place: QRect, mirrored: bool) -> None:
        """Both sums; the word "weighted" gives way first, then the figure itself."""
        painter.setFont(fonts.font())
        painter.setPen(theme.color("dim"))
        metrics = painter.fontMetrics()
        room = place.width() - metrics.horizontalAdvance(self._sum) - theme.px(8)
        draw_line(painter, place, self._sum, mirrored)
        for text in (self._weighted_long, self._weighted):
            if metrics.horizontalAdvance(text) <= room:
                draw_line(painter, place, text, not mirrored)
                return
