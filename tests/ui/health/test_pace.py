"""The card of the adherence: what it says, and that it leads to the slow deals."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from desktop_crm.domain.adherence import Adherence, Usual
from desktop_crm.ui.health.pace import AdherenceCard


@pytest.fixture
def card(qtbot: QtBot) -> AdherenceCard:
    made = AdherenceCard()
    qtbot.addWidget(made)
    return made


def test_the_figure_with_what_it_is_of(card: AdherenceCard) -> None:
    card.show_adherence(Adherence(4, (7,), 2, (Usual("New", 7.0, 3), Usual("Offered", 2.5, 2))))
    assert card.value.text() == "50.0 %" and card.bar.isVisibleTo(card)
    assert card.opened.text().startswith("of 6 open deals: no longer in their stage")
    assert card.apart.text().startswith("2 of them cannot be compared")
    assert card.usual.text() == "Usual days of won deals: New 7 · Offered 2.5"
    spy = QSignalSpy(card.wanted)
    card.late.click()
    assert card.late.accessibleName() == "1 slow deal" and spy.count() == 1


def test_without_deals_it_is_not_there(card: AdherenceCard) -> None:
    card.show_adherence(Adherence())
    assert card.isHidden()
    card.show_adherence(Adherence(apart=1))
    assert not card.isHidden() and card.value.text() == "—" and not card.late.isVisibleTo(card)
