"""The Customers tab: segments at the left, the list, and the card of the chosen customer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QWidget

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.customers import CustomerFilter, CustomerRow
from desktop_crm.domain.errors import Cancelled
from desktop_crm.services import customers
from desktop_crm.services.book import Book, warm_up
from desktop_crm.ui import theme
from desktop_crm.ui.customers import facets
from desktop_crm.ui.customers.arranging import Arranging
from desktop_crm.ui.customers.columns import columns
from desktop_crm.ui.customers.filters import FilterBar
from desktop_crm.ui.customers.list_acts import ListActs
from desktop_crm.ui.customers.ordering import NameOrder
from desktop_crm.ui.customers.ranks import Ranks
from desktop_crm.ui.customers.sidebar import Sidebar
from desktop_crm.ui.customers.typed_filters import TypedFilters
from desktop_crm.ui.jobs import Jobs, Latest, Progress
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.models import PagedModel
from desktop_crm.ui.page import Act, Page
from desktop_crm.ui.qt import override
from desktop_crm.ui.tables import RecordTable
from desktop_crm.ui.widgets.cards import Panel
from desktop_crm.ui.widgets.labels import Hairline
from desktop_crm.ui.widgets.layout import Turning, column
from desktop_crm.ui.widgets.states import EmptyState
from desktop_crm.ui.words import N_, tr

if TYPE_CHECKING:
    from desktop_crm.ui.customers.bulk import BulkActs, BulkBar
    from desktop_crm.ui.customers.card import CustomerCard
    from desktop_crm.ui.customers.exporting import Exporting
    from desktop_crm.ui.customers.sheet import SheetMode

_SIDE, _CARD, _NARROW = 200, 400, 1200
_FIRST = 200  # rows of a long list that are shown before the rest is counted: more than any screen has
_SORT_TABLES = {"last_contact": "activities", "next_step": "tasks", "paid": "payments", "open_deals": "deals",
                "seller": "sellers", "activity": "activities", **dict.fromkeys(
                    ("buyer_stage", "revenue", "rfm", "rfm_group"), "deals")}
_STAR = N_("Star, or take the star off")
_ROW_TABLES = ("customers", "channels", "customer_tags", "tags", "tasks", "activities", "payments", "deals", "sellers",
               "settings")
_CARD_TABLES = (*_ROW_TABLES, "contacts", "stage_moves", "choices", "attachments", "addresses", "consents",
                "affiliations", "custom_fields", "score_rules", "checklist_items", "checklist_marks")


class CustomersPage(Page):
    """Shows, finds and changes customers; `listed()` follows each time the list has come."""

    listed = Signal()

    def __init__(self, book: Book, jobs: Jobs, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(book, jobs, messages, parent)
        self._lists, self._facet_jobs = Latest(jobs), Latest(jobs)
        self._order, self._ranks = NameOrder(book), Ranks(book, jobs, self._failed, self)
        self.facets = facets.Facets({})
        self._started, self._sized, self._warm = False, False, False
        self._owes_shown = False
        self._wanted: int | None = None
        self._reveal = False
        self.sidebar, self.bar = Sidebar(), FilterBar(TypedFilters(book, messages.tell))
        self.list_acts = ListActs(self)
        self.table = RecordTable(tr(N_("Customers")))
        self.model: PagedModel[CustomerRow] = PagedModel(columns(book, self._ranks), self._rows, self)
        self.model.mark_sorted("name", False)
        self.table.set_paged(self.model)
        self.arranging = Arranging(self)
        self.empty = EmptyState("customers", "")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.top = Turning(self.bar)
        middle = Panel()
        middle.setLayout(column(self.top, Hairline(), self.table, gap=0))
        middle.layout().setStretch(2, 1)  # type: ignore[union-attr]  # it was set in the line above
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._beside = Panel()
        self._beside.setLayout(column(gap=0))
        for number, (part, least) in enumerate(((self.sidebar, 140), (middle, 280), (self._beside, 320))):
            part.setMinimumWidth(theme.px(least))
            self._splitter.addWidget(part)
            self._splitter.setCollapsible(number, False)
            self._splitter.setStretchFactor(number, 1 if part is middle else 0)
        self._splitter.setHandleWidth(1)
        self._splitter.setSizes([theme.px(_SIDE), theme.px(766), theme.px(_CARD)])
        self.setLayout(column(self._splitter, gap=0))
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.sidebar.chosen.connect(lambda key: self._narrow(facets.filter_of(key, self.facets)))
        self.sidebar.chosen.connect(self.list_acts.tell_damaged)
        self.sidebar.renamed.connect(self.list_acts.rename_segment)
        self.sidebar.deleted.connect(self.list_acts.delete_segment)
        self.bar.changed.connect(lambda wanted: self._list(wanted, _FIRST))
        self.bar.save_wanted.connect(self.list_acts.save_segment)
        self.bar.columns_wanted.connect(lambda at: self.table.columns_menu(self.bar).popup(at))
        self.bar.sheet_wanted.connect(lambda: self.sheet.toggle())
        self.bar.field.returnPressed.connect(self.table.setFocus)
        self.bar.left.connect(self.table.setFocus)
        self.model.sort_requested.connect(lambda *_: self.arranging.changed())
        self.model.sort_requested.connect(lambda *_: self._list())
        self._ranks.loaded.connect(lambda: self.table.viewport().update())
        self.table.selected.connect(self._selected)
        self.table.opened.connect(lambda _: self.card.sections.view.setFocus())
        self.table.delete_requested.connect(self.list_acts.delete)
        self.table.context_menu_requested.connect(self._context_menu)
        self.empty.acted.connect(self._empty_acted)
        self.sidebar.exports.connect(lambda key, title, menu: self.exporting.of_choice(key, title, menu))

    @cached_property
    def acts_on_many(self) -> BulkActs:
        """What can be done with several customers at once; made when several are selected, or a menu is asked for."""
        from desktop_crm.ui.customers.bulk import acts_of

        return acts_of(self)

    @cached_property
    def bulk(self) -> BulkBar:
        """The bar of these acts."""
        from desktop_crm.ui.customers.bulk import BulkBar

        bar = BulkBar(self.acts_on_many)
        bar.cleared.connect(self._select_one)
        self.top.add(bar)
        return bar

    @cached_property
    def exporting(self) -> Exporting:
        """What writes customers to files."""
        from desktop_crm.ui.customers.exporting import Exporting

        return Exporting(self)

    @cached_property
    def sheet(self) -> SheetMode:
        """The list as a sheet."""
        from desktop_crm.ui.customers.sheet import SheetMode

        return SheetMode(self, self._list)

    @property
    def _sheet_on(self) -> bool:
        return "sheet" in vars(self) and self.sheet.on

    @cached_property
    def card(self) -> CustomerCard:
        """The card beside the list; made with the first customer that is shown, so that the list stands sooner."""
        from desktop_crm.ui.customers.card import CustomerCard

        card = CustomerCard(self.book, self.jobs, self.messages, self.attempt)
        card.left.connect(self.table.setFocus)
        card.head.starred.connect(lambda on: self.list_acts.star(on))
        card.saved.connect(self._added)
        card.deleted.connect(self.list_acts.tell_deleted)
        card.delete_wanted.connect(lambda customer: self.list_acts.delete([customer]))
        card.record_wanted.connect(self.record_wanted)
        card.act_wanted.connect(self.act_wanted)
        card.standing.rows_wanted.connect(self._narrow)
        self._beside.layout().addWidget(card)  # type: ignore[union-attr]  # it has one since it was laid out
        return card

    # What the window asks

    @property
    def wanted(self) -> CustomerFilter:
        """The filter of the list."""
        return self.bar.wanted()

    @override
    def acts(self) -> list[Act]:
        return [
            Act("customers.log", N_("Log what happened"), self._log, "Ctrl+L", "phone"),
            Act("customers.new_deal", N_("New deal with this customer"), lambda: self.card.add("deal"), "Ctrl+D",
                "deals"),
            Act("customers.new_task", N_("New task for this customer"), lambda: self.card.new_task(), "Ctrl+T",
                "tasks"),
            Act("customers.rename", N_("Edit the name"), self._rename, "F2", "edit"),
            Act("customers.sheet", N_("Edit in the list, like a sheet"), lambda: self.sheet.toggle(), "Shift+F2",
                "sheet"),
            Act("customers.details", N_("Edit all details"), lambda: self.card.edit_details(), "Ctrl+E", "edit"),
            Act("customers.about", N_("All that is known"), lambda: self.card.tell_about(), "Ctrl+B", "info"),
            Act("customers.convert", N_("Convert the lead…"), lambda: self.card.leads.convert(), "Ctrl+G",
                "arrow-right"),
            Act("customers.rescore", N_("Bring the scores up to date"), self.list_acts.rescore, "", "refresh"),
            Act("customers.add_contact", N_("Add a contact person"), lambda: self.card.add("contact"), "", "person"),
            Act("customers.add_payment", N_("Add a payment"), lambda: self.card.add("payment"), "", "money"),
            Act("customers.attach", N_("Attach files to this customer"), lambda: self.card.add("document"), "", "file"),
            Act("customers.next", N_("Next customer in the list"), lambda: self.table.step(1), "Ctrl+PgDown",
                "chevron-down"),
            Act("customers.previous", N_("Previous customer in the list"), lambda: self.table.step(-1), "Ctrl+PgUp",
                "chevron-up"),
            Act("customers.filter", N_("Filter the list"), self._focus_filter, "Ctrl+F", "filter"),
            Act("customers.conditions", N_("Filter by more conditions"), self._ask_conditions, "Ctrl+Shift+K",
                "filter"),
            Act("customers.clear", N_("Clear the filter"), self.bar.clear, "", "close"),
            Act("customers.save_segment", N_("Save the filter as a segment"), self._ask_segment, "", "filter"),
            Act("customers.receive", N_("Receive money"), lambda: self.card.receive(), "Ctrl+R", "money"),
            Act("customers.star", _STAR, self.list_acts.star, "Ctrl+Shift+S", "star"),
            Act("customers.export", N_("Export the list, or what is selected…"),
                lambda: self.exporting.of_list(), "Ctrl+Shift+E", "upload"),
            Act("customers.hand_over", N_("Hand the selected customers over…"),
                lambda: self.acts_on_many.hand_over_wanted.emit(), "", "arrow-right"),
            Act("customers.held", N_("Everything held about this person…"), lambda: self.card.wish("held"), "",
                "download"),
            Act("customers.notice", N_("Privacy notice for this person…"), lambda: self.card.wish("notice"), "", "eye"),
            Act("customers.erase", N_("Erase this person…"), lambda: self.card.wish("erase"), "", "trash"),
            Act("customers.delete", N_("Delete the selected customers"),
                lambda: self.list_acts.delete(self.table.selected_ids()), "", "trash"),
        ]

    @override
    def start(self) -> None:
        self._started = True
        self.table.setFocus()
        # The counts at the left come after the list: together they would make it wait.
        self.listed.connect(self._load_facets, Qt.ConnectionType.SingleShotConnection)
        self._list(most=_FIRST)

    @override
    def start_like(self, twin: Page) -> None:
        if isinstance(twin, CustomersPage):
            self.bar.show_filter(twin.wanted, "")
            chosen = twin.card.customer
            if chosen is not None and customers.count(self.book, replace(twin.wanted, ids=(chosen,))):
                self._wanted = chosen
        super().start_like(twin)

    @override
    def reload(self, changes: Changes) -> None:
        self.list_acts.newest = changes.work_id
        self._ranks.follow(changes)
        if not self._started:
            return
        if self._sheet_on and changes.touches(*_ROW_TABLES):
            self.sheet.follow(changes)
        elif self._order_touched(changes):
            self._list()
        elif changes.touches(*_ROW_TABLES):
            self.model.refresh()
        if changes.touches("settings", "custom_fields"):
            self.table.set_columns(columns(self.book, self._ranks))
        if changes.touches(*_CARD_TABLES):
            self.card.reload()
        if changes.touches(*facets.TABLES):
            self._load_facets()

    @override
    def new(self) -> None:
        self.card.new_customer()

    @override
    def open(self, record: int) -> None:
        self._wanted, self._reveal = record, True
        if self._started and self.table.select(record):
            self._wanted = None
            self.card.show_customer(record)
        else:
            self._started = True
            self._list()

    @override
    def show_rows(self, wanted: object, title: str) -> None:
        if isinstance(wanted, CustomerFilter):
            self._started = True
            self._narrow(wanted, title)

    @override
    def save_state(self) -> dict[str, Any]:
        return {"table": self.arranging.own(), "sizes": self._splitter.sizes(),
                "owes_shown": self._owes_shown}

    @override
    def restore_state(self, state: dict[str, Any]) -> None:
        table, sizes = state.get("table"), state.get("sizes")
        self._owes_shown = bool(state.get("owes_shown"))
        if isinstance(table, dict):
            self.table.restore_state(table)
        if isinstance(sizes, list) and len(sizes) == 3 and all(isinstance(size, int) and size > 0 for size in sizes):
            self._splitter.setSizes(sizes)
            self._sized = True

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._sized:  # on a narrow screen the list gets what the sides can spare
            self._sized = True
            if self.width() < theme.px(_NARROW):
                self._splitter.setSizes([theme.px(160), self.width() - theme.px(520), theme.px(360)])

    # The list

    def _rows(self, ids: Sequence[int]) -> list[CustomerRow | None]:
        found = {row.id: row for row in customers.rows(self.book, ids)}
        return [found.get(record) for record in ids]

    def _narrow(self, wanted: CustomerFilter, title: str = "") -> None:
        self.bar.show_filter(wanted, title)
        self._list(most=_FIRST)

    def _list(self, wanted: CustomerFilter | None = None, most: int | None = None) -> None:
        """Ask for the ids of the list anew; the newest request wins. If given, at most `most` and then all."""
        shown = wanted or self.wanted
        chosen = facets.key_of(shown, self.facets)
        self.sidebar.show_key(chosen)
        self.arranging.follow(chosen)
        key, descending = self.model.sort_state()

        def work(_: Progress) -> list[int]:
            return self._order.ids(shown, key or "name", descending, most)

        def done(ids: list[int]) -> None:
            if most is None or len(ids) != most:  # more than that: they had to be sorted all together
                self._show_list(ids)
            else:
                self._show_first(ids)

        self._lists.run(work, done, self._failed, label=tr(N_("List customers")))

    def _show_first(self, ids: list[int]) -> None:
        """Paint the first rows of a long list, then ask for all of it."""
        self.model.set_ids(ids)
        self.table.show_now()
        self._list()

    def _show_list(self, ids: list[int]) -> None:
        self.bar.show_count(len(ids))
        self._show_empty(bool(ids))
        first = self.model.rowCount() == 0
        self.model.set_ids(ids)
        if first and "card" not in vars(self):
            self.table.show_now()  # before the card is made, which takes longer
        self._choose(ids)
        if not self._warm:  # what the first change will need is loaded while the user looks
            self._warm = True
            self.jobs.run(lambda _: warm_up(), lambda _: None, self._failed, label="")
        self.listed.emit()

    def _choose(self, ids: list[int]) -> None:
        """Select what was asked for, else what was selected, else the first row."""
        wanted, reveal = self._wanted, self._reveal
        self._wanted, self._reveal = None, False
        if wanted is not None and not self.table.select(wanted):
            self._hidden(wanted, reveal)
        elif wanted is not None:
            self.card.show_customer(wanted)
        elif not self.table.selected_ids() and self.card.pane is None and ids:
            self.table.select(ids[0])
        elif not ids and self.card.pane is None:
            self.card.show_customer(None)

    def choose_next(self, customer: int | None) -> None:
        """Select this customer when the list has come anew."""
        self._wanted = customer

    def _hidden(self, customer: int, reveal: bool) -> None:
        """Show a customer that the filter keeps out of the list: without the filter, or with a note."""
        if reveal and self.wanted != CustomerFilter():
            self._wanted = customer
            self.bar.clear()
            return
        self.card.show_customer(customer)
        name = next((row.name for row in customers.rows(self.book, [customer])), "")
        if name:
            self.messages.offer(tr(N_("“{name}” is saved; the filter keeps it out of the list."), name=name),
                                tr(N_("Clear the filter")), lambda: self.open(customer))

    def _show_empty(self, some: bool) -> None:
        if some:
            return
        if self.wanted == CustomerFilter():
            self.empty.show_state("customers", tr(N_("No customers yet")),
                                  tr(N_("Write down the first one (Ctrl+N), or import a file (Ctrl+I).")),
                                  "" if self.book.reading else tr(N_("New customer")))
        else:
            typed = self.wanted.search.strip()
            sentence = tr(N_("Nothing matches “{text}”"), text=typed) if typed else tr(N_("Nothing matches the filter"))
            self.empty.show_state("search", sentence, "", tr(N_("Clear the filter")), "close")
        self.table.set_empty(self.empty)

    def _empty_acted(self) -> None:
        if self.wanted == CustomerFilter():
            self.new()
        else:
            self.bar.clear()

    def _order_touched(self, changes: Changes) -> bool:
        """Whether the changes may bring other customers into the list, or another order."""
        key, _ = self.model.sort_state()
        watched = {"customers", _SORT_TABLES.get(key, "customers")}
        watched |= {"deals", "payments"} if self.wanted.owes or key == "owes" else set()
        watched |= {"tasks"} if self.wanted.no_next_step else set()
        watched |= {"activities"} if self.wanted.untouched_days else set()
        watched |= {"customer_tags", "tags"} if self.wanted.tags else set()
        watched |= {"channels"} if self.wanted.search else set()
        if self.wanted.conditions is not None:
            from desktop_crm.services import conditions

            watched |= conditions.tables(self.wanted.conditions)
        return changes.touches(*watched)

    def _load_facets(self) -> None:
        self._facet_jobs.run(lambda progress: facets.load(self.book, progress), self._show_facets, self._failed,
                             label=tr(N_("Count customers")))

    def _show_facets(self, found: facets.Facets) -> None:
        self.facets = found
        if "acts_on_many" in vars(self):
            self.acts_on_many.facets = found
        self.sidebar.show_facets(found)
        chosen = facets.key_of(self.wanted, found)
        self.sidebar.show_key(chosen)
        self.bar.show_facets(found)
        if self.arranging.follow(chosen):
            self._list()
        if found.counts.get("owes") and not self._owes_shown:  # once; who hides the column again has his will
            self._owes_shown = True
            self.table.show_column("owes")

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Cancelled):
            self.messages.tell(error)

    # Selection

    def _selected(self, ids: list[int]) -> None:
        if self._sheet_on and (len(ids) != 1 or ids[0] == self.card.customer):
            return
        many = len(ids) > 1 and not self.book.reading
        if many:
            self.bulk.show_count(len(ids))
        self.top.turn(self.sheet.bar if self._sheet_on else self.bulk if many else self.bar)
        if len(ids) == 1:
            self.card.show_customer(ids[0])
        elif not ids and self.card.pane is None:
            self.card.show_customer(None)

    def _select_one(self) -> None:
        current = self.table.current_id()
        if current is not None:
            self.table.select(current)
        self.table.setFocus()

    def _context_menu(self, ids: list[int], at: QPoint) -> None:
        menu = self.acts_on_many.context_menu(self.table, self.book.reading)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(at)

    # Acts

    def _log(self) -> None:
        if self.card.customer is not None:
            self.card.log.setFocus()

    def _rename(self) -> None:
        """F2 belongs to where the keyboard is: a saved segment in the sidebar, else the customer's name."""
        if self.sidebar.hasFocus() and self.sidebar.rename() is not None:
            return
        if self.card.customer is not None and self.card.pane is None and not self.book.reading:
            self.card.head.name.edit()

    def _focus_filter(self) -> None:
        self.top.turn(self.bar)
        self.bar.field.setFocus()
        self.bar.field.selectAll()

    def _ask_conditions(self) -> None:
        self.top.turn(self.bar)
        self.bar.open_conditions()

    def _ask_segment(self) -> None:
        if self.wanted == CustomerFilter():
            self.messages.note(tr(N_("Narrow the list first, then save the filter as a segment.")))
        else:
            self.bar.ask_name()

    def _added(self, customer: int) -> None:
        self._wanted = customer
        self._list()
        self.card.show_customer(customer)
        self.table.setFocus()
