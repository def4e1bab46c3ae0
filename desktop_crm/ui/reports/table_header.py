"""The heads and the totals of a report's table: painted by hand, for titles wrap and figures stand at the end."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from desktop_crm.ui import fonts, icons, theme
from desktop_crm.ui.delegates import PADDING, ROW_HEIGHT
from desktop_crm.ui.qt import override
from desktop_crm.ui.reports.table_model import ReportTableModel
from desktop_crm.ui.widgets.labels import draw_line, set_property

_HEIGHT = 31
_LINE = 15
_ARROW = 12
_MOST_LINES = 3


class TableHeader(QHeaderView):
    """Titles in small dim letters, up to three lines; the sorted column has an arrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        fonts.dress(self, 11, strong=True)

    def fit_height(self) -> None:
        """Be as high as the title that takes the most lines."""
        model, most = self.model(), 1
        for section in range(self.count()) if isinstance(model, ReportTableModel) else ():
            width = self.sectionSize(section) - 2 * theme.px(PADDING) - self._arrow_room(section)
            bounds = self.fontMetrics().boundingRect(QRect(0, 0, max(1, width), 1000),
                                                     Qt.TextFlag.TextWordWrap, model.titles[section])
            most = max(most, round(bounds.height() / self.fontMetrics().height()))
        self.setFixedHeight(theme.px(_HEIGHT + _LINE * (min(most, _MOST_LINES) - 1)))

    @override
    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model = self.model()
        if not isinstance(model, ReportTableModel) or not rect.isValid():
            return
        painter.save()
        painter.fillRect(rect, theme.color("panel"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, theme.color("line"))
        sorted_here = model.sorting is not None and model.sorting[0] == section
        painter.setFont(self.font())
        painter.setPen(theme.color("text" if sorted_here else "dim"))
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        at_right = model.at_end(section) != right
        inner = rect.adjusted(theme.px(PADDING), 0, -theme.px(PADDING), -1)
        if sorted_here:
            inner = self._paint_arrow(painter, inner, model.titles[section], model.sorting == (section, True), at_right)
        edge = Qt.AlignmentFlag.AlignRight if at_right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(inner, edge | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
                         | Qt.TextFlag.TextWordWrap, model.titles[section])
        painter.restore()

    def _paint_arrow(self, painter: QPainter, inner: QRect, title: str, descending: bool, at_right: bool) -> QRect:
        """Paint the arrow on the inner side of the title; gives the room that stays for the title."""
        side = theme.px(_ARROW)
        width = min(self.fontMetrics().horizontalAdvance(title), inner.width() - side - 2)
        left = inner.right() - width - side - 2 if at_right else inner.left() + width + 3
        place = QRect(left, inner.center().y() - side // 2, side, side)
        icons.paint(painter, place, "chevron-down" if descending else "chevron-up", "text")
        return inner.adjusted(side + 2, 0, 0, 0) if at_right else inner.adjusted(0, 0, -side - 2, 0)

    def _arrow_room(self, section: int) -> int:
        model = self.model()
        here = isinstance(model, ReportTableModel) and model.sorting is not None and model.sorting[0] == section
        return theme.px(_ARROW) + 2 if here else 0


class TotalsRow(QWidget):
    """The totals under a table, in its columns, also while its rows scroll."""

    def __init__(self, header: QHeaderView, model: ReportTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._header, self._model = header, model
        self.setFixedHeight(theme.px(ROW_HEIGHT))
        said = [f"{title}: {text}" for column, title in enumerate(model.titles) if (text := model.total(column))]
        self.setAccessibleName(", ".join(said))
        header.sectionResized.connect(self.update)
        set_property(self, "part", "totals")

    @override
    def sizeHint(self) -> QSize:
        return QSize(0, theme.px(ROW_HEIGHT))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("panel"))
        painter.fillRect(0, 0, self.width(), 1, theme.color("line"))
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for column in range(self._header.count()):
            text = self._model.total(column)
            if text:
                left, width = self._header.sectionViewportPosition(column), self._header.sectionSize(column)
                inner = QRect(left, 0, width, self.height()).adjusted(theme.px(PADDING), 1, -theme.px(PADDING), 0)
                font = fonts.strong_for(text)
                painter.setFont(font)
                painter.setPen(theme.color("text"))
                shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
                draw_line(painter, inner, shown, at_right=self._model.at_end(column) != right)
