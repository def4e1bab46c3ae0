"""A business file encrypted by a password: unlocked, encrypted, under another password, plain again.

What lies beside it is not encrypted by this: attached files, receipts, and what is let out. None of it is an undo step;
the file's history and its undo stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop_crm import settings
from desktop_crm.domain import access
from desktop_crm.domain.errors import N_, CrmError, FileLost, FileRefused, InvalidInput, PasswordNeeded
from desktop_crm.services.book import Book, open_book
from desktop_crm.storage import backup, database, encryption, erasures, migrations, past, recoding, rewriting
from desktop_crm.storage.encryption import Key as Key  # the window names the type of what it asks for

Stop = Callable[[], bool]
Step = Callable[[int, int], None]
"""Told how many of how many copies are done."""

DAMAGED = N_("{path} is damaged: its password opens the backup of it, and not the file itself. It was left as it is; "
             "restore a backup.")


@dataclass(frozen=True, slots=True)
class Staged:
    """A file laid ready to take the place of `path`: under `key` (None: plain), made when the file was at `mark`."""

    path: Path
    part: Path
    key: Key | None
    old: Key | None
    mark: recoding.Mark


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many copies of the file were written anew after it, and what could not be."""

    copies: int
    problems: tuple[CrmError, ...]


# --- unlocking --------------------------------------------------------------------------------------------------------

def is_encrypted(path: Path) -> bool:
    """Whether a file that is not open here is an encrypted one, with its key at hand or not."""
    try:
        return encryption.salt_of(path) is not None
    except OSError:
        return False


def needs_password(path: Path) -> bool:
    """Whether a file that is not open here opens with a password only; no for one that is not there, or not ours."""
    try:
        salt = encryption.salt_of(path)
    except OSError:
        return False
    return salt is not None and encryption.known(salt) is None


def look(path: Path) -> None:
    """Look a closed file over as opening does, and raise what that raises: FileLost for a damaged one, and the like."""
    database.look(path, migrations.VERSION)


def unlock(path: Path, typed: str) -> Key | None:
    """The key that a password makes for a file, None if it needs none; a third of a second, spent on purpose.

    Raises PasswordNeeded if that is not the password, FileLost if it is and the file is damaged, FileRefused as opening
    does.
    """
    try:
        salt = encryption.salt_of(path)
    except FileNotFoundError as error:
        raise FileLost(N_("There is no file {path}. Nothing was opened."), path=str(path)) from error
    except OSError as error:
        raise FileRefused(N_("{path} cannot be read: {reason}. Nothing was changed."), path=str(path),
                          reason=error.strerror or str(error)) from error
    if salt is None:
        return None
    key = encryption.derived(access.plain(typed), salt)
    try:
        encryption.look(path, key)
    except PasswordNeeded as error:
        if _opens_backup(path, key):
            raise FileLost(DAMAGED, path=str(path)) from error
        raise
    return key


def _opens_backup(path: Path, key: Key) -> bool:
    """Whether a key that does not open a file opens a backup of it made under the very same password."""
    for item in backup.known(path):
        try:
            if encryption.salt_of(Path(item.path)) == key.salt:
                return encryption.look(Path(item.path), key) is not None
        except (OSError, FileRefused):
            continue
    return False


holding = encryption.held
"""Keep a key for a piece of work: a context."""


def new_key(typed: str) -> Key:
    """A key that a new password makes; InvalidInput if it is too short."""
    return encryption.derived(access.file_password(typed))


# --- encrypting -------------------------------------------------------------------------------------------------------

def stage(book: Book, password: str | None, now: str = "", stop: Stop | None = None) -> Staged:
    """Lay the open file ready under a new password, or plain (None); the slow part, nothing is changed yet.

    `now` is the password in force, where there is one. While this works nobody can save. Raises InvalidInput (at "now"
    or "password"), FileRefused for a file that cannot be written, FileBusy while something is saved, Cancelled.
    """
    if book.key is not None and encryption.derived(access.plain(now), book.key.salt) != book.key:
        raise InvalidInput(N_("That is not the present password. Nothing was changed."), "now")
    key = None if password is None else new_key(password)
    if _erasing(book.path):
        raise FileRefused(N_("The erasing of a person is not finished yet. Close the file, open it again, and then do "
                             "this once more."))
    with book.alone() as raw:
        return Staged(book.path, recoding.stage(raw, book.path, key, stop), key, book.key, recoding.mark(raw))


def _erasing(file: Path) -> bool:
    """Whether a person is still to be taken out of a copy; one under a password of before keeps nobody waiting."""
    begun = erasures.pending(file) if erasures.ledger().exists() else []
    return any(rewriting.waits(place, item) for item in begun for place in rewriting.copies(file, _second(file)))


def discard(staged: Staged) -> None:
    """Take away what was laid ready and is not wanted any more."""
    recoding.discard(staged.part)


def swap(staged: Staged) -> None:
    """Put what was laid ready in the place of the file, which is closed: from now on its key is another.

    Raises FileBusy if something was saved since or another program has it open; it is as it was then.
    """
    lock = database.WriteLock(staged.path)
    try:
        lock.acquire()
    except CrmError:
        recoding.discard(staged.part)
        raise
    try:
        recoding.swap(staged.path, staged.part, staged.old, staged.mark)
    finally:
        lock.release()


def recode_copies(staged: Staged, step: Step | None = None) -> Outcome:
    """Write the backups of the file anew under its new key, in both places, each checked and compared before it counts.

    Copies that were made elsewhere stay as they are; so do those under a password of before, and a place that is away.
    """
    past.sweep()
    problems: list[CrmError] = []
    done = 0
    with encryption.held(staged.old), encryption.held(staged.key):
        places = recoding.copies(staged.path, _second(staged.path))
        for number, place in enumerate(places):
            if step is not None:
                step(number, len(places))
            try:
                done += recoding.bring(place, staged.mark.first, staged.key)
            except CrmError as error:
                problems.append(error)
    second = _second(staged.path)
    if second is not None and not second.is_dir():
        problems.append(FileRefused(N_("{path} is away: the copies there are as they were."), path=str(second)))
    return Outcome(done, tuple(problems))


def change(path: Path, password: str | None, now: str = "") -> Outcome:
    """Encrypt a closed file, change its password or (None) make it plain, and its backups; raises as `stage` does."""
    book = open_book(path)
    try:
        staged = stage(book, password, now)
    finally:
        book.close()
    swap(staged)
    return recode_copies(staged)


def _second(file: Path) -> Path | None:
    folder = settings.load().second_place(file)
    return Path(folder) if folder else None
