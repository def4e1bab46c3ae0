"""The business as it stood on a past day: a book to read from, of that day's end; and days behind us, as typed."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import NoReturn, TypeVar

from desktop_crm.domain import quick_past
from desktop_crm.domain.business import Business
from desktop_crm.domain.errors import N_, FileRefused, InvalidInput
from desktop_crm.i18n import Language
from desktop_crm.services import quick_add
from desktop_crm.services.book import Book
from desktop_crm.storage import past
from desktop_crm.storage.shapes import INSTANT
from desktop_crm.storage.unit_of_work import Store

T = TypeVar("T")
Step = Callable[[int, int], None]
"""Told how many of how many parts are made; what it raises ends the making."""

_AGAIN = (8, 31, *range(366, 366 * 9, 365))
"""How many days back one looks for the last weekday, month's end or day of a year (29 February: up to eight years)."""
_MOMENT = timedelta(microseconds=1)


class PastBook(Book):
    """The book as it stood at the end of `day`; every service reads it like the present one, none can write it.

    Its `today` is that day, its `path` that of the business's own file.
    """

    locked = N_("This is a past day: it can be looked at, not changed.")

    def __init__(self, store: Store, day: date, end: datetime, path: Path) -> None:
        self.day, self._path = day, path
        super().__init__(store, lambda: end - _MOMENT)

    @property
    def path(self) -> Path:
        """The business's own file: what is attached lies beside it."""
        return self._path

    def today(self) -> date:
        """The day that is looked at, also where the business has moved to another zone since."""
        return self.day

    def work(self, message: str, *, bulk: bool = False, undoable: bool = True, **params: object) -> NoReturn:
        """FileRefused: nothing of the past can be changed."""
        raise FileRefused(N_("This is the business as on {day}. It can only be looked at; to change something, go back "
                             "to today."), day=self.day)


def end_of(business: Business, day: date) -> datetime:
    """The instant (aware, UTC) at which a business day is over and the next one begins."""
    return datetime.combine(day + timedelta(1), time.fromisoformat(business.cutoff), business.zone).astimezone(UTC)


def begins(book: Book) -> date:
    """The first day of which the file knows how it stood: the one on which it was made."""
    with book.read() as connection:
        return _begins(book, past.first(connection))


def _begins(book: Book, first: str | None) -> date:
    return book.today() if first is None else book.business.day_of(datetime.fromisoformat(first))


def opened(book: Book, day: date, step: Step | None = None) -> PastBook:
    """The book as it stood at the end of `day`, read from the journal; to be closed by who asked for it.

    What was recorded later is not in it, also where it tells of that day or of one before; records that are gone since
    are; nothing of an erased person is. Raises InvalidInput for a day that is still to come or lies before the file's
    first, FileRefused if there is no room: it takes as much as the file for as long as it is open.
    """
    if day > book.today():
        raise InvalidInput(N_("{day} is still to come. Choose a day that has been."), "day", day=day)
    end = end_of(book.business, day)
    book.fold_log()
    with book.read() as connection:
        first = past.first(connection)
        cut = past.cut(connection, end.strftime(INSTANT))
        if cut is None or first is None:
            raise InvalidInput(N_("This file begins on {day}. How things stood before that was never written down in "
                                  "it."), "day", day=_begins(book, first))
        store = past.opened(connection, cut, step)
    try:
        return PastBook(store, day, end, book.path)
    except BaseException:
        store.close()
        raise


def read(book: Book, day: date | None, found: Callable[[Book], T]) -> T:
    """What `found` reads in the book as it stood at the end of a day; None is the present one."""
    if day is None:
        return found(book)
    with closing(opened(book, day)) as then:
        return found(then)


# --- days behind us, as typed -----------------------------------------------------------------------------------------

def read_day(book: Book, language: Language, typed: str) -> date:
    """A day that has been, in words ("two weeks ago", "kelmarin", "Friday", "12 March") or in figures.

    A day without its year is the last one that has been; one that is still to come is told as it is. Raises
    InvalidInput for what is no day.
    """
    today, said = book.today(), " ".join(typed.split())
    bare = quick_past.LAST_NAMED.sub("", said)
    found = quick_past.read(said, today) or quick_add.read_day(book, language, bare)
    if found is None:
        raise InvalidInput(N_("Type a day that has been, like 12 March or 3 weeks ago."), "day")
    return found if found <= today else _last_time(book, language, bare, found)


def _last_time(book: Book, language: Language, said: str, found: date) -> date:
    """The last day that comes again and was called so: what it meant to those who said it before.

    A day that is still to come stays one: "tomorrow" and "in 3 weeks", which move with the day on which they are said,
    and one with its year, which is always the same.
    """
    today, day = book.today(), timedelta(1)
    for moved in (day, -day):
        if quick_add.read_day(book, language, said, today + moved) == found + moved:
            return found
    for ago in _AGAIN:
        earlier = quick_add.read_day(book, language, said, today - timedelta(ago))
        if earlier is not None and earlier <= today:
            return earlier
    return found
