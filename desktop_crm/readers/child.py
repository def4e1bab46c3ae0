"""Reading in a child process with limits, so that a hostile file can end only the child.

`spawn` imports this module anew in the child: nothing heavy may be imported above `_work`.
"""

from __future__ import annotations

import io
import logging
import multiprocessing
import os
import pickle
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path

from desktop_crm.domain.errors import N_, Cancelled
from desktop_crm.readers.kinds import check, too_large
from desktop_crm.readers.raw import (
    DEFAULTS,
    Ending,
    Failure,
    Piece,
    RawTable,
    ReadOptions,
    Unreadable,
    assemble,
)

MEMORY_BYTES = 3 * 2**29
"""What the child may take: 1.5 GiB."""

SECONDS = 60.0
_LIMITED = sys.platform.startswith("linux")  # elsewhere no process can bound its own memory
_TICK = 0.05  # seconds between two looks at the clock and at Cancel

_log = logging.getLogger(__name__)


def never() -> bool:
    """The answer of somebody who does not cancel."""
    return False


def read_table(path: Path, options: ReadOptions = DEFAULTS, *, cancelled: Callable[[], bool] = never,
               memory_bytes: int = MEMORY_BYTES, seconds: float = SECONDS) -> RawTable:
    """Read a user's file in a child process that may take `memory_bytes` and `seconds`.

    Raises Unreadable, in one sentence, for whatever gives no table; Cancelled when `cancelled()` turns true.
    """
    check(path)
    with tempfile.TemporaryDirectory(prefix="desktop-crm-") as folder:
        errors = Path(folder) / "errors.txt"
        context = multiprocessing.get_context("spawn")
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_work, daemon=True,
                                  args=(sender, path, options, memory_bytes, seconds, errors))
        process.start()
        sender.close()
        try:
            watch = _Watch(path, process, cancelled, memory_bytes, seconds)
            return assemble(_received(receiver, watch, errors))
        finally:
            receiver.close()
            process.kill()
            process.join()
            process.close()


class _Watch:
    """What the parent looks at while it waits: Cancel, the clock, and memory where the child has no limit."""

    def __init__(self, path: Path, process: SpawnProcess, cancelled: Callable[[], bool],
                 memory_bytes: int, seconds: float) -> None:
        self.path = path
        self.process = process
        self._cancelled = cancelled
        self._memory = memory_bytes
        self._deadline = time.monotonic() + seconds
        self._received = 0

    def look(self) -> None:
        """Raise what ends the reading early."""
        if self._cancelled():
            raise Cancelled(N_("Reading “{name}” was stopped; nothing was changed."), name=self.path.name)
        if time.monotonic() > self._deadline:
            raise Unreadable(N_("“{name}” takes too long to read; split it into smaller files, or save the "
                                "sheet alone as CSV."), name=self.path.name)
        if not _LIMITED and resident_bytes(self.process.pid or 0) > self._memory:
            raise too_large(self.path)

    def count(self, size: int) -> None:
        """Add what came through the pipe; raises Unreadable where our own memory would suffer."""
        self._received += size
        if self._received > self._memory // 2:
            raise too_large(self.path)


def resident_bytes(pid: int) -> int:
    """The memory that a process holds, 0 once it is gone."""
    import psutil  # type: ignore[import-untyped]

    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.NoSuchProcess:
        return 0


def _received(receiver: Connection, watch: _Watch, errors: Path) -> Iterator[Piece]:
    while True:
        watch.look()
        if not receiver.poll(_TICK):
            continue
        try:
            data = receiver.recv_bytes()
        except (EOFError, OSError):
            raise _ended(watch, errors) from None
        watch.count(len(data))
        piece: Piece | Failure = pickle.loads(data)
        if isinstance(piece, Failure):
            raise Unreadable(piece.message, **piece.values)
        yield piece
        if isinstance(piece, Ending):
            return


def _ended(watch: _Watch, errors: Path) -> Unreadable:
    """The sentence for a child that died; the log gets where, without a word of the file."""
    watch.process.join(1)
    text = errors.read_text("utf-8", "replace") if errors.exists() else ""
    places = [line.strip() for line in text.splitlines()
              if line.startswith('  File "') or "panicked at" in line]
    ours = watch.process.exitcode == 1  # an exception; a signal or abort is the file's doing
    _log.log(logging.ERROR if ours else logging.INFO, "reading ended with exit code %s: %s",
             watch.process.exitcode, places)
    return Unreadable(N_("“{name}” could not be read: it is damaged or needs too much memory, as a cell far "
                         "away from the table does. Copy the table into a new sheet, save it and try again."),
                      name=watch.path.name)


def _work(sender: Connection, path: Path, options: ReadOptions, memory_bytes: int, seconds: float,
          errors: Path) -> None:
    """What the child does: limit itself, read, send the pieces."""
    with errors.open("wb") as file:
        os.dup2(file.fileno(), 2)  # calamine's last words are not for the user's terminal
    _limit(memory_bytes, seconds)
    try:
        from desktop_crm.readers.table import pieces

        for piece in pieces(path, options):
            sender.send_bytes(_packed(piece))
    except Unreadable as error:
        sender.send_bytes(_packed(Failure(error.message, error.values)))
    except MemoryError:
        refusal = too_large(path)
        sender.send_bytes(_packed(Failure(refusal.message, refusal.values)))
    sender.close()


def _packed(piece: Piece | Failure) -> bytes:
    """Pickled without the memo, which plain cells do not need: three times as fast."""
    buffer = io.BytesIO()
    pickler = pickle.Pickler(buffer, 5)
    pickler.fast = True
    pickler.dump(piece)
    return buffer.getvalue()


def _limit(memory_bytes: int, seconds: float) -> None:
    """Limit this process where the system can; the parent watches everywhere else."""
    if sys.platform == "win32":
        return
    import resource

    wanted = {resource.RLIMIT_CPU: int(seconds) + 5, resource.RLIMIT_CORE: 0}
    if _LIMITED:
        wanted[resource.RLIMIT_AS] = memory_bytes
    for limit, value in wanted.items():
        hard = resource.getrlimit(limit)[1]
        most = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(limit, (most, hard))
