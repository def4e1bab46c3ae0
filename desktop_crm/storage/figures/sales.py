"""The sums of the sales report: one pass over what was opened, one over what was closed.

Both read a covering index alone (see storage.tables.deals). Lengths come as a histogram, from which the
means and medians of any group of groups follow exactly.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from desktop_crm.domain.figures import SalesFigures, SalesSum
from desktop_crm.domain.values import Period

Key = int | str | None

_DAYS = "CAST(julianday(d.closed_on) - julianday(d.created_on) AS INTEGER)"
# A line's amount is quantity (thousandths) × price, half a unit away from zero: SQLite's division goes towards it.
_LINE = "((l.quantity * l.price + CASE WHEN l.quantity * l.price < 0 THEN -500 ELSE 500 END) / 1000)"
# A deal once in each of its groups. A lone line without a price, and a deal without lines, have the deal's amount.
_PARTS = f"""(SELECT w.id, w.status, w.created_on, w.closed_on, w.currency, w.lost_reason_id, w.amount AS whole,
  {{part}} AS part,
  CASE WHEN count(l.price) > 0 THEN sum({_LINE})
       WHEN (SELECT count(*) FROM deal_lines n WHERE n.deal_id = w.id) < 2 THEN w.amount END AS amount
FROM deals w LEFT JOIN deal_lines l ON l.deal_id = w.id {{join}} {{{{only}}}} GROUP BY w.id, part) d"""


@dataclass(frozen=True, slots=True)
class _Cut:
    """How a cut groups deals `d`: where they come from, and by what when opened and when closed."""

    opened: str
    closed: str = ""
    source: str = "deals d"
    many: bool = False  # a deal may stand in several groups

    @property
    def whole(self) -> str:
        """The column of the whole deal's amount: below zero for a return."""
        return "d.whole" if self.many else "d.amount"

    def deals(self, only: str = "") -> str:
        """What to select from; `only` narrows the deals before their lines are summed."""
        return self.source.format(only=only)


_NOTHING = "NULL"
_SELLER = _Cut("d.seller_id")
_TIME = _Cut("d.created_on", "substr(d.closed_on, 1, 7)")  # by day in the index's order; labelled by month
_CUTS: Mapping[str, _Cut] = {
    "": _Cut(_NOTHING), "seller": _SELLER, "team": _SELLER, "region": _SELLER,
    "product": _Cut("d.part", source=_PARTS.format(part="l.product_id", join=""), many=True),
    "line": _Cut("d.part", many=True, source=_PARTS.format(
        part="nullif(p.line, '')", join="LEFT JOIN products p ON p.id = l.product_id")),
    "industry": _Cut("nullif(c.industry, '')", source="deals d LEFT JOIN customers c ON c.id = d.customer_id"),
    "source": _Cut("d.source_id"), "customer": _Cut("d.customer_id"),
    "month": _TIME, "quarter": _TIME,
}


@dataclass(slots=True)
class _Tally:
    """The sums of one group while they are counted."""

    deals: int = 0
    open: int = 0
    won: int = 0
    lost: int = 0
    won_amount: int = 0
    lost_amount: int = 0
    won_days: dict[int, int] = field(default_factory=dict)
    lost_days: dict[int, int] = field(default_factory=dict)
    unknown: int = 0
    other: int = 0

    def close(self, status: str, days: int | None, deals: int, amount: int, unknown: int, other: int) -> None:
        """Count deals that were closed after the same number of days."""
        if status == "won":
            self.won += deals
            self.won_amount += amount
        else:
            self.lost += deals
            self.lost_amount += amount
        if days is not None and deals:
            lengths = self.won_days if status == "won" else self.lost_days
            lengths[days] = lengths.get(days, 0) + deals
        self.unknown += unknown
        self.other += other

    def add(self, more: _Tally) -> None:
        """Count another group's deals too."""
        for name in ("deals", "open", "won", "lost", "won_amount", "lost_amount", "unknown", "other"):
            setattr(self, name, getattr(self, name) + getattr(more, name))
        for mine, theirs in ((self.won_days, more.won_days), (self.lost_days, more.lost_days)):
            for length, deals in theirs.items():
                mine[length] = mine.get(length, 0) + deals

    def frozen(self, key: Key = None, name: str | None = None) -> SalesSum:
        """The sums as a report reads them."""
        return SalesSum(key, name, self.deals, self.open, self.won, self.lost, self.won_amount, self.lost_amount,
                        self.won_days, self.lost_days, self.unknown, self.other)


