"""How long ago, said as people say it: Today, Yesterday, 3 weeks, 7 months."""

from __future__ import annotations

from datetime import date, datetime

from desktop_crm.services.book import Book
from desktop_crm.ui.words import N_, current, tr, tr_count

_WEEKS_FROM, _MONTHS_FROM, _YEARS_FROM = 14, 60, 730
_MONTH, _YEAR = 30.44, 365.25


def ago(day: date | None, today: date) -> str:
    """The time since `day`; a day to come is written out, an unknown one is an em dash."""
    if day is None:
        return "—"
    days = (today - day).days
    if days < 0:
        return short(day, today)
    if days == 0:
        return tr(N_("Today"))
    if days == 1:
        return tr(N_("Yesterday"))
    if days < _WEEKS_FROM:
        return tr_count(N_("{n} day"), N_("{n} days"), days)
    if days < _MONTHS_FROM:
        return tr_count(N_("{n} week"), N_("{n} weeks"), days // 7)
    if days < _YEARS_FROM:
        return tr_count(N_("{n} month"), N_("{n} months"), int(days / _MONTH))
    return tr_count(N_("{n} year"), N_("{n} years"), int(days / _YEAR))


def short(day: date, today: date) -> str:
    """A day near `today` by its name, in the same year without the year."""
    names = {-1: N_("Yesterday"), 0: N_("Today"), 1: N_("Tomorrow")}
    distance = (day - today).days
    if distance in names:
        return tr(names[distance])
    return current().skeleton(day, "MMMd" if day.year == today.year else "yMMMd")


def moment(book: Book, day: date | None, at: datetime | None) -> str:
    """When something happened: its day, and for yesterday and today the time on the business's clock."""
    if day is None:
        return ""
    today = book.today()
    said = short(day, today)
    if at is None or abs((today - day).days) > 1 or book.business.day_of(at) != day:
        return said
    return f"{said} {current().clock(book.business.local(at))}"
