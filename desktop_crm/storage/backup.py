"""Verified backups: taken through SQLite's backup interface, synced, checked, and only then named."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection

from desktop_crm import paths
from desktop_crm.domain.errors import N_, FileRefused
from desktop_crm.storage import database


@dataclass(frozen=True, slots=True)
class Backup:
    """A verified copy: where, when (UTC, ISO), of which file, its sha256 and its rows by table."""

    path: str
    at: str
    source: str
    sha256: str
    counts: dict[str, int]

    @property
    def instant(self) -> datetime:
        """When it was taken, aware."""
        return datetime.fromisoformat(self.at)


def take(connection: Connection, source: Path, target: Path | None = None) -> Backup:
    """Copy the file as it stands to `target` (default: the backups folder), verify the copy and name it.

    Raises FileRefused if the place cannot be written or the copy does not verify; nothing half-made stays.
    """
    at = datetime.now(UTC)
    place = target or paths.backups()
    part = None
    try:
        if place.is_dir():
            place = place / f"{source.stem}-{at:%Y%m%d-%H%M%S-%f}.crm"
        if place.exists():
            raise FileRefused(N_("{path} exists already. It was left as it is; choose another name."), path=str(place))
        part = place.with_name(place.name + ".part")
        _copy(connection, part)
        made = Backup(str(place), at.isoformat(timespec="seconds"), str(source), _sha256(part),
                      _verified(part, told=source))
        part.replace(place)
        _manifest(place).write_text(json.dumps(asdict(made), indent=1), encoding="utf-8")
    except (OSError, driver.DatabaseError) as error:
        raise FileRefused(N_("No backup was made at {path}: {reason}. Your file is as it was."), path=str(place),
                          reason=getattr(error, "strerror", None) or str(error)) from error
    finally:
        with suppress(OSError):  # where no copy could be begun there is none to remove
            if part is not None:
                part.unlink()
    return made


def before_migration(connection: Connection, source: Path) -> Backup:
    """The backup that every migration takes first."""
    return take(connection, source)


def _copy(connection: Connection, part: Path) -> None:
    part.parent.mkdir(parents=True, exist_ok=True)
    part.unlink(missing_ok=True)
    copy = driver.connect(str(part), isolation_level=None)
    try:
        raw: Any = connection.connection.dbapi_connection
        raw.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    finally:
        copy.close()
    with part.open("rb") as file:
        os.fsync(file.fileno())


def _verified(path: Path, told: Path | None = None) -> dict[str, int]:
    """The rows by table of a copy whose structure is sound; FileRefused, naming `told`, otherwise."""
    from desktop_crm.storage.tables import journalled

    copy = driver.connect(path.resolve().as_uri() + "?immutable=1", uri=True, isolation_level=None)
    try:
        found = database.check(copy)
        if found:
            raise FileRefused(N_("{path} is damaged ({reason}). It was left as it is; restore a backup."),
                              path=str(told or path), reason=found[0])
        present = {row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return {name: copy.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
                for name in journalled() if name in present}
    finally:
        copy.close()


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _manifest(path: Path) -> Path:
    return path.with_name(path.name + ".json")


def verify(path: Path, newest: int) -> dict[str, int]:
    """The rows by table of a backup that is whole: header, sha256 (where it was noted), structure, links."""
    database.look(path, newest)
    manifest = _manifest(path)
    if manifest.exists():
        noted = json.loads(manifest.read_text(encoding="utf-8"))
        if noted.get("sha256") != _sha256(path):
            raise FileRefused(N_("{path} is not as it was when the backup was made: its check sum differs. "
                                 "Nothing was changed; choose another backup."), path=str(path))
    return _verified(path)


def restorable(path: Path) -> Path:
    """The path of a file that a backup may be put at, its folder made; FileRefused if none can be."""
    reason = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            reason = os.strerror(errno.EISDIR)
        elif not os.access(path.parent, os.W_OK):
            reason = os.strerror(errno.EACCES)
    except OSError as error:
        reason = error.strerror or str(error)
    if reason:
        raise FileRefused(N_("{path} could not be restored: {reason}. Your file is as it was."), path=str(path),
                          reason=reason)
    return path


def restore(path: Path, backup: Path, newest: int) -> Path | None:
    """Put a verified backup in the place of `path`; returns where the present file was kept, if there was one.

    The caller holds the write lock and has closed the file.
    """
    verify(backup, newest)
    part = path.with_name(path.name + ".part")
    kept = None
    try:
        shutil.copyfile(backup, part)
        if path.exists():
            kept = path.with_name(f"{path.stem}-before-restore-{datetime.now(UTC):%Y%m%d-%H%M%S}{path.suffix}")
            path.replace(kept)
        for companion in ("-wal", "-shm"):
            path.with_name(path.name + companion).unlink(missing_ok=True)
        part.replace(path)
    except OSError as error:
        if kept is not None and not path.exists():
            kept.replace(path)
        raise FileRefused(N_("{path} could not be restored: {reason}. Your file is as it was."),
                          path=str(path), reason=error.strerror or "") from error
    finally:
        part.unlink(missing_ok=True)
    return kept


def known(source: Path) -> list[Backup]:
    """The backups of a file in the backups folder, newest first; a manifest that cannot be read is left out."""
    found = []
    for manifest in paths.backups().glob("*.crm.json"):
        noted = _read(manifest)
        if noted is not None and noted.source == str(source) and Path(noted.path).exists():
            found.append(noted)
    return sorted(found, key=lambda item: item.at, reverse=True)


def _read(manifest: Path) -> Backup | None:
    try:
        return Backup(**json.loads(manifest.read_text(encoding="utf-8")))
    except (ValueError, TypeError, OSError):
        return None
