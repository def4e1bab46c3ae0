"""The list of customers: those created in the period, or all, with their deals and payments; or a row a group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop_crm.domain.customers import HEATS, STATES, CustomerFilter
from desktop_crm.domain.errors import N_
from desktop_crm.domain.figures import CustomerItem
from desktop_crm.domain.values import sort_key
from desktop_crm.reports import charts
from desktop_crm.reports.catalogue import find
from desktop_crm.reports.frame import Frame
from desktop_crm.reports.report import Cell, Chart, Column, Figure, Report, Table, ValueType

_GROUPS = {"state": N_("State"), "heat": N_("Heat"), "seller": N_("Seller"), "region": N_("Region"),
           "industry": N_("Industry"), "source": N_("Source")}
_TOP = 10
Group = tuple[int | str | None, str | None]


def rule(frame: Frame) -> CustomerFilter:
    """Which customers the report lists."""
    return CustomerFilter(created=frame.period)


def customers(items: Sequence[CustomerItem], frame: Frame, cut: str) -> Report:
    """A row a customer, in human order; with a cut a row a group, the largest first."""
    groups = _grouped(items, frame, cut) if cut else []
    table = _group_table(groups, items, frame, cut) if cut else _table(items, frame)
    return frame.report(
        "customers", frame.say(find("customers").title), figures=_figures(items, frame), tables=(table,),
        chart=_chart(groups, frame, cut) if cut else None,
        notes=(frame.say(N_("The customers created in the period; without a period all, undated ones too. "
                            "Their deals and payments are those of the whole file, in {currency}."),
                         currency=frame.currency),))


def _figures(items: Sequence[CustomerItem], frame: Frame) -> tuple[Figure, ...]:
    say, every = frame.say, rule(frame)
    return (
        Figure("customers", say(N_("Customers")), len(items), ValueType.COUNT,
               say(N_("Customers and leads created in the period.")), every),
        *(Figure(state, say(title), sum(item.state == state for item in items), ValueType.COUNT, say(formula),
                 replace(every, states=(state,))) for state, title, formula in (
            ("lead", N_("Leads"), N_("Those that are still leads.")),
            ("inactive", N_("Inactive"), N_("Those that are marked inactive.")))),
        Figure("won_amount", say(N_("Won amount")), sum(item.won_amount for item in items), ValueType.MONEY,
               say(N_("Sum of the amounts of all deals won from them.")), every),
        Figure("paid", say(N_("Paid")), sum(item.paid for item in items), ValueType.MONEY,
               say(N_("Sum of all payments received from them.")), every),
    )


def _table(items: Sequence[CustomerItem], frame: Frame) -> Table:
    say = frame.say
    columns = (
        Column("name", say(N_("Name")), weight=2.0), Column("state", say(N_("State"))),
        Column("heat", say(N_("Heat")), weight=0.6), Column("seller", say(N_("Seller"))),
        Column("region", say(N_("Region"))), Column("industry", say(N_("Industry"))),
        Column("phone", say(N_("Phone"))), Column("created_on", say(N_("Created on")), ValueType.DATE),
        Column("last_contact", say(N_("Last contact")), ValueType.DATE), *_sum_columns(frame))
    rows = tuple((item.name, say(STATES[item.state]), say(HEATS[item.heat]) if item.heat else None, item.seller,
                  item.region, item.industry, item.phone, item.created_on, item.last_contact, *_sums([item]))
                 for item in items)
    totals: tuple[Cell, ...] = (say(N_("Total")), *[None] * 8, *_sums(items))
    return Table("customers", say(N_("Customers")), columns, rows, totals, kind="customers",
                 ids=tuple(item.id for item in items))


def _sum_columns(frame: Frame) -> tuple[Column, ...]:
    say = frame.say
    return (Column("open_deals", say(N_("Open deals")), ValueType.COUNT),
            Column("won_deals", say(N_("Won deals")), ValueType.COUNT),
            Column("won_amount", say(N_("Won amount")), ValueType.MONEY),
            Column("paid", say(N_("Paid")), ValueType.MONEY))


def _sums(items: Sequence[CustomerItem]) -> tuple[int, int, int, int]:
    return (sum(item.open_deals for item in items), sum(item.won_deals for item in items),
            sum(item.won_amount for item in items), sum(item.paid for item in items))


def _grouped(items: Sequence[CustomerItem], frame: Frame, cut: str) -> list[tuple[Group, list[CustomerItem]]]:
    """The customers of each group: the largest group first, then by name, those without one last among equals."""
    found: dict[Group, list[CustomerItem]] = {}
    for item in items:
        found.setdefault(_group(item, frame, cut), []).append(item)
    return sorted(found.items(), key=lambda group: (
        -len(group[1]), group[0][1] is None, sort_key(group[0][1] or ""), str(group[0])))


def _group(item: CustomerItem, frame: Frame, cut: str) -> Group:
    """What a filter knows the group by, and its name."""
    if cut == "state":
        return item.state, frame.say(STATES[item.state])
    if cut == "heat":
        return item.heat, frame.say(HEATS[item.heat]) if item.heat else None
    if cut in ("seller", "source"):
        return (item.seller_id, item.seller) if cut == "seller" else (item.source_id, item.source)
    text = item.region if cut == "region" else item.industry
    return text, text


def _behind(key: int | str | None, frame: Frame, cut: str) -> CustomerFilter:
    """The filter that lists a group's customers."""
    every = rule(frame)
    if cut in ("seller", "source"):
        links = (key if isinstance(key, int) else 0,)
        return replace(every, sellers=links) if cut == "seller" else replace(every, sources=links)
    texts = (key if isinstance(key, str) else "",)
    return {"state": lambda: replace(every, states=texts), "heat": lambda: replace(every, heats=texts),
            "region": lambda: replace(every, regions=texts), "industry": lambda: replace(every, industries=texts),
            }[cut]()


def _group_table(groups: Sequence[tuple[Group, list[CustomerItem]]], items: Sequence[CustomerItem], frame: Frame,
                 cut: str) -> Table:
    say = frame.say
    columns = (Column("group", say(_GROUPS[cut]), weight=2.0),
               Column("customers", say(N_("Customers")), ValueType.COUNT),
               Column("leads", say(N_("Leads")), ValueType.COUNT), *_sum_columns(frame))
    rows = tuple((name, *_counted(found)) for (_, name), found in groups)
    return Table("customers", say(N_("Customers")), columns, rows, (say(N_("Total")), *_counted(items)),
                 filters=tuple(_behind(key, frame, cut) for (key, _), _ in groups))


def _counted(items: Sequence[CustomerItem]) -> tuple[int, ...]:
    return (len(items), sum(item.state == "lead" for item in items), *_sums(items))


def _chart(groups: Sequence[tuple[Group, list[CustomerItem]]], frame: Frame, cut: str) -> Chart:
    bars = [charts.Bar(frame.say(N_("None")) if name is None else name, len(found), frame.language.number(len(found)))
            for (_, name), found in groups[:_TOP]]
    title = frame.say(N_("Customers")) if len(groups) <= _TOP else frame.say(N_("Customers, the first {n}"), n=_TOP)
    return charts.of_groups(title, bars, (frame.say(_GROUPS[cut]), frame.say(N_("Customers"))), ValueType.COUNT)
