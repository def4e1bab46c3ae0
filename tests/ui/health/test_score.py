"""The score of the file's data in cards: nothing of it is cut in a language of longer words."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from desktop_crm import i18n
from desktop_crm.domain.data_health import WANTED, Gain, Health
from desktop_crm.ui import words
from desktop_crm.ui.health.score import ScoreCards


def test_what_would_raise_it_most_is_said_whole(qtbot: QtBot) -> None:
    words.set_language(i18n.language("ta"))
    cards = ScoreCards()
    qtbot.addWidget(cards)
    cards.show()
    for wanted in WANTED:
        cards.show_health(Health(date(2026, 11, 22), 75, 323, (Gain(wanted.key, 300, 343),), ()), [])
        QCoreApplication.processEvents()
        button = cards.gains[0]
        assert button.isVisible() and button.width() >= button.sizeHint().width(), button.text()
