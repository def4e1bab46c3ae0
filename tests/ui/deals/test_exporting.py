"""Deals as files: what the board or the list shows, or what is chosen; told, stopped, refused."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMenu

from desktop_crm.domain.deals import DealLine
from desktop_crm.domain.export_profiles import Profile
from desktop_crm.services import deals, export_profiles
from desktop_crm.ui.exporting import CSV, WORKBOOK
from tests.ui.deals.conftest import Shown, Story


def names(path: Path) -> list[str]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row["Name"] for row in csv.DictReader(file)]


def act(shown: Shown) -> QMenu:
    """What Ctrl+Shift+E opens."""
    found = next(one for one in shown.page.acts() if one.keys == "Ctrl+Shift+E")
    before = set(shown.page.findChildren(QMenu))
    found.run()
    menu, = (one for one in set(shown.page.findChildren(QMenu)) - before if one.parent() is shown.page)
    return menu


def saved(shown: Shown, menu: QMenu, path: Path) -> str:
    """Choose CSV in the menu and this place in the dialog; what the bar says then."""
    next(one for one in menu.actions() if one.text() == CSV.title).trigger()
    menu.close()
    dialog = shown.page.findChildren(QFileDialog)[-1]
    assert Path(dialog.selectedFiles()[0]).name == "Deals.csv"
    dialog.fileSelected.emit(str(path))
    dialog.close()
    shown.settle()
    return shown.bar.text()


def test_what_the_filter_shows_or_what_is_chosen(shown: Shown, story: Story, tmp_path: Path) -> None:
    assert saved(shown, act(shown), tmp_path / "board.csv") == "Written: board.csv (7)"
    assert sorted(names(tmp_path / "board.csv")) == sorted(story.deals.keys() - {"Old counter", "Lost lorry"})
    shown.page.views.go_to("list")
    shown.settle()
    shown.page.views.show_filter(replace(shown.page.views.filters, status=""))
    shown.settle()
    listed = shown.rows()
    assert len(listed) == 9
    saved(shown, act(shown), tmp_path / "list.csv")
    assert names(tmp_path / "list.csv") == listed, "in the list's order"
    shown.page.views.list.table.selectAll()
    two = shown.page.views.chosen()[:2]
    menu = shown.page._menus.context(shown.page.views, two)
    below = next(one.menu() for one in menu.actions() if one.text() == "Export")
    assert isinstance(below, QMenu)
    assert [one.text() for one in below.actions()] == [WORKBOOK.title, CSV.title, "In the columns of"]
    saved(shown, below, tmp_path / "two.csv")
    assert names(tmp_path / "two.csv") == listed[:2]


def shapes(menu: QMenu) -> QMenu:
    """The menu of the shapes in which the list can leave."""
    found = menu.actions()[2].menu()
    assert isinstance(found, QMenu)
    return found


def test_what_a_shape_has_no_place_for_is_told_and_the_folder_is_near(shown: Shown, story: Story,
                                                                      tmp_path: Path) -> None:
    deals.edit(story.book, story.deals["Signage"], {}, lines=[DealLine(1, ""), DealLine(2, "")])
    shown.settle()
    menu = act(shown)
    saved(shown, menu, tmp_path / "all.csv")
    assert shown.bar.text() == "Written: all.csv (7)", "the plain list holds them all"
    menu = act(shown)
    next(one for one in shapes(menu).actions() if one.text() == "Zoho CRM, deals").trigger()
    menu.close()
    dialog = shown.page.findChildren(QFileDialog)[-1]
    dialog.filterSelected.emit(dialog.nameFilters()[1])
    assert Path(dialog.selectedFiles()[0]).name == "Deals.xlsx"
    dialog.fileSelected.emit(str(tmp_path / "zoho.csv"))
    dialog.close()
    shown.settle()
    assert shown.bar.text() == ("Written: zoho.csv (7) The products of 1 deal are not in it: this shape has no columns "
                                "for them.")
    assert (tmp_path / "zoho.csv").read_text(encoding="utf-8-sig").startswith("Deal Name,Account Name,")
    assert shown.bar._action.text() == "Open folder"


def test_own_columns_are_first_in_the_menu_and_a_click_away(shown: Shown, story: Story) -> None:
    export_profiles.add(story.book, Profile("Tan & Sons", "deals", (("name", "Perkara"),)))
    menu = shapes(act(shown))
    titles = [one.text() for one in menu.actions()]
    assert titles[0] == "Tan && Sons" and titles[-1] == "Own columns…"
    wanted: list[str] = []
    shown.page.act_wanted.connect(wanted.append)
    menu.actions()[-1].trigger()
    assert wanted == ["settings:exports/0"]


def test_a_stopped_or_refused_export_leaves_nothing(shown: Shown, story: Story, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    ids = list(story.deals.values())
    shown.page.exporting.write("deals", WORKBOOK, ids, folder / "a.xlsx").cancel()
    shown.settle()
    shown.page.exporting.write("deals", CSV, ids, folder / "gone" / "a.csv")
    shown.settle()
    assert "could not be written" in shown.bar.text() and list(folder.iterdir()) == []


def test_nothing_to_export_is_said(empty: Shown) -> None:
    menu = act(empty)
    menu.actions()[0].trigger()
    menu.close()
    assert empty.bar.text() == "There is nothing in this list to export."
    assert empty.page.findChildren(QFileDialog) == []
