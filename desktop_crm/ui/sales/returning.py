"""A return: which sale, what comes back of it, and how the money goes back or what is owed gets less."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget

from desktop_crm.domain.accounts import METHODS, first_state, methods
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.deals import DealFilter, DealLine
from desktop_crm.domain.errors import N_, CrmError, InvalidInput
from desktop_crm.domain.sales import GiveBack
from desktop_crm.services import accounts, deals, sales
from desktop_crm.services.book import Book
from desktop_crm.ui import fonts, theme
from desktop_crm.ui.forms import TextField
from desktop_crm.ui.lines_editor import QuantityField
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.qt import override
from desktop_crm.ui.sales.fields import ChoiceChips, Labelled, align, money_field, read_at, typed_amount
from desktop_crm.ui.sales.outcome import Outcome
from desktop_crm.ui.widgets.buttons import Button, IconButton, PrimaryButton
from desktop_crm.ui.widgets.cards import Card
from desktop_crm.ui.widgets.labels import Dim, Heading, KeyHint
from desktop_crm.ui.widgets.layout import Scroll, column, empty, row
from desktop_crm.ui.widgets.pickers import Choice
from desktop_crm.ui.words import amount, current, tr

_WIDTH, _OFFERED = 640, 30


class ReturnLine(QWidget):
    """One line of a sale: ticked if it comes back, and how much of it; `changed()`."""

    changed = Signal()

    def __init__(self, line: DealLine, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = line
        self.tick = QCheckBox(line.name.replace("&", "&&"))
        fonts.dress(self.tick)
        self.quantity = QuantityField()
        self.quantity.set_value(line.quantity)
        self.quantity.setFixedWidth(theme.px(64))
        price = Dim(current().money(line.price, currency, symbol=False))
        price.setMinimumWidth(theme.px(72))
        price.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        whole = row(self.tick, self.quantity, Dim("×"), price, gap=8)
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.tick.toggled.connect(lambda _: self.changed.emit())
        self.quantity.textEdited.connect(self._typed)

    def value(self) -> DealLine | None:
        """What comes back of the line, None if nothing; InvalidInput for what is no quantity, or too much."""
        if not self.tick.isChecked():
            return None
        quantity = self.quantity.value()
        if not 0 < quantity <= self._line.quantity:
            raise InvalidInput(N_("Of “{name}” {most} were sold. Nothing was saved."), "lines", name=self._line.name,
                               most=current().number(self._line.quantity / 1000))
        return DealLine(self._line.product_id, self._line.name, quantity, self._line.price, self._line.cost)

    def _typed(self) -> None:
        self.tick.setChecked(True)
        self.changed.emit()


class ReturnPanel(QWidget):
    """`closed()` by Escape, `receipt_wanted(taking)` for the paper of the refund."""

    closed = Signal()
    receipt_wanted = Signal(str)

    def __init__(self, book: Book, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book, self._messages = book, messages
        self._customer: int | None = None
        self._followed: int | None = None  # what stands in the amount by itself
        self._left: int | None = None      # what can still come back of the sale, minor units
        self._lines: list[ReturnLine] = []
        self.sale = Choice()
        self.sale.setAccessibleName(tr(N_("Sale")))
        self._box = column(gap=4)
        lines = QWidget()
        lines.setLayout(self._box)
        self.amount = money_field(book, tr(N_("Amount that comes back")), "0.00")
        fonts.dress(self.amount, 20, strong=True)
        self.amount.setMinimumHeight(theme.px(48))
        self.way = ChoiceChips([("money", tr(N_("In money"))), ("account", tr(N_("Off what they owe")))],
                               tr(N_("Goes back")))
        known = [key for key in methods(book.business.country) if first_state(key) is None]
        self.method = ChoiceChips([(key, tr(METHODS[key])) for key in known], tr(N_("Method")))
        self.note = TextField(tr(N_("Why, or a note")))
        self.note.setAccessibleName(tr(N_("Note")))
        self.save_button = PrimaryButton(tr(N_("Take back")))
        self.outcome = Outcome(book, messages)
        self.rows = {"deal_id": Labelled(tr(N_("Sale")), self.sale), "lines": Labelled(tr(N_("Items")), lines),
                     "amount": Labelled(tr(N_("Amount ({currency})"), currency=current().symbol(book.currency)),
                                        self.amount),
                     "refund": Labelled(tr(N_("Goes back")), self.way),
                     "method": Labelled(tr(N_("Method")), self.method), "note": Labelled(tr(N_("Note")), self.note)}
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.amount)

    def _lay_out(self) -> None:
        close = IconButton("close", tr(N_("Close (Esc)")), token="dim")
        close.clicked.connect(self.closed)
        self.rows["amount"].label.setMinimumHeight(theme.px(48))
        align(self.rows.values())
        sheet = Card(margin=20, gap=10)
        sheet.body.addLayout(row(Heading(tr(N_("Return"))), None, close))
        for part in self.rows.values():
            sheet.body.addWidget(part)
        sheet.body.addLayout(row(self.save_button, KeyHint(tr(N_("Enter"))), None))
        middle = QWidget()
        middle.setLayout(column(self.outcome, sheet, None, gap=12, margins=(0, 20, 0, 20)))
        middle.setFixedWidth(theme.px(_WIDTH))
        whole = QWidget()
        whole.setLayout(row(None, middle, None))
        self.setLayout(column(Scroll(whole), gap=0))

    def _connect(self) -> None:
        self.sale.picked.connect(lambda deal: self._show_sale(deal if isinstance(deal, int) else None))
        self.way.picked.connect(lambda _: self._arrange())
        self.amount.textChanged.connect(lambda _: self._retitle())
        self.save_button.clicked.connect(self.save)
        self.outcome.receipt_wanted.connect(self.receipt_wanted)
        self.outcome.undone.connect(lambda: self._show_sale(self._deal()))

    # What the window asks

    def open_deal(self, deal: int) -> None:
        """Begin the return of a sale; NotFound if it is gone."""
        card = deals.card(self._book, deal)
        self._customer = card.row.customer_id
        self._offer([deal])
        self.sale.set_value(deal)
        self._begin(deal)

    def open_customer(self, customer: int) -> None:
        """Begin a return of a customer, of their newest sale unless they choose another or none."""
        wanted = DealFilter(statuses=("won",), customers=(customer,))
        found = [item for item in deals.rows(self._book, deals.list_ids(self._book, wanted, "id", True, _OFFERED))
                 if (item.amount or 0) > 0]
        self._customer = customer
        self._offer([item.id for item in found])
        newest = found[0].id if found else None
        self.sale.set_value(newest)
        self._begin(newest)

    def reload(self, changes: Changes) -> None:
        """Nothing to load again: what is taken back is looked at anew when it is saved."""

    # What is shown

    def _offer(self, ids: Sequence[int]) -> None:
        options: list[tuple[object, str]] = [(item.id, self._words(item.id)) for item in deals.rows(self._book, ids)]
        if self._customer is not None:
            options.append((None, tr(N_("Without a sale: an amount alone"))))
        self.sale.set_options(tuple(options))

    def _words(self, deal: int) -> str:
        item = deals.rows(self._book, [deal])[0]
        day = current().day(item.closed_on or item.created_on)
        return " · ".join(part for part in (day, item.customer, item.name, amount(item.amount, item.currency)) if part)

    def _begin(self, deal: int | None) -> None:
        owes = self._customer is not None and accounts.balance(self._book, self._customer).owed > 0
        self.way.set_value("account" if owes else "money")
        self.method.set_value("cash")
        self.note.set_value(None)
        self.outcome.hide()
        self._show_sale(deal)

    def _show_sale(self, deal: int | None) -> None:
        """Show what can come back of a sale: its lines, and the amount that is left of it."""
        empty(self._box)
        self._lines = []
        lines, left = sales.returnable(self._book, deal) if deal is not None else ((), None)
        for line in lines:
            item = ReturnLine(line, self._book.currency)
            item.changed.connect(self._recount)
            self._lines.append(item)
            self._box.addWidget(item)
        self._left = self._followed = left
        self.amount.set_value(left)
        self._arrange()
        self.amount.setFocus()
        self.amount.selectAll()

    def _arrange(self) -> None:
        known = self._customer is not None
        for key, shown in (("lines", bool(self._lines)), ("refund", known),
                           ("method", not known or self.way.value() == "money")):
            self.rows[key].setVisible(shown)
        self._refuse_nothing()
        self._retitle()

    def _retitle(self) -> None:
        minor = typed_amount(self.amount)
        self.save_button.set_text(tr(N_("Take back")) if minor is None else
                                  tr(N_("Take back for {money}"), money=amount(minor, self._book.currency)))

    def _recount(self) -> None:
        """The amount follows the ticked lines until somebody writes another one."""
        try:
            lines = [line for line in (item.value() for item in self._lines) if line is not None]
        except CrmError:
            return  # said when it is saved; the field is still being typed into
        typed = typed_amount(self.amount)
        if typed is None or typed == self._followed:
            total, left = deals.total(lines), self._left
            self._followed = left if not lines else total if total is None or left is None else min(total, left)
            self.amount.set_value(self._followed)

    # What the user does

    def save(self) -> None:
        """Save the return; what is refused is said at its field."""
        self._refuse_nothing()
        try:
            wanted = self._wanted()
            made = sales.give_back(self._book, wanted)
        except CrmError as error:
            self._refuse(error)
            return
        said = tr(N_("Taken back for {money}"), money=amount(typed_amount(self.amount), self._book.currency))
        owed = tr(N_("Owes {money}"), money=amount(made.owed, self._book.currency)) if made.owed > 0 else ""
        method = tr(METHODS[wanted.method]) if made.taking else tr(N_("Off what they owe"))
        self.outcome.show_act(said, " · ".join(part for part in (method, owed) if part), taking=made.taking or "")
        self._show_sale(self._deal())

    def _wanted(self) -> GiveBack:
        lines = tuple(line for line in read_at("lines", lambda: [item.value() for item in self._lines])
                      if line is not None)
        money = self._customer is None or self.way.value() == "money"
        return GiveBack(deal_id=self._deal(), customer_id=self._customer, lines=lines,
                        amount=read_at("amount", self.amount.value), refund=None if money else 0,
                        method=self.method.value(), note=self.note.value())

    def _deal(self) -> int | None:
        deal = self.sale.value()
        return deal if isinstance(deal, int) else None

    def _refuse(self, error: CrmError) -> None:
        key = error.at if isinstance(error, InvalidInput) else ""
        if key in self.rows:
            self.rows[key].refuse(current().error(error))
            self.amount.setFocus()
        else:
            self._messages.tell(error)

    def _refuse_nothing(self) -> None:
        for part in self.rows.values():
            part.refuse("")

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not isinstance(
                QApplication.focusWidget(), Button):
            self.save()
        else:
            super().keyPressEvent(event)
