"""Money that a customer hands over, as a form: how much, how, and of which sales if the oldest are not meant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_crm.domain.accounts import METHODS, OpenItem, methods
from desktop_crm.services import accounts, quick_add
from desktop_crm.services.accounts import Taken
from desktop_crm.services.book import Book
from desktop_crm.ui import forms, ordering, theme
from desktop_crm.ui.customers.customer_specs import money
from desktop_crm.ui.customers.form_pane import Edit, Values
from desktop_crm.ui.forms import FieldSpec
from desktop_crm.ui.widgets.fields import MoneyField
from desktop_crm.ui.widgets.labels import ElidedLabel, Label
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.words import N_, current, tr

Part = tuple[int, int]


class PartsField(QWidget):
    """Open sales, each with a line for the part that is paid of it; all lines empty: the oldest first."""

    def __init__(self, book: Book, items: Sequence[OpenItem], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        say, currency = current(), book.currency
        self._fields: dict[int, MoneyField] = {}
        box = column(gap=6)
        for item in items:
            field = MoneyField(lambda typed: say.read_money(typed, currency),
                               lambda minor: say.money(minor, currency, symbol=False),
                               say.money(item.owed, currency, symbol=False))
            field.setAccessibleName(item.name)
            field.setFixedWidth(theme.px(112))
            self._fields[item.deal_id] = field
            line = row(ElidedLabel(item.name), field, gap=8)
            line.setStretch(0, 1)
            box.addLayout(line)
        self._why = Label("", 12, tone="bad", wrap=True)
        self._why.hide()
        self.setLayout(column(box, self._why, gap=4))

    def value(self) -> tuple[Part, ...]:
        """The parts as (deal, minor units), empty lines left out."""
        found = ((deal, field.value()) for deal, field in self._fields.items())
        return tuple((deal, part) for deal, part in found if part)

    def set_value(self, value: Sequence[Part] | None) -> None:
        """Show these parts."""
        wanted = dict(value or ())
        for deal, field in self._fields.items():
            field.set_value(wanted.get(deal))

    def set_invalid(self, why: str) -> None:
        """Mark the lines that say something as refused; "" takes the mark away."""
        for field in self._fields.values():
            field.set_invalid(why if why and field.text() else "")


def receive(book: Book, customer: int, done: Callable[[Taken], None]) -> Edit:
    """The form of money from a customer; the amount begins as what is owed, `done` is told what was taken."""
    balance = accounts.balance(book, customer)

    def save(values: Values) -> int:
        taken = accounts.receive(book, customer, values["amount"], values["method"], on=values["on"],
                                 seller_id=values["seller_id"], parts=values.get("parts", ()),
                                 due_on=values["due_on"], receipt=values["receipt"])
        done(taken)
        return accounts.payments_of(book, taken.taking)[0]

    first = {"amount": balance.owed if balance.owed > 0 else None, "method": "cash", "on": book.today(),
             "seller_id": book.seller}
    return Edit("taking", tr(N_("Receive money")), _specs(book, balance.items), first, save)


def _specs(book: Book, items: Sequence[OpenItem]) -> list[FieldSpec]:
    nobody: list[tuple[Any, str]] = [(None, "—")]
    specs = [
        money(book, "amount", tr(N_("Amount ({currency})"), currency=current().symbol(book.currency)), required=True),
        forms.choice("method", tr(N_("Method")), [(key, tr(METHODS[key])) for key in methods(book.business.country)],
                     required=True),
        _day(book, "on", N_("Received on")), _day(book, "due_on", N_("Day on the cheque, or of the delivery")),
        forms.choice("seller_id", tr(N_("Seller")),
                     nobody + [(choice.id, choice.name) for choice in ordering.choices(book, "sellers")]),
        forms.tick("receipt", tr(N_("Paper")), tr(N_("Give a receipt"))),
    ]
    if len(items) > 1:
        specs.append(FieldSpec("parts", tr(N_("Of which sales")), lambda: PartsField(book, items),
                               hint=tr(N_("Left empty, the oldest are paid first."))))
    return specs


def _day(book: Book, key: str, title: str) -> FieldSpec:
    return forms.day(key, tr(title), lambda text: quick_add.read_day(book, current(), text),
                     lambda day: current().day(day, "short"))
