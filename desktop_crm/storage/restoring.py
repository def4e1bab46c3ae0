"""Putting a backup in a file's place, and saying before what that would change.

The file that was there is kept beside it, with its log if it has one; at no moment is there no file at all.
"""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection

from desktop_crm import paths
from desktop_crm.domain.backups import SHOWN, Backup, Preview
from desktop_crm.domain.errors import N_, FileRefused
from desktop_crm.storage import backup, encryption

_NOT_RESTORED = N_("{path} could not be restored: {reason}. Your file is as it was.")


def place_for(path: Path) -> Path:
    """Where the file lies that a backup may be put in the place of, its folder made; FileRefused if none can be.

    A link stays one: what it leads to is what is replaced.
    """
    path, reason = paths.real(path), ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        paths.check_place(path)
        if not os.access(path.parent, os.W_OK):
            reason = os.strerror(errno.EACCES)
    except OSError as error:
        reason = error.strerror or str(error)
    if reason:
        raise FileRefused(_NOT_RESTORED, path=str(path), reason=reason)
    return path


def stage(path: Path, source: Path, newest: int) -> Path:
    """Verify a backup and lay a copy of it, hashed again, beside `path`; the slow part, nothing is changed yet."""
    found = backup.verify(source, newest)
    path = place_for(path)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        shutil.copyfile(source, part)
        backup.sync(part)
        if backup.sha256(part) == found.sha256:
            return part
        reason = os.strerror(errno.EIO)
    except OSError as error:
        reason = error.strerror or str(error)
    unstage(part)
    raise FileRefused(_NOT_RESTORED, path=str(path), reason=reason)


def unstage(part: Path) -> None:
    """Take a copy away that was laid ready and is not wanted any more."""
    with suppress(OSError):
        part.unlink(missing_ok=True)


def swap(path: Path, part: Path) -> Path | None:
    """Put the copy that lies ready in the place of `path`; returns where the present file is kept, if there was one.

    The caller holds the write lock and has closed the file.
    """
    path, kept = paths.real(path), None
    before = _log(path)
    try:
        if path.exists():
            kept = _aside(path)
            _keep(path, kept)
            if before.exists():
                before.replace(_log(kept))
        path.with_name(path.name + "-shm").unlink(missing_ok=True)
        part.replace(path)
        backup.synced_folder(path.parent)
    except OSError as error:
        if kept is not None:
            _take_back(path, kept)
        raise FileRefused(_NOT_RESTORED, path=str(path), reason=error.strerror or "") from error
    finally:
        unstage(part)
    return kept


def _log(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def _aside(path: Path) -> Path:
    """A name beside the file that nothing has yet."""
    stem, number = f"{path.stem}-before-restore-{datetime.now(UTC):%Y%m%d-%H%M%S}", 1
    place = path.with_name(stem + path.suffix)
    while place.exists():
        number += 1
        place = path.with_name(f"{stem}-{number}{path.suffix}")
    return place


def _keep(path: Path, kept: Path) -> None:
    """Give the present file a second name, so that its first one is replaced at once; or move it, on a plain disk."""
    try:
        os.link(path, kept)
    except OSError:
        path.replace(kept)


def _take_back(path: Path, kept: Path) -> None:
    with suppress(OSError):
        if _log(kept).exists():
            _log(kept).replace(_log(path))
        if path.exists():
            kept.unlink()
        else:
            kept.replace(path)


def compare(present: Connection | None, item: Backup) -> Preview:
    """What restoring `item` over the present file would do; None for one that cannot be read.

    The backup itself is opened only if the present file does not go on from it.
    """
    if present is None:
        return Preview(item, readable=False)
    run = present.exec_driver_sql
    same = run("SELECT 1 FROM works WHERE id = ? AND uid = ?", (item.work, item.work_uid)).first() is not None
    common, gained = (item.work, 0) if same else _common(present, item)
    lost, first = run("SELECT count(*), min(at) FROM works WHERE id > ?", (common,)).one()
    counts = {kind: run(f"SELECT count(*) FROM {kind}").scalar_one() for kind in SHOWN if kind in item.counts}
    differences = tuple((kind, item.counts[kind] - count) for kind, count in counts.items()
                        if item.counts[kind] != count)
    since = item.instant if same else datetime.fromisoformat(first) if first else None
    return Preview(item, True, int(lost), since, gained, differences)


def _common(present: Connection, item: Backup) -> tuple[int, int]:
    """The newest piece of work that both have (0: none), and how many the backup has after it.

    Works are numbered and never taken away, so two files that were one have the same first ones: halving finds where
    they part.
    """
    try:
        with closing(encryption.at_rest(Path(item.path))) as copy:
            low, high = 0, item.work
            while low < high:
                middle = (low + high + 1) // 2
                low, high = (middle, high) if _uid(present, middle) == _uid_of(copy, middle) else (low, middle - 1)
            return low, int(copy.execute("SELECT count(*) FROM works WHERE id > ?", (low,)).fetchone()[0])
    except driver.DatabaseError as error:
        raise FileRefused(N_("{path} is damaged ({reason}). It was left as it is; restore a backup."), path=item.path,
                          reason=str(error)) from error


def _uid(present: Connection, number: int) -> str | None:
    """The uid of the newest piece of work up to `number`: an act that was given up leaves a gap."""
    row = present.exec_driver_sql("SELECT uid FROM works WHERE id <= ? ORDER BY id DESC LIMIT 1", (number,)).first()
    return None if row is None else str(row[0])


def _uid_of(copy: Any, number: int) -> str | None:
    row = copy.execute("SELECT uid FROM works WHERE id <= ? ORDER BY id DESC LIMIT 1", (number,)).fetchone()
    return None if row is None else str(row[0])
