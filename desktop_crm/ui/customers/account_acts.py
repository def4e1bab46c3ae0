"""What is done with a customer's account from the card: received, promised, reminded of, moved on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication

from desktop_crm.domain.accounts import NEXT
from desktop_crm.domain.dunning import Tone
from desktop_crm.services import accounts, deals, dunning, payments, quick_add
from desktop_crm.services.accounts import Taken
from desktop_crm.services.book import Book
from desktop_crm.ui.customers import account_forms
from desktop_crm.ui.customers.account_lines import step_title
from desktop_crm.ui.customers.form_pane import Edit
from desktop_crm.ui.line_model import Line
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.words import N_, amount, current, tr

Choice = tuple[str, str, Callable[[], object]]
_WISHES = {"sell": "sale", "return": "return_to", "statement": "statement"}


class AccountActs(QObject):
    """`act_wanted(key)` asks the window for a sheet or a paper; `form_wanted(make)` the card for a form."""

    act_wanted = Signal(str)
    form_wanted = Signal(object)

    def __init__(self, book: Book, messages: Messages, attempt: Callable[[Callable[[], Any]], Any],
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._book, self._messages, self._attempt = book, messages, attempt

    def act(self, customer: int, key: str) -> None:
        """Receive money in a form of the card, or ask the window for the rest."""
        if key in _WISHES:
            self.act_wanted.emit(f"{_WISHES[key]}:{customer}")
            return

        def make() -> Edit:
            return account_forms.receive(self._book, customer, self._taken)

        self.form_wanted.emit(make)

    def _taken(self, taken: Taken) -> None:
        """Say what is owed now, and offer the receipt; money on its way has none yet."""
        currency = self._book.currency
        text = tr(N_("Received. Still owed: {money}"), money=amount(max(0, taken.owed), currency))
        if taken.advance:
            text = tr(N_("Received, {money} of it in advance"), money=amount(taken.advance, currency))
        paid = any(row.received_on for row in payments.rows(self._book, accounts.payments_of(self._book, taken.taking)))
        if paid:
            self._messages.offer(text, tr(N_("Receipt")), lambda: self.act_wanted.emit(f"receipt:{taken.taking}"),
                                 "good")
        else:
            self._messages.note(tr(N_("Noted. It lowers what is owed once it has arrived.")), "good")

    def promise(self, customer: int, typed: str) -> None:
        """Note the day, in words or figures, on which they said they would pay."""
        def note() -> None:
            accounts.promise(self._book, customer, quick_add.read_day(self._book, current(), typed))

        self._attempt(note)

    def remind(self, customer: int, tone: str, messenger: str) -> None:
        """Copy a reminder, and open a messenger with it if one is named."""
        made = self._attempt(lambda: dunning.reminder(self._book, customer, Tone(tone), messenger))
        if made is None:
            return
        QGuiApplication.clipboard().setText(made.text)
        self._messages.note(tr(N_("The reminder is copied, ready to paste.")), "good")
        if made.link:
            QDesktopServices.openUrl(QUrl(made.link))

    def run(self, line: Line) -> None:
        """The first thing to do with money: move it on, or print its receipt."""
        states = self._steps(line)
        if states:
            self._step(line, states[0])
        elif line.icon == "check" and line.group:
            self.act_wanted.emit(f"receipt:{line.group}")

    def choices(self, line: Line) -> list[Choice]:
        """What can be done with a line, for its menu: title (translated), icon, act."""
        if line.kind == "deal":
            return self._deal_choices(line)
        if line.kind != "taking" or not line.group:
            return []
        steps = self._steps(line)
        state = self._state(line)
        found: list[Choice] = [(step_title(state, step), "check" if step != "bounced" else "warning",
                                lambda step=step: self._step(line, step)) for step in steps]  # type: ignore[misc]
        if line.icon == "check":
            found.append((tr(N_("Receipt")), "print", lambda: self.run(line)))
        return found

    def delete(self, taking: str) -> None:
        """Delete money that was noted, all its parts."""
        payments.delete(self._book, accounts.payments_of(self._book, taking))

    def _deal_choices(self, line: Line) -> list[Choice]:
        card = self._attempt(lambda: deals.card(self._book, line.id))
        if card is None or self._book.reading or card.row.status != "won":
            return []
        on = bool(card.values["on_account"])
        title = tr(N_("Take off the account") if on else N_("Put on account"))
        return [(title, "money", lambda: self._attempt(lambda: accounts.put_on_account(self._book, line.id, not on))),
                (tr(N_("Return")), "undo", lambda: self.act_wanted.emit(f"return:{line.id}"))]

    def _state(self, line: Line) -> str:
        found = payments.states(self._book, [line.id])
        return found.get(line.id) or ""

    def _steps(self, line: Line) -> tuple[str, ...]:
        return NEXT.get(self._state(line), ()) if line.group and not self._book.reading else ()

    def _step(self, line: Line, state: str) -> None:
        self._attempt(lambda: accounts.advance(self._book, line.group, state))
