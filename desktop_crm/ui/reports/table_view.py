"""A report's table on the screen: as high as its rows while they are few, with its own scroll when many."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QItemSelectionModel, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_crm.ui import fonts, theme
from desktop_crm.ui.delegates import PADDING, ROW_HEIGHT
from desktop_crm.ui.qt import override
from desktop_crm.ui.reports.table_header import TableHeader
from desktop_crm.ui.reports.table_model import ReportTableModel
from desktop_crm.ui.row_table import RowTable

FEW = 14
"""Rows that are all shown at once; more of them scroll in their own place."""
_LEAST_ROWS = 8
_NARROWEST, _WIDEST, _SHORTENED = 72, 320, 120
_LONG_TITLE = 110

Sort = Callable[[int, bool], None]


class ReportTable(RowTable):
    """Enter or double click opens a row, a click on a head sorts, Ctrl+C copies the selected rows as TSV."""

    opened = Signal(int)          # the place of the row in the report's table
    sort_wanted = Signal(int, bool)

    def __init__(self, model: ReportTableModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._wishes: list[int] = []
        self._least: list[int] = []
        self._set_up()
        self.setModel(model)
        if model.table.totals is None and not self.many:
            self._delegate.unruled = model.rowCount() - 1
        self.setAccessibleName(model.table.title)
        self._wishes = [self._wish(column) for column in range(model.columnCount())]
        self._least = [self._wish(column, least=True) for column in range(model.columnCount())]
        self._fit()

    @property
    def many(self) -> bool:
        """Whether there are more rows than are shown at once."""
        return len(self._model.table.rows) > FEW

    @override
    def chosen_text(self) -> str:
        """The selected rows, and the totals if all are selected, as tab-separated text."""
        columns = range(self._model.columnCount())
        rows = sorted({row for part in self.selectionModel().selection().toList()
                       for row in range(part.top(), part.bottom() + 1)})
        lines = [[self._model.written.text(self._model.place(row), column) for column in columns] for row in rows]
        if self._model.table.totals is not None and len(rows) == self._model.rowCount():
            lines.append([self._model.written.total(column) for column in columns])
        return "\n".join("\t".join(_flat(cell) for cell in line) for line in lines)

    def select_place(self, place: int) -> None:
        """Put the keyboard's place on the row that stands at `place` in the report's table."""
        row = next((row for row in range(self._model.rowCount()) if self._model.place(row) == place), -1)
        if row >= 0:
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(self._model.index(row, 0), flags.ClearAndSelect | flags.Rows)

    def set_order(self, order: Sequence[int], column: int, descending: bool) -> None:
        """Show the rows in another order; the current row stays current."""
        row = self.currentIndex().row()
        place = self._model.place(row) if row >= 0 else -1
        self._model.set_order(order, column, descending)
        self._fit()
        if place >= 0:
            self.select_place(place)

    @override
    def sizeHint(self) -> QSize:
        rows = _LEAST_ROWS if self.many else max(1, self._model.rowCount())
        bar = self.horizontalScrollBar().sizeHint().height() if self._wider() else 0
        return QSize(theme.px(400), self.horizontalHeader().height() + rows * theme.px(ROW_HEIGHT) + bar)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(160), self.sizeHint().height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._model.rowCount():
            row = 0 if event.key() == Qt.Key.Key_Home else self._model.rowCount() - 1
            self.setCurrentIndex(self._model.index(row, 0))
        else:
            super().keyPressEvent(event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _set_up(self) -> None:
        header = TableHeader(self)
        self.setHorizontalHeader(header)
        header.sectionClicked.connect(self._sort_by)
        rows = self.verticalHeader()
        rows.setMinimumSectionSize(theme.px(ROW_HEIGHT))
        rows.setDefaultSectionSize(theme.px(ROW_HEIGHT))
        many = len(self._model.table.rows) > FEW
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded if many
                                        else Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        down = QSizePolicy.Policy.Expanding if many else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Expanding, down)

    def _wish(self, column: int, least: bool = False) -> int:
        """The width that a column wants; at least: short texts, the title's words one below the other."""
        strong, plain = QFontMetrics(fonts.font(strong=True)), QFontMetrics(fonts.font())
        metrics = strong if column == 0 else plain
        cells = [metrics.horizontalAdvance(cell) for cell in self._model.written.widest(column)]
        width = max([*cells, strong.horizontalAdvance(self._model.written.total(column))])
        head, title = QFontMetrics(fonts.font(11, strong=True)), self._model.written.titles[column]
        words = max((head.horizontalAdvance(word) for word in title.split()), default=0)
        titled = max(words, min(head.horizontalAdvance(title), theme.px(0 if least else _LONG_TITLE)))
        most = theme.px(_SHORTENED if least and not self._model.written.at_end(column) else _WIDEST)
        wanted = max(min(width, most), titled) + 2 * theme.px(PADDING) + 2
        return wanted if least else max(theme.px(_NARROWEST), wanted)

    def _wider(self) -> bool:
        return sum(self._least) > self.viewport().width() > 0

    def _fit(self) -> None:
        """Give each column what it wants, or the least where it is narrow, and share out the rest by weight."""
        if not self._wishes:
            return
        header, room = self.horizontalHeader(), self.viewport().width()
        weights = [column.weight for column in self._model.table.columns]
        wishes = self._between(room)
        spare, whole, given = max(0, room - sum(wishes)), sum(weights) or 1.0, 0
        for column, wish in enumerate(wishes):
            last = column == len(wishes) - 1
            share = spare - given if last else int(spare * weights[column] / whole)
            given += share
            header.resizeSection(column, wish + share)
        if isinstance(header, TableHeader):
            header.fit_height()
        self.updateGeometry()

    def _between(self, room: int) -> list[int]:
        """The widths between the least and the wished ones that fill `room`."""
        least, wished = sum(self._least), sum(self._wishes)
        share = max(0.0, min(1.0, (room - least) / (wished - least))) if wished > least else 1.0
        return [low + int((high - low) * share) for low, high in zip(self._least, self._wishes, strict=True)]

    def _sort_by(self, column: int) -> None:
        """Numbers begin with the largest, words with the first; a second click turns the order over."""
        first = self._model.written.at_end(column)
        again = self._model.sorting == (column, first)
        self.sort_wanted.emit(column, not first if again else first)

    def _open(self) -> None:
        if self.currentIndex().isValid():
            self.opened.emit(self._model.place(self.currentIndex().row()))


def _flat(cell: str) -> str:
    return " ".join(cell.split("\n")).replace("\t", " ")
