"""Who buys: found by name or by a phone's last digits, with what they owe."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop_crm.domain.accounts import Balance
from desktop_crm.services import accounts, customers, search
from desktop_crm.services.book import Book
from desktop_crm.ui.lookup import Find, Offer
from desktop_crm.ui.widgets.labels import Label
from desktop_crm.ui.words import N_, amount, current, tr

_OFFERED = 8


def buyers(book: Book) -> Find:
    """Find customers by what is typed, also by the name or the phone of one of their people."""
    def find(typed: str) -> Sequence[Offer]:
        found: dict[int, str] = {}
        for hit in search.find(book, typed, _OFFERED):
            if hit.kind == "customers":
                found.setdefault(hit.id, "")
            elif hit.kind == "contacts" and hit.customer_id is not None:
                found.setdefault(hit.customer_id, hit.title)
        rows = customers.rows(book, list(found)[:_OFFERED])
        return [Offer(row.id, row.name, " · ".join(part for part in (found[row.id], row.phone) if part))
                for row in rows]
    return find


class OwesLine(Label):
    """One line about a customer's account; empty for a walk-in and for one who owes nothing and has no limit."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__("", 12, tone="dim", wrap=True, parent=parent)
        self._book = book
        self._balance: Balance | None = None
        self.hide()

    def show_customer(self, customer: int | None, more: int = 0) -> None:
        """Show a customer's account; `more` minor units would come on top of what they owe."""
        self._balance = accounts.balance(self._book, customer) if customer is not None else None
        self.setVisible(self._balance is not None)
        self.show_more(more)

    def say(self, text: str) -> None:
        """Say something else of a customer who is not in the file yet."""
        self._balance = None
        self.setText(text)
        self.set_tone("dim")
        self.show()

    def show_more(self, more: int) -> None:
        """Say whether `more` minor units on top pass the credit limit."""
        balance = self._balance
        if balance is None:
            return
        over = more > 0 and balance.over_limit(more)
        self.setText(self._over(balance, more) if over else account_words(self._book, balance))
        self.set_tone("warn" if over else "dim")
        self.setVisible(bool(self.text()))

    def _over(self, balance: Balance, more: int) -> str:
        currency = self._book.currency
        return tr(N_("With this sale they owe {money}: over their credit limit of {limit}."),
                  money=amount(balance.owed + more, currency), limit=amount(balance.limit, currency))


def account_words(book: Book, balance: Balance) -> str:
    """A customer's account in one line: owed, on its way, limit, promise; "" where there is nothing to say."""
    def money(minor: int | None) -> str:
        return amount(minor, book.currency)

    parts = []
    if balance.owed > 0:
        parts.append(tr(N_("Owes {money}"), money=money(balance.owed)))
    elif balance.owed < 0:
        parts.append(tr(N_("Has {money} in credit"), money=money(-balance.owed)))
    if balance.on_the_way:
        parts.append(tr(N_("{money} on the way"), money=money(balance.on_the_way)))
    if balance.limit is not None:
        parts.append(tr(N_("limit {money}"), money=money(balance.limit)))
    if balance.promised_on is not None and balance.owed > 0:
        parts.append(tr(N_("promised for {day}"), day=current().skeleton(balance.promised_on, "MMMEd")))
    return " · ".join(parts)
