"""The whole window on a real file, driven by keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm import i18n, settings
from desktop_crm.app import Session
from desktop_crm.services.book import Book
from desktop_crm.ui import words
from tests.books import new_file

Keys = Callable[..., None]


@pytest.fixture
def session(qapp: QApplication, home: Path) -> Iterator[Session]:
    made = Session(qapp, settings.Settings(language="en", scheme="light"))
    yield made
    made.window.close()
    made.window.deleteLater()
    words.set_language(i18n.language("en"))


@pytest.fixture
def rest(session: Session, qtbot: QtBot) -> Callable[[], None]:
    """Wait until no slow work is under way and what was committed has been shown."""
    def waited() -> None:
        for _ in range(4):
            QApplication.processEvents()
            session.window.jobs.wait_all()
        QApplication.processEvents()
    return waited


@pytest.fixture
def press(session: Session, rest: Callable[[], None], qtbot: QtBot) -> Keys:
    """Press keys, as "Ctrl+N", or type a text, where the focus is."""
    def pressed(*what: str) -> None:
        for item in what:
            if not session.window.isActiveWindow():  # a screen without a window manager waits to be asked
                session.window.activateWindow()
                qtbot.waitUntil(session.window.isActiveWindow)
            assert item.isascii(), "QTest ends the whole process at any other letter"
            target = focus(session)
            if item.startswith("text:"):
                QTest.keyClicks(target, item.removeprefix("text:"))
            else:
                QTest.keySequence(target, item)
            rest()
    return pressed


def focus(session: Session) -> QWidget:
    """The widget that has the focus, or the window."""
    return session.window.focusWidget() or session.window


def shown(session: Session) -> list[str]:
    """Every text of the labels that are to be seen."""
    from PySide6.QtWidgets import QLabel

    return [label.text() for label in session.window.findChildren(QLabel) if label.isVisible()]


__all__ = ["Keys", "Qt", "focus", "shown"]


@pytest.fixture
def opened(session: Session, tmp_path: Path, rest: Callable[[], None]) -> Book:
    """A new business file, open in the window."""
    path = tmp_path / "shop.crm"
    new_file(path, name="Kedai")
    session.open(path)
    session.window.show()
    rest()
    assert session.window.book is not None
    return session.window.book
