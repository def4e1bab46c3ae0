"""Slow work beside the window: run elsewhere, told back on the window's own thread."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal

from desktop_crm.domain.errors import N_, Cancelled

if TYPE_CHECKING:  # loaded with the first piece of work, not before the shell is painted
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")
_EVERY = 0.1
_log = logging.getLogger(__name__)


class Progress:
    """What a piece of work tells while it runs, and where it learns that the user has stopped it."""

    def __init__(self, tell: Callable[[int, int, str], None]) -> None:
        self._tell, self._stop, self._last = tell, threading.Event(), 0.0

    def report(self, done: int, total: int = 0, text: str = "") -> None:
        """Say that `done` of `total` units are done (0: unknown); passed on ten times a second at most."""
        now = time.monotonic()
        if now - self._last >= _EVERY or done == total:
            self._last = now
            self._tell(done, total, text)

    def cancelled(self) -> bool:
        """Whether the user has asked to stop."""
        return self._stop.is_set()

    def check(self) -> None:
        """Raise Cancelled if the user has asked to stop."""
        if self.cancelled():
            raise Cancelled(N_("Stopped. Nothing was changed."))

    def cancel(self) -> None:
        """Ask the work to stop."""
        self._stop.set()


class Job(QObject):
    """One piece of work on its way: `progressed(done, total, text)`, `ended()` once it is told back."""

    progressed = Signal(int, int, str)
    ended = Signal()

    def __init__(self, label: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.label = label
        self.running = True
        self.progress = Progress(self.progressed.emit)

    def cancel(self) -> None:
        """Ask the work to stop; it ends as failed with Cancelled, or as done if it was past stopping."""
        self.progress.cancel()


class Jobs(QObject):
    """Runs work on a few threads; `done` or `failed` is called on the thread that made this object."""

    changed = Signal()
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None, threads: int = 2) -> None:
        super().__init__(parent)
        self._threads = threads
        self._running: dict[Job, Future[Any]] = {}
        self._later: list[tuple[set[Job], Callable[[], None]]] = []
        # Queued even from the own thread: work that is done at once must not answer before `run` returns.
        self._arrived.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(self._threads, thread_name_prefix="job")

    def run(self, work: Callable[[Progress], T], done: Callable[[T], None], failed: Callable[[Exception], None],
            *, label: str) -> Job:
        """Start `work`; then call `done` with its result, or `failed` with what it raised."""
        job = Job(label, self)
        future = self._pool.submit(work, job.progress)
        self._running[job] = future
        future.add_done_callback(lambda _: self._arrived.emit((job, done, failed, future)))
        self.changed.emit()
        return job

    def running(self) -> list[Job]:
        """The jobs that are not told back yet, oldest first."""
        return list(self._running)

    def afterwards(self, then: Callable[[], None]) -> None:
        """Call `then` when the work that is running now has been told back and painted; soon, if none is."""
        self._later.append((set(self._running), then))
        self._call_later()

    def _call_later(self) -> None:
        due = [then for waiting, then in self._later if waiting.isdisjoint(self._running)]
        self._later = [(waiting, then) for waiting, then in self._later if not waiting.isdisjoint(self._running)]
        for then in due:
            QTimer.singleShot(0, self, then)  # after what Qt has to paint

    def cancel_all(self) -> None:
        """Ask all running work to stop."""
        for job in self._running:
            job.cancel()

    def wait_all(self) -> None:
        """Wait for the running work and tell its results; for the end of the program and for tests."""
        while self._running:
            from concurrent.futures import wait

            wait(list(self._running.values()))
            QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)

    def close(self) -> None:
        """Stop everything, wait for it, and end the threads."""
        self.cancel_all()
        self.wait_all()
        self._pool.shutdown()

    def _tell(self, arrived: tuple[Job, Callable[[Any], None], Callable[[Any], None], Future[Any]]) -> None:
        job, done, failed, future = arrived
        self._running.pop(job, None)
        job.running = False
        error = future.exception()
        try:
            if error is None:
                done(future.result())
            else:
                failed(error)
        finally:
            job.ended.emit()
            job.deleteLater()
            self.changed.emit()
            self._call_later()


class Latest:
    """Of several requests only the newest is answered: as the user types on, older results are dropped."""

    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs
        self._job: Job | None = None
        self._number = 0

    def run(self, work: Callable[[Progress], T], done: Callable[[T], None], failed: Callable[[Exception], None],
            *, label: str) -> Job:
        """Start `work` and forget the request before it; its late failure is only logged."""
        self.drop()
        number = self._number

        def answer(result: T) -> None:
            if number == self._number:
                self._job = None
                done(result)

        def refuse(error: Exception) -> None:
            if number == self._number:
                self._job = None
                failed(error)
            elif not isinstance(error, Cancelled):
                _log.warning("A request that was no longer wanted failed: %s", type(error).__name__)

        self._job = self._jobs.run(work, answer, refuse, label=label)
        return self._job

    @property
    def busy(self) -> bool:
        """Whether a request is under way whose answer is still wanted."""
        return self._job is not None

    def drop(self) -> None:
        """Forget the running request, if any."""
        self._number += 1
        if self._job is not None:
            self._job.cancel()
            self._job = None
