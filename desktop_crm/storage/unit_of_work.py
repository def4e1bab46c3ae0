"""The open file and its pieces of work: one act, one transaction, one undo step, one set of changes."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection as Connection  # services name the type of what `read` gives
from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError, IntegrityError, OperationalError

from desktop_crm import paths
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import N_, CrmError, FileBusy, FileLost, FileRefused, InvalidInput, NothingToUndo
from desktop_crm.storage import database, journal, migrations, search, standing
from desktop_crm.storage.shapes import INSTANT
from desktop_crm.storage.uids import new_uid

if TYPE_CHECKING:  # most files are not encrypted, and are opened without it
    from desktop_crm.storage.encryption import Key

_PATIENCE = 200  # milliseconds for which saves wait until readers let the log be folded in


@dataclass(slots=True)
class Work:
    """An open piece of work: repositories write through its connection; `changes` is filled at its commit."""

    id: int
    connection: Connection
    changes: Changes | None = None

    @property
    def done(self) -> Changes:
        """What the work changed, once it is over."""
        if self.changes is None:
            raise RuntimeError("the piece of work is not over yet")
        return self.changes


class Store:
    """One open business file. Writing needs the file's lock; reading does not."""

    def __init__(self, path: Path, *, reading: bool = False) -> None:
        """Open an existing file, by its own name or a link; it is looked at before anything is created beside it."""
        self.path = path = paths.real(path)
        self.reading = reading
        self._turn = threading.RLock()
        self.key = database.look(path, migrations.VERSION)
        self._lock, self._writer, self._closed = None, None, False
        self._reader = self._engine(reading=True)
        database.opened(path, self.key)
        try:
            with self.read() as connection:  # the first page may look right while the rest is not
                connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
                self.version = migrations.version(connection)
            if not reading:
                lock = database.WriteLock(path)
                lock.acquire()
                self._lock, self._writer = lock, self._engine(reading=False)
        except CrmError:
            self.close()
            raise

    def _engine(self, *, reading: bool) -> Engine:
        return database.engine(self.path, reading=reading, key=self._unlocking)

    @property
    def _unlocking(self) -> str | None:
        return self.key.pragma if self.key is not None else None

    @classmethod
    def create(cls, path: Path, key: Key | None = None) -> None:
        """Lay out a new empty file, encrypted by a key if one is given; never over an existing one."""
        try:
            if path.exists():
                raise FileRefused(N_("{path} exists already. It was left as it is; choose another name."),
                                  path=str(path))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(exist_ok=False)
        except OSError as error:
            raise FileRefused(N_("{path} cannot be created: {reason}."), path=str(path),
                              reason=error.strerror or "") from error
        writer = database.engine(path, reading=False, key=key.pragma if key is not None else None)
        try:
            with writer.begin() as connection:
                migrations.create(connection)
        except (DatabaseError, driver.DatabaseError) as error:
            writer.dispose()
            cls.discard(path)
            raise _told(error, path) from error
        writer.dispose()

    @staticmethod
    def discard(path: Path) -> None:
        """Take away a closed file that could not be made whole, with what SQLite left beside it."""
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)

    def migrate(self) -> list[int]:
        """Bring an older file up to date (after its backup); returns the versions passed."""
        if self._writer is None:
            return []
        done = migrations.migrate(self._writer)
        self.version = migrations.VERSION
        return done

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A reading transaction: one snapshot of the file."""
        try:
            with self._reader.connect() as connection:
                yield connection
        except (DatabaseError, driver.DatabaseError) as error:
            raise _told(error, self.path) from error

    @contextmanager
    def work(self, message: str, params: Mapping[str, object], *, actor: str = "", bulk: bool = False,
             undoable: bool = True, kind: str = "do", target: int | None = None) -> Iterator[Work]:
        """One named act: all of it is saved at the end, or nothing. An act that changes nothing leaves no trace.

        `message` is a message id and `params` its values (the value of `kind` is a message id too).
        Raises FileBusy at once if another act is under way in this window (a long import), FileRefused if the
        file cannot be written.
        """
        if self._writer is None:
            raise FileRefused(N_("{path} is open for reading only. Nothing was changed."), path=str(self.path))
        if not self._turn.acquire(timeout=0.2):
            raise FileBusy(N_("Another piece of work is being saved right now. Nothing was changed; try again in a "
                              "moment."))
        try:
            with self._writer.connect() as connection, self._kept_or_nothing(connection):
                last = search.newest(connection) if bulk else {}
                number = journal.begin(connection, new_uid(), kind, message, json.dumps(params, default=str),
                                       actor, socket.gethostname(), _now(), target=target, undoable=undoable,
                                       bulk=bulk)
                work = Work(number, connection)
                yield work
                if bulk:
                    search.index_new(connection, last)
                self._finish(work, message, params)
        except (DatabaseError, driver.DatabaseError) as error:
            raise _told(error, self.path) from error
        finally:
            self._turn.release()

    @contextmanager
    def _kept_or_nothing(self, connection: Connection) -> Iterator[None]:
        with connection.begin() as transaction:
            try:
                yield
            except _Nothing:
                transaction.rollback()

    def _finish(self, work: Work, message: str, params: Mapping[str, object]) -> None:
        entries = journal.finish(work.connection, work.id)
        if not entries:
            work.changes = Changes(0, message, params, 0, {})
            raise _Nothing
        work.changes = Changes(work.id, message, params, len(entries),
                               journal.touched(work.connection, entries))

    @contextmanager
    def alone(self) -> Iterator[Any]:
        """The one writing connection, raw and outside any transaction, while no act can begin: for an erasure alone.

        Raises as `work` does.
        """
        if self._writer is None:
            raise FileRefused(N_("{path} is open for reading only. Nothing was changed."), path=str(self.path))
        if not self._turn.acquire(timeout=0.2):
            raise FileBusy(N_("Another piece of work is being saved right now. Nothing was changed; try again in a "
                              "moment."))
        try:
            pooled = self._writer.raw_connection()
            try:
                yield pooled.dbapi_connection
            finally:
                pooled.close()
        except (DatabaseError, driver.DatabaseError) as error:
            raise _told(error, self.path) from error
        finally:
            self._turn.release()

    def fold_log(self) -> None:
        """Fold SQLite's log into the file, so that the file alone is whole.

        Where that cannot be done now (a file for reading only, a long look at it) the log stays as it is; what is wrong
        with the file is told by whoever reads it next.
        """
        with suppress(driver.DatabaseError), closing(
                database.connect(self.path, reading=True, key=self._unlocking)) as raw:
            raw.execute(f"PRAGMA busy_timeout={_PATIENCE}")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def turn_back(self, actor: str = "", *, redo: bool = False) -> Changes:
        """Undo the newest act, or redo the oldest undone one; NothingToUndo if there is none."""
        with self.read() as connection:
            act = journal.to_redo(connection) if redo else journal.to_undo(connection)
        if act is None:
            raise NothingToUndo(N_("There is nothing to redo.") if redo else N_("There is nothing to undo."))
        with self.work(act.message, json.loads(act.params), actor=actor, kind="redo" if redo else "undo",
                       target=act.id) as work:
            aside = search.worth_rebuilding(work.connection, journal.extent(work.connection, act))
            journal.reverse(work.connection, act, aside)
            search.rebuild(work.connection, aside)
            journal.mark(work.connection, act.id, undone=not redo)
        if work.changes is None:
            raise NothingToUndo(N_("There is nothing to undo."))
        return work.changes

    def take_back(self, work_id: int, actor: str = "") -> Changes:
        """Undo one act, also one that is not the newest: then as an act of its own, which undo takes back like any.

        InvalidInput, naming what contradicts, if what it changed no longer stands as it left it; NothingToUndo if it
        is undone already, or ended by a newer version of the file.
        """
        with self.read() as connection:
            act, newest = journal.work(connection, work_id), journal.to_undo(connection)
        if act is None:
            raise NothingToUndo(N_("That cannot be undone any more. Nothing was changed."))
        if newest is not None and newest.id == act.id:
            return self.turn_back(actor)
        label = {"message": act.message, "params": json.loads(act.params)}
        with self.work(N_("Take back: {act}"), {"act": label, "of": act.id}, actor=actor) as work:
            standing.check(work.connection, act)
            aside = search.worth_rebuilding(work.connection, journal.extent(work.connection, act))
            try:
                journal.reverse(work.connection, act, aside)
            except IntegrityError as error:
                raise standing.taken(str(error.orig).rpartition(": ")[2].partition(".")[0]) from error
            standing.check_circles(work.connection, act)
            standing.refold(work.connection, act)
            search.rebuild(work.connection, aside)
        return work.done

    def close(self) -> None:
        """Close the file: its log is folded in, so that the .crm alone is whole, and the lock given back.

        Once closed it stays so: closing it again does nothing.
        """
        if self._closed:
            return
        self._closed = True
        self._reader.dispose()
        if self._writer is not None:
            with self._turn:
                self._writer.dispose()
        database.closed(self.path, self.key)
        if self._lock:
            self._lock.release()


class _Nothing(Exception):
    """The act changed nothing; its transaction is rolled back quietly."""


def _now() -> str:
    return datetime.now(UTC).strftime(INSTANT)


def _told(error: DatabaseError | driver.DatabaseError, path: Path) -> CrmError | Exception:
    """The sentence for a failure of the world; our own mistakes (a broken constraint) stay what they are."""
    text = str(getattr(error, "orig", error))
    if "disk is full" in text:
        return FileRefused(N_("The disk is full. Nothing of this was saved and the file is as it was before; "
                              "make room and do it again."))
    if "malformed" in text or "not a database" in text:
        return FileLost(N_("{path} is damaged ({reason}). It was left as it is; restore a backup."),
                        path=str(path), reason=text)
    if "readonly" in text or "unable to open" in text or "disk I/O" in text:
        return FileRefused(N_("{path} cannot be written: {reason}. Nothing was changed."), path=str(path), reason=text)
    if "integer overflow" in text:
        return InvalidInput(N_("The amounts come to more than can be counted. Nothing was saved; look for one that is "
                               "far too large."), "amount")
    if "locked" in text and isinstance(error, (OperationalError, driver.OperationalError)):
        return FileBusy(N_("{path} is being written by another program. Nothing was changed; try again."),
                        path=str(path))
    return error
