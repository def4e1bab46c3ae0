"""The board: a day beside the usual same weekday and the month so far, and what was won each day of the month."""

from __future__ import annotations

from datetime import date
from statistics import median

from desktop_crm.domain.errors import N_
from desktop_crm.domain.figures import TRACKS, DayFigures, divided
from desktop_crm.domain.values import Period, usual_days
from desktop_crm.reports import charts, targets
from desktop_crm.reports.frame import Frame
from desktop_crm.reports.report import Cell, Chart, Column, Table, ValueType

_TITLES = {
    "won": N_("Won"), "won_amount": N_("Won amount"), "lost": N_("Lost"), "opened": N_("New deals"),
    "leads": N_("New leads"), "received": N_("Received"), "done": N_("Tasks done"), "activities": N_("Activities"),
}
_MONEY = ("won_amount", "received")


def usual(figures: DayFigures, key: str) -> float:
    """The median of the same weekday over the last 8 weeks, days with nothing as 0 (DEFINITIONS.md, Usual day)."""
    return median(figures.tracks[key].get(day, 0) for day in usual_days(figures.day))


def so_far(figures: DayFigures, key: str) -> int:
    """The sum over the month from its first day to this one."""
    return sum(figures.tracks[key].get(day, 0) for day in _month(figures.day))


def _month(day: date) -> list[date]:
    return [other for other in Period.month(day).days() if other <= day]


def table(figures: DayFigures, frame: Frame) -> Table:
    """Three rows: the day, the usual one, the month so far; a column an indicator."""
    say, language, day = frame.say, frame.language, figures.day
    columns = (Column("day", say(N_("Day")), weight=2.0), *(
        Column(key, say(_TITLES[key]), ValueType.MONEY if key in _MONEY else ValueType.NUMBER) for key in TRACKS))
    rows: tuple[tuple[Cell, ...], ...] = (
        (language.day(day), *(figures.tracks[key].get(day, 0) for key in TRACKS)),
        (say(N_("Usual {weekday}"), weekday=language.day(day, "EEEE")), *(_shown(figures, key) for key in TRACKS)),
        (say(N_("{month} so far"), month=language.skeleton(day, "yMMMM")), *(so_far(figures, key) for key in TRACKS)),
    )
    return Table("board", say(N_("The day, the usual and the month")), columns, rows)


def _shown(figures: DayFigures, key: str) -> Cell:
    """The usual value; money to a whole minor unit, half a unit up."""
    value = usual(figures, key)
    return divided(round(2 * value), 2) if key in _MONEY else value


def chart(figures: DayFigures, frame: Frame) -> Chart:
    """What was won on each day of the month so far, this day meant; room for the whole month."""
    language, day = frame.language, figures.day
    bars = []
    for other in _month(day):
        amount, meant = figures.tracks["won_amount"].get(other, 0), other == day
        marked = meant or (other.day in (1, 11, 21) and abs(other.day - day.day) > 1)
        bars.append(charts.Bar(language.number(other.day) if marked else "", amount, frame.money(amount),
                               language.day(other), meant))
    title = frame.say(N_("Won each day this month")) if day == frame.today else \
        frame.say(N_("Won each day, {month}"), month=language.skeleton(day, "yMMMM"))
    so_far_said = frame.money(so_far(figures, "won_amount"))
    goal = targets.of_month(figures)
    note = frame.say(N_("{amount} so far"), amount=so_far_said) if goal is None else \
        frame.say(N_("{amount} · target {target} - - needed"), amount=so_far_said, target=frame.money(goal.amount))
    return charts.over_time(
        title, bars, (frame.say(N_("Day")), frame.say(N_("Won amount"))), ValueType.MONEY, note,
        slots=sum(1 for _ in Period.month(day).days()), needed=targets.needed(figures))
