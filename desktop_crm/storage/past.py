"""The business as it stood at the end of a past day: a copy of the file, turned back by its journal.

The copy is a file like any other, so that every list, filter, search, card and figure reads it by the same lines and
through the same indexes as today's. It lies in the cache, is nobody's but its maker's, and goes when it is closed; what
a killed program left is swept away when the next one is made, and before anybody is erased.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import closing, nullcontext, suppress
from pathlib import Path
from typing import Any, NamedTuple

import sqlcipher3.dbapi2 as driver
from filelock import FileLock, Timeout
from sqlalchemy import Connection

from desktop_crm import paths
from desktop_crm.domain.errors import N_, FileRefused, reason
from desktop_crm.storage import encryption, folding, refolding, search, system_copy
from desktop_crm.storage.system_copy import Step
from desktop_crm.storage.uids import new_uid
from desktop_crm.storage.unit_of_work import Store

_PAGES = 20_000  # eighty megabytes: between two steps the user may stop it
_GATHERED = {"hashsize": 1 << 26, "crisismerge": 1000}
"""The copy's search takes all that is put back at once: no segments are merged that nobody will write on."""
_BORN = ("SELECT table_name, row_id FROM (SELECT table_name, row_id, op, min(id) FROM journal NOT INDEXED "
         "WHERE id > :entry GROUP BY table_name, row_id) WHERE op = 'I'")
"""The rows that came after the cut."""
_AMONG = "IN (SELECT value FROM json_each(?))"
Image = dict[str, Any]
Statement = tuple[str, list[tuple[Any, ...]]]


class Turning(NamedTuple):
    """How one table is turned back: the rows taken out first, what is written, and the columns of each row's image."""

    table: str
    out: list[int]
    statements: list[Statement]
    shapes: dict[int, frozenset[str]]


class Cut(NamedTuple):
    """Where the journal is cut: the last work that counts and its last entry."""

    work: int
    entry: int


class PastStore(Store):
    """A copy that was turned back, open for reading; closing it takes it away."""

    def __init__(self, copy: Path, lock: FileLock) -> None:
        self._own = lock
        super().__init__(copy, reading=True)

    def close(self) -> None:
        """Close the copy and take it away."""
        super().close()
        _remove(self.path, self._own)


def first(connection: Connection) -> str | None:
    """The instant (UTC, as text) of the file's first act; None if it has none."""
    return connection.exec_driver_sql("SELECT at FROM works ORDER BY id LIMIT 1").scalar()


def cut(connection: Connection, before: str) -> Cut | None:
    """The newest act that its clock put before an instant (UTC, as text); None if there is none.

    Acts count in the order in which they were done: where a clock was set back, those before such an act belong to it.
    """
    row = connection.exec_driver_sql(
        "SELECT id, last_entry FROM works WHERE at < ? ORDER BY id DESC LIMIT 1", (before,)).one_or_none()
    return None if row is None else Cut(*row)


def opened(connection: Connection, at: Cut, step: Step | None = None) -> PastStore:
    """A copy of the file as it stood at a cut; FileRefused if there is no room for it.

    It takes as much room as the file for as long as it is open.
    """
    try:
        sweep()
        copy = _folder() / f"{new_uid()}.crm"
        lock = _lock(copy)
        lock.acquire()
        try:
            _make(connection.connection.dbapi_connection, copy, at, step)
            return PastStore(copy, lock)
        except BaseException:
            _remove(copy, lock)
            raise
    except (OSError, driver.DatabaseError) as error:
        raise FileRefused(N_("The past could not be made at {path}: {reason}. Your file is as it was."),
                          path=str(paths.cache()), reason=reason(error)) from error


def sweep() -> None:
    """Take away the copies that a killed program left: those whose lock nobody holds."""
    for copy in _folder().glob("*.crm"):
        lock = _lock(copy)
        with suppress(Timeout):
            lock.acquire()
            _remove(copy, lock)


def _folder() -> Path:
    folder = paths.cache() / "past"
    folder.mkdir(exist_ok=True)
    return folder


def _lock(copy: Path) -> FileLock:
    """What says that somebody reads a copy; whichever thread made it, another may give it back."""
    return FileLock(copy.with_suffix(".lock"), timeout=0, thread_local=False)


