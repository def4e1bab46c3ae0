"""Keeping the file safe: check, backup, restore."""

from __future__ import annotations

from pathlib import Path

from desktop_crm.services.book import Book
from desktop_crm.storage import backup, health, migrations
from desktop_crm.storage.backup import Backup
from desktop_crm.storage.database import WriteLock


def check(book: Book) -> list[str]:
    """What is wrong with the file: structure, links, search and the rules between columns; nothing is changed."""
    with book.read() as connection:
        return health.problems(connection)


def back_up(book: Book, target: Path | None = None) -> Backup:
    """Take a verified backup, into the backups folder or to a place of the user's choice."""
    with book.read() as connection:
        return backup.take(connection, book.path, target)


def restore(path: Path, source: Path) -> Path | None:
    """Put a verified backup in the place of a closed file; returns where the file that was there is kept.

    Raises FileBusy if a window has the file open, FileRefused if the backup is not whole; both change nothing.
    """
    backup.verify(source, migrations.VERSION)
    lock = WriteLock(backup.restorable(path))
    lock.acquire()
    try:
        return backup.restore(path, source, migrations.VERSION)
    finally:
        lock.release()


def last_backup(book: Book) -> Backup | None:
    """The newest backup of this file that the backups folder knows."""
    known = backup.known(book.path)
    return known[0] if known else None
