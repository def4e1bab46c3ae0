"""The form of a hand-over: to whom, what goes along, a note; beside it whom it is about, and then its paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_crm.domain.customers import CustomerRow
from desktop_crm.domain.errors import CrmError
from desktop_crm.services import customers, handover, sellers
from desktop_crm.services.book import Book
from desktop_crm.services.handover import Given, Moves, Plan
from desktop_crm.ui import forms, theme
from desktop_crm.ui.forms import FormPanel
from desktop_crm.ui.jobs import Jobs, Latest
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.models import ColumnSpec, PagedModel
from desktop_crm.ui.ordering import by_name
from desktop_crm.ui.over_panel import OverPanel
from desktop_crm.ui.qt import override
from desktop_crm.ui.sales.papers import Paper
from desktop_crm.ui.tables import RecordTable
from desktop_crm.ui.widgets.labels import Hairline, Heading, Label
from desktop_crm.ui.widgets.layout import Scroll, column, row
from desktop_crm.ui.words import N_, N_count, current, tr, tr_count

_SIDE = 400
_GOING = (N_count("{n} customer", "{n} customers"), N_count("{n} open deal", "{n} open deals"),
          N_count("{n} open task", "{n} open tasks"))
_GIVEN = N_count("{n} customer handed over to {seller}.", "{n} customers handed over to {seller}.")
_PARTS = {"customers": N_("The customers themselves"), "deals": N_("Their open deals"),
          "tasks": N_("Their open tasks")}


class PartsField(QWidget):
    """What of the customers goes along, as ticks; its value is the keys of those that are set."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ticks = {key: forms.TickField(tr(title)) for key, title in _PARTS.items()}
        for tick in self.ticks.values():
            tick.toggled.connect(lambda _: self.changed.emit())
        self.setLayout(column(*self.ticks.values(), gap=6))
        self.setFocusProxy(self.ticks["customers"])

    def value(self) -> tuple[str, ...]:
        """The keys of what goes along: customers, deals, tasks."""
        return tuple(key for key, tick in self.ticks.items() if tick.value())

    def set_value(self, value: Sequence[str] | None) -> None:
        """Set the ticks of these keys alone."""
        for key, tick in self.ticks.items():
            tick.set_value(key in (value or ()))

    def set_invalid(self, why: str) -> None:
        """Tell a screen reader why the value was refused."""
        for tick in self.ticks.values():
            tick.set_invalid(why)


