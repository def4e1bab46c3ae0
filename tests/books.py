"""Small real files for tests, and a dump to compare them by."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from desktop_crm.services import starting
from desktop_crm.services.book import Book, open_book
from desktop_crm.storage import unit_of_work
from desktop_crm.storage.shapes import INSTANT
from desktop_crm.storage.tables import journalled

NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
"""Noon of Saturday 21 November 2026 in Kuala Lumpur."""
TODAY = date(2026, 11, 21)
AFTERNOON = NOON.replace(hour=6, minute=32)
"""14:32 of the same day."""


@dataclass
class Clock:
    """The present instant, which a test moves: by `now`, or by `set`, a time of 21 November there, or "22 09:00"."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def set(self, at: str) -> None:
        day, _, clock = at.rpartition(" ")
        self.now = datetime.fromisoformat(f"2026-11-{day or '21'}T{clock}+08:00").astimezone(UTC)


_made: dict[tuple[tuple[str, Any], ...], bytes] = {}


def new_file(path: Path, **options: Any) -> None:
    """A new file at `path`, closed, made at NOON.

    It is made once for all tests of a process and copied for each: laying out a file would be a third of their time.
    """
    wanted = {"name": path.stem, **options}
    key = tuple(sorted(wanted.items()))
    if key not in _made:
        with patch.object(unit_of_work, "_now", lambda: NOON.strftime(INSTANT)):
            starting.create(path, **wanted).close()
        _made[key] = path.read_bytes()
    path.write_bytes(_made[key])


def new_book(path: Path, *, now: datetime = NOON, clock: Clock | None = None, **options: Any) -> Book:
    """A new file at `path`, open, whose clock stands at `now`, or is the `clock` given."""
    new_file(path, **options)
    return open_book(path, clock=clock or Clock(now))


_filled: dict[tuple[Callable[[Book], object], datetime], bytes] = {}


def filled_book(path: Path, fill: Callable[[Book], object], *, now: datetime = NOON, clock: Clock | None = None,
                **options: Any) -> Book:
    """A file at `path`, open as by `new_book`, that holds what `fill` put into it at `now`.

    It is filled once for all tests of a process and copied for each; so `fill` is a function of the module's own.
    """
    if (fill, now) not in _filled:
        with closing(new_book(path, now=now, **options)) as book:
            fill(book)
        _filled[fill, now] = path.read_bytes()
    path.write_bytes(_filled[fill, now])
    return open_book(path, clock=clock or Clock(now))


def bought(book: Book, customer: int, *sales: tuple[int, int], currency: str = "MYR") -> None:
    """Sales to a customer as (days before TODAY, minor units), unchecked."""
    from desktop_crm.storage import records

    row = {"name": "Sale", "customer_id": customer, "pipeline_id": 1, "stage_id": 1, "status": "won",
           "currency": currency}
    with book.work("plant") as work:
        for days, amount in sales:
            records.add(work.connection, "deals", {**row, "amount": amount, "closed_on": TODAY - timedelta(days=days)})


def second_place(file: Path, folder: Path) -> Path:
    """Make a folder the second place of a file's backups; gives it."""
    from desktop_crm import settings

    folder.mkdir(exist_ok=True)
    chosen = settings.load()
    chosen.set_second_place(file, str(folder))
    settings.save(chosen)
    return folder


def dump(book: Book) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every journalled table, by table."""
    with book.read() as connection:
        return {name: [tuple(row) for row in connection.exec_driver_sql(f"SELECT * FROM {name} ORDER BY id")]
                for name in journalled()}


def searched(book: Book) -> dict[str, int]:
    """How many rows each search index holds."""
    from desktop_crm.storage.search import INDEXED

    with book.read() as connection:
        return {name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}_search").scalar_one()
                for name in INDEXED}


def undo_all(book: Book) -> int:
    """Undo until nothing is left; returns how many acts that were."""
    return _until_nothing(book.undo)


def redo_all(book: Book) -> int:
    """Redo until nothing is left; returns how many acts that were."""
    return _until_nothing(book.redo)


def _until_nothing(turn: Callable[[], object]) -> int:
    from desktop_crm.domain.errors import NothingToUndo

    count = 0
    while True:
        try:
            turn()
        except NothingToUndo:
            return count
        count += 1
