"""The sales report: deals created, won, lost and open, revenue, win rates and deal lengths, by any cut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from desktop_crm.domain.deals import DealFilter
from desktop_crm.domain.errors import N_
from desktop_crm.domain.figures import SalesFigures, SalesSum, mean, median
from desktop_crm.domain.values import Period, sort_key
from desktop_crm.reports import charts
from desktop_crm.reports.catalogue import find
from desktop_crm.reports.frame import Frame
from desktop_crm.reports.report import Cell, Chart, Column, Figure, Report, Table, ValueType

_GROUPS = {
    "": N_("Group"), "seller": N_("Seller"), "team": N_("Team"), "region": N_("Region"), "product": N_("Product"),
    "line": N_("Product line"), "industry": N_("Industry"), "source": N_("Source"), "customer": N_("Customer"),
    "month": N_("Month"), "quarter": N_("Quarter"),
}
_TIMES = ("month", "quarter")
_TOP, _LAST = 10, 24  # how many groups, and how many months, a chart shows


@dataclass(frozen=True, slots=True)
class _Measure:
    """One column: its title and type, its value of a group, and its formula (as on DEFINITIONS.md)."""

    title: str
    type: ValueType
    value: Callable[[SalesSum], Cell]
    formula: str


MEASURES = {
    "deals": _Measure(N_("Deals"), ValueType.COUNT, lambda group: group.deals, N_("Deals created in the period.")),
    "won": _Measure(N_("Won"), ValueType.COUNT, lambda group: group.won, N_("Deals won, closed in the period.")),
    "lost": _Measure(N_("Lost"), ValueType.COUNT, lambda group: group.lost,
                     N_("Deals lost, closed in the period, without those entered by mistake.")),
    "open": _Measure(N_("Open"), ValueType.COUNT, lambda group: group.open,
                     N_("Deals created before the end of the period and not closed by then.")),
    "won_amount": _Measure(N_("Won amount"), ValueType.MONEY, lambda group: group.won_amount,
                           N_("Sum of the amounts of the deals won in the period.")),
    "win_rate": _Measure(N_("Win rate"), ValueType.RATE, lambda group: group.win_rate,
                         N_("Won / (won + lost), closed in the period, without those entered by mistake.")),
    "win_rate_amount": _Measure(N_("Win rate by amount"), ValueType.RATE, lambda group: group.win_rate_amount,
                                N_("Won amount / (won amount + lost amount), closed in the period.")),
    "average_won": _Measure(N_("Average won"), ValueType.MONEY, lambda group: group.average_won,
                            N_("Won amount / won.")),
    "days_closed_mean": _Measure(N_("Days to close, mean"), ValueType.DAYS, lambda group: mean(group.closed_days),
                                 N_("Mean number of days from created to closed, won and lost deals.")),
    "days_closed_median": _Measure(N_("Days to close, median"), ValueType.DAYS,
                                   lambda group: median(group.closed_days),
                                   N_("Median number of days from created to closed, won and lost deals.")),
    "days_won_mean": _Measure(N_("Days to win, mean"), ValueType.DAYS, lambda group: mean(group.won_days),
                              N_("Mean number of days from created to won.")),
    "days_won_median": _Measure(N_("Days to win, median"), ValueType.DAYS, lambda group: median(group.won_days),
                                N_("Median number of days from created to won.")),
    "days_lost_mean": _Measure(N_("Days to lose, mean"), ValueType.DAYS, lambda group: mean(group.lost_days),
                               N_("Mean number of days from created to lost.")),
    "days_lost_median": _Measure(N_("Days to lose, median"), ValueType.DAYS, lambda group: median(group.lost_days),
                                 N_("Median number of days from created to lost.")),
}
"""The columns after `group`, in their order."""

_CARDS = ("won_amount", "won", "win_rate", "average_won", "days_won_median", "deals", "lost", "open")


def sales(figures: SalesFigures, frame: Frame, cut: str) -> Report:
    """The sales report: one row a group of the cut, best first (months in their order); one row without a cut."""
    groups = _sorted(figures.groups, cut) if cut else [figures.total]
    title = frame.say(find("sales").title)
    return frame.report(
        "sales", title, figures=_figures(figures.total, frame), tables=(_table(groups, figures.total, frame, cut),),
        chart=_chart(groups, figures.total, frame, cut), notes=_notes(figures.total, frame, cut))


def _sorted(groups: tuple[SalesSum, ...], cut: str) -> list[SalesSum]:
    """Most won first, then by name; times in their order; what has no name comes last among equals."""
    def key(group: SalesSum) -> tuple[object, ...]:
        name = (group.group is None, sort_key(group.group or ""), group.group or "", str(group.key))
        return name if cut in _TIMES else (-group.won_amount, *name)
    return sorted(groups, key=key)


def _filters(period: Period | None) -> dict[str, DealFilter]:
    """The filters that list the rows of the figures, by the measure's key."""
    closed = DealFilter(closed=period, without_mistakes=True)
    won = replace(closed, statuses=("won",))
    still = DealFilter(statuses=("open",)) if period is None else DealFilter(open_at=period.end or date.max)
    return {"deals": DealFilter(created=period), "won": won, "won_amount": won, "average_won": won,
            "days_won_median": won, "lost": replace(closed, statuses=("lost",)), "open": still,
            "win_rate": replace(closed, statuses=("won", "lost"))}


