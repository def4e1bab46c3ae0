"""The lead pool: what nobody has, to be taken or given by the rules; below it what lies idle and may come back."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_crm.domain.assignment import Proposal
from desktop_crm.domain.changes import Changes
from desktop_crm.services import assignment, pool
from desktop_crm.ui.jobs import Latest
from desktop_crm.ui.leads.lead_table import ProposalTable, leads
from desktop_crm.ui.leads.section import Desk, LeadsSection
from desktop_crm.ui.widgets.buttons import Button, PrimaryButton
from desktop_crm.ui.widgets.labels import Dim, Hairline, Heading
from desktop_crm.ui.widgets.layout import FlowLayout, column, row
from desktop_crm.ui.widgets.states import EmptyState
from desktop_crm.ui.words import N_, N_count, current, tr, tr_count

_TOUCHES = ("customers", "activities", "deals", "stage_moves", "payments", "sellers", "choices", "settings",
            "assignment_rules")
_TAKEN = N_count("{n} lead is yours now.", "{n} leads are yours now.")
_BACK = N_count("{n} lead is back in the pool.", "{n} leads are back in the pool.")
_GIVEN = N_count("{n} lead assigned.", "{n} leads assigned.")
_IDLE = N_count("{n} lead that nobody has touched for {days} days", "{n} leads that nobody has touched for {days} days")
_ASSIGN = N_count("Assign {n} lead", "Assign {n} leads")
_STAY = N_count("{n} stays in the pool.", "{n} stay in the pool.")
_TAKE, _RULES, _BACK_KEY = Qt.Key.Key_T, Qt.Key.Key_A, Qt.Key.Key_R


@dataclass(frozen=True, slots=True)
class _Found:
    waiting: list[int]
    idle: list[int]
    days: int
    rules: bool


class PoolSection(LeadsSection):
    """T takes the chosen leads, A assigns them by the rules after a look, R gives idle ones back, Enter opens."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, tr(N_("Lead pool")), parent)
        self._latest, self._looking = Latest(desk.jobs), Latest(desk.jobs)
        self._found = _Found([], [], 0, False)
        self._proposed: list[Proposal] = []
        self.count, self.hint = Dim(""), Dim("", 12, wrap=True)
        self.take = PrimaryButton(tr(N_("Take")), "person")
        self.assign = Button(tr(N_("Assign by the rules…")), "check")
        self.back, self.back_some = Button(""), Button(tr(N_("Only the selected")))
        self.idle_title, self.idle_hint = Heading("", 13), Dim("", 12, wrap=True)
        self.settings = Button(tr(N_("Open the settings")), "settings")
        self.table = leads(desk.book, tr(N_("Lead pool")), {_TAKE: "take", _RULES: "assign"}, idle=False)
        self.idle = leads(desk.book, tr(N_("Idle leads")), {_BACK_KEY: "back"}, idle=True)
        self.empty = EmptyState("customers", tr(N_("Looking for leads…")))
        self.preview = ProposalTable()
        self.preview_title, self.do = Heading("", 14), PrimaryButton("", "check")
        self.leave_preview = Button(tr(N_("Back")), "chevron-left")
        self.stack = QStackedWidget()
        self._lay_out()
        self._wire()
        self.setFocusProxy(self.table)

    # --- parts ----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self.table.set_empty(self.empty)
        ways = FlowLayout()
        for button in (self.take, self.assign):
            ways.addWidget(button)
        self._lower = QWidget()
        below = FlowLayout()
        for button in (self.back, self.back_some, self.settings):
            below.addWidget(button)
        self._lower.setLayout(column(Hairline(), column(
            self.idle_title, self.idle_hint, below, gap=8, margins=(16, 12, 16, 12)), self.idle, gap=0))
        lists = QWidget()
        both = column(column(self.hint, ways, gap=8, margins=(16, 12, 16, 12)), Hairline(), self.table, self._lower,
                      gap=0)
        both.setStretch(2, 3)
        self._both = both
        lists.setLayout(both)
        looked = QWidget()
        looked.setLayout(column(column(self.preview_title, row(self.do, self.leave_preview, None), gap=8,
                                       margins=(16, 12, 16, 12)), Hairline(), self.preview, gap=0))
        for page in (lists, looked):
            self.stack.addWidget(page)
        self.setLayout(column(self.head(self.count, None), Hairline(), self.stack, gap=0))

    def _wire(self) -> None:
        self.take.clicked.connect(lambda: self._wish("take"))
        self.assign.clicked.connect(lambda: self._wish("assign"))
        self.back.clicked.connect(lambda: self._release(self._found.idle))
        self.back_some.clicked.connect(lambda: self._wish("back"))
        self.settings.clicked.connect(lambda: self.act_wanted.emit("settings"))
        self.do.clicked.connect(self._assign)
        self.leave_preview.clicked.connect(self._show_lists)
        for table in (self.table, self.idle):
            table.wished.connect(self._wish)
            table.selected.connect(lambda _: self._enable())
        for shown in (self.table, self.idle, self.preview):
            shown.opened.connect(lambda lead: self.record_wanted.emit("customers", lead))

    # --- what the panel asks --------------------------------------------------------------------------------------

    def start(self) -> None:
        """Load both lists."""
        self._latest.run(lambda _: self._load(), self._show, self._failed, label="")

    def reload(self, changes: Changes) -> None:
        """Load them again after a change that they may show."""
        if changes.touches(*_TOUCHES):
            self.start()

    def focus(self) -> None:
        """Put the keyboard into the list in sight."""
        (self.table if self.stack.currentIndex() == 0 else self.preview).setFocus()

    def stop(self) -> None:
        """Forget what is still being loaded."""
        self._latest.drop()
        self._looking.drop()

    def leave(self) -> bool:
        """Escape leads from the preview to the lists first."""
        if self.stack.currentIndex():
            self._show_lists()
            return False
        return True

    def takes_key(self, event: QKeyEvent) -> bool:
        """Enter in the preview assigns."""
        if self.stack.currentIndex() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._assign()
            return True
        return False

    # --- the lists ------------------------------------------------------------------------------------------------

    def _load(self) -> _Found:
        book = self.desk.book
        return _Found(pool.waiting(book), pool.idle(book), book.business.idle_days, bool(assignment.rules(book)))

    def _show(self, found: _Found) -> None:
        self._found = found
        self.empty.show_state("check", tr(N_("The pool is empty")), tr(N_(
            "A lead without a seller waits here until somebody takes it.")))
        self.table.show_ids(found.waiting)
        self.idle.show_ids(found.idle)
        self.count.setText(current().number(len(found.waiting)) if found.waiting else "")
        self.counted.emit(len(found.waiting))
        self.hint.setText(tr(N_("T takes the chosen leads, A assigns them by the rules, Enter opens the card."))
                          if found.rules else tr(N_("T takes the chosen leads, Enter opens the card. Rules that assign "
                                                    "them by region, source or load are written in the settings.")))
        self._say_idle(found)
        if self.stack.currentIndex():
            self._look()
        self._enable()

    def _say_idle(self, found: _Found) -> None:
        self.idle_title.setText(tr(N_("Idle leads")) if not found.idle else tr_count(
            *_IDLE, len(found.idle), days=current().number(found.days)))
        self.idle_hint.setText(
            tr(N_("In the settings of the business you can say after how many days a lead that nobody touches may go "
                  "back to the pool.")) if not found.days else
            tr(N_("A call, a visit, a move of a deal or a new state is a touch. R gives the chosen ones back."))
            if found.idle else tr(N_("Every lead with a seller was touched within that time.")))
        self.idle.setVisible(bool(found.idle))
        self._both.setStretch(3, 2 if found.idle else 0)  # a sentence alone takes no room from the pool
        self.back.setVisible(bool(found.idle))
        self.back_some.setVisible(bool(found.idle))
        self.settings.setVisible(not found.days)
        self.back.set_text(tr(N_("Back to the pool ({count})"), count=current().number(len(found.idle))))

    def _enable(self) -> None:
        writing = not self.desk.book.reading
        for button, on in ((self.take, self.table.selected_ids()), (self.assign, self._found.waiting),
                           (self.back, self._found.idle), (self.back_some, self.idle.selected_ids())):
            button.setEnabled(writing and bool(on))
        self.assign.setVisible(self._found.rules)

    def _failed(self, error: Exception) -> None:
        self.empty.show_state("warning", tr(N_("The leads could not be read.")))
        self.desk.messages.tell(error)

    # --- acts -----------------------------------------------------------------------------------------------------

    def _wish(self, what: str) -> None:
        if self.desk.book.reading:
            return
        ids = self.table.selected_ids()
        if what == "take" and ids:
            self.carry_out(ids, lambda: pool.take(self.desk.book, ids), tr_count(*_TAKEN, len(ids)))
        elif what == "assign" and self._found.rules:
            self._look()
        elif what == "back":
            self._release(self.idle.selected_ids())

    def _release(self, ids: list[int]) -> None:
        if ids:
            self.carry_out(ids, lambda: pool.release(self.desk.book, ids), tr_count(*_BACK, len(ids)))

    def _look(self) -> None:
        """Show who would get the chosen leads, of one alone all, before anything is done."""
        book, chosen = self.desk.book, self.table.selected_ids()
        ids = chosen if len(chosen) > 1 else self._found.waiting
        if not self.stack.currentIndex():
            self._propose([])
            self.stack.setCurrentIndex(1)
            self.preview.setFocus()
        self.preview_title.setText(tr(N_("Looking who gets whom…")))
        self.do.setEnabled(False)
        self._looking.run(lambda _: assignment.preview(book, ids), self._propose, self._look_failed, label="")

    def _look_failed(self, error: Exception) -> None:
        self._show_lists()
        self.desk.messages.tell(error)

    def _propose(self, found: list[Proposal]) -> None:
        """Show who would get whom."""
        self._proposed = found
        given = sum(one.seller_id is not None for one in found)
        stay = len(found) - given
        self.preview_title.setText(tr(N_("Who gets whom")) + (f" · {tr_count(*_STAY, stay)}" if stay else ""))
        self.do.set_text(tr_count(*_ASSIGN, given))
        self.do.setEnabled(bool(given) and not self.desk.book.reading)
        self.preview.show_proposals(found)

    def _show_lists(self) -> None:
        self._looking.drop()
        self.stack.setCurrentIndex(0)
        self.table.setFocus()

    def _assign(self) -> None:
        ids = [one.id for one in self._proposed if one.seller_id is not None]
        if ids and self.do.isEnabled():
            self._show_lists()
            self.carry_out(ids, lambda: assignment.assign(self.desk.book, ids), tr_count(*_GIVEN, len(ids)))
