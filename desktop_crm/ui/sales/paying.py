"""How a sale is paid: all of it, a part, or on credit; by which method; and when the rest is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_crm.domain.accounts import METHODS, first_state, methods
from desktop_crm.domain.errors import InvalidInput
from desktop_crm.domain.sales import Sale, instalments, months_on
from desktop_crm.services.book import Book
from desktop_crm.ui import theme
from desktop_crm.ui.sales.fields import ChoiceChips, Labelled, day_field, money_field, read_at, typed_amount
from desktop_crm.ui.widgets.labels import Dim, Label
from desktop_crm.ui.widgets.layout import column
from desktop_crm.ui.widgets.pickers import Choice
from desktop_crm.ui.words import N_, amount, tr

_MODES = (("all", N_("All of it")), ("part", N_("A part")), ("credit", N_("On credit")))
_COUNTS = (1, 2, 3, 4, 6, 12)
_SHORT = 180


class PaymentBox(QWidget):
    """Fills the payment of a Sale in; `changed()` when what is left to pay may be another."""

    changed = Signal()

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._total: int | None = None
        self.mode = ChoiceChips([(key, tr(title)) for key, title in _MODES], tr(N_("Paid")))
        self.method = ChoiceChips([(key, tr(METHODS[key])) for key in methods(book.business.country)],
                                  tr(N_("Method")))
        self.received = money_field(book, tr(N_("Cash received")))
        self.paid = money_field(book, tr(N_("Paid now")))
        self.due = day_field(book, tr(N_("Due on")))
        self.count = Choice(tuple((count, _times(count)) for count in _COUNTS))
        self.count.setAccessibleName(tr(N_("Instalments")))
        self.change, self.left = Label("", 20, strong=True), Dim()
        self._lay_out()
        self.mode.picked.connect(self._arrange)
        self.method.picked.connect(self._arrange)
        for field in (self.received, self.paid):
            field.textChanged.connect(lambda _: self._tell())
        self.reset()

    def _lay_out(self) -> None:
        for field in (self.received, self.paid):
            field.setFixedWidth(theme.px(_SHORT))
        self.rows = {
            "paid": Labelled(tr(N_("Paid")), self.mode), "method": Labelled(tr(N_("Method")), self.method),
            "received": Labelled(tr(N_("Cash received")), self.received, self.change, None),
            "part": Labelled(tr(N_("Paid now")), self.paid, self.left, None),
            "due_on": Labelled(tr(N_("Due on")), self.due, self.count),
        }
        self.setLayout(column(*self.rows.values(), gap=8))

    def reset(self) -> None:
        """Begin anew: all of it, in cash, nothing typed."""
        self.mode.set_value("all")
        self.method.set_value("cash")
        self.count.set_value(1)
        for field in (self.received, self.paid):
            field.set_value(None)
        self.due.set_value(None)
        self.show_total(None)
        self._arrange()

    def show_total(self, total: int | None) -> None:
        """Tell what the sale comes to, minor units; None while that is unknown."""
        self._total = total
        self._show_sums()

    def owed(self) -> int:
        """What stays on account as things stand, minor units."""
        mode, total = self.mode.value(), self._total or 0
        if mode == "all":
            return 0
        return total if mode == "credit" else max(0, total - (typed_amount(self.paid) or 0))

    def fill(self, sale: Sale, total: int | None) -> Sale:
        """The sale with what is paid, how, and when the rest is due; InvalidInput, with the row's key, if unclear."""
        mode, method = self.mode.value(), self.method.value()
        paid = 0 if mode == "credit" else self._handed(total) if mode == "all" else read_at("part", self.paid.value)
        if mode == "part" and paid is None:
            raise InvalidInput(N_("Write how much is paid now. Nothing was saved."), "part")
        made = replace(sale, method="cash" if mode == "credit" else method, paid=paid, due_on=self._due())
        left = (total or 0) - (paid or 0)
        count = self.count.value()
        if mode == "all" or left <= 0 or not isinstance(count, int) or count == 1:
            return made
        first = made.due_on or months_on(self._book.today(), 1)
        return replace(made, instalments=instalments(left, first, count))

    def refuse(self, key: str, sentence: str) -> bool:
        """Say what was refused at its row; whether there is one for this key."""
        place = {"paid": "part" if self.mode.value() == "part" else "received", "instalments": "due_on"}.get(key, key)
        if place not in self.rows:
            return False
        self.rows[place].refuse(sentence)
        {"received": self.received, "part": self.paid, "due_on": self.due}.get(place, self.mode).setFocus()
        return True

    def clear_refusals(self) -> None:
        """Take all sentences of refusal away."""
        for part in self.rows.values():
            part.refuse("")

    def _handed(self, total: int | None) -> int | None:
        """The cash that was handed over, if it was typed; None for exactly the total."""
        received = read_at("received", self.received.value) if self.method.value() == "cash" else None
        if received is not None and total is not None and received < total:
            raise InvalidInput(N_("{money} is missing. If that stays open, choose “A part”. Nothing was saved."),
                               "received", money=amount(total - received, self._book.currency))
        return received

    def _due(self) -> date | None:
        return read_at("due_on", self.due.value) if not self.rows["due_on"].isHidden() else None

    def _arrange(self, _: str = "") -> None:
        """Show the rows that this way to pay asks for."""
        mode, method = self.mode.value(), self.method.value()
        cheque = mode != "credit" and first_state(method) is not None
        shown = {"method": mode != "credit", "received": mode == "all" and method == "cash", "part": mode == "part",
                 "due_on": mode != "all" or cheque}
        for key, on in shown.items():
            self.rows[key].setVisible(on)
        self.rows["due_on"].label.setText(tr(
            N_("Cheque's day") if method == "cheque" and cheque else N_("Collected on") if cheque else N_("Due on")))
        self.count.setVisible(mode != "all" and not cheque)
        self.clear_refusals()
        self._tell()

    def _tell(self) -> None:
        self._show_sums()
        self.changed.emit()

    def _show_sums(self) -> None:
        """Say the change that goes back, and what is left to pay."""
        total, currency = self._total, self._book.currency
        received = typed_amount(self.received)
        back = received - total if received is not None and total is not None else None
        if back is None:
            self.change.setText("")
        elif back >= 0:
            self.change.setText(tr(N_("Change {money}"), money=amount(back, currency)))
            self.change.set_tone("good")
        else:
            self.change.setText(tr(N_("{money} missing"), money=amount(-back, currency)))
            self.change.set_tone("warn")
        left = self.owed()
        self.left.setText(tr(N_("{money} on account"), money=amount(left, currency)) if left else "")


def _times(count: int) -> str:
    return tr(N_("in one payment")) if count == 1 else tr(N_("in {n} monthly parts"), n=count)
