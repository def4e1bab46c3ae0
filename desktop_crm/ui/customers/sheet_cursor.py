"""Where the keyboard is in a list that is edited like a sheet: from cell to cell, and which cells are selected."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QObject, Signal

from desktop_crm.ui.tables import RecordTable

_STEPS = {"down": (1, 0), "up": (-1, 0), "right": (0, 1), "left": (0, -1)}


class SheetCursor(QObject):
    """Moves over the cells in sight of a table; `moved()` tells that another one has the keyboard's place."""

    moved = Signal()

    def __init__(self, table: RecordTable) -> None:
        super().__init__(table)
        self._table, self._model = table, table.paged()
        self._anchor = (0, 0)  # the row and the column from which Shift stretches the selection
        table.selectionModel().currentChanged.connect(lambda *_: self._changed())

    def columns(self) -> list[int]:
        """The columns in sight, in their visual order."""
        return self._table.shown_columns()

    def row(self) -> int:
        """The row of the current cell; below zero if there is none."""
        return self._table.currentIndex().row()

    def _changed(self) -> None:
        index = self._table.currentIndex()
        self._anchor = (index.row(), index.column())
        self.moved.emit()

    def go(self, row: int, column: int) -> None:
        """Go to a cell, if there is one."""
        index = self._model.index(row, column)
        if index.isValid():
            self._table.setCurrentIndex(index)
            self._table.scrollTo(index)

    def move(self, how: str) -> None:
        """Go to a neighbour; right of the last column is the first one of the next row."""
        down, right = _STEPS.get(how, (0, 0))
        columns, index = self.columns(), self._table.currentIndex()
        place = columns.index(index.column()) + right if index.column() in columns else 0
        row = index.row() + down + place // len(columns)
        if 0 <= row < self._model.rowCount():
            self.go(row, columns[place % len(columns)])

    def stretch(self, down: int, right: int) -> None:
        """Select from where the keyboard stood to a neighbour of the cell it is at."""
        columns, index = self.columns(), self._table.currentIndex()
        place = columns.index(index.column()) + right if index.column() in columns else 0
        row = max(0, min(index.row() + down, self._model.rowCount() - 1))
        self.stretch_to(self._model.index(row, columns[max(0, min(place, len(columns) - 1))]))

    def stretch_to(self, index: QModelIndex) -> None:
        """Select what lies between the anchor and a cell: Qt knows only where its own keys have been."""
        columns, model, flags = self.columns(), self._model, QItemSelectionModel.SelectionFlag
        row, column = anchor = self._anchor
        places = sorted((columns.index(column) if column in columns else 0, columns.index(index.column())))
        rows = sorted((row, index.row()))
        selection = QItemSelection()
        for number in columns[places[0]:places[1] + 1]:
            selection.select(model.index(rows[0], number), model.index(rows[1], number))
        self._table.selectionModel().setCurrentIndex(index, flags.NoUpdate)
        self._table.selectionModel().select(selection, flags.ClearAndSelect)
        self._table.scrollTo(index)
        self._anchor = anchor

    def block(self) -> tuple[list[int], list[int]]:
        """The rows and the columns in sight that the selection spans, else those of the current cell."""
        parts = self._table.selectionModel().selection().toList()
        index, shown = self._table.currentIndex(), self.columns()
        if not index.isValid():  # an empty list: what is pasted begins at its first place
            return [0], shown[:1]
        if not parts:
            return [index.row()], [index.column()]
        rows = range(min(part.top() for part in parts), max(part.bottom() for part in parts) + 1)
        places = [place for place, number in enumerate(shown)
                  if any(part.left() <= number <= part.right() for part in parts)]
        return list(rows), shown[places[0]:places[-1] + 1] if places else [index.column()]
