"""Duplicates in the real window, by keys: warned of on entry, found, made one, undone; merged from the list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop_crm.app import Session
from desktop_crm.services import customers
from desktop_crm.services.book import Book
from desktop_crm.ui.customers.lookalike import Lookalike
from tests.books import dump, new_file
from tests.journeys.conftest import Keys


@pytest.fixture
def book(session: Session, rest: Callable[[], None], tmp_path: Path) -> Book:
    new_file(tmp_path / "shop.crm", name="Kedai Bukit")
    session.begin(tmp_path / "shop.crm")
    rest()
    made = session.window.book
    assert made is not None
    customers.add(made, {"name": "Seri Maju Sdn Bhd", "city": "Ipoh"}, phones=["012-345 6789"])
    rest()
    return made


def test_warned_on_entry_saved_and_made_one(session: Session, book: Book, press: Keys, rest: Callable[[], None],
                                            qtbot: QtBot) -> None:
    before = dump(book)
    press("Ctrl+N", "text:Seri Maju")
    page: Any = session.window.page("customers")
    page.card.pane.form.editor("phones").set_value((("", "+60 12 3456789"),))
    line = page.card.pane.findChild(Lookalike)
    with qtbot.waitSignal(line.looked):
        line.look()
    assert line.isVisible() and line.said.text() == "Looks like: Seri Maju Sdn Bhd (012-345 6789)"
    line.merge_button.click()
    rest()
    panel: Any = session.window.stack.currentWidget()
    assert panel.fields.hasFocus() and len(customers.list_ids(book)) == 2
    press("Return")
    assert customers.list_ids(book) == [1] and customers.card(book, 1).values["city"] == "Ipoh"
    press("Escape")
    assert session.window.stack.currentWidget() is page
    press("Ctrl+Z", "Ctrl+Z")
    assert dump(book) == before


def test_found_by_the_key_and_kept_apart(session: Session, book: Book, press: Keys, rest: Callable[[], None]) -> None:
    customers.add(book, {"name": "SERI MAJU"}, phones=["0123456789"])
    rest()
    before = dump(book)
    press("Ctrl+Shift+F")
    panel: Any = session.window.stack.currentWidget()
    assert panel.table.hasFocus() and panel.table.paged().rowCount() == 1
    press("Return", "Down", "Return")
    assert customers.list_ids(book) == [1]
    session.window.message_bar._action.click()
    rest()
    assert dump(book) == before and panel.table.paged().rowCount() == 1
    press("N")
    assert panel.table.paged().rowCount() == 0
    press("Ctrl+Z", "Escape")
    assert dump(book) == before and "duplicates" not in session.window.panels.open


def test_two_of_the_list_are_merged(session: Session, book: Book, press: Keys, rest: Callable[[], None]) -> None:
    customers.add(book, {"name": "Zainab"})
    rest()
    press("Ctrl+1", "Home", "Shift+Down")
    page: Any = session.window.page("customers")
    assert sorted(page.table.selected_ids()) == [1, 2]
    page.acts_on_many.merge_wanted.emit()
    rest()
    panel: Any = session.window.stack.currentWidget()
    assert panel.fields.hasFocus()
    press("K", "Return")
    assert customers.list_ids(book) == [2]
