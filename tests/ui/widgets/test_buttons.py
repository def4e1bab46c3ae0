from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_crm import i18n
from desktop_crm.ui import theme, words
from desktop_crm.ui.widgets.buttons import Button, IconButton, PrimaryButton
from desktop_crm.ui.widgets.layout import row


def test_an_ampersand_is_shown(qtbot: QtBot) -> None:
    button = Button("Aminah & Sons")
    qtbot.addWidget(button)
    assert button.text() == "Aminah && Sons"
    assert button.accessibleName() == "Aminah & Sons"


def test_buttons_are_thirty_two_pixels_high(qtbot: QtBot) -> None:
    for button in (Button("Print", "print"), PrimaryButton("New", "plus"), IconButton("undo", "Undo")):
        qtbot.addWidget(button)
        button.show()
        assert button.height() == button.sizeHint().height() == theme.px(32) or isinstance(button, IconButton)
    assert IconButton("undo", "Undo").height() == theme.px(32)


def test_a_number_keeps_its_order_in_a_mirrored_window(qtbot: QtBot) -> None:
    words.set_language(i18n.language("ar"))
    button = Button("+886 2 2771 0094", "phone")
    qtbot.addWidget(button)
    assert "\u2066+886 2 2771 0094\u2069" in button.text()
    assert button.accessibleName() == "+886 2 2771 0094"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_every_button_is_pressed_by_enter_as_by_space(qtbot: QtBot, key: Qt.Key) -> None:
    pressed = list[object]()
    for button in (Button("Print", "print"), PrimaryButton("New", "plus"), IconButton("close", "Close")):
        qtbot.addWidget(button)
        button.clicked.connect(lambda _=False, button=button: pressed.append(button))
        qtbot.keyClick(button, key)
        assert pressed == [button]
        pressed.clear()


def test_an_icon_button_follows_its_act(qtbot: QtBot) -> None:
    action = QAction("&Undo")
    action.setShortcut(QKeySequence("Ctrl+Z"))
    done: list[bool] = []
    action.triggered.connect(lambda: done.append(True))
    button = IconButton("undo", "")
    qtbot.addWidget(button)
    button.follow(action)
    assert (button.accessibleName(), button.toolTip()) == ("Undo", "Undo (Ctrl+Z)")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    action.setEnabled(False)
    action.setText("Undo: Log call")
    assert (done, button.isEnabled(), button.accessibleName()) == ([True], False, "Undo: Log call")


def test_the_focus_has_one_ring(qtbot: QtBot) -> None:
    window, first, button = QWidget(), Button("Snooze"), Button("Done", "check")
    window.setLayout(row(first, button))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    first.setFocus()
    qtbot.waitUntil(first.hasFocus)
    qtbot.keyClick(first, Qt.Key.Key_Tab)  # only who comes by a key sees Qt's own frame
    qtbot.waitUntil(button.hasFocus)
    image = button.grab().toImage()
    above_the_words = {image.pixelColor(x, 4).name() for x in range(8, button.width() - 8)}
    assert len(above_the_words) == 1, "Qt's own frame stood inside the ring"


@pytest.mark.parametrize("kind", ["plain", "quiet", "danger"])
def test_a_button_that_does_nothing_now_looks_so(qtbot: QtBot, kind: str) -> None:
    button = Button("Remove", kind=kind)
    qtbot.addWidget(button)
    button.show()
    for enabled in (True, False):
        button.setEnabled(enabled)
        picture = button.grab().toImage()
        seen = {picture.pixelColor(x, y).name() for x in range(8, picture.width() - 8) for y in range(6, 26)}
        assert (theme.color("input_border").name() in seen) is not enabled
