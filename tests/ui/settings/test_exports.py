"""Export profiles in the settings: made of picked columns, headed and ordered by keys, refused, undone, deleted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_crm.domain.export_profiles import Profile
from desktop_crm.services import export_profiles
from desktop_crm.ui.settings.export_columns import ExportColumns
from desktop_crm.ui.settings.exports import ExportsSection
from tests.ui.settings.conftest import Desk


@pytest.fixture
def part(desk: Desk) -> ExportsSection:
    return desk.shown("exports", ExportsSection)


def columns(part: ExportsSection) -> ExportColumns:
    found = part.form.editor("columns")
    assert isinstance(found, ExportColumns)
    return found


def test_ctrl_n_makes_one_of_picked_columns(part: ExportsSection, desk: Desk, qtbot: QtBot) -> None:
    part.table.setFocus()
    qtbot.keyClick(part.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    name, kind, field = part.form.editor("name"), part.form.editor("kind"), columns(part)
    qtbot.keyClicks(name, "For the office")
    assert [key for key, _ in field._left()][:2] == ["name", "kind"]
    kind.set_value("payments")
    kind.picked.emit("payments")
    for key in ("amount", "received_on", "name"):
        field.offer.picked.emit(key)
    field.list.choose(2)
    qtbot.keyClick(field.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    field.model.setData(field.model.index(0, 0), "Jumlah")
    field.list.choose(2)
    qtbot.keyClick(field.list, Qt.Key.Key_Delete)
    assert field.value() == (("amount", "Jumlah"), ("name", "For what"))
    assert "amount" not in [key for key, _ in field._left()], "a column is picked once"
    qtbot.keyClick(name, Qt.Key.Key_Return)
    desk.settle()
    made, = export_profiles.own(desk.book)
    assert made == Profile("For the office", "payments", (("amount", "Jumlah"), ("name", "For what")), id=1)
    assert part.table.current_id() == 1 and not part.form.dirty()
    desk.undo()
    assert export_profiles.own(desk.book) == [] and part.model.rowCount() == 0


def test_one_is_changed_and_refused_and_deleted(part: ExportsSection, desk: Desk, qtbot: QtBot) -> None:
    first = export_profiles.add(desk.book, Profile("One", "deals", (("amount", "Sum"), ("name", "What"))))
    export_profiles.add(desk.book, Profile("Two", "deals"))
    desk.settle()
    part.open(first)
    assert columns(part).value() == (("amount", "Sum"), ("name", "What"))
    assert columns(part).model.data(columns(part).model.index(0, 0), Qt.ItemDataRole.AccessibleTextRole) == "Sum Amount"
    part.form.editor("decimal").set_value(",")
    part.form.submit()
    desk.settle()
    assert part.form.dirty() and export_profiles.own(desk.book)[0].decimal == "."
    part.form.editor("delimiter").set_value("tab")
    columns(part).every.click()
    part.form.submit()
    desk.settle()
    changed = export_profiles.own(desk.book)[0]
    assert (changed.decimal, changed.delimiter, changed.columns[:2]) == (",", "tab", (("amount", "Sum"),
                                                                                        ("name", "What")))
    assert len(changed.columns) > 15 and not columns(part).every.isEnabled()
    part.table.setFocus()
    qtbot.keyClick(part.table, Qt.Key.Key_Delete)
    desk.settle()
    assert [item.name for item in export_profiles.own(desk.book)] == ["Two"]
    desk.undo()
    assert [item.name for item in export_profiles.own(desk.book)] == ["One", "Two"]


def test_a_file_that_is_only_read_shows_them_and_changes_nothing(reading: Desk) -> None:
    reading.panel.show_section("exports")
    reading.settle()
    part = reading.panel.section()
    assert isinstance(part, ExportsSection)
    part.new()
    assert not part.form.isVisibleTo(part) and not part.add_button.isEnabled()
