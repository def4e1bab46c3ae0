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
_ARROW = 10
_MOST_LINES = 4
_BELOW = 8


class TableHeader(QHeaderView):
    """Titles in small dim letters, up to four lines; the sorted column has an arrow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        fonts.dress(self, 11, strong=True)

    def fit_height(self) -> None:
        """Be as high as the title that takes the most lines."""
        model, most = self.model(), 1
        if isinstance(model, ReportTableModel):
            for section, title in enumerate(model.written.titles):
                width = self.sectionSize(section) - 2 * theme.px(PADDING)
                room = QRect(0, 0, max(1, width), 1000)
                height = self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, title).height()
                most = max(most, round(height / self.fontMetrics().height()))
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
        at_right = model.written.at_end(section) != right
        inner = rect.adjusted(theme.px(PADDING), 0, -theme.px(PADDING), -1)
        edge = Qt.AlignmentFlag.AlignRight if at_right else Qt.AlignmentFlag.AlignLeft
        flags = edge | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap
        painter.drawText(inner.adjusted(0, 0, 0, -theme.px(_BELOW)), flags, model.written.titles[section])
        if sorted_here:
            self._paint_arrow(painter, inner, model.written.titles[section], model.sorting == (section, True), at_right)
        painter.restore()

    def _paint_arrow(self, painter: QPainter, inner: QRect, title: str, descending: bool, at_right: bool) -> None:
        """Paint the arrow before or behind the title, where the column is narrow in the padding."""
        side, width = theme.px(_ARROW), self.fontMetrics().horizontalAdvance(title)
        left = inner.right() - width - side - 2 if at_right else inner.left() + width + 3
        left = max(inner.left() - side, min(inner.right() + 1, left))
        place = QRect(left, inner.bottom() - theme.px(_BELOW) - side - 1, side, side)
        icons.paint(painter, place, "chevron-down" if descending else "chevron-up", "text")


class TotalsRow(QWidget):
    """The totals under a table, in its columns, also while its rows scroll; `ruled` draws a line above."""

    def __init__(self, header: QHeaderView, model: ReportTableModel, ruled: bool = False,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._header, self._model, self._ruled = header, model, ruled
        self.setFixedHeight(theme.px(ROW_HEIGHT))
        said = [f"{title}: {text}" for column, title in enumerate(model.written.titles)
                if (text := model.written.total(column))]
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
        if self._ruled:
            painter.fillRect(0, 0, self.width(), 1, theme.color("line"))
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for column in range(self._header.count()):
            text = self._model.written.total(column)
            if text:
                left, width = self._header.sectionViewportPosition(column), self._header.sectionSize(column)
                inner = QRect(left, 0, width, self.height()).adjusted(theme.px(PADDING), 1, -theme.px(PADDING), 0)
                font = fonts.strong_for(text)
                painter.setFont(font)
                painter.setPen(theme.color("text"))
                shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, inner.width())
                draw_line(painter, inner, shown, at_right=self._model.written.at_end(column) != right)
