"""Verified backups: taken through SQLite's backup interface, synced, checked, and only then named.

Each has a manifest beside it, a small JSON file that says what it holds. Looking over the structure of a very large
copy takes many times as long as making it: that can be left for later (`whole=False`, then `confirm`); until then its
manifest says that it is not verified, and nothing counts on it.
"""

from __future__ import annotations

import glob
import hashlib
import json
import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver
from sqlalchemy import Connection

from desktop_crm import paths
from desktop_crm.domain.backups import Backup
from desktop_crm.domain.errors import N_, Cancelled, FileLost, FileRefused, PasswordNeeded, reason
from desktop_crm.storage import database, encryption

Step = Callable[[int, int], None]
"""Told how many of how many pages are copied; what it raises ends the copying."""

AT_ONCE = 64 * 2**20
"""Bytes up to which a copy is always looked over before it is named: about a second."""
_PAGES = 2000  # eight megabytes: between two steps the user may stop it
_INSTRUCTIONS = 100_000  # of SQLite's machine, between two questions whether to stop
_LEFT = 86_400.0  # seconds
_MONEY = ("amount", "price", "cost", "credit_limit")
_DAMAGED = N_("{path} is damaged ({reason}). It was left as it is; restore a backup.")


def take(connection: Connection, source: Path, target: Path | None = None, *, why: str = "asked",
         at: datetime | None = None, whole: bool = True, step: Step | None = None) -> Backup:
    """Copy the file as it stands to `target` (default: the backups folder), verify the copy and name it.

    With `whole` false a large copy is named when its rows, money and bytes are known to be the file's own, and its
    structure waits for `confirm`. Raises FileRefused if the place cannot be written, FileLost if the file proves to be
    damaged; nothing half-made stays.
    """
    at = at or datetime.now(UTC)
    place = target or paths.backups()
    part = None
    try:
        number = max((item.number for item in known(source)), default=0) + 1
        place = _free(place, source, at, number) if place.is_dir() else place
        if place.exists():
            raise FileRefused(N_("{path} exists already. It was left as it is; choose another name."), path=str(place))
        part = place.with_name(f"{place.name}.{os.getpid()}.part")
        part.parent.mkdir(parents=True, exist_ok=True)
        raw: Any = connection.connection.dbapi_connection
        newest_work(connection)  # the first look: what is copied is what stands now, whatever is written meanwhile
        _copy(raw, part, step)
        bare = Backup(str(place), at.isoformat(timespec="seconds"), str(source.resolve()), "", {}, why=why,
                      number=number)
        made = _described(raw, part, bare, told=source)
        if whole or made.bytes <= AT_ONCE:
            _look_over(part, told=source)
        else:
            made = replace(made, verified=False)
        note(place, made)
        part.replace(place)
        synced_folder(place.parent)
    except (OSError, driver.DatabaseError) as error:
        if "malformed" in str(error) or "not a database" in str(error):
            raise FileLost(_DAMAGED, path=str(source), reason=str(error)) from error
        raise FileRefused(N_("No backup was made at {path}: {reason}. Your file is as it was."), path=str(place),
                          reason=reason(error)) from error
    finally:
        with suppress(OSError):  # where no copy could be begun there is none to remove
            if part is not None:
                part.unlink()
    return made


def before_migration(connection: Connection, source: Path) -> Backup:
    """The backup that every migration takes first."""
    return take(connection, source, why="migration")


def _free(folder: Path, source: Path, at: datetime, number: int) -> Path:
    """A name in the folder that nothing has yet."""
    while (place := folder / f"{source.stem}-{at:%Y%m%d-%H%M%S}-{number:04}.crm").exists():
        number += 1
    return place


def _copy(raw: Any, part: Path, step: Step | None) -> None:
    """Copy page by page; Python's lock is free meanwhile, and `step` is asked between two steps."""
    def progress(status: int, remaining: int, total: int) -> None:
        if step is not None:
            step(total - remaining, total)

    part.unlink(missing_ok=True)
    with closing(encryption.beside(raw, part)) as copy:
        copy.execute("PRAGMA journal_mode=OFF")  # nobody else sees this file before it is synced and named
        copy.execute("PRAGMA synchronous=OFF")
        raw.backup(copy, pages=_PAGES, progress=progress, sleep=0)
        copy.execute("PRAGMA journal_mode=DELETE")