def _remove(copy: Path, lock: FileLock) -> None:
    """Take a copy away, its lock last; one that the system still holds waits for the next sweep."""
    with suppress(OSError):
        copy.unlink(missing_ok=True)
    lock.release()
    with suppress(OSError):
        copy.with_suffix(".lock").unlink(missing_ok=True)


# --- making ---------------------------------------------------------------------------------------------------------

def _make(raw: Any, copy: Path, at: Cut, step: Step | None) -> None:
    """Copy the file, and turn the copy back by what is read of the journal meanwhile."""
    copy.touch(0o600)
    with system_copy.begun(raw, copy) or nullcontext() as going:
        turned = [_turning(raw, table, rows) for table, rows in _images(raw, at.entry).items()]
        whole = going is not None and going.wait(step)
    if not whole:
        os.truncate(copy, 0)
    with closing(encryption.beside(raw, copy)) as made:
        for pragma in ("locking_mode=EXCLUSIVE", "journal_mode=OFF", "synchronous=OFF", "foreign_keys=OFF"):
            made.execute(f"PRAGMA {pragma}")  # nobody else sees it yet, and half-made it is thrown away
        if not whole:
            _copy_pages(raw, made, step)
        made.execute("PRAGMA cache_size=-128000")
        made.execute("BEGIN")
        _turn_back(made, at, turned)
        made.execute("COMMIT")
        made.execute("PRAGMA journal_mode=DELETE")


def _copy_pages(raw: Any, made: Any, step: Step | None) -> None:
    """Copy the file page by page, by SQLite itself."""
    def progress(status: int, remaining: int, total: int) -> None:
        if step is not None:
            step(total - remaining, total)

    made.execute("PRAGMA cache_size=2000")  # copying goes a third faster through a small one
    raw.backup(made, pages=_PAGES, progress=progress, sleep=0)


# --- what the journal says --------------------------------------------------------------------------------------------

def _images(raw: Any, entry: int) -> dict[str, dict[int, Image]]:
    """What the rows that were there already had at the cut in every column that was changed since, by table and id."""
    found: dict[str, dict[int, Image]] = defaultdict(lambda: defaultdict(dict))
    for table, row_id, before in raw.execute(
            f"WITH born AS MATERIALIZED ({_BORN}) SELECT table_name, row_id, before FROM journal j "
            "WHERE id > :entry AND op <> 'I' AND NOT EXISTS (SELECT 1 FROM born b "
            "WHERE b.table_name = j.table_name AND b.row_id = j.row_id) ORDER BY id DESC", {"entry": entry}):
        found[table][row_id].update(json.loads(before or "{}"))  # the oldest comes last, and counts
    return found


def _turning(raw: Any, table: str, rows: Mapping[int, Image]) -> Turning:
    """What gives rows the columns of their images, and brings back those that are gone.

    Where a table lets no two rows have the same name, all of them are taken out first: two may have changed theirs
    with one another. What an erasure left of an image is no whole row, and stays away.
    """
    needed = {row[1]: bool(row[3]) for row in raw.execute(f"PRAGMA table_info({table})")}
    images = {row_id: {key: value for key, value in image.items() if key in needed
                       and (value is not None or not needed[key])} for row_id, image in rows.items()}
    there = {row[0] for row in raw.execute(f"SELECT id FROM {table} WHERE id {_AMONG}", (json.dumps(list(rows)),))}
    out: list[int] = []
    if _names_are_taken(raw, table):
        whole = _whole(raw, table, images)
        images = {row_id: {**whole.get(row_id, {}), **image} for row_id, image in images.items()}
        there, out = set(), list(images)
    written: dict[tuple[bool, tuple[str, ...]], list[tuple[Any, ...]]] = defaultdict(list)
    for row_id, image in sorted(images.items()):
        names = tuple(sorted(image))
        written[row_id in there, names].append((*(image[name] for name in names), row_id))
    return Turning(table, out, [_statement(table, *shape, values) for shape, values in written.items() if shape[1]],
                   {row_id: frozenset(image) for row_id, image in rows.items()})


