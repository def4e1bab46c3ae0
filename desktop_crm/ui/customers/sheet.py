"""Editing customers where they are listed, like a sheet: from cell to cell, typed, pasted, each act undone as one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QBoxLayout

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import CrmError, NotFound
from desktop_crm.services import customers, sheet
from desktop_crm.services.sheet import Done
from desktop_crm.services.sheet_cells import Cells, SheetColumn
from desktop_crm.ui.customers.sheet_bar import SheetBar
from desktop_crm.ui.customers.sheet_blocks import SheetBlocks
from desktop_crm.ui.customers.sheet_cursor import SheetCursor
from desktop_crm.ui.customers.sheet_delegate import SheetDelegate
from desktop_crm.ui.customers.sheet_editor import Bubble, CellField
from desktop_crm.ui.qt import override
from desktop_crm.ui.words import N_, current, tr

if TYPE_CHECKING:
    from desktop_crm.ui.customers.page import CustomersPage

_ARROWS = {Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Left: (0, -1)}
_CLOSED = frozenset({"state", "kind", "heat", "lead_state", "seller", "source", "prefers", "starred", "no_marketing"})
_EDITS = (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_MOVES = {Qt.Key.Key_Tab: "right", Qt.Key.Key_Backtab: "left", Qt.Key.Key_Return: "up", Qt.Key.Key_Enter: "up"}
"""Where keys lead that edit nothing: Enter is here with Shift."""
_GONE = N_("The record is no longer in the file. Nothing was changed.")
_Standard = QKeySequence.StandardKey


class SheetMode(QObject):
    """The mode of a customers page; `on` while it lasts.

    The order stays as it is until the mode ends, so that no row jumps away from under the cursor while it is typed
    in; then the list is asked for again. `relist` does that.
    """

    def __init__(self, page: CustomersPage, relist: Callable[[], None]) -> None:
        super().__init__(page)
        self._page, self._table, self._relist = page, page.table, relist
        self.on = self._stale = False
        self._cells = Cells(page.book, current())
        self._seen: Any = None
        self._at = (0, "")  # the customer and the column that the line edits
        self._kept: tuple[int | None, int] = (None, 0)
        self._added: set[int] = set()
        self._plain = page.table.itemDelegate()
        self._ruled = SheetDelegate(lambda number: bool(self._column(number).why), page.table)
        self.field: CellField | None = None
        self.bar, self.bubble = SheetBar(), Bubble(page.table.viewport())
        self.cursor = SheetCursor(page.table)
        self.blocks = SheetBlocks(page, self.cursor, lambda: self._cells)
        self._wire()

    def _wire(self) -> None:
        self._page.top.add(self.bar)
        middle = self._table.parentWidget()
        box = middle.layout() if middle is not None else None
        if isinstance(box, QBoxLayout):
            box.addWidget(self.blocks.preview, 1)
        self.bar.closed.connect(self.leave)
        self.bar.paste_wanted.connect(self._paste)
        self.blocks.done.connect(self._done)
        self.blocks.refused.connect(lambda why: self._say(why, "bad"))
        self.cursor.moved.connect(self._moved)
        model = self._table.paged()
        model.modelAboutToBeReset.connect(self._keep)
        model.modelReset.connect(self._restore)
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
        row = max(0, self.cursor.row())
        self._table.setItemDelegate(self._ruled)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self._table.setAccessibleDescription(tr(N_("Edited like a sheet")))
        self._page.top.turn(self.bar)
        self.cursor.go(row, self.cursor.columns()[0])
        self._moved()
        self._table.setFocus()

    def leave(self) -> None:
        """End the mode, and sort the list by what was written."""
        self._leave_field("stay")
        self.blocks.back()
        self.bubble.hide()
        self.on = False
        self._table.setItemDelegate(self._plain)
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setAccessibleDescription("")
        record = self._table.current_id()
        self._page.top.turn(self._page.bar)
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

    def _done(self, done: Done) -> None:
        """Show new customers below the others, at once."""
        self._added |= set(done.added)
        self.follow(done.changes)

    # Where the keyboard is

    def _column(self, number: int) -> SheetColumn:
        return self._cells.column(self._page.model.columns[number].key)

    def _moved(self) -> None:
        """Name the cell in the bar."""
        if self.field is None:
            self.bubble.hide()
        number = self._table.currentIndex().column()
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
        columns = self.cursor.columns()
        self.cursor.go(row if row is not None else 0, column if column in columns else columns[0])
        self._place()

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
            self._say(tr(column.why), "dim")
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
            self.cursor.move(how)

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

    def _say(self, sentence: str, tone: str) -> None:
        """Say something at the current cell."""
        self.bubble.say(sentence, tone, self._rect(self._table.currentIndex()), self._table.viewport().rect())

    def _rect(self, index: QModelIndex) -> QRect:
        return self._table.visualRect(index)

    def _place(self) -> None:
        """Keep the line over its cell."""
        self.bubble.hide()
        row = self._page.model.row_of(self._at[0])
        if self.field is not None and row is not None:
            index = self._page.model.index(row, self._page.model.column_of(self._at[1]))
            self.field.place(self._rect(index), self._table.viewport().rect())

    def _paste(self) -> None:
        self._leave_field("stay")
        self.blocks.paste()

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
            self.cursor.stretch_to(index)
            return True
        return False

    def _act(self, event: QKeyEvent) -> Callable[[], None] | None:
        """What a key does in the list, None for what it does there anyway."""
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if event.matches(_Standard.Copy):
            return self._copy
        if event.matches(_Standard.Paste):
            return self._paste
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier and key == Qt.Key.Key_D:
            return self.blocks.fill_down
        if event.matches(_Standard.Delete) or (plain and key == Qt.Key.Key_Backspace):
            return self.blocks.empty
        if not plain:
            return None
        return self._plain_act(event, key)

    def _plain_act(self, event: QKeyEvent, key: Qt.Key) -> Callable[[], None] | None:
        """What a key without Ctrl and Alt does."""
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if key in _EDITS and not shift:
            return self.edit
        if shift and key in _ARROWS:
            right = -1 if self._table.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
            down, over = _ARROWS[key]
            return lambda: self.cursor.stretch(down, over * right)
        if key in _MOVES:
            return lambda: self.cursor.move(_MOVES[key])
        if key == Qt.Key.Key_Escape:
            return self.leave
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End) and not shift:
            return lambda: self.cursor.go(self.cursor.row(), self.cursor.columns()[0 if key == Qt.Key.Key_Home else -1])
        typed = event.text()
        return (lambda: self.edit(typed)) if typed and typed.isprintable() else None

    def _copy(self) -> None:
        self.blocks.copy()


__all__ = ["SheetMode"]
