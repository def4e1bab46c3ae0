from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop_crm.domain.errors import Cancelled, FileBusy
from desktop_crm.ui.messages import Messages, install_excepthook, stop_log
from desktop_crm.ui.widgets.states import MessageBar


@pytest.fixture
def bar(qtbot: QtBot) -> MessageBar:
    bar = MessageBar()
    qtbot.addWidget(bar)
    return bar


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "desktop-crm.log"
    stop_log()


@pytest.fixture
def messages(bar: MessageBar, log: Path) -> Messages:
    return Messages(bar, log)


def test_the_worlds_failures_are_told_in_their_own_words(messages: Messages, bar: MessageBar) -> None:
    messages.tell(FileBusy("{holder} is writing to the file.", holder="LAPTOP-3"))
    assert bar.text() == "LAPTOP-3 is writing to the file."
    assert bar.property("tone") == "bad"


def test_a_stop_is_no_failure(messages: Messages, bar: MessageBar) -> None:
    messages.tell(Cancelled("Stopped."))
    assert (bar.text(), bar.property("tone")) == ("Stopped.", "neutral")


def test_an_act_can_be_taken_back(messages: Messages, bar: MessageBar, qtbot: QtBot) -> None:
    undone: list[bool] = []
    messages.undoable("Deleted 3 customers.", lambda: undone.append(True))
    button = next(button for button in bar.findChildren(QPushButton) if button.text() == "Undo")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert undone == [True]
    assert bar.text() == ""


def test_our_mistakes_are_logged_without_a_customers_words(messages: Messages, bar: MessageBar, log: Path) -> None:
    restore = install_excepthook(log, messages.shown)
    names = ["Aminah Runcit".upper(), "Bukit Tiles".upper()]  # made here: a traceback quotes source lines
    try:
        try:
            raise KeyError(names[0]) from ValueError(names[1])
        except KeyError as error:
            messages.tell(error)
    finally:
        restore()
    assert str(log) in bar.text()
    written = log.read_text(encoding="utf-8")
    assert "builtins.KeyError" in written and "builtins.ValueError" in written
    assert "test_messages.py" in written
    assert not any(name in written for name in names)


def test_a_mistake_in_a_slot_is_told_and_the_window_lives_on(qapp: QApplication, messages: Messages, bar: MessageBar,
                                                             log: Path, qtbot: QtBot) -> None:
    restore = install_excepthook(log, messages.shown)

    def slot() -> None:
        raise ZeroDivisionError

    QTimer.singleShot(0, slot)
    qtbot.waitUntil(lambda: bar.text() != "")
    restore()
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")
    later: list[int] = []
    QTimer.singleShot(0, lambda: later.append(1))
    qtbot.waitUntil(lambda: later == [1])


def test_a_mistake_in_a_thread_is_told_on_the_windows_thread(messages: Messages, bar: MessageBar, log: Path,
                                                             qtbot: QtBot) -> None:
    restore = install_excepthook(log, messages.shown)
    thread = threading.Thread(target=lambda: [].pop())
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: bar.text() != "")
    restore()
    assert "IndexError" in log.read_text(encoding="utf-8")


def test_a_crm_error_that_nobody_caught_is_told_but_no_crash(messages: Messages, bar: MessageBar, log: Path,
                                                             qtbot: QtBot) -> None:
    restore = install_excepthook(log, messages.shown)

    def slot() -> None:
        raise FileBusy("Busy.")

    QTimer.singleShot(0, slot)
    qtbot.waitUntil(lambda: bar.text() == "Busy.")
    restore()
    assert not log.exists()
