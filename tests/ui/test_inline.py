from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop_crm.ui.inline import InlineText


@pytest.fixture
def name(qtbot: QtBot) -> InlineText:
    text = InlineText("Aminah", "Name", required=True)
    qtbot.addWidget(text)
    text.show()
    return text


def field(text: InlineText) -> QLineEdit:
    return text.findChild(QLineEdit)


def test_f2_edits_and_enter_tells_the_new_text(name: InlineText, qtbot: QtBot) -> None:
    qtbot.keyClick(name, Qt.Key.Key_F2)
    assert name.editing()
    assert field(name).selectedText() == "Aminah"
    qtbot.keyClicks(field(name), "Aminah Runcit")
    with qtbot.waitSignal(name.committed) as told:
        qtbot.keyClick(field(name), Qt.Key.Key_Return)
    assert told.args == ["Aminah Runcit"]
    assert not name.editing()


def test_escape_restores(name: InlineText, qtbot: QtBot) -> None:
    qtbot.mouseClick(name, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(field(name), "Somebody")
    with qtbot.assertNotEmitted(name.committed):
        qtbot.keyClick(field(name), Qt.Key.Key_Escape)
    assert (name.value(), name.editing()) == ("Aminah", False)


@pytest.mark.parametrize("typed", ["Aminah", "   "])
def test_nothing_new_and_nothing_at_all_are_not_told(name: InlineText, qtbot: QtBot, typed: str) -> None:
    name.edit()
    field(name).setText(typed)
    with qtbot.assertNotEmitted(name.committed):
        qtbot.keyClick(field(name), Qt.Key.Key_Return)
    assert name.value() == "Aminah"


def test_a_refused_text_stays_open_with_its_reason(name: InlineText) -> None:
    name.refuse("That name is taken.")
    assert name.editing()
    assert field(name).accessibleDescription() == "That name is taken."


def test_a_screen_reader_hears_what_and_which(name: InlineText) -> None:
    assert name.accessibleName() == "Name: Aminah"
