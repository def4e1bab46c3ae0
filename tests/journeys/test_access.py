"""A locked file over a whole run of the program: opened, unlocked, its language changed, left without the password."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_crm.app import Session
from desktop_crm.services import access, customers, history, sellers
from tests.books import new_book
from tests.journeys.conftest import Keys

Rest = Callable[[], None]


@pytest.fixture
def path(tmp_path: Path, quick_pins: None) -> Path:
    book = new_book(tmp_path / "shop.crm")
    sellers.add(book, {"name": "Ana"})
    access.set_pin(book, 1, "4829")
    access.set_lock(book, 5, "correct horse")
    book.close()
    return tmp_path / "shop.crm"


def test_the_password_is_asked_once_and_the_work_bears_a_name(session: Session, path: Path, rest: Rest,
                                                              press: Keys) -> None:
    session.window.show()
    session.open(path)
    rest()
    book = session.window.book
    assert book is not None and session.window.access.lock.locked
    press("text:correct horse", "Return")
    press("F9", "Down", "Return", "text:4829", "Return", "Ctrl+N", "text:Kedai Ah Meng", "Return")
    act = history.acts(book, book.language)[-1]
    assert (act.actor, len(customers.list_ids(book))) == ("Ana", 1)
    session._look("language", "ms")
    rest()
    assert not session.window.access.lock.locked and book.actor == "Ana", "another language asks nothing again"
    press("F12")
    assert session.window.access.lock.locked
    session.window.access.lock.cover._leave.click()
    rest()
    assert session.window.book is None and not session.window.access.lock.locked
    assert session.window.stack.currentWidget() is session.window.start_page
    session.open(path)
    rest()
    assert session.window.access.lock.locked
    press("text:correct horse", "Return")
    assert session.window.access.working.panel.pin.hasFocus(), "who worked last is asked for the PIN"
    press("text:4829", "Return")
    assert session.window.book is not None and session.window.book.actor == "Ana"
