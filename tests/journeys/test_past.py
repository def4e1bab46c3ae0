"""As on a date in the real window, by keys: a day in words, its card, and back by Escape or by finding a record."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop_crm import paths
from desktop_crm.app import Session
from desktop_crm.services import customers, starting
from desktop_crm.services.book import open_book
from desktop_crm.storage import unit_of_work
from desktop_crm.storage.shapes import INSTANT
from tests.books import dump
from tests.journeys.conftest import Keys, shown


def test_look_at_a_past_day_and_come_back(session: Session, rest: Callable[[], None], press: Keys, tmp_path: Path,
                                          monkeypatch: pytest.MonkeyPatch) -> None:
    early = datetime.now(UTC) - timedelta(21)
    with monkeypatch.context() as then:
        then.setattr(unit_of_work, "_now", lambda: early.strftime(INSTANT))
        starting.create(tmp_path / "shop.crm", name="Kedai Bukit").close()
        with closing(open_book(tmp_path / "shop.crm", clock=lambda: early)) as book:
            customers.add(book, {"name": "Aminah"})
    session.begin(tmp_path / "shop.crm")
    rest()
    book = session.window.book
    assert book is not None
    customers.edit(book, 1, {"name": "Aminah Enterprise"})
    customers.add(book, {"name": "Siti"})
    rest()
    before = dump(book)
    press("Ctrl+H", "text:2 weeks ago", "Return")
    panel: Any = session.window.stack.currentWidget()
    panel.wait()
    rest()
    assert panel.then.day == book.today() - timedelta(14) and any("reading only" in text for text in shown(session))
    page = panel.stack.currentWidget()
    assert page.model.rowCount() == 1 and page.card.head.name.value() == "Aminah"
    press("Ctrl+Z")
    assert dump(book) == before, "undo is of today, and waits until one is back there"
    press("F1", "Escape")
    assert session.window.stack.currentWidget() is panel, "help lies over the past, and leads back to it"
    press("Escape")
    assert session.window.stack.currentWidget() is session.window.page("customers")
    assert session.window.page("customers").model.rowCount() == 2  # type: ignore[attr-defined]
    press("Ctrl+H", "text:yesterday", "Return")
    press("Ctrl+K", "text:Siti", "Return")
    assert session.window.stack.currentWidget() is session.window.page("customers")
    assert "past" not in session.window.panels.open and not list((paths.cache() / "past").iterdir())
    press("Ctrl+H", "text:yesterday", "Return")
    assert list((paths.cache() / "past").glob("*.crm"))
    session.window.take_book()
    assert not list((paths.cache() / "past").iterdir()), "a file that is closed takes its past with it"
    book.close()
