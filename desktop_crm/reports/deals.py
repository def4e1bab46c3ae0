"""The list of deals: those created in the period, or all, with what they come to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from desktop_crm.domain.deals import DealFilter, weighted
from desktop_crm.domain.errors import N_
from desktop_crm.domain.figures import DealItem
from desktop_crm.reports.catalogue import find
from desktop_crm.reports.frame import Frame
from desktop_crm.reports.report import Cell, Column, Figure, Report, Table, ValueType


def rule(frame: Frame) -> DealFilter:
    """Which deals the report lists."""
    return DealFilter(created=frame.period)


def deals(items: Sequence[DealItem], frame: Frame) -> Report:
    """A row a deal, oldest first."""
    unknown = sum(item.amount is None for item in items)
    return frame.report(
        "deals", frame.say(find("deals").title), figures=_figures(items, frame), tables=(_table(items, frame),),
        notes=(frame.say(N_("The deals created in the period; without a period all, undated ones too.")),
               *frame.unsummed(unknown, len(items) - unknown - len(_own(items, frame)))))


def _own(items: Iterable[DealItem], frame: Frame) -> list[int]:
    """The known amounts in the business's currency."""
    return [item.amount for item in items if item.amount is not None and item.currency == frame.currency]


def _figures(items: Sequence[DealItem], frame: Frame) -> tuple[Figure, ...]:
    say, every = frame.say, rule(frame)
    still = [item for item in items if item.status == "open"]
    won = [item for item in items if item.status == "won"]
    lost = [item for item in items if item.status == "lost" and not item.mistake]
    opened, gained = replace(every, statuses=("open",)), replace(every, statuses=("won",))
    likely = sum(weighted(item.amount, item.probability) for item in still
                 if item.amount is not None and item.currency == frame.currency)
    return (
        Figure("deals", say(N_("Deals")), len(items), ValueType.COUNT, say(N_("Deals created in the period.")), every),
        Figure("open_amount", say(N_("Open")), sum(_own(still, frame)), ValueType.MONEY,
               say(N_("Sum of the amounts of those that are open.")), opened,
               frame.count(N_("{n} deal"), N_("{n} deals"), len(still))),
        Figure("weighted", say(N_("Weighted")), likely, ValueType.MONEY,
               say(N_("Sum of amount × probability of the stage, open deals.")), opened),
        Figure("won_amount", say(N_("Won")), sum(_own(won, frame)), ValueType.MONEY,
               say(N_("Sum of the amounts of those that are won.")), gained,
               frame.count(N_("{n} deal"), N_("{n} deals"), len(won))),
        Figure("lost", say(N_("Lost")), len(lost), ValueType.COUNT,
               say(N_("Those that are lost, without those entered by mistake.")),
               replace(every, statuses=("lost",), without_mistakes=True)),
    )


def _table(items: Sequence[DealItem], frame: Frame) -> Table:
    """The list; the columns for other currencies and for lost reasons come only where there are any."""
    say, columns, rows = frame.say, _columns(frame), [_row(item, frame) for item in items]
    drop = {place for place, column in enumerate(columns) if column.key in ("other_amount", "lost_reason")
            and all(row[place] is None for row in rows)}
    totals: list[Cell] = [None] * len(columns)
    totals[0], totals[4] = say(N_("Total")), sum(_own(items, frame))
    kept = [place for place in range(len(columns)) if place not in drop]
    return Table("deals", say(N_("Deals")), tuple(columns[place] for place in kept),
                 tuple(tuple(row[place] for place in kept) for row in rows), tuple(totals[place] for place in kept),
                 kind="deals", ids=tuple(item.id for item in items))


def _columns(frame: Frame) -> tuple[Column, ...]:
    say = frame.say
    return (
        Column("name", say(N_("Name")), weight=2.0), Column("customer", say(N_("Customer")), weight=1.5),
        Column("seller", say(N_("Seller"))), Column("stage", say(N_("Stage"))),
        Column("amount", say(N_("Amount")), ValueType.MONEY), Column("other_amount", say(N_("Other currency"))),
        Column("source", say(N_("Source"))), Column("created_on", say(N_("Created on")), ValueType.DATE),
        Column("expected_on", say(N_("Expected on")), ValueType.DATE),
        Column("closed_on", say(N_("Closed on")), ValueType.DATE), Column("lost_reason", say(N_("Lost reason"))))


def _row(item: DealItem, frame: Frame) -> tuple[Cell, ...]:
    own = item.currency == frame.currency
    other = None if own or item.amount is None else frame.language.money(item.amount, item.currency)
    return (item.name, item.customer, item.seller, item.stage, item.amount if own else None, other, item.source,
            item.created_on, item.expected_on, item.closed_on, item.lost_reason)
