"""Sellers and products: the list and the form beside it, by keys."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop_crm.services import business, products, sellers
from desktop_crm.ui.settings.records import RecordsSection
from tests.ui.settings.conftest import Desk


def section(desk: Desk, key: str) -> RecordsSection[Any]:
    desk.panel.show_section(key)
    found = desk.panel.section()
    assert isinstance(found, RecordsSection)
    desk.settle()
    return found


def names(part: RecordsSection[Any]) -> list[str]:
    return [part.model.record(number).name for number in range(part.model.rowCount())]


def test_the_list_is_in_human_order_and_its_first_is_shown(desk: Desk) -> None:
    part = section(desk, "sellers")
    assert names(part) == ["<b>Ali</b> & =1+1", "Faridah", "Mei Ling"]
    assert part.form.editor("name").text() == "<b>Ali</b> & =1+1"
    assert part.count.text() == "3"


def test_ctrl_n_adds_a_seller_and_shows_it(desk: Desk, qtbot: QtBot) -> None:
    part = section(desk, "sellers")
    part.table.setFocus()
    qtbot.keyClick(part.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    name = part.form.editor("name")
    assert name.hasFocus() and name.text() == ""
    qtbot.keyClicks(name, "Devi")
    part.form.editor("active").setChecked(False)
    qtbot.keyClick(name, Qt.Key.Key_Return)
    desk.settle()
    assert [(row.name, row.active) for row in sellers.all_sellers(desk.book)][-1] == ("Devi", False)
    assert part.table.current_id() == sellers.all_sellers(desk.book)[-1].id
    assert part.table.hasFocus() and desk.bar.text() == "Added “Devi”"
    desk.undo()
    assert names(part) == ["<b>Ali</b> & =1+1", "Faridah", "Mei Ling"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_F2])
def test_enter_and_f2_edit_and_enter_saves(desk: Desk, qtbot: QtBot, key: Qt.Key) -> None:
    part = section(desk, "sellers")
    part.focus()
    qtbot.keyClick(part.table, Qt.Key.Key_Down)
    qtbot.keyClick(part.table, key)
    name = part.form.editor("name")
    assert name.hasFocus()
    qtbot.keyClicks(name, "Farah")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    desk.settle()
    assert names(part) == ["<b>Ali</b> & =1+1", "Farah", "Mei Ling"]
    assert part.table.hasFocus() and desk.bar.text() == "Saved “Farah”"
    desk.undo()
    assert names(part) == ["<b>Ali</b> & =1+1", "Faridah", "Mei Ling"]
    assert name.text() == "Faridah"


def test_delete_goes_on_to_the_next_and_comes_back(desk: Desk, qtbot: QtBot) -> None:
    part = section(desk, "sellers")
    part.focus()
    qtbot.keyClick(part.table, Qt.Key.Key_Down)
    qtbot.keyClick(part.table, Qt.Key.Key_Delete)
    desk.settle()
    assert names(part) == ["<b>Ali</b> & =1+1", "Mei Ling"]
    assert part.form.editor("name").text() == "Mei Ling"
    assert desk.bar.text() == "Deleted “Faridah”"
    desk.undo()
    assert names(part) == ["<b>Ali</b> & =1+1", "Faridah", "Mei Ling"]


def test_all_are_deleted_at_once(desk: Desk, qtbot: QtBot) -> None:
    part = section(desk, "sellers")
    part.focus()
    part.table.selectAll()
    qtbot.keyClick(part.table, Qt.Key.Key_Delete)
    desk.settle()
    assert names(part) == [] and desk.bar.text() == "Deleted 3 sellers"
    assert not part.form.isVisible()
    desk.undo()
    assert len(names(part)) == 3


def test_what_was_typed_is_saved_when_another_row_is_chosen(desk: Desk, qtbot: QtBot) -> None:
    part = section(desk, "sellers")
    part.form.editor("team").setText("Online")
    part.table.select(part.model.ids()[1])
    desk.settle()
    assert {row.name: row.team for row in sellers.all_sellers(desk.book)}["<b>Ali</b> & =1+1"] == "Online"
    assert part.form.editor("name").text() == "Faridah"


def test_a_refused_form_keeps_its_row(desk: Desk) -> None:
    part = section(desk, "sellers")
    first, second = part.model.ids()[:2]
    part.form.editor("name").setText("")
    part.table.select(second)
    desk.settle()
    assert part.table.selected_ids() == [first]
    assert part.form.editor("name").property("invalid") is True


def test_too_long_a_name_is_refused_at_its_field(desk: Desk) -> None:
    part = section(desk, "sellers")
    part.form.editor("name").setText("x" * 1001)
    part.form.submit()
    assert part.form.editor("name").accessibleDescription().startswith("Name is too long")


def test_escape_takes_back_then_leads_to_the_list_then_out(desk: Desk, qtbot: QtBot) -> None:
    part = section(desk, "sellers")
    name = part.form.editor("name")
    name.setFocus()
    name.setText("typed")
    qtbot.keyClick(name, Qt.Key.Key_Escape)
    assert name.text() == "<b>Ali</b> & =1+1" and part.table.hasFocus()
    with qtbot.waitSignal(desk.panel.closed):
        qtbot.keyClick(part.table, Qt.Key.Key_Escape)


def test_a_new_record_is_forgotten_by_escape(desk: Desk, qtbot: QtBot) -> None:
    part = section(desk, "sellers")
    part.new()
    qtbot.keyClick(part.form.editor("name"), Qt.Key.Key_Escape)
    assert part.form.editor("name").text() == "<b>Ali</b> & =1+1"
    assert part.table.selected_ids() == part.model.ids()[:1]
    assert part.leave()


def test_the_filter_is_live_and_escape_empties_it(desk: Desk, qtbot: QtBot) -> None:
    part = section(desk, "products")
    qtbot.keyClick(part.table, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert part.filter.hasFocus()
    qtbot.keyClicks(part.filter, "gran")
    desk.settle()
    assert names(part) == ["Granite"] and part.form.editor("name").text() == "Granite"
    qtbot.keyClick(part.filter, Qt.Key.Key_Down)
    assert part.table.hasFocus()
    qtbot.keyClick(part.filter, Qt.Key.Key_Escape)
    desk.settle()
    assert names(part) == ["Granite", "Mosaic"]


def test_nothing_found_says_so_and_hides_the_form(desk: Desk, qtbot: QtBot) -> None:
    part = section(desk, "products")
    part.filter.setText("zzz")
    desk.settle()
    assert not part.form.isVisible() and not part._choose.isVisible()
    part._empty.acted.emit()
    desk.settle()
    assert names(part) == ["Granite", "Mosaic"]


def test_sellers_are_found_by_name_team_and_region(desk: Desk) -> None:
    part = section(desk, "sellers")
    part.filter.setText("show MEI")
    desk.settle()
    assert names(part) == ["Mei Ling"]


def test_columns_sort_with_the_unknown_last(desk: Desk) -> None:
    products.add(desk.book, {"name": "Box"})
    part = section(desk, "products")
    part.model.sort(part.model.column_of("price"))
    assert names(part) == ["Mosaic", "Granite", "Box"]
    part.model.sort(part.model.column_of("price"), Qt.SortOrder.DescendingOrder)
    assert names(part) == ["Granite", "Mosaic", "Box"]


def test_money_is_typed_and_saved_in_minor_units(desk: Desk, qtbot: QtBot) -> None:
    part = section(desk, "products")
    assert part.form.editor("price").text() == "RM 125.00"
    part.form.editor("cost").setText("82.5")
    part.form.submit()
    desk.settle()
    assert [(row.name, row.price, row.cost) for row in products.all_products(desk.book, "Granite")] == [
        ("Granite", 12500, 8250)]
    part.form.editor("price").setText("cheap")
    part.form.submit()
    assert part.form.editor("price").property("invalid") is True


def test_a_product_keeps_its_currency(desk: Desk) -> None:
    business.set_business(desk.book, {"currency": "JPY"})
    part = section(desk, "products")
    column = part.model.column_of("price")
    assert part.model.index(0, column).data() == "RM 125.00"
    part.form.editor("price").setText("RM 130.50")
    part.form.submit()
    desk.settle()
    assert products.all_products(desk.book, "Granite")[0].price == 13050
    part.new()
    part.form.editor("name").setText("Sake")
    part.form.editor("price").setText("1200")
    part.form.submit()
    desk.settle()
    sake = products.all_products(desk.book, "Sake")[0]
    assert (sake.price, sake.currency) == (1200, "JPY")
    assert part.model.index(part.model.row_of(sake.id) or 0, column).data() == "1,200"


def test_a_file_for_reading_shows_and_changes_nothing(reading: Desk, qtbot: QtBot) -> None:
    part = section(reading, "products")
    assert names(part) == ["Granite", "Mosaic"]
    assert not part.form.isEnabled() and not part.add_button.isEnabled()
    qtbot.keyClick(part.table, Qt.Key.Key_Delete)
    part.new()
    reading.settle()
    assert names(part) == ["Granite", "Mosaic"] and reading.bar.text() == ""


def test_the_model_is_a_good_one(desk: Desk, qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(section(desk, "products").model)
