"""What stands in the account section of a card: sales that are not paid, and money that came or is on its way."""

from __future__ import annotations

from desktop_crm.domain.accounts import METHODS, NEXT, STATES, OpenItem, Taking
from desktop_crm.services import accounts
from desktop_crm.services.book import Book
from desktop_crm.ui.line_model import Line
from desktop_crm.ui.when import short
from desktop_crm.ui.words import N_, amount, current, tr, tr_count

STEPS = {"deposited": N_("Deposited"), "cleared": N_("Cleared"), "bounced": N_("Bounced")}
"""What can happen to money on its way, as an act; cash on delivery is collected."""
_COLLECTED = N_("Collected")


def account_lines(book: Book, customer: int, limit: int) -> list[Line]:
    """The first `limit` lines of a customer's account: what is open, then returns, then money, newest first."""
    balance = accounts.balance(book, customer)
    lines = [_open_line(book, item) for item in balance.items]
    if lines:
        lines.insert(0, Line("heading", title=tr(N_("Not paid yet"))))
    money = accounts.takings(book, customer, max(0, limit - len(lines)))
    if money:
        lines += [Line("heading", title=tr(N_("Payments"))), *(_taking_line(book, taking) for taking in money)]
    return lines[:limit]


def _open_line(book: Book, item: OpenItem) -> Line:
    today = book.today()
    due = min((day for day, _ in item.planned), default=item.on)
    late = (today - due).days
    meta = [tr(N_("sold {day}"), day=short(item.on, today))]
    if item.owed < item.amount:
        meta.append(tr(N_("of {money}"), money=amount(item.amount, book.currency)))
    if late > 0:
        meta.append(tr_count(N_("{n} day overdue"), N_("{n} days overdue"), late))
    elif item.planned:
        meta.append(tr(N_("due {day}"), day=short(due, today)))
    return Line("deal", item.deal_id, item.name, meta=" · ".join(meta), meta_tone="bad" if late > 0 else "",
                icon="deals", end=current().money(item.owed, book.currency))


def _taking_line(book: Book, taking: Taking) -> Line:
    today, money = book.today(), current().money(taking.amount, book.currency)
    method = tr(METHODS.get(taking.method or "", taking.method or "")) or tr(N_("Payment"))
    if taking.state in NEXT:
        meta = [tr(STATES[taking.state]), short(taking.due_on, today) if taking.due_on else ""]
        first = NEXT[taking.state][0]
        return Line("taking", taking.id, money, method, mark=" · ", meta=" · ".join(filter(None, meta)), icon="clock",
                    action=step_title(taking.state, first), group=taking.key)
    if taking.state == "bounced":
        return Line("taking", taking.id, text=method, meta=tr(STATES["bounced"]), meta_tone="bad", icon="warning",
                    end=money, group=taking.key)
    day = short(taking.received_on, today) if taking.received_on else ""
    said = tr(N_("Refunded {day}") if taking.amount < 0 else N_("Received {day}"), day=day)
    receipt = tr(N_("Receipt {number}"), number=taking.receipt) if taking.receipt else ""
    return Line("taking", taking.id, text=method, meta=" · ".join(filter(None, [said, receipt, taking.name])),
                icon="check", end=money, group=taking.key)


def step_title(state: str, step: str) -> str:
    """The words of the act that moves money on."""
    return tr(_COLLECTED if state == "cod" else STEPS[step])