def _statement(table: str, there: bool, names: tuple[str, ...], values: list[tuple[Any, ...]]) -> Statement:
    """What writes rows that have the same columns to be written; each ends with its row's id."""
    if there:
        return f"UPDATE OR IGNORE {table} SET {', '.join(f'{name} = ?' for name in names)} WHERE id = ?", values
    return (f"INSERT OR IGNORE INTO {table}({', '.join(names)}) VALUES({', '.join('?' * len(names))})",
            [row[:-1] for row in values])


def _whole(raw: Any, table: str, ids: Iterable[int]) -> dict[int, Image]:
    """Rows as they are now, by id."""
    cursor = raw.execute(f"SELECT * FROM {table} WHERE id {_AMONG}", (json.dumps(list(ids)),))
    names = [column[0] for column in cursor.description]
    return {row[names.index("id")]: dict(zip(names, row, strict=True)) for row in cursor}


def _names_are_taken(raw: Any, table: str) -> bool:
    """Whether something beside a row's own key and `uid` has to be unique in a table."""
    unique = [row[1] for row in raw.execute(f"PRAGMA index_list({table})") if row[2]]
    return any([row[2] for row in raw.execute(f"PRAGMA index_info({index})")] != ["uid"] for index in unique)


# --- turning back -----------------------------------------------------------------------------------------------------

def _turn_back(made: Any, at: Cut, turned: Iterable[Turning]) -> None:
    """Take back every entry after the cut; each row is touched once, whatever happened to it since.

    Cascades, undos and redos are entries like all others, so no link and no trigger may act again. What an erasure
    took out of the journal is not there to come back.
    """
    for (trigger,) in made.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        made.execute(f'DROP TRIGGER "{trigger}"')
    made.execute(f"CREATE TEMP TABLE born AS {_BORN}", {"entry": at.entry})
    made.execute("CREATE INDEX temp.born_row ON born(table_name, row_id)")
    for (table,) in made.execute("SELECT DISTINCT table_name FROM born").fetchall():
        made.execute(f"DELETE FROM {table} WHERE id IN (SELECT row_id FROM born WHERE table_name = ?)", (table,))
    for one in turned:
        made.execute(f"DELETE FROM {one.table} WHERE id {_AMONG}", (json.dumps(one.out),))
        for statement, values in one.statements:
            made.executemany(statement, values)
    for one in turned:
        _index(made, one)
    _forget_works(made, at)


def _index(made: Any, turned: Turning) -> None:
    """Let the search find the rows by what they were called; what it still knows of others leads to no row.

    An image of an older format does not have the folded columns that came later: they are made anew.
    """
    table = turned.table
    if table not in search.INDEXED:
        return
    names = search.INDEXED[table]
    old = {shape for shape in set(turned.shapes.values()) if folding.stale(table, shape)}
    stale = {row_id for row_id, shape in turned.shapes.items() if shape in old}
    refolding.refold(made.execute, table, stale)
    ids = json.dumps([row_id for row_id, shape in turned.shapes.items()
                      if row_id in stale or not shape.isdisjoint(names)])
    for option, value in _GATHERED.items():
        made.execute(f"INSERT INTO {table}_search({table}_search, rank) VALUES(?, ?)", (option, value))
    made.execute(f"DELETE FROM {table}_search WHERE rowid {_AMONG}", (ids,))
    made.execute(f"INSERT INTO {table}_search(rowid, {', '.join(names)}) SELECT id, {', '.join(names)} FROM {table} "
                 f"WHERE id {_AMONG} ORDER BY id", (ids,))  # each statement writes a segment


def _forget_works(made: Any, at: Cut) -> None:
    """Take away the acts after the cut, without which their entries tell nothing; which acts were undone is told as it
    was then."""
    turned = [row[0] for row in made.execute(
        "SELECT DISTINCT target_id FROM works WHERE id > ? AND target_id IS NOT NULL", (at.work,))]
    made.execute("DELETE FROM works WHERE id > ?", (at.work,))
    made.executemany(
        "UPDATE works SET undone = coalesce((SELECT kind = 'undo' FROM works t WHERE t.target_id = works.id "
        "ORDER BY t.id DESC LIMIT 1), 0) WHERE id = ?", [(target,) for target in turned])