class HandOverPanel(OverPanel):
    """Hands customers over. `closed()` to leave; `paper_made(paper)` when it is done, with what is to be printed."""

    paper_made = Signal(object)

    def __init__(self, book: Book, jobs: Jobs, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book, self._jobs, self._messages = book, jobs, messages
        self._counts = Latest(jobs)
        self._ids: tuple[int, ...] = ()
        self.going = Label("", strong=True, wrap=True)
        self.parts = PartsField()
        self.form = FormPanel(self._fields(), save=tr(N_("Hand over")))
        self.model: PagedModel[CustomerRow] = PagedModel(self._columns(), self._fetch, self)
        self.table = RecordTable(tr(N_("Customers")))
        self.table.set_paged(self.model)
        self._lay_out()
        self.form.saved.connect(self._give)
        self.form.cancelled.connect(self._close)
        self.form.editor("to").picked.connect(lambda _: self._say())
        self.parts.changed.connect(self._say)
        self.setFocusProxy(self.form.editor("to"))

    def begin(self, ids: Sequence[int], to: int = 0) -> None:
        """Ask about these customers; `to` is the seller who is proposed, 0 for none."""
        self._ids = tuple(ids)
        known = [one.id for one in sellers.all_sellers(self._book) if one.active]
        self.form.set_values({"to": to if to in known else None, "parts": tuple(_PARTS), "note": ""})
        self.model.set_ids(ids)
        self._say()
        self.form.focus_first()

    def _lay_out(self) -> None:
        head = self.head(Heading(tr(N_("Hand over"))), None)
        inner = QWidget()
        inner.setLayout(column(self.going, self.form, None, gap=16, margins=(16, 16, 16, 16)))
        side = Scroll(inner)
        side.setFixedWidth(theme.px(_SIDE))
        body = row(side, Hairline(vertical=True), self.table, gap=0)
        body.setStretch(2, 1)
        whole = column(head, Hairline(), body, gap=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def _fields(self) -> list[forms.FieldSpec]:
        people = tuple((one.id, one.name) for one in by_name(sellers.all_sellers(self._book)) if one.active)
        return [
            forms.choice("to", tr(N_("To whom")), ((None, "—"), *people), required=True),
            forms.FieldSpec("parts", tr(N_("What goes along")), lambda: self.parts),
            forms.long_text("note", tr(N_("Note for the next seller"))),
        ]

    def _columns(self) -> list[ColumnSpec[CustomerRow]]:
        return [
            ColumnSpec("name", tr(N_("Name")), lambda one: one.name, bold=True, width=220, least=120, stretch=True,
                       sortable=False, tooltip=lambda one: one.name),
            ColumnSpec("seller", tr(N_("Seller")), lambda one: one.seller or "—", width=140, least=80, sortable=False),
            ColumnSpec("deals", tr(N_("Open deals")), lambda one: current().number(one.open_deals), align="end",
                       width=110, sortable=False),
            ColumnSpec("next", tr(N_("Next step")), lambda one: one.next_step or "—", kind="dim", width=220, least=100,
                       stretch=True, sortable=False, tooltip=lambda one: one.next_step or ""),
        ]

    def _fetch(self, ids: Sequence[int]) -> list[CustomerRow | None]:
        found = {one.id: one for one in customers.rows(self._book, ids)}
        return [found.get(key) for key in ids]

    def _plan(self, values: dict[str, Any]) -> Plan:
        along = values["parts"]
        return Plan(self._ids, int(values["to"] or 0), "customers" in along, "deals" in along, "tasks" in along,
                    values["note"])

    def _say(self) -> None:
        """Say what would go to the chosen seller, once it is counted beside the window."""
        plan = self._plan({key: self.form.editor(key).value() for key in ("to", "parts", "note")})
        self._counts.run(lambda _: handover.moves(self._book, plan), self._show_going, self._messages.tell, label="")

    def _show_going(self, found: Moves) -> None:
        parts = [tr_count(*words, len(ids)) for words, ids in zip(
            _GOING, (found.customers, found.deals, found.tasks), strict=True) if ids]
        self.going.setText(tr(N_("To be handed over: {what}"), what=current().listed(parts)) if parts
                           else tr(N_("Nothing would change.")))

    def _give(self, values: dict[str, Any]) -> None:
        """Hand over beside the window, as one act; what is refused stands at the form."""
        plan = self._plan(values)
        self.form.setEnabled(False)

        def refused(error: Exception) -> None:
            self.form.setEnabled(True)
            if isinstance(error, CrmError):
                self.form.refuse(error)
            else:
                self._messages.tell(error)

        self._jobs.run(lambda _: handover.hand_over(self._book, plan), self._given, refused,
                       label=tr(N_("Handing over…")))

    def _given(self, given: Given) -> None:
        book, name = self._book, str(given.changes.params["seller"])
        self.form.setEnabled(True)
        self._messages.undoable(tr_count(*_GIVEN, len(given.former), seller=name),
                                lambda: self._take_back(given.changes.work_id))
        title = tr(N_("Hand-over to {seller} {day}"), seller=name, day=book.today().isoformat())
        self.paper_made.emit(Paper(title, lambda: handover.paper(book, given), many=len(given.former)))

    def _take_back(self, work: int) -> None:
        try:
            self._book.undo_work(work)
        except CrmError as error:
            self._messages.tell(error)

    @override
    def _close(self) -> None:
        self._counts.drop()
        super()._close()
