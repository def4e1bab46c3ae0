"""A clock of seconds that a test moves, and the window's rest."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from desktop_crm.ui.main_window import MainWindow


class Clock:
    """Seconds that pass when the test says so."""

    now = 5000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def settle(window: MainWindow) -> None:
    """Let all that was asked for come to its end."""
    for _ in range(4):
        QApplication.processEvents()
        window.jobs.wait_all()
    QApplication.processEvents()
