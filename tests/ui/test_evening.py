"""Closing the day from the window: on a click, and by itself when the closing hour strikes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.domain.sales import Sale
from desktop_crm.services import business, sales
from desktop_crm.services.book import Book, open_book
from desktop_crm.settings import Settings, load
from desktop_crm.storage import evening as stored
from desktop_crm.ui.evening import Evening
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.widgets.states import MessageBar
from tests.books import TODAY, new_file

SIX = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
"""18:00 of Saturday in Kuala Lumpur."""


@dataclass
class Shop:
    """A shop whose clock the test turns, and what its evening said."""

    evening: Evening
    book: Book
    bar: MessageBar
    jobs: Jobs
    folder: Path
    clock: list[datetime]

    def at(self, hour: int, minute: int = 0, days: int = 0) -> None:
        """Turn the clock to an hour of the business's zone, and let the evening look at it."""
        self.clock[0] = datetime(2026, 11, 21, tzinfo=UTC) + timedelta(days=days, hours=hour - 8, minutes=minute)
        self.evening.tick()
        self.jobs.wait_all()

    @property
    def made(self) -> list[str]:
        """The days of the texts in the folder."""
        return sorted(path.stem[-10:] for path in self.folder.glob("*.txt"))

    @property
    def printings(self) -> int:
        with self.book.read() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM printings").scalar_one())


@pytest.fixture
def shop(qtbot: QtBot, tmp_path: Path, home: Path) -> Iterator[Shop]:
    path, clock = tmp_path / "Kedai.crm", [SIX]
    new_file(path, name="Kedai")
    book = open_book(path, clock=lambda: clock[0])
    bar, jobs, window = MessageBar(), Jobs(), QWidget()
    for widget in (bar, window):
        qtbot.addWidget(widget)
    evening = Evening(window, jobs, Messages(bar, tmp_path / "log"), Settings())
    evening.begin(book)
    book.subscribe(evening.reload)
    evening.take_folder(tmp_path / "Drive")
    sales.sell(book, Sale(total=12_345))
    yield Shop(evening, book, bar, jobs, tmp_path / "Drive", clock)
    evening.stop()
    jobs.close()
    book.close()


def test_a_click_closes_the_day(shop: Shop, qtbot: QtBot) -> None:
    shop.evening.close_day()
    while shop.jobs.running():
        shop.jobs.wait_all()
    assert sorted(path.suffix for path in shop.folder.iterdir()) == [".pdf", ".png", ".txt"]
    assert "RM 123.45" in QGuiApplication.clipboard().text()
    assert shop.bar.text() == (f"21 Nov 2026 is closed: the report is in {shop.folder}, its text is copied and ready "
                               "to paste.")
    buttons = {button.text(): button for button in shop.bar.findChildren(QPushButton) if not button.isHidden()}
    assert {"Open folder", "Copy picture"} <= set(buttons)
    qtbot.mouseClick(buttons["Copy picture"], Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().image().width() == 1080
    assert shop.bar.text() == "The picture is copied and ready to paste."
    with shop.book.read() as connection:
        assert stored.last_printed(connection, "evening", TODAY) == SIX
    shop.book.undo()                                             # the sale: a printing is no undo step
    assert shop.printings == 1


def test_the_folder_is_remembered_for_the_file(shop: Shop) -> None:
    assert load().evening_folder(shop.book.path) == str(shop.folder)
    assert load().evening_folder(Path("other.crm")) == ""


def test_without_a_chosen_folder_it_is_one_of_the_user_s_own(shop: Shop) -> None:
    assert Evening(QWidget(), shop.jobs, shop.evening._messages, Settings()).folder(shop.book).name == "Desktop CRM"


def test_nothing_is_made_by_itself_unless_a_closing_hour_is_set(shop: Shop) -> None:
    shop.at(23, 59)
    assert shop.made == []


def test_the_closing_hour_strikes_once_a_day(shop: Shop) -> None:
    business.set_business(shop.book, {"closing_time": "21:00"})
    shop.at(20, 59)
    assert shop.made == []
    shop.at(21, 0)
    shop.at(21, 1)
    shop.at(23, 30)
    assert (shop.made, shop.printings) == (["2026-11-21"], 1)
    shop.at(21, 5, days=1)
    assert (shop.made, shop.printings) == (["2026-11-21", "2026-11-22"], 2)


def test_a_laptop_that_slept_over_it_tells_that_day_when_it_wakes(shop: Shop) -> None:
    business.set_business(shop.book, {"closing_time": "21:00"})
    shop.at(9, 12, days=1)
    assert shop.made == ["2026-11-21"]


def test_a_clock_set_back_tells_nothing_twice(shop: Shop) -> None:
    business.set_business(shop.book, {"closing_time": "21:00"})
    shop.at(21, 3)
    shop.at(20, 50)
    shop.at(21, 1)
    shop.at(21, 10)
    assert shop.printings == 1


def test_a_file_opened_after_its_closing_hour_is_told_the_same_day_and_not_twice(shop: Shop) -> None:
    business.set_business(shop.book, {"closing_time": "17:00"})
    shop.at(18, 1)
    assert shop.made == []                                       # set at six: five has passed, and is let be
    shop.evening.begin(shop.book)                                # but a file that is opened at six was closed at five
    shop.at(18, 2)
    shop.evening.begin(shop.book)
    shop.at(18, 3)
    assert (shop.made, shop.printings) == (["2026-11-21"], 1)


def test_a_night_market_closes_after_midnight(shop: Shop) -> None:
    business.set_business(shop.book, {"cutoff": "03:00", "closing_time": "02:00"})
    shop.at(23, 59)
    assert shop.made == []
    shop.at(2, 0, days=1)
    assert shop.made == ["2026-11-21"]


def test_a_folder_that_cannot_be_written_is_said_and_nothing_is_noted(shop: Shop) -> None:
    shop.folder.write_text("a file is in the way")
    shop.evening.close_day()
    while shop.jobs.running():
        shop.jobs.wait_all()
    assert "cannot be written" in shop.bar.text() and shop.printings == 0
    shop.folder.unlink()
    shop.evening.close_day()                                     # and it can be done again
    while shop.jobs.running():
        shop.jobs.wait_all()
    assert shop.made == ["2026-11-21"]
