"""The quick sale: an amount or items, who, how it is paid; Enter saves, and the next customer can come."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop_crm.domain.accounts import METHODS, first_state
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.deals import DealLine
from desktop_crm.domain.errors import CrmError, InvalidInput
from desktop_crm.domain.sales import Sale, Sold
from desktop_crm.services import customers, deals, receipts, sales
from desktop_crm.services.book import Book
from desktop_crm.ui import fonts, ordering, theme
from desktop_crm.ui.forms import TextField, TickField
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.lines_editor import LinesEditor
from desktop_crm.ui.lookup import LookupField, Offer
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.qt import override
from desktop_crm.ui.sales.buyers import OwesLine, buyers
from desktop_crm.ui.sales.fields import Labelled, align, money_field, read_at, typed_amount
from desktop_crm.ui.sales.outcome import Outcome
from desktop_crm.ui.sales.paying import PaymentBox
from desktop_crm.ui.sales.today import Today
from desktop_crm.ui.widgets.buttons import Button, IconButton, PrimaryButton
from desktop_crm.ui.widgets.cards import Card
from desktop_crm.ui.widgets.labels import Hairline, Heading, KeyHint
from desktop_crm.ui.widgets.layout import Scroll, column, row
from desktop_crm.ui.widgets.pickers import Choice
from desktop_crm.ui.words import N_, amount, current, tr

_WIDTH, _SIDE, _NARROW = 640, 360, 240


class QuickSalePanel(QWidget):
    """One sale after the other: `closed()` by Escape, `opened(deal)` for one of today's.

    `receipt_wanted(taking, change)`, the change in minor units.
    """

    closed = Signal()
    opened = Signal(int)
    receipt_wanted = Signal(str, int)

    def __init__(self, book: Book, jobs: Jobs, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book, self._messages = book, messages
        self._followed: int | None = None  # the lines' sum that stands in the total by itself
        self.customer = LookupField(buyers(book), jobs, tr(N_("Walk-in, or type a name or a phone's last digits")),
                                    create=N_("Create customer “{name}”"), eager=True)
        self.customer.setAccessibleName(tr(N_("Customer")))
        self.owes = OwesLine(book)
        self.lines = LinesEditor(book, jobs, eager=True)
        self.total = money_field(book, tr(N_("Total")), "0.00")
        fonts.dress(self.total, 20, strong=True)
        self.total.setMinimumHeight(theme.px(48))
        self.payment = PaymentBox(book)
        self.seller = Choice(((None, "—"), *((item.id, item.name) for item in ordering.choices(book, "sellers"))))
        self.seller.setAccessibleName(tr(N_("Seller")))
        self._worker: int | None = None
        self._follow_worker()
        self.note = TextField(tr(N_("Note")))
        self.note.setAccessibleName(tr(N_("Note")))
        self.receipt = TickField(tr(N_("Receipt")))
        self.save_button, self.clear_button = PrimaryButton(tr(N_("Sell"))), Button(tr(N_("Start anew")))
        self.outcome, self.today = Outcome(book, messages), Today(book)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.total)
        self._recount()

    def _lay_out(self) -> None:
        close = IconButton("close", tr(N_("Close (Esc)")), token="dim")
        close.clicked.connect(self.closed)
        total = tr(N_("Total ({symbol})"), symbol=current().symbol(self._book.currency))
        self._rows = {"customer_id": Labelled(tr(N_("Customer")), self.customer, below=self.owes),
                      "lines": Labelled(tr(N_("Items")), self.lines), "total": Labelled(total, self.total)}
        self._rows["total"].label.setMinimumHeight(theme.px(48))
        more = Labelled(tr(N_("Seller")), self.seller, self.note, self.receipt)
        align((*self._rows.values(), *self.payment.rows.values(), more))
        sheet = Card(margin=20, gap=10)
        sheet.body.addLayout(row(Heading(tr(N_("Quick sale"))), None, close))
        for part in (*self._rows.values(), self.payment, Hairline(), more):
            sheet.body.addWidget(part)
        sheet.body.addLayout(row(self.save_button, KeyHint(tr(N_("Enter"))), None, self.clear_button))
        left = QWidget()
        left.setLayout(column(self.outcome, sheet, None, gap=12, margins=(0, 20, 0, 20)))
        left.setMaximumWidth(theme.px(_WIDTH))
        side = QWidget()
        side.setLayout(column(self.today, margins=(0, 20, 0, 20)))
        side.setMaximumWidth(theme.px(_SIDE))
        side.setMinimumWidth(theme.px(_NARROW))
        whole, both = QWidget(), row(None, left, side, None, gap=20, margins=(16, 0, 16, 0))
        both.setStretch(1, _WIDTH)
        both.setStretch(2, _SIDE)
        whole.setLayout(both)
        self.setLayout(column(Scroll(whole), gap=0))

    def _connect(self) -> None:
        self.customer.picked.connect(self._customer_picked)
        self.lines.changed.connect(self._lines_changed)
        self.total.textChanged.connect(lambda _: self._recount())
        self.payment.changed.connect(self._recount)
        self.save_button.clicked.connect(self.save)
        self.clear_button.clicked.connect(self.clear)
        self.outcome.receipt_wanted.connect(self.receipt_wanted)
        self.outcome.undone.connect(self.total.setFocus)
        self.today.opened.connect(self.opened)
        self.total.installEventFilter(self)
        for number, key in enumerate(list(self.payment.method.chips)[:9], 1):
            self._keys(f"Alt+{number}", lambda key=key: self.payment.method.choose(key))  # type: ignore[misc]
            chip = self.payment.method.chips[key]
            chip.setToolTip(f"{chip.label()} (Alt+{number})")

    def _keys(self, keys: str, act: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(act)

    # What the window asks

    def reload(self, changes: Changes) -> None:
        """Load again what the changes touch."""
        self.today.reload(changes)
        if changes.touches("deals", "payments", "customers"):
            self.owes.show_customer(self._customer_id(), self.payment.owed())

    def begin_for(self, customer: int) -> None:
        """Begin a sale to a customer, the cursor in its total."""
        found = customers.rows(self._book, [customer])
        self.clear()
        if found:
            self.customer.set_value(Offer(found[0].id, found[0].name))
            self._customer_picked(self.customer.value())
        self.total.setFocus()

    # What the user does

    def clear(self) -> None:
        """Begin anew; the seller stays, or is who works by now."""
        self._follow_worker()
        self._followed = None
        self.customer.set_value(None)
        self.lines.set_value(())
        self.total.set_value(None)
        self.note.set_value(None)
        self.receipt.set_value(False)
        self.payment.reset()
        self._refuse_nothing()
        self._customer_picked(None)
        self.total.setFocus()

    def save(self) -> None:
        """Save the sale that is written down; what is refused is said at its field."""
        self._refuse_nothing()
        try:
            sale = self._sale()
            sold = sales.sell(self._book, sale)
        except CrmError as error:
            self._refuse(error)
            return
        self._tell(sale, sold)
        self.clear()

    def _follow_worker(self) -> None:
        """Who begins to work here sells from now on; another seller can still be chosen by hand."""
        if self._book.seller != self._worker:
            self._worker = self._book.seller
            self.seller.set_value(self._worker)

    def _sale(self) -> Sale:
        """What the fields say; InvalidInput, with its key, for what they cannot."""
        self._follow_worker()
        offer = read_at("customer_id", self.customer.value)
        lines: tuple[DealLine, ...] = read_at("lines", self.lines.value)
        typed = read_at("total", self.total.value)
        total = typed if typed != self._followed else None
        seller = self.seller.value()
        sale = Sale(customer_id=offer.id if offer else None,
                    new_customer=offer.name if offer is not None and offer.id is None else "",
                    lines=lines, total=total, seller_id=seller if isinstance(seller, int) else None,
                    note=self.note.value(), receipt=self.receipt.value())
        return self.payment.fill(sale, typed)

    def _tell(self, sale: Sale, sold: Sold) -> None:
        """Say what was sold, the change, and what is owed now."""
        row_ = deals.rows(self._book, [sold.deal_id])[0]
        currency = self._book.currency
        given = receipts.of_taking(self._book, sold.taking) if sold.taking else None
        said = tr(N_("Sold for {money}"), money=amount(row_.amount, currency))
        parts = [row_.customer or "", row_.name if sale.lines or sale.note else "",
                 tr(METHODS[sale.method]) if sold.taking else "",
                 tr(N_("Owes {money}"), money=amount(sold.owed, currency)) if sold.owed > 0 else "",
                 tr(N_("Receipt {number}"), number=given.number) if given else ""]
        change = tr(N_("Change {money}"), money=amount(sold.change, currency)) if sold.change else ""
        self.outcome.show_act(said, " · ".join(part for part in parts if part), change,
                              "" if first_state(sale.method) else sold.taking or "", sold.change)

    # What follows from what

    def _customer_id(self) -> int | None:
        try:
            offer = self.customer.value()
        except CrmError:
            return None
        return offer.id if offer is not None else None

    def _customer_picked(self, offer: Offer | None) -> None:
        """Say what they owe, and go on to the amount."""
        if offer is not None and offer.id is None:
            self.owes.say(tr(N_("New: comes into the file with this sale.")))
        else:
            self.owes.show_customer(offer.id if offer is not None else None, self.payment.owed())
        if offer is not None and self.customer.hasFocus():
            self.total.setFocus(Qt.FocusReason.TabFocusReason)

    def _lines_changed(self, lines: tuple[DealLine, ...]) -> None:
        """The total follows the lines until somebody writes another one."""
        typed = typed_amount(self.total)
        if typed is None or typed == self._followed:
            self._followed = deals.total(lines)
            self.total.set_value(self._followed)

    def _recount(self) -> None:
        total = typed_amount(self.total)
        self.payment.blockSignals(True)
        self.payment.show_total(total)
        self.payment.blockSignals(False)
        self.owes.show_more(self.payment.owed())
        self.save_button.set_text(tr(N_("Sell")) if total is None else
                                  tr(N_("Sell for {money}"), money=amount(total, self._book.currency)))

    def _refuse(self, error: CrmError) -> None:
        key, sentence = error.at if isinstance(error, InvalidInput) else "", current().error(error)
        if key in self._rows:
            self._rows[key].refuse(sentence)
            {"customer_id": self.customer, "lines": self.lines, "total": self.total}[key].setFocus()
        elif not self.payment.refuse(key, sentence):
            self._messages.tell(error)

    def _refuse_nothing(self) -> None:
        for part in self._rows.values():
            part.refuse("")
        self.payment.clear_refusals()

    # Keys

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._book.seller is not None:
            self.seller.set_value(self._book.seller)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A letter in the empty total belongs to an item: prices have none."""
        if watched is self.total and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            if plain and event.text()[:1].isalpha() and not self.total.text():
                item = self.lines.blank_field()
                item.setFocus()
                QApplication.sendEvent(item, QKeyEvent(event.type(), event.key(), event.modifiers(), event.text()))
                return True
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = QApplication.focusWidget()
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and focused is self.customer:
            self.customer.take_first()
            self.total.setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not isinstance(focused, Button):
            self.save()
        else:
            super().keyPressEvent(event)
