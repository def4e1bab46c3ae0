"""The page of the password: tried beside the window's work, kindly refused, waited for after too many wrong ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStackedWidget
from pytestqt.qtbot import QtBot

from desktop_crm.domain.errors import CrmError
from desktop_crm.services import encrypting, safety
from desktop_crm.services.book import open_book
from desktop_crm.services.encrypting import Key
from desktop_crm.ui.access.unlocking import Unlocking
from desktop_crm.ui.jobs import Jobs
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.widgets.states import MessageBar
from tests.books import new_file

PASSWORD = "correct horse"


class Desk:
    """The asking with what the window gives it; the clock stands until the test moves it."""

    def __init__(self, path: Path, qtbot: QtBot) -> None:
        self.path, self.now, self.jobs, self.stack = path, 5000.0, Jobs(), QStackedWidget()
        self.opened: list[Key] = []
        self.lost: list[CrmError] = []
        self.left: list[str] = []
        self.bar = MessageBar()
        qtbot.addWidget(self.bar)
        qtbot.addWidget(self.stack)
        self.asking = Unlocking(self.stack, self.jobs, Messages(self.bar, path.with_name("log")), lambda: self.now)
        self.asking.left.connect(lambda: self.left.append("back"))
        self.asking.other.connect(lambda: self.left.append("other"))
        self.stack.resize(900, 600)
        self.stack.show()

    def begin(self, back: bool = False) -> None:
        self.asking.begin(self.path, self.opened.append, self.lost.append, back)

    def type(self, password: str) -> None:
        QTest.keyClicks(self.asking.page.field, password)
        QTest.keyClick(self.asking.page.field, Qt.Key.Key_Return)
        self.jobs.wait_all()


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot, home: Path, quick_keys: None) -> Iterator[Desk]:
    path = tmp_path / "shop.crm"
    new_file(path)
    encrypting.change(path, PASSWORD)
    made = Desk(path, qtbot)
    yield made
    made.jobs.close()


def test_the_password_opens_it(desk: Desk) -> None:
    desk.begin()
    desk.type("")
    assert desk.asking.page.why() == "" and desk.opened == []
    desk.type(PASSWORD)
    (key,) = desk.opened
    with open_book(desk.path, reading=True, key=key)._store.read():
        pass
    assert desk.asking.page.field.text() == ""


def test_wrong_ones_wait_longer_and_are_not_forgotten(desk: Desk) -> None:
    desk.begin()
    for number in range(5):
        desk.type("wrong one")
        assert "not the password" in desk.asking.page.why() and desk.asking.page.field.text() == ""
        assert ("damaged" in desk.asking.page.why()) == (number >= 2), "who has tried often may be sure of it"
    desk.begin()  # leaving and coming back is no way round
    desk.type(PASSWORD)
    assert "Try again in 5 seconds" in desk.asking.page.why() and desk.opened == []
    desk.now += 5
    desk.type(PASSWORD)
    assert len(desk.opened) == 1


def test_nothing_can_be_typed_while_one_is_tried(desk: Desk) -> None:
    desk.begin()
    QTest.keyClicks(desk.asking.page.field, PASSWORD)
    QTest.keyClick(desk.asking.page.field, Qt.Key.Key_Return)
    assert not desk.asking.page.field.isEnabled() and "moment" in desk.asking.page.why()
    desk.asking.stop()
    desk.jobs.wait_all()
    assert desk.opened == [], "nobody waits for it any more"


def test_one_can_go_back_or_elsewhere(desk: Desk) -> None:
    desk.begin()
    assert desk.asking.page.back.isHidden()
    QTest.keyClick(desk.asking.page, Qt.Key.Key_Escape)
    assert desk.left == []
    desk.asking.page.another.click()
    desk.begin(back=True)
    QTest.keyClick(desk.asking.page, Qt.Key.Key_Escape)
    assert desk.left == ["other", "back"]


def test_a_damaged_file_is_told_and_not_counted(desk: Desk) -> None:
    key = encrypting.unlock(desk.path, PASSWORD)
    book = open_book(desk.path, key=key)
    safety.keep(book, "start")
    book.close()
    whole = bytearray(desk.path.read_bytes())
    whole[200] ^= 1
    desk.path.write_bytes(whole)
    desk.begin()
    desk.type(PASSWORD)
    assert [type(error).__name__ for error in desk.lost] == ["FileLost"] and desk.opened == []
    assert desk.asking._tries[desk.path.resolve()].wrong == 0
