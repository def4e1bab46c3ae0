"""A choice that is searched by typing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_crm.domain.errors import InvalidInput
from desktop_crm.ui.settings import places
from desktop_crm.ui.settings.search_choice import SearchChoice


@pytest.fixture
def choice(qtbot: QtBot) -> SearchChoice:
    made = SearchChoice(places.zones(), "“{value}” is no zone.")
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(("typed", "value"), [
    ("Kathmandu — Nepal", "Asia/Kathmandu"), ("asia/kuala_lumpur", "Asia/Kuala_Lumpur"), ("taipei", "Asia/Taipei"),
    ("sao paulo", "America/Sao_Paulo"), ("", None),
])
def test_what_is_typed_is_understood(choice: SearchChoice, typed: str, value: str | None) -> None:
    choice.setEditText(typed)
    assert choice.value() == value


@pytest.mark.parametrize("typed", ["malaysia", "nowhere"])
def test_what_is_many_or_none_is_refused(choice: SearchChoice, typed: str) -> None:
    choice.setEditText(typed)
    with pytest.raises(InvalidInput):
        choice.value()


def test_typing_offers_what_has_it_anywhere(choice: SearchChoice, qtbot: QtBot) -> None:
    choice.setFocus()
    qtbot.keyClicks(choice, "lumpur")
    completer = choice.completer()
    assert completer is not None
    assert completer.completionCount() == 1
    assert completer.currentCompletion() == "Kuala Lumpur — Malaysia"


def test_a_value_is_shown_and_none_is_empty(choice: SearchChoice) -> None:
    choice.set_value("Asia/Kuala_Lumpur")
    assert choice.currentText() == "Kuala Lumpur — Malaysia"
    choice.set_value("no such zone")
    assert (choice.currentText(), choice.value()) == ("", None)


def test_the_wheel_changes_nothing_and_the_arrows_step(choice: SearchChoice, qtbot: QtBot) -> None:
    choice.set_value("Asia/Kuala_Lumpur")
    qtbot.keyClick(choice, Qt.Key.Key_Down)
    assert choice.value() != "Asia/Kuala_Lumpur"
