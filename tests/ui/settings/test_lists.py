"""Sources and lost reasons: added, renamed, moved and hidden by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop_crm.services import business
from desktop_crm.ui.settings.lists import ChoicesCard, ListsSection
from tests.ui.settings.conftest import Desk


@pytest.fixture
def part(desk: Desk) -> ListsSection:
    return desk.shown("lists", ListsSection)


def names(card: ChoicesCard) -> list[str]:
    return [str(card.model.index(row, 0).data()) for row in range(card.model.rowCount())]


def edit(card: ChoicesCard, qtbot: QtBot, text: str) -> None:
    """Type over the word that is open for editing."""
    line = card.list.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    line.selectAll()
    qtbot.keyClicks(line, text)
    qtbot.keyClick(line, Qt.Key.Key_Return)


def test_a_line_adds_a_word(part: ListsSection, desk: Desk, qtbot: QtBot) -> None:
    line = part.sources.line
    qtbot.keyClicks(line, "WhatsApp")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    desk.settle()
    assert names(part.sources)[-1] == "WhatsApp" and line.text() == ""
    assert [item.name for item in business.choices(desk.book, "sources")][-1] == "WhatsApp"
    desk.undo()
    assert "WhatsApp" not in names(part.sources)


def test_a_word_that_is_there_is_refused_below_the_line(part: ListsSection, desk: Desk, qtbot: QtBot) -> None:
    line = part.sources.line
    qtbot.keyClicks(line, "referral")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert part.sources._why.text() == "“Referral” is in the list already. Nothing was saved."
    assert line.text() == "referral"
    qtbot.keyClicks(line, "s")
    assert part.sources._why.isHidden()


@pytest.mark.parametrize("key", [Qt.Key.Key_F2, Qt.Key.Key_Return])
def test_a_renamed_reason_keeps_its_meaning(part: ListsSection, desk: Desk, qtbot: QtBot, key: Qt.Key) -> None:
    card = part.reasons
    card.list.choose(card.model.rowCount() - 1)
    qtbot.keyClick(card.list, key)
    edit(card, qtbot, "Typed by error")
    desk.settle()
    last = business.all_choices(desk.book, "lost_reasons")[-1]
    assert (last.name, last.code) == ("Typed by error", "mistake")
    assert card.list.currentIndex().data() == "Typed by error"
    assert "Not counted" in card.list.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)


def test_alt_arrows_move_a_word_and_it_stays_chosen(part: ListsSection, desk: Desk, qtbot: QtBot) -> None:
    card, alt = part.sources, Qt.KeyboardModifier.AltModifier
    first, second, third = names(card)[:3]
    qtbot.keyClick(card.list, Qt.Key.Key_Down, alt)
    desk.settle()
    qtbot.keyClick(card.list, Qt.Key.Key_Down, alt)
    desk.settle()
    assert names(card)[:3] == [second, third, first]
    assert card.list.currentIndex().data() == first
    qtbot.keyClick(card.list, Qt.Key.Key_Up, alt)
    desk.settle()
    assert [item.name for item in business.choices(desk.book, "sources")][:3] == [second, first, third]
    desk.undo()
    assert names(card)[:3] == [second, third, first]


def test_the_first_does_not_move_up(part: ListsSection, desk: Desk, qtbot: QtBot) -> None:
    before = names(part.sources)
    qtbot.keyClick(part.sources.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    desk.settle()
    assert names(part.sources) == before and desk.bar.text() == ""
    assert not part.sources._tools["up"].isEnabled()


def test_delete_hides_and_again_shows(part: ListsSection, desk: Desk, qtbot: QtBot) -> None:
    card = part.sources
    first = names(card)[0]
    qtbot.keyClick(card.list, Qt.Key.Key_Delete)
    desk.settle()
    assert names(card)[0] == first and desk.bar.text() == f"Hidden: {first}"
    assert first not in [item.name for item in business.choices(desk.book, "sources")]
    qtbot.keyClick(card.list, Qt.Key.Key_Delete)
    desk.settle()
    assert first in [item.name for item in business.choices(desk.book, "sources")]


def test_ctrl_n_goes_to_the_line_of_the_list_in_use(part: ListsSection, qtbot: QtBot) -> None:
    part.reasons.list.setFocus()
    qtbot.keyClick(part.reasons.list, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.focusWidget() is part.reasons.line


def test_escape_in_an_open_word_restores_it_and_stays(part: ListsSection, desk: Desk, qtbot: QtBot) -> None:
    card = part.sources
    before = names(card)
    card.list.setFocus()
    qtbot.keyClick(card.list, Qt.Key.Key_F2)
    line = card.list.findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    qtbot.keyClicks(line, "x")
    with qtbot.assertNotEmitted(desk.panel.closed):
        qtbot.keyClick(line, Qt.Key.Key_Escape)
        desk.settle()
    assert names(card) == before
    with qtbot.waitSignal(desk.panel.closed):
        qtbot.keyClick(card.list, Qt.Key.Key_Escape)


def test_a_file_for_reading_is_not_changed(reading: Desk, qtbot: QtBot) -> None:
    reading.panel.show_section("lists")
    part = reading.panel.section()
    assert isinstance(part, ListsSection)
    card, before = part.sources, names(part.sources)
    for key in (Qt.Key.Key_F2, Qt.Key.Key_Delete):
        qtbot.keyClick(card.list, key)
    qtbot.keyClick(card.list, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert names(card) == before and card.list.findChild(QLineEdit) is None
    assert not card.line.isEnabled() and reading.bar.text() == ""


def test_the_model_is_a_good_one(part: ListsSection, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(part.sources.model)
