"""The day by hour: where blocks stand, the present line, other days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_crm.domain.tasks import TaskRow
from desktop_crm.services import tasks
from desktop_crm.services.book import Book
from desktop_crm.ui.tasks import day as day_module
from desktop_crm.ui.tasks.blocks import hours, lay_out
from desktop_crm.ui.widgets.chips import Chip
from tests.books import TODAY, Clock
from tests.ui.tasks.conftest import Shown


def row(key: int, at: str | None, minutes: int | None = None) -> TaskRow:
    return TaskRow(key, f"t{key}", "call", TODAY, at, minutes, False, False, None, None, None, None, None, None)


def test_overlapping_tasks_stand_side_by_side() -> None:
    blocks = lay_out([row(1, "16:00", 60), row(2, "16:15", 90), row(3, "17:45"), row(4, None), row(5, "09:00")])
    assert [(block.task.id, block.start, block.end, block.lane, block.lanes, block.clash) for block in blocks] == [
        (5, 540, 570, 0, 1, False), (1, 960, 1020, 0, 2, True), (2, 975, 1065, 1, 2, True),
        (3, 1065, 1095, 0, 1, False)]


def test_a_short_task_is_half_an_hour_high_but_does_not_clash_for_it() -> None:
    blocks = lay_out([row(1, "10:00", 5), row(2, "10:10", 5)])
    assert [(block.start, block.end, block.lanes, block.clash) for block in blocks] == [
        (600, 630, 2, False), (610, 640, 2, False)]


def test_the_column_reaches_as_far_as_the_tasks() -> None:
    assert hours([]) == (8, 20)
    assert hours([row(1, "06:30"), row(2, "21:10", 60)]) == (6, 23)
    assert hours([row(1, "23:50", 600)]) == (8, 24)


times = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))


@given(st.lists(st.tuples(times, st.none() | st.integers(1, 2000)), max_size=15))
def test_no_two_blocks_lie_on_each_other(made: list[tuple[str, int | None]]) -> None:
    rows = [row(number, at, minutes) for number, (at, minutes) in enumerate(made, 1)]
    blocks = lay_out(rows)
    first, last = hours(rows)
    assert len(blocks) == len(rows)
    for block in blocks:
        assert first * 60 <= block.start < block.end <= last * 60
        assert 0 <= block.lane < block.lanes
        for other in blocks:
            if other is not block and other.start < block.end and block.start < other.end:
                assert other.lane != block.lane
                assert other.lanes == block.lanes


def test_today_is_shown_with_the_present_line(shown: Shown, clock: Clock) -> None:
    day = shown.page.day
    assert day.day == TODAY
    assert [button.block.task.name for button in day.column.blocks()] == [
        "Thank-you call", "Sign the contract", "Measure the shop"]
    assert [button.hours() for button in day.column.blocks()] == ["11:00", "16:00–17:00", "16:15"]
    assert day.column._now is not None
    assert (day.column._now.hour, day.column._now.minute) == (14, 32)
    clock.now += timedelta(minutes=1)
    shown.page.minute()
    assert day.column._now.minute == 33
    day.step(1)
    assert day.column._now is None


def test_tasks_at_any_time_stand_above_the_hours(shown: Shown, book: Book) -> None:
    for number in range(9):
        tasks.add(book, {"name": f"more {number}", "due_on": TODAY})
    shown.settle()
    chips = [chip for chip in shown.page.day.findChildren(Chip) if chip.isVisible()]
    assert [chip.label() for chip in chips][:2] == ["Prepare order", "more 0"]
    assert shown.page.day._more.text() == "and 6 more"
    QTest.mouseClick(chips[0], Qt.MouseButton.LeftButton)
    assert shown.page.table.selected_ids() == [shown.id_of("Prepare order")]


def test_a_click_on_a_block_selects_its_task(shown: Shown) -> None:
    block = shown.page.day.column.blocks()[1]
    QTest.mouseClick(block, Qt.MouseButton.LeftButton)
    assert shown.page.table.selected_ids() == [shown.id_of("Sign the contract")]
    assert [button.isChecked() for button in shown.page.day.column.blocks()] == [False, True, False]


def test_arrows_go_from_block_to_block(shown: Shown) -> None:
    blocks = shown.page.day.column.blocks()
    blocks[0].setFocus()
    shown.keys(Qt.Key.Key_Down)
    shown.keys(Qt.Key.Key_Down)
    assert blocks[2].hasFocus()
    shown.keys(Qt.Key.Key_Return)
    assert shown.page.table.selected_ids() == [shown.id_of("Measure the shop")]
    blocks[2].setFocus()
    shown.keys(Qt.Key.Key_Escape)
    assert shown.page.table.hasFocus()


def test_the_day_follows_the_list_into_the_future(shown: Shown) -> None:
    shown.select("Confirm delivery")
    shown.settle()
    assert shown.page.day.day == date(2026, 11, 22)
    assert shown.page.day.column.blocks()[0].isChecked()
    shown.select("Send brochure")
    assert shown.page.day.day == date(2026, 11, 22)
    shown.page.day.today_button.click()
    assert shown.page.day.day == TODAY


def test_blocks_mirror_for_right_to_left(shown: Shown) -> None:
    block = shown.page.day.column.blocks()[0]
    column = shown.page.day.column
    left = block.x()
    column.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QApplication.processEvents()
    assert block.x() == column.width() - left - block.width()


def test_a_day_shows_so_many_at_most(shown: Shown, book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(day_module, "_MOST", 20)
    for number in range(25):
        tasks.add(book, {"name": f"n{number}", "due_on": TODAY + timedelta(days=3), "due_time": "10:00"})
    shown.settle()
    shown.page.day.show_day(TODAY + timedelta(days=3))
    shown.settle()
    assert len(shown.page.day.column.blocks()) == 20
    assert shown.page.day._more.text() == "and 5 more"
