"""Who owes: every customer with an open account, how old the debt is, and what was promised."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_crm.domain.accounts import AGES
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.errors import N_
from desktop_crm.domain.figures import OwedItem
from desktop_crm.reports import charts
from desktop_crm.reports.catalogue import find
from desktop_crm.reports.frame import Frame
from desktop_crm.reports.report import Chart, Column, Figure, Report, Table, ValueType

_KEYS = ("not_due", "to_30", "to_60", "to_90", "over_90")


def owed(items: Sequence[OwedItem], frame: Frame) -> Report:
    """A row a customer, most first; the ages together as a chart."""
    return frame.report(
        "owed", frame.say(find("owed").title), subtitle=frame.language.day(frame.today, "full"),
        figures=_figures(items, frame), tables=(_table(items, frame),), chart=_chart(items, frame),
        notes=(frame.say(N_("Owed is sales on account less payments received and returns. Money on its way (a cheque "
                            "in hand, cash on delivery) lowers nothing until it is there. Ages are days past the due "
                            "day; a sale without one is due on its day. In {currency}."), currency=frame.currency),))


def _figures(items: Sequence[OwedItem], frame: Frame) -> tuple[Figure, ...]:
    say = frame.say
    late = [item for item in items if sum(item.ages[1:])]
    over = [item for item in items if item.limit is not None and item.owed > item.limit]
    broken = [item for item in items if item.promised_on is not None and item.promised_on < frame.today]
    return (
        Figure("owed", say(N_("Owed")), sum(item.owed for item in items), ValueType.MONEY,
               say(N_("Sum of what all customers owe.")), CustomerFilter(owes=True)),
        Figure("customers", say(N_("Customers")), len(items), ValueType.COUNT, say(N_("Customers who owe something.")),
               CustomerFilter(owes=True)),
        Figure("overdue", say(N_("Overdue")), sum(sum(item.ages[1:]) for item in items), ValueType.MONEY,
               say(N_("What of it is past its due day.")), _these(late), _of(late, frame), "bad" if late else ""),
        Figure("on_the_way", say(N_("On the way")), sum(item.on_the_way for item in items), ValueType.MONEY,
               say(N_("Their cheques in hand and deliveries to be collected.")),
               _these([item for item in items if item.on_the_way])),
        Figure("over_limit", say(N_("Over the limit")), len(over), ValueType.COUNT,
               say(N_("Those who owe more than their credit limit.")), _these(over),
               say(N_("more than their limit")) if over else "", "warn" if over else ""),
        Figure("broken", say(N_("Promises past")), len(broken), ValueType.COUNT,
               say(N_("Those whose promised day has passed.")), _these(broken),
               say(N_("past their day")) if broken else "", "bad" if broken else ""),
    )


def _these(items: Sequence[OwedItem]) -> CustomerFilter | None:
    """The filter that lists these customers; None for none, since an empty list of ids would mean all."""
    return CustomerFilter(ids=tuple(item.id for item in items)) if items else None


def _of(items: Sequence[OwedItem], frame: Frame) -> str:
    return frame.count(N_("of {n} customer"), N_("of {n} customers"), len(items)) if items else ""


def _table(items: Sequence[OwedItem], frame: Frame) -> Table:
    say = frame.say
    columns = (
        Column("customer", say(N_("Customer")), weight=2.0), Column("owed", say(N_("Owes")), ValueType.MONEY),
        *(Column(key, say(title), ValueType.MONEY) for key, title in zip(_KEYS, AGES, strict=True)),
        Column("limit", say(N_("Credit limit")), ValueType.MONEY),
        Column("promised_on", say(N_("Promised")), ValueType.DATE),
        Column("oldest_on", say(N_("Oldest sale")), ValueType.DATE))
    rows = tuple((item.name, item.owed, *item.ages, item.limit, item.promised_on, item.oldest_on) for item in items)
    totals = (say(N_("Total")), sum(item.owed for item in items), *_ages(items), None, None, None)
    return Table("owed", say(N_("Who owes")), columns, rows, totals, kind="customers",
                 ids=tuple(item.id for item in items))


def _ages(items: Sequence[OwedItem]) -> tuple[int, ...]:
    return tuple(sum(item.ages[place] for item in items) for place in range(len(AGES)))


def _chart(items: Sequence[OwedItem], frame: Frame) -> Chart | None:
    if not items:
        return None
    say = frame.say
    bars = [charts.Bar(say(title), value, frame.money(value)) for title, value in zip(AGES, _ages(items), strict=True)]
    return charts.of_groups(say(N_("Owed by age")), bars, (say(N_("Days past due")), say(N_("Owed"))), ValueType.MONEY)
