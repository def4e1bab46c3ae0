"""Takings: by method and receiver, the cash against what was counted, credit given and collected."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop_crm.domain.accounts import METHODS
from desktop_crm.domain.deals import DealFilter
from desktop_crm.domain.errors import N_
from desktop_crm.domain.evening import NO_METHOD, NO_RECEIVER, Taking
from desktop_crm.domain.figures import DayFigures
from desktop_crm.domain.payments import PaymentFilter
from desktop_crm.domain.values import Period, sort_key
from desktop_crm.reports.frame import Frame
from desktop_crm.reports.report import Cell, Column, Figure, Table, ValueType

_BESIDE = 4
"""Receivers that stand beside each other in the table of the methods; more of them have a table of their own."""


def figures(figures: DayFigures, frame: Frame) -> tuple[Figure, ...]:
    """The counted cash, the credit given and the credit collected; each only where there is something to tell."""
    return (*_cash(figures, frame), *_credit(figures, frame))


def _cash(figures: DayFigures, frame: Frame) -> tuple[Figure, ...]:
    counted, cash = figures.evening.counted, figures.evening.cash
    if counted is None:
        return ()
    return (Figure("cash_counted", frame.say(N_("Cash counted")), counted, ValueType.MONEY,
                   frame.say(N_("The cash that was counted, without the float, against the payments in cash received "
                                "on the day, refunds in cash taken off.")),
                   PaymentFilter(received=Period.day(figures.day), methods=("cash",)), difference(figures, frame),
                   "good" if counted == cash else "warn"),)


def difference(figures: DayFigures, frame: Frame) -> str:
    """How the counted cash stands to the cash that was taken, in words; "" if none was counted."""
    if figures.evening.counted is None:
        return ""
    over = figures.evening.counted - figures.evening.cash
    if not over:
        return frame.say(N_("as taken"))
    said = N_("{amount} too much for {taken}") if over > 0 else N_("{amount} short of {taken}")
    return frame.say(said, amount=frame.money(abs(over)), taken=frame.money(figures.evening.cash))


def _credit(figures: DayFigures, frame: Frame) -> tuple[Figure, ...]:
    credit, say, day = figures.evening.credit, frame.say, figures.day
    given = Figure("credit_given", say(N_("Credit given")), credit.given, ValueType.MONEY,
                   say(N_("Sum of the sales on account that were closed on the day, less what was received for them on "
                          "the same day.")), DealFilter(credit_on=day),
                   frame.count(N_("{n} sale"), N_("{n} sales"), credit.sales))
    collected = Figure("collected", say(N_("Credit collected")), credit.collected, ValueType.MONEY,
                       say(N_("Sum of the payments on account received on the day that were not for a sale of the same "
                              "day.")), PaymentFilter(collected_on=day),
                       frame.count(N_("{n} payment"), N_("{n} payments"), credit.payments))
    return (*((given,) if credit.given or credit.sales else ()), *((collected,) if credit.payments else ()))


def tables(figures: DayFigures, frame: Frame) -> tuple[Table, ...]:
    """The takings by method, the receivers beside each other or in a table below. None for a day without any."""
    takings = figures.evening.takings
    if not takings:
        return ()
    receivers = {taking.seller_id: taking.seller for taking in takings}
    beside = receivers if 1 < len(receivers) <= _BESIDE else {}
    below = (_by_receiver(takings, receivers, figures.day, frame),) if len(receivers) > _BESIDE else ()
    return (_by_method(takings, beside, figures.day, frame), *below)


def method_title(method: str | None, frame: Frame) -> str:
    """A way to pay in words: one of ours by its title, another as it was typed."""
    return frame.say(NO_METHOD) if not method else frame.say(METHODS[method]) if method in METHODS else method


def _by_method(takings: Sequence[Taking], beside: dict[int | None, str | None], day: date, frame: Frame) -> Table:
    known = list(METHODS)
    methods = sorted({taking.method for taking in takings}, key=lambda method: (
        method is None, known.index(method) if method in known else len(known), sort_key(method or "")))
    columns = (Column("group", frame.say(N_("Method")), weight=2.0),
               *(Column(f"receiver_{seller or 0}", name or frame.say(NO_RECEIVER), ValueType.MONEY)
                 for seller, name in beside.items()),
               Column("payments", frame.say(N_("Payments")), ValueType.COUNT),
               Column("amount", frame.say(N_("Amount")), ValueType.MONEY))
    by_method = [[taking for taking in takings if taking.method == method] for method in methods]
    rows = tuple((method_title(method, frame), *_line(found, beside))
                 for method, found in zip(methods, by_method, strict=True))
    names = {taking.seller for taking in takings}
    only = next(iter(names)) if len(names) == 1 else None
    return Table("takings", frame.say(N_("Takings")), columns, rows,
                 (frame.say(N_("Total")), *_line(takings, beside)),
                 note=frame.say(N_("All of it was received by {name}."), name=only) if only else "",
                 filters=tuple(PaymentFilter(received=Period.day(day), methods=(method or "",)) for method in methods))


def _line(takings: Sequence[Taking], beside: dict[int | None, str | None]) -> tuple[Cell, ...]:
    return (*(sum(taking.amount for taking in takings if taking.seller_id == seller) for seller in beside),
            sum(taking.count for taking in takings), sum(taking.amount for taking in takings))


def _by_receiver(takings: Sequence[Taking], receivers: dict[int | None, str | None], day: date, frame: Frame) -> Table:
    columns = (Column("group", frame.say(N_("Receiver")), weight=2.0),
               Column("cash", frame.say(N_("Cash")), ValueType.MONEY),
               Column("others", frame.say(N_("Other ways")), ValueType.MONEY),
               Column("payments", frame.say(N_("Payments")), ValueType.COUNT),
               Column("amount", frame.say(N_("Amount")), ValueType.MONEY))

    def line(found: Sequence[Taking]) -> tuple[Cell, ...]:
        cash = sum(taking.amount for taking in found if taking.method == "cash")
        amount = sum(taking.amount for taking in found)
        return cash, amount - cash, sum(taking.count for taking in found), amount

    rows = tuple((name or frame.say(NO_RECEIVER), *line([taking for taking in takings if taking.seller_id == seller]))
                 for seller, name in receivers.items())
    return Table("receivers", frame.say(N_("Takings by receiver")), columns, rows,
                 (frame.say(N_("Total")), *line(takings)), filters=tuple(
                     PaymentFilter(received=Period.day(day), sellers=(seller or 0,)) for seller in receivers))
