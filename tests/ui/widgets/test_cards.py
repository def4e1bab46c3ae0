from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_crm.ui.widgets.cards import FigureCard


@pytest.fixture
def card(qtbot: QtBot) -> FigureCard:
    card = FigureCard("Won today", "RM 12,480", "+18 % on a usual Saturday", "good", "Σ won amount")
    qtbot.addWidget(card)
    card.show()
    return card


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_a_figure_asks_for_its_rows_by_keyboard(card: FigureCard, qtbot: QtBot, key: Qt.Key) -> None:
    assert card.focusPolicy() == Qt.FocusPolicy.StrongFocus
    with qtbot.waitSignal(card.clicked):
        qtbot.keyClick(card, key)


def test_a_figure_asks_for_its_rows_by_mouse(card: FigureCard, qtbot: QtBot) -> None:
    with qtbot.waitSignal(card.clicked):
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton)


def test_a_screen_reader_hears_title_value_note_and_formula(card: FigureCard) -> None:
    assert card.accessibleName() == "Won today, RM 12,480, +18 % on a usual Saturday"
    assert card.accessibleDescription() == "Σ won amount"
    card.set_value("RM 0")
    assert card.accessibleName() == "Won today, RM 0"


def test_a_figure_without_rows_is_no_button(qtbot: QtBot) -> None:
    card = FigureCard("Won", "1", clickable=False)
    qtbot.addWidget(card)
    with qtbot.assertNotEmitted(card.clicked):
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton)
        qtbot.keyClick(card, Qt.Key.Key_Return)
