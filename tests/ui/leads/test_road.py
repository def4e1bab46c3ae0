"""Notes from the road in the leads' panel, by keys: what each line becomes, by hand or by itself, and back again."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from desktop_crm.services import activities, customers, tasks
from desktop_crm.services.book import Book
from desktop_crm.ui.leads.road import RoadSection
from tests.books import dump
from tests.ui.leads.conftest import LeadsRoom

TEXT = ("Ali: called, wants 3 boxes, Friday 10\nMei: visited\nRavi: met, wants samples, 016-999 8888\nbuy milk\n"
        "no note at all")


@pytest.fixture
def road(room: LeadsRoom) -> RoadSection:
    customers.add(room.book, {"name": "Mei Trading"})
    customers.add(room.book, {"name": "Mei Hua"})
    room.panel.show_section("road")
    section = room.panel.section("road")
    assert isinstance(section, RoadSection)
    room.settle()
    return section


def write(room: LeadsRoom, road: RoadSection, text: str) -> None:
    road.text.set_value(text)
    road.read()
    room.settle()


def lines(road: RoadSection) -> list[str]:
    model = road.table.model_
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_lines_become_what_is_chosen_and_one_undo_takes_all_back(room: LeadsRoom, road: RoadSection) -> None:
    before = dump(room.book)
    write(room, road, TEXT)
    assert lines(road) == ["Ali", *["Kept as a task"] * 4]
    assert road.count.text() == "4 lines tell nobody for sure: Enter chooses."
    road.table.select(2)
    room.key(Qt.Key.Key_Return, road.table)
    menu = road.findChildren(QMenu)[-1]
    titles = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert {*titles[:2]} == {"Mei Hua", "Mei Trading"} and titles[2:] == [
        "Another customer…", "New lead\tN", "Keep as a task\tK", "Leave out\tX"]
    next(action for action in menu.actions() if action.text() == "Mei Hua").trigger()
    menu.close()
    road.table.select(3)
    room.key(Qt.Key.Key_N, road.table)
    road.table.select(5)
    room.key(Qt.Key.Key_X, road.table)
    assert lines(road) == ["Ali", "Mei Hua", "New lead: Ravi", "Kept as a task", "Left out"]
    assert road.take_button.text().strip() == "Take 4 notes"
    room.key(Qt.Key.Key_Return, road.table, Qt.KeyboardModifier.ControlModifier)
    assert room.said == "3 notes are taken. 1 is kept as a task. 1 line stays here."
    assert road.text.value() == "no note at all" and lines(road) == ["Left out"]
    rows = activities.rows(room.book, activities.list_ids(room.book))
    assert [row.customer for row in rows] == ["Ali", "Mei Hua", "Ravi"]
    assert len(tasks.list_ids(room.book)) == 2
    room.undo()
    assert dump(room.book) == before
    write(room, road, "Ali: called")
    room.key(Qt.Key.Key_Return, road.text, Qt.KeyboardModifier.ControlModifier)
    assert room.said == "1 note is taken." and road.text.value() == ""


def test_another_customer_is_found_by_typing(room: LeadsRoom, road: RoadSection) -> None:
    write(room, road, "Ravi: called")
    road.table.select(1)
    road._search()
    room.settle()
    QTest.keyClicks(road.other, "Ali")
    room.key(Qt.Key.Key_Return, road.other)
    assert lines(road) == ["Ali"] and not road.other_bar.isVisible()
    road._search()
    QTest.keyClicks(road.other, "nobody")
    room.key(Qt.Key.Key_Return, road.other)
    assert "not one customer" in room.said and road.other_bar.isVisible()
    room.key(Qt.Key.Key_Escape, road.other)
    assert not road.other_bar.isVisible() and room.closed == 0
    room.key(Qt.Key.Key_Escape, road.table)
    assert room.closed == 1
    again = RoadSection(road.desk)
    again.start()
    assert again.text.value() == "Ravi: called"  # what is not taken is there when one comes back
    again.stop()


def test_texts_that_are_dropped_or_pasted(room: LeadsRoom, road: RoadSection, tmp_path: Path) -> None:
    assert road.empty.isVisible() and "Nothing is noted" in road.empty.accessibleName()
    assert not road.take_button.isEnabled()
    (tmp_path / "a.txt").write_bytes("陳怡君：好".encode("utf-16"))
    data = QMimeData()
    data.setText("Ali: called")
    room.panel._take(data)
    room.settle()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.txt"))])
    room.panel._take(data)
    room.settle()
    assert lines(road) == ["Ali", "陳怡君"] and room.lists == []
    road.open(tmp_path / "gone.txt")
    assert "gone.txt" in room.said
    write(room, road, "a\n" * 600)
    assert lines(road) == [] and "too long" in road.empty.accessibleName()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "mei.vcf"))])
    assert not road.takes_data(data)  # a contact card is a request wherever it is dropped


def test_notes_that_are_being_taken_are_waited_for_and_nothing_is_typed_among_them(room: LeadsRoom,
                                                                                   road: RoadSection) -> None:
    write(room, road, "Ali: called")
    road.take()
    QTest.keyClicks(road.text, "lost")
    QTest.keyClick(road.text, Qt.Key.Key_Escape)
    assert road.text.value() == "Ali: called" and room.closed == 0
    room.settle()
    assert room.said == "1 note is taken." and road.text.value() == ""
    QTest.keyClicks(road.text, "next")
    assert road.text.value() == "next"
    room.key(Qt.Key.Key_Escape, road.text)
    assert room.closed == 1


def test_who_names_nobody_is_no_lead(room: LeadsRoom, road: RoadSection) -> None:
    write(room, road, "buy milk")
    road.table.select(1)
    room.key(Qt.Key.Key_N, road.table)
    assert lines(road) == ["Kept as a task"] and "names nobody" in room.said


def test_reading_only(reading_room: object, book: Book) -> None:
    shown = reading_room()  # type: ignore[operator]
    shown.panel.show_section("road")
    section = shown.panel.section("road")
    shown.settle()
    assert section.text.isReadOnly() and not section.open_button.isEnabled() and not section.take_button.isEnabled()
