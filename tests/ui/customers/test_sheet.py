"""The list edited like a sheet: keys from cell to cell, what a cell cannot be, blocks with their preview, undo."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_crm.services import customers, sellers
from desktop_crm.services.book import Book, open_book
from desktop_crm.ui.customers.sheet import SheetMode
from tests.books import dump
from tests.ui.customers.conftest import NOON, Shown

Key, Mod = Qt.Key, Qt.KeyboardModifier


@pytest.fixture
def sheet(shown: Shown) -> SheetMode:
    """The mode, begun on the first row; columns in sight: name, state, heat, last contact …"""
    shown.page.table.show_column("seller")
    shown.page.table.show_column("city")
    shown.page.table.show_column("tags")
    shown.settle()
    shown.page.table.setFocus()
    shown.act("customers.sheet")
    return shown.page.sheet


def at(shown: Shown) -> tuple[str, str]:
    """Whose cell the keyboard is at, and in which column."""
    index = shown.page.table.currentIndex()
    return shown.names()[index.row()], shown.page.model.columns[index.column()].key


def go(shown: Shown, name: str, key: str) -> None:
    model = shown.page.model
    shown.page.table.setCurrentIndex(model.index(shown.names().index(name), model.column_of(key)))


def type_in(shown: Shown, text: str, *keys: Qt.Key) -> None:
    for letter in text:  # the first one opens the line, which takes the others
        shown.type(letter)
    for key in keys:
        shown.keys(key)
    shown.settle()


def paste(shown: Shown, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    shown.keys(Key.Key_V, Mod.ControlModifier)
    shown.settle()


def row(book: Book, name: str) -> Any:
    return next(found for found in customers.rows(book, customers.list_ids(book)) if found.name == name)


def test_arrows_and_tab_go_from_cell_to_cell_and_escape_ends(shown: Shown, sheet: SheetMode) -> None:
    first = shown.names()[0]
    assert (at(shown), sheet.bar.isVisible()) == ((first, "name"), True)
    shown.keys(Key.Key_Right)
    shown.keys(Key.Key_Tab)
    shown.keys(Key.Key_Down)
    assert at(shown) == (shown.names()[1], "heat")
    shown.keys(Key.Key_End)
    last = at(shown)
    shown.keys(Key.Key_Tab)
    assert at(shown) == (shown.names()[2], "name")  # right of the last is the next row's first
    shown.keys(Key.Key_Backtab)
    assert at(shown) == last
    shown.keys(Key.Key_Home)
    shown.keys(Key.Key_Escape)
    assert (sheet.on, shown.page.bar.isVisible(), at(shown)) == (False, True, (shown.names()[1], "name"))
    assert len(shown.page.table.selected_ids()) == 1


def test_typing_replaces_enter_saves_and_goes_down_and_each_cell_is_one_step_back(shown: Shown, sheet: SheetMode,
                                                                                book: Book) -> None:
    before = dump(book)
    go(shown, "Aminah Runcit Enterprise", "city")
    type_in(shown, "Klang", Key.Key_Return)
    assert (row(book, "Aminah Runcit Enterprise").city, at(shown)) == ("Klang", ("Faridah binti Ismail", "city"))
    shown.keys(Key.Key_F2)
    type_in(shown, "Ipoh", Key.Key_Tab)
    assert (row(book, "Faridah binti Ismail").city, at(shown)[1]) != ("", "city")
    assert shown.page.table.hasFocus()
    shown.keys(Key.Key_Left)
    type_in(shown, "x", Key.Key_Escape)
    assert (row(book, "Faridah binti Ismail").city, sheet.field, sheet.on) == ("Ipoh", None, True)
    book.undo()
    book.undo()
    shown.settle()
    assert dump(book) == before


def test_the_beginning_of_a_choice_is_enough_and_a_seller_is_found_by_typing(shown: Shown, sheet: SheetMode,
                                                                            book: Book) -> None:
    go(shown, "Shop 9", "heat")
    type_in(shown, "wa", Key.Key_Return)
    go(shown, "Shop 9", "seller")
    type_in(shown, "mei", Key.Key_Return)
    go(shown, "Shop 9", "state")
    shown.keys(Key.Key_F2)
    assert sheet.field is not None and sheet.field.completer().popup().isVisible()  # all states are offered
    popup = sheet.field.completer().popup()
    QTest.keyClick(popup, Key.Key_Down)
    QTest.keyClick(popup, Key.Key_Return)
    shown.settle()
    shop = row(book, "Shop 9")
    assert (shop.heat, shop.seller, shop.state) == ("warm", "Mei Ling", "lead")


def test_tags_are_a_list_completed_word_by_word(shown: Shown, sheet: SheetMode, book: Book) -> None:
    go(shown, "Shop 9", "tags")
    type_in(shown, "Baru, vi")
    assert sheet.field is not None
    popup = sheet.field.completer().popup()
    QTest.keyClick(popup, Key.Key_Down)
    QTest.keyClick(popup, Key.Key_Return)
    shown.settle()
    assert row(book, "Shop 9").tags == ("Baru", "VIP")


def test_what_a_cell_cannot_be_is_said_there_and_nothing_changes(shown: Shown, sheet: SheetMode, book: Book) -> None:
    before = dump(book)
    go(shown, "Aminah Runcit Enterprise", "seller")
    type_in(shown, "Nobody", Key.Key_Return)
    assert sheet.bubble.text() == "“Nobody” is not a seller of this file."
    assert sheet.field is not None and sheet.field.hasFocus() and dump(book) == before
    shown.keys(Key.Key_Escape)
    assert (sheet.field, sheet.bubble.text(), at(shown)[1]) == (None, "", "seller")
    go(shown, "Aminah Runcit Enterprise", "paid")
    assert sheet.bar.text().endswith("It is counted from their payments.")
    type_in(shown, "5")
    assert (sheet.field, sheet.bubble.text()) == (None, "It is counted from their payments.")
    go(shown, "Aminah Runcit Enterprise", "name")
    shown.keys(Key.Key_Delete)
    shown.settle()
    assert (sheet.bubble.text(), dump(book) == before) == ("Name is needed. Nothing was saved.", True)


def test_a_cell_changed_elsewhere_while_it_is_typed_in_is_told(shown: Shown, sheet: SheetMode, book: Book) -> None:
    go(shown, "Shop 9", "city")
    type_in(shown, "Klang")
    customers.edit(book, row(book, "Shop 9").id, {"city": "Taiping"})
    shown.settle()
    shown.keys(Key.Key_Return)
    assert "changed elsewhere" in sheet.bubble.text() and row(book, "Shop 9").city == "Taiping"


def test_what_was_typed_is_saved_when_another_cell_is_clicked(shown: Shown, sheet: SheetMode, book: Book) -> None:
    go(shown, "Shop 9", "city")
    type_in(shown, "Klang")
    shown.page.table.setFocus()
    shown.settle()
    assert (row(book, "Shop 9").city, sheet.field) == ("Klang", None)
    go(shown, "Shop 9", "seller")
    type_in(shown, "Nobody")
    shown.page.table.setFocus()
    shown.settle()
    assert (shown.bar.text(), sheet.field) == ("“Nobody” is not a seller of this file.", None)


def test_a_row_stays_where_it_is_until_the_mode_ends(shown: Shown, sheet: SheetMode, book: Book) -> None:
    go(shown, "Aminah Runcit Enterprise", "name")
    type_in(shown, "Zainab", Key.Key_Return)
    assert shown.names()[0] == "Zainab"
    shown.keys(Key.Key_Up)
    shown.keys(Key.Key_Escape)
    shown.settle()
    assert shown.names()[0] != "Zainab" and at(shown) == ("Zainab", "name")


def test_a_block_shows_what_it_would_do_and_is_one_step_back(shown: Shown, sheet: SheetMode, book: Book) -> None:
    before = dump(book)
    go(shown, "Shop 10", "name")
    paste(shown, "Shop 10\tlead\tHot\r\nMing\tgone\tWarm\r\nKedai Baru\tcustomer\t\r\n")
    preview = sheet.blocks.preview
    assert preview.isVisible() and not shown.page.table.isVisible() and dump(book) == before
    assert (preview.title.text(), preview.also.text()) == (
        "6 cells change", "2 customers change · 1 new customer · 1 cell cannot be · 1 cell stays as it is")
    model = preview.table.paged()
    cells = [tuple(model.cell(line, column).text for column in range(5)) for line in range(model.rowCount())]
    assert cells[:4] == [
        ("Shop 10", "State", "Inactive", "Lead", ""), ("Shop 10", "Heat", "—", "Hot", ""),
        ("小明科技有限公司", "Name", "小明科技有限公司", "Ming", ""),
        ("小明科技有限公司", "State", "Customer", "gone", "“gone” is not a choice for State. Nothing was saved.")]
    assert ("New: Kedai Baru", "Name", "—", "Kedai Baru", "") in cells
    shown.keys(Key.Key_Return)
    shown.settle()
    assert (row(book, "Ming").heat, row(book, "Kedai Baru").state, shown.names()[-1]) == (
        "warm", "customer", "Kedai Baru")
    assert shown.bar.text() == "6 cells changed · 1 cell cannot be"
    book.undo()
    shown.settle()
    assert dump(book) == before and "Kedai Baru" not in shown.names()
    book.redo()
    shown.settle()
    assert shown.names()[-1] == "Kedai Baru"


def test_new_customers_may_be_left_out_and_escape_wants_nothing(shown: Shown, sheet: SheetMode, book: Book) -> None:
    before = dump(book)
    go(shown, shown.names()[-1], "name")
    paste(shown, f"{shown.names()[-1]}\nKedai Baru")
    assert sheet.blocks.preview.do.isEnabled()
    sheet.blocks.preview.adding.click()
    assert not sheet.blocks.preview.do.isEnabled() and sheet.blocks.preview.title.text() == "Nothing can be pasted"
    shown.keys(Key.Key_Escape)
    assert shown.page.table.isVisible() and shown.page.table.hasFocus() and dump(book) == before


def test_one_value_fills_the_selected_rows_and_nothing_is_pasted_twice(shown: Shown, sheet: SheetMode,
                                                                     book: Book) -> None:
    go(shown, shown.names()[0], "city")
    shown.keys(Key.Key_Down, Mod.ShiftModifier)
    shown.keys(Key.Key_Down, Mod.ShiftModifier)
    paste(shown, "Melaka")
    assert sheet.blocks.preview.title.text() == "3 cells change"
    shown.keys(Key.Key_Return)
    shown.settle()
    assert [row(book, name).city for name in shown.names()] == ["Melaka"] * 3 + [None, None]
    paste(shown, sheet.blocks.copy())
    assert not sheet.blocks.preview.isVisible()
    assert shown.bar.text() == "Nothing changes: the cells hold this already."


def test_cells_are_copied_emptied_and_filled_down(shown: Shown, sheet: SheetMode, book: Book) -> None:
    go(shown, "Aminah Runcit Enterprise", "name")
    for _ in range(3):
        shown.keys(Key.Key_Right, Mod.ShiftModifier)
    shown.keys(Key.Key_Down, Mod.ShiftModifier)
    shown.keys(Key.Key_C, Mod.ControlModifier)
    assert QGuiApplication.clipboard().text() == (
        "Aminah Runcit Enterprise\tCustomer\tHot\t2 days\nFaridah binti Ismail\tLead\tCold\t")
    go(shown, "Aminah Runcit Enterprise", "heat")
    shown.keys(Key.Key_Down, Mod.ShiftModifier)
    shown.keys(Key.Key_D, Mod.ControlModifier)
    shown.settle()
    assert row(book, "Faridah binti Ismail").heat == "hot"
    shown.keys(Key.Key_Delete)
    shown.settle()
    assert [row(book, name).heat for name in shown.names()[:2]] == [None, None]


def test_into_an_empty_list_new_customers_are_pasted(bare: Book, show: Any) -> None:
    shown = show(bare)
    shown.page.table.setFocus()
    shown.act("customers.sheet")
    for key in (Key.Key_F2, Key.Key_Down, Key.Key_Delete, Key.Key_Tab):  # nothing to do there
        shown.keys(key)
    shown.settle()
    paste(shown, "Kedai Ali\tcustomer\nKedai Baba\tlead")
    shown.keys(Key.Key_Return)
    shown.settle()
    assert shown.names() == ["Kedai Ali", "Kedai Baba"] and not shown.page.empty.isVisible()


def test_what_is_typed_is_saved_when_the_mode_ends_by_its_button(shown: Shown, sheet: SheetMode, book: Book) -> None:
    go(shown, "Shop 9", "city")
    type_in(shown, "Klang")
    sheet.bar.closed.emit()
    shown.settle()
    assert (row(book, "Shop 9").city, sheet.on) == ("Klang", False)
    shown.act("customers.sheet")
    shown.keys(Key.Key_Return, Mod.ShiftModifier)
    assert sheet.field is None
    sheet.blocks.paste()
    shown.act("customers.sheet")  # ended while it is looked at: no preview comes
    shown.settle()
    assert not sheet.blocks.preview.isVisible() and shown.page.table.isVisible()


def test_a_file_that_is_only_read_has_no_sheet(book: Book, show: Any) -> None:
    book.close()
    reading = open_book(book.path, reading=True, clock=lambda: NOON)
    shown = show(reading)
    shown.act("customers.sheet")
    assert (shown.page.sheet.on, shown.bar.text()) == (False, "The file is open for reading only.")
    reading.close()


def test_a_long_list_loads_only_what_is_seen(bare: Book, show: Any) -> None:
    with bare.work("Add", bulk=True) as work:
        from desktop_crm.storage import records
        records.add_many(work.connection, "customers", [{"name": f"Shop {number:04}", "state": "customer",
                                                         "kind": "company"} for number in range(2000)])
    sellers.add(bare, {"name": "Mei Ling"})
    shown = show(bare)
    shown.page.table.setFocus()
    shown.act("customers.sheet")
    go_to = shown.page.model.index(1, shown.page.model.column_of("heat"))
    shown.page.table.setCurrentIndex(go_to)
    type_in(shown, "hot", Key.Key_Return)
    assert len(shown.page.model._pages) <= 2
    assert QApplication.focusWidget() is shown.page.table
