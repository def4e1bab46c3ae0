"""Choosing when a task rings, in its form and in the line, and the bell on those that will."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from desktop_crm.services import tasks
from desktop_crm.services.book import Book
from desktop_crm.ui.models import ICON_ROLE
from desktop_crm.ui.reminders.offsets import ReminderField, said
from desktop_crm.ui.widgets.chips import Chip
from tests.ui.tasks.conftest import Shown


def icon(shown: Shown, name: str) -> object:
    row = shown.page.model.row_of(shown.id_of(name))
    assert row is not None
    return shown.page.model.index(row, shown.page.model.column_of("due")).data(ICON_ROLE)


def bell(shown: Shown) -> Chip:
    flow = shown.page.quick._flow
    found = [flow.itemAt(number).widget() for number in range(flow.count())]
    return next(chip for chip in found if isinstance(chip, Chip) and chip.accessibleName().startswith("Reminder"))


def choose(chip: Chip, text: str) -> None:
    menu = chip.findChild(QMenu)
    assert menu is not None
    next(action for action in menu.actions() if action.text() == text).trigger()


def test_offsets_in_words() -> None:
    assert [said(minutes) for minutes in (None, 0, 5, 20, 60, 180, 1440, 2880)] == [
        "no reminder", "when it is due", "5 min before", "20 min before", "1 hour before", "3 hours before",
        "1 day before", "2 days before"]


def test_a_bell_on_what_will_ring(shown: Shown) -> None:
    assert [icon(shown, name) for name in ("Sign the contract", "Prepare order", "Thank-you call")] == ["bell", "", ""]


def test_the_form_chooses_the_reminder(shown: Shown, book: Book) -> None:
    task, = shown.select("Sign the contract")
    shown.keys(Qt.Key.Key_Return)
    field = shown.page.form.form.editor("remind_minutes")
    assert field.value() == 10 and field.currentText() == "10 min before"
    field.set_value(60)
    shown.page.form.form.submit()
    shown.settle()
    assert shown.column("Sign the contract", "due").startswith("16:00 rings 15:00")
    field.set_value(None)
    shown.page.open(task)
    field.set_value(None)
    shown.page.form.form.submit()
    shown.settle()
    assert icon(shown, "Sign the contract") == ""
    assert tasks.get(book, task)["remind_minutes"] is None


def test_an_unusual_offset_is_kept(qtbot: object) -> None:
    field = ReminderField()
    field.set_value(25)
    assert (field.value(), field.currentText(), field.count()) == (25, "25 min before", 12)
    field.set_value(None)
    assert (field.value(), field.currentText(), field.count()) == (None, "no reminder", 11)


def test_the_line_offers_reminders_and_keeps_the_chosen_one(shown: Shown, book: Book) -> None:
    shown.page.new()
    shown.write("visit Ming at 17:00")
    shown.settle()
    assert bell(shown).label() == "10 min before"
    choose(bell(shown), "1 hour before")
    shown.write(" with samples")
    shown.settle()
    assert bell(shown).label() == "1 hour before"
    shown.keys(Qt.Key.Key_Return)
    shown.settle()
    assert shown.column("Visit Ming with samples", "due").startswith("17:00 rings 16:00")
    shown.page.new()
    shown.write("call 18:00")
    shown.settle()
    assert bell(shown).label() == "10 min before"


def test_a_line_without_a_time_offers_none(shown: Shown) -> None:
    shown.page.new()
    shown.write("buy paper tomorrow")
    shown.settle()
    assert "min before" not in shown.page.quick._chips.accessibleName()
    assert not [chip for chip in shown.page.quick._chips.findChildren(Chip)
                if chip.accessibleName().startswith("Reminder") and chip.isVisible()]
