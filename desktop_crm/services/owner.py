"""The owner's PIN: asked before data leaves the file in bulk, and what was let out with it, by whom and when.

It hinders and notes; it protects nothing from who can copy the file itself, which is not encrypted by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_crm.domain import access
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.i18n import Language
from desktop_crm.services import history
from desktop_crm.services.book import Book
from desktop_crm.storage import records, settings, tries
from desktop_crm.storage.unit_of_work import Connection, Store

HOLDS = 10
"""Minutes for which a window asks no second time."""

_HASH, _DAY, _LAST = "owner_hash", "owner_day", "owner_last"


@dataclass(frozen=True, slots=True)
class Terms:
    """Whether there is an owner's PIN, and whether the report of the day asks for it as well."""

    pin: bool
    day: bool

    def asked(self, day: bool = False) -> bool:
        """Whether the PIN is to be given before data leaves; `day` is for the report of a day."""
        return self.pin and (self.day or not day)


def opened(path: Path) -> Book:
    """A file to ask about its owner's PIN, also one that an older version wrote; to be closed by who asked.

    Raises as `open_book` does for reading.
    """
    store = Store(path, reading=True)
    try:
        return Book(store)
    except BaseException:
        store.close()
        raise


def terms(book: Book) -> Terms:
    """What the file says of its owner's PIN."""
    with book.read() as connection:
        found = settings.settings(connection)
    return Terms(bool(found.get(_HASH)), found.get(_DAY) == "1")


def check(book: Book, pin: str, at: str = "pin") -> None:
    """Take a PIN for the owner's: InvalidInput (at `at`) if it is not, or if wrong ones make one wait.

    Any is right where there is none. Wrong tries are remembered on this computer, for the window and the command line.
    """
    with book.read() as connection:
        stored = settings.settings(connection).get(_HASH, "")
    if not stored:
        return
    now, found = book.now().timestamp(), tries.read(book.path)
    if found.wait(now):
        raise InvalidInput(N_("Too many wrong tries. Try again in {seconds} s."), at, seconds=found.wait(now))
    if not access.matches(pin, stored):
        found.missed(now)
        tries.write(book.path, found)
        raise InvalidInput(N_("That is not the owner's PIN."), at)
    if found.wrong:
        found.clear()
        tries.write(book.path, found)


def save(book: Book, pin: str, day: bool, now: str = "") -> None:
    """Have this PIN of 4 to 8 digits from now on, or with "" the present one; `day`: the report of a day asks as well.

    `now` is the PIN in force, if there is one. This is no undo step: an old PIN must not come back by an undo. The file
    and its history hold a salted hash alone. Raises InvalidInput (at "now" or "pin").
    """
    check(book, now, "now")
    values = {_DAY: "1" if day else ""}
    if pin or not terms(book).pin:
        values[_HASH] = access.hashed(access.pin(pin))
    _put(book, N_("Change the owner's PIN"), values)


def remove(book: Book, now: str) -> None:
    """Have no owner's PIN any more; `now` is the one in force. No undo step; InvalidInput (at "now") if it is wrong."""
    check(book, now, "now")
    _put(book, N_("Remove the owner's PIN"), {_HASH: ""})


def _put(book: Book, label: str, values: dict[str, str]) -> None:
    with book.work(label, undoable=False) as work:
        for key, value in values.items():
            settings.put(work.connection, key, value)


def note(book: Book, message: str, **params: Any) -> Changes:
    """Write into the history what was let out; `message` is one of domain/leaving. It is no undo step.

    A file that is open for reading only cannot note it: FileRefused.
    """
    with book.work(message, undoable=False, **params) as work:
        settings.put(work.connection, _LAST, f"{book.now().isoformat()} {work.id}")
    return work.done


def noted(book: Book, language: Language, most: int) -> list[history.Act]:
    """What was let out, the newest `most`, newest first."""
    with book.read() as connection:
        row = _row(connection)
    return history.acts(book, language, most, ("settings", row))[::-1] if row is not None else []


def _row(connection: Connection) -> int | None:
    found = records.find(connection, "settings", key=_LAST)
    return int(found[0]["id"]) if found else None
