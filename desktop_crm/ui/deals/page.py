"""The Deals tab: board or list under one filter, a deal's card beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QSplitter, QWidget

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.deals import DealFilter, Stage
from desktop_crm.domain.errors import CrmError, NotFound
from desktop_crm.services import customers, deals
from desktop_crm.services.book import Book
from desktop_crm.ui import own_fields, theme
from desktop_crm.ui.deals.acts import DealActs
from desktop_crm.ui.deals.card import DealCard
from desktop_crm.ui.deals.editor import PipelineEditor
from desktop_crm.ui.deals.form import NewDeal, Start
from desktop_crm.ui.deals.lost import LostPanel
from desktop_crm.ui.deals.menus import Menus
from desktop_crm.ui.deals.side import WIDTH, Side
from desktop_crm.ui.deals.views import Views
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.lookup import Offer
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.page import Act, Page
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.layout import column
from desktop_crm.ui.words import N_

if TYPE_CHECKING:
    from desktop_crm.ui.exporting import Exporting

_SHOWN = ("deals", "stages", "pipelines", "settings")
_NAMED = ("tasks", "customers", "sellers", "choices", "products", "deal_lines")


class DealsPage(Page):
    """Board and list of deals, the card, the form of a new one, the editor of stages."""

    def __init__(self, book: Book, jobs: Jobs, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(book, jobs, messages, parent)
        self._started = False
        self._deeds = DealActs(book, jobs, messages, self)
        self._menus = Menus(book, self)
        self.views = Views(book, jobs, messages.tell, self._menus.bulk)
        self.lost = LostPanel()
        self.side = Side()
        self.card = DealCard(book, jobs, messages, self._deeds)
        self.form = NewDeal(book, jobs)
        self.editor = PipelineEditor(book)
        self._lay_out()
        self._connect_views()
        self._connect_side()

    def _lay_out(self) -> None:
        for part in (self.card, self.form, self.editor):
            self.side.add(part)
        main = QWidget()
        main.setLayout(column(self.views, self.lost, gap=0))
        main.setMinimumWidth(theme.px(360))
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.addWidget(main)
        self._split.addWidget(self.side)
        self._split.setStretchFactor(0, 1)
        self._split.setSizes([10_000, theme.px(WIDTH)])
        layout = column(self.views.header, self._split, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _connect_views(self) -> None:
        views = self.views
        views.picked.connect(self._picked)
        views.opened.connect(self._focus_card)
        views.renamed.connect(self._rename)
        views.move_wanted.connect(self._move_to)
        views.pushed.connect(self._push)
        views.menu_wanted.connect(self._menu)
        views.new_wanted.connect(self.new)
        views.changed.connect(self._show_editor)
        views.header.editor_wanted.connect(self.edit_stages)
        for asking in (views, self._menus):
            asking.decide_wanted.connect(self._decide)
            asking.delete_wanted.connect(self._delete)
        self._menus.move_wanted.connect(self._move_to)
        self._menus.edit_wanted.connect(self._deeds.edit_many)
        self._menus.open_wanted.connect(self._focus_card)
        self._menus.attach_wanted.connect(self._attach)
        self._menus.exports.connect(lambda menu, ids: self.exporting.fill(menu, lambda: ids))
        self.lost.decided.connect(self._lose)
        self.lost.closed.connect(views.focus_rows)
        self._deeds.refused.connect(self._refused)

    def _connect_side(self) -> None:
        self.card.customer_wanted.connect(lambda record: self.record_wanted.emit("customers", record))
        self.card.task_wanted.connect(lambda record: self.record_wanted.emit("tasks", record))
        self.card.stage_picked.connect(lambda deal, stage: self._move_to([deal], stage))
        self.card.act_wanted.connect(self.act_wanted)
        self.card.decide_wanted.connect(self._decide)
        self.card.reopen_wanted.connect(self._reopen)
        self.card.delete_wanted.connect(self._delete)
        self.form.added.connect(self._added)
        self.editor.picked.connect(self._edit_pipeline)
        for part in (self.card, self.form, self.editor):
            part.closed.connect(self._close_side)

    # The contract of a page

    @override
    def acts(self) -> list[Act]:
        views = self.views
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        onward, back = ("Ctrl+Left", "Ctrl+Right") if mirrored else ("Ctrl+Right", "Ctrl+Left")
        return [
            Act("new_deal", N_("New deal"), self.new, icon="plus"),
            Act("deals_board", N_("Deals as a board"), lambda: views.go_to("board"), "Ctrl+B", "board"),
            Act("deals_list", N_("Deals as a list"), lambda: views.go_to("list"), "Ctrl+L", "list"),
            Act("filter_deals", N_("Filter deals"), self._focus_filter, "Ctrl+F", "filter"),
            Act("clear_deal_filter", N_("Clear the filter of deals"), views.clear_filter),
            Act("deal_onward", N_("Move the deal to the next stage"), lambda: self._push(1), onward, "arrow-right"),
            Act("deal_back", N_("Move the deal to the stage before"), lambda: self._push(-1), back),
            Act("deal_won", N_("Deal won"), lambda: self._decide(views.chosen(), "won"), "Ctrl+Shift+W", "won"),
            Act("deal_lost", N_("Deal lost, with a reason"), lambda: self._decide(views.chosen(), "lost"),
                "Ctrl+Shift+L", "lost"),
            Act("deal_reopen", N_("Reopen the deal"), self._reopen_chosen, icon="undo"),
            Act("rename_deal", N_("Rename the deal"), lambda: self._rename(self._chosen_one()), icon="edit"),
            Act("deal_next_step", N_("Add a next step to the deal"), self._focus_steps, "Ctrl+T", "follow-up"),
            Act("deal_attach", N_("Attach files to the deal"), self._attach, icon="file"),
            Act("delete_deal", N_("Delete the deal"), lambda: self._delete(views.chosen()), icon="trash"),
            Act("export_deals", N_("Export the list, or what is selected…"), self._export, "Ctrl+Shift+E", "upload"),
        ]

    @cached_property
    def exporting(self) -> Exporting:
        """What writes deals to files."""
        from desktop_crm.ui.exporting import Exporting

        return Exporting(self, "deals")

    @override
    def start(self) -> None:
        self._started = True
        self.views.list.show_own(own_fields.columns(self.book, "deals"))
        self.views.read_lists()
        self.views.load()

    @override
    def reload(self, changes: Changes) -> None:
        if not self._started:
            return
        if changes.touches("stages", "pipelines", "sellers", "choices"):
            self.views.read_lists()
        if changes.touches("custom_fields"):
            self.views.list.show_own(own_fields.columns(self.book, "deals"))
        if changes.touches(*_SHOWN) or (changes.touches("tasks") and self.views.steps_matter()):
            self.views.load()
        elif changes.touches(*_NAMED):
            self.views.refresh()
        if changes.touches(*_SHOWN, *_NAMED, "stage_moves", "custom_fields", "attachments"):
            self._reload_card()

    @override
    def new(self) -> None:
        self._ensure_started()
        filters = self.views.filters
        stage = self.views.stage_beside(0) if self.views.view == "board" else None
        self._begin(Start(filters.pipeline, stage, None, filters.seller or self.book.seller))

    def new_for(self, customer: int) -> None:
        """Begin a new deal of a customer."""
        self._ensure_started()
        found = self.attempt(lambda: customers.card(self.book, customer))
        if found is not None:
            offer = Offer(customer, str(found.values["name"]))
            self._begin(Start(self.views.filters.pipeline, None, offer,
                              self.book.seller or found.values["seller_id"]))

    @override
    def open(self, record: int) -> None:
        self._ensure_started()
        found = deals.rows(self.book, [record])
        if not found:
            self.attempt(lambda: deals.card(self.book, record))  # says that it is gone
            return
        if not self.views.select(record):
            self.views.make_visible(found[0])
        self._show_card(record)

    @override
    def show_rows(self, wanted: object, title: str) -> None:
        if not isinstance(wanted, DealFilter):
            raise TypeError(type(wanted))
        self.side.close_part()
        self.views.show_base(wanted, title)
        if self._started:
            self.views.load()
        else:
            self.start()

    @override
    def save_state(self) -> dict[str, Any]:
        width = self._split.sizes()[1] or theme.px(WIDTH)
        return {**self.views.save_state(), "side": round(width / theme.px(100) * 100)}

    @override
    def restore_state(self, state: dict[str, Any]) -> None:
        self.views.restore_state(state)
        width = state.get("side")
        if isinstance(width, int) and width > 0:
            self._split.setSizes([10_000, theme.px(width)])

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.views.chosen():  # else Down leads to the first one: whoever comes chooses none yet
            self.views.focus_rows()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        had = self.focusWidget()
        down = event.key() == Qt.Key.Key_Down and (self.hasFocus() or self.views.header.search.hasFocus())
        if event.key() == Qt.Key.Key_Escape and not self.side.isHidden():
            self._close_side()
        elif down or (event.key() == Qt.Key.Key_Escape and not self.hasFocus()):
            self.views.focus_rows()
            if self.focusWidget() is had:  # there is nothing to step back from: whoever shows the page may be left
                event.ignore()
        else:
            super().keyPressEvent(event)

    def _ensure_started(self) -> None:
        if not self._started:
            self.start()

    # What is done with the chosen deals

    def _chosen_one(self) -> int | None:
        chosen = self.views.chosen()
        return chosen[0] if chosen else self.card.deal

    def _move_to(self, ids: list[int], stage: int) -> None:
        target = self._stage(stage)
        if target is None or not ids:
            return
        if target.kind == "lost":
            self._ask_why(ids)
            return
        self.views.shift(ids, target)
        self._deeds.move(ids, target)

    def _stage(self, wanted: int) -> Stage | None:
        every = (stage for item in self.views.lists.pipelines for stage in item.stages)
        return next((stage for stage in every if stage.id == wanted), None)

    def _push(self, step: int) -> None:
        """Move the chosen deals by one stage."""
        stage = self.views.stage_beside(step)
        if stage is not None:
            self._move_to(self.views.chosen(), stage)

    def _decide(self, ids: list[int], kind: str) -> None:
        """Win deals at once; ask why they were lost."""
        if not ids:
            return
        if kind == "lost":
            self._ask_why(ids)
            return
        for stage, group in self._by_pipeline(ids, "won"):
            self._deeds.move(group, stage)

    def _ask_why(self, ids: list[int]) -> None:
        found = deals.rows(self.book, ids[:1])
        self.lost.ask(ids, found[0].name if found else "", self.views.lists.lost_reasons)

    def _lose(self, ids: list[int], reason: int | None, note: str) -> None:
        for stage, group in self._by_pipeline(ids, "lost"):
            self._deeds.move(group, stage, reason, note)
        self.views.focus_rows()

    def _by_pipeline(self, ids: Sequence[int], kind: str) -> list[tuple[Stage, list[int]]]:
        """The deals by the stage of this kind in the pipeline that each stands in."""
        groups: dict[int, tuple[Stage, list[int]]] = {}
        for item in deals.rows(self.book, ids):
            stage = self.views.lists.pipeline_of(item.stage_id).first(kind)
            if stage is not None:
                groups.setdefault(stage.id, (stage, []))[1].append(item.id)
        return list(groups.values())

    def _reopen(self, deal: int) -> None:
        """Put a decided deal back into the open stage that it was decided from, else into the first."""
        card = self.attempt(lambda: deals.card(self.book, deal))
        if card is None or card.row.status == "open":
            return
        stages = self.views.lists.pipeline_of(card.row.stage_id).open_stages
        passed = [move.before for move in reversed(card.moves)]
        stage = next((one for name in passed for one in stages if one.name == name), stages[0] if stages else None)
        if stage is not None:
            self._deeds.move([deal], stage)

    def _reopen_chosen(self) -> None:
        deal = self._chosen_one()
        if deal is not None:
            self._reopen(deal)

    def _delete(self, ids: list[int]) -> None:
        if not ids:
            return
        if self.card.deal in ids and self.side.part() is self.card:
            self._close_side()
        self._deeds.delete(ids)

    def _refused(self) -> None:
        """What was shown in advance may not be so: show what is."""
        self.views.load()
        self._reload_card()

    def _menu(self, ids: list[int], at: QPoint) -> None:
        menu = self._menus.context(self.views, ids)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    def _export(self) -> None:
        """The menu for the chosen deals, or for all that the board or the list shows."""
        self._ensure_started()
        self.exporting.menu(self.views, self.views.chosen(), self.views.shown)

    # The panel at the side

    def _picked(self, ids: list[int]) -> None:
        """Where the card is open, it goes along with what is chosen."""
        if len(ids) == 1 and self.side.part() is self.card and self.card.deal != ids[0]:
            self._show_card(ids[0])

    def _show_card(self, deal: int) -> None:
        try:
            self.card.show_deal(deal, self.views.lists)
        except NotFound:
            self.side.close_part()
            return
        except CrmError as error:
            self.messages.tell(error)
            return
        self.side.show_part(self.card)

    def _focus_card(self, deal: int) -> None:
        self._show_card(deal)
        self.card.steps.quick.setFocus()

    def _rename(self, deal: int | None) -> None:
        if deal is not None:
            self._show_card(deal)
            self.card.name.edit()

    def _focus_steps(self) -> None:
        deal = self._chosen_one()
        if deal is not None:
            self._focus_card(deal)

    def _attach(self) -> None:
        """Ask for files to attach to the chosen deal, on its card."""
        deal = self._chosen_one()
        if deal is not None:
            self._show_card(deal)
            self.card.documents.acts.ask()

    def _reload_card(self) -> None:
        deal = self.card.deal
        if deal is not None and self.side.part() is self.card:
            self._show_card(deal)

    def _begin(self, start: Start) -> None:
        self.form.begin(self.views.lists, start)
        self.side.show_part(self.form)
        self.form.setFocus()

    def _added(self, deal: int) -> None:
        """Show the new deal, whatever the filter leaves out."""
        self._show_card(deal)
        self.views.want(deal)
        self.views.load()
        self.views.focus_rows()

    def edit_stages(self) -> None:
        """Open the editor of pipelines and stages."""
        self._ensure_started()
        self.side.show_part(self.editor)
        self._show_editor()
        self.editor.choice.setFocus()

    def _show_editor(self) -> None:
        if self.side.part() is self.editor:
            self.editor.show_pipeline(self.views.lists, self.views.filters.pipeline)

    def _edit_pipeline(self, pipeline: int) -> None:
        self.views.lists = self.views.lists.read(self.book)
        self.views.show_filter(self.views.filters.of_pipeline(pipeline))

    def _close_side(self) -> None:
        self.card.commit()
        self.side.close_part()
        self.views.focus_rows()

    def _focus_filter(self) -> None:
        self.views.header.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.views.header.search.selectAll()
