"""Quick sales and returns: one act each, with its lines, its payment and, if wished, its receipt."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import Any

from desktop_crm.domain.accounts import first_state
from desktop_crm.domain.deals import DealLine
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.sales import GiveBack, Sale, Sold, change_of, checked, checked_return, described
from desktop_crm.i18n import LANGUAGES, language
from desktop_crm.services import accounts as account_services
from desktop_crm.services import customers as customer_services
from desktop_crm.services import receipts
from desktop_crm.services.book import Book
from desktop_crm.storage import accounts, deals, pipelines, records
from desktop_crm.storage.uids import new_uid
from desktop_crm.storage.unit_of_work import Connection, Work

QUICK_SALE = N_("Quick sale")
"""The name of the pipeline of quick sales, and of a sale that says no more."""

_Thing = tuple[int | None, str]
"""What one line of a sale is of: its product, its name."""


def sell(book: Book, sale: Sale) -> Sold:
    """Note a sale: a won deal of the "Quick sale" pipeline with its lines, payment and receipt, one undo step.

    Raises InvalidInput, with the field's key, for what cannot be (see domain.sales.checked).
    """
    change = change_of(sale)
    sale = checked(sale)
    assert sale.total is not None and sale.paid is not None  # checked fills both in
    day = sale.on or book.today()
    name = described(sale.lines) or sale.note.strip()[:200] or book.language.say(QUICK_SALE)
    with book.work(N_("Sell {name}"), name=name) as work:
        customer = sale.customer_id
        if customer is None and sale.new_customer.strip():
            customer = customer_services.insert(book, work, {"name": sale.new_customer, "state": "customer"})
        elif customer is not None:
            customer_services.became_customer(book, work, customer)
        deal = _deal(book, work, {"name": name, "customer_id": customer, "seller_id": sale.seller_id,
                                  "amount": sale.total, "notes": sale.note.strip() or None}, sale.lines, day)
        taking = None
        if sale.paid:
            taking = _take(book, work, deal, customer, sale, day)
        for due, amount in _plan(sale):
            _payment(book, work, deal, customer, sale.seller_id, amount, due_on=due)
        wanted = sale.receipt and taking is not None and not first_state(sale.method)
        owed = accounts.balance(work.connection, customer, book.currency) if customer else 0
        number = receipts.write(book, work, taking, change, owed)[1] if wanted and taking else None
    return Sold(deal, taking, number, change, owed)


def _plan(sale: Sale) -> tuple[tuple[date, int], ...]:
    """The days on which the rest of a sale is due."""
    left = (sale.total or 0) - (sale.paid or 0)
    if sale.instalments or not left or sale.due_on is None or first_state(sale.method):
        return sale.instalments
    return ((sale.due_on, left),)


def _deal(book: Book, work: Work, values: dict[str, Any], lines: tuple[DealLine, ...], day: date) -> int:
    if values["seller_id"] is not None:
        records.title(work.connection, "sellers", values["seller_id"])  # says that the seller is gone
    stage, pipeline = quick_stage(book, work)
    made = records.add(work.connection, "deals", {
        **values, "pipeline_id": pipeline, "stage_id": stage, "status": "won", "currency": book.currency,
        "created_on": day, "closed_on": day, "stage_on": day, "on_account": True})
    deals.add_lines(work.connection, made, lines)
    deals.log_move(work.connection, made, None, stage, day, book.now(), values["amount"], values["seller_id"])
    return made


def quick_names(book: Book) -> set[str]:
    """The names that the pipeline of quick sales goes by: the file's language may have been another."""
    return {book.language.say(QUICK_SALE), *(language(code).say(QUICK_SALE) for code in LANGUAGES)}


def quick_stage(book: Book, work: Work) -> tuple[int, int]:
    """The won stage, and the pipeline, of quick sales; made anew if the user has deleted it."""
    found = pipelines.won_stage(work.connection, quick_names(book))
    if found is not None:
        return found
    say = book.language.say
    made = records.add(work.connection, "pipelines", {"name": say(QUICK_SALE), "position": 99})
    for position, (name, kind, share) in enumerate((("Offered", "open", 50), ("Won", "won", 100), ("Lost", "lost", 0))):
        records.add(work.connection, "stages", {"pipeline_id": made, "name": say(name), "kind": kind,
                                                "probability": share, "position": position})
    return quick_stage(book, work)


def _take(book: Book, work: Work, deal: int, customer: int | None, sale: Sale, day: date) -> str:
    """The payment of a sale: received today, or on its way (a cheque, cash on delivery)."""
    taking, state = new_uid(), first_state(sale.method)
    come = {"state": state, "due_on": sale.due_on or day} if state else {"received_on": day}
    _payment(book, work, deal, customer, sale.seller_id, sale.paid or 0, method=sale.method, taking=taking, **come)
    return taking


