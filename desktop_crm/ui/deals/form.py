"""A new deal, in the panel beside the board: only its name is needed, and even that is proposed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_crm.domain.deals import DealLine
from desktop_crm.domain.errors import CrmError
from desktop_crm.services import deals, quick_add
from desktop_crm.services.book import Book
from desktop_crm.ui import forms, own_form
from desktop_crm.ui.deals import standing
from desktop_crm.ui.deals.loading import Lists
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.lines_editor import LinesEditor
from desktop_crm.ui.lookup import LookupField, Offer, customers
from desktop_crm.ui.widgets.buttons import IconButton
from desktop_crm.ui.widgets.labels import Heading
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.words import N_, current, tr


@dataclass(frozen=True, slots=True)
class Start:
    """What a new deal starts with."""

    pipeline: int | None = None
    stage: int | None = None
    customer: Offer | None = None
    seller: int | None = None


class NewDeal(QWidget):
    """The form of a new deal; `added(id)` once it is saved, `closed` when it is left."""

    added = Signal(int)
    closed = Signal()

    def __init__(self, book: Book, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book, self._jobs = book, jobs
        self._form: forms.FormPanel | None = None
        self._proposed = ""
        self._own = own_form.OwnForm(book, (), {})
        close = IconButton("close", tr(N_("Close (Esc)")), small=True, token="dim")
        close.clicked.connect(self.closed)
        self._box = column(row(Heading(tr(N_("New deal"))), None, close), gap=14, margins=(16, 14, 16, 16))
        self.setLayout(self._box)

    def begin(self, lists: Lists, start: Start) -> None:
        """Show an empty form."""
        if self._form is not None:
            self._box.removeWidget(self._form)
            self._form.hide()
            self._form.deleteLater()
        self._proposed, self._own = "", own_form.form(self._book, "deals")
        self._form = form = forms.FormPanel(self._fields(lists, start), save=tr(N_("Add deal")))
        form.set_values({"customer": start.customer, "seller_id": start.seller,
                         "stage_id": start.stage or self._first_stage(lists, start.pipeline)})
        form.saved.connect(self._save)
        form.cancelled.connect(self.closed)
        form.editor("customer").picked.connect(lambda _: self._propose())
        form.editor("lines").changed.connect(self._lines_changed)
        self._box.addWidget(form)
        form.show()
        self._propose()
        form.focus_first()

    def form(self) -> forms.FormPanel:
        """The form that is shown."""
        if self._form is None:
            raise RuntimeError("no form was begun")
        return self._form

    def _fields(self, lists: Lists, start: Start) -> list[forms.FieldSpec]:
        say, book = current(), self._book
        stages = [(stage.id, standing.stage_words(stage)) for stage in lists.pipeline(start.pipeline).open_stages]
        nobody: list[tuple[object, str]] = [(None, "—")]
        return [
            forms.text("name", tr(N_("Name")), required=True, placeholder=tr(N_("What is to be sold"))),
            forms.FieldSpec("customer", tr(N_("Customer")), lambda: LookupField(
                customers(book), self._jobs, tr(N_("Type a name or a phone number")),
                create=N_("Create customer “{name}”"))),
            forms.FieldSpec("lines", tr(N_("Products")), lambda: LinesEditor(book, self._jobs)),
            forms.money("amount", tr(N_("Amount ({symbol})"), symbol=say.symbol(book.currency)),
                        lambda typed: say.read_money(typed, book.currency),
                        lambda minor: say.money(minor, book.currency, symbol=False),
                        placeholder=tr(N_("unknown, or the sum of the products"))),
            forms.choice("stage_id", tr(N_("Stage")), stages),
            forms.day("expected_on", tr(N_("Expected to close on")),
                      lambda typed: quick_add.read_day(book, say, typed), lambda day: say.day(day, "short")),
            forms.choice("seller_id", tr(N_("Seller")), nobody + [(item.id, item.name) for item in lists.sellers]),
            forms.choice("source_id", tr(N_("Source")), nobody + [(item.id, item.name) for item in lists.sources]),
            *self._own.specs(),
        ]

    def _first_stage(self, lists: Lists, pipeline: int | None) -> int | None:
        stage = lists.pipeline(pipeline).first("open")
        return stage.id if stage else None

    def _propose(self) -> None:
        """While no name was typed: the first product and the customer make one."""
        form = self.form()
        name: forms.TextField = form.editor("name")
        if name.value() not in ("", self._proposed):
            return
        customer: LookupField = form.editor("customer")
        product = _first_product(form.editor("lines"))
        buyer = customer.text().strip()
        if product and buyer:
            self._proposed = tr(N_("{product} for {customer}"), product=product, customer=buyer)
        else:
            self._proposed = product or (tr(N_("Deal with {customer}"), customer=buyer) if buyer else "")
        name.set_value(self._proposed)
        if name.hasFocus():
            name.selectAll()

    def _lines_changed(self, lines: tuple[DealLine, ...]) -> None:
        amount = self.form().editor("amount")
        if not amount.text().strip():
            total = deals.total(lines)
            amount.setPlaceholderText(standing.amount(total, self._book.currency) if total is not None
                                      else tr(N_("unknown, or the sum of the products")))
        self._propose()

    def _save(self, values: dict[str, Any]) -> None:
        customer, lines, own = values.pop("customer"), values.pop("lines"), self._own.take(values)
        known = customer.id if customer is not None else None
        fresh = customer.name if customer is not None and customer.id is None else ""
        try:
            new = deals.add(self._book, {**values, "customer_id": known}, lines, new_customer=fresh, own=own)
        except CrmError as error:
            self.form().refuse(error)
            return
        self.added.emit(new)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Put the cursor into the first field."""
        self.form().focus_first()


def _first_product(editor: LinesEditor) -> str:
    try:
        lines = editor.value()
    except CrmError:
        return ""  # the field says itself what is wrong with it
    return lines[0].name if lines else ""
