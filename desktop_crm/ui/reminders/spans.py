"""How long ago or how soon, in few letters: "12 min late", "in 2 h", "3 min left"."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from desktop_crm.domain.reminders import ReminderRow
from desktop_crm.i18n import Language
from desktop_crm.ui.words import N_, N_count, current, tr, tr_count

_Words = tuple[str, str, tuple[str, str]]
_HOUR, _DAY = 60, 24 * 60
_SAID: Mapping[str, _Words] = {
    "late": (N_("{n} min late"), N_("{n} h late"), N_count("{n} day late", "{n} days late")),
    "in": (N_("in {n} min"), N_("in {n} h"), N_count("in {n} day", "in {n} days")),
    "left": (N_("{n} min left"), N_("{n} h left"), N_count("{n} day left", "{n} days left")),
    "ago": (N_("{n} min ago"), N_("{n} h ago"), N_count("{n} day ago", "{n} days ago")),
    "over": (N_("{n} min over"), N_("{n} h over"), N_count("{n} day over", "{n} days over")),
}


def said(what: str, minutes: int) -> str:
    """So many minutes, in full hours from one up and in full days from one up; `what` is a key of the words above."""
    short, hours, days = _SAID[what]
    if minutes < _HOUR:
        return tr(short, n=current().number(minutes))
    return tr(hours, n=current().number(minutes // _HOUR)) if minutes < _DAY else tr_count(*days, minutes // _DAY)


def when(row: ReminderRow, now: datetime) -> str:
    """When a task is due and how late that is at a local instant: "15:00 · in 10 min", "Yesterday · 1 day late"."""
    if row.due is None:
        return ""
    minutes = int((now - row.due).total_seconds() // 60)
    day, clock = day_of(row.due, now, current()), current().clock(row.due)
    at = (clock if row.due.date() == now.date() else f"{day} {clock}") if row.timed else day
    if minutes == 0:
        return f"{at} · {tr(N_('now'))}" if row.timed else at
    if not row.timed and row.due.date() == now.date():
        return at
    return f"{at} · {said('late', minutes) if minutes > 0 else said('in', -minutes)}"


def day_of(moment: datetime, now: datetime, language: Language) -> str:
    """A day as one says it from another: Today, Tomorrow, Yesterday, else the weekday and the date."""
    days = (moment.date() - now.date()).days
    names = {0: N_("Today"), 1: N_("Tomorrow"), -1: N_("Yesterday")}
    return tr(names[days]) if days in names else language.skeleton(moment.date(), "EEEdMMM")
