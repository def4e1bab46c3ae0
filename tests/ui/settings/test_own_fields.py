"""Own fields in the settings: added, changed, ordered, deleted with what records hold, and ready sets."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_crm.services import custom_fields, customers
from desktop_crm.ui.settings.own_fields import OwnFieldsSection
from tests.ui.settings.conftest import Desk


@pytest.fixture
def part(desk: Desk) -> OwnFieldsSection:
    return desk.shown("own_fields", OwnFieldsSection)


def names(part: OwnFieldsSection) -> list[str]:
    found = [part.model.record(number) for number in range(part.model.rowCount())]
    return [row.name for row in found if row is not None]


def test_ctrl_n_adds_a_choice_with_its_choices(part: OwnFieldsSection, desk: Desk, qtbot: QtBot) -> None:
    part.table.setFocus()
    qtbot.keyClick(part.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    name, of_type, choices = (part.form.editor(key) for key in ("name", "type", "choices"))
    qtbot.keyClicks(name, "Colour")
    assert of_type.isEnabled() and not choices.isEnabled()
    of_type.set_value("choice")
    of_type.picked.emit("choice")
    for word in ("Red", "Blue"):
        qtbot.keyClicks(choices._line, word)
        qtbot.keyClick(choices._line, Qt.Key.Key_Return)
    qtbot.keyClick(name, Qt.Key.Key_Return)
    desk.settle()
    [field] = custom_fields.listed(desk.book, "customers")
    assert (field.name, field.type, field.choices) == ("Colour", "choice", ("Red", "Blue"))
    assert not of_type.isEnabled() and choices.isEnabled()
    desk.undo()
    assert custom_fields.listed(desk.book, "customers") == []


def test_a_field_is_renamed_moved_and_deleted_with_what_records_hold(part: OwnFieldsSection, desk: Desk,
                                                                     qtbot: QtBot) -> None:
    first = custom_fields.add(desk.book, "customers", "Size", "number")
    custom_fields.add(desk.book, "customers", "Likes")
    customers.add(desk.book, {"name": "Ali"}, own={first: 41})
    desk.settle()
    assert names(part) == ["Size", "Likes"]
    part.open(first)
    qtbot.keyClick(part.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    desk.settle()
    assert names(part) == ["Likes", "Size"] and part.table.current_id() == first
    qtbot.keyClick(part.table, Qt.Key.Key_F2)
    qtbot.keyClicks(part.form.editor("name"), "Shoe size")
    qtbot.keyClick(part.form.editor("name"), Qt.Key.Key_Return)
    desk.settle()
    assert names(part) == ["Likes", "Shoe size"]
    qtbot.keyClick(part.table, Qt.Key.Key_Delete)
    desk.settle()
    assert desk.bar.text() == "Deleted “Shoe size”, and what 1 record had in it"
    assert names(part) == ["Likes"] and custom_fields.values(desk.book, "customers", 1) == {}
    desk.undo()
    assert custom_fields.values(desk.book, "customers", 1) == {first: 41}


def test_a_name_that_is_there_is_refused_at_its_field(part: OwnFieldsSection, desk: Desk) -> None:
    custom_fields.add(desk.book, "customers", "Size")
    desk.settle()
    part.new()
    part.form.editor("name").setText("size")
    part.form.submit()
    assert part.form.editor("name").property("invalid") is True
    assert len(custom_fields.listed(desk.book, "customers")) == 1


def test_a_ready_set_fills_all_kinds_at_once(part: OwnFieldsSection, desk: Desk) -> None:
    actions = part._ready_menu().actions()
    assert [action.text() for action in actions] == ["Retail shop", "Services", "Workshop"]
    part.add_ready("workshop")
    desk.settle()
    assert "Plate number" in names(part) and desk.bar.text() == "Added: Workshop"
    part.chips["deals"].click()
    desk.settle()
    assert "Repair state" in names(part)
    part.add_ready("workshop")
    assert desk.bar.text() == "All fields of “Workshop” are there already."


def test_a_file_open_for_reading_changes_nothing(reading: Desk) -> None:
    reading.panel.show_section("own_fields")
    found = reading.panel.section()
    assert isinstance(found, OwnFieldsSection)
    reading.settle()
    assert not found.ready.isEnabled() and not found.add_button.isEnabled()


def test_a_renamed_choice_is_asked_about_and_undone(part: OwnFieldsSection, desk: Desk, qtbot: QtBot) -> None:
    size = custom_fields.add(desk.book, "customers", "Size", "choice", ["S", "L"])
    ali = customers.add(desk.book, {"name": "Ali"}, own={size: "L"})
    desk.settle()
    part.open(size)
    part.form.editor("choices").set_value(("S", "Large"))
    part.form.submit()
    desk.settle()
    assert desk.bar.text() == "1 record still says “L”."
    desk.bar._action.click()
    desk.settle()
    assert custom_fields.values(desk.book, "customers", ali) == {size: "Large"}
    assert desk.bar.text() == "“L” is called “Large” now."
    desk.undo()
    assert custom_fields.values(desk.book, "customers", ali) == {size: "L"}
    part.form.editor("choices").set_value(("S", "Large", "XL"))
    part.form.submit()
    desk.settle()
    assert desk.bar.text() == "Saved “Size”", "one more is no rename"
