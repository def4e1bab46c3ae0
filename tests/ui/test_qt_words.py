"""Qt's own words speak the window's language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication, QCalendarWidget, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_crm import i18n
from desktop_crm.ui import qt_words, words


@pytest.fixture(autouse=True)
def malay(qapp: QApplication) -> Iterator[None]:
    words.set_language(i18n.language("ms"))
    qt_words.install(qapp)
    yield
    words.set_language(i18n.language("en"))


def menu(qtbot: QtBot) -> list[str]:
    box = QLineEdit("RM 12")
    qtbot.addWidget(box)
    return [action.text().split("\t")[0] for action in box.createStandardContextMenu().actions() if action.text()]


def test_the_menu_of_a_text_box(qtbot: QtBot) -> None:
    assert menu(qtbot) == ["Buat asal", "Buat semula", "Potong", "Salin", "Tampal", "Padam", "Pilih semua"]
    words.set_language(i18n.language("en"))
    assert menu(qtbot) == ["Undo", "Redo", "Cut", "Copy", "Paste", "Delete", "Select all"]


def test_what_is_not_listed_qt_says_itself(qapp: QApplication) -> None:
    assert QCoreApplication.translate("QShortcut", "Ctrl") == "Ctrl"


def test_it_is_installed_once(qapp: QApplication) -> None:
    qt_words.install(qapp)
    assert len(qapp.findChildren(qt_words.QtWords)) == 1


def test_a_calendar_names_its_months_in_the_language(qtbot: QtBot) -> None:
    calendar = QCalendarWidget()
    qtbot.addWidget(calendar)
    assert calendar.locale().monthName(12) == QLocale().monthName(12) == "Disember"
    assert calendar.firstDayOfWeek().name in ("Monday", "Sunday")
