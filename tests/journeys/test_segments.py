"""A filter made by keys alone in the real window, saved as a segment, seen by the command line, and undone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_crm import cli
from desktop_crm.app import Session
from desktop_crm.services import customers, segments
from tests.books import dump, new_book
from tests.journeys.conftest import Keys, Qt

Rest = Callable[[], None]


def test_a_filter_is_built_by_keyboard_and_saved(session: Session, tmp_path: Path, rest: Rest, press: Keys,
                                                 capsys: pytest.CaptureFixture[str]) -> None:
    made = new_book(tmp_path / "shop.crm")
    for name, region in (("Aminah", "Johor"), ("Bala", "Perak"), ("Chin", "Johor Bahru")):
        customers.add(made, {"name": name, "region": region})
    made.close()
    session.open(tmp_path / "shop.crm")
    session.window.show()
    rest()
    book = session.window.book
    assert book is not None
    start = dump(book)

    press("Ctrl+1", "Ctrl+Shift+K", "text:reg", "Tab", "Tab", "text:johor", "Esc")
    page = session.window.page("customers")
    assert page.model.ids() == [1, 3]  # type: ignore[attr-defined]
    press("Ctrl+K", "text:save the filter as", "Return")
    QTest.keyClicks(QApplication.focusWidget(), "South")  # a window of its own asks for the name
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    rest()
    assert [segment.name for segment in segments.saved(book)] == ["South"]
    capsys.readouterr()
    assert cli.main(["list", str(tmp_path / "shop.crm"), "customers", "--segment", "South", "--json"]) == 0
    assert [row["name"] for row in json.loads(capsys.readouterr().out)] == ["Aminah", "Chin"]
    press("Ctrl+Z")
    assert dump(book) == start
