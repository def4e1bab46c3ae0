"""What belongs to Qt dies on the window's thread."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from desktop_crm.ui.collector import Collector


@pytest.fixture
def collector(qapp: QApplication) -> Iterator[Collector]:
    made = Collector(qapp)
    made.start()
    yield made
    made.stop()
    made.deleteLater()


def test_a_cycle_with_a_qt_object_is_not_collected_where_work_is_done(collector: Collector) -> None:
    died: list[int] = []
    part: QObject | None = QObject()
    part.destroyed.connect(lambda: died.append(threading.get_ident()), Qt.ConnectionType.DirectConnection)
    part.itself = part  # type: ignore[attr-defined]
    del part

    work = threading.Thread(target=lambda: [[] for _ in range(200_000)])
    work.start()
    work.join()
    assert died == []
    kept = [[] for _ in range(2_000)]  # type: ignore[var-annotated]
    collector.collect()
    assert died == [threading.get_ident()], len(kept)


def test_nothing_is_done_where_nothing_is_due(collector: Collector) -> None:
    gc.collect()
    before = gc.get_stats()[0]["collections"]
    collector.collect()
    assert gc.get_stats()[0]["collections"] == before


def test_python_collects_again_when_the_window_is_gone(qapp: QApplication) -> None:
    made = Collector(qapp)
    assert not gc.isenabled()
    made.start()
    made.stop()
    assert gc.isenabled() and gc.get_freeze_count() == 0
    made.deleteLater()
