from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from desktop_crm.ui import theme
from desktop_crm.ui.widgets.states import EmptyState, MessageBar, ProgressBar


@pytest.fixture
def bar(qtbot: QtBot) -> MessageBar:
    bar = MessageBar()
    qtbot.addWidget(bar)
    return bar


def test_a_message_is_one_quiet_line_and_can_be_closed(bar: MessageBar, qtbot: QtBot) -> None:
    assert bar.isHidden()
    bar.tell("Saved <b>it</b>.", "good")
    assert (bar.text(), bar.accessibleName()) == ("Saved <b>it</b>.", "Saved <b>it</b>.")
    with qtbot.waitSignal(bar.closed):
        bar.clear()
    assert bar.text() == ""


def test_good_news_leave_by_themselves_and_bad_news_stay(bar: MessageBar) -> None:
    bar.tell("Saved.", "good")
    assert bar._timer.isActive()
    bar.tell("The disk is full.", "bad")
    assert not bar._timer.isActive()


def test_good_news_leave_when_their_time_is_over(bar: MessageBar, qtbot: QtBot) -> None:
    bar.tell("Saved.", "good")
    with qtbot.waitSignal(bar.closed):
        bar._timer.start(0)
    assert bar.isHidden()


def test_an_act_runs_once_and_closes_the_bar(bar: MessageBar, qtbot: QtBot) -> None:
    done: list[int] = []
    bar.tell("Deleted.", "neutral", "Undo", lambda: done.append(1))
    button = next(button for button in bar.findChildren(QPushButton) if button.text() == "Undo")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == [1]
    assert bar.isHidden()


def test_an_empty_screen_says_what_to_do(qtbot: QtBot) -> None:
    state = EmptyState("customers", "No customers yet", "Import a list.", "New customer")
    qtbot.addWidget(state)
    state.show()
    button = state.findChild(QPushButton)
    with qtbot.waitSignal(state.acted):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    state.show_state("search", "Nothing found")
    assert button.isHidden()
    assert state.accessibleName() == "Nothing found"


def test_a_bar_is_filled_to_its_share(qtbot: QtBot) -> None:
    bar = ProgressBar(0.25)
    qtbot.addWidget(bar)
    bar.resize(200, bar.height())
    image = bar.grab().toImage()
    assert image.pixelColor(40, 3) == theme.color("accent")
    assert image.pixelColor(60, 3) == theme.color("sunk")
    bar.set_share(7.0, "7 of 7")
    assert bar.grab().toImage().pixelColor(195, 3) == theme.color("accent")
    assert bar.accessibleName() == "7 of 7"


def test_a_button_that_takes_something_away_bears_no_plus() -> None:
    """Every empty screen whose button clears a filter says so with a cross."""
    pages = [path for path in (Path(__file__).parents[3] / "desktop_crm" / "ui").rglob("*.py")
             if "show_state" in path.read_text(encoding="utf-8")]
    calls = [ast.unparse(node) for path in pages for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
             if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "show_state"]
    clearing = [call for call in calls if "Clear the filter" in call or ", clear" in call]
    assert len(clearing) >= 5
    assert [call for call in clearing if "'close'" not in call] == []
    assert all("'refresh'" in call for call in calls if "Try again" in call.split("tr(")[-1])
