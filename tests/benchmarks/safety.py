"""A backup of the large file, against a plain copy; and how long the window waits for a key meanwhile."""

from __future__ import annotations

import gc
import os
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop_crm import app
from desktop_crm.services import safety
from desktop_crm.services.book import Book, open_book
from tests.benchmarks.large import FOLDER
from tests.benchmarks.timing import Result, bounded, once

_RUNS = 3


def all_results(large: Path) -> list[Result]:
    """The copying until the backup stands, its looking over, the longest wait for a key in both, and the preview."""
    with tempfile.TemporaryDirectory(dir=FOLDER) as home:
        before = os.environ.get("DESKTOP_CRM_HOME")
        os.environ["DESKTOP_CRM_HOME"] = home
        try:
            floors = [once(lambda: _copied(large, Path(home) / "floor")) for _ in range(_RUNS)]  # before it is opened
            with closing(open_book(large, reading=True)) as book:
                return _measured(book, statistics.median(floors))
        finally:
            if before is None:
                del os.environ["DESKTOP_CRM_HOME"]
            else:
                os.environ["DESKTOP_CRM_HOME"] = before


def _measured(book: Book, low: float) -> list[Result]:
    ours, waits = [], []
    for _ in range(_RUNS):
        seconds, wait = _beside(lambda: safety.back_up(book, whole=False))
        ours.append(seconds)
        waits.append(wait)
        for item in safety.backups(book.path)[1:]:
            Path(item.path).unlink()
    newest = Path(safety.backups(book.path)[0].path)
    preview = once(lambda: safety.preview(book, newest))
    looking, wait = _beside(lambda: safety.confirm(book.path))
    high = statistics.median(ours)
    return [Result("backup of the large file", low, high, None, 3, high <= 3),
            bounded("longest wait for a key meanwhile", max(waits), 0.05),
            bounded("what a restore would do, told", preview, 0.1),
            bounded("looking the large backup over", looking, 120),
            bounded("longest wait for a key meanwhile", wait, 0.05)]


def _copied(source: Path, target: Path) -> None:
    """The floor: the bytes alone, on the disk."""
    shutil.copyfile(source, target)
    with target.open("r+b") as file:
        os.fsync(file.fileno())
    target.unlink()


def _beside(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds that `work` takes on a worker, and the longest that a key waited to be shown in a window meanwhile."""
    application = QApplication.instance() or QApplication([])
    sys.setswitchinterval(app.TURN)
    field = QLineEdit()
    field.show()
    taken: list[float] = []

    def timed() -> None:  # without `once`, whose collecting of garbage would be what the key waits for
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)

    worker = threading.Thread(target=timed)
    gc.collect()
    worker.start()
    longest = 0.0
    while worker.is_alive():
        wanted = time.perf_counter() + 0.002  # when the key comes, the window is at rest and has to get its turn
        time.sleep(0.002)
        QTest.keyClick(field, Qt.Key.Key_A)
        field.repaint()
        application.processEvents()
        longest = max(longest, time.perf_counter() - wanted)
    field.deleteLater()
    return taken[0], longest
