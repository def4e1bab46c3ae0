"""The panel: its sidebar, its keys, the way back."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFontMetrics, QKeySequence
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from desktop_crm import i18n
from desktop_crm.domain.changes import Changes
from desktop_crm.services import sellers
from desktop_crm.services.book import Book
from desktop_crm.ui import fonts, theme, words
from desktop_crm.ui.settings.records import RecordsSection
from tests.ui.settings.conftest import Desk


def test_the_sidebar_leads_by_arrow_keys_and_enter(desk: Desk, qtbot: QtBot) -> None:
    panel = desk.panel
    panel.setFocus()
    assert panel.sidebar.hasFocus() and panel.sidebar.current_key() == "business"
    qtbot.keyClick(panel.sidebar, Qt.Key.Key_Down)
    assert panel.section() is panel.section("papers")
    qtbot.keyClick(panel.sidebar, Qt.Key.Key_Down)
    assert panel.section() is panel.section("hours")
    qtbot.keyClick(panel.sidebar, Qt.Key.Key_Down)
    assert panel.section() is panel.section("sellers")
    qtbot.keyClick(panel.sidebar, Qt.Key.Key_Return)
    section = panel.section()
    assert isinstance(section, RecordsSection) and section.table.hasFocus()


def test_only_what_is_shown_is_loaded() -> None:
    said = ("import sys, desktop_crm.ui.settings.panel; "
            "print(*(name for name in sys.modules if name.startswith('desktop_crm.ui.settings.')))")
    run = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True, timeout=60)
    assert sorted(run.stdout.split()) == ["desktop_crm.ui.settings.panel", "desktop_crm.ui.settings.section"]


@pytest.mark.parametrize("code", ["en", "ta"])
def test_no_name_in_the_sidebar_is_cut(book: Book, make: Callable[[Book], Desk], code: str) -> None:
    words.set_language(i18n.language(code))
    panel = make(book).panel
    sidebar, model = panel.sidebar, panel.sidebar.model()
    names = [str(model.index(number, 0).data()) for number in range(1, model.rowCount())]
    cut = [name for name in names
           if QFontMetrics(fonts.strong_for(name)).horizontalAdvance(name) > sidebar.width() - theme.px(32)]
    assert len(names) == 18 and not cut


@pytest.mark.parametrize("key", ["business", "selling", "buyers", "privacy", "access", "encryption", "owner"])
def test_words_do_not_run_over_the_whole_of_a_wide_window(desk: Desk, key: str) -> None:
    desk.window.resize(1920, 1000)
    desk.panel.show_section(key)
    desk.settle()
    section = desk.panel.section()
    wrapped = [label for label in section.findChildren(QLabel) if label.wordWrap() and label.isVisible()]
    assert section.width() > theme.px(1500) and wrapped
    assert max(label.mapTo(section, label.rect().topRight()).x() for label in wrapped) < theme.px(760)


def test_escape_and_the_close_button_lead_back(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.panel.closed):
        qtbot.keyClick(desk.panel.sidebar, Qt.Key.Key_Escape)
    with qtbot.waitSignal(desk.panel.closed):
        qtbot.mouseClick(desk.panel.section()._close, Qt.MouseButton.LeftButton)


def test_the_panel_is_not_left_with_a_refused_form(desk: Desk, qtbot: QtBot) -> None:
    section = desk.panel.section()
    section.form.editor("name").setText("")  # type: ignore[attr-defined]
    with qtbot.assertNotEmitted(desk.panel.closed):
        qtbot.keyClick(desk.panel.sidebar, Qt.Key.Key_Escape)


def test_what_is_still_loading_is_forgotten_when_the_panel_closes(desk: Desk, qtbot: QtBot) -> None:
    section = desk.panel.section("sellers")
    assert isinstance(section, RecordsSection)
    desk.settle()
    sellers.add(desk.book, {"name": "Devi"})
    desk.panel.reload(Changes(1, "", {}, 1, {"sellers": None}))
    with qtbot.waitSignal(desk.panel.closed), qtbot.assertNotEmitted(section.model.modelReset):
        qtbot.keyClick(desk.panel.sidebar, Qt.Key.Key_Escape)
        desk.jobs.wait_all()


def test_counts_stand_in_the_sidebar_and_follow(desk: Desk) -> None:
    model = desk.panel.sidebar.model()

    def lines() -> list[str]:
        role = Qt.ItemDataRole.AccessibleTextRole
        return [str(model.index(row, 0).data(role) or "") for row in range(model.rowCount())]

    assert "Sellers 3" in lines() and "Products 2" in lines()
    sellers.add(desk.book, {"name": "Devi"})
    desk.settle()
    assert "Sellers 4" in lines()


def test_a_record_is_opened_from_elsewhere(desk: Desk) -> None:
    wanted = sellers.all_sellers(desk.book)[1]
    section = desk.panel.section("sellers")
    assert isinstance(section, RecordsSection)
    section.filter.setText("Mei")
    desk.settle()
    desk.panel.open("sellers", wanted.id)
    desk.settle()
    assert section.form.editor("name").text() == wanted.name == "Faridah"


def test_the_window_keeps_its_keys_but_those_that_the_panel_takes(desk: Desk, qtbot: QtBot) -> None:
    fired: list[str] = []
    for keys in ("Ctrl+N", "Ctrl+2"):
        action = QAction(desk.window, shortcut=QKeySequence(keys))
        action.triggered.connect(lambda _=False, keys=keys: fired.append(keys))
        desk.window.addAction(action)
    desk.panel.show_section("sellers")
    section = desk.panel.section()
    section.focus()
    for key in (Qt.Key.Key_N, Qt.Key.Key_2):
        qtbot.keyClick(section.focusWidget() or section, key, Qt.KeyboardModifier.ControlModifier)
    assert fired == ["Ctrl+2"]
    assert isinstance(section, RecordsSection) and section.form.editor("name").hasFocus()


def test_a_file_for_reading_says_so(reading: Desk) -> None:
    from desktop_crm.ui.widgets.labels import Dim

    shown = [label.text() for label in reading.panel.findChildren(Dim) if label.isVisible()]
    assert "This file is open for reading only, so nothing can be changed here." in shown
    assert all(not button.isEnabled() for button in reading.panel.section().findChildren(QPushButton))


def test_the_list_of_products_is_opened_from_elsewhere(desk: Desk) -> None:
    desk.panel.open("products", 0)
    desk.settle()
    section = desk.panel.section()
    assert isinstance(section, RecordsSection)
    assert desk.panel.current_key() == "products" and section.table.hasFocus()
