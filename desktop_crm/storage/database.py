"""Opening the file: one driver, its pragmas, a writing and a reading engine, and who may write.

Nothing here ever opens the live file except through SQLite: closing any other descriptor of it
would drop SQLite's own locks on it.
"""

from __future__ import annotations

import os
import socket
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlcipher3.dbapi2 as driver
from filelock import FileLock, Timeout
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DatabaseError
from sqlalchemy.pool import QueuePool

from desktop_crm import paths
from desktop_crm.domain.errors import N_, FileBusy, FileLost, FileRefused
from desktop_crm.domain.values import fold

if TYPE_CHECKING:  # most files are not encrypted, and are opened without it
    from desktop_crm.storage.encryption import Key

APPLICATION_ID = 0x43524D31  # "CRM1"
_MAGIC = b"SQLite format 3\x00"
_LIVE: Counter[Path] = Counter()  # how often this process has each file open, by real path
_KEYS: dict[Path, Key] = {}  # of those that are encrypted

# The driver asks every None how to adapt it, and pays for the missing answer: binding 2.8 million of them took
# 5.4 s, with this answer 0.7 s.
driver.register_adapter(type(None), lambda value: value)

PRAGMAS = (
    "foreign_keys=ON", "recursive_triggers=ON", "synchronous=FULL", "trusted_schema=OFF", "cell_size_check=ON",
    "secure_delete=ON", "temp_store=MEMORY", "busy_timeout=5000", "mmap_size=0",
)
# Folding the log into the file costs a save 4 ms: 16 MB of log are folded in with one save in fifty, SQLite's own
# 4 MB with one in thirteen.
WRITING = ("journal_mode=WAL", "cache_size=-32000", "wal_autocheckpoint=4000")
_READING = ("query_only=ON", "cache_size=-6000")  # several readers, each with a cache of its own


def look(path: Path, newest: int) -> Key | None:
    """Look at a file's header before any engine opens it; returns its key, None for one that is not encrypted.

    Raises FileRefused, leaving the file and its folder untouched, for a file that is missing, damaged,
    of another program or of a newer version of this one than `newest`; PasswordNeeded for one whose key nobody holds.
    """
    if _LIVE[path.resolve()] > 0:  # already looked at; opening it here would drop SQLite's locks
        return _KEYS.get(path.resolve())
    try:
        with path.open("rb") as file:
            header = file.read(100)
        size = path.stat().st_size
    except FileNotFoundError:
        raise FileLost(N_("There is no file {path}. Nothing was opened."), path=str(path)) from None
    except OSError as error:
        raise FileRefused(N_("{path} cannot be read: {reason}. Nothing was changed."),
                          path=str(path), reason=error.strerror or "") from error
    key = None
    if len(header) < 100 or not header.startswith(_MAGIC):
        key, application, version = _encrypted(path)
    else:
        application, version = int.from_bytes(header[68:72]), int.from_bytes(header[60:64])
    if application != APPLICATION_ID:
        raise FileLost(N_("{path} belongs to another program. It was left as it is; to bring its data in, "
                          "export it there and import it here."), path=str(path))
    if key is None:
        _whole(path, header, size)
    if version > newest:
        raise FileRefused(N_("{path} was written by a newer Desktop CRM (format {version}, this one reads up to "
                             "{newest}). It was left as it is; update the program to open it."),
                          path=str(path), version=version, newest=newest)
    return key


def _encrypted(path: Path) -> tuple[Key, int, int]:
    """The key, application and version of a file that is not plain; FileLost if it is not encrypted either."""
    from desktop_crm.storage import encryption

    found = encryption.look(path)
    if found is None:
        raise FileLost(N_("{path} is not a Desktop CRM file, or it is damaged. It was left as it is; "
                          "open another file or restore a backup."), path=str(path))
    return found


def _whole(path: Path, header: bytes, size: int) -> None:
    """Refuse a file that is shorter than the pages its header counts."""
    page = int.from_bytes(header[16:18])
    page = 65536 if page == 1 else page
    pages = int.from_bytes(header[28:32])
    counted = header[24:28] == header[92:96]  # otherwise an older writer left the page count stale
    with_log = path.with_name(path.name + "-wal")
    if page < 512 or (counted and size < pages * page and not (with_log.exists() and with_log.stat().st_size)):
        raise FileLost(N_("{path} is cut short: part of it is missing. It was left as it is; restore a backup."),
                       path=str(path))


