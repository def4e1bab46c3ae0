"""The inbox of requests: the list at the left, the chosen one or the form of a new one at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import CrmError
from desktop_crm.services import inbox, intake, requests
from desktop_crm.ui import ordering, theme
from desktop_crm.ui.jobs import Latest
from desktop_crm.ui.leads.detail import RequestDetail
from desktop_crm.ui.leads.entry import RequestPane
from desktop_crm.ui.leads.section import Desk, LeadsSection
from desktop_crm.ui.leads.table import RequestTable
from desktop_crm.ui.widgets.buttons import Button, literal
from desktop_crm.ui.widgets.labels import Dim, Hairline
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.widgets.states import EmptyState
from desktop_crm.ui.words import N_, N_count, current, tr, tr_count

_SIDE = 360
_EVERY = 10_000
_TOUCHES = ("customers", "activities", "channels", "campaigns", "choices", "sellers", "settings")
_ASIDE = N_count("{n} request put aside.", "{n} requests put aside.")
_ANSWERED = N_count("The first call is logged.", "{n} first calls are logged.")


class InboxSection(LeadsSection):
    """Arrow keys choose, letters act, Enter opens the card, Ctrl+N writes a new request down."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, tr(N_("Inbox of requests")), parent)
        self._latest = Latest(desk.jobs)
        self.count = Dim("")
        self.add_button = Button(tr(N_("New request")), "plus")
        self.folder_button = Button(tr(N_("Watched folder…")), "folder", "quiet")
        self.pane: RequestPane | None = None
        self._wanted: int | None = None
        self.table = RequestTable(desk.book)
        self.empty = EmptyState("mail", tr(N_("Looking for requests…")))
        self.detail = RequestDetail()
        self.side = QStackedWidget()
        self._blank = QWidget()
        self._timer = QTimer(self, interval=_EVERY)
        self._lay_out()
        self._wire()
        self.setFocusProxy(self.table)

    def _lay_out(self) -> None:
        self.table.set_empty(self.empty)
        self.side.setFixedWidth(theme.px(_SIDE))
        for part in (self._blank, self.detail):
            self.side.addWidget(part)
        middle = row(self.table, Hairline(vertical=True), self.side, gap=0)
        middle.setStretch(0, 1)
        head = self.head(self.count, None, self.folder_button, self.add_button)
        self.setLayout(column(head, Hairline(), middle, gap=0))
        for button in (self.add_button, self.folder_button):
            button.setEnabled(not self.desk.book.reading)

    def _wire(self) -> None:
        self.add_button.clicked.connect(self.new)
        self.empty.acted.connect(self.new)
        self.folder_button.clicked.connect(lambda: self.act_wanted.emit("watched_folder"))
        self.table.selected.connect(lambda _: self._show_chosen())
        self.table.opened.connect(lambda record: self.record_wanted.emit("customers", record))
        self.table.delete_requested.connect(lambda _: self._wish("aside"))
        self.table.wished.connect(self._wish)
        self.detail.wished.connect(self._wish)
        self._timer.timeout.connect(self.tick)

    # --- what the panel asks --------------------------------------------------------------------------------------

    def start(self) -> None:
        """Load the list, and count on from then."""
        self._load()
        self._timer.start()

    def reload(self, changes: Changes) -> None:
        """Load the list again after a change that it may show."""
        if changes.touches(*_TOUCHES):
            self._load()

    def focus(self) -> None:
        """Put the keyboard into the list."""
        self.table.setFocus()

    def stop(self) -> None:
        """Forget what is still being loaded."""
        self._latest.drop()
        self._timer.stop()

    def leave(self) -> bool:
        """Escape leaves the form of a new request first."""
        if self.pane is not None:
            self._close_pane()
            return False
        return True

    def open(self, customer: int) -> None:
        """Choose a request, as soon as it is listed."""
        self._wanted = None if self.table.select(customer) else customer

    def tick(self) -> None:
        """Count on without reading anything."""
        self.table.viewport().update()
        self.detail.tick(self.desk.book.business.answer_within, self.desk.book.now())

    # --- the list -------------------------------------------------------------------------------------------------

    def _load(self) -> None:
        self._latest.run(lambda _: inbox.list_ids(self.desk.book), self._loaded, self._failed, label="")

    def _loaded(self, ids: list[int]) -> None:
        reading = self.desk.book.reading
        self.empty.show_state("check", tr(N_("Every request is answered")), tr(N_(
            "A new lead stands here until somebody calls or writes back. Write one down with Ctrl+N, or drop an e-mail "
            "or a contact card here.")), "" if reading else tr(N_("New request")))
        self.table.show_ids(ids)
        if self._wanted is not None:
            self.table.select(self._wanted)
            self._wanted = None
        self.count.setText(current().number(len(ids)) if ids else "")
        self.counted.emit(len(ids))
        self._show_chosen()

    def _failed(self, error: Exception) -> None:
        self.empty.show_state("warning", tr(N_("The requests could not be read.")))
        self.desk.messages.tell(error)

    def _show_chosen(self) -> None:
        """Show the chosen request beside the list, unless a new one is being written."""
        chosen, ids = self.table.chosen(), self.table.selected_ids()
        if chosen is not None and ids:
            book = self.desk.book
            self.detail.show_request(chosen, len(ids), book.business, book.now(), book.reading)
        if self.side.currentWidget() in (self._blank, self.detail):
            self.side.setCurrentWidget(self.detail if chosen is not None and ids else self._blank)

    # --- a new one --------------------------------------------------------------------------------------------------

    def new(self) -> None:
        """Show the form of a new request, or go back to it."""
        if self.desk.book.reading:
            return
        if self.pane is None:
            self.pane = pane = RequestPane(self.desk)
            pane.saved.connect(lambda _, customer: self._saved(customer))
            pane.left.connect(self._close_pane)
            pane.looks.opened.connect(lambda customer: self.record_wanted.emit("customers", customer))
            pane.looks.merge_wanted.connect(self._log_on_card)
            self.side.addWidget(pane)
            self.side.setCurrentWidget(pane)
        self.pane.focus()

    def _saved(self, customer: int) -> None:
        self._close_pane()
        self.open(customer)

    def _log_on_card(self, customer: int) -> None:
        """Log what was typed on the card of whom it looks like, instead of making them twice."""
        values = self.pane.form.values() if self.pane is not None else None
        if self.pane is None or values is None:
            return
        one = self.pane.incoming(values)
        self._do(lambda: intake.take(self.desk.book, [one], onto={0: customer}),
                 tr(N_("The request is on their card, with a task to answer.")))
        self._close_pane()

    def _close_pane(self) -> None:
        pane, self.pane = self.pane, None
        if pane is not None:
            self.side.setCurrentWidget(self._blank)
            self.side.removeWidget(pane)
            pane.deleteLater()
            self._show_chosen()
            self.table.setFocus()

    # --- acts -----------------------------------------------------------------------------------------------------

    def _wish(self, what: str) -> None:
        ids = self.table.selected_ids()
        if not ids or (self.desk.book.reading and what != "open"):
            return
        if what == "open":
            self.record_wanted.emit("customers", ids[0])
        elif what == "convert":
            self.act_wanted.emit(f"convert:{ids[0]}")
        elif what == "assign":
            self.sellers_menu(ids).popup(self._below(self.detail.assign))
        elif what == "aside":
            self.carry_out(ids, lambda: inbox.put_aside(self.desk.book, ids), tr_count(*_ASIDE, len(ids)))
        else:
            self.carry_out(ids, lambda: requests.log_first_calls(self.desk.book, ids),
                           tr_count(*_ANSWERED, len(ids)))

    def sellers_menu(self, ids: list[int]) -> QMenu:
        """The sellers to whom requests can be given."""
        menu = QMenu(self)
        chosen = self.table.chosen()
        group = QActionGroup(menu)
        sellers: list[tuple[int | None, str]] = [(one.id, one.name) for one in ordering.choices(self.desk.book,
                                                                                                 "sellers")]
        for seller, name in [*sellers, (None, tr(N_("Nobody")))]:
            action = QAction(literal(name), menu, checkable=True)
            action.setChecked(chosen is not None and (chosen.seller or "") == (name if seller else ""))
            action.triggered.connect(lambda _=False, seller=seller, name=name: self._assign(ids, seller, name))
            group.addAction(action)
            menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _assign(self, ids: list[int], seller: int | None, name: str) -> None:
        said = tr(N_("Given to {seller}."), seller=name) if seller else tr(N_("Given to nobody."))
        self.carry_out(ids, lambda: inbox.assign(self.desk.book, ids, seller), said)

    def _do(self, act: Callable[[], object], text: str) -> None:
        try:
            self.desk.acts.do(act, text)
        except CrmError as error:
            self.desk.acts.tell(error)

    def _below(self, button: QWidget) -> QPoint:
        return button.mapToGlobal(QPoint(0, button.height()))
