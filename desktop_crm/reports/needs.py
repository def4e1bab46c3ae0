"""What needs you: the sentences beside the day's chart, each leading to its rows."""

from __future__ import annotations

from datetime import date, timedelta

from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.deals import DealFilter
from desktop_crm.domain.errors import N_
from desktop_crm.domain.figures import DayFigures, LostDay
from desktop_crm.domain.payments import PaymentFilter
from desktop_crm.domain.tasks import TaskFilter
from desktop_crm.domain.values import Period
from desktop_crm.reports import takings
from desktop_crm.reports.frame import Frame
from desktop_crm.reports.report import Section

Item = tuple[str, object | None, str]
_NAMES = 3  # how many lost deals a sentence names


def section(figures: DayFigures, frame: Frame) -> Section:
    """Requests without an answer, deals over their limit, hot customers without a next step, what is late, and more.

    Last come a cash count that is not what was taken, and what was lost and why.
    """
    return Section("needs", frame.say(N_("Needs you")), (
        *_unanswered(figures, frame), *_present(figures, frame), *_late(figures, frame), *_cash(figures, frame),
        *(_lost(item, figures.day, frame) for item in figures.lost)),
        frame.say(N_("Nothing is waiting for you.")))


def overdue(day: date) -> TaskFilter:
    """The tasks that were due before the day and still open at its end."""
    return TaskFilter(due=Period(None, day), overdue_at=day + timedelta(days=1))


def late(day: date) -> PaymentFilter:
    """The payments that were due before the day and had not come in at its end."""
    return PaymentFilter(due=Period(None, day), overdue_at=day + timedelta(days=1))


def _unanswered(figures: DayFigures, frame: Frame) -> list[Item]:
    """The requests of the last seven days that nobody has answered."""
    ids = figures.evening.unanswered
    if not ids:
        return []
    return [(frame.count(N_("{n} request without an answer"), N_("{n} requests without an answer"), len(ids)),
             CustomerFilter(ids=ids), "bad")]


def _present(figures: DayFigures, frame: Frame) -> list[Item]:
    """What can be told of the present only: nothing, for another day than today."""
    found: list[Item] = []
    if figures.over_limit:
        found.append((frame.count(N_("{n} deal over its stage limit"), N_("{n} deals over their stage limit"),
                                  figures.over_limit), DealFilter(over_limit=True), ""))
    if figures.hot_without_step:
        found.append((frame.count(N_("{n} hot customer without a next step"),
                                  N_("{n} hot customers without a next step"), figures.hot_without_step),
                      CustomerFilter(heats=("hot",), no_next_step=True), ""))
    if figures.idle:
        found.append((frame.count(N_("{n} lead that may go back to the pool"),
                                  N_("{n} leads that may go back to the pool"), len(figures.idle)),
                      CustomerFilter(ids=figures.idle), ""))
    return found


def _late(figures: DayFigures, frame: Frame) -> list[Item]:
    found: list[Item] = []
    if figures.overdue:
        found.append((frame.count(N_("{n} task overdue"), N_("{n} tasks overdue"), figures.overdue),
                      overdue(figures.day), "bad"))
    if figures.late.count:
        found.append((frame.count(N_("{n} payment late, {amount}"), N_("{n} payments late, {amount}"),
                                  figures.late.count, amount=frame.money(figures.late.amount)),
                      late(figures.day), "bad"))
    return found


def _cash(figures: DayFigures, frame: Frame) -> list[Item]:
    """That the counted cash is not what was taken."""
    if figures.evening.counted in (None, figures.evening.cash):
        return []
    return [(frame.say(N_("Cash: {difference}"), difference=takings.difference(figures, frame)),
             PaymentFilter(received=Period.day(figures.day), methods=("cash",)), "warn")]


def _lost(item: LostDay, day: date, frame: Frame) -> Item:
    """Lost for one reason: how many, why, and the names of the first."""
    names, more = frame.language.listed(item.deals[:_NAMES]), len(item.deals) - _NAMES
    if more > 0:
        names = frame.count(N_("{names} and {n} more"), N_("{names} and {n} more"), more, names=names)
    sentence = frame.say(N_("Lost: {n}, {reason} — {names}"), n=frame.language.number(len(item.deals)), names=names,
                         reason=item.reason or frame.say(N_("no reason given")))
    return sentence, DealFilter(statuses=("lost",), closed=Period.day(day), without_mistakes=True,
                                lost_reasons=(item.reason_id or 0,)), ""
