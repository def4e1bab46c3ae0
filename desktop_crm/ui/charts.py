"""A report's chart on the screen: the rectangles, lines and texts that every writer draws alike."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop_crm.reports.report import Chart, Line, Rect, Text
from desktop_crm.ui import fonts, theme
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.labels import tip

_LARGEST = 2.0
_SMALLEST_TEXT = 10
_SPOKEN_ROWS = 60
_ACROSS = {"start": "end", "end": "start"}


class ChartView(QWidget):
    """Paints a Chart as wide as the place allows, tooltips over its bars, its table in words for a screen reader.

    A point of the chart becomes at most `largest` design pixels. Right to left, the chart begins at the right.
    """

    def __init__(self, chart: Chart | None = None, parent: QWidget | None = None, largest: float = _LARGEST) -> None:
        super().__init__(parent)
        self._largest = largest
        self._chart = chart
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_chart(chart)

    def set_chart(self, chart: Chart | None) -> None:
        """Show another chart, None for none."""
        self._chart = chart
        self.setAccessibleName(chart.title if chart else "")
        self.setAccessibleDescription(described(chart) if chart else "")
        self.updateGeometry()
        self.update()

    @override
    def hasHeightForWidth(self) -> bool:
        return self._chart is not None

    @override
    def heightForWidth(self, width: int) -> int:
        return round(self._chart.height * self._scale(width)) if self._chart else 0

    @override
    def sizeHint(self) -> QSize:
        if self._chart is None:
            return QSize(0, 0)
        return QSize(theme.px(round(self._chart.width)), theme.px(round(self._chart.height)))

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), self.heightForWidth(theme.px(160)))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._chart is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(self._begins(), 0)
        scale = self._scale(self.width())
        for shape in self._shapes():
            if isinstance(shape, Rect):
                _paint_rect(painter, shape, scale)
            elif isinstance(shape, Line):
                _paint_line(painter, shape, scale)
            else:
                _paint_text(painter, shape, scale)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            said = self.tip_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), tip(said), self) if said else QToolTip.hideText()
            return True
        return super().event(event)

    def tip_at(self, place: QPointF) -> str:
        """What the bar at `place` says, or the only one above or below it; "" where there is none."""
        if self._chart is None:
            return ""
        point = (place - QPointF(self._begins(), 0)) / self._scale(self.width())
        bars = [shape for shape in self._shapes() if isinstance(shape, Rect) and shape.tip]
        for bar in reversed(bars):
            if QRectF(bar.x, bar.y, bar.width, bar.height).contains(point):
                return bar.tip
        upright = [bar for bar in bars if bar.x <= point.x() <= bar.x + bar.width and bar.height >= bar.width]
        return upright[0].tip if len(upright) == 1 else ""

    def _mirrored(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _begins(self) -> float:
        """Where the chart's left edge is, in pixels: one that is as large as it may be stands at the start."""
        if self._chart is None or not self._mirrored():
            return 0.0
        return self.width() - self._chart.width * self._scale(self.width())

    def _shapes(self) -> list[Rect | Line | Text]:
        if self._chart is None:
            return []
        return [mirrored(shape, self._chart.width) for shape in self._chart.shapes] if self._mirrored() else \
            list(self._chart.shapes)

    def _scale(self, width: int) -> float:
        return min(self._largest * fonts.scale(), width / self._chart.width) if self._chart and width > 0 else 1.0


def mirrored(shape: Rect | Line | Text, width: float) -> Rect | Line | Text:
    """A shape as it stands in a chart of `width` points that is read from right to left; its words stay as they are."""
    if isinstance(shape, Rect):
        return replace(shape, x=width - shape.x - shape.width)
    if isinstance(shape, Line):
        return replace(shape, x1=width - shape.x1, x2=width - shape.x2)
    return replace(shape, x=width - shape.x, anchor=_ACROSS.get(shape.anchor, shape.anchor))


def described(chart: Chart) -> str:
    """The chart's table as lines of text, for a screen reader; long tables are cut after sixty rows."""
    heads = [column.title for column in chart.table.columns]
    lines = [", ".join(f"{head}: {cell}" for head, cell in zip(heads, row, strict=True) if cell is not None)
             for row in chart.table.rows[:_SPOKEN_ROWS]]
    return "\n".join(part for part in (chart.note, *lines) if part)


def _paint_rect(painter: QPainter, shape: Rect, scale: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(shape.fill))
    place = QRectF(shape.x * scale, shape.y * scale, shape.width * scale, shape.height * scale)
    radius = min(2.0, place.width() / 2, place.height() / 2)
    painter.drawRoundedRect(place, radius, radius)


def _paint_line(painter: QPainter, shape: Line, scale: float) -> None:
    pen = QPen(theme.color(shape.stroke), max(1.0, shape.width * min(scale, 1.5)))
    if shape.dashed:
        pen.setDashPattern([3, 3])
    painter.setPen(pen)
    painter.drawLine(QLineF(shape.x1 * scale, shape.y1 * scale, shape.x2 * scale, shape.y2 * scale))


def _paint_text(painter: QPainter, shape: Text, scale: float) -> None:
    size = max(_SMALLEST_TEXT, min(shape.size * scale / fonts.scale(), shape.size * 1.4))
    font = fonts.font(round(size), shape.bold)
    painter.setFont(font)
    painter.setPen(theme.color(shape.fill))
    width = QFontMetricsF(font).horizontalAdvance(shape.text)
    shift = {"start": 0.0, "middle": width / 2, "end": width}[shape.anchor]
    painter.drawText(QPointF(shape.x * scale - shift, shape.y * scale), shape.text)