def sales(connection: Connection, period: Period | None, cut: str, currency: str) -> SalesFigures:
    """The sales figures by `cut` (a key of the report's cuts, "" for none); a period leaves undated deals out.

    The period is that of the deals' created day for `deals`, of their closed day for won and lost; `open`
    is counted at its end. Amounts in other currencies than `currency` are not summed.
    """
    days = None if period is None or period.whole_file else period
    tallies = _tallies(connection, _CUTS[cut], days, currency)
    if not cut:
        return SalesFigures((), tallies.get(None, _Tally()).frozen())
    groups = _labelled(connection, cut, tallies)
    if _CUTS[cut].many:
        total = sales(connection, period, "", currency).total
    else:
        whole = _sum(tally for tally, _ in groups.values())
        if _CUTS[cut] is _TIME:
            whole.open = _open_by_time(connection, groups, days, cut)
        total = whole.frozen()
    return SalesFigures(tuple(tally.frozen(key, name) for key, (tally, name) in groups.items()), total)


def _sum(tallies: Iterable[_Tally]) -> _Tally:
    whole = _Tally()
    for tally in tallies:
        whole.add(tally)
    return whole


def _tallies(connection: Connection, cut: _Cut, period: Period | None, currency: str) -> dict[Key, _Tally]:
    """The sums by what the database groups by."""
    found: dict[Key, _Tally] = {}
    for group, deals, still in _opened(connection, cut, period):
        tally = found.setdefault(group, _Tally())
        tally.deals, tally.open = deals or 0, still or 0
    for group, *row in _closed(connection, cut, period, currency):
        found.setdefault(group, _Tally()).close(*row)
    for group, returns in _returns(connection, cut, period):
        found[group].deals -= returns
    return {key: tally for key, tally in found.items()
            if tally.deals or tally.won_amount or tally.won or tally.lost or (tally.open and not cut.closed)}


def _opened(connection: Connection, cut: _Cut, period: Period | None) -> list[Any]:
    """By group: how many were created in the period, and how many were open at its end."""
    grouped = "GROUP BY 1" if cut.opened != _NOTHING else ""
    if period is None:
        return _all(connection, f"SELECT {cut.opened}, count(*), sum(d.status = 'open') FROM {cut.deals()} {grouped}")
    return _all(connection, f"SELECT {cut.opened}, sum(d.created_on >= :start), "
                "sum(d.status = 'open' OR coalesce(d.closed_on >= :end, 0)) "
                f"FROM {cut.deals()} WHERE d.created_on < :end {grouped}", **_days(period))


def _closed(connection: Connection, cut: _Cut, period: Period | None, currency: str) -> list[Any]:
    """By group, won or lost, and length: how many, their sum, how many unknown and foreign amounts."""
    within = "" if period is None else "AND d.closed_on >= :start AND d.closed_on < :end "
    return _all(
        connection, f"SELECT {cut.closed or cut.opened}, d.status, {_DAYS}, "
        f"sum(d.status = 'lost' OR coalesce({cut.whole}, 0) >= 0), "
        "coalesce(sum(CASE WHEN d.currency = :currency THEN d.amount END), 0), "
        "sum(d.amount IS NULL), sum(d.amount IS NOT NULL AND d.currency <> :currency) "
        f"FROM {cut.deals()} WHERE d.status IN ('won', 'lost') {within}"
        "AND (d.status = 'won' OR d.lost_reason_id IS NULL OR d.lost_reason_id NOT IN "
        "(SELECT id FROM choices WHERE kind = 'lost_reason' AND code = 'mistake')) GROUP BY 1, 2, 3",
        currency=currency, **({} if period is None else _days(period)))


