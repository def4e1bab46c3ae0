"""Words that mean something, rows with their ticks, changes before they are done: by keys, in the wizard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_crm.services import importing
from desktop_crm.services.book import Book
from desktop_crm.ui.importing.panel import CHECK, DONE, ImportPanel
from desktop_crm.ui.importing.words_table import MEANS
from tests.books import dump
from tests.ui.importing.test_panel import names, press, taken, to_check, to_columns

HEADINGS = "Lead ID,First Name,Last Name,Company,Email,Phone,City,Lead Source,Status\n"
OLD = HEADINGS + "L1,Siti,Ali,,s@x.my,012-345 6789,Ipoh,Web,New\n"
NEW = HEADINGS + ("L1,Siti,Ali,,s@x.my,013-999 8888,Johor,Web,New\nL2,Abu,Bakar,,not one,,Ipoh,Web,Kawan\n"
                  "L3,Lim,Ah Kow,,l@x.my,,Ipoh,Web,Kawan\n")


@pytest.fixture
def leads(tmp_path: Path, book: Book) -> Path:
    old, new = tmp_path / "old.csv", tmp_path / "leads.csv"
    old.write_text(OLD, encoding="utf-8")
    new.write_text(NEW, encoding="utf-8")
    importing.run(book, old, "customers")
    return new


def test_the_program_that_wrote_the_file_is_named(qtbot: QtBot, panel: ImportPanel, leads: Path) -> None:
    taken(qtbot, panel, leads)
    assert panel.kind.shape.text() == "This is an export of Salesforce, leads."


def test_a_word_is_given_its_meaning_by_keys(qtbot: QtBot, panel: ImportPanel, book: Book, leads: Path) -> None:
    to_columns(qtbot, panel, leads)
    panel.columns.words_chip.click()
    table, model = panel.columns.words, panel.columns.words_model
    words = [model.index(row, 1).data() for row in range(model.rowCount())]
    assert words == ["Kawan", "New"] and table.unknown() == 1
    table.setFocus()
    table.setCurrentIndex(model.index(0, MEANS))
    qtbot.keyClick(table, Qt.Key.Key_Space)
    editor = table.indexWidget(table.currentIndex())
    editor.view().setCurrentIndex(editor.model().index(editor.findText("Qualified"), 0))
    with qtbot.waitSignal(panel.session.looked, timeout=20_000):
        qtbot.keyClick(editor.view(), Qt.Key.Key_Return)
    assert table.unknown() == 0 and model.index(0, MEANS).data() == "Qualified"


def test_rows_are_picked_with_the_space_bar(qtbot: QtBot, panel: ImportPanel, book: Book, leads: Path) -> None:
    before = dump(book)
    to_check(qtbot, panel, leads)
    outcome, staging = panel.check.outcome, panel.check.staging
    outcome.chips["Rows"].click()
    assert [chip._count for chip in staging.chips.values()] == [3, 2, 1, 2]
    staging.table.setFocus()
    staging.table.setCurrentIndex(staging.model.index(1, 0))
    qtbot.keyClick(staging.table, Qt.Key.Key_Space)
    assert (panel.session.parked, panel.footer.next.text()) == ({1}, "Import 2 rows")
    staging.chips["update"].click()
    staging.none.click()
    assert panel.footer.next.text() == "Import 1 row"
    with qtbot.waitSignal(panel.session.imported, timeout=20_000):
        press(qtbot, panel, Qt.Key.Key_Return)
    assert panel.step == DONE
    assert "2 rows were parked" in panel.done.outcome.also.text()
    assert sorted(names(book)) == ["Lim Ah Kow", "Siti Ali"]
    with qtbot.waitSignal(panel.session.undone, timeout=20_000):
        panel.done.undo.click()
    assert dump(book) == before


def test_with_no_row_ticked_nothing_is_imported(qtbot: QtBot, panel: ImportPanel, leads: Path) -> None:
    to_check(qtbot, panel, leads)
    panel.check.staging.none.click()
    assert not panel.check.can_go_on() and panel.step == CHECK


def test_changes_are_seen_and_kept_back(qtbot: QtBot, panel: ImportPanel, book: Book, leads: Path) -> None:
    to_check(qtbot, panel, leads)
    changes = panel.check.changes
    panel.check.outcome.chips["Changes"].click()
    assert changes.said.text() == "2 changes in 1 record"
    shown = [[changes.model.index(row, column).data() for column in (1, 2, 3, 4)]
             for row in range(changes.model.rowCount())]
    assert shown == [["Siti Ali", "City", "Ipoh", "Johor"],
                     ["Siti Ali", "Phones", "012-345 6789", "012-345 6789, 013-999 8888"]]
    with qtbot.waitSignal(panel.session.checked, timeout=20_000):
        changes.replaces.click()
    with qtbot.waitSignal(panel.session.checked, timeout=20_000):
        changes.chip("city").click()  # type: ignore[union-attr]
    assert changes.said.text() == "1 change in 1 record"
    assert changes.model.index(0, 4).data() == "013-999 8888"
    assert not changes.chip("city").isChecked()  # type: ignore[union-attr]
