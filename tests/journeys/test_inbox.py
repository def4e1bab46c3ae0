"""The inbox in the real window, by keys: a request written down, answered, put aside, taken back; an e-mail dropped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from desktop_crm.app import Session
from desktop_crm.services import inbox
from tests.books import dump, new_file
from tests.journeys.conftest import Keys


def test_a_request_by_keys(session: Session, rest: Callable[[], None], press: Keys, tmp_path: Path) -> None:
    new_file(tmp_path / "shop.crm", name="Kedai Bukit")
    session.begin(tmp_path / "shop.crm")
    rest()
    window = session.window
    book = window.book
    assert book is not None
    before = dump(book)
    press("F8", "Ctrl+N", "text:Siti Aminah", "Tab", "text:012-345 6789", "Tab", "text:20 chairs", "Return")
    row, = inbox.rows(book, inbox.list_ids(book))
    assert (row.name, row.phone, row.text, row.source) == ("Siti Aminah", "012-345 6789", "20 chairs", "Walk-in")
    panel: Any = window.stack.currentWidget()
    assert panel.section("inbox").table.hasFocus()
    press("L")
    assert inbox.list_ids(book) == []
    press("Ctrl+Z")
    assert inbox.list_ids(book) == [row.id]
    press("Del")
    assert inbox.list_ids(book) == []
    press("Ctrl+Z", "Ctrl+Z")
    assert dump(book) == before
    press("Escape")
    assert "leads" not in window.panels.open
    mail = tmp_path / "a.eml"
    mail.write_text("From: Raj <raj@x.my>\nSubject: a fence\n\nplease")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(mail))])
    window.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                                Qt.KeyboardModifier.NoModifier))
    rest()
    assert [row.name for row in inbox.rows(book, inbox.list_ids(book))] == ["Raj"]
    assert panel is not window.stack.currentWidget() and "leads" in window.panels.open
