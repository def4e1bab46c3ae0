"""The credit book: what customers owe, how old it is, and how money that comes in is spread over it.

Owed = sales on account − payments received − returns, in minor units of the business's currency. Money that is on its
way (a cheque in hand, cash on delivery) lowers nothing until it is there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_crm.domain.errors import N_
from desktop_crm.domain.values import squash

METHODS = {
    "cash": N_("Cash"), "bank": N_("Bank transfer"), "card": N_("Card"), "cheque": N_("Cheque"),
    "cod": N_("Cash on delivery"), "duitnow": "DuitNow QR", "tng": "Touch 'n Go", "gcash": "GCash", "maya": "Maya",
    "qrph": "QR Ph", "esewa": "eSewa", "khalti": "Khalti", "fonepay": "Fonepay", "upi": "UPI", "linepay": "LINE Pay",
}
"""How money comes: codes and titles; the wallets have the names that they have everywhere."""

_WALLETS = {"MY": ("duitnow", "tng"), "PH": ("gcash", "maya", "qrph"), "NP": ("esewa", "khalti", "fonepay"),
            "IN": ("upi",), "TW": ("linepay",)}

STATES = {
    "cod": N_("To be collected on delivery"), "held": N_("Cheque in hand"), "deposited": N_("Cheque deposited"),
    "cleared": N_("Cheque cleared"), "bounced": N_("Cheque bounced"),
}
"""Where money is that does not come at once. Only cleared money is received."""

ON_THE_WAY = ("cod", "held", "deposited")
NEXT = {"cod": ("cleared",), "held": ("deposited", "cleared", "bounced"), "deposited": ("cleared", "bounced")}
"""Which states may follow which."""

AGES = (N_("Not due"), N_("1–30 days"), N_("31–60 days"), N_("61–90 days"), N_("Over 90 days"))
"""The columns of the ageing (DEFINITIONS.md), by days past the due day."""


def methods(country: str) -> tuple[str, ...]:
    """The methods that a business of this country (two letters) is offered, the commonest first."""
    return ("cash", "bank", *_WALLETS.get(country, ()), "card", "cheque", "cod")


def method_of(typed: str | None, say: Callable[[str], str]) -> str | None:
    """The code of a method that was typed as its code, a known word or its title as `say` says it; else what was typed.
    """
    from desktop_crm.domain.importing import words  # the words of every kind: not before one is typed

    wanted = squash(typed or "")
    return next((code for code, title in METHODS.items() if wanted in (code, squash(title), squash(say(title)))),
                words.methods().get(wanted, typed))


def first_state(method: str) -> str | None:
    """The state that money of this method begins in; None if it is there at once."""
    return {"cheque": "held", "cod": "cod"}.get(method)


@dataclass(frozen=True, slots=True)
class Charge:
    """One sale on account: minor units, what was paid of it, and what of it is planned for which days."""

    deal_id: int
    name: str
    on: date
    amount: int
    paid: int = 0
    planned: tuple[tuple[date, int], ...] = ()


@dataclass(frozen=True, slots=True)
class OpenItem:
    """What is still owed of one sale, minor units, always above zero."""

    deal_id: int
    name: str
    on: date
    amount: int
    owed: int
    planned: tuple[tuple[date, int], ...] = ()


def open_items(charges: Sequence[Charge], credit: int = 0) -> list[OpenItem]:
    """The sales that are not paid in full, oldest first; `credit` (advances, minor units) is taken off the oldest.

    A return, and what was paid too much on a sale, is credit as well.
    """
    ordered = sorted(charges, key=lambda charge: (charge.on, charge.deal_id))
    credit += sum(max(0, charge.paid - charge.amount) for charge in ordered)
    found = []
    for charge in ordered:
        owed = max(0, charge.amount - charge.paid)
        used = min(owed, max(0, credit))
        credit -= used
        if owed > used:
            found.append(OpenItem(charge.deal_id, charge.name, charge.on, charge.amount, owed - used, charge.planned))
    return found


def account_items(charges: Sequence[Charge], credit: int) -> list[OpenItem]:
    """The open sales of an account with returns among its charges; `credit` is money that belongs to no sale."""
    sales = [charge for charge in charges if charge.amount > 0]
    # A return that was not refunded in money is credit for what is owed; a refund in money has used it up.
    returned = sum(charge.paid - charge.amount for charge in charges if charge.amount <= 0)
    return open_items(sales, returned + credit)


def spread(amount: int, items: Sequence[OpenItem]) -> tuple[list[tuple[int, int]], int]:
    """How an amount pays open items in their order: (deal, minor units) pairs, and what is left over."""
    parts = []
    for item in items:
        part = min(amount, item.owed)
        if part > 0:
            parts.append((item.deal_id, part))
            amount -= part
    return parts, amount


def ageing(items: Sequence[OpenItem], today: date) -> tuple[int, int, int, int, int]:
    """What is owed by days past due: not due, 1–30, 31–60, 61–90, over 90 (minor units).

    What is planned falls due on its day; the rest of a sale on the day of the sale.
    """
    sums = [0, 0, 0, 0, 0]
    for item in items:
        rest = item.owed
        for due, planned in sorted(item.planned, reverse=True):  # what was paid first was due first
            part = min(rest, planned)
            sums[_age(due, today)] += part
            rest -= part
        sums[_age(item.on, today)] += rest
    return sums[0], sums[1], sums[2], sums[3], sums[4]


def _age(due: date, today: date) -> int:
    days = (today - due).days
    return 0 if days <= 0 else min(4, (days + 29) // 30)


@dataclass(frozen=True, slots=True)
class Balance:
    """One customer's account: what they owe (below zero: what we owe them), and what is on its way; minor units."""

    owed: int
    on_the_way: int
    items: tuple[OpenItem, ...]
    ages: tuple[int, int, int, int, int]
    limit: int | None = None
    promised_on: date | None = None

    def over_limit(self, more: int = 0) -> bool:
        """Whether what is owed, with `more` on top, passes the credit limit."""
        return self.limit is not None and self.owed + more > self.limit


@dataclass(frozen=True, slots=True)
class Taking:
    """Money that came at once, or is on its way: minor units, how, and where it is.

    `key` is what its payments have in common ("" for a payment that stands alone), `id` the first of them, `receipt`
    the number of the receipt that stands for it, as printed.
    """

    key: str
    id: int
    amount: int
    method: str | None
    state: str | None
    received_on: date | None
    due_on: date | None
    name: str
    receipt: str | None = None


@dataclass(frozen=True, slots=True)
class DebtorRow:
    """One line of who owes; minor units of the business's currency."""

    customer_id: int
    customer: str
    owed: int
    limit: int | None
    promised_on: date | None
    oldest_on: date | None


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of a statement: a sale or a return (`charge`, below zero for a return), or a payment."""

    on: date
    text: str
    charge: int
    payment: int
    kind: str
