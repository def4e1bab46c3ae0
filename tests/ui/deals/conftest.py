"""A page of deals over a real file whose day stands still: Saturday, 21 November 2026, 12:00 in Kuala Lumpur."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.services import deals, products, sellers, starting, tasks
from desktop_crm.services.book import Book, open_book
from desktop_crm.ui.deals.columns import StageList
from desktop_crm.ui.deals.page import DealsPage
from desktop_crm.ui.feed import Feed
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.widgets.states import MessageBar

TODAY = date(2026, 11, 21)
NOON = datetime(2026, 11, 21, 4, 0, tzinfo=UTC)
NEW, QUALIFIED, PROPOSAL, NEGOTIATION, READY, WON, LOST = range(1, 8)
"""The stages of the first pipeline of a new file."""

Key, Mod = Qt.Key, Qt.KeyboardModifier


@dataclass
class Clock:
    """The present instant of the file; a test's story goes back a few days to tell what came before."""

    days_ago: int = 0

    def __call__(self) -> datetime:
        return NOON - timedelta(days=self.days_ago)


@dataclass
class Story:
    """A file with deals, by name."""

    book: Book
    clock: Clock
    deals: dict[str, int] = field(default_factory=dict)

    def add(self, name: str, amount: int | None, stage: int, ago: int, customer: str = "", *, step: bool = True,
            expected: date | None = None) -> int:
        """A deal that has stood in its stage for `ago` days, its amount in whole ringgit."""
        self.clock.days_ago = ago
        deal = deals.add(self.book, {"name": name, "amount": None if amount is None else amount * 100,
                                     "stage_id": stage, "expected_on": expected}, new_customer=customer)
        if step:
            tasks.add(self.book, {"name": f"Call about {name}", "deal_id": deal, "due_on": TODAY})
        self.clock.days_ago = 0
        self.deals[name] = deal
        return deal

    def row(self, name: str) -> deals.DealRow:
        return deals.rows(self.book, [self.deals[name]])[0]


@contextmanager
def opened_story(path: Path) -> Iterator[Story]:
    clock = Clock()
    book = open_book(path, clock=clock)
    yield Story(book, clock)
    book.close()


@pytest.fixture(scope="session")
def new_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("new") / "shop.crm"
    starting.create(path).close()
    return path


@pytest.fixture(scope="session")
def told_file(new_file: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, int]]:
    """The file that every test gets a copy of, and its deals by name."""
    path = tmp_path_factory.mktemp("told") / "shop.crm"
    shutil.copy(new_file, path)
    with opened_story(path) as story:
        tell(story)
    return path, story.deals


@pytest.fixture
def bare(new_file: Path, tmp_path: Path) -> Iterator[Story]:
    shutil.copy(new_file, tmp_path / "shop.crm")
    with opened_story(tmp_path / "shop.crm") as story:
        yield story


@pytest.fixture
def story(told_file: tuple[Path, dict[str, int]], tmp_path: Path) -> Iterator[Story]:
    """Seven open deals over five stages, one won, one lost, two sellers, two products."""
    shutil.copy(told_file[0], tmp_path / "shop.crm")
    with opened_story(tmp_path / "shop.crm") as story:
        story.deals = dict(told_file[1])
        yield story


def tell(bare: Story) -> None:
    sellers.add(bare.book, {"name": "Mei Ling"})
    sellers.add(bare.book, {"name": "Ahmad"})
    products.add(bare.book, {"name": "Mosaic tile", "price": 4_800, "cost": 2_900})
    products.add(bare.book, {"name": "Granite slab", "price": 62_000})
    bare.add("Shelving", 6_200, NEW, 2, "Aminah Runcit Enterprise", expected=date(2026, 11, 30))
    bare.add("Tasting menu", None, NEW, 0)
    bare.add("Warehouse racks", 21_000, QUALIFIED, 9, "Cruz Hardware & Supply")
    bare.add("Store refit", 14_500, QUALIFIED, 3, "முருகன் ஸ்டோர்ஸ்", step=False)
    bare.add("Rooms 201–240", 88_000, PROPOSAL, 6, "Kinabalu Resort & Spa (Sabah) Holdings Sdn Bhd")
    bare.add("Yearly supply", 42_300, NEGOTIATION, 0, "小明科技有限公司", expected=date(2026, 11, 20))
    bare.add("Signage", 4_400, READY, 10, "<b>Nurul</b> Catering")
    bare.add("Old counter", 1_000, WON, 40)
    bare.add("Lost lorry", 2_000, LOST, 30)


@dataclass
class Shown:
    """A page in a window, with what it needs; `settle` waits for its jobs and reloads."""

    page: DealsPage
    bar: MessageBar
    jobs: Jobs
    window: QWidget
    wishes: list[tuple[Any, ...]]

    def settle(self) -> None:
        for _ in range(3):
            QApplication.processEvents()
            self.jobs.wait_all()
        QApplication.processEvents()

    def column(self, stage: int) -> StageList:
        """The cards of an open stage of the first pipeline."""
        return self.page.views.board.lists()[stage - 1]

    def cards(self, stage: int) -> list[str]:
        """The names of the cards in a column."""
        paged = self.column(stage).paged
        found = (paged.record(place) for place in range(paged.rowCount()))
        return [item.name if item else "" for item in found]

    def rows(self) -> list[str]:
        """The names of the rows of the list."""
        model = self.page.views.list.table.paged()
        return [model.record(place).name for place in range(model.rowCount())]

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        """Press a key where the keyboard is, and wait for what follows."""
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClick(target, key, held)
        self.settle()

    def type(self, text: str) -> None:
        """Type where the keyboard is."""
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClicks(target, text)
        self.settle()


def drop(target: QWidget, data: QMimeData, at: QPoint = QPoint(5, 5)) -> None:  # noqa: B008  # never changed
    """What Qt sends when something is dragged over a widget and let go."""
    action, button, held = Qt.DropAction.MoveAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(target, QDragEnterEvent(at, action, data, button, held))
    QApplication.sendEvent(target, QDropEvent(QPointF(at), action, data, button, held))


def show(story: Story, qtbot: QtBot, tmp_path: Path) -> Shown:
    bar, window = MessageBar(), QWidget()
    jobs = Jobs()
    page = DealsPage(story.book, jobs, Messages(bar, tmp_path / "crm.log"))
    feed = Feed(story.book, page)
    feed.changed.connect(page.reload)
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(page)
    layout.addWidget(bar)
    window.resize(1366, 694)
    qtbot.addWidget(window)
    wishes: list[tuple[Any, ...]] = []
    page.record_wanted.connect(lambda kind, record: wishes.append((kind, record)))
    window.show()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window or window.isVisible())
    window.activateWindow()
    shown = Shown(page, bar, jobs, window, wishes)
    page.start()
    shown.settle()
    return shown


@pytest.fixture
def shown(story: Story, qtbot: QtBot, tmp_path: Path) -> Iterator[Shown]:
    made = show(story, qtbot, tmp_path)
    yield made
    made.jobs.close()


@pytest.fixture
def empty(bare: Story, qtbot: QtBot, tmp_path: Path) -> Iterator[Shown]:
    made = show(bare, qtbot, tmp_path)
    yield made
    made.jobs.close()
