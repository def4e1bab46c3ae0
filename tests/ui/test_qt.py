from __future__ import annotations

import sys

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QLabel


def test_qt_calls_leave_the_count_of_none_level(qapp: QApplication) -> None:
    """PySide6 6.12.0 under Python 3.11 drops a reference of None a call, until the process aborts."""
    label, thing = QLabel(), QObject()
    for number in range(100):
        label.setText(str(number))
    before = sys.getrefcount(None)
    for _ in range(10_000):
        label.setText("x")
        thing.setObjectName("y")
        thing.parent()
    assert abs(sys.getrefcount(None) - before) < 100
