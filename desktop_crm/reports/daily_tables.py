"""The tables of the daily report: who did what, which activities were held, and what was lost and why."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_crm.domain.activities import KINDS, ActivityFilter
from desktop_crm.domain.deals import DealFilter
from desktop_crm.domain.errors import N_
from desktop_crm.domain.figures import DayFigures, SellerDay
from desktop_crm.domain.values import Period, sort_key
from desktop_crm.reports.frame import Frame
from desktop_crm.reports.report import Column, Table, ValueType

_GROUPS = {"seller": N_("Seller"), "team": N_("Team"), "region": N_("Region")}
_COLUMNS = {
    "won": (N_("Won"), ValueType.COUNT), "lost": (N_("Lost"), ValueType.COUNT),
    "won_amount": (N_("Won amount"), ValueType.MONEY), "calls": (N_("Calls held"), ValueType.COUNT),
    "done": (N_("Tasks done"), ValueType.COUNT), "due": (N_("Due"), ValueType.COUNT),
    "overdue": (N_("Overdue"), ValueType.COUNT), "planned": (N_("Planned"), ValueType.MONEY),
    "received": (N_("Received"), ValueType.MONEY),
}


def _sums(sellers: Sequence[SellerDay]) -> tuple[int, ...]:
    return tuple(sum(getattr(seller, key) for seller in sellers) for key in _COLUMNS)


def people(figures: DayFigures, frame: Frame, cut: str) -> Table:
    """Each seller's day, or each team's or region's, most won first: active sellers, and whoever did something."""
    groups: dict[int | str | None, list[SellerDay]] = {}
    for seller in figures.sellers:
        if seller.active or any(_sums([seller])):
            key = seller.id if cut == "seller" else seller.team if cut == "team" else seller.region
            groups.setdefault(key, []).append(seller)
    names = {key: sellers[0].name if cut == "seller" else key for key, sellers in groups.items()}
    order = sorted(groups, key=lambda key: (-sum(seller.won_amount for seller in groups[key]), names[key] is None,
                                            sort_key(str(names[key])), str(key)))
    columns = (Column("group", frame.say(_GROUPS[cut]), weight=2.0),
               *(Column(key, frame.say(title), kind) for key, (title, kind) in _COLUMNS.items()))
    return Table("people", frame.say(N_("Who did what")), columns,
                 tuple((names[key], *_sums(groups[key])) for key in order),
                 (frame.say(N_("Total")), *_sums(figures.sellers)),
                 filters=tuple(_closed(key, cut, figures) for key in order))


def _closed(key: int | str | None, cut: str, figures: DayFigures) -> DealFilter:
    """The filter that lists the deals that a seller, team or region won or lost on the day."""
    link, text = key if isinstance(key, int) else 0, key if isinstance(key, str) else ""
    return DealFilter(statuses=("won", "lost"), closed=Period.day(figures.day), without_mistakes=True,
                      sellers=(link,) if cut == "seller" else (), teams=(text,) if cut == "team" else (),
                      regions=(text,) if cut == "region" else ())


def activities(figures: DayFigures, frame: Frame) -> tuple[Table, ...]:
    """The activities held, by seller and kind; only kinds that there were. No table for a day without any."""
    kinds = [kind for kind in KINDS if any(kind == held for _, held in figures.activities)]
    if not kinds:
        return ()
    counts = figures.activities
    sellers = [seller for seller in figures.sellers if any(seller.id == who for who, _ in counts)]
    rows = tuple((seller.name, *(counts.get((seller.id, kind), 0) for kind in kinds),
                  sum(counts.get((seller.id, kind), 0) for kind in kinds)) for seller in sellers)
    columns = (Column("group", frame.say(N_("Seller")), weight=2.0),
               *(Column(kind, frame.say(KINDS[kind]), ValueType.COUNT) for kind in kinds),
               Column("total", frame.say(N_("Total")), ValueType.COUNT))
    totals = tuple(sum(counts.get((seller.id, kind), 0) for seller in sellers) for kind in kinds)
    return (Table("activities", frame.say(N_("Activities held")), columns, rows,
                  (frame.say(N_("Total")), *totals, sum(totals)), filters=tuple(
                      ActivityFilter(states=("held",), on=Period.day(figures.day), sellers=(seller.id or 0,))
                      for seller in sellers)),)


def lost(figures: DayFigures, frame: Frame) -> tuple[Table, ...]:
    """The lost deals by reason. No table for a day without any."""
    if not figures.lost:
        return ()
    columns = (Column("group", frame.say(N_("Lost reason"))),
               Column("deals", frame.say(N_("Deals")), ValueType.COUNT, 0.5),
               Column("names", frame.say(N_("Which")), weight=3.0))
    rows = tuple((item.reason, len(item.deals), frame.language.listed(item.deals)) for item in figures.lost)
    return (Table("lost", frame.say(N_("Lost, and why")), columns, rows,
                  (frame.say(N_("Total")), sum(len(item.deals) for item in figures.lost), None), filters=tuple(
                      DealFilter(statuses=("lost",), closed=Period.day(figures.day), without_mistakes=True,
                                 lost_reasons=(item.reason_id or 0,)) for item in figures.lost)),)
