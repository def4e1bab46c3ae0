"""A quick sale: who, what, how much, and how it is paid."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from desktop_crm.domain import fields
from desktop_crm.domain.accounts import METHODS
from desktop_crm.domain.deals import DealLine, checked_lines
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.fields import Field, FieldType


@dataclass(frozen=True, slots=True)
class Sale:
    """What the quick sale's line says. Amounts are minor units of the business's currency.

    `total` may be left out if the lines have prices; `paid` is what is handed over now (None: all of it), by `method`.
    The rest is on account, and due on `due_on` or in `instalments` (day, amount) if they are said. `due_on` of a
    cheque is the day written on it.
    """

    customer_id: int | None = None
    new_customer: str = ""
    lines: tuple[DealLine, ...] = ()
    total: int | None = None
    paid: int | None = None
    method: str = "cash"
    due_on: date | None = None
    instalments: tuple[tuple[date, int], ...] = ()
    seller_id: int | None = None
    on: date | None = None
    note: str = ""
    receipt: bool = False

    @property
    def named(self) -> bool:
        """Whether the buyer is known, and not a walk-in."""
        return self.customer_id is not None or bool(self.new_customer.strip())


_FIELDS = (
    Field("on", N_("Date"), FieldType.DATE), Field("due_on", N_("Due on"), FieldType.DATE),
    Field("total", N_("Amount"), FieldType.MONEY), Field("amount", N_("Amount"), FieldType.MONEY),
    Field("note", N_("Note"), FieldType.LONG),
)


def checked(sale: Sale) -> Sale:
    """The sale with its total and payment filled in; InvalidInput, with the field's key, for what cannot be.

    Cash above the total is change: it does not count as paid.
    """
    sale = replace(sale, lines=checked_lines(sale.lines))
    if sale.method not in METHODS:
        raise InvalidInput(N_("“{value}” is no way to pay. Nothing was saved."), "method", value=sale.method)
    total = _total(sale)
    paid = total if sale.paid is None else sale.paid
    if paid < 0:
        raise InvalidInput(N_("What is paid cannot be below zero. Nothing was saved."), "paid")
    if paid > total and sale.method != "cash":
        raise InvalidInput(N_("More is paid than the sale comes to. Nothing was saved."), "paid")
    paid = min(paid, total)
    if paid < total and not sale.named:
        raise InvalidInput(N_("A sale on account needs a customer: choose one, or take the whole amount. Nothing was "
                              "saved."), "customer_id")
    planned = sum(amount for _, amount in sale.instalments)
    if sale.instalments and (planned != total - paid or min(amount for _, amount in sale.instalments) <= 0):
        raise InvalidInput(N_("The instalments must come to what is left to pay. Nothing was saved."), "instalments")
    for due, _ in sale.instalments:
        fields.checked(_FIELDS, {"due_on": due})
    clean = fields.checked(_FIELDS, {"on": sale.on, "due_on": sale.due_on, "total": total, "note": sale.note})
    return replace(sale, total=total, paid=paid, note=str(clean["note"] or ""))


def _total(sale: Sale) -> int:
    if any(line.quantity <= 0 for line in sale.lines):
        raise InvalidInput(N_("A quantity must be above zero. Nothing was saved."), "lines")
    prices = [line.amount for line in sale.lines]
    total = sale.total
    if total is None and prices and all(price is not None for price in prices):
        total = sum(price for price in prices if price is not None)
    if total is None or total <= 0:
        raise InvalidInput(N_("The sale needs an amount above zero, or items with prices. Nothing was saved."), "total")
    return total


def change_of(sale: Sale) -> int:
    """What a customer who pays cash gets back, minor units."""
    total = _total(sale)
    return max(0, (sale.paid or 0) - total) if sale.method == "cash" else 0


def checked_return(wanted: GiveBack) -> GiveBack:
    """The return with sound texts; InvalidInput for a day or an amount that does not fit the file."""
    clean = fields.checked(_FIELDS, {"on": wanted.on, "amount": wanted.amount, "note": wanted.note})
    return replace(wanted, lines=checked_lines(wanted.lines), note=str(clean["note"] or ""))


def instalments(amount: int, first: date, count: int) -> tuple[tuple[date, int], ...]:
    """An amount in `count` monthly parts from a first day on; the odd minor units come first.

    From 31 January on, they are due on 28 February and again on 31 March.
    """
    part, odd = divmod(amount, count)
    return tuple((months_on(first, place), part + (place < odd)) for place in range(count))


def months_on(day: date, months: int) -> date:
    """The same day so many months later, or that month's last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def described(lines: Sequence[DealLine], most: int = 160) -> str:
    """A sale's items as its name: "Rice 5 kg × 2, Sugar"; "" for none."""
    parts = [line.name if line.quantity == 1000 else f"{line.name} × {_plain(line.quantity)}" for line in lines
             if line.name]
    text = ", ".join(parts)
    return text if len(text) <= most else text[:most - 1].rstrip(" ,") + "…"


def _plain(thousandths: int) -> str:
    whole, rest = divmod(thousandths, 1000)
    return str(whole) if rest == 0 else f"{whole}.{rest:03}".rstrip("0")


@dataclass(frozen=True, slots=True)
class GiveBack:
    """What is returned: lines with the quantities that come back, or an `amount` alone (minor units, above zero).

    `refund` is what is handed back now by `method` (None: all of it); the rest lowers what the customer owes.
    """

    deal_id: int | None = None
    customer_id: int | None = None
    lines: tuple[DealLine, ...] = ()
    amount: int | None = None
    refund: int | None = None
    method: str = "cash"
    seller_id: int | None = None
    on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sold:
    """What a sale or a return made: its deal, the taking of its money, its receipt's number, change, what is owed."""

    deal_id: int
    taking: str | None
    receipt: int | None
    change: int
    owed: int
