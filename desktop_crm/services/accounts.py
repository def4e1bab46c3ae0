"""Who owes, and money that comes in: spread over sales, on its way, cleared or bounced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop_crm.domain import fields
from desktop_crm.domain.accounts import (
    METHODS,
    NEXT,
    Balance,
    DebtorRow,
    Movement,
    OpenItem,
    Taking,
    account_items,
    ageing,
    first_state,
    spread,
)
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.payments import FIELDS
from desktop_crm.services import receipts
from desktop_crm.services.book import Book
from desktop_crm.storage import accounts, figures, records
from desktop_crm.storage.uids import new_uid
from desktop_crm.storage.unit_of_work import Connection, Work


@dataclass(frozen=True, slots=True)
class Taken:
    """Money that came: its taking, its receipt's number, what was above all debts (an advance), what is owed now."""

    taking: str
    receipt: int | None
    advance: int
    owed: int


def balances(book: Book) -> dict[int, int]:
    """What each customer owes, minor units of the business's currency; those with nothing are left out."""
    with book.read() as connection:
        return accounts.balances(connection, book.currency)


def balance(book: Book, customer: int) -> Balance:
    """One customer's account: owed, on its way, open sales, ageing, limit and promised day; NotFound if gone."""
    with book.read() as connection:
        row = records.get(connection, "customers", customer)
        items = _items(connection, customer, book.currency)
        return Balance(
            accounts.balance(connection, customer, book.currency),
            accounts.on_the_way(connection, customer, book.currency), tuple(items), ageing(items, book.today()),
            row["credit_limit"], row["promised_on"])


def _items(connection: Connection, customer: int, currency: str) -> list[OpenItem]:
    return account_items(accounts.charges(connection, customer, currency),
                         accounts.credit(connection, customer, currency))


def debtors(book: Book) -> list[DebtorRow]:
    """Who owes something, most first."""
    with book.read() as connection:
        return [DebtorRow(item.id, item.name, item.owed, item.limit, item.promised_on, item.oldest_on)
                for item in figures.owed(connection, book.today(), book.currency)]


def movements(book: Book, customer: int) -> list[Movement]:
    """Every sale, return and payment of a customer's account, oldest first."""
    with book.read() as connection:
        return accounts.movements(connection, customer, book.currency)


def takings(book: Book, customer: int, limit: int = 100) -> list[Taking]:
    """A customer's money that came, is on its way or bounced, newest first, at most `limit`."""
    with book.read() as connection:
        return accounts.takings(connection, customer, book.currency, limit)


def payments_of(book: Book, taking: str) -> list[int]:
    """The ids of the payments that are one taking."""
    with book.read() as connection:
        return accounts.taking(connection, taking)


def receive(book: Book, customer: int, amount: int, method: str = "cash", *, on: date | None = None,
            seller_id: int | None = None, parts: Sequence[tuple[int, int]] = (), due_on: date | None = None,
            receipt: bool = False) -> Taken:
    """Note money of a customer, minor units: for the oldest sales first, or by hand for `parts` (deal, amount).

    What is above all debts is kept as an advance. A cheque or cash on delivery is on its way (`due_on`: the cheque's
    day) and lowers what is owed once it is cleared. Raises InvalidInput for an amount that is not above zero, an
    unknown method, or parts that pay more than a sale owes or more than came.
    """
    if amount <= 0:
        raise InvalidInput(N_("The amount must be above zero. Nothing was saved."), "amount")
    if method not in METHODS:
        raise InvalidInput(N_("“{value}” is no way to pay. Nothing was saved."), "method", value=method)
    fields.checked(FIELDS, {"received_on": on, "due_on": due_on, "amount": amount})
    day, state, taking = on or book.today(), first_state(method), new_uid()
    come: dict[str, Any] = {"method": method, "seller_id": seller_id, "taking": taking, "state": state,
                            "received_on": None if state else day, "due_on": (due_on or day) if state else None}
    with book.read() as connection:
        name = records.title(connection, "customers", customer)
        if seller_id is not None:
            records.title(connection, "sellers", seller_id)  # says that the seller is gone
        items = _items(connection, customer, book.currency)
    chosen, left = _chosen(amount, items, parts)
    with book.work(N_("Receive {money} from {name}"), money=_plain(book, amount), name=name) as work:
        for deal, part in chosen:
            _pay(book, work, customer, deal, part, come)
        if left:
            _add(book, work, customer, None, left, come)
        _kept_promise(work, customer, book)
        number = None
        if receipt and not state:
            _, number = receipts.write(book, work, taking)
        owed = accounts.balance(work.connection, customer, book.currency)
    return Taken(taking, number, left, owed)


def _plain(book: Book, amount: int) -> str:
    return book.language.money(amount, book.currency)


def _chosen(amount: int, items: Sequence[OpenItem], parts: Sequence[tuple[int, int]]
            ) -> tuple[list[tuple[int, int]], int]:
    if not parts:
        return spread(amount, items)
    owed = {item.deal_id: item.owed for item in items}
    if any(part <= 0 or part > owed.get(deal, 0) for deal, part in parts) or sum(part for _, part in parts) > amount:
        raise InvalidInput(N_("The parts must be above zero, and neither more than a sale owes nor more than what "
                              "came. Nothing was saved."), "parts")
    return list(parts), amount - sum(part for _, part in parts)


