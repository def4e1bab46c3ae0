"""A newcomer's own file, by keys: the interview comes by itself, goes with Escape, and comes back when it is wanted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pytestqt.qtbot import QtBot

from desktop_crm.app import Session
from desktop_crm.services import custom_fields, deals
from tests.books import dump
from tests.journeys.conftest import Keys


def test_offered_left_found_again_accepted_and_undone(session: Session, qtbot: QtBot, rest: Callable[[], None],
                                                     press: Keys) -> None:
    session.begin(None)
    window = session.window
    qtbot.waitUntil(lambda: window.stack.currentWidget() is window.start_page)
    window.start_page._buttons[1][0].setFocus()
    press("Return")
    book = window.book
    assert book is not None and book.path.name == "My business.crm"
    assert window.stack.currentWidget() is window.panels.open["setup"]
    before = dump(book)
    press("Escape")
    assert window.stack.currentWidget() is window.page("customers") and dump(book) == before
    press("Ctrl+K", "text:set up how", "Return", "Down")
    panel: Any = window.stack.currentWidget()
    assert panel.questions.sells.value() == "services"
    press("Tab", "Return")  # Enter on an answer chooses it, Enter anywhere else accepts
    assert [stage.name for stage in deals.all_pipelines(book)[0].open_stages] == ["Enquiry", "Appointment made",
                                                                                 "Price told", "Agreed"]
    assert len(custom_fields.every(book)) == 14 and window.stack.currentWidget() is window.page("customers")
    press("Ctrl+Z")
    assert dump(book) == before
    press("Ctrl+K", "text:edit pipelines", "Return")
    board: Any = window.page("deals")
    assert window.stack.currentWidget() is board and board.editor.choice.hasFocus()
