"""A wizard on a new file, and small files to bring in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_crm.services.book import Book
from desktop_crm.ui.importing.panel import ImportPanel
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.widgets.states import MessageBar

CUSTOMERS = """Name,E-mail,Since,Turnover
Aminah Runcit Enterprise,aminah@runcit.my,03/11/2025,1200
Bukit Tiles Sdn Bhd,not an address,31/02/2025,48900
,nobody@home.my,13/01/2025,5
小明科技有限公司,ming@tech.tw,25/12/2024,86210
"""


@pytest.fixture
def jobs(qapp: QApplication) -> Iterator[Jobs]:
    jobs = Jobs()
    yield jobs
    jobs.close()


@pytest.fixture
def bar(qtbot: QtBot) -> MessageBar:
    bar = MessageBar()
    qtbot.addWidget(bar)
    return bar


@pytest.fixture
def panel(qtbot: QtBot, book: Book, jobs: Jobs, bar: MessageBar, tmp_path: Path) -> Iterator[ImportPanel]:
    panel = ImportPanel(book, jobs, Messages(bar, tmp_path / "log"))
    qtbot.addWidget(panel)
    panel.resize(1366, 694)
    panel.show()
    panel.setFocus()
    yield panel
    jobs.cancel_all()
    jobs.wait_all()


@pytest.fixture
def customers(tmp_path: Path) -> Path:
    path = tmp_path / "customers.csv"
    path.write_text(CUSTOMERS, encoding="utf-8")
    return path
