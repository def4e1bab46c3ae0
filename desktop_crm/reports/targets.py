"""Plan and fact: the shop's target with its progress, each seller's beside what was won, and what each day needs."""

from __future__ import annotations

from datetime import timedelta

from desktop_crm.domain.deals import DealFilter
from desktop_crm.domain.errors import N_
from desktop_crm.domain.evening import TargetSum
from desktop_crm.domain.figures import DayFigures, share
from desktop_crm.domain.values import Period
from desktop_crm.reports.frame import Frame
from desktop_crm.reports.report import Column, Figure, Table, ValueType


def figure(figures: DayFigures, frame: Frame) -> tuple[Figure, ...]:
    """The shop's target: what was won of it, how much that is of it, and the days that are left. None without one."""
    shop = figures.evening.shop
    if shop is None:
        return ()
    days = shop.days_left(figures.day)
    reached = shop.won >= shop.amount
    note = frame.say(N_("{share} of {target}"), share=frame.language.rate(share(shop.won, shop.amount), 0),
                     target=frame.money(shop.amount))
    left = frame.count(N_("{n} day left"), N_("{n} days left"), days)
    return (Figure("target", frame.say(N_("Target, {period}"), period=said_period(shop.period, frame)), shop.won,
                   ValueType.MONEY, frame.say(N_("Sum of the amounts of the deals won from the first day of the "
                                                 "target's period to this day, against the target.")),
                   DealFilter(statuses=("won",), closed=_so_far(shop, figures)), frame.language.joined((note, left)),
                   "good" if reached else "", share(shop.won, shop.amount)),)


def table(figures: DayFigures, frame: Frame) -> tuple[Table, ...]:
    """The sellers' targets, and the shop's above them. No table where no seller has one."""
    found = figures.evening.targets
    if not any(target.seller_id is not None for target in found):
        return ()
    say, periods = frame.say, {target.period for target in found}
    title = say(N_("Targets, {period}"), period=said_period(found[0].period, frame)) if len(periods) == 1 \
        else say(N_("Targets"))
    columns = (Column("group", say(N_("Seller")), weight=2.0), Column("target", say(N_("Target")), ValueType.MONEY),
               Column("won_amount", say(N_("Won so far")), ValueType.MONEY),
               Column("share", say(N_("Of the target")), ValueType.RATE),
               Column("left", say(N_("Still to win")), ValueType.MONEY),
               Column("days", say(N_("Days left")), ValueType.COUNT))
    rows = tuple((target.seller if target.seller_id is not None else say(N_("The whole shop")), target.amount,
                  target.won, share(target.won, target.amount), target.left, target.days_left(figures.day))
                 for target in found)
    return (Table("targets", title, columns, rows, filters=tuple(
        DealFilter(statuses=("won",), closed=_so_far(target, figures),
                   sellers=() if target.seller_id is None else (target.seller_id,)) for target in found)),)


def of_month(figures: DayFigures) -> TargetSum | None:
    """The shop's target if it is one of the day's calendar month, which the chart shows."""
    shop = figures.evening.shop
    return shop if shop is not None and shop.period == Period.month(figures.day) else None


def needed(figures: DayFigures) -> tuple[float, ...]:
    """What each day of the month needed at its beginning to reach the shop's target; after the day, what is needed.

    Minor units, one value a day, of the days alone on which something was still to be won; nothing without a target.
    """
    shop = of_month(figures)
    if shop is None:
        return ()
    month = list(shop.period.days())
    left, found = shop.amount, []
    for place, day in enumerate(month):
        if left <= 0:
            break
        found.append(left / (len(month) - place) if day <= figures.day else left / len(month[month.index(
            figures.day) + 1:]))
        if day <= figures.day:
            left -= figures.tracks["won_amount"].get(day, 0)
    return tuple(found)


def said_period(period: Period, frame: Frame) -> str:
    """A target's period in words: a month by its name."""
    assert period.start is not None and period.end is not None  # a target's period has both ends
    if period == Period.month(period.start):
        return frame.language.skeleton(period.start, "yMMMM")
    return frame.say(N_("{first} to {last}"), first=frame.language.day(period.start),
                     last=frame.language.day(period.end - timedelta(days=1)))


def _so_far(target: TargetSum, figures: DayFigures) -> Period:
    return Period(target.period.start, figures.day + timedelta(days=1))
