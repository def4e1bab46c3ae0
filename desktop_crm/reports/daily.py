"""The daily report: what a day brought, what falls due next, what needs you, and who did what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop_crm.domain.activities import ActivityFilter
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.domain.deals import DealFilter
from desktop_crm.domain.errors import N_
from desktop_crm.domain.figures import DayFigures, Payments
from desktop_crm.domain.payments import PaymentFilter
from desktop_crm.domain.tasks import TaskFilter
from desktop_crm.domain.values import Period
from desktop_crm.reports import board, daily_tables, late, needs, takings, targets
from desktop_crm.reports.catalogue import find
from desktop_crm.reports.frame import Frame
from desktop_crm.reports.report import Figure, Report, ValueType


def daily(figures: DayFigures, frame: Frame, cut: str) -> Report:
    """The report of one day; its table is by seller, or by team or region if the cut says so."""
    made = replace(frame, period=Period.day(figures.day))
    return made.report(
        "daily", made.say(find("daily").title), figures=_figures(figures, made),
        tables=(daily_tables.people(figures, made, cut or "seller"), *takings.tables(figures, made),
                *targets.table(figures, made), *late.table(figures, made), board.table(figures, made),
                *daily_tables.activities(figures, made), *daily_tables.lost(figures, made)),
        chart=board.chart(figures, made), sections=(needs.section(figures, made),), notes=_notes(figures, made))


@dataclass(frozen=True, slots=True)
class _Count:
    """A figure that is followed from day to day: its title, formula and rows."""

    title: str
    formula: str
    rows: object


def _followed(day: Period) -> Mapping[str, _Count]:
    lost = DealFilter(statuses=("lost",), closed=day, without_mistakes=True)
    return {
        "leads": _Count(N_("New leads"), N_("Leads created on the day, those that have become customers too."),
                        CustomerFilter(created=day, once_lead=True)),
        "opened": _Count(N_("New deals"), N_("Deals created on the day."), DealFilter(created=day)),
        "won": _Count(N_("Deals won"), N_("Deals won that were closed on the day."),
                      DealFilter(statuses=("won",), closed=day)),
        "lost": _Count(N_("Deals lost"), N_("Deals lost on the day, without those entered by mistake."), lost),
        "done": _Count(N_("Tasks done"), N_("Tasks ticked off on the day."), TaskFilter(done=day)),
        "activities": _Count(N_("Activities"), N_("Activities held on the day, of every kind."),
                             ActivityFilter(states=("held",), on=day)),
    }


def _figures(figures: DayFigures, frame: Frame) -> tuple[Figure, ...]:
    """The five that head the page, what the evening adds where there is something to tell, then the others."""
    counted = {key: _counted(key, figures, frame) for key in _followed(Period.day(figures.day))}
    return (_won(figures, frame), *_money(figures, frame), counted["leads"], *takings.figures(figures, frame),
            *targets.figure(figures, frame), counted["opened"], counted["won"], counted["lost"],
            _moved(figures, frame), counted["done"], *_tasks(figures, frame), counted["activities"])


def _won(figures: DayFigures, frame: Frame) -> Figure:
    """The amount won, against the usual day."""
    say, day = frame.say, figures.day
    amount, usual = figures.tracks["won_amount"].get(day, 0), board.usual(figures, "won_amount")
    weekday, note, tone = frame.language.day(day, "EEEE"), "", ""
    if usual > 0:
        change = (amount - usual) / usual
        note = say(N_("{change} on a usual {weekday}"), weekday=weekday,
                   change=("+" if change >= 0 else "−") + frame.language.rate(abs(change), 0))
        tone = "good" if change > 0 else ""
    elif amount:
        note = say(N_("usual {value}"), value=frame.money(round(usual)))
    title = N_("Won today") if day == frame.today else N_("Won")
    return Figure("won_amount", say(title), amount, ValueType.MONEY,
                  say(N_("Sum of the amounts of the deals won that were closed on the day.")),
                  DealFilter(statuses=("won",), closed=Period.day(day)), note, tone)


def _money(figures: DayFigures, frame: Frame) -> tuple[Figure, ...]:
    """Received, and planned for tomorrow and the week."""
    say, day = frame.say, figures.day
    late = frame.count(N_("{n} late"), N_("{n} late"), figures.late.count) if figures.late.count else ""
    week = _payments(figures.planned_week, frame)
    received = say(N_("of {amount} planned"), amount=frame.money(figures.planned_day.amount)) \
        if figures.planned_day.count else _payments(figures.received, frame)
    return (
        Figure("received", say(N_("Received")), figures.received.amount, ValueType.MONEY,
               say(N_("Sum of the payments received on the day.")), PaymentFilter(received=Period.day(day)), received),
        Figure("planned_tomorrow", say(N_("Planned tomorrow")) if day == frame.today else say(N_("Planned next day")),
               figures.planned_tomorrow.amount, ValueType.MONEY, say(N_("Sum of the payments due on the day after.")),
               PaymentFilter(due=_after(day, 1, 2)), _payments(figures.planned_tomorrow, frame)),
        Figure("planned_week", say(N_("Planned, 7 days")), figures.planned_week.amount, ValueType.MONEY,
               say(N_("Sum of the payments due in the 7 days after the day. Late are those that were due before the "
                      "day and had not come in at its end; they stand outside the sum.")),
               PaymentFilter(due=_after(day, 1, 8)), f"{week}, {late}" if late else week, "warn" if late else ""),
    )


def _payments(payments: Payments, frame: Frame) -> str:
    return frame.count(N_("{n} payment"), N_("{n} payments"), payments.count)


def _after(day: date, first: int, end: int) -> Period:
    return Period(day + timedelta(days=first), day + timedelta(days=end))


def _counted(key: str, figures: DayFigures, frame: Frame) -> Figure:
    """A count of the day against the usual one; more is good, except of lost deals."""
    which = _followed(Period.day(figures.day))[key]
    value, usual = figures.tracks[key].get(figures.day, 0), board.usual(figures, key)
    return Figure(key, frame.say(which.title), value, ValueType.COUNT, frame.say(which.formula), which.rows,
                  frame.say(N_("usual {value}"), value=frame.language.number(usual)),
                  "good" if value > usual and key != "lost" else "")


def _moved(figures: DayFigures, frame: Frame) -> Figure:
    return Figure("moved", frame.say(N_("Deals moved")), figures.moved, ValueType.COUNT,
                  frame.say(N_("Deals that came to another stage on the day, won and lost ones too.")),
                  DealFilter(moved=Period.day(figures.day)))


def _tasks(figures: DayFigures, frame: Frame) -> tuple[Figure, ...]:
    """Due, and overdue."""
    say = frame.say
    return (
        Figure("due", say(N_("Tasks due")), figures.due, ValueType.COUNT, say(N_("Tasks due on the day, done or not.")),
               TaskFilter(due=Period.day(figures.day))),
        Figure("overdue", say(N_("Tasks overdue")), figures.overdue, ValueType.COUNT,
               say(N_("Tasks that were due before the day and still open at its end.")), needs.overdue(figures.day),
               say(N_("past their day")) if figures.overdue else "", "bad" if figures.overdue else ""),
    )


def _notes(figures: DayFigures, frame: Frame) -> tuple[str, ...]:
    notes = [frame.say(N_("Won = deals whose last closing was on this day, by their amount. "
                          "Usual = median of the same weekday over the last 8 weeks, days with nothing included."))]
    if figures.other:
        notes.append(frame.count(
            N_("{n} deal or payment is in another currency than {currency} and stands outside the sums."),
            N_("{n} deals and payments are in other currencies than {currency} and stand outside the sums."),
            figures.other, currency=frame.currency))
    return tuple(notes)
