"""Keeping the file safe: check, the ring of backups, the second place, restore."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from desktop_crm import paths, settings
from desktop_crm.domain import backups as rules
from desktop_crm.domain.backups import Backup, Preview
from desktop_crm.domain.errors import CrmError, FileRefused, PasswordNeeded
from desktop_crm.services.book import Book, open_book
from desktop_crm.storage import attachments, backup, health, migrations, restoring, rewriting, second_place
from desktop_crm.storage.backup import Step
from desktop_crm.storage.database import WriteLock

Stop = Callable[[], bool]
_log = logging.getLogger(__name__)


def check(book: Book) -> list[str]:
    """What is wrong with the file: structure, links, search and the rules between columns; nothing is changed."""
    with book.read() as connection:
        return health.problems(connection)


def back_up(book: Book, target: Path | None = None, *, why: str = "asked", whole: bool = True,
            step: Step | None = None) -> Backup:
    """Take a verified backup, into the backups folder or to a place of the user's choice.

    With `whole` false the structure of a very large copy is left for `confirm`, and the copy stands within seconds.
    Attached files that do not lie beside the backup yet are copied there.
    """
    with book.read() as connection:
        made = backup.take(connection, book.path, target, why=why, at=book.now(), whole=whole, step=step)
    files = attachments.folder(book.path)
    attachments.carry(files, Path(made.path).parent / files.name)
    return made


def keep(book: Book, why: str, step: Step | None = None) -> Backup | None:
    """Take a backup into the ring if anything was changed since the last one, and thin the ring; None if not.

    `why` is a code of `domain.backups.REASONS`.
    """
    _settle(book)
    last = last_backup(book)
    if last is not None and not last.problem and (last.work, last.work_uid) == newest_work(book):
        return None
    made = back_up(book, why=why, whole=False, step=step)
    thin(book)
    return made


def _settle(book: Book) -> None:
    """Mend what a killed program left half-done; encrypt what is still plain of an encrypted file's backups."""
    from desktop_crm.storage import recoding

    recoding.sweep(book.path)
    if book.key is None and not any(paths.backups().glob(f"*{recoding.PART}")):
        return
    second = settings.load().second_place(book.path)
    with book.read() as connection:
        first = recoding.mark(connection.connection.dbapi_connection).first
    for error in recoding.settle(book.path, Path(second) if second else None, book.key, first):
        _log.warning("a backup could not be encrypted: %s", type(error).__name__)


def thin(book: Book) -> list[Backup]:
    """Take away what the ring has no more place for; returns it."""
    gone = rules.to_remove(backup.known(book.path), book.now(), book.business.zone)
    for item in gone:
        backup.remove(item)
    backup.sweep(book.path)
    return gone


def newest_work(book: Book) -> tuple[int, str]:
    """The file's newest piece of work and its uid: two that are alike mean that nothing was changed between."""
    with book.read() as connection:
        return backup.newest_work(connection)


def due(book: Book, last: Backup | None) -> bool:
    """Whether the hourly backup is due: an hour since the last one, and something was changed."""
    return rules.due(last, book.now(), newest_work(book)[0])


def confirm(path: Path, stop: Stop | None = None) -> Backup | None:
    """Look over the newest backup of a file whose structure was left for later; None if there is none.

    What was found is in its `verified` and `problem`. Raises Cancelled once `stop()` is true; it then stays as it was.
    """
    waiting = next((item for item in backup.known(path) if not item.verified and not item.problem), None)
    return None if waiting is None else backup.confirm(waiting, stop)


def backups(path: Path, second: Path | None = None) -> list[Backup]:
    """The backups of a file, newest first: those of the backups folder, and what only the second place has."""
    first = backup.known(path)
    names = {Path(item.path).name for item in first}
    more = [item for item in backup.known(path, second) if Path(item.path).name not in names] if second else []
    return sorted([*first, *more], key=lambda item: item.order, reverse=True)


def last_backup(book: Book) -> Backup | None:
    """The newest backup of this file that the backups folder knows."""
    known = backup.known(book.path)
    return known[0] if known else None


def offered(path: Path, second: Path | None = None) -> Backup | None:
    """The newest backup of a file that can take its place: verified when it was made, and unchanged since."""
    for item in backups(path, second):
        if item.verified:
            try:
                return backup.verify(Path(item.path), migrations.VERSION)
            except PasswordNeeded:  # it was looked over when it was made: here its check sum has to do
                if backup.unchanged(item):
                    return item
            except FileRefused:
                continue  # this copy was damaged since: the one before it is the newest whole one
    return None


def keep_second(book: Book, folder: Path, stop: Stop | None = None) -> list[Backup]:
    """Bring the second place level with the ring; FileRefused if it is away, full or refuses."""
    made = second_place.keep_equal(book.path, folder, book.now(), book.business.zone, stop)
    name = attachments.folder(book.path).name
    attachments.carry(paths.backups() / name, folder / name)
    return made


def second_folder(folder: Path) -> Path:
    """A folder that may be the second place; FileRefused if it may not."""
    return second_place.usable(folder)


def preview(book: Book, source: Path) -> Preview:
    """What restoring a backup would do to the open file."""
    item = _described(source)
    try:
        with book.read() as connection:
            return restoring.compare(connection, item)
    except PasswordNeeded:  # what a copy under a password of before has that the file has not is not known before
        return restoring.compare(None, item)


def preview_of(path: Path, source: Path) -> Preview:
    """What restoring a backup would do to a file that is not open; one that cannot be read is not compared."""
    item = _described(source)
    try:
        with closing(open_book(path, reading=True)) as book, book.read() as connection:
            return restoring.compare(connection, item)
    except CrmError:
        return restoring.compare(None, item)


def _described(source: Path) -> Backup:
    """What a backup's manifest says of it; a copy without one is looked over and counted."""
    noted = backup.read_manifest(backup.manifest(source))
    return noted if noted is not None and noted.work_uid else backup.verify(source, migrations.VERSION)


def stage(path: Path, source: Path) -> Path:
    """Verify a backup and lay a copy of it beside the file, which may be open; `restore_staged` then takes no time.

    Who was erased since the backup was made is taken out of the copy; attached files that are missing come back.
    """
    path = paths.real(path)
    part = restoring.stage(path, source, migrations.VERSION)
    try:
        noted = backup.read_manifest(backup.manifest(source))
        beside = attachments.folder(Path(noted.source) if noted is not None and noted.source else path).name
        attachments.carry(source.parent / beside, attachments.folder(path), attachments.named(part))
        rewriting.without_erased(part)
    except CrmError:
        restoring.unstage(part)
        raise
    return part


def restore_staged(path: Path, part: Path) -> Path | None:
    """Put what was laid ready in the place of a closed file; returns where the file that was there is kept."""
    lock = WriteLock(path)
    try:
        lock.acquire()
    except CrmError:
        restoring.unstage(part)
        raise
    try:
        return restoring.swap(path, part)
    finally:
        lock.release()


def restore(path: Path, source: Path) -> Path | None:
    """Put a verified backup in the place of a closed file; returns where the file that was there is kept.

    Raises FileBusy if a window has the file open, FileRefused if the backup is not whole; both change nothing.
    """
    return restore_staged(path, stage(path, source))
