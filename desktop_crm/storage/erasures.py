"""The erasure ledger of this computer: a small file in the data folder that names uids, and nobody.

It is written before an erasure begins and says what is left to do until all of it is done, so that a killed program
goes on at its next start; and it outlives every backup, so that a restored one is erased again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from pathlib import Path

from filelock import FileLock

from desktop_crm import paths
from desktop_crm.domain.erasures import DONE, PENDING, Erasure
from desktop_crm.domain.errors import N_, FileRefused


def ledger() -> Path:
    """Where the ledger lies."""
    return paths.data() / "erasures.json"


def known() -> list[Erasure]:
    """Every erasure of this computer, oldest first; FileRefused for a ledger that cannot be read."""
    place = ledger()
    try:
        return [_entry(item) for item in json.loads(place.read_text(encoding="utf-8"))]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError) as error:
        raise FileRefused(N_("The ledger of erasures, {path}, cannot be read: {reason}. Nothing was changed; put it "
                             "back from a backup of your computer."), path=str(place), reason=str(error)) from error


def _entry(item: dict[str, object]) -> Erasure:
    names = {one.name for one in fields(Erasure)}
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in item.items() if key in names}
    return Erasure(**values)  # type: ignore[arg-type]  # a value of another type fails where it is used


def pending(file: Path) -> list[Erasure]:
    """What is still to be done for a file."""
    return [item for item in known() if item.file == str(file.resolve()) and item.state == PENDING]


def note(erasure: Erasure) -> None:
    """Write an erasure into the ledger, in the place of what it said of the same record; synced before it returns."""
    with FileLock(ledger().with_name(".erasures.lock")):
        others = [item for item in known() if (item.uid, item.file) != (erasure.uid, erasure.file)]
        _write([*others, erasure])


def forget(erasure: Erasure) -> None:
    """Take out of the ledger an erasure that did not begin."""
    with FileLock(ledger().with_name(".erasures.lock")):
        _write([item for item in known() if (item.uid, item.file) != (erasure.uid, erasure.file)])


def finish(erasure: Erasure) -> None:
    """Note that all of an erasure is done: what was to go is forgotten, its uid stays."""
    note(replace(erasure, state=DONE, hashes=(), papers=()))


def _write(items: Sequence[Erasure]) -> None:
    place = ledger()
    part = place.with_name(f"{place.name}.{os.getpid()}.part")
    try:
        with part.open("w", encoding="utf-8") as file:
            json.dump([asdict(item) for item in items], file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        part.replace(place)
    except OSError as error:
        raise FileRefused(N_("The ledger of erasures, {path}, cannot be written: {reason}. Nothing was erased."),
                          path=str(place), reason=error.strerror or str(error)) from error
    finally:
        part.unlink(missing_ok=True)
