"""The line in which a task is written: what was read, and how it is taken back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_crm.services import tasks
from desktop_crm.services.book import Book
from desktop_crm.ui.widgets.chips import Chip
from tests.ui.tasks.conftest import Shown


def chips(shown: Shown) -> list[str]:
    found = shown.page.quick.findChildren(Chip)
    return [chip.label() for chip in found if chip.isVisible()]


def write(shown: Shown, text: str) -> None:
    shown.page.new()
    shown.write(text)
    shown.settle()


def test_what_was_read_stands_beneath(shown: Shown) -> None:
    write(shown, "call Aminah tomorrow 10:00 for 45 min !")
    assert chips(shown) == ["Call ×", "Aminah Runcit Enterprise ×", "Tomorrow · Sun, 22 Nov ×", "10:00 · 45 min ×",
                            "important ×", "10 min before"]


def test_a_click_on_a_chip_leaves_that_part_in_the_name(shown: Shown, book: Book) -> None:
    write(shown, "call Aminah tomorrow")
    chip = next(chip for chip in shown.page.quick.findChildren(Chip) if chip.label().startswith("Tomorrow"))
    QTest.mouseClick(chip, Qt.MouseButton.LeftButton)
    shown.settle()
    assert chips(shown) == ["Call ×", "Aminah Runcit Enterprise ×"]
    assert shown.page.quick.line.hasFocus()
    shown.keys(Qt.Key.Key_Return)
    shown.settle()
    added = tasks.get(book, shown.page.table.selected_ids()[0])
    assert (added["name"], added["due_on"]) == ("Call Aminah tomorrow", None)


def test_backspace_at_the_start_takes_the_last_part_back(shown: Shown) -> None:
    write(shown, "call Aminah tomorrow")
    shown.keys(Qt.Key.Key_Home)
    shown.keys(Qt.Key.Key_Backspace)
    shown.settle()
    assert chips(shown) == ["Call ×", "Aminah Runcit Enterprise ×"]
    assert shown.page.quick.line.text() == "call Aminah tomorrow"


def test_escape_goes_back_step_by_step(shown: Shown) -> None:
    write(shown, "call Aminah tomorrow")
    shown.keys(Qt.Key.Key_Escape)
    shown.settle()
    assert chips(shown) == []
    shown.keys(Qt.Key.Key_Escape)
    assert shown.page.quick.line.text() == ""
    shown.keys(Qt.Key.Key_Escape)
    assert shown.page.table.hasFocus()


def test_enter_before_the_reading_is_there_reads_at_once(shown: Shown, book: Book) -> None:
    shown.page.new()
    shown.write("call Aminah tomorrow 10:00")
    shown.keys(Qt.Key.Key_Return)
    shown.settle()
    added = tasks.get(book, shown.page.table.selected_ids()[0])
    assert (added["name"], added["customer_id"], added["due_time"]) == ("Call Aminah", 1, "10:00")


def test_a_day_alone_is_not_added(shown: Shown, book: Book) -> None:
    before = tasks.list_ids(book)
    write(shown, "tomorrow")
    shown.keys(Qt.Key.Key_Return)
    shown.settle()
    assert tasks.list_ids(book) == before
    assert "Say what is to be done" in shown.bar.text()
    assert shown.page.quick.line.text() == "tomorrow"


def test_a_new_task_takes_a_filter_away_that_may_hide_it(shown: Shown) -> None:
    shown.page.header._choose_kind("visit")
    shown.settle()
    write(shown, "call Aminah")
    shown.keys(Qt.Key.Key_Return)
    shown.settle()
    assert "Call Aminah" in shown.lines()


def test_an_emptied_line_shows_nothing(shown: Shown) -> None:
    write(shown, "call Aminah tomorrow")
    shown.page.quick.line.selectAll()
    shown.keys(Qt.Key.Key_Delete)
    shown.settle()
    assert chips(shown) == []
    assert shown.page.quick.preview() is None
