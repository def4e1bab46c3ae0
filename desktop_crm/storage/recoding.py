"""A file written anew under another key: encrypted, under another password, or plain again; and its backups.

The new file is written beside the old one, synced, looked over and compared, and only then put in its place. A program
that is killed meanwhile leaves the one or the other, and a part that is taken away, or put in its place, later.
"""

from __future__ import annotations

import errno
import glob
import os
import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import sqlcipher3.dbapi2 as driver

from desktop_crm import paths
from desktop_crm.domain.backups import Backup
from desktop_crm.domain.errors import N_, Cancelled, CrmError, FileBusy, FileRefused, PasswordNeeded, reason
from desktop_crm.storage import backup, database, encryption, rewriting
from desktop_crm.storage.encryption import Key

Stop = Callable[[], bool]
PART = ".recoding.part"
"""How what is laid ready ends its name."""
_INSTRUCTIONS = 100_000  # of SQLite's machine, between two questions whether to stop
_FAILED = N_("{path} could not be written anew: {reason}. It is as it was.")
_ROOM = 2**20  # bytes: with less of them left a disk counts as full once something could not be written
_PAGES = 2000  # eight megabytes, between two such questions
_PATIENCE = 1000  # milliseconds for which a reader in another program is waited for


class Mark(NamedTuple):
    """How far a file is, and which business it is: the newest piece of work with its uid, the first one's uid."""

    work: int
    uid: str
    first: str


def mark(raw: Any) -> Mark:
    """The mark of an open file."""
    number, uid = raw.execute("SELECT id, uid FROM works ORDER BY id DESC LIMIT 1").fetchone() or (0, "")
    return Mark(number, uid, _first(raw))


def _first(raw: Any) -> str:
    row = raw.execute("SELECT uid FROM works ORDER BY id LIMIT 1").fetchone()
    return str(row[0]) if row else ""


# --- the file ---------------------------------------------------------------------------------------------------------

def stage(raw: Any, path: Path, key: Key | None, stop: Stop | None = None) -> Path:
    """Lay the open file `raw`, which nobody writes meanwhile, ready beside `path` under a key (None: plain).

    Nothing is changed yet. Raises FileRefused where it cannot be written or does not hold what the file holds,
    Cancelled once `stop()` is true; nothing of it stays then.
    """
    path = paths.real(path)
    part = path.with_name(f"{path.name}.{os.getpid()}{PART}")
    sweep(path)
    try:
        _write(raw, part, key, stop)
        shutil.copymode(path, part)  # who else may read it or write in it still may
        return part
    except (OSError, driver.Error) as error:
        discard(part)
        if stop is not None and stop():
            raise Cancelled(N_("Stopped. Nothing was changed.")) from error
        raise FileRefused(_FAILED, path=str(path), reason=reason(error)) from error
    except BaseException:
        discard(part)
        raise


def discard(part: Path) -> None:
    """Take away what was laid ready and is not wanted any more."""
    with suppress(OSError):
        part.unlink(missing_ok=True)


def swap(path: Path, part: Path, old: Key | None, seen: Mark) -> None:
    """Put what was laid ready in the place of a closed file, whose write lock the caller holds.

    Raises FileBusy if something was saved since, or another program reads the file; it is as it was then.
    """
    try:
        with closing(database.connect(path, key=old.pragma if old is not None else None)) as raw:
            raw.execute(f"PRAGMA busy_timeout={_PATIENCE}")
            if mark(raw) != seen:
                raise FileBusy(N_("Something was saved in {path} meanwhile. It is as it was; do it once more."),
                               path=str(path))
            # No log lies beside it from now on: who still opens the old file reads it alone, and disturbs nobody.
            raw.execute("PRAGMA journal_mode=DELETE")
        part.replace(paths.real(path))
        backup.synced_folder(part.parent)
    except (OSError, driver.Error) as error:
        if "locked" in str(error):
            raise FileBusy(N_("{path} is open in another program. Nothing was changed; close it there first."),
                           path=str(path)) from error
        raise FileRefused(_FAILED, path=str(path), reason=reason(error)) from error
    finally:
        discard(part)


def sweep(path: Path) -> None:
    """Take away what a killed program had laid ready beside a file, whose write lock the caller's process holds."""
    path = paths.real(path)
    for part in path.parent.glob(f"{glob.escape(path.name)}.*{PART}*"):
        if not part.name.startswith(f"{path.name}.{os.getpid()}."):  # what this one lays ready is not left
            discard(part)


def _write(raw: Any, part: Path, key: Key | None, stop: Stop | None) -> None:
    """Write a file under a key, have it on the disk and compare it with the one that it was made from."""
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    if stop is not None:
        raw.set_progress_handler(stop, _INSTRUCTIONS)
    try:
        if key is not None and encryption.key_of(raw) is not None:
            _copied(raw, part, key, stop)
        else:
            _exported(raw, part, key)
        backup.sync(part)
        with encryption.held(key), closing(encryption.at_rest(part)) as made:
            if stop is not None:
                made.set_progress_handler(stop, _INSTRUCTIONS)
            found = _differences(raw, made) or _unsound(made, part.stat().st_size)
        if found:
            raise OSError(found[0])
    except driver.Error as error:
        if shutil.disk_usage(part.parent).free < _ROOM:  # SQLite calls a file without a journal malformed then
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        raise
    finally:
        raw.set_progress_handler(None, 0)


