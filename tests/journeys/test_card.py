"""What is known of a customer, written down and changed by keys alone in the real window, and all of it undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication

from desktop_crm.app import Session
from desktop_crm.services import customers
from tests.books import dump, new_book
from tests.journeys.conftest import Keys, focus

Rest = Callable[[], None]


def test_a_card_is_filled_by_keyboard_and_emptied_by_undo(session: Session, tmp_path: Path, rest: Rest,
                                                          press: Keys) -> None:
    made = new_book(tmp_path / "shop.crm")
    customers.add(made, {"name": "Kedai Ah Meng"}, phones=["012-345 6789"])
    made.close()
    session.open(tmp_path / "shop.crm")
    session.window.show()
    rest()
    book = session.window.book
    assert book is not None
    start = dump(book)

    press("Ctrl+1", "Ctrl+B", "text:line @ahmeng", "Return", "text:ahmeng.example.com (Shop)", "Return")
    press("Tab", "Down", "Down", "Down")  # into the list: the heading, then the three ways
    press("P", "Ctrl+Up")
    card = customers.card(book, 1)
    assert [(way.kind, way.preferred) for way in card.channels] == (
        [("phone", False), ("web", True), ("line", False)])
    press("Ctrl+E")
    assert focus(session).text() == "Kedai Ah Meng"  # type: ignore[attr-defined]  # the line of the name
    press("Esc", "Ctrl+Z", "Ctrl+Z", "Ctrl+Z", "Ctrl+Z")
    assert dump(book) == start


def test_a_pasted_signature_opens_the_card(session: Session, tmp_path: Path, rest: Rest, press: Keys) -> None:
    made = new_book(tmp_path / "shop.crm")
    customers.add(made, {"name": "Kedai Ah Meng"}, phones=["012-345 6789"])
    customers.add(made, {"name": "Bukit Tiles"})
    made.close()
    session.open(tmp_path / "shop.crm")
    session.window.show()
    rest()
    QGuiApplication.clipboard().setText("Best regards,\nMeng\nH/P: +60 12-345 6789 (mobile)\nwww.ahmeng.example\n")
    press("Ctrl+2", "Ctrl+K", "Ctrl+V", "Return")
    page: Any = session.window.page("customers")
    assert session.window.stack.currentWidget() is page
    assert page.card.customer == 1