def _pay(book: Book, work: Work, customer: int, deal: int, amount: int, come: dict[str, Any]) -> None:
    """Pay a part of one sale: what was planned first is received first, the rest is a payment of its own."""
    if come["received_on"] is not None:
        amount = _of_planned(book, work, customer, deal, amount, come)
    if amount:
        _add(book, work, customer, deal, amount, come)


def _of_planned(book: Book, work: Work, customer: int | None, deal: int, amount: int, come: dict[str, Any]) -> int:
    """Money that is there is what was planned first of a sale, each part due on its day; what is left of it."""
    for row, planned, due_on in accounts.planned(work.connection, deal):
        part = min(amount, planned)
        if part <= 0:
            break
        if part < planned:  # the part keeps the day: plan and fact of that day stay what they were
            records.save(work.connection, "payments", row, {"amount": planned - part})
            _add(book, work, customer, deal, part, {**come, "due_on": due_on})
        else:
            records.save(work.connection, "payments", row, {**come, "due_on": due_on, "on_account": True})
        amount -= part
    return amount


def unplan(work: Work, deal: int) -> None:
    """Take away what is planned of a sale above what is still owed of it (something came back), the first due first."""
    rows = accounts.planned(work.connection, deal)
    over = sum(amount for _, amount, _ in rows) - max(0, accounts.owed_of(work.connection, deal))
    for row, planned, _ in rows:
        if over >= planned:
            records.remove(work.connection, "payments", [row])
        elif over > 0:
            records.save(work.connection, "payments", row, {"amount": planned - over})
        over -= planned


def _add(book: Book, work: Work, customer: int | None, deal: int | None, amount: int, come: dict[str, Any]) -> int:
    return records.add(work.connection, "payments", {
        "name": "", "customer_id": customer, "deal_id": deal, "amount": amount, "currency": book.currency,
        "on_account": True, **come})


def _kept_promise(work: Work, customer: int, book: Book) -> None:
    """A promise ends when nothing is owed any more."""
    if accounts.balance(work.connection, customer, book.currency) <= 0:
        records.save(work.connection, "customers", customer, {"promised_on": None})


_LABELS = {"deposited": N_("Deposit a cheque"), "cleared": N_("Note money as arrived"),
           "bounced": N_("Note a cheque as bounced")}


def advance(book: Book, taking: str, state: str, on: date | None = None) -> Changes:
    """Move money that is on its way on: deposited, cleared (received on a day, default today) or bounced.

    Raises InvalidInput if that cannot follow.
    """
    with book.read() as connection:
        rows = records.get_many(connection, "payments", accounts.taking(connection, taking))
    if not rows or any(state not in NEXT.get(row["state"] or "", ()) for row in rows.values()):
        raise InvalidInput(N_("This money is not on its way any more. Nothing was saved."), "state")
    fields.checked(FIELDS, {"received_on": on})
    received = (on or book.today()) if state == "cleared" else None
    with book.work(_LABELS[state]) as work:
        for row in rows.values():
            _advance(book, work, row, {"state": state, "received_on": received})
        customers = {row["customer_id"] for row in rows.values() if row["customer_id"] is not None}
        for customer in customers:
            _kept_promise(work, customer, book)
    return work.done


def _advance(book: Book, work: Work, row: dict[str, Any], now: dict[str, Any]) -> None:
    """Move one payment on; money that is there pays what was planned of its sale, like any other."""
    left = row["amount"]
    if now["received_on"] is not None and row["deal_id"] is not None:
        come = {key: row[key] for key in ("method", "seller_id", "taking", "name")} | now
        left = _of_planned(book, work, row["customer_id"], row["deal_id"], left, come)
    if left:
        records.save(work.connection, "payments", row["id"], {**now, "amount": left})
    else:
        records.remove(work.connection, "payments", [row["id"]])


def promise(book: Book, customer: int, on: date | None) -> Changes:
    """Note the day on which a customer said they would pay; None takes it away."""
    fields.checked(FIELDS, {"due_on": on})
    with book.read() as connection:
        name = records.title(connection, "customers", customer)
    with book.work(N_("Promise of {name}"), name=name) as work:
        records.save(work.connection, "customers", customer, {"promised_on": on})
    return work.done


def put_on_account(book: Book, deal: int, wanted: bool = True) -> Changes:
    """Take a won deal with its payments into the credit book, or out of it."""
    with book.read() as connection:
        row = records.get(connection, "deals", deal)
    if wanted and (row["status"] != "won" or row["customer_id"] is None or row["amount"] is None):
        raise InvalidInput(N_("Only a won deal with a customer and an amount can be on account. Nothing was saved."),
                           "on_account")
    label = N_("Put {name} on account") if wanted else N_("Take {name} off the account")
    with book.work(label, name=row["name"]) as work:
        records.save(work.connection, "deals", deal, {"on_account": wanted})
        for payment in records.find(work.connection, "payments", deal_id=deal):
            records.save(work.connection, "payments", payment["id"], {"on_account": wanted})
    return work.done
