"""The ring in the window: when a backup is taken, what the status line says of it, and the second place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from desktop_crm import settings
from desktop_crm.domain.errors import FileRefused
from desktop_crm.services import customers, safety
from desktop_crm.services.book import Book, open_book
from desktop_crm.storage import backup
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.safekeeping import Safekeeping
from desktop_crm.ui.status_bar import StatusBar
from desktop_crm.ui.widgets.states import MessageBar
from tests.books import NOON, new_book

MINUTE = timedelta(minutes=1)


class Desk:
    """A file that is kept, and a clock that is moved by hand."""

    def __init__(self, path: Path, qtbot: QtBot, log: Path) -> None:
        self.now = NOON
        new_book(path).close()
        self.book: Book = open_book(path, clock=lambda: self.now)
        self.jobs, self.bar = Jobs(), MessageBar()
        self.status, self.settings = StatusBar(self.jobs), settings.Settings()
        qtbot.addWidget(self.status)
        qtbot.addWidget(self.bar)
        self.keeper = Safekeeping(self.status, self.jobs, Messages(self.bar, log), self.settings)
        self.keeper.book = self.book

    def settle(self) -> None:
        for _ in range(6):
            self.jobs.wait_all()
            QCoreApplication.processEvents()

    def tick(self, at: datetime) -> list[str]:
        """Let the clock stand at `at` and the minute pass; why each backup was taken, newest first."""
        self.now = at
        self.keeper.tick()
        self.settle()
        return [item.why for item in safety.backups(self.book.path)]

    @property
    def said(self) -> str:
        return self.status._backup.text()


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot, home: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "shop.crm", qtbot, tmp_path / "log")
    yield made
    made.keeper.stop()
    made.jobs.close()
    made.book.close()


def test_an_hour_after_the_last_one_if_something_was_changed(desk: Desk) -> None:
    desk.keeper.show()
    assert desk.said == "No backup yet"
    desk.keeper.keep("start")
    desk.settle()
    assert desk.said == "Backup 12:00, verified"
    customers.add(desk.book, {"name": "Aminah"})
    assert desk.tick(NOON + 59 * MINUTE) == ["start"]
    assert desk.tick(NOON + 60 * MINUTE) == ["hour", "start"]
    assert desk.said == "Backup 13:00, verified"
    assert desk.tick(NOON + 600 * MINUTE) == ["hour", "start"], "nothing was changed"


def test_a_clock_that_was_set_back_does_not_stop_the_ring(desk: Desk) -> None:
    desk.keeper.keep("start")
    desk.settle()
    customers.add(desk.book, {"name": "Aminah"})
    assert desk.tick(NOON - 24 * 60 * MINUTE) == ["hour", "start"]
    assert desk.tick(NOON - 24 * 60 * MINUTE + MINUTE) == ["hour", "start"]


def test_at_the_end_only_what_was_changed(desk: Desk) -> None:
    desk.keeper.keep("start")
    desk.settle()
    desk.keeper.last_one(desk.book)
    customers.add(desk.book, {"name": "Aminah"})
    desk.now += 90 * MINUTE
    desk.keeper.last_one(desk.book)
    assert [item.why for item in safety.backups(desk.book.path)] == ["exit", "start"]


def test_begin_waits_for_the_first_page_and_a_file_for_reading_is_left_alone(desk: Desk) -> None:
    desk.keeper.begin()
    assert desk.keeper._first.isActive() and desk.keeper._each.isActive()
    assert desk.tick(NOON) == [], "the first one comes before the hourly ones"
    desk.keeper.stop()
    assert not desk.keeper._first.isActive() and not desk.keeper._each.isActive()


def test_a_place_that_refuses_is_told_once_and_then_stands_in_the_status_line(desk: Desk, tmp_path: Path) -> None:
    desk.keeper.keep("start")
    desk.settle()
    folder = tmp_path / "home" / "data" / "backups"
    customers.add(desk.book, {"name": "Aminah"})
    before = {item.name for item in folder.iterdir()}

    def full(*_: object, **__: object) -> None:
        raise FileRefused("No room on the disk")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(backup, "take", full)
        desk.tick(NOON + 60 * MINUTE)
        assert desk.bar.text() == "No room on the disk"
        assert desk.said == "No backup since 12:00"
        desk.bar.clear()
        desk.tick(NOON + 61 * MINUTE)
        assert desk.bar.text() == ""
    assert {item.name for item in folder.iterdir()} == before
    desk.tick(NOON + 62 * MINUTE)
    assert desk.said == "Backup 13:02, verified"


def test_a_large_copy_is_looked_over_after_it_stands(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "AT_ONCE", 0)
    made = safety.keep(desk.book, "start")
    assert made is not None and not made.verified
    desk.keeper.show()
    assert desk.said == "Backup 12:00"
    assert safety.offered(desk.book.path) is None
    desk.keeper.keep("hour")
    desk.settle()
    assert desk.said == "Backup 12:00, verified"
    assert safety.backups(desk.book.path)[0].verified


def test_what_is_found_in_a_large_copy_is_told_with_a_way_out(desk: Desk, qtbot: QtBot,
                                                             monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "AT_ONCE", 0)
    monkeypatch.setattr("desktop_crm.storage.database.check", lambda _: ["row 7 missing from index deals_sums"])
    desk.keeper.keep("start")
    desk.settle()
    assert "row 7 missing" in desk.bar.text()
    with qtbot.waitSignal(desk.keeper.panel_wanted):
        desk.bar._action.click()
    assert safety.offered(desk.book.path) is None


# --- the second place -------------------------------------------------------------------------------------------------

@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def test_the_second_place_is_kept_equal_and_remembered(desk: Desk, stick: Path) -> None:
    desk.keeper.keep("start")
    desk.settle()
    desk.keeper.choose_second(stick)
    desk.settle()
    first = safety.backups(desk.book.path)[0]
    assert backup.sha256(stick / Path(first.path).name) == first.sha256
    assert settings.load().second_place(desk.book.path) == str(stick)
    customers.add(desk.book, {"name": "Aminah"})
    desk.tick(NOON + 60 * MINUTE)
    assert len(list(stick.glob("*.crm"))) == 2 and desk.keeper.seen() == NOON + 60 * MINUTE
    desk.keeper.forget_second()
    assert settings.load().second_places == {} and len(list(stick.glob("*.crm"))) == 2


def test_a_place_that_is_away_is_a_quiet_word_after_three_days(desk: Desk, stick: Path) -> None:
    desk.keeper.choose_second(stick)
    desk.settle()
    stick.rename(stick.with_name("pocket"))
    for hours, word in ((71, ""), (72, " · second place away for 3 days"), (97, " · second place away for 4 days")):
        customers.add(desk.book, {"name": f"After {hours}"})
        desk.tick(NOON + timedelta(hours=hours))
        assert desk.said.partition("verified")[2] == word
        assert desk.bar.text() == "", "never more than a quiet word"
    assert "cannot be written" in desk.keeper.problem
    stick.with_name("pocket").rename(stick)
    customers.add(desk.book, {"name": "Back"})
    desk.tick(NOON + timedelta(hours=99))
    assert desk.keeper.problem == "" and "away" not in desk.said
    assert {path.name for path in stick.glob("*.crm")} == {
        Path(item.path).name for item in safety.backups(desk.book.path)}


def test_a_folder_that_cannot_be_one_is_refused(desk: Desk, tmp_path: Path) -> None:
    for folder in (tmp_path / "none", tmp_path / "shop.crm", tmp_path / "home" / "data" / "backups"):
        with pytest.raises(FileRefused):
            desk.keeper.choose_second(folder)
    assert desk.keeper.second() is None


def test_preferences_written_by_hand_do_no_harm(desk: Desk) -> None:
    desk.settings.second_places[str(desk.book.path.resolve())] = {"folder": "/none", "seen": "yesterday"}
    desk.keeper.show()
    assert desk.keeper.seen() is None and desk.said == "No backup yet"
