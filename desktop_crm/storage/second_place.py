"""The second place: a folder on another disk, a stick or a synced folder that has every verified backup too."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from desktop_crm import paths
from desktop_crm.domain.backups import Backup, to_remove
from desktop_crm.domain.errors import N_, Cancelled, FileRefused
from desktop_crm.storage import backup


def usable(folder: Path) -> Path:
    """A folder that may be the second place; FileRefused if it is none, cannot be written or is the first one."""
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise FileRefused(N_("{path} cannot be written. Choose a folder on another disk, a stick or a synced folder."),
                          path=str(folder))
    if folder.resolve() == paths.backups().resolve():
        raise FileRefused(N_("{path} is where the backups are already. Choose a folder on another disk, a stick or a "
                             "synced folder."), path=str(folder))
    return folder


def keep_equal(source: Path, folder: Path, now: datetime, zone: ZoneInfo,
               stop: Callable[[], bool] | None = None) -> list[Backup]:
    """Copy to `folder` what it lacks of the file's verified backups, and thin it by the same rule; gives the copies.

    What the first place has lost stays here. Raises FileRefused if the folder is away, full or refuses, Cancelled
    once `stop()` is true; what was copied until then is whole.
    """
    usable(folder)
    here = {Path(item.path).name: item for item in backup.known(source) if item.verified}
    there = {Path(item.path).name: item for item in backup.known(source, folder)}
    no_place = {item.path for item in to_remove([*there.values(), *(
        item for name, item in here.items() if name not in there)], now, zone)}
    made = []
    for name, item in here.items():
        if stop is not None and stop():
            raise Cancelled(N_("Stopped. Nothing was changed."))
        if name not in there and item.path not in no_place:
            made.append(_copied(item, folder / name))
    for item in to_remove(backup.known(source, folder), now, zone):
        backup.remove(item)
    return made


def _copied(item: Backup, place: Path) -> Backup:
    """One backup copied under a temporary name, synced, compared by its check sum, and named."""
    part = place.with_name(place.name + ".part")
    try:
        shutil.copyfile(item.path, part)
        backup.sync(part)
        if backup.sha256(part) != item.sha256:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        made = backup.note(place, item)
        part.replace(place)
        backup.synced_folder(place.parent)
        return made
    except OSError as error:
        raise FileRefused(N_("No backup was made at {path}: {reason}. Your file is as it was."), path=str(place),
                          reason=error.strerror or str(error)) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
