"""The wizard's models keep Qt's rules; its tables fit, copy and choose."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop_crm.domain.importing import KINDS, ColumnMapping, Mapping, fields
from desktop_crm.readers import RawTable
from desktop_crm.ui.importing import phrases
from desktop_crm.ui.importing.cells import Cell, CellsModel, PlainTable
from desktop_crm.ui.importing.columns_table import (
    FIELD,
    SAMPLE,
    WRITTEN,
    ColumnsModel,
    ColumnsTable,
    Heading,
    field_options,
)
from desktop_crm.ui.importing.steps import StepList

TABLE = RawTable("deals.csv", "", (), "utf-8", ",", 1, ("Deal", "Value", "Opened"),
                 (("Tiles", "1.200,50", "31/12/2025"), ("Tiles", "", "01/02/2026"), ("Slate", "9", None)), (2, 3, 4))
MAPPING = Mapping("deals", (ColumnMapping(0, "Deal", "name"), ColumnMapping(1, "Value", "amount", decimal=","),
                            ColumnMapping(2, "Opened")))


@pytest.fixture
def columns(qtbot: QtBot) -> ColumnsModel:
    model = ColumnsModel()
    model.show(TABLE, MAPPING)
    return model


def test_the_models_keep_qts_rules(qtmodeltester: ModelTester, columns: ColumnsModel) -> None:
    cells = CellsModel()
    cells.show(["Line", "Name"], [(Cell("2", at_end=True), Cell("Aminah")), (Cell("3"), Cell("", "bad", "missing"))])
    for model in (columns, cells):
        qtmodeltester.check(model)


def test_a_column_shows_its_first_different_cells(columns: ColumnsModel) -> None:
    assert [columns.index(row, SAMPLE).data() for row in range(3)] == \
        ["Tiles · Slate", "1.200,50 · 9", "31/12/2025 · 01/02/2026"]


def test_how_a_cell_is_written_is_asked_only_of_dates_and_numbers(columns: ColumnsModel) -> None:
    assert [bool(columns.index(row, WRITTEN).flags() & Qt.ItemFlag.ItemIsEditable) for row in range(3)] == \
        [False, True, False]
    assert columns.index(1, WRITTEN).data() == "1.234,50"


def test_a_choice_is_a_wish(qtbot: QtBot, columns: ColumnsModel) -> None:
    with qtbot.waitSignal(columns.field_wanted, timeout=1000) as wish:
        columns.setData(columns.index(2, FIELD), "created")
    assert wish.args == [2, "created"]
    assert columns.index(2, FIELD).data() == "Not imported"
    with qtbot.waitSignal(columns.written_wanted, timeout=1000) as wish:
        columns.setData(columns.index(1, WRITTEN), ".")
    assert wish.args == [1, "."]


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_every_kind_is_offered_once_under_a_heading(kind: str) -> None:
    offered = field_options(fields(kind))
    assert offered[0] == ("", "Not imported")
    keys = [value for value, _ in offered[1:] if not isinstance(value, Heading)]
    assert sorted(map(str, keys)) == sorted(item.key for item in fields(kind))
    assert isinstance(offered[1][0], Heading)


def test_headings_in_the_list_cannot_be_chosen(qtbot: QtBot, columns: ColumnsModel) -> None:
    table = ColumnsTable("Columns")
    qtbot.addWidget(table)
    table.setModel(columns)
    table.resize(1000, 300)
    table.show()
    table.begin()
    qtbot.keyClick(table, Qt.Key.Key_F2)
    editor = table.indexWidget(columns.index(0, FIELD))
    model = editor.model()
    assert isinstance(model, QStandardItemModel)
    assert [model.item(number).isEnabled() for number in range(2)] == [True, False]
    editor.hidePopup()
    qtbot.waitUntil(lambda: table.indexWidget(columns.index(0, FIELD)) is None)


def test_left_and_right_change_between_the_two_choices(qtbot: QtBot, columns: ColumnsModel) -> None:
    table = ColumnsTable("Columns")
    qtbot.addWidget(table)
    table.setModel(columns)
    table.begin()
    qtbot.keyClick(table, Qt.Key.Key_Right)
    assert table.currentIndex().column() == FIELD  # a text is written one way only
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Right)
    assert (table.currentIndex().row(), table.currentIndex().column()) == (1, WRITTEN)
    qtbot.keyClick(table, Qt.Key.Key_Left)
    assert table.currentIndex().column() == FIELD


def test_copied_cells_stay_in_their_columns(qtbot: QtBot) -> None:
    model, table = CellsModel(), PlainTable("Rows")
    qtbot.addWidget(table)
    model.show(["Line", "Note"], [(Cell("2"), Cell("two\tparts\nand lines")), (Cell("3"), Cell("x"))])
    table.setModel(model)
    table.fit()
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "Line\tNote\n2\ttwo parts and lines"


def test_the_steps_are_told_to_a_screen_reader(qtbot: QtBot) -> None:
    steps = StepList(["File", "Columns"])
    qtbot.addWidget(steps)
    steps.show_step(1)
    assert steps.accessibleName() == "Step 2 of 2: Columns"


def test_what_the_reader_found_stands_first() -> None:
    assert phrases.encodings("cp1252")[0] == ("", "Found: Western European")
    assert phrases.encodings("utf-16-le")[0] == ("", "Found: Unicode (UTF-16)")
    assert phrases.encodings("koi8-r")[0] == ("", "Found: koi8-r")
    assert phrases.encodings(None)[0] == ("", "Find out")
    assert phrases.delimiters("")[0] == ("", "Found: one column")
    assert phrases.delimiters("^")[0] == ("", "Found: ^")
    assert phrases.headings(0)[0] == (0, "Found: none")
    assert phrases.headings(3)[0] == (0, "Found: line 3")


def test_what_else_comes_into_the_file_is_one_sentence() -> None:
    assert phrases.also_created({"stages": 2, "products": 1}) == "Also created: 2 stages, 1 product."
    assert phrases.also_created({"stages": 0}) == ""
    for kind in (*KINDS, "stages", "pipelines", "tags", "sources", "lost_reasons"):
        assert phrases.counted(kind, 2).startswith("2 ")
