from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from desktop_crm.ui.rows import RowsField, TagsField
from desktop_crm.ui.widgets.chips import Chip
from desktop_crm.ui.widgets.fields import Field


@pytest.fixture
def phones(qtbot: QtBot) -> RowsField:
    rows = RowsField(("Mobile", "Office"), "Add a phone")
    qtbot.addWidget(rows)
    rows.set_value((("Mobile", "1"), ("Other", "2")))
    rows.show()
    return rows


def lines(rows: RowsField) -> list[Field]:
    return [line for line in rows.findChildren(Field) if line.isVisible()]


def test_enter_adds_a_row_and_backspace_in_an_empty_one_removes_it(phones: RowsField, qtbot: QtBot) -> None:
    qtbot.keyClick(lines(phones)[1], Qt.Key.Key_Return)
    assert len(lines(phones)) == 3
    qtbot.keyClicks(lines(phones)[2], "3")
    assert phones.value() == (("Mobile", "1"), ("Other", "2"), ("Mobile", "3"))
    qtbot.keyClick(lines(phones)[2], Qt.Key.Key_Backspace)
    qtbot.keyClick(lines(phones)[2], Qt.Key.Key_Backspace)
    assert phones.value() == (("Mobile", "1"), ("Other", "2"))
    assert len(lines(phones)) == 2


def test_no_value_shows_one_empty_row_that_is_no_value(phones: RowsField) -> None:
    phones.set_value(None)
    assert len(lines(phones)) == 1
    assert phones.value() == ()


@pytest.fixture
def tags(qtbot: QtBot) -> TagsField:
    tags = TagsField(("vip",))
    qtbot.addWidget(tags)
    tags.set_value(("vip", "vip", "a & b"))
    tags.show()
    return tags


def test_tags_come_and_go_by_keyboard(tags: TagsField, qtbot: QtBot) -> None:
    line = tags.findChild(QLineEdit)
    line.insert("தமிழ்")  # QTest knows only ASCII keys
    qtbot.keyClicks(line, ",")
    qtbot.keyClicks(line, "new")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert tags.value() == ("vip", "a & b", "தமிழ்", "new")
    assert line.text() == ""
    qtbot.keyClick(line, Qt.Key.Key_Backspace)
    assert tags.value() == ("vip", "a & b", "தமிழ்")


def test_a_tag_being_typed_counts(tags: TagsField, qtbot: QtBot) -> None:
    qtbot.keyClicks(tags.findChild(QLineEdit), "half")
    assert tags.value() == ("vip", "a & b", "half")


def test_a_click_takes_a_tag_away(tags: TagsField, qtbot: QtBot) -> None:
    chip = next(chip for chip in tags.findChildren(Chip) if chip.label().startswith("vip"))
    with qtbot.waitSignal(tags.changed):
        qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)
    assert tags.value() == ("a & b",)
