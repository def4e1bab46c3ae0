"""What is in the way of a task's time, and the next free one by a click; 14:32 on Saturday, 21 November 2026."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_crm.domain.hours import DaysOff
from desktop_crm.services import business, hours, tasks
from desktop_crm.services.book import Book
from desktop_crm.ui.widgets.chips import Chip
from desktop_crm.ui.widgets.labels import Label
from tests.ui.tasks.conftest import Shown

TODAY = date(2026, 11, 21)


def write(shown: Shown, text: str) -> None:
    shown.page.new()
    shown.write(text)
    shown.settle()


def warnings(shown: Shown) -> list[str]:
    found = shown.page.quick.findChildren(Label)
    return [label.text() for label in found if label.isVisible() and label.property("tone") == "warn"]


def free_chip(shown: Shown) -> Chip:
    return next(chip for chip in shown.page.quick.findChildren(Chip)
                if chip.isVisible() and chip.label().startswith("→"))


def test_the_quick_line_warns_and_a_click_takes_the_free_time(shown: Shown, book: Book) -> None:
    write(shown, "call Aminah today 16:30")
    assert warnings(shown) == ["Clashes with 16:00 Sign the contract"]
    assert free_chip(shown).label() == "→ 17:00"
    QTest.mouseClick(free_chip(shown), Qt.MouseButton.LeftButton)
    assert shown.page.quick.line.hasFocus() and warnings(shown) == []
    shown.keys(Qt.Key.Key_Return)
    shown.settle()
    added = tasks.get(book, shown.page.table.selected_ids()[0])
    assert (added["name"], added["due_on"], added["due_time"]) == ("Call Aminah", TODAY, "17:00")
    book.undo()
    shown.settle()
    assert "Call Aminah" not in shown.lines()


def test_the_free_time_of_another_day_says_its_day(shown: Shown, book: Book) -> None:
    tasks.add(book, {"name": "Stocktaking", "due_on": TODAY, "due_time": "17:00", "minutes": 60})
    write(shown, "call Aminah today 17:15")
    assert free_chip(shown).label() == "→ Mon, 23 Nov 09:00"


def test_a_free_time_and_another_day_are_not_warned_of(shown: Shown) -> None:
    for text in ("call Aminah today 17:00", "call Aminah 27/11 16:30", "call Aminah"):
        write(shown, text)
        assert warnings(shown) == []
        shown.page.quick.clear()


def test_a_day_off_is_told(shown: Shown, book: Book) -> None:
    write(shown, "call Aminah 25/12/2026 10:00")
    assert warnings(shown) == ["Closed on this day: Christmas Day"]
    hours.set_hours(book, off=[DaysOff(date(2026, 11, 24), date(2026, 11, 24), "Wedding")])
    shown.page.quick.clear()
    write(shown, "call Aminah tuesday")
    assert warnings(shown) == ["Closed on this day: Wedding"]


def test_the_form_warns_and_its_button_takes_the_free_time(shown: Shown, book: Book) -> None:
    task = shown.id_of("Sign the contract")
    shown.page.open(task)
    shown.settle()
    form = shown.page.form
    assert form.way.text() == "Clashes with 16:15 Measure the shop"
    assert form.way.button.accessibleName() == "Next free time: 16:45"
    QTest.mouseClick(form.way.button, Qt.MouseButton.LeftButton)
    shown.settle()
    assert (form.way.text(), form.form.editor("due_time").text()) == ("", "16:45")
    form.form.submit()
    shown.settle()
    assert tasks.get(book, task)["due_time"] == "16:45"


def test_the_form_looks_again_as_the_time_changes(shown: Shown) -> None:
    shown.page.open(shown.id_of("Prepare order"))
    shown.settle()
    form = shown.page.form
    assert form.way.text() == ""
    form.form.editor("due_time").setText("4pm")
    form.form.editor("due_time").editingFinished.emit()
    shown.settle()
    assert form.way.text() == "Clashes with 16:00 Sign the contract"
    form.form.editor("due_time").setText("soon")
    form.form.editor("due_time").editingFinished.emit()
    shown.settle()


def test_a_done_task_is_in_nobodys_way(shown: Shown, book: Book) -> None:
    done = tasks.add(book, {"name": "Signed", "due_on": TODAY, "due_time": "16:00"})
    tasks.finish(book, [done])
    shown.settle()
    shown.page.open(done)
    shown.settle()
    assert shown.page.form.way.text() == ""


def test_the_day_has_the_date_of_nepals_own_calendar_in_nepal(shown: Shown, book: Book) -> None:
    assert shown.page.day._title.text() == "Saturday, 21 November"
    business.set_business(book, {"country": "NP"})
    shown.settle()
    assert shown.page.day._title.text() == "Saturday, 21 November · BS 2083/08/05"
    business.set_business(book, {"country": "TW"})
    shown.settle()
    assert shown.page.day._title.text() == "Saturday, 21 November · ROC 115/11/21"
