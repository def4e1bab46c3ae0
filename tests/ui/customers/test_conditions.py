"""The filter's builder by keys and clicks, its chips, and segments with columns and an order of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from desktop_crm import i18n
from desktop_crm.domain.conditions import Condition, Group
from desktop_crm.domain.customers import CustomerFilter
from desktop_crm.services import segments
from desktop_crm.services.book import Book, open_book
from desktop_crm.storage import records
from desktop_crm.ui import words
from desktop_crm.ui.customers.condition_chips import ConditionChip
from desktop_crm.ui.customers.condition_row import ConditionRow, Picks
from desktop_crm.ui.customers.conditions_panel import ConditionsPanel, GroupEditor, Kept
from desktop_crm.ui.widgets.pickers import DateField

from .conftest import TODAY, Shown

AMINAH, FARIDAH, MING = "Aminah Runcit Enterprise", "Faridah binti Ismail", "小明科技有限公司"
REGION = Condition("region", "is", "Selangor")


def builder(shown: Shown) -> ConditionsPanel:
    shown.act("customers.conditions")
    panel = shown.page.bar.builder
    assert panel is not None and panel.isVisible()
    return panel


def first_row(shown: Shown) -> ConditionRow:
    editor = builder(shown).editor
    assert editor is not None
    made = editor.parts[0]
    assert isinstance(made, ConditionRow)
    return made


def choose(row: ConditionRow, field: str, test: str = "") -> None:
    for box, key in ((row.field, field), (row.test, test)):
        if key:
            box.set_value(key)
            box.picked.emit(key)


def ask(shown: Shown, *parts: Condition | Group, all_of: bool = True) -> None:
    shown.page.bar.show_filter(CustomerFilter(conditions=Group(all_of, parts)))
    shown.page.bar.changed.emit(shown.page.wanted)
    shown.settle()


def chips(shown: Shown) -> list[ConditionChip]:
    return [chip for chip in shown.page.bar.conditions.chips if chip.isVisible()]


def labels(shown: Shown) -> list[str]:
    """What the chips say, which stand there when the rows do not."""
    shown.page.bar.close_conditions()
    return [chip.label() for chip in chips(shown)]


def test_the_list_follows_each_key_and_escape_goes_back_to_it(shown: Shown) -> None:
    row = first_row(shown)
    assert row.field.hasFocus()
    choose(row, "region", "has")
    row.editors[0].setFocus()
    shown.type("sel")
    shown.settle()
    assert shown.names() == [AMINAH] and chips(shown) == []
    assert shown.page.bar.wanted().conditions == Group(True, (Condition("region", "has", "sel"),))
    row.editors[0].setFocus()
    shown.keys(Qt.Key.Key_Escape)
    assert labels(shown) == ["Region: contains sel ×"]
    assert shown.page.table.hasFocus() and shown.page.bar.builder is not None and shown.page.bar.builder.isHidden()
    shown.page.bar.clear()
    shown.settle()
    assert len(shown.names()) == 5 and labels(shown) == []


def test_choices_are_ticked_days_and_money_typed_as_people_do(shown: Shown) -> None:
    row = first_row(shown)
    choose(row, "heat")
    picks = row.editors[0]
    assert isinstance(picks, Picks)
    picks.turn("cold"), picks.turn("hot")
    shown.settle()
    assert shown.names() == [AMINAH, FARIDAH] and picks.label() == "Cold, Hot"
    choose(row, "created_on", "on")
    day = row.editors[0]
    assert isinstance(day, DateField)
    day.setFocus()
    shown.type("today")
    shown.keys(Qt.Key.Key_Tab)
    shown.settle()
    assert row.part() == Condition("created_on", "on", TODAY.isoformat()) and len(shown.names()) == 5
    choose(row, "paid", "between")
    for editor, typed in zip(row.editors, ("8,200", "10000.50"), strict=True):
        editor.setFocus()
        shown.type(typed)
    shown.settle()
    assert row.part() == Condition("paid", "between", (820_000, 1_000_050)) and shown.names() == [AMINAH]
    choose(row, "last_contact", "last_days")
    row.editors[0].clear()
    row.editors[0].setFocus()
    shown.type("30")
    shown.settle()
    assert shown.names() == [AMINAH] and labels(shown) == ["Last contact: in the last 30 days ×"]


def test_what_cannot_be_read_is_told_in_the_row_and_the_list_stays(shown: Shown) -> None:
    row = first_row(shown)
    choose(row, "paid", "at_least")
    row.editors[0].setFocus()
    shown.type("82")
    shown.type("x")
    shown.settle()
    assert shown.names() == [AMINAH]  # not taken back while it is being typed
    shown.keys(Qt.Key.Key_Return)
    shown.settle()
    assert "“82x” is not an amount" in row._why.text() and row._why.isVisible()
    assert row.part() is None and len(shown.names()) == 5
    shown.keys(Qt.Key.Key_Backspace)
    shown.settle()
    assert not row._why.isVisible() and shown.names() == [AMINAH]


def test_any_of_and_a_group_in_it(shown: Shown) -> None:
    panel = builder(shown)
    assert panel.editor is not None
    first = panel.editor.parts[0]
    assert isinstance(first, ConditionRow)
    choose(first, "region", "is")
    first.editors[0].setFocus()
    shown.type("Taipei")
    panel.editor.joint.set_value(False)
    panel.editor.joint.picked.emit(False)
    group = panel.editor.add_group()
    inner = group.parts[0]
    assert isinstance(inner, ConditionRow) and inner.field.hasFocus()
    choose(inner, "heat", "filled")
    choose(group.add(), "has_phone", "no")
    shown.settle()
    assert shown.page.wanted.conditions == Group(False, (Condition("region", "is", "Taipei"), Group(True, (
        Condition("heat", "filled"), Condition("has_phone", "no")))))
    assert shown.names() == [FARIDAH, MING]
    assert labels(shown) == ["Region: Taipei or (Heat: is filled in a… ×"]
    group.removed.emit()
    shown.settle()
    assert shown.names() == [MING] and panel.editor.parts == [first]


def test_a_chip_edits_and_its_cross_or_delete_takes_away(shown: Shown) -> None:
    ask(shown, REGION, Condition("heat", "one_of", ("hot",)), Group(False, (Condition("starred", "no"),)))
    assert labels(shown) == ["Region: Selangor ×", "Heat: Hot ×", "(Starred: no) ×"] and shown.names() == [AMINAH]
    QTest.mouseClick(chips(shown)[1], Qt.MouseButton.LeftButton, pos=QPoint(20, 10))
    panel = shown.page.bar.builder
    assert panel is not None and panel.editor is not None
    second = panel.editor.parts[1]
    assert isinstance(second, ConditionRow) and second.editors[0].hasFocus()
    shown.page.bar.close_conditions()
    chip = chips(shown)[0]
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton, pos=QPoint(chip.width() - 8, 10))
    shown.settle()
    assert labels(shown) == ["Heat: Hot ×", "(Starred: no) ×"]
    made = builder(shown).editor
    assert made is not None and len(made.parts) == 2
    shown.page.bar.close_conditions()
    QTest.keyClick(chips(shown)[0], Qt.Key.Key_Delete)
    QTest.keyClick(chips(shown)[0], Qt.Key.Key_Delete)
    shown.settle()
    assert labels(shown) == [] and shown.page.wanted == CustomerFilter()
    ask(shown, REGION, Condition("heat", "filled"), all_of=False)
    QTest.keyClick(chips(shown)[0], Qt.Key.Key_Delete)
    assert shown.page.wanted == CustomerFilter()


def test_what_has_no_row_is_kept_and_can_be_taken_away(shown: Shown) -> None:
    deep = Group(False, (Group(True, (REGION,)), Condition("shoe_size", "empty")))
    ask(shown, deep, REGION)
    panel = builder(shown)
    assert panel.group() == Group(True, (deep, REGION)) and panel.editor is not None
    inner = panel.editor.parts[0]
    assert isinstance(inner, GroupEditor) and all(isinstance(part, Kept) for part in inner.parts)
    inner.parts[0].removed.emit()
    shown.settle()
    assert shown.page.wanted.conditions == Group(True, (Group(False, (Condition("shoe_size", "empty"),)), REGION))


def test_the_list_follows_what_a_condition_is_about(shown: Shown, book: Book) -> None:
    from desktop_crm.services import customers

    ask(shown, Condition("has_email", "no"))
    assert len(shown.names()) == 4
    customers.set_channels(book, 3, [("email", "", "f@example.my", 0)])
    shown.settle()
    assert len(shown.names()) == 3 and FARIDAH not in shown.names()


@pytest.fixture
def south(shown: Shown, book: Book) -> int:
    """A saved segment, chosen."""
    key = segments.save(book, "South", CustomerFilter(conditions=Group(True, (Condition("state", "filled"),))))
    shown.settle()
    shown.page.sidebar.choose(f"segment:{key}")
    shown.settle()
    return key


def columns(shown: Shown) -> list[str]:
    table = shown.page.table
    return [shown.page.model.columns[number].key for number in table.shown_columns()]


def tick(shown: Shown, title: str) -> None:
    menu = shown.page.table.columns_menu()
    next(action for action in menu.actions() if action.text() == title).toggle()
    shown.settle()


def test_a_segment_has_columns_and_an_order_of_its_own(shown: Shown, book: Book, south: int) -> None:
    own = columns(shown)
    assert labels(shown) == ["State: is filled in ×"] and "city" not in own
    tick(shown, "City")
    shown.page.model.sort(shown.page.model.column_of("paid"), Qt.SortOrder.DescendingOrder)
    shown.settle()
    kept = segments.saved(book)[0]
    assert (kept.columns, kept.sort) == ((*own, "city"), "-paid")
    shown.page.sidebar.choose("all")
    shown.settle()
    assert columns(shown) == own and shown.page.model.sort_state() == ("name", False)
    tick(shown, "Region")
    shown.page.sidebar.choose(f"segment:{south}")
    shown.settle()
    assert columns(shown) == [*own, "city"] and shown.page.model.sort_state() == ("paid", True)
    assert [item["key"] for item in shown.page.save_state()["table"]["columns"] if not item["hidden"]] == [
        *own, "region"]
    shown.page.sidebar.choose("leads")
    shown.settle()
    assert columns(shown) == [*own, "region"]


def test_columns_of_a_segment_are_an_act_and_looking_is_none(shown: Shown, book: Book, south: int) -> None:
    own = columns(shown)
    tick(shown, "City")
    assert book.undo().message == "Columns of segment {name}"
    shown.settle()
    assert columns(shown) == own and segments.saved(book)[0].columns == ()
    book.redo()
    shown.settle()
    assert columns(shown) == [*own, "city"]
    for key in ("all", f"segment:{south}", "leads", f"segment:{south}"):
        shown.page.sidebar.choose(key)
        shown.settle()
    assert book.undo().message == "Columns of segment {name}"
    shown.settle()
    assert book.undo().message == "Save segment {name}"
    shown.settle()
    assert shown.page.sidebar.current_key() == "" and shown.page.wanted != CustomerFilter()


def test_an_unsaved_filter_changes_no_segment(shown: Shown, book: Book, south: int) -> None:
    shown.page.bar.field.setFocus()
    shown.type("a")
    shown.settle()
    tick(shown, "City")
    assert segments.saved(book)[0].columns == ()


def test_a_file_for_reading_remembers_nothing(show: object, book: Book, tmp_path: Path) -> None:
    key = segments.save(book, "South", CustomerFilter(conditions=Group(True, (REGION,))))
    book.close()
    reading = open_book(tmp_path / "shop.crm", reading=True)
    shown: Shown = show(reading)  # type: ignore[operator]
    shown.page.sidebar.choose(f"segment:{key}")
    shown.settle()
    tick(shown, "City")
    assert "city" in columns(shown) and segments.saved(reading)[0].columns == ()
    reading.close()


@pytest.mark.parametrize("code", ["ms", "ta", "zh_TW"])
def test_values_are_read_in_the_language_of_the_window(show: object, book: Book, code: str) -> None:
    words.set_language(i18n.language(code))
    shown: Shown = show(book)  # type: ignore[operator]
    row = first_row(shown)
    choose(row, "created_on", "on")
    row.editors[0].setFocus()
    row.editors[0].setText({"ms": "esok", "ta": "2026-11-22", "zh_TW": "明天"}[code])
    shown.keys(Qt.Key.Key_Tab)
    assert row.part() == Condition("created_on", "on", "2026-11-22")


def test_a_damaged_segment_is_told_and_lists_nobody(shown: Shown, book: Book) -> None:
    key = segments.save(book, "South", CustomerFilter(regions=("Johor",)))
    with book.work("Damage") as work:
        records.save(work.connection, "segments", key, {"filter": '{"regions": 5'})
    shown.settle()
    shown.page.sidebar.choose(f"segment:{key}")
    shown.settle()
    assert shown.names() == [] and "“South” is damaged and cannot be read" in shown.bar.text()
    shown.page.list_acts.rename_segment(key, "Selatan")
    with book.read() as connection:
        row = records.get(connection, "segments", key)
    assert (row["name"], row["filter"]) == ("Selatan", '{"regions": 5')