def connect(path: Path, *, reading: bool = False, key: str | None = None) -> Any:
    """Open one raw connection with all pragmas set; the only place that does. `key` unlocks an encrypted file."""
    locked = reading and not os.access(path.parent, os.W_OK)
    query = "?mode=rw"
    if reading and (locked or not os.access(path, os.W_OK)):
        query = "?mode=ro" if path.with_name(path.name + "-wal").exists() else "?immutable=1"
    address = path.resolve().as_uri() + query
    connection = driver.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    try:
        if key is not None:
            from desktop_crm.storage import encryption

            encryption.unlock(connection, key)
        for pragma in (*PRAGMAS, *(_READING if reading else WRITING)):
            connection.execute(f"PRAGMA {pragma}")
        connection.create_function("folded", 1, _folded, deterministic=True)
    except driver.DatabaseError:
        connection.close()  # an open connection to a damaged file would keep its companions beside it
        raise
    return connection


def _folded(value: object) -> str | None:
    """SQL's folded(): any value as the text that it is compared by, NULL for none."""
    return None if value is None else fold(str(value))


def engine(path: Path, *, reading: bool, key: str | None = None) -> Engine:
    """An engine on the file: readers begin plainly and see one snapshot, the one writer begins at once."""
    made = create_engine(
        "sqlite://", module=driver, creator=lambda: connect(path, reading=reading, key=key),
        poolclass=QueuePool, pool_size=4 if reading else 1, max_overflow=4 if reading else 0,
    )
    begin = "BEGIN" if reading else "BEGIN IMMEDIATE"

    @event.listens_for(made, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(begin)

    return made


def check(connection: Any) -> list[str]:
    """What SQLite finds wrong with the file's structure and its links; an empty list if nothing."""
    try:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
        return found + [f"{row[0]} {row[1]} → {row[2]}" for row in connection.execute("PRAGMA foreign_key_check")]
    except (driver.DatabaseError, DatabaseError) as error:
        return [str(error)]


class WriteLock:
    """The right to write a file, held by one process; the holder's name lies in a second file beside it."""

    def __init__(self, path: Path) -> None:
        self.path = path = paths.real(path)  # else who opens the file by a link would have a lock of their own
        self._lock = FileLock(path.with_name(f".{path.name}.lock"), timeout=0)
        self._holder = path.with_name(f".{path.name}.holder")

    def acquire(self) -> None:
        """Take the lock; FileBusy, with the holder's name, if another process or window has it.

        FileRefused where our own name cannot be written.
        """
        try:
            self._lock.acquire()
        except Timeout:
            raise FileBusy(N_("{path} is open for writing in {holder}. Nothing was changed; close it there first."),
                           path=str(self.path), holder=self.holder()) from None
        try:
            self._holder.write_text(f"Desktop CRM, {socket.gethostname()}, process {os.getpid()}", encoding="utf-8")
        except OSError as error:  # a full disk
            self._lock.release()
            raise FileRefused(N_("{path} cannot be written: {reason}. Nothing was changed."), path=str(self.path),
                              reason=error.strerror or str(error)) from error

    def holder(self) -> str:
        """Who holds the lock, as they wrote it."""
        try:
            return self._holder.read_text(encoding="utf-8").strip()
        except OSError:
            return "Desktop CRM"

    def release(self) -> None:
        """Give the lock back and take the holder's name away."""
        self._holder.unlink(missing_ok=True)
        self._lock.release()


def is_open(path: Path) -> bool:
    """Whether this process has the file open: it must not be read but through SQLite then."""
    return _LIVE[path.resolve()] > 0


def opened(path: Path, key: Key | None = None) -> None:
    """Note that this process has the file open, by a key if it is encrypted; the key is held meanwhile."""
    _LIVE[path.resolve()] += 1
    if key is not None:
        from desktop_crm.storage import encryption

        encryption.hold(key)
        _KEYS[path.resolve()] = key


def closed(path: Path, key: Key | None = None) -> None:
    """Note that this process has closed the file, and forget its key."""
    _LIVE[path.resolve()] -= 1
    if key is not None:
        from desktop_crm.storage import encryption

        encryption.drop(key)
        if not _LIVE[path.resolve()]:
            del _KEYS[path.resolve()]
