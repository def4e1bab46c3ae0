"""Who works in this window, and the lock of the window.

Neither keeps anybody from the file itself, which `services.encrypting` does: a PIN tells colleagues apart in the
history, the lock hides the window.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop_crm.domain import access
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.services.book import Book
from desktop_crm.storage import records, settings
from desktop_crm.storage.unit_of_work import Connection

MINUTES = (1, 2, 5, 10, 15, 30, 60)
"""After how many idle minutes the window may lock itself; 0 is only when asked."""


@dataclass(frozen=True, slots=True)
class Person:
    """A seller whom one may work as, and whether that asks for a PIN."""

    id: int
    name: str
    pin: bool


# --- who works ------------------------------------------------------------------------------------------------------

def people(book: Book) -> list[Person]:
    """The active sellers, ascending id."""
    with book.read() as connection:
        return [Person(row["id"], row["name"], bool(row["pin"]))
                for row in records.find(connection, "sellers", active=True)]


def work_as(book: Book, seller: int | None, pin: str = "") -> None:
    """Let the acts from now on be a seller's, until the file is closed; None for nobody's.

    Raises InvalidInput (at "pin") for a wrong PIN, NotFound if the seller is gone.
    """
    if seller is not None:
        with book.read() as connection:
            row = records.get(connection, "sellers", seller)
        if row["pin"] and not access.matches(pin, row["pin"]):
            raise InvalidInput(N_("That is not the PIN of {name}."), "pin", name=row["name"])
        book.seller, book.actor = seller, row["name"]
    else:
        book.seller, book.actor = None, ""


def set_pin(book: Book, seller: int, pin: str) -> Changes:
    """Give a seller a PIN of 4 to 8 digits, in place of any; the file and its history hold a salted hash alone."""
    clean = access.pin(pin)
    with book.read() as connection:
        name = records.title(connection, "sellers", seller)
    with book.work(N_("Set the PIN of {name}"), name=name) as work:
        records.save(work.connection, "sellers", seller, {"pin": access.hashed(clean)})
    return work.done


def clear_pin(book: Book, seller: int) -> Changes:
    """Let a seller work without a PIN."""
    with book.read() as connection:
        name = records.title(connection, "sellers", seller)
    with book.work(N_("Remove the PIN of {name}"), name=name) as work:
        records.save(work.connection, "sellers", seller, {"pin": None})
    return work.done


# --- the lock -------------------------------------------------------------------------------------------------------

def lock_minutes(book: Book) -> int | None:
    """After how many idle minutes the window locks itself, 0: only when asked; None if there is no lock."""
    with book.read() as connection:
        found = settings.settings(connection)
    if not found.get("lock_hash"):
        return None
    minutes = found.get("lock_minutes", "")
    return int(minutes) if minutes.isdecimal() else 0


def unlocks(book: Book, password: str) -> bool:
    """Whether a password is the lock's; any is where there is no lock."""
    with book.read() as connection:
        return _opens(connection, password)


def set_lock(book: Book, minutes: int, password: str = "", now: str = "") -> None:
    """Lock the window by a password and after idle minutes (0: only when asked); without `password` it stays as it is.

    `now` is the password in force, if there is a lock. This is no undo step: an old password must not come back by an
    undo. Raises InvalidInput (at "now", "password" or "minutes").
    """
    if minutes != 0 and minutes not in MINUTES:
        raise InvalidInput(N_("“{value}” does not fit here. Nothing was saved."), "minutes", value=str(minutes))
    values = {"lock_minutes": str(minutes)}
    if password or lock_minutes(book) is None:
        values["lock_hash"] = access.hashed(access.password(password))
    _change(book, N_("Change the lock of the window"), values, now)


def remove_lock(book: Book, now: str) -> None:
    """Have no lock any more; `now` is the password in force. No undo step; InvalidInput (at "now") if it is wrong."""
    _change(book, N_("Remove the lock of the window"), {"lock_hash": ""}, now)


def _change(book: Book, label: str, values: dict[str, str], now: str) -> None:
    with book.work(label, undoable=False) as work:
        if not _opens(work.connection, now):
            raise InvalidInput(N_("That is not the present password. Nothing was saved."), "now")
        for key, value in values.items():
            settings.put(work.connection, key, value)


def _opens(connection: Connection, password: str) -> bool:
    stored = settings.settings(connection).get("lock_hash", "")
    return not stored or access.matches(password, stored)