def _unsound(made: Any, size: int) -> list[str]:
    """What is wrong with a new file; in one of hundreds of megabytes its indexes are not compared with their tables.

    That would take many times as long as writing it, and every page has a check sum of its own if it is encrypted.
    """
    if size <= backup.AT_ONCE:
        return database.check(made)
    made.execute("PRAGMA cache_size=-64000")
    return [row[0] for row in made.execute("PRAGMA quick_check(20)") if row[0] != "ok"]


def _copied(raw: Any, part: Path, key: Key, stop: Stop | None) -> None:
    """Page by page, from one key to another."""
    def progress(*_: int) -> None:
        if stop is not None and stop():
            raise Cancelled(N_("Stopped. Nothing was changed."))

    with closing(encryption.keyed(part, key)) as made:
        for pragma in ("journal_mode=OFF", "synchronous=OFF"):
            made.execute(f"PRAGMA {pragma}")
        raw.backup(made, pages=_PAGES, progress=progress, sleep=0)
        made.execute("PRAGMA journal_mode=DELETE")


def _exported(raw: Any, part: Path, key: Key | None) -> None:
    """Row by row: the pages of an encrypted file hold less than those of a plain one."""
    raw.execute("ATTACH ? AS made KEY ?", (str(part), key.pragma if key is not None else ""))
    try:
        for pragma in ("journal_mode=OFF", "synchronous=OFF"):
            raw.execute(f"PRAGMA made.{pragma}")
        raw.execute("PRAGMA made.cache_size=-64000")  # indexes are written in no order
        raw.execute("SELECT sqlcipher_export('made')")
        for name in ("application_id", "user_version"):
            raw.execute(f"PRAGMA made.{name} = {raw.execute(f'PRAGMA main.{name}').fetchone()[0]}")
    finally:
        raw.execute("DETACH made")


def _differences(raw: Any, made: Any) -> list[str]:
    """What a new file does not hold as the old one does: its format, schema, rows, money or newest work."""
    looked = {"format": lambda one: [one.execute(f"PRAGMA main.{name}").fetchone()[0]
                                     for name in ("application_id", "user_version")],
              "schema": lambda one: set(one.execute("SELECT type, name, tbl_name, sql FROM main.sqlite_master")),
              "rows, money": backup.measured}
    return [what for what, ask in looked.items() if ask(raw) != ask(made)]


# --- its backups ------------------------------------------------------------------------------------------------------

copies = rewriting.copies
"""The closed copies of a business file that this program has made, in both places and beside the file."""


def bring(place: Path, first: str, key: Key | None) -> bool:
    """Bring one closed copy under a key, if it is of the business whose first work is `first`; whether it was written.

    Raises PasswordNeeded for one under a password whose key nobody holds, FileRefused for one that cannot be written;
    it is as it was.
    """
    if database.is_open(place):  # a backup that is worked in as a file of its own
        return False
    try:
        _finish(place)
        if not _stale(place, first, key):
            return False
        _recode(place, key)
    except PasswordNeeded:
        raise
    except (OSError, driver.Error, CrmError) as error:
        raise FileRefused(_FAILED, path=str(place), reason=reason(error)) from error
    return True


def _finish(place: Path) -> None:
    """Put a copy in its place that a killed program had written, compared and described, or take its part away."""
    part = place.with_name(place.name + PART)
    backup.put_described(part, place)
    discard(part)


def _stale(place: Path, first: str, key: Key | None) -> bool:
    if encryption.salt_of(place) == (key.salt if key is not None else None):
        return False
    with closing(encryption.at_rest(place)) as raw:
        try:
            return _first(raw) == first
        except driver.DatabaseError:  # no file of ours, or a damaged one: it is not ours to write
            return False


def _recode(place: Path, key: Key | None) -> None:
    """Write a copy anew with its manifest, compared before it takes the place of the old one."""
    part = place.with_name(place.name + PART)
    noted = backup.read_manifest(backup.manifest(place))
    try:
        rewriting.fold_log_in(place)
        backup.refuse_changed(place, noted)
        times = place.stat()
        with closing(encryption.at_rest(place)) as raw:
            _write(raw, part, key, None)
        shutil.copymode(place, part)
        os.utime(part, ns=(times.st_atime_ns, times.st_mtime_ns))
        with encryption.held(key):
            made = None if noted is None else _described(part, noted)
        backup.put(part, place, noted, made)
    finally:
        discard(part)


def _described(part: Path, noted: Backup) -> Backup:
    """What the manifest says of the new copy; the structure of a very large one is known as well as before."""
    made = rewriting.described(part, noted)
    if made.bytes > backup.AT_ONCE:
        made = replace(made, verified=noted.verified, problem=noted.problem)
    return made


def settle(path: Path, second: Path | None, key: Key | None, first: str) -> list[CrmError]:
    """Bring the copies under an encrypted file's key that were left behind: a killed program, a stick that was away.

    Those under a password of before stay as they are. Gives what could not be done.
    """
    problems: list[CrmError] = []
    for place in copies(path, second):
        try:
            if key is not None:
                bring(place, first, key)
            else:
                _finish(place)
        except PasswordNeeded:
            continue
        except CrmError as error:
            problems.append(error)
    return problems
