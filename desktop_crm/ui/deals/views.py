"""Board and list under one filter: what is shown, how it is fetched, and what an empty one says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from desktop_crm.domain.deals import DealFilter, DealRow, Pipeline, Stage
from desktop_crm.services import deals
from desktop_crm.services.book import Book
from desktop_crm.ui.deals.board import Board
from desktop_crm.ui.deals.filters import ORDERS, STATUSES, Filters
from desktop_crm.ui.deals.header import Header
from desktop_crm.ui.deals.listing import DealList
from desktop_crm.ui.deals.loading import BoardRows, ListRows, Lists, Loader
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.widgets.states import EmptyState
from desktop_crm.ui.words import N_, tr

MenusOf = Callable[["Views"], Sequence[tuple[str, QMenu]]]


class Views(QStackedWidget):
    """Shows the deals that pass `filters` as a board or a list; `header` is the line that stands above.

    `picked(ids)`, `opened(id)`, `renamed(id)`, `move_wanted(ids, stage)`, `pushed(±1)`, `decide_wanted(ids, kind)`,
    `delete_wanted(ids)`, `menu_wanted(ids, place)` tell what the user asks for; `new_wanted` from an empty view.
    """

    picked = Signal(list)
    opened = Signal(int)
    renamed = Signal(int)
    move_wanted = Signal(list, int)
    pushed = Signal(int)
    decide_wanted = Signal(list, str)
    delete_wanted = Signal(list)
    menu_wanted = Signal(list, QPoint)
    new_wanted = Signal()
    changed = Signal()

    def __init__(self, book: Book, jobs: Jobs, failed: Callable[[Exception], None], menus: MenusOf,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._loader = Loader(book, jobs, failed)
        self._wanted: int | None = None
        self._bare = False
        self._order = "stage_on"
        self.lists, self.filters, self.view = Lists(), Filters(), "board"
        self.header = Header()
        self.board = Board(self._fetch, book.today)
        self.list = DealList(self._fetch, book.today, menus(self))
        self.empty = EmptyState("deals", "")
        for view in (self.board, self.list, self.empty):
            self.addWidget(view)
        if book.reading:
            self.board.look_only()
        self._connect()
        self._show_view("board")

    def _connect(self) -> None:
        self.header.changed.connect(self.show_filter)
        self.header.view_picked.connect(self.go_to)
        self.header.order_picked.connect(self._order_by)
        self.header.left.connect(self.focus_rows)
        self.header.active.columns.clicked.connect(self._columns_menu)
        self.empty.acted.connect(self._act_on_empty)
        self.list.sort_requested.connect(lambda *_: self.load())
        self.list.pushed.connect(self.pushed)
        self.board.move_wanted.connect(self.move_wanted)
        for view in (self.board, self.list):
            view.picked.connect(self.picked)
            view.opened.connect(self.opened)
            view.renamed.connect(self.renamed)
            view.decide_wanted.connect(self.decide_wanted)
            view.delete_wanted.connect(self.delete_wanted)
            view.menu_wanted.connect(self.menu_wanted)

    # What is shown

    @property
    def pipeline(self) -> Pipeline:
        """The pipeline of the board; the first one where the list shows all."""
        return self.lists.pipeline(self.filters.pipeline)

    def chosen(self) -> list[int]:
        """The deals that are chosen in the view that is shown."""
        return self.board.selected_ids() if self.view == "board" else self.list.selected_ids()

    def shown(self) -> list[int]:
        """All deals that pass the filter: of the list in its order, of the board oldest in their stage first."""
        if self.view == "list":
            return self.list.ids()
        return deals.list_ids(self._book, self.filters.of_board(self.pipeline.id, self._book.today()), "stage_on")

    def select(self, record: int) -> bool:
        """Choose a deal; whether it is shown."""
        return self.board.select([record]) if self.view == "board" else self.list.select([record])

    def want(self, record: int | None) -> None:
        """Choose a deal as soon as it is fetched."""
        self._wanted = record

    def stage_beside(self, step: int) -> int | None:
        """The stage `step` on from that of the first chosen deal, 0 its own; None at the edge."""
        if self.view == "board":
            return self.board.stage_after(step)
        found = deals.rows(self._book, self.chosen()[:1])
        stages = [stage.id for stage in self.lists.pipeline_of(found[0].stage_id).open_stages] if found else []
        place = stages.index(found[0].stage_id) + step if found and found[0].stage_id in stages else -1
        return stages[place] if 0 <= place < len(stages) else None

    def shift(self, ids: Sequence[int], stage: Stage) -> None:
        """Let cards stand in their new column before the file has said so."""
        if self.view == "board" and stage.kind == "open" and stage.pipeline_id == self.pipeline.id:
            self.board.shift(ids, stage.id)

    def focus_rows(self) -> None:
        """Put the keyboard on the chosen card or row."""
        if self.currentWidget() is self.board:
            self.board.focus_cards()
        elif self.currentWidget() is self.list:
            self.list.focus_rows()

    def refresh(self) -> None:
        """Read what is in sight again; which deals are shown stays."""
        self.board.refresh()
        self.list.refresh()

    def read_lists(self) -> None:
        """Read pipelines and choices again; a pipeline that is gone gives way to the first."""
        self.lists = Lists.read(self._book)
        known = [item.id for item in self.lists.pipelines]
        lacking = self.filters.pipeline is None and self.view == "board"
        if self.filters.base is None and (lacking or self.filters.pipeline not in (None, *known)):
            self.filters = replace(self.filters, pipeline=known[0])
        self.show_chips()
        self.changed.emit()

    def load(self) -> None:
        """Fetch what the view shows; an older wish that is still on its way is dropped."""
        today = self._book.today()
        if self.view == "board":
            pipeline = self.pipeline
            self._loader.board(pipeline, self.filters.of_board(pipeline.id, today), self._order, self._board_loaded)
        else:
            self._loader.list(self.filters.of_list(today), *self.list.sort_state(), self._list_loaded)

    def steps_matter(self) -> bool:
        """Whether a task that is added or done may change which deals are shown, or their order."""
        by_step = self.view == "list" and self.list.sort_state()[0] == "next_step"
        base = self.filters.base
        return self.filters.no_next_step or by_step or (base is not None and base.no_next_step)

    # View and filter

    def go_to(self, view: str) -> None:
        """Show the board or the list; what is chosen stays chosen."""
        chosen = self.chosen()
        if view == "board" and self.filters.pipeline is None:
            self.filters = replace(self.filters, pipeline=self.pipeline.id)
        self._show_view(view)
        self.show_chips()
        self.want(chosen[0] if chosen else None)
        self.load()
        self.focus_rows()

    def show_filter(self, filters: Filters) -> None:
        """Show other deals; a filter from elsewhere that was taken away leaves the first pipeline's open deals."""
        if filters.base is None and self.filters.base is not None and filters.pipeline is None:
            filters = replace(filters, pipeline=self.lists.pipelines[0].id, status="open")
        self.filters = filters
        self.show_chips()
        self.changed.emit()
        self.load()

    def show_base(self, wanted: DealFilter, title: str) -> None:
        """List the deals of a filter that came from elsewhere, under its title."""
        self.filters = Filters(status="", base=wanted, title=title)
        self._show_view("list")
        self.show_chips()

    def clear_filter(self) -> None:
        """Show all deals of the pipeline and status again."""
        self.show_filter(self.filters.cleared())

    def make_visible(self, item: DealRow) -> None:
        """Let the view show a deal that its filter or its view leaves out."""
        if item.status != "open" and self.view == "board":
            self._show_view("list")
        status = self.filters.status if self.filters.status in ("", item.status) else ""
        self.filters = Filters(pipeline=self.lists.pipeline_of(item.stage_id).id,
                               status="open" if self.view == "board" else status)
        self.want(item.id)
        self.show_chips()
        self.load()

    def show_chips(self) -> None:
        """Show the filter in the header, and the pipeline's columns."""
        self.header.show_filters(self.filters, self.lists)
        if self.lists.pipelines:
            self.board.set_pipeline(self.pipeline, self._book.currency)

    def save_state(self) -> dict[str, Any]:
        """View, order, pipeline, status and columns as plain values."""
        return {"view": self.view, "order": self._order, "pipeline": self.filters.pipeline,
                "status": self.filters.status, "table": self.list.save_state()}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take up what `save_state` gave; what is not understood is left out."""
        order, status, pipeline = state.get("order"), state.get("status"), state.get("pipeline")
        if isinstance(order, str) and order in ORDERS:
            self._order = order
        if isinstance(status, str) and status in STATUSES:
            self.filters = replace(self.filters, status=status)
        if isinstance(pipeline, int):
            self.filters = replace(self.filters, pipeline=pipeline)
        if isinstance(state.get("table"), dict):
            self.list.restore_state(state["table"])
        self._show_view("list" if state.get("view") == "list" else "board")

    # Parts

    def _fetch(self, ids: Sequence[int]) -> list[DealRow | None]:
        found = {item.id: item for item in deals.rows(self._book, ids)}
        return [found.get(record) for record in ids]

    def _board_loaded(self, rows: BoardRows) -> None:
        self.board.set_pipeline(rows.pipeline, self._book.currency)
        self.board.show_rows(rows, self._book.currency)
        self.header.show_totals(rows.totals, self._book.currency, "open")
        self._settle(self.board, rows.bare, not any(rows.ids) and (rows.bare or self.filters.narrowed))

    def _list_loaded(self, rows: ListRows) -> None:
        self.list.show_ids(rows.ids)
        self.header.show_totals(rows.totals, self._book.currency, self.filters.status)
        self._settle(self.list, rows.bare, not rows.ids)

    def _settle(self, view: QWidget, bare: bool, empty: bool) -> None:
        """Show the view, or what an empty one has to say; choose what was asked for."""
        self._bare = bare
        if empty:
            self._show_empty()
        self.setCurrentWidget(self.empty if empty else view)
        if self._wanted is not None and self.select(self._wanted):
            self._wanted = None

    def _show_empty(self) -> None:
        clear = tr(N_("Clear the filter"))
        if self._bare:
            self.empty.show_state("deals", tr(N_("No deals yet")), tr(N_(
                "A deal is something that may be sold. Write the first one (Ctrl+N), or import a file (Ctrl+I).")),
                tr(N_("New deal")))
        elif self.filters.search:
            self.empty.show_state("search", tr(N_("Nothing matches “{text}”"), text=self.filters.search), "", clear,
                                  "close")
        elif self.filters.narrowed:
            self.empty.show_state("filter", tr(N_("No deal passes this filter")), "", clear, "close")
        else:
            self.empty.show_state("deals", tr(N_("No deals here")), tr(N_("Deals of another status are under All.")),
                                  tr(N_("New deal")))

    def _act_on_empty(self) -> None:
        if self.filters.narrowed and not self._bare:
            self.clear_filter()
        else:
            self.new_wanted.emit()

    def _show_view(self, view: str) -> None:
        self.view = view
        self.header.show_view(view)
        self.header.show_order(self._order)
        self.setCurrentWidget(self.board if view == "board" else self.list)

    def _order_by(self, order: str) -> None:
        self._order = order
        self.header.show_order(order)
        self.load()

    def _columns_menu(self) -> None:
        button = self.header.active.columns
        menu = self.list.table.columns_menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))
