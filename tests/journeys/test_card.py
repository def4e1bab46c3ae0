"""What is known of a customer, written down and changed by keys alone in the real window, and all of it undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtGui import QGuiApplication

from desktop_crm.app import Session
from desktop_crm.services import activities, customers
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


def test_what_was_said_is_logged_in_a_line_and_taken_back(session: Session, tmp_path: Path, rest: Rest,
                                                         press: Keys) -> None:
    made = new_book(tmp_path / "shop.crm")
    for name in ("Aminah", "Baba"):
        customers.add(made, {"name": name})
    made.close()
    session.open(tmp_path / "shop.crm")
    session.window.show()
    rest()
    book = session.window.book
    assert book is not None
    start = dump(book)

    press("Ctrl+1", "Home", "Down", "Ctrl+L", "text:called 12 min, wants tiles", "Return")
    press("text:note likes the blue ones", "Return")  # the line stays open for the next
    logged = activities.rows(book, activities.list_ids(book))
    assert {(row.customer_id, row.kind, row.minutes) for row in logged} == {(2, "call", 12), (2, "note", None)}
    end = dump(book)
    press("Ctrl+Z")
    assert session.window.message_bar.text().startswith("Undone: ") and len(activities.list_ids(book)) == 1
    press("Ctrl+Z")
    assert dump(book) == start
    press("Ctrl+Shift+Z", "Ctrl+Shift+Z")
    assert dump(book) == end
