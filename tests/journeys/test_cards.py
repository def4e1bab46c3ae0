"""A phone's contacts come in by Enter alone, leave again by Ctrl+Shift+E, and one undo takes them back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from desktop_crm.app import Session
from desktop_crm.readers.vcards import read
from desktop_crm.services import customers, listing
from desktop_crm.services.book import Book
from tests.journeys.conftest import Keys

CARDS = """BEGIN:VCARD
VERSION:3.0
FN:陳美玲
ORG:小明科技有限公司
TEL;TYPE=CELL:0912-345-678
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:ரவி குமார்
TEL;TYPE=HOME:012-345 6789
END:VCARD
"""


@pytest.fixture
def window(session: Session, opened: Book) -> Session:
    return session


def test_cards_in_out_and_back(window: Session, press: Keys, rest: Callable[[], None], qtbot: QtBot,
                               tmp_path: Path) -> None:
    book = window.window.book
    assert book is not None
    file = tmp_path / "phone.vcf"
    file.write_text(CARDS, encoding="utf-8")
    window.window.panels.bring_in(str(file))
    rest()
    for _ in range(5):  # what it is, columns, check, import, done: to the tab
        press("Return")
    assert {row["name"] for row in listing.rows(book, "customers")} == {"小明科技有限公司", "ரவி குமார்"}
    assert [row["phones"] for row in listing.rows(book, "contacts")] == [["0912-345-678"]]
    press("Ctrl+1")
    press("Ctrl+Shift+E")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    qtbot.keyClick(menu, "\r")
    dialog = next(item for item in window.window.findChildren(QFileDialog) if item.isVisible())
    dialog.fileSelected.emit(str(tmp_path / "out.vcf"))
    dialog.close()
    rest()
    assert {card.name for card in read(tmp_path / "out.vcf")[0].whole.values()} == {
        "小明科技有限公司", "ரவி குமார்"}
    assert window.window.message_bar.text() == "Written: out.vcf (2)"
    press("Ctrl+Z")
    assert customers.list_ids(book) == []
