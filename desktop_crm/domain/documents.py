"""Papers for customers: receipt, quotation, statement of account. All money is integer minor units.

A paper holds what is printed and nothing to compute. `check` refuses one whose figures do not add
up; the builders (`priced`, `Sums.of`, `running`) make figures that do. `country` is the one whose own years
stand beside the paper's days (Nepal, Taiwan).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_crm.domain.errors import N_, InvalidInput, Term
from desktop_crm.domain.values import Period, extended, to_major


@dataclass(frozen=True, slots=True)
class Party:
    """Who gives or gets a paper; `numbers` are labels with registration and tax numbers, as people write them.

    `invoice_title` is the name that papers must bear where it is not the name people say.
    """

    name: str
    invoice_title: str = ""
    address: tuple[str, ...] = ()
    phone: str = ""
    email: str = ""
    numbers: tuple[tuple[str, str], ...] = ()

    @property
    def title(self) -> str:
        """The name that heads a paper."""
        return self.invoice_title or self.name


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One line: quantity in thousandths, price per piece (None: only the amount is known).

    The discount is off the amount already. What is returned has a negative quantity and amount.
    """

    text: str
    quantity: int
    price: int | None
    amount: int
    discount: int = 0


@dataclass(frozen=True, slots=True)
class TaxLine:
    """A tax and what it comes to; the rate in thousandths of a percent (8000 = 8 %).

    `included`: the prices hold it already.
    """

    name: str
    amount: int
    rate: int | None = None
    included: bool = False


@dataclass(frozen=True, slots=True)
class Sums:
    """Total = subtotal − discount + the taxes that are not included + cash rounding."""

    subtotal: int
    total: int
    discount: int = 0
    taxes: tuple[TaxLine, ...] = ()
    rounding: int = 0

    @property
    def bare(self) -> bool:
        """Whether nothing stands between the subtotal and the total."""
        return not (self.discount or self.rounding or any(not tax.included for tax in self.taxes))

    @classmethod
    def of(cls, amounts: Iterable[int], discount: int = 0, taxes: Sequence[TaxLine] = (), rounding: int = 0) -> Sums:
        """The sums of the lines' amounts less a discount on the whole."""
        subtotal = sum(amounts)
        return cls(subtotal, subtotal - discount + _added(taxes) + rounding, discount, tuple(taxes), rounding)


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money received, or given back where `paid` is negative; what it was for are the lines or `for_what`.

    `change` went back to the payer and is not in `paid`; `paid_before` is what earlier payments brought for the
    same sale; `balance_after` is what the buyer owes in all (None: not said, negative: has in his favour).
    `method` is a message id or the user's own word.
    """

    number: str
    on_date: date
    currency: str
    seller: Party
    buyer: Party | None
    sums: Sums
    paid: int
    method: str = ""
    lines: tuple[DocumentLine, ...] = ()
    for_what: str = ""
    change: int = 0
    paid_before: int = 0
    balance_after: int | None = None
    received_by: str = ""
    notes: str = ""
    voided: bool = False
    country: str = ""
    logo: bytes = b""

    @property
    def refund(self) -> bool:
        """Whether the money went back to the buyer."""
        return self.paid < 0


@dataclass(frozen=True, slots=True)
class Quotation:
    """An offer: its lines and their sums, until when it holds (None: not said), and on what terms."""

    number: str
    on_date: date
    currency: str
    seller: Party
    buyer: Party | None
    lines: tuple[DocumentLine, ...]
    sums: Sums
    valid_until: date | None = None
    prepared_by: str = ""
    subject: str = ""
    terms: str = ""
    notes: str = ""
    country: str = ""
    logo: bytes = b""


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One entry of an account: what was charged or paid (a return is a negative charge), and the balance after it."""

    on_date: date
    text: str
    charge: int
    payment: int
    balance: int


@dataclass(frozen=True, slots=True)
class Statement:
    """What a customer was charged and paid in a period; `on_date` is the day of the paper and of its ages.

    `ages` part the closing balance by days past due, as `accounts.ageing` does (None: not said; all zero where
    the customer has money in his favour). `on_the_way` is money that was given but is not there yet.
    """

    on_date: date
    period: Period
    currency: str
    seller: Party
    party: Party
    opening: int
    rows: tuple[StatementRow, ...]
    closing: int
    ages: tuple[int, int, int, int, int] | None = None
    on_the_way: int = 0
    notes: str = ""
    country: str = ""
    logo: bytes = b""

    @property
    def charged(self) -> int:
        """The sum of the charges."""
        return sum(row.charge for row in self.rows)

    @property
    def paid(self) -> int:
        """The sum of the payments."""
        return sum(row.payment for row in self.rows)


Document = Receipt | Quotation | Statement


def priced(text: str, quantity: int, price: int, discount: int = 0) -> DocumentLine:
    """A line whose amount is quantity × price less the discount."""
    return DocumentLine(text, quantity, price, extended(quantity, price) - discount, discount)


def running(opening: int, entries: Iterable[tuple[date, str, int, int]]) -> tuple[StatementRow, ...]:
    """The rows of a statement out of (day, text, charge, payment), each with the balance after it."""
    rows = []
    for day, text, charge, payment in entries:
        opening += charge - payment
        rows.append(StatementRow(day, text, charge, payment, opening))
    return tuple(rows)


def check(document: Document) -> None:
    """Raise InvalidInput for a paper whose lines, totals, balances or ages do not add up."""
    if isinstance(document, Statement):
        _check_statement(document)
        return
    for line in document.lines:
        if line.price is not None:
            expected = extended(line.quantity, line.price) - line.discount
            _equal(line.text, line.amount, expected, document.currency)
    sums, currency = document.sums, document.currency
    if document.lines:
        _equal(Term(N_("Subtotal")), sums.subtotal, sum(line.amount for line in document.lines), currency)
    expected = sums.subtotal - sums.discount + _added(sums.taxes) + sums.rounding
    _equal(Term(N_("Total")), sums.total, expected, currency)


def _check_statement(statement: Statement) -> None:
    balance = statement.opening
    for row in statement.rows:
        balance += row.charge - row.payment
        _equal(row.text, row.balance, balance, statement.currency)
    _equal(Term(N_("Closing balance")), statement.closing, balance, statement.currency)
    if statement.ages is not None:
        _equal(Term(N_("Days overdue")), sum(statement.ages), max(0, statement.closing), statement.currency)


def _equal(what: str, said: int, expected: int, currency: str) -> None:
    if said != expected:
        raise InvalidInput(N_("“{what}” says {said}, but what it is made of comes to {expected}. Nothing was printed."),
                           what=what, said=to_major(said, currency), expected=to_major(expected, currency))


def _added(taxes: Iterable[TaxLine]) -> int:
    return sum(tax.amount for tax in taxes if not tax.included)
