"""A person is erased in the real window by keys, and everything held about them is written before."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from desktop_crm import settings
from desktop_crm.app import Session
from desktop_crm.services import contacts, customers, safety
from desktop_crm.services.book import Book
from desktop_crm.ui.persons.panel import ErasePanel
from tests.books import new_file
from tests.canaries import NAME, found_in, plant
from tests.journeys.conftest import Keys, focus

Rest = Callable[[], None]


@pytest.fixture
def book(session: Session, rest: Rest, tmp_path: Path) -> Book:
    """The shop with its person, open in the window, and one backup of it."""
    new_file(tmp_path / "shop.crm", name="Kedai Bukit")
    session.begin(tmp_path / "shop.crm")
    rest()
    made = session.window.book
    assert made is not None
    plant(made)
    safety.back_up(made)
    rest()
    session.window.open_record("customers", 2)
    rest()
    return made


def _panel(session: Session) -> ErasePanel:
    panel = session.window.stack.currentWidget()
    assert isinstance(panel, ErasePanel)
    return panel


def _palette(session: Session, press: Keys, act: str) -> None:
    press("Ctrl+K", f"text:{act}", "Return")


def test_erased_by_keys(session: Session, book: Book, press: Keys, rest: Rest, tmp_path: Path) -> None:
    _palette(session, press, "Erase this person")
    panel = _panel(session)
    assert panel.title.text() == f"Erase {NAME}" and focus(session) is panel.name
    assert "These go: 1 contact, 4 e-mails and phones" in panel.what.text()
    assert "as “Erased customer 1”, so that past sums stay equal" in panel.what.text()
    assert "1 backup will be rewritten" in panel.what.text()
    assert "Undo ends here" in panel.warning.text()
    press("text:zarina", "Return")
    assert panel.state.text() == "This is not the name. Nothing is erased." and not panel.erase.isEnabled()
    press("text: qbxname")
    assert panel.erase.isEnabled()
    press("Return")
    said = session.window.message_bar.text()
    assert said == "Erased: what stays is called “Erased customer 1”. 1 backup was rewritten without them."
    assert session.window.stack.currentWidget() is session.window.page("customers")
    assert customers.rows(book, [2])[0].name == "Erased customer 1"
    page: Any = session.window.page("customers")
    assert page.card.head.name.value() == "Erased customer 1"
    assert not session.window.actions_.get("undo").isEnabled()
    settings.save(session.preferences)
    assert found_in(tmp_path) == set()
    assert safety.check(book) == []


def test_a_contact_person_is_erased_from_their_line(session: Session, book: Book, press: Keys, rest: Rest) -> None:
    contact = contacts.add(book, {"name": "Encik Zainal", "customer_id": 2}, phones=["019-222 3334"])
    rest()
    page: Any = session.window.page("customers")
    page.card.sections.show_section("contacts")
    rest()
    view = page.card.sections.view
    view.setFocus()
    press("Home", "Down")
    while view.current() is None or view.current().id != contact:
        press("Down")
    place = view.visualRect(view.currentIndex()).center()
    QApplication.postEvent(view.viewport(), QContextMenuEvent(
        QContextMenuEvent.Reason.Keyboard, place, view.viewport().mapToGlobal(place)))
    rest()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(act for act in menu.actions() if act.text() == "Erase this person…").trigger()
    menu.close()
    rest()
    panel = _panel(session)
    assert panel.title.text() == "Erase Encik Zainal"
    press("text:encik zainal", "Return")
    assert contacts.list_ids(book, search="zainal") == [] and customers.rows(book, [2])[0].name == NAME


def test_escape_erases_nobody(session: Session, book: Book, press: Keys, rest: Rest) -> None:
    session.window.act("erase:2")
    rest()
    press(f"text:{NAME}", "Escape")
    assert customers.rows(book, [2])[0].name == NAME
    assert session.window.stack.currentWidget() is session.window.page("customers")


def test_a_backup_that_cannot_be_is_told_in_place(session: Session, book: Book, press: Keys, rest: Rest) -> None:
    made = Path(safety.backups(book.path)[0].path)
    made.write_bytes(made.read_bytes()[:9000])
    session.window.act("erase:2")
    rest()
    press(f"text:{NAME}", "Return")
    panel = _panel(session)
    assert made.name in panel.warning.text() and panel.title.text() == "Erased customer 1"
    assert focus(session) is panel.leave and NAME not in panel.ask.text()
    press("Return")
    assert session.window.stack.currentWidget() is session.window.page("customers")


def test_while_a_backup_is_taken_it_waits(session: Session, book: Book, press: Keys, rest: Rest,
                                          monkeypatch: pytest.MonkeyPatch) -> None:
    session.window.act("erase:2")
    rest()
    monkeypatch.setattr(type(session.window.safekeeping._work), "busy", True)
    press(f"text:{NAME}", "Return")
    assert _panel(session).state.text() == "A backup is being taken right now. Try again in a moment."
    assert customers.rows(book, [2])[0].name == NAME


def test_everything_held_by_keys(session: Session, book: Book, press: Keys, rest: Rest, tmp_path: Path) -> None:
    _palette(session, press, "Everything held about")
    dialog = session.window.findChild(QFileDialog)
    assert dialog is not None
    dialog.fileSelected.emit(str(tmp_path))
    dialog.reject()
    rest()
    folder = tmp_path / f"Held about {NAME}"
    assert json.loads((folder / "data.json").read_text(encoding="utf-8"))["person"]["name"] == NAME
    assert (folder / "report.pdf").read_bytes().startswith(b"%PDF")
    assert session.window.message_bar.text() == f"Written: Held about {NAME}"