def _figures(total: SalesSum, frame: Frame) -> tuple[Figure, ...]:
    filters = _filters(frame.period)
    return tuple(Figure(key, frame.say(MEASURES[key].title), MEASURES[key].value(total), MEASURES[key].type,
                        frame.say(MEASURES[key].formula), filters[key]) for key in _CARDS)


def _row(group: SalesSum, name: str | None) -> tuple[Cell, ...]:
    return (name, *(measure.value(group) for measure in MEASURES.values()))


def _table(groups: list[SalesSum], total: SalesSum, frame: Frame, cut: str) -> Table:
    columns = (Column("group", frame.say(_GROUPS[cut]), weight=2.0),
               *(Column(key, frame.say(measure.title), measure.type) for key, measure in MEASURES.items()))
    return Table("sales", frame.say(find("sales").title), columns, tuple(_row(group, group.group) for group in groups),
                 _row(total, frame.say(N_("Total"))), filters=tuple(_behind(group, frame, cut) for group in groups))


_FIELDS = {"seller": "sellers", "team": "teams", "region": "regions", "product": "products", "line": "lines",
           "industry": "industries", "source": "sources", "customer": "customers"}
_LINKS = ("seller", "product", "source", "customer")


def _behind(group: SalesSum, frame: Frame, cut: str) -> DealFilter:
    """The filter that lists a group's deals (those of the column `deals`)."""
    if not cut:
        return DealFilter(created=frame.period)
    if cut in _TIMES:
        return _in_time(str(group.key or ""), frame.period)
    wanted: dict[str, Any] = {_FIELDS[cut]: (group.key or (0 if cut in _LINKS else ""),)}
    return DealFilter(created=frame.period, **wanted)


def _in_time(time: str, period: Period | None) -> DealFilter:
    """The deals created in a month or quarter, as far as it lies in the period; "" are the undated ones."""
    if not time:
        return DealFilter(undated=True)
    whole, limits = _span(time), period or Period()
    starts = [day for day in (whole.start, limits.start) if day is not None]
    ends = [day for day in (whole.end, limits.end) if day is not None]
    return DealFilter(created=Period(max(starts), min(ends, default=None)))


def _span(time: str) -> Period:
    """The days of `2017-03` or `2017-Q1`."""
    year, part = int(time[:4]), time[5:]
    return Period.quarter(date(year, 3 * int(part[1:]), 1)) if part[0] == "Q" else \
        Period.month(date(year, int(part), 1))


def _chart(groups: list[SalesSum], total: SalesSum, frame: Frame, cut: str) -> Chart | None:
    if not cut:
        return _outcome(total, frame)
    heads = (frame.say(_GROUPS[cut]), frame.say(N_("Won amount")))
    if cut not in _TIMES:
        title = frame.say(N_("Won amount")) if len(groups) <= _TOP else \
            frame.say(N_("Won amount, the first {n}"), n=_TOP)
        return charts.of_groups(title, [_bar(group, frame, cut) for group in groups[:_TOP]], heads, ValueType.MONEY)
    bars = [_bar(group, frame, cut) for group in groups if group.group is not None][-_LAST:]
    every = -(-len(bars) // 8) or 1
    shown = [bar if place % every == 0 else replace(bar, label="", name=bar.label) for place, bar in enumerate(bars)]
    return charts.over_time(frame.say(N_("Won amount")), shown, heads, ValueType.MONEY)


def _bar(group: SalesSum, frame: Frame, cut: str) -> charts.Bar:
    return charts.Bar(_label(group, frame, cut), group.won_amount, frame.money(group.won_amount))


def _label(group: SalesSum, frame: Frame, cut: str) -> str:
    if cut == "month" and group.group is not None:
        return frame.language.skeleton(date.fromisoformat(group.group + "-01"), "yMMM")
    return frame.say(N_("None")) if group.group is None else group.group


def _outcome(total: SalesSum, frame: Frame) -> Chart:
    """Won, lost and open, one bar each."""
    bars = [charts.Bar(frame.say(MEASURES[key].title), count, frame.language.number(count))
            for key, count in (("won", total.won), ("lost", total.lost), ("open", total.open))]
    return charts.of_groups(frame.say(N_("Won, lost and open deals")), bars,
                            (frame.say(N_("Status")), frame.say(N_("Deals"))), ValueType.COUNT)


def _notes(total: SalesSum, frame: Frame, cut: str) -> tuple[str, ...]:
    notes = [frame.say(N_("Created deals count by their created day, won and lost ones by the day they were closed; "
                          "a deal's length is closed − created in days."))]
    if frame.period is not None:
        notes.append(frame.say(N_("Deals without a date stand outside a period.")))
    if cut in ("product", "line"):
        notes.append(frame.say(N_("A deal counts once in each group, with the amounts of its lines there; "
                                  "the totals count it once.")))
    if cut in _TIMES:
        notes.append(frame.say(N_("Open deals are those at the end of each time, or of the period in it.")))
    return (*notes, *frame.unsummed(total.unknown, total.other))
