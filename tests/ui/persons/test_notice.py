"""The privacy notice in the window: looked at, in another language, after a change, written; several erased."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop_crm.domain.errors import NotFound
from desktop_crm.services import business, contacts, customers
from desktop_crm.services.book import Book
from desktop_crm.settings import Settings
from desktop_crm.ui.persons.notice import NoticePanel
from tests.books import new_book
from tests.ui.rooms import PanelRoom

Room = PanelRoom[NoticePanel]


@pytest.fixture
def book(tmp_path: Path, home: Path) -> Iterator[Book]:
    made = new_book(tmp_path / "shop.crm", name="Kedai Bukit")
    customers.add(made, {"name": "Aminah", "language": "ms"}, phones=["012-345 6789"])
    contacts.add(made, {"name": "Ali"})
    yield made
    made.close()


@pytest.fixture
def room(book: Book, tmp_path: Path, qtbot: QtBot) -> Iterator[Room]:
    made = PanelRoom(book, tmp_path, qtbot, partial(NoticePanel, settings=Settings()))
    yield made
    made.jobs.close()


def _written(room: Room, path: Path) -> str:
    paper = room.panel.paper._paper
    assert paper is not None
    room.panel.paper._write(paper, path, quiet=True)
    room.rest()
    return pypdf.PdfReader(path).pages[0].extract_text()


def test_for_everybody_and_what_is_not_set(book: Book, room: Room, tmp_path: Path) -> None:
    room.panel.show_notice()
    room.rest()
    assert "no legal advice" in room.panel.advice.text()
    assert room.panel.lacking.text() == ("Not on it, for it is not set: your address, your phone or e-mail, your "
                                         "registration number, how long people are kept.")
    assert room.panel.paper.title.text() == "Privacy notice" and room.panel.paper.print.isEnabled()
    assert "legal advice" not in _written(room, tmp_path / "one.pdf")
    business.set_business(book, {"address": "1 Jalan Ali", "email": "kedai@bukit.my", "registration": "2020",
                                 "keep_years": "7"})
    room.rest()
    assert not room.panel.lacking.isVisible()
    assert "1 Jalan Ali" in _written(room, tmp_path / "two.pdf")


def test_for_one_person_in_their_language_or_another(book: Book, room: Room, tmp_path: Path) -> None:
    room.panel.show_notice(1)
    room.rest()
    assert room.panel.paper.title.text() == "Privacy notice Aminah" and room.panel.language.value() == "ms"
    paper = room.panel.paper._paper
    assert paper is not None and paper.file == "Privacy notice Aminah.pdf" and paper.make()[1].code == "ms"
    room.panel.language.setFocus()
    QTest.keyClick(room.panel.language, Qt.Key.Key_Home)
    room.panel.language.activated.emit(0)
    room.rest()
    assert room.panel.language.value() == "en"
    assert "What is held about you" in _written(room, tmp_path / "one.pdf")
    room.panel.show_notice(1, "contacts")
    room.rest()
    assert room.panel.paper.title.text() == "Privacy notice Ali"
    with pytest.raises(NotFound):
        room.panel.show_notice(99)


def test_escape_leads_back_and_the_button_to_the_settings(room: Room, qtbot: QtBot) -> None:
    room.panel.show_notice()
    room.rest()
    with qtbot.waitSignal(room.panel.settings_wanted):
        room.panel.set_up.click()
    with qtbot.waitSignal(room.panel.closed):
        QTest.keyClick(room.panel.paper, Qt.Key.Key_Escape)
