"""What was entered late: the acts that changed a day after its report was printed."""

from __future__ import annotations

from desktop_crm.domain.deals import DealFilter
from desktop_crm.domain.errors import N_
from desktop_crm.domain.evening import LateEntry
from desktop_crm.domain.figures import DayFigures
from desktop_crm.domain.payments import PaymentFilter
from desktop_crm.reports.frame import Frame
from desktop_crm.reports.report import Column, Table, ValueType

_MOST = 30
"""Acts that are told one by one; the rest is summed in the last row."""


def table(figures: DayFigures, frame: Frame) -> tuple[Table, ...]:
    """The late acts, oldest first. No table without any."""
    late, say = figures.evening.late, frame.say
    if late is None or not late.entries:
        return ()
    columns = (Column("act", say(N_("Act")), weight=3.0), Column("day", say(N_("For the day")), ValueType.DATE),
               Column("won_amount", say(N_("Won amount")), ValueType.MONEY),
               Column("received", say(N_("Received")), ValueType.MONEY), Column("actor", say(N_("By"))))
    told, rest = late.entries[:_MOST], late.entries[_MOST:]
    named = any(entry.actor for entry in told)
    rows = [(_said(entry, frame), entry.day, entry.won, entry.received, entry.actor or None) for entry in told]
    filters: list[object | None] = [_rows(entry) for entry in told]
    if rest:
        rows.append((frame.count(N_("and {n} more act"), N_("and {n} more acts"), len(rest)),
                     min(entry.day for entry in rest), _sum(rest, "won"), _sum(rest, "received"), None))
        filters.append(None)
    totals = (say(N_("Total")), None, _sum(late.entries, "won"), _sum(late.entries, "received"), None)
    width = len(columns) if named else len(columns) - 1
    return (Table("late", say(N_("Entered after the report of {day} was printed"), day=frame.language.day(late.after)),
                  columns[:width], tuple(row[:width] for row in rows), totals[:width], filters=tuple(filters)),)


def _sum(entries: tuple[LateEntry, ...], what: str) -> int:
    return sum(getattr(entry, what) for entry in entries)


def _said(entry: LateEntry, frame: Frame) -> str:
    """The act by its name in the report's language."""
    params = {key: frame.say(str(value)) if key == "kind" else value for key, value in entry.params.items()}
    name = frame.say(entry.message, **params)
    if entry.turn == "do":
        return name
    return frame.say(N_("Undone: {act}") if entry.turn == "undo" else N_("Redone: {act}"), act=name)


def _rows(entry: LateEntry) -> object | None:
    """The filter of what the act touched and is still there."""
    if entry.deals:
        return DealFilter(ids=entry.deals)
    return PaymentFilter(ids=entry.payments) if entry.payments else None
