"""Tasks as files: what the list shows, or what is chosen."""

from __future__ import annotations

import csv
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMenu

from desktop_crm.ui.exporting import CSV
from desktop_crm.ui.tasks.menu import task_menu
from tests.books import TODAY
from tests.ui.tasks.conftest import Shown


def written(shown: Shown, path: Path) -> list[str]:
    """Ctrl+Shift+E, CSV, this place: the names in the file."""
    found = next(one for one in shown.page.acts() if one.keys == "Ctrl+Shift+E")
    before = set(shown.page.findChildren(QMenu))
    found.run()
    menu, = set(shown.page.findChildren(QMenu)) - before
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
    assert "Export" in [one.text() for one in menu.actions()] and len(menu.exports.actions()) == 2
    menu.exports.actions()[0].trigger()
    assert shown.bar.text() == "There is nothing in this list to export."
    menu.deleteLater()