def _payment(book: Book, work: Work, deal: int | None, customer: int | None, seller: int | None, amount: int,
             **more: Any) -> int:
    return records.add(work.connection, "payments", {
        "name": "", "deal_id": deal, "customer_id": customer, "seller_id": seller, "amount": amount,
        "currency": book.currency, "on_account": True, **more})


def give_back(book: Book, wanted: GiveBack) -> Sold:
    """Note a return: a won deal below zero, with a refund of the money or of the debt; one undo step.

    Raises InvalidInput if it is more than was sold, or if a walk-in is not refunded in full.
    """
    wanted = checked_return(wanted)
    day = wanted.on or book.today()
    with book.read() as connection:
        sold = records.get(connection, "deals", wanted.deal_id) if wanted.deal_id is not None else None
        left, most = _left(connection, wanted.deal_id) if wanted.deal_id is not None else ((), None)
    if sold is not None and (sold["status"] != "won" or sold["currency"] != book.currency):
        raise InvalidInput(N_("Only what was sold, in the business's currency, can come back. Nothing was saved."),
                           "deal_id")
    amount = _given_back(wanted, left, most)
    refund = amount if wanted.refund is None else wanted.refund
    customer = sold["customer_id"] if sold is not None else wanted.customer_id
    if not 0 <= refund <= amount or (customer is None and refund != amount):
        raise InvalidInput(N_("A refund goes from zero to what is returned, and a walk-in gets all of it back. Nothing "
                              "was saved."), "refund")
    name = described(wanted.lines) or (sold["name"] if sold is not None else "") or book.language.say(QUICK_SALE)
    seller = wanted.seller_id if wanted.seller_id is not None or sold is None else sold["seller_id"]
    with book.work(N_("Take back {name}"), name=name) as work:
        lines = tuple(replace(line, id=0, quantity=-line.quantity) for line in wanted.lines)
        deal = _deal(book, work, {"name": name, "customer_id": customer, "seller_id": seller, "amount": -amount,
                                  "notes": wanted.note.strip() or None, "return_of_id": wanted.deal_id}, lines, day)
        taking = None
        if refund:
            taking = new_uid()
            _payment(book, work, deal, customer, seller, -refund, method=wanted.method, taking=taking, received_on=day)
        if wanted.deal_id is not None:
            account_services.unplan(work, wanted.deal_id)
        owed = accounts.balance(work.connection, customer, book.currency) if customer else 0
    return Sold(deal, taking, None, 0, owed)


def returnable(book: Book, deal: int) -> tuple[tuple[DealLine, ...], int]:
    """What can still come back of a sale: its lines with what is left of each, and the amount, minor units."""
    with book.read() as connection:
        records.get(connection, "deals", deal)
        return _left(connection, deal)


def _left(connection: Connection, deal: int) -> tuple[tuple[DealLine, ...], int]:
    back = {row["id"]: row["amount"] or 0 for row in records.find(connection, "deals", return_of_id=deal)}
    lines = deals.lines(connection, [deal, *back])
    gone: dict[_Thing, int] = defaultdict(int)
    for key in back:
        for line in lines.get(key, ()):
            gone[line.product_id, line.name] -= line.quantity
    left = []
    for line in lines.get(deal, ()):
        taken = min(line.quantity, gone[line.product_id, line.name])
        gone[line.product_id, line.name] -= taken
        if line.quantity > taken:
            left.append(replace(line, quantity=line.quantity - taken))
    return tuple(left), (records.get(connection, "deals", deal)["amount"] or 0) + sum(back.values())


def _given_back(wanted: GiveBack, left: tuple[DealLine, ...], most: int | None) -> int:
    """What a return comes to, minor units; InvalidInput if it is nothing, or more than is `left` of the sale.

    `most` is the amount that is left of it, None without a sale.
    """
    prices = [line.amount for line in wanted.lines]
    amount = wanted.amount
    if amount is None and prices and all(price is not None for price in prices):
        amount = sum(price for price in prices if price is not None)
    if amount is None and not wanted.lines:
        amount = most
    if amount is None or amount <= 0:
        raise InvalidInput(N_("The return needs an amount above zero, or items with prices. Nothing was saved."),
                           "amount")
    if most is not None and amount > most:
        raise InvalidInput(N_("More would come back than was sold. Nothing was saved."), "amount")
    if any(line.quantity <= 0 for line in wanted.lines) or (most is not None and _too_much(wanted.lines, left)):
        raise InvalidInput(N_("More would come back than was sold. Nothing was saved."), "lines")
    return amount


def _too_much(wanted: tuple[DealLine, ...], left: tuple[DealLine, ...]) -> bool:
    """Whether more of a thing would come back than is left of it."""
    rest: dict[_Thing, int] = defaultdict(int)
    for sign, lines in ((1, left), (-1, wanted)):
        for line in lines:
            rest[line.product_id, line.name] += sign * line.quantity
    return any(quantity < 0 for quantity in rest.values())
