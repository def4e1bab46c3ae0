"""The form of the working hours: saved by Enter, refused at the field, taken back by Undo."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from desktop_crm.domain.hours import DaysOff, usual_week
from desktop_crm.services import business, hours
from desktop_crm.ui.settings.hours import HoursSection
from tests.ui.settings.conftest import Desk


def section(desk: Desk) -> HoursSection:
    return desk.shown("hours", HoursSection)


def test_the_usual_week_stands_there(desk: Desk) -> None:
    form = section(desk).form
    assert [form.editor(f"day{day}").text() for day in range(7)] == ["09:00–18:00"] * 6 + [""]
    assert form.editor("day0").accessibleName() == "Monday"
    assert (form.editor("region").value(), form.editor("holidays_off").value()) == ("", True)


def test_enter_saves_and_undo_takes_it_back(desk: Desk, qtbot: QtBot) -> None:
    form = section(desk).form
    form.editor("day4").setText("9-12:30, 14:30-18")
    form.editor("days_off").setPlainText("24/12/2026 – 26/12/2026 Balik kampung")
    qtbot.keyClick(form.editor("day4"), Qt.Key.Key_Return)
    desk.settle()
    plan = hours.hours(desk.book)
    assert (plan.week[4], plan.off) == (((540, 750), (870, 1080)),
                                        (DaysOff(date(2026, 12, 24), date(2026, 12, 26), "Balik kampung"),))
    assert form.editor("day4").text() == "09:00–12:30, 14:30–18:00"
    desk.undo()
    assert hours.hours(desk.book).week == usual_week("MY")
    assert form.editor("day4").text() == "09:00–18:00"


def test_a_region_brings_its_week(desk: Desk) -> None:
    form = section(desk).form
    form.editor("region").set_value("03")
    form.submit()
    desk.settle()
    assert hours.hours(desk.book).region == "03"
    assert [form.editor(f"day{day}").text() for day in (3, 4, 5, 6)] == ["09:00–18:00", "", "", "09:00–18:00"]


def test_what_are_no_hours_is_refused_at_its_field(desk: Desk) -> None:
    form = section(desk).form
    form.editor("day2").setText("morning")
    form.editor("days_off").setPlainText("soon")
    form.submit()
    assert form.editor("day2").property("invalid") is True
    assert form.editor("day2").accessibleDescription().startswith("“morning” are no working hours")
    assert form.editor("days_off").accessibleDescription().startswith("“soon” names no day off")
    assert hours.hours(desk.book).week == usual_week("MY")


def test_escape_takes_back_what_was_typed(desk: Desk, qtbot: QtBot) -> None:
    form = section(desk).form
    form.editor("day2").setText("10-12")
    qtbot.keyClick(form.editor("day2"), Qt.Key.Key_Escape)
    assert form.editor("day2").text() == "09:00–18:00" and not form.dirty()


def test_another_country_offers_its_own_regions(desk: Desk) -> None:
    form = section(desk).form
    assert form.editor("region").count() == 17
    business.set_business(desk.book, {"country": "NP"})
    desk.settle()
    assert form.editor("region").count() == 1
    assert [bool(form.editor(f"day{day}").text()) for day in range(7)] == [True] * 5 + [False, True]


def test_a_file_for_reading_is_shown_and_not_changed(reading: Desk) -> None:
    assert not section(reading).form.isEnabled()
