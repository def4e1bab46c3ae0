"""A lead is scored, ticked and converted by keys alone, and Ctrl+Z makes it a lead again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from desktop_crm.app import Session
from desktop_crm.services import checklists, customers, deals, scoring
from desktop_crm.services.book import Book
from tests.books import dump
from tests.journeys.conftest import Keys


def test_a_lead_is_converted_and_it_is_undone(session: Session, opened: Book, press: Keys,
                                              rest: Callable[[], None], qtbot: QtBot) -> None:
    book = opened
    lead = customers.add(book, {"name": "Nur Aisyah", "kind": "person", "starred": True}, phones=["012-345 6789"])
    checklists.add(book, "sales", "Budget")
    scoring.suggest(book)
    rest()
    page = session.window.page("customers")
    page.card.lead.lists["sales"].setFocus()
    press("Return")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Space):
        qtbot.keyClick(menu, key)
    menu.close()
    rest()
    assert checklists.standing(book, lead)["sales"].complete
    before = dump(book)
    press("Ctrl+1", "Ctrl+G")
    rest()
    qtbot.keyClicks(QApplication.focusWidget(), "Maju Sdn Bhd")
    for _ in range(3):  # past the customer and the contact, who is filled in
        press("Tab")
    qtbot.keyClicks(QApplication.focusWidget(), "Buyer")
    press("Tab")
    qtbot.keyClicks(QApplication.focusWidget(), "Showroom")
    press("Tab")
    qtbot.keyClicks(QApplication.focusWidget(), "1200")
    press("Return")
    rest()
    card = customers.card(book, lead)
    (person,) = card.contacts
    assert (card.values["name"], person.name, person.role) == ("Maju Sdn Bhd", "Nur Aisyah", "Buyer")
    assert [(row.name, row.amount) for row in deals.rows(book, deals.list_ids(book))] == [("Showroom", 120_000)]
    assert session.window.message_bar.text() == "“Maju Sdn Bhd” is a customer now."
    press("Ctrl+Z")
    rest()
    assert dump(book) == before