def _returns(connection: Connection, cut: _Cut, period: Period | None) -> list[Any]:
    """By group: the returns created in the period; the sums know them, no count does."""
    start, end = ("", "9999") if period is None else _days(period).values()
    return _all(
        connection, f"SELECT {cut.opened}, count(*) FROM {cut.deals('WHERE w.amount < 0')} WHERE {cut.whole} < 0 "
        "AND d.status = 'won' AND coalesce(d.created_on, '') >= :start AND coalesce(d.created_on, '') < :end "
        "GROUP BY 1", start=start, end=end)


def _all(connection: Connection, statement: str, **values: object) -> list[Any]:
    return list(connection.execute(text(statement), values).all())


def _days(period: Period) -> dict[str, str]:
    return {"start": (period.start or date.min).isoformat(), "end": (period.end or date.max).isoformat()}


Labelled = dict[Key, tuple[_Tally, str | None]]


def _labelled(connection: Connection, cut: str, tallies: Mapping[Key, _Tally]) -> Labelled:
    """The sums by the groups' own keys, with their names."""
    relabel, names = _LABELS[cut](connection)
    found: Labelled = {}
    for raw, tally in tallies.items():
        key = relabel(raw)
        if key in found:
            found[key][0].add(tally)
        else:
            found[key] = (tally, None if key is None else names.get(key, str(key)))
    return found


Labels = tuple[Callable[[Any], Key], Mapping[Key, str]]


def _named(table: str) -> Callable[[Connection], Labels]:
    """Groups by id, with the names of a table."""
    def labels(connection: Connection) -> Labels:
        names = {row[0]: row[1] for row in connection.exec_driver_sql(f"SELECT id, name FROM {table}")}
        return (lambda key: key), names
    return labels


def _of_seller(column: str) -> Callable[[Connection], Labels]:
    """Groups by a text of the deal's seller."""
    def labels(connection: Connection) -> Labels:
        texts = {row[0]: row[1] for row in connection.exec_driver_sql(f"SELECT id, nullif({column}, '') FROM sellers")}
        return texts.get, {}
    return labels


def _plain(connection: Connection) -> Labels:
    return (lambda key: key), {}


def _months(connection: Connection) -> Labels:
    return (lambda day: day and day[:7]), {}


def _quarters(connection: Connection) -> Labels:
    return (lambda day: day and f"{day[:5]}Q{(int(day[5:7]) + 2) // 3}"), {}


_LABELS: Mapping[str, Callable[[Connection], Labels]] = {
    "seller": _named("sellers"), "team": _of_seller("team"), "region": _of_seller("region"),
    "product": _named("products"), "line": _plain, "industry": _plain, "source": _named("choices"),
    "customer": _named("customers"), "month": _months, "quarter": _quarters,
}


def _open_by_time(connection: Connection, groups: Labelled, period: Period | None, cut: str) -> int:
    """Fill in how many deals were open at the end of each month or quarter (or of the period in it).

    A deal comes in on its created day and leaves on its closed one; running sums of both say how many stay.
    Returns how many are open at the end of it all, undated ones included.
    """
    relabel, _ = _LABELS[cut](connection)
    flow: Counter[str] = Counter()
    for day, deals in _flow(connection, (period.end if period else None) or date.max):
        flow[str(relabel(day))] += deals
    standing = 0
    for key in sorted({*flow, *(str(key) for key in groups if key is not None)}):
        standing += flow[key]
        if key in groups:
            groups[key][0].open = standing
    return standing + (groups[None][0].open if None in groups else 0)


def _flow(connection: Connection, end: date) -> list[Any]:
    """By day, before `end`: how many deals came in, and (negative) how many left."""
    return _all(connection, """
        SELECT d.created_on, count(*) FROM deals d
        WHERE d.created_on < :end AND (d.status = 'open' OR d.closed_on IS NOT NULL) GROUP BY 1
        UNION ALL
        SELECT d.closed_on, -count(*) FROM deals d
        WHERE d.status <> 'open' AND d.closed_on >= d.created_on AND d.closed_on < :end GROUP BY d.status, d.closed_on
        UNION ALL
        SELECT d.created_on, -count(*) FROM deals d
        WHERE d.status <> 'open' AND d.closed_on < d.created_on AND d.created_on < :end GROUP BY 1""",
                end=end.isoformat())
