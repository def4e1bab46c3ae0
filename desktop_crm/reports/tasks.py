"""The list of tasks: those due in the period, or all, and how many were done on time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from desktop_crm.domain.activities import KINDS
from desktop_crm.domain.errors import N_
from desktop_crm.domain.figures import TaskItem, share
from desktop_crm.domain.tasks import TaskFilter
from desktop_crm.domain.values import Period
from desktop_crm.reports.catalogue import find
from desktop_crm.reports.frame import Frame
from desktop_crm.reports.report import Column, Figure, Report, Table, ValueType


def rule(frame: Frame) -> TaskFilter:
    """Which tasks the report lists."""
    return TaskFilter(due=frame.period)


def tasks(items: Sequence[TaskItem], frame: Frame) -> Report:
    """A row a task, by its due day."""
    return frame.report(
        "tasks", frame.say(find("tasks").title), figures=_figures(items, frame), tables=(_table(items, frame),),
        notes=(frame.say(N_("The tasks due in the period; without a period all, undated ones too.")),))


def _figures(items: Sequence[TaskItem], frame: Frame) -> tuple[Figure, ...]:
    say, every = frame.say, rule(frame)
    dated = [item for item in items if item.due_on is not None]
    on_time = sum(item.done_on is not None and item.done_on <= item.due_on for item in dated if item.due_on)
    done = sum(item.done_on is not None for item in items)
    overdue = sum(item.due_on < frame.today and item.done_on is None for item in dated if item.due_on)
    return (
        Figure("tasks", say(N_("Tasks")), len(items), ValueType.COUNT, say(N_("Tasks due in the period.")), every),
        Figure("done", say(N_("Done")), done, ValueType.COUNT, say(N_("Those that are done.")),
               replace(every, done_only=True)),
        Figure("open", say(N_("Open")), len(items) - done, ValueType.COUNT, say(N_("Those that are not done.")),
               replace(every, open_only=True)),
        Figure("overdue", say(N_("Overdue")), overdue, ValueType.COUNT,
               say(N_("Those that were due before today and are not done.")),
               replace(every, open_only=True, overdue_at=frame.today),
               say(N_("past their day")) if overdue else "", "bad" if overdue else ""),
        Figure("on_time", say(N_("Done on time")), share(on_time, len(dated)), ValueType.RATE,
               say(N_("Done by their due day / due in the period.")),
               replace(every, due=frame.period or Period(None, date.max)),
               say(N_("{done} of {due}"), done=frame.language.number(on_time), due=frame.language.number(len(dated)))),
    )


def _table(items: Sequence[TaskItem], frame: Frame) -> Table:
    say = frame.say
    columns = (
        Column("due_on", say(N_("Due on")), ValueType.DATE), Column("due_time", say(N_("At")), ValueType.TIME, 0.5),
        Column("name", say(N_("Task")), weight=2.0), Column("kind", say(N_("Kind"))),
        Column("customer", say(N_("Customer")), weight=1.5), Column("deal", say(N_("Deal")), weight=1.5),
        Column("seller", say(N_("Seller"))), Column("minutes", say(N_("Minutes")), ValueType.COUNT, 0.6),
        Column("done_on", say(N_("Done on")), ValueType.DATE))
    rows = tuple((item.due_on, item.due_time, item.name, say(KINDS[item.kind]), item.customer, item.deal, item.seller,
                  item.minutes, item.done_on) for item in items)
    totals = (None, None, say(N_("Total")), None, None, None, None, sum(item.minutes or 0 for item in items), None)
    return Table("tasks", say(N_("Tasks")), columns, rows, totals, kind="tasks", ids=tuple(item.id for item in items))
