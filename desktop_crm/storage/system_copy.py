"""A copy of the open file made by the system: several times as quick as SQLite's, page by page, where it is safe.

It is safe while a reading transaction stands that reads the file alone, its log being empty: nobody can write into the
file then. Only another process may do it: SQLite's locks are the process's, and all end when it closes the file in any
place (https://www.sqlite.org/howtocorrupt.html, 2.2).
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

Step = Callable[[int, int], None]
"""Told how much of how much is copied; what it raises ends the copying."""

_LOOK = 0.02  # seconds between two looks at how far it is


class SystemCopy:
    """A copy under way; leaving it ends what is not copied yet."""

    def __init__(self, source: Path, target: Path) -> None:
        self._target = target
        self._whole = source.stat().st_size
        self._copying = subprocess.Popen(["cp", str(source), str(target)], stdin=subprocess.DEVNULL,
                                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None,
                 trace: TracebackType | None) -> None:
        if self._copying.poll() is None:
            self._copying.kill()
        self._copying.wait()

    def wait(self, step: Step | None = None) -> bool:
        """Wait for its end; False if nothing whole came of it."""
        while True:
            if step is not None:
                step(self._target.stat().st_size, self._whole)
            with suppress(subprocess.TimeoutExpired):
                ended = self._copying.wait(_LOOK)
                return ended == 0 and self._target.stat().st_size == self._whole


def begun(raw: Any, target: Path) -> SystemCopy | None:
    """Let the system copy the file of a connection that is in a reading transaction over an existing empty file.

    None where the system has no such command, or where the log holds what the file does not: `Store.fold_log`, called
    before the transaction, empties it.
    """
    if os.name != "posix" or shutil.which("cp") is None:
        return None
    raw.execute("SELECT count(*) FROM sqlite_master").fetchone()  # from here on it sees one snapshot
    source = next(Path(name) for _, schema, name in raw.execute("PRAGMA database_list") if schema == "main")
    log = source.with_name(source.name + "-wal")
    if not raw.in_transaction or (log.exists() and log.stat().st_size):
        return None
    return SystemCopy(source, target)
