"""Copies of attached files: where the user wants one, and for other programs to show.

Those that are shown are read-only, private and under the file's own name. They lie in the folder of what can be made
again, and go when the program ends or a person is erased.
"""

from __future__ import annotations

import atexit
import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from desktop_crm import paths
from desktop_crm.domain.errors import N_, FileRefused


def copy(source: Path, name: str) -> Path:
    """Copy a file for another program to show, as `name`, which must be fit for a file system; FileRefused if not."""
    atexit.register(clear)
    folder = _folder() / uuid4().hex
    target = folder / name
    try:
        folder.mkdir(mode=0o700, parents=True)
        shutil.copyfile(source, target)
        target.chmod(stat.S_IRUSR)
    except OSError as error:
        raise FileRefused(N_("“{file}” could not be copied to {folder}, where it would be shown from: {reason}."),
                          file=name, folder=str(folder), reason=error.strerror or str(error)) from error
    return target


def save(source: Path, target: Path) -> None:
    """Write a copy of a file where the user wants it: whole or not at all. Raises FileRefused where it cannot be."""
    paths.whole(target, lambda part: shutil.copyfile(source, part))


def clear() -> None:
    """Take all the copies away; one that another program still holds open goes the next time."""
    for place, folders, files in os.walk(_folder(), topdown=False):
        for name in files:
            with suppress(OSError):  # held open
                Path(place, name).chmod(stat.S_IRUSR | stat.S_IWUSR)
                Path(place, name).unlink()
        for name in folders:
            with suppress(OSError):  # not empty: see above
                Path(place, name).rmdir()


def _folder() -> Path:
    return paths.cache() / "opened"
