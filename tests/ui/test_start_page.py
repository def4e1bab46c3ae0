"""The welcome, and why a file could not be opened: sentences of any length, whole."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop_crm import i18n
from desktop_crm.ui import words
from desktop_crm.ui.start_page import StartPage


def cut(page: StartPage) -> list[str]:
    """The sentences that have less height than they need."""
    QApplication.processEvents()
    labels = [label for label in page.findChildren(QLabel) if label.isVisible() and label.wordWrap()]
    assert any(label.text() for label in labels)
    return [label.text() for label in labels if label.height() < label.heightForWidth(label.width())]


@pytest.mark.parametrize("code", sorted(i18n.LANGUAGES))
def test_the_greeting_is_whole_in_every_language(qtbot: QtBot, code: str) -> None:
    words.set_language(i18n.language(code))
    page = StartPage()
    qtbot.addWidget(page)
    page.resize(1366, 694)
    page.show()
    page.welcome()
    assert cut(page) == []


def test_a_long_refusal_is_whole(qtbot: QtBot) -> None:
    page = StartPage()
    qtbot.addWidget(page)
    page.resize(1366, 694)
    page.show()
    page.refused("This file is damaged and was left as it is. " * 8)
    assert cut(page) == []
