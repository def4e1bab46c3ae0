"""What a user does with reports: look at the catalogue, and have one made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from desktop_crm import i18n
from desktop_crm.domain import fields
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.fields import Field, FieldType
from desktop_crm.domain.importing import TITLES
from desktop_crm.domain.values import Period
from desktop_crm.reports import catalogue as known
from desktop_crm.reports import customers, daily, deals, owed, pipeline, sales, tasks
from desktop_crm.reports.catalogue import CatalogueEntry
from desktop_crm.reports.frame import Frame
from desktop_crm.reports.report import Report
from desktop_crm.services.book import Book
from desktop_crm.storage import figures
from desktop_crm.storage.unit_of_work import Connection

_DAY = (Field("on", N_("Date"), FieldType.DATE),)
"""The day of a report: one that a business can have had, with the weeks before and after it."""

Builder = Callable[[Connection, Frame, str], Report]


def catalogue(language: str = "en") -> tuple[CatalogueEntry, ...]:
    """Every report with its cuts, in the words of the language `language` (a code)."""
    return known.catalogue(i18n.language(language))


def title(name: str) -> str:
    """The title of a report as a message id; of the rows behind a figure, that of their kind."""
    return next((entry.title for entry in known.ENTRIES if entry.name == name), TITLES.get(name, N_("Report")))


def build(book: Book, name: str, period: Period | None = None, cut: str = "", language: str | None = None,
          today: date | None = None) -> Report:
    """The report `name`, divided by `cut` ("" for undivided), in the file's language unless another is asked for.

    Without a period it speaks of the whole file, `daily` of the business's present day. Raises InvalidInput for
    an unknown report or cut, and for a period that the report cannot speak of.
    """
    entry = known.find(name, cut)
    words = i18n.language(language) if language else book.language
    frame = Frame(book.business.name, book.currency, words, today or book.today(), _period(entry, period),
                  book.business.country, book.business.answer_within > 0, book.business.idle_days)
    with book.read() as connection:
        return _BUILDERS[name](connection, frame, cut)


def _period(entry: CatalogueEntry, period: Period | None) -> Period | None:
    """The period as the report takes it; None for the whole file (or, for a day's report, for today)."""
    if period is None or period.whole_file:
        return None
    if entry.period == "none":
        raise InvalidInput(N_("The report “{name}” speaks of the present and takes no period."), "period",
                           name=entry.name)
    if entry.period == "day" and (period.start is None or period != Period.day(period.start)):
        raise InvalidInput(N_("The report “{name}” speaks of one day: give a day, not a longer period."), "period",
                           name=entry.name)
    if entry.period == "day":
        fields.checked(_DAY, {"on": period.start})
    return period


def _daily(connection: Connection, frame: Frame, cut: str) -> Report:
    day = (frame.period.start if frame.period else None) or frame.today
    return daily.daily(figures.day(connection, day, frame.today, frame.currency, frame.watched,
                                   frame.idle_days), frame, cut)


def _sales(connection: Connection, frame: Frame, cut: str) -> Report:
    return sales.sales(figures.sales(connection, frame.period, cut, frame.currency), frame, cut)


def _pipeline(connection: Connection, frame: Frame, cut: str) -> Report:
    return pipeline.pipeline(figures.pipeline(connection, frame.today, frame.currency), frame)


def _owed(connection: Connection, frame: Frame, cut: str) -> Report:
    return owed.owed(figures.owed(connection, frame.today, frame.currency), frame)


def _deals(connection: Connection, frame: Frame, cut: str) -> Report:
    return deals.deals(figures.deals(connection, deals.rule(frame), frame.today), frame)


def _tasks(connection: Connection, frame: Frame, cut: str) -> Report:
    return tasks.tasks(figures.tasks(connection, tasks.rule(frame)), frame)


def _customers(connection: Connection, frame: Frame, cut: str) -> Report:
    found = figures.customers(connection, customers.rule(frame), frame.today, frame.currency)
    return customers.customers(found, frame, cut)


_BUILDERS: Mapping[str, Builder] = {
    "daily": _daily, "sales": _sales, "pipeline": _pipeline, "owed": _owed, "deals": _deals, "tasks": _tasks,
    "customers": _customers,
}
