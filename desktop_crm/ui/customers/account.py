"""The account of a customer on the card: what is owed and how long, the promise, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop_crm.domain.accounts import AGES, Balance
from desktop_crm.domain.dunning import TONES, Tone
from desktop_crm.domain.messengers import MESSENGERS
from desktop_crm.services import accounts
from desktop_crm.services.book import Book
from desktop_crm.services.dunning import fitting
from desktop_crm.ui.inline import InlineText
from desktop_crm.ui.widgets.buttons import Button, PrimaryButton
from desktop_crm.ui.widgets.labels import Dim, Label
from desktop_crm.ui.widgets.layout import FlowLayout, column, row
from desktop_crm.ui.words import N_, amount, current, tr


class AccountBlock(QWidget):
    """`acted(key)` is receive, sell, return or statement; `promised(text)`; `remind_wanted(tone, messenger)`."""

    acted = Signal(str)
    promised = Signal(str)
    remind_wanted = Signal(str, str)

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._balance: Balance | None = None
        self.said, self.more = Label("", strong=True, wrap=True), Dim("", 12, wrap=True)
        self.promise = InlineText(name=tr(N_("Promised to pay on")), placeholder=tr(N_("no day promised")))
        self.promise.committed.connect(self.promised)
        self.receive = PrimaryButton(tr(N_("Receive")))
        self._buttons = QWidget()
        flow = FlowLayout(self._buttons, gap=4)
        flow.addWidget(self.receive)
        self.receive.clicked.connect(lambda: self.acted.emit("receive"))
        self.buttons: dict[str, Button] = {}
        for key, title in (("sell", N_("Sell")), ("return", N_("Return")), ("statement", N_("Statement"))):
            self.buttons[key] = Button(tr(title), kind="quiet")
            self.buttons[key].clicked.connect(lambda _=False, key=key: self.acted.emit(key))
            flow.addWidget(self.buttons[key])
        self.remind = Button(tr(N_("Remind")), kind="quiet")
        self._menu = QMenu(self.remind)
        self._menu.aboutToShow.connect(self._fill)
        self.remind.setMenu(self._menu)
        flow.addWidget(self.remind)
        self._promise_row = QWidget()
        line = row(Dim(tr(N_("Promised for")), 12), self.promise, gap=8)
        line.setStretch(1, 1)
        self._promise_row.setLayout(line)
        self.setLayout(column(column(self.said, self.more, gap=2), self._promise_row, self._buttons, gap=8,
                              margins=(16, 2, 16, 6)))

    def show_customer(self, customer: int) -> None:
        """Show a customer's account."""
        balance = self._balance = accounts.balance(self._book, customer)
        self.said.setText(self._words(balance))
        over = balance.over_limit()
        self.said.set_tone("warn" if balance.owed > 0 else "")
        self.more.setText(" · ".join(part.replace(" ", "\u00a0") for part in self._details(balance)))
        self.more.set_tone("bad" if over else "dim")
        self.more.setVisible(bool(self.more.text()))
        owes, reading = balance.owed > 0, self._book.reading
        self._promise_row.setVisible(owes)
        if not self.promise.editing():
            day = balance.promised_on
            self.promise.set_value(current().skeleton(day, "yMMMEd") if day else "")
        self.promise.setEnabled(not reading)
        self.remind.setVisible(owes)
        for button in (self.receive, self.buttons["sell"], self.buttons["return"]):
            button.setVisible(not reading)

    def _words(self, balance: Balance) -> str:
        currency = self._book.currency
        if balance.owed > 0:
            return tr(N_("Owes {money}"), money=amount(balance.owed, currency))
        if balance.owed < 0:
            return tr(N_("Has {money} in credit"), money=amount(-balance.owed, currency))
        return tr(N_("Owes nothing"))

    def _details(self, balance: Balance) -> list[str]:
        """How old the debt is, the limit, and what is on its way."""
        def money(minor: int | None) -> str:
            return amount(minor, self._book.currency)

        parts = [f"{tr(age)}: {money(owed)}" for age, owed in zip(AGES, balance.ages, strict=True) if owed]
        if balance.limit is not None:
            said = N_("over the limit of {money}") if balance.over_limit() else N_("limit {money}")
            parts.append(tr(said, money=money(balance.limit)))
        if balance.on_the_way:
            parts.append(tr(N_("{money} on the way"), money=money(balance.on_the_way)))
        return parts

    def _fill(self) -> None:
        """The tones, the one that fits the debt's age first; each to copy or to send."""
        self._menu.clear()
        fit = fitting(self._balance) if self._balance is not None else Tone.FIRST
        for tone in (fit, *(tone for tone in Tone if tone is not fit)):
            inner = self._menu.addMenu(tr(TONES[tone]))
            copy = inner.addAction(tr(N_("Copy the text")))
            copy.triggered.connect(lambda _=False, tone=tone: self.remind_wanted.emit(tone.value, ""))
            for key, title in MESSENGERS.items():
                action = inner.addAction(tr(title))
                action.triggered.connect(
                    lambda _=False, tone=tone, key=key: self.remind_wanted.emit(tone.value, key))