def _described(raw: Any, part: Path, made: Backup, told: Path) -> Backup:
    """Sync the copy, hash it and count both meanwhile; FileRefused if it does not hold what the file holds."""
    with ThreadPoolExecutor(2) as pool:
        synced, hashed = pool.submit(sync, part), pool.submit(sha256, part)
        with closing(_opened(part)) as copy:
            holds = measured(copy)
        if holds != measured(raw):
            raise FileLost(_DAMAGED, path=str(told), reason="rows, money")
        synced.result()
        counts, sums, work, uid = holds
        sums = {} if encryption.key_of(raw) is not None else sums  # what was earned is not told beside a locked copy
        return replace(made, counts=counts, sums=sums, work=work, work_uid=uid, sha256=hashed.result(),
                       bytes=part.stat().st_size)


def _opened(path: Path) -> Any:
    """A closed copy, open for reading; nothing is put beside it."""
    made = encryption.at_rest(path)
    made.execute("PRAGMA cell_size_check=ON")
    return made


def measured(raw: Any) -> tuple[dict[str, int], dict[str, int], int, str]:
    """Rows by table, money by column and currency, and the newest piece of work with its uid."""
    tables = [row[0] for row in raw.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
        "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name")]
    counts = {name: int(raw.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in tables}
    sums: dict[str, int] = {}
    for table in tables:
        columns = {row[0] for row in raw.execute("SELECT name FROM pragma_table_info(?)", (table,))}
        for column in [name for name in _MONEY if name in columns]:
            currency = "currency" if "currency" in columns else "''"
            for code, total in raw.execute(f'SELECT {currency}, sum("{column}") FROM "{table}" GROUP BY 1 ORDER BY 1'):
                if total is not None:
                    sums[f"{table}.{column} {code or ''}".strip()] = int(total)
    newest = raw.execute("SELECT id, uid FROM works ORDER BY id DESC LIMIT 1").fetchone() if "works" in counts else None
    return counts, sums, *(newest or (0, ""))


def _look_over(path: Path, told: Path | None = None, stop: Callable[[], bool] | None = None) -> None:
    """SQLite's own checks of structure and links; FileLost, naming `told`, for what they find."""
    with closing(_opened(path)) as copy:
        if stop is not None:
            copy.set_progress_handler(stop, _INSTRUCTIONS)
        found = database.check(copy)
    if stop is not None and stop():
        raise Cancelled(N_("Stopped. Nothing was changed."))
    if found:
        raise FileLost(_DAMAGED, path=str(told or path), reason=found[0])


def confirm(backup: Backup, stop: Callable[[], bool] | None = None) -> Backup:
    """Look over a copy that was left for later, and note what was found; Cancelled once `stop()` is true."""
    try:
        verify(Path(backup.path), sys.maxsize, stop=stop)
    except PasswordNeeded:  # under a password of before: it stays as it is
        return backup
    except FileRefused as error:
        found = replace(backup, problem=str(error.values.get("reason") or error))
    else:
        found = replace(backup, verified=True, problem="")
    return note(Path(backup.path), found)


def verify(path: Path, newest: int, stop: Callable[[], bool] | None = None) -> Backup:
    """A backup that is whole: header, sha256 (where it was noted), structure and links (unless noted as sound).

    One without a manifest is described from what it holds. Raises FileRefused for any other.
    """
    database.look(path, newest)
    noted = read_manifest(manifest(path))
    try:
        found = sha256(path)
        if noted is not None and noted.sha256 != found:
            raise FileRefused(N_("{path} is not as it was when the backup was made: its check sum differs. "
                                 "Nothing was changed; choose another backup."), path=str(path))
        if noted is None or not noted.verified:
            _look_over(path, stop=stop)
        if noted is not None and noted.work_uid:
            return replace(noted, verified=True)
        with closing(_opened(path)) as copy:
            counts, sums, work, uid = measured(copy)
        at = noted.at if noted else datetime.fromtimestamp(path.stat().st_mtime, UTC).isoformat(timespec="seconds")
        return Backup(str(path), at, noted.source if noted else "", found, counts, sums, path.stat().st_size,
                      work=work, work_uid=uid)
    except driver.DatabaseError as error:
        raise FileLost(_DAMAGED, path=str(path), reason=str(error)) from error
    except OSError as error:
        raise FileRefused(N_("{path} cannot be read: {reason}. Nothing was changed."), path=str(path),
                          reason=error.strerror or "") from error


def unchanged(item: Backup) -> bool:
    """Whether a backup is byte for byte as it was noted; no for one that is away."""
    try:
        return sha256(Path(item.path)) == item.sha256
    except OSError:
        return False


def sha256(path: Path) -> str:
    """The check sum of a closed file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Have a closed file's bytes on the disk before going on."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def synced_folder(folder: Path) -> None:
    """Have a folder's names on the disk, where the system knows such a thing."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            with suppress(OSError):  # a folder on some network disks cannot be synced; its names are kept all the same
                os.fsync(handle)
        finally:
            os.close(handle)


# --- manifests ------------------------------------------------------------------------------------------------------

def manifest(path: Path) -> Path:
    """Where a backup's manifest lies."""
    return path.parent / f"{path.name}.json"


def note(path: Path, item: Backup) -> Backup:
    """Write what is known of a copy at `path` into its manifest, whole or not at all; gives it as it is there."""
    made, place = replace(item, path=str(path)), manifest(path)
    part = place.with_name(f"{place.name}.{os.getpid()}.part")
    try:
        part.write_text(json.dumps(asdict(made), indent=1), encoding="utf-8")
        sync(part)
        part.replace(place)
    finally:
        part.unlink(missing_ok=True)
    return made


def refuse_changed(place: Path, noted: Backup | None) -> None:
    """Raise FileRefused unless a copy is byte for byte what was noted of it, if anything was."""
    if noted is not None and noted.sha256 != sha256(place):
        raise FileRefused(N_("its check sum differs"))


def put(part: Path, place: Path, noted: Backup | None, made: Backup | None) -> None:
    """Put a copy that was written anew in the place of the old one, its manifest `made` before it.

    A program that is killed in between leaves what `put_described` finishes; a disk that refuses keeps the old copy
    with what was `noted` of it.
    """
    if made is not None:
        note(place, made)
    try:
        part.replace(place)
    except OSError:
        if noted is not None:
            note(place, noted)
        raise
    synced_folder(place.parent)


def put_described(part: Path, place: Path) -> None:
    """Put a copy in its place that a killed program had written, and described in the manifest already."""
    if part.exists():
        noted = read_manifest(manifest(place))
        if noted is not None and noted.sha256 == sha256(part):
            part.replace(place)


def read_manifest(place: Path) -> Backup | None:
    """What a manifest says of the copy beside it; None if it cannot be read."""
    try:
        noted = json.loads(place.read_text(encoding="utf-8"))
        known_fields = {item.name for item in fields(Backup)}
        made = Backup(**{key: value for key, value in noted.items() if key in known_fields})
        made.instant.astimezone(UTC)
        return replace(made, path=str(place.with_name(place.name.removesuffix(".json"))))
    except (ValueError, TypeError, AttributeError, OSError):
        return None


def known(source: Path, folder: Path | None = None) -> list[Backup]:
    """The backups of a file in a folder (default: the backups folder), newest first.

    A manifest that cannot be read, and one without its copy, is left out.
    """
    found = []
    names = (str(source), str(source.resolve()))
    for place in (folder or paths.backups()).glob("*.crm.json"):  # also those that a link to the file gave its name
        noted = read_manifest(place)
        if noted is not None and noted.source in names and Path(noted.path).exists():
            found.append(noted)
    return sorted(found, key=lambda item: item.order, reverse=True)


def remove(backup: Backup) -> None:
    """Take a backup and its manifest away, the copy first; a disk that refuses keeps it."""
    with suppress(OSError):
        Path(backup.path).unlink(missing_ok=True)
        manifest(Path(backup.path)).unlink(missing_ok=True)


def sweep(source: Path) -> None:
    """Take away what a backup of this file that was killed has left half-made, once it is a day old."""
    for part in paths.backups().glob(f"{glob.escape(source.stem)}-*.part"):
        with suppress(OSError):
            if datetime.now(UTC).timestamp() - part.stat().st_mtime > _LEFT:
                part.unlink()


def newest_work(connection: Connection) -> tuple[int, str]:
    """The newest piece of work in the open file and its uid: what tells whether anything was changed."""
    row = connection.exec_driver_sql("SELECT id, uid FROM works ORDER BY id DESC LIMIT 1").first()
    return (int(row[0]), str(row[1])) if row else (0, "")
