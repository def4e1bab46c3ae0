"""The Reports page over a real file whose day stands still: Saturday, 21 November 2026, 12:00 in Kuala Lumpur."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_crm.services import activities, customers, deals, payments, tasks
from desktop_crm.services.book import Book, open_book
from desktop_crm.ui.feed import Feed
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.reports.page import ReportsPage
from desktop_crm.ui.widgets.states import MessageBar
from tests.books import filled_book, new_file

TODAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
PROPOSAL, WON = 3, 6
"""Stages of the first pipeline of a new file."""


@pytest.fixture
def empty_book(tmp_path: Path) -> Iterator[Book]:
    path = tmp_path / "Kedai.crm"
    new_file(path, name="Kedai Bukit Tiles")
    book = open_book(path, clock=lambda: NOON)
    yield book
    book.close()


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """Two deals won today (RM 1,200 and RM 300.50), one open, a payment and a call of today, a late task."""
    made = filled_book(tmp_path / "Kedai.crm", _fill, name="Kedai Bukit Tiles")
    yield made
    made.close()


def _fill(book: Book) -> None:
    aminah = customers.add(book, {"name": "Aminah <b>Runcit</b> & Sons"})
    xiao = customers.add(book, {"name": "小明科技有限公司"})
    for name, amount, customer in (("Racks", 120000, aminah), ("Tiles", 30050, xiao)):
        deal = deals.add(book, {"name": name, "amount": amount, "customer_id": customer, "stage_id": PROPOSAL})
        deals.move(book, [deal], WON)
    deals.add(book, {"name": "Paint", "amount": 50000, "customer_id": xiao, "stage_id": PROPOSAL})
    payments.add(book, {"amount": 45000, "customer_id": aminah, "received_on": TODAY, "name": "Deposit"})
    activities.log(book, {"name": "agreed", "kind": "call", "customer_id": aminah})
    tasks.add(book, {"name": "Call back", "due_on": date(2026, 11, 18)})


@dataclass
class Screen:
    """A page with what it told the window."""

    page: ReportsPage
    jobs: Jobs
    bar: MessageBar
    rows: list[tuple[object, str]] = field(default_factory=list)
    records: list[tuple[str, int]] = field(default_factory=list)
    acts: list[str] = field(default_factory=list)

    def settle(self) -> None:
        """Wait for the work that is under way."""
        self.jobs.wait_all()

    def figure(self, key: str) -> str:
        """What a figure's card says to a screen reader."""
        assert self.page.body.figures is not None
        return next(card.accessibleName() for card in self.page.body.figures.cards if card.figure.key == key)


def make(book: Book, qtbot: QtBot, tmp_path: Path) -> Iterator[Screen]:
    jobs, bar = Jobs(), MessageBar()
    page = ReportsPage(book, jobs, Messages(bar, tmp_path / "log"))
    qtbot.addWidget(page)
    qtbot.addWidget(bar)
    feed = Feed(book)
    feed.changed.connect(page.reload)
    screen = Screen(page, jobs, bar)
    page.rows_wanted.connect(lambda wanted, title: screen.rows.append((wanted, title)))
    page.record_wanted.connect(lambda kind, record: screen.records.append((kind, record)))
    page.act_wanted.connect(screen.acts.append)
    page.resize(1366, 694)
    page.show()
    page.start()
    screen.settle()
    yield screen
    page.hide()
    jobs.close()


@pytest.fixture
def screen(book: Book, qtbot: QtBot, tmp_path: Path) -> Iterator[Screen]:
    yield from make(book, qtbot, tmp_path)


@pytest.fixture
def empty_screen(empty_book: Book, qtbot: QtBot, tmp_path: Path) -> Iterator[Screen]:
    yield from make(empty_book, qtbot, tmp_path)
