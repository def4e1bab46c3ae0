"""The end of a day: the cash that was counted, the targets, the evening's report, and that it was printed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.evening import TargetRow
from desktop_crm.domain.values import Period
from desktop_crm.reports import evening as digest
from desktop_crm.reports.report import Report
from desktop_crm.services import reports
from desktop_crm.services.book import Book
from desktop_crm.storage import evening, records

_MOST = 2**62


def count_cash(book: Book, day: date, amount: int | None) -> Changes:
    """Note the cash counted at the end of a business day, minor units, without the float; None takes it away.

    Raises InvalidInput for an amount below zero and for a day that has not come yet.
    """
    if amount is not None and not 0 <= amount < _MOST:
        raise InvalidInput(N_("The cash that was counted cannot be below zero. Nothing was saved."), "amount")
    if day > book.today():
        raise InvalidInput(N_("{day} has not come yet. Nothing was saved."), "day", day=book.language.day(day))
    label = N_("Count the cash of {day}") if amount is not None else N_("Take away the count of {day}")
    with book.work(label, day=book.language.day(day)) as work:
        evening.count(work.connection, day, amount, book.currency)
    return work.done


def counted(book: Book, day: date) -> int | None:
    """The cash counted on a day, minor units; None if none was."""
    with book.read() as connection:
        return evening.counted(connection, day)


def set_target(book: Book, period: Period, amount: int | None, seller: int | None = None) -> Changes:
    """Set what is to be won in a period by the shop, or by one seller, minor units; None takes the target away.

    Raises InvalidInput for an amount that is not above zero or a period that is open or empty, NotFound for a seller
    who is gone.
    """
    if amount is not None and not 0 < amount < _MOST:
        raise InvalidInput(N_("A target must be above zero. Nothing was saved."), "amount")
    if period.start is None or period.end is None or period.start >= period.end:
        raise InvalidInput(N_("A target needs a period with a first and a last day. Nothing was saved."), "period")
    name = ""
    if seller is not None:
        with book.read() as connection:
            name = records.title(connection, "sellers", seller)
    if amount is None:
        label = N_("Take away the target of {name}") if name else N_("Take away the shop's target")
    else:
        label = N_("Set the target of {name}") if name else N_("Set the shop's target")
    with book.work(label, name=name) as work:
        evening.set_target(work.connection, period, seller, amount, book.currency)
    return work.done


def targets(book: Book, on: date | None = None) -> list[TargetRow]:
    """The targets in the business's currency, by period, the shop's first; those that hold a day if one is given."""
    with book.read() as connection:
        return evening.targets(connection, book.currency, on)


def report(book: Book, day: date | None = None) -> Report:
    """The evening's report of a business day (default: the present one), in the language of the business."""
    return digest.evening(reports.build(book, "daily", Period.day(day or book.today())))


def printed(book: Book, name: str, day: date) -> Changes:
    """Note that the report `name` of a day was printed or saved; what is entered for the day from now on came late.

    It is no undo step. A file that is open for reading only cannot note it: FileRefused.
    """
    with book.work(N_("Print the report of {day}"), undoable=False, day=book.language.day(day)) as work:
        evening.printed(work.connection, name, day, book.now())
    return work.done


def due(book: Book, since: datetime) -> date | None:
    """The business day whose closing hour has struck after the instant `since`, its evening not told since then.

    None if the business has no closing hour. Of several days (the laptop slept) the last one.
    """
    business, now = book.business, book.now()
    for day in (book.today(), book.today() - timedelta(days=1)):
        closing = business.closing_of(day)
        if closing is not None and since < closing <= now:
            with book.read() as connection:
                told = evening.last_printed(connection, "evening", day)
            return day if told is None or told < closing else None
    return None
