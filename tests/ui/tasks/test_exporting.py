"""Tasks as files: what the list shows, or what is chosen."""

from __future__ import annotations

import csv
from pathlib import Path

import icalendar
from PySide6.QtWidgets import QFileDialog, QMenu

from desktop_crm.services import customers
from desktop_crm.ui.exporting import CSV
from desktop_crm.ui.tasks.exporting import CALENDAR, WITH_BIRTHDAYS
from desktop_crm.ui.tasks.menu import task_menu
from tests.books import TODAY
from tests.ui.tasks.conftest import Shown


def written(shown: Shown, path: Path) -> list[str]:
    """Ctrl+Shift+E, CSV, this place: the names in the file."""
    found = next(one for one in shown.page.acts() if one.keys == "Ctrl+Shift+E")
    before = set(shown.page.findChildren(QMenu))
    found.run()
    menu, = (one for one in set(shown.page.findChildren(QMenu)) - before if one.parent() is shown.page)
    next(one for one in menu.actions() if one.text() == CSV.title).trigger()
    menu.close()
    dialog = shown.page.findChildren(QFileDialog)[-1]
    dialog.fileSelected.emit(str(path))
    dialog.close()
    shown.settle()
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row["Task"] for row in csv.DictReader(file)]


def test_what_the_list_shows_or_what_is_chosen(shown: Shown, tmp_path: Path) -> None:
    listed = [line for line in shown.lines() if line and not line.startswith("[")]
    assert written(shown, tmp_path / "all.csv") == listed and len(listed) > 5
    assert shown.bar.text() == f"Written: all.csv ({len(listed)})"
    shown.select("Send brochure", "Prepare order")
    assert written(shown, tmp_path / "two.csv") == ["Send brochure", "Prepare order"]


def test_the_menu_on_tasks_has_it_too(shown: Shown) -> None:
    menu = task_menu(shown.page, [], TODAY, [])
    shown.page.exporting.fill(menu.exports, list)
    assert "Export" in [one.text() for one in menu.actions()] and len(menu.exports.actions()) == 5
    menu.exports.actions()[0].trigger()
    assert shown.bar.text() == "There is nothing in this list to export."
    menu.deleteLater()


def test_a_calendar_of_what_is_shown(shown: Shown, tmp_path: Path) -> None:
    def titles(name: str) -> list[str]:
        shown.settle()
        found = icalendar.Calendar.from_ical((tmp_path / name).read_bytes())
        return [str(one["summary"]) for one in found.walk("VEVENT")]

    page, ids = shown.page, shown.page.model.ids()
    customers.add(page.book, {"name": "Mei", "birthday": "--05-12"})
    page.exporting.write("tasks", CALENDAR, ids, tmp_path / "a.ics")
    found = titles("a.ics")
    assert "Sign the contract · 小明科技有限公司" in found and "Send brochure" in found
    assert not {"Thank-you call", "✓ Thank-you call", "Find a carrier", "Birthday of Mei"} & set(found)
    assert shown.bar.text() == "Written: a.ics (6) 1 task without a day is not in it."
    page.header.restore({"all": True})
    page.exporting.write("tasks", WITH_BIRTHDAYS, ids, tmp_path / "b.ics")
    assert {"✓ Thank-you call", "Birthday of Mei"} <= set(titles("b.ics"))
