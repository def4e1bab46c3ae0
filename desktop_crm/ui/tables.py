"""The list of every page: rows of one height, columns that move, hide and keep their place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QItemSelection, QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from desktop_crm.ui import fonts, theme
from desktop_crm.ui.column_widths import ColumnWidths
from desktop_crm.ui.delegates import ROW_HEIGHT, toggle
from desktop_crm.ui.models import ColumnSpec, PagedModel
from desktop_crm.ui.qt import override
from desktop_crm.ui.row_table import RowTable
from desktop_crm.ui.widgets.buttons import literal

_HEADER_HEIGHT = 31
_CHECK_WIDTH = 36


class RecordTable(RowTable):
    """A PagedModel as a list: Enter or double click opens, Delete asks, Ctrl+C copies rows as TSV.

    `arranged()` follows when the user has shown, hidden or moved a column.
    """

    opened = Signal(int)
    selected = Signal(list)
    delete_requested = Signal(list)
    context_menu_requested = Signal(list, QPoint)
    arranged = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._kept: tuple[int | None, list[int]] = (None, [])
        self._empty: QWidget | None = None
        self._silent = self._placing = False
        self._widths = ColumnWidths(self.horizontalHeader())
        self._set_up_headers()
        theme.theme().changed.connect(self._rescale)

    def paged(self) -> PagedModel[Any]:
        """The model; TypeError if another kind was set."""
        model = self.model()
        if not isinstance(model, PagedModel):
            raise TypeError(type(model))
        return model

    def set_paged(self, model: PagedModel[Any]) -> None:
        """Show `model`; its columns come in their own widths and order."""
        self.setModel(model)
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)
        model.headerDataChanged.connect(lambda *_: self.horizontalHeader().viewport().update())
        self.selectionModel().selectionChanged.connect(self._announce)
        # A header asks every row of a column whether it is chosen, which takes seconds: this one knows of none.
        self.horizontalHeader().setSelectionModel(QItemSelectionModel(model, self.horizontalHeader()))
        self._apply_specs()
        self._restore()

    def set_empty(self, widget: QWidget) -> None:
        """Show `widget` over the list while it has no rows."""
        self._empty = widget
        widget.setParent(self.viewport())
        self._show_empty()

    def show_now(self) -> None:
        """Lay out and paint the rows in sight at once: laid out later, they would be painted twice.

        So would all of a page that was just made and whose first layout still waits behind what brought the rows.
        """
        for waiting in (QEvent.Type.LayoutRequest, QEvent.Type.UpdateLater):
            QCoreApplication.sendPostedEvents(None, waiting.value)
        self.executeDelayedItemsLayout()
        self.updateGeometries()
        self.viewport().repaint()

    def selected_ids(self) -> list[int]:
        """The ids of the selected rows, in the list's order."""
        if self.model() is None:
            return []
        parts = self.selectionModel().selection().toList()
        ranges = sorted((part.top(), part.bottom()) for part in parts)
        found: dict[int, None] = {}
        for first, last in ranges:
            found.update(dict.fromkeys(self.paged().ids_between(first, last)))
        return list(found)

    def current_id(self) -> int | None:
        """The id of the row with the keyboard's place, None if there is none."""
        return self.paged().id_at(self.currentIndex().row()) if self.currentIndex().isValid() else None

    def select(self, record: int) -> bool:
        """Select the row of `record` alone and bring it into sight; whether it is shown."""
        row = self.paged().row_of(record)
        if row is None:
            return False
        flags = QItemSelectionModel.SelectionFlag
        index = self.paged().index(row, self._first_column())
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)
        return True

    def step(self, by: int) -> None:
        """Select the record `by` rows down the list (up: below zero), wherever the keyboard is; at its ends nothing.

        Headings are passed over.
        """
        row = self.currentIndex().row() + by if self.currentIndex().isValid() else 0
        while self.paged().heading(row) is not None:
            row += 1 if by > 0 else -1
        record = self.paged().id_at(row)
        if record is not None:
            self.select(record)

    def shown_columns(self) -> list[int]:
        """The numbers of the columns in sight, in their visual order."""
        header = self.horizontalHeader()
        columns = (header.logicalIndex(place) for place in range(header.count()))
        return [number for number in columns if not header.isSectionHidden(number)]

    def save_state(self) -> dict[str, Any]:
        """Columns in their visual order with width and whether hidden, and the sorting, as plain values."""
        header, model = self.horizontalHeader(), self.paged()
        columns = []
        for place in range(header.count()):
            number = header.logicalIndex(place)
            columns.append({"key": model.columns[number].key, "hidden": header.isSectionHidden(number),
                            "width": round(self._widths.wanted(number) / fonts.scale())})
        key, descending = model.sort_state()
        return {"columns": columns, "sort": key, "descending": descending}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Put columns back as `save_state` told; unknown columns are passed over, new ones stay where they are."""
        header, model, place = self.horizontalHeader(), self.paged(), 0
        self._placing = True
        for saved in state.get("columns", []):
            number = model.column_of(str(saved.get("key", "")))
            if number < 0:
                continue
            header.moveSection(header.visualIndex(number), place)
            place += 1
            self._widths.want(number, theme.px(int(saved.get("width") or 0)))
            self._widths.show_column(number, not saved.get("hidden"))
        if model.column_of(str(state.get("sort", ""))) >= 0:
            model.mark_sorted(str(state["sort"]), bool(state.get("descending")))
        self._placing = False
        self._fit()

    def show_columns(self, keys: Sequence[str]) -> None:
        """Show exactly these columns, in this order, in their widths; unknown ones are passed over."""
        header, numbers = self.horizontalHeader(), [self.paged().column_of(key) for key in keys]
        shown = [number for number in numbers if number >= 0]
        self._placing = True
        for place, number in enumerate(shown):
            header.moveSection(header.visualIndex(number), place)
        for number in range(header.count()):
            self._widths.show_column(number, number in shown)
        self._placing = False
        self._fit()

    def _moved(self) -> None:
        if not self._placing:
            self.arranged.emit()

    def _turn_column(self, number: int, on: bool) -> None:
        self._show_column(number, on)
        self.arranged.emit()

    def set_columns(self, columns: Sequence[ColumnSpec[Any]]) -> None:
        """Show other columns of the same rows; those that stay keep their place and width, and whether they show."""
        state = self.save_state()
        self.paged().set_columns(columns)
        self._apply_specs()
        self.restore_state(state)

    def show_column(self, key: str) -> None:
        """Show the column `key`, if there is one that is hidden; others give it room."""
        number = self.paged().column_of(key)
        if number >= 0 and self.isColumnHidden(number):
            self._show_column(number, True)

    def columns_menu(self, parent: QWidget | None = None) -> QMenu:
        """A menu with a tick per column, to hide and to show."""
        menu = QMenu(parent or self)
        for number, spec in enumerate(self.paged().columns):
            if not spec.title:
                continue
            action = QAction(literal(spec.title), menu, checkable=True)
            action.setChecked(not self.isColumnHidden(number))
            action.toggled.connect(lambda on, number=number: self._turn_column(number, on))
            menu.addAction(action)
        return menu

    @override
    def chosen_text(self) -> str:
        """The selected rows, visible columns in their order, as tab-separated text."""
        model, shown = self.paged(), self.shown_columns()
        rows = [row for row in map(model.row_of, self.selected_ids()) if row is not None]
        lines = ["\t".join(_cell(model, row, number) for number in shown) for row in rows]
        return "\n".join(lines)

    # What Qt asks

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Delete) or event.key() == Qt.Key.Key_Backspace:
            if ids := self.selected_ids():
                self.delete_requested.emit(ids)
        elif event.key() == Qt.Key.Key_Space:
            self._toggle()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go_to_edge(event)
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard's first place is a record; Qt's would be the first row, also where that is a heading."""
        if isinstance(self.model(), PagedModel) and not self.currentIndex().isValid():
            row = self._edge_row(range(self.paged().rowCount()))
            if row is not None:
                self.selectionModel().setCurrentIndex(self.paged().index(row, self._first_column()),
                                                      QItemSelectionModel.SelectionFlag.NoUpdate)
        super().focusInEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        ids = self.selected_ids()
        if not ids:
            return
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center())
        else:
            at = event.globalPos()
        self.context_menu_requested.emit(ids, at)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
        self._show_empty()

    # Parts

    def _set_up_headers(self) -> None:
        rows, header = self.verticalHeader(), self.horizontalHeader()
        rows.setMinimumSectionSize(1)  # to raise it later visits each row: five seconds for 100,000
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setSectionsClickable(True)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._header_menu)
        header.sectionClicked.connect(self._sort_by)
        header.sectionMoved.connect(lambda *_: self._moved())
        fonts.dress(header, 11, strong=True)
        self._rescale()

    def _rescale(self) -> None:
        self.verticalHeader().setDefaultSectionSize(theme.px(ROW_HEIGHT))
        self.horizontalHeader().setFixedHeight(theme.px(_HEADER_HEIGHT))
        self.horizontalHeader().setMinimumSectionSize(theme.px(_CHECK_WIDTH))
        self.viewport().update()

    def _apply_specs(self) -> None:
        specs = self.paged().columns
        self._widths.begin(specs, [theme.px(_CHECK_WIDTH if spec.kind == "check" else spec.width) for spec in specs])
        self._fit()

    def _fit(self) -> None:
        if isinstance(self.model(), PagedModel):
            self._widths.fit(self.viewport().width())

    def _first_column(self) -> int:
        """The first column in sight: a current cell in a hidden one would lose the arrow keys."""
        return next(iter(self.shown_columns()), 0)

    def _show_column(self, number: int, on: bool) -> None:
        self._widths.show_column(number, on)
        if self.currentIndex().column() == number and not on:
            place = self.paged().index(self.currentIndex().row(), self._first_column())
            self.selectionModel().setCurrentIndex(place, QItemSelectionModel.SelectionFlag.NoUpdate)
        self._fit()

    def _sort_by(self, number: int) -> None:
        model = self.paged()
        key, descending = model.sort_state()
        again = model.columns[number].key == key and not descending
        model.sort(number, Qt.SortOrder.DescendingOrder if again else Qt.SortOrder.AscendingOrder)

    def _header_menu(self, at: QPoint) -> None:
        menu = self.columns_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.horizontalHeader().viewport().mapToGlobal(at))

    def _open(self) -> None:
        record = self.current_id()
        if record is not None:
            self.opened.emit(record)

    def _toggle(self) -> None:
        column = next((number for number, spec in enumerate(self.paged().columns) if spec.kind == "check"), -1)
        for record in self.selected_ids() if column >= 0 else []:
            row = self.paged().row_of(record)
            if row is not None:
                toggle(self.paged().index(row, column))

    def _go_to_edge(self, event: QKeyEvent) -> None:
        """Home and End go to the first and the last row, as in a list; with Shift they extend."""
        rows = range(self.paged().rowCount())
        row = self._edge_row(rows if event.key() == Qt.Key.Key_Home else reversed(rows))
        if row is None:
            return
        index = self.paged().index(row, self._first_column())
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            first = max(0, self.currentIndex().row())
            span = QItemSelection(self.paged().index(min(first, row), 0), self.paged().index(max(first, row), 0))
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().select(span, flags.Select | flags.Rows)
        else:
            self.setCurrentIndex(index)
        self.scrollTo(index)

    def _edge_row(self, rows: Iterable[int]) -> int | None:
        """The first of `rows` that is a record, no heading."""
        return next((row for row in rows if self.paged().id_at(row) is not None), None)

    def _announce(self) -> None:
        if not self._silent:
            self.selected.emit(self.selected_ids())

    def _keep(self) -> None:
        self._kept = (self.current_id(), self.selected_ids())

    def _restore(self) -> None:
        """After a reset: the headings' spans, the rows selected before, and the empty state."""
        model, flags = self.paged(), QItemSelectionModel.SelectionFlag
        self.clearSpans()
        for row in model.heading_rows():
            self.setSpan(row, 0, 1, len(model.columns))
        current, ids = self._kept
        rows = [row for row in map(model.row_of, ids) if row is not None]
        selection = QItemSelection()
        for row in rows:
            selection.select(model.index(row, 0), model.index(row, len(model.columns) - 1))
        self._silent = len(rows) == len(ids)
        place = model.row_of(current) if current is not None else None
        if place is not None:
            self.selectionModel().setCurrentIndex(model.index(place, self._first_column()), flags.NoUpdate)
        self.selectionModel().select(selection, flags.ClearAndSelect)
        self._silent = False
        if len(rows) != len(ids):
            self._announce()
        self._show_empty()

    def _show_empty(self) -> None:
        if self._empty is not None:
            bare = self.model() is None or self.model().rowCount() == 0
            self._empty.setGeometry(self.viewport().rect())
            self._empty.setVisible(bare)


def _cell(model: PagedModel[Any], row: int, column: int) -> str:
    text = str(model.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole) or "")
    return " ".join(text.replace("\t", " ").splitlines())
