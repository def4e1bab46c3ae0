"""Several cells of the list at once: copied, pasted after a look at what that would do, emptied, filled down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from desktop_crm.domain import blocks, leaving
from desktop_crm.services import sheet
from desktop_crm.services.sheet import Done, Plan
from desktop_crm.services.sheet_cells import Cells
from desktop_crm.ui.access.gate import guarded, noted
from desktop_crm.ui.customers.sheet_cursor import SheetCursor
from desktop_crm.ui.customers.sheet_preview import PastePreview
from desktop_crm.ui.jobs import Latest, Progress
from desktop_crm.ui.row_table import ROWS
from desktop_crm.ui.words import N_, current, tr, tr_count

if TYPE_CHECKING:
    from desktop_crm.ui.customers.page import CustomersPage


class SheetBlocks(QObject):
    """Works on the selected cells: `done(Done)` tells what was changed, `refused(sentence)` why the one cell was not.

    `preview` stands in the list's place while it is looked at.
    """

    done = Signal(object)
    refused = Signal(str)

    def __init__(self, page: CustomersPage, cursor: SheetCursor, cells: Callable[[], Cells]) -> None:
        super().__init__(page)
        self._page, self._cursor, self._cells = page, cursor, cells
        self._plans = Latest(page.jobs)
        self.preview = PastePreview()
        self.preview.hide()
        self.preview.accepted.connect(self._accept)
        self.preview.cancelled.connect(self.back)

    def copy(self) -> str:
        """Copy the selected cells as a spreadsheet takes them, and as they can be pasted back.

        Gives the text, or "" where those of more than one row need the owner's PIN first.
        """
        rows, columns = self._cursor.block()
        ids = self._page.model.ids_between(rows[0], rows[-1])
        keys = [self._page.model.columns[number].key for number in columns]
        text = blocks.written(sheet.texts(self._page.book, self._cells(), ids, keys, self._computed(ids, keys)))

        def put() -> str:
            QGuiApplication.clipboard().setText(text)
            if len(ids) > 1:
                noted(self._page, leaving.COPIED, count=len(ids))
            return text

        return put() if len(ids) < 2 else guarded(self._page, tr_count(*ROWS, len(ids)), put) or ""

    def paste(self) -> None:
        """Show what the clipboard's cells would change, from the current cell on; one row fills all selected rows."""
        text = QGuiApplication.clipboard().text()
        if not text:
            self._page.messages.note(tr(N_("There is nothing on the clipboard to paste.")))
            return
        block = blocks.parse(text)
        rows, columns = self._cursor.block()
        if len(block) == 1:
            line = block[0] * len(columns) if len(block[0]) == 1 else block[0]
            block = (line,) * len(rows)
        shown = self._cursor.columns()
        wide = shown[shown.index(columns[0]):][:max(map(len, block))]
        self._plan(self._page.model.ids_between(rows[0], rows[0] + len(block) - 1), wide, block, self._propose)

    def empty(self) -> None:
        """Empty the selected cells."""
        rows, columns = self._cursor.block()
        self._plan(self._page.model.ids_between(rows[0], rows[-1]), columns, [[""] * len(columns)] * len(rows),
                   self._done_at_once)

    def fill_down(self) -> None:
        """Give the selected cells what the topmost of them hold."""
        rows, columns = self._cursor.block()
        ids = self._page.model.ids_between(rows[0], rows[-1])
        keys = [self._page.model.columns[number].key for number in columns]
        first = sheet.texts(self._page.book, self._cells(), ids[:1], keys, self._computed(ids[:1], keys))
        if len(ids) > 1 and first:
            self._plan(ids, columns, first * len(ids), self._done_at_once)

    def _computed(self, ids: Sequence[int], keys: Sequence[str]) -> dict[tuple[int, str], str]:
        """What the list shows in columns that nobody edits."""
        model, found = self._page.model, {}
        for key in keys:
            number = model.column_of(key)
            for record in ids if self._cells().column(key).why else ():
                row = model.row_of(record)
                text = str(model.index(row, number).data() or "") if row is not None else ""
                found[record, key] = "" if text == "—" else text
        return found

    def _plan(self, ids: Sequence[int], columns: Sequence[int], block: Sequence[Sequence[str]],
              then: Callable[[Plan], None]) -> None:
        """Look beside the window at what a block would do."""
        cells, keys = self._cells(), [self._page.model.columns[number].key for number in columns]
        computed = self._computed(ids, keys)
        self._plans.run(lambda _: sheet.plan(self._page.book, cells, ids, keys, block, computed), then,
                        self._page.messages.tell, label=tr(N_("Reading what is pasted…")))

    def _propose(self, plan: Plan) -> None:
        if not plan.changes and not plan.refused:
            self._page.messages.note(tr(N_("Nothing changes: the cells hold this already.")))
            return
        self._page.table.hide()
        self.preview.show()
        self.preview.show_plan(plan, self._cells())

    def back(self) -> None:
        """Close the preview; what is still being looked at is not shown any more."""
        self._plans.drop()
        self.preview.hide()
        self._page.table.show()
        self._page.table.setFocus()

    def _accept(self, plan: Plan) -> None:
        self.back()
        self._apply(plan)

    def _done_at_once(self, plan: Plan) -> None:
        """Do what can be done, or say why nothing can."""
        if plan.changes:
            self._apply(plan)
        elif plan.refused and plan.refused[0].why is not None:
            self.refused.emit(current().error(plan.refused[0].why))

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
        if done is not None:
            self.done.emit(done)
            if len(plan.changes) > 1:
                said = [tr_count(N_("{n} cell changed"), N_("{n} cells changed"), len(plan.changes))]
                if plan.refused:
                    said.append(tr_count(N_("{n} cell cannot be"), N_("{n} cells cannot be"), len(plan.refused)))
                self._page.list_acts.tell_undoable(" · ".join(said), done.changes.work_id)
