from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.ui import theme
from desktop_crm.ui.widgets.chips import Badge, Chip, ChipGroup, CountBadge
from desktop_crm.ui.widgets.layout import row


def test_a_chip_toggles_by_keyboard(qtbot: QtBot) -> None:
    chip = Chip("Hot", count=1200)
    qtbot.addWidget(chip)
    chip.show()
    assert (chip.text(), chip.accessibleName(), chip.height()) == ("Hot 1,200", "Hot 1,200", theme.px(24))
    for key, on in ((Qt.Key.Key_Space, True), (Qt.Key.Key_Return, False), (Qt.Key.Key_Enter, True)):
        with qtbot.waitSignal(chip.toggled):
            qtbot.keyClick(chip, key)
        assert chip.isChecked() is on


def test_an_act_never_stays_pressed(qtbot: QtBot) -> None:
    chip = Chip("+ Filter", toggles=False)
    qtbot.addWidget(chip)
    with qtbot.waitSignal(chip.clicked):
        qtbot.keyClick(chip, Qt.Key.Key_Return)
    assert not chip.isChecked()


def test_a_menu_opens_by_the_down_key_and_leaves_the_state_to_its_owner(qtbot: QtBot) -> None:
    chip, menu = Chip("State"), QMenu()
    qtbot.addWidget(chip)
    qtbot.addWidget(menu)
    menu.addAction("Lead")
    chip.set_menu(menu)
    chip.show()
    qtbot.keyClick(chip, Qt.Key.Key_Down)
    qtbot.waitUntil(menu.isVisible)
    assert not chip.isChecked()
    menu.close()
    chip.setChecked(True)
    chip.set_label("State: Lead")
    assert chip.text() == "State: Lead"


def test_of_a_group_one_chip_is_on(qtbot: QtBot) -> None:
    board, listed = Chip("Board"), Chip("List")
    for chip in (board, listed):
        qtbot.addWidget(chip)
    group = ChipGroup([board, listed])
    board.setChecked(True)
    qtbot.mouseClick(listed, Qt.MouseButton.LeftButton)
    assert (board.isChecked(), listed.isChecked()) == (False, True)
    assert group.exclusive()


def test_arrow_keys_move_inside_a_group(qtbot: QtBot) -> None:
    panel, board, listed = QWidget(), Chip("Board"), Chip("List")
    qtbot.addWidget(panel)
    panel.setLayout(row(board, listed))
    ChipGroup([board, listed], panel)
    board.setChecked(True)
    panel.show()
    board.setFocus()
    qtbot.waitUntil(board.hasFocus)
    qtbot.keyClick(board, Qt.Key.Key_Right)
    assert listed.hasFocus() and listed.isChecked()


def test_a_badge_says_its_state_in_a_word_and_a_tone(qtbot: QtBot) -> None:
    badge = Badge("Hot", "bad")
    qtbot.addWidget(badge)
    badge.set_state("Customer", "good")
    badge.show()
    image = badge.grab().toImage()
    assert badge.text() == "Customer"
    assert image.pixelColor(image.width() // 2, 2) == theme.color("good_soft")


def test_a_count_is_written_in_the_users_way(qtbot: QtBot) -> None:
    badge = CountBadge(12345)
    qtbot.addWidget(badge)
    badge.set_active(True)
    assert badge.text() == "12,345"
    assert badge.property("tone") == "accent"
