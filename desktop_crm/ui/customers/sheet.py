"""Editing customers where they are listed, like a sheet: from cell to cell, typed, pasted, each act undone as one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QModelIndex, QObject, QRect, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QBoxLayout, QStackedWidget

from desktop_crm.domain import blocks
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import CrmError, NotFound
from desktop_crm.services import customers, sheet
from desktop_crm.services.sheet import Done, Plan
from desktop_crm.services.sheet_cells import Cells, SheetColumn
from desktop_crm.ui.customers.sheet_bar import SheetBar
from desktop_crm.ui.customers.sheet_delegate import SheetDelegate
from desktop_crm.ui.customers.sheet_editor import Bubble, CellField
from desktop_crm.ui.customers.sheet_preview import PastePreview
from desktop_crm.ui.jobs import Progress
from desktop_crm.ui.qt import override
from desktop_crm.ui.words import N_, current, tr, tr_count

if TYPE_CHECKING:
    from desktop_crm.ui.customers.page import CustomersPage

_STEPS = {"down": (1, 0), "up": (-1, 0), "right": (0, 1), "left": (0, -1)}
_ARROWS = {Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Left: (0, -1)}
_CLOSED = frozenset({"state", "kind", "heat", "lead_state", "seller", "source", "prefers", "starred", "no_marketing"})
_EDITS = (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_GONE = N_("The record is no longer in the file. Nothing was changed.")
_Standard = QKeySequence.StandardKey


class SheetMode(QObject):
    """The mode of a customers page; `on` while it lasts.

    The order stays as it is until the mode ends, so that no row jumps away from under the cursor while it is typed
    in; then the list is asked for again. `relist` does that.
    """

    def __init__(self, page: CustomersPage, top: QStackedWidget, relist: Callable[[], None]) -> None:
        super().__init__(page)
        self._page, self._table, self._top, self._relist = page, page.table, top, relist
        self.on = self._stale = False
        self._cells = Cells(page.book, current())
        self._seen: Any = None
        self._at = (0, "")  # the customer and the column that the line edits
        self._kept: tuple[int | None, int] = (None, 0)
        self._anchor = (0, 0)  # the row and the column from which Shift stretches the selection
        self._added: set[int] = set()
        self._plain = page.table.itemDelegate()
        self._ruled = SheetDelegate(lambda number: bool(self._column(number).why), page.table)
        self.field: CellField | None = None
        self.bar, self.bubble, self.preview = SheetBar(), Bubble(page.table.viewport()), PastePreview()
        self._wire()

    def _wire(self) -> None:
        self._top.addWidget(self.bar)
        middle = self._table.parentWidget()
        box = middle.layout() if middle is not None else None
        if isinstance(box, QBoxLayout):
            box.addWidget(self.preview, 1)
        self.preview.hide()
        self.bar.closed.connect(self.leave)
        self.bar.paste_wanted.connect(self.paste)
        self.preview.accepted.connect(self._accept)
        self.preview.cancelled.connect(self._back)
        model = self._table.paged()
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)
        self._table.selectionModel().currentChanged.connect(lambda *_: self._moved())
        for bar in (self._table.verticalScrollBar(), self._table.horizontalScrollBar()):
            bar.valueChanged.connect(self._place)
        self._table.horizontalHeader().sectionResized.connect(self._place)
        self._table.installEventFilter(self)
        self._table.viewport().installEventFilter(self)

    # The mode

    def toggle(self) -> None:
        """Begin, or end."""
        if self.on:
            self.leave()
        elif self._page.book.reading:
            self._page.messages.note(tr(N_("The file is open for reading only.")))
        else:
            self._enter()

    def _enter(self) -> None:
        self.on, self._cells = True, Cells(self._page.book, current())
        self._added.clear()
        row = max(0, self._table.currentIndex().row())
        self._table.setItemDelegate(self._ruled)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self._table.setAccessibleDescription(tr(N_("Edited like a sheet")))
        self._top.setCurrentWidget(self.bar)
        self._go(row, self._columns()[0])
        self._moved()
        self._table.setFocus()

    def leave(self) -> None:
        """End the mode, and sort the list by what was written."""
        self._drop()
        self._back()
        self.on = False
        self._table.setItemDelegate(self._plain)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setAccessibleDescription("")
        record = self._table.current_id()
        self._top.setCurrentIndex(0)
        if record is not None:
            self._table.select(record)
        if self._stale:
            self._stale = False
            self._page.choose_next(record)
            self._relist()

    def follow(self, changes: Changes) -> None:
        """After a change, show what the rows hold now, in the order that they have; those that are gone leave."""
        self._stale = True
        if changes.touches("sellers", "choices", "tags", "settings", "custom_fields"):
            self._cells = Cells(self._page.book, current())
        touched = changes.rows.get("customers", frozenset())
        if touched is None:
            self._relist()
            return
        known = self._page.model.ids()
        there = {row.id for row in customers.rows(self._page.book, sorted(touched))} if touched else set()
        gone, back = touched - there, sorted((there & self._added) - set(known))
        if gone or back:
            self._page.model.set_ids([*(key for key in known if key not in gone), *back])
        self._page.model.refresh()
        self._moved()

    # Where the keyboard is

    def _columns(self) -> list[int]:
        return self._table.shown_columns()

    def _column(self, number: int) -> SheetColumn:
        return self._cells.column(self._page.model.columns[number].key)

    def _go(self, row: int, column: int) -> None:
        index = self._page.model.index(row, column)
        if index.isValid():
            self._table.setCurrentIndex(index)
            self._table.scrollTo(index)

    def _move(self, how: str) -> None:
        """Go to a neighbour; right of the last column is the first one of the next row."""
        down, right = _STEPS.get(how, (0, 0))
        columns, index = self._columns(), self._table.currentIndex()
        place = columns.index(index.column()) + right if index.column() in columns else 0
        row = index.row() + down + place // len(columns)
        if 0 <= row < self._page.model.rowCount():
            self._go(row, columns[place % len(columns)])

    def _stretch(self, down: int, right: int) -> None:
        """Select from where the keyboard stood to a neighbour of the cell it is at."""
        columns, index = self._columns(), self._table.currentIndex()
        place = columns.index(index.column()) + right if index.column() in columns else 0
        row = max(0, min(index.row() + down, self._page.model.rowCount() - 1))
        self._stretch_to(self._page.model.index(row, columns[max(0, min(place, len(columns) - 1))]))

    def _stretch_to(self, index: QModelIndex) -> None:
        """Select what lies between the anchor and a cell: Qt knows only where its own keys have been."""
        columns, model, flags = self._columns(), self._page.model, QItemSelectionModel.SelectionFlag
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

    def _moved(self) -> None:
        """Name the cell in the bar."""
        if self.field is None:
            self.bubble.hide()
        index = self._table.currentIndex()
        number = index.column()
        self._anchor = (index.row(), number)
        if self.on and number >= 0:
            self.bar.show_cell(self._page.model.columns[number].title, tr(self._column(number).why))

    def _keep(self) -> None:
        self._kept = (self._table.current_id(), self._table.currentIndex().column())

    def _restore(self) -> None:
        """After the rows came anew: the cell where the keyboard was, and the line over it."""
        if not self.on:
            return
        record, column = self._kept
        row = self._page.model.row_of(record) if record is not None else None
        self._go(row if row is not None else 0, column if column in self._columns() else self._columns()[0])
        self._place()

    def _block(self) -> tuple[list[int], list[int]]:
        """The rows and the columns in sight that the selection spans, else those of the current cell."""
        parts = self._table.selectionModel().selection().toList()
        index, shown = self._table.currentIndex(), self._columns()
        if not parts:
            return [index.row()], [index.column()]
        rows = range(min(part.top() for part in parts), max(part.bottom() for part in parts) + 1)
        places = [place for place, number in enumerate(shown)
                  if any(part.left() <= number <= part.right() for part in parts)]
        return list(rows), shown[places[0]:places[-1] + 1] if places else [index.column()]

    # One cell

    def edit(self, typed: str | None = None) -> None:
        """Edit the current cell: what it holds, or what is typed in its place."""
        self._leave_field("stay")
        index = self._table.currentIndex()
        record = self._page.model.id_at(index.row()) if index.isValid() else None
        if record is None:
            return
        column = self._column(index.column())
        if column.why:
            self.bubble.say(tr(column.why), "dim", self._rect(index), self._table.viewport().rect())
            return
        found = sheet.held(self._page.book, self._cells, [record], [column.key]).get(record)
        if found is None:
            self._page.messages.tell(NotFound(_GONE))
            return
        self._table.scrollTo(index)
        self._at, self._seen = (record, column.key), found[column.key]
        self._show_field(index, column, self._cells.text(column, self._seen) if typed is None else typed)
        if typed is None and self.field is not None:
            self.field.selectAll()
            self.field.offer()

    def _show_field(self, index: QModelIndex, column: SheetColumn, text: str) -> None:
        closed = column.key in _CLOSED or (column.own is not None and bool(column.own.choices))
        field = CellField(self._cells.options(column), closed=closed, several=column.key == "tags", day=column.is_day,
                          parent=self._table.viewport())
        field.setAccessibleName(self._page.model.columns[index.column()].title)
        field.setText(text)
        field.place(self._rect(index), self._table.viewport().rect())
        field.left.connect(self._leave_field)
        field.textEdited.connect(lambda _: self.bubble.hide())
        self.field = field
        field.show()
        field.setFocus()

    def _leave_field(self, how: str) -> None:
        field, (record, key) = self.field, self._at
        if field is None:
            return
        if how != "cancel" and not self._save(field, record, key, how):
            return
        self._drop()
        if how != "stay":
            self._table.setFocus()
            self._move(how)

    def _save(self, field: CellField, record: int, key: str, how: str) -> bool:
        """Save what was typed; whether the line may close. Who has left it is told elsewhere what it cannot be."""
        try:
            sheet.set_cell(self._page.book, self._cells, record, key, field.meant(), self._seen)
        except CrmError as error:
            sentence = current().error(error)
            if how == "stay":
                self._page.messages.note(sentence, "warn")
                return True
            field.set_invalid(sentence)
            self.bubble.say(sentence, "bad", field.geometry(), self._table.viewport().rect())
            return False
        return True

    def _drop(self) -> None:
        """Take the line away; first from our hands: a line that is hidden loses the keyboard, which would save it."""
        field, self.field = self.field, None
        self.bubble.hide()
        if field is not None:
            had = field.hasFocus()
            field.hide()
            field.deleteLater()
            if had:
                self._table.setFocus()

    def _rect(self, index: QModelIndex) -> QRect:
        return self._table.visualRect(index)

    def _place(self) -> None:
        """Keep the line over its cell."""
        self.bubble.hide()
        row = self._page.model.row_of(self._at[0])
        if self.field is not None and row is not None:
            index = self._page.model.index(row, self._page.model.column_of(self._at[1]))
            self.field.place(self._rect(index), self._table.viewport().rect())

    # Several cells

    def copy(self) -> str:
        """Copy the selected cells as a spreadsheet takes them, and as they can be pasted back; gives the text."""
        rows, columns = self._block()
        ids = self._page.model.ids_between(rows[0], rows[-1])
        keys = [self._page.model.columns[number].key for number in columns]
        text = blocks.written(sheet.texts(self._page.book, self._cells, ids, keys, self._computed(ids, keys)))
        QGuiApplication.clipboard().setText(text)
        return text

    def paste(self) -> None:
        """Show what the clipboard's cells would change, from the current cell on; one row fills all selected rows."""
        text = QGuiApplication.clipboard().text()
        if not text:
            self._page.messages.note(tr(N_("There is nothing on the clipboard to paste.")))
            return
        block = blocks.parse(text)
        rows, columns = self._block()
        if len(block) == 1:
            line = block[0] * len(columns) if len(block[0]) == 1 else block[0]
            block = (line,) * len(rows)
        shown = self._columns()
        wide = shown[shown.index(columns[0]):][:max(map(len, block))]
        self._plan(self._page.model.ids_between(rows[0], rows[0] + len(block) - 1), wide, block, self._propose)

    def empty(self) -> None:
        """Empty the selected cells."""
        rows, columns = self._block()
        self._plan(self._page.model.ids_between(rows[0], rows[-1]), columns, [[""] * len(columns)] * len(rows),
                   self._done_at_once)

    def fill_down(self) -> None:
        """Give the selected cells what the topmost of them hold."""
        rows, columns = self._block()
        ids = self._page.model.ids_between(rows[0], rows[-1])
        keys = [self._page.model.columns[number].key for number in columns]
        first = sheet.texts(self._page.book, self._cells, ids[:1], keys, self._computed(ids[:1], keys))
        if len(ids) > 1 and first:
            self._plan(ids, columns, first * len(ids), self._done_at_once)

    def _computed(self, ids: Sequence[int], keys: Sequence[str]) -> dict[tuple[int, str], str]:
        """What the list shows in columns that nobody edits."""
        model, found = self._page.model, {}
        for key in keys:
            number = model.column_of(key)
            for record in ids if self._cells.column(key).why else ():
                row = model.row_of(record)
                text = str(model.index(row, number).data() or "") if row is not None else ""
                found[record, key] = "" if text == "—" else text
        return found

    def _plan(self, ids: Sequence[int], columns: Sequence[int], block: Sequence[Sequence[str]],
              then: Callable[[Plan], None]) -> None:
        """Look beside the window at what a block would do."""
        cells, keys = self._cells, [self._page.model.columns[number].key for number in columns]
        computed = self._computed(ids, keys)
        self._page.jobs.run(lambda _: sheet.plan(self._page.book, cells, ids, keys, block, computed), then,
                            self._page.messages.tell, label=tr(N_("Reading what is pasted…")))

    def _propose(self, plan: Plan) -> None:
        if not self.on:
            return
        if not plan.changes and not plan.refused:
            self._page.messages.note(tr(N_("Nothing changes: the cells hold this already.")))
            return
        self._table.hide()
        self.preview.show()
        self.preview.show_plan(plan, self._cells)

    def _back(self) -> None:
        """Close the preview."""
        self.preview.hide()
        self._table.show()
        self._table.setFocus()

    def _accept(self, plan: Plan) -> None:
        self._back()
        self._apply(plan)

    def _done_at_once(self, plan: Plan) -> None:
        """Do what can be done, and say what cannot be."""
        if plan.changes:
            self._apply(plan.without_new())
        elif len(plan.refused) == 1:
            self.bubble.say(current().error(plan.refused[0].why), "bad",  # type: ignore[arg-type]  # one is refused
                            self._rect(self._table.currentIndex()), self._table.viewport().rect())
        elif plan.refused:
            self._page.messages.note(current().error(plan.refused[0].why), "warn")  # type: ignore[arg-type]

    def _apply(self, plan: Plan) -> None:
        """Do it beside the window; whoever stops it has nothing changed."""
        def work(progress: Progress) -> Done | None:
            def step(done: int, total: int) -> None:
                progress.check()
                progress.report(done, total)

            return sheet.apply(self._page.book, plan, step)

        self._page.jobs.run(work, lambda done: self._applied(plan, done), self._page.messages.tell,
                            label=tr(N_("Saving the cells…")))

    def _applied(self, plan: Plan, done: Done | None) -> None:
        if done is None:
            return
        self._added |= set(done.added)
        self.follow(done.changes)
        if len(plan.changes) > 1:
            self._page.list_acts.tell_undoable(
                tr_count(N_("{n} cell changed"), N_("{n} cells changed"), len(plan.changes)), done.changes.work_id)

    # Keys

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not self.on:
            return False
        if isinstance(event, QMouseEvent) and watched is self._table.viewport():
            return self._clicked(event)
        if isinstance(event, QKeyEvent) and watched is self._table:
            act = self._act(event)
            if act is not None and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if act is not None and event.type() == QEvent.Type.KeyPress:
                act()
                return True
        return super().eventFilter(watched, event)

    def _clicked(self, event: QMouseEvent) -> bool:
        """A double click edits, a click with Shift stretches the selection; anything else is the list's."""
        index = self._table.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return False
        if event.type() == QEvent.Type.MouseButtonDblClick:
            self.edit()
            return True
        if event.type() == QEvent.Type.MouseButtonPress and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            self._stretch_to(index)
            return True
        return False

    def _act(self, event: QKeyEvent) -> Callable[[], None] | None:
        """What a key does in the list, None for what it does there anyway."""
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if event.matches(_Standard.Copy):
            return lambda: self._copied()
        if event.matches(_Standard.Paste):
            return self.paste
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_D:
            return self.fill_down
        if event.matches(_Standard.Delete) or (plain and key == Qt.Key.Key_Backspace):
            return self.empty
        if not plain:
            return None
        return self._plain_act(event, key)

    def _plain_act(self, event: QKeyEvent, key: Qt.Key) -> Callable[[], None] | None:
        """What a key without Ctrl and Alt does."""
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in _EDITS:
            return None if shift else self.edit
        if shift and key in _ARROWS:
            right = -1 if self._table.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
            down, over = _ARROWS[key]
            return lambda: self._stretch(down, over * right)
        moves = {Qt.Key.Key_Tab: "right", Qt.Key.Key_Backtab: "left"}
        if key in moves:
            return lambda: self._move(moves[key])
        if key == Qt.Key.Key_Escape:
            return self.leave
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End) and not shift:
            return lambda: self._go(self._table.currentIndex().row(),
                                    self._columns()[0 if key == Qt.Key.Key_Home else -1])
        typed = event.text()
        return (lambda: self.edit(typed)) if typed and typed.isprintable() else None

    def _copied(self) -> None:
        self.copy()


__all__ = ["SheetMode"]
