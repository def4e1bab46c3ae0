"""What the window itself can do, wherever one is: its acts with their keys, and the menu behind the dots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from desktop_crm import i18n
from desktop_crm.ui.acts import Act
from desktop_crm.ui.next_lead import NextLead
from desktop_crm.ui.other_lists import OtherLists
from desktop_crm.ui.top_bar import TABS
from desktop_crm.ui.words import N_, current, tr

if TYPE_CHECKING:
    from desktop_crm.ui.main_window import MainWindow


def acts(window: MainWindow) -> list[Act]:
    """The acts of the whole window; those of a page come with it."""
    tabs = [Act(key, title, lambda key=key: window.show_tab(key), f"Ctrl+{number}", key)  # type: ignore[misc]
            for number, (key, title) in enumerate(TABS, 1)]
    return [
        *tabs,
        Act("new", N_("New"), window.new, "Ctrl+N", "plus"),
        Act("undo", N_("Undo"), window.undo, "Ctrl+Z", "undo"),
        Act("redo", N_("Redo"), window.redo, "Ctrl+Shift+Z", "redo"),
        Act("search", N_("Search or do anything"), lambda: window.finder.begin(), "Ctrl+K", "search"),
        Act("sale", N_("Quick sale"), lambda: window.panels.counter("sale"), "F4", "money"),
        Act("import", N_("Import a file…"), window.panels.bring_in, "Ctrl+I", "import"),
        *OtherLists(window).acts(),
        Act("settings", N_("Business, sellers and products…"), window.panels.settings, "Ctrl+,", "settings"),
        *window.access.acts(), *window.reminders.acts(), *window.evening.acts(), *window.watch.acts(),
        Act("backup", N_("Back up now"), window.safekeeping.back_up, "", "backup"),
        Act("backups", N_("Backups and restore…"), window.panels.backups, "", "history"),
        Act("duplicates", N_("Find duplicates…"), window.panels.duplicates, "Ctrl+Shift+F", "customers"),
        Act("leads", N_("Leads: inbox of requests"), window.panels.leads, "F8", "mail"),
        *NextLead(window).acts(),
        Act("pool", N_("Leads: the pool"), lambda: window.panels.leads("pool"), "", "customers"),
        Act("late", N_("Leads: who could be handed over"), lambda: window.panels.leads("handover"), "", "arrow-right"),
        Act("road", N_("Notes from the road…"), lambda: window.panels.leads("road"), "", "note"),
        Act("health", N_("Data health"), window.panels.health, "", "health"),
        Act("notice", N_("Privacy notice…"), window.panels.notice, "", "eye"),
        Act("past", N_("As on date…"), window.panels.past, "Ctrl+H", "history"),
        Act("encryption", N_("Encrypt this file…"), lambda: window.panels.settings("encryption"), "", "lock"),
        Act("check", N_("Check the file"), window.safekeeping.check, "", "check"),
        Act("own_fields", N_("Own fields…"), lambda: window.panels.settings("own_fields"), "", "list"),
        Act("setup", N_("Set up how you sell…"), window.panels.setup, "", "check"),
        Act("edit_stages", N_("Edit pipelines and stages"), lambda: window.act("stages"), "", "board"),
        Act("open", N_("Open a file…"), window.choose_file, "Ctrl+O", "folder"),
        Act("new_file", N_("New file…"), lambda: window.choose_new(False), "Ctrl+Shift+N", "file"),
        Act("sample", N_("New sample business…"), lambda: window.choose_new(True), "", "building"),
        Act("help", N_("Help and all keys"), window.panels.help, "F1", "help"),
        Act("light", N_("Light"), lambda: window.look_wanted.emit("scheme", "light"), "", "sun"),
        Act("dark", N_("Dark"), lambda: window.look_wanted.emit("scheme", "dark"), "", "moon"),
        Act("quit", N_("Quit"), window.close, "Ctrl+Q", "close"),
    ]


def fill_menu(window: MainWindow, scheme: str) -> None:
    """Put the acts, the looks and the languages behind the dots of the top bar."""
    get = window.actions_.get
    groups = [[get(key) for key in keys] for keys in (
        ("sale", "close_day", "leads", "import", "duplicates", "health", "past", "settings"), ("work_as", "lock"),
        ("backup", "backups", "check"), ("new_file", "sample", "open"), ("help",))]
    look, words = QMenu(tr(N_("Look")), window), QMenu(tr(N_("Language")), window)
    _choices(window, look, "scheme", scheme, (
        ("system", tr(N_("As the system"))), ("light", tr(N_("Light"))), ("dark", tr(N_("Dark")))))
    _choices(window, words, "language", current().code, tuple(i18n.LANGUAGES.items()))
    window.top.set_menu(groups, [look, words])


def _choices(window: MainWindow, menu: QMenu, what: str, chosen: str, options: tuple[tuple[str, str], ...]) -> None:
    group = QActionGroup(menu)
    for value, title in options:
        action = QAction(title, menu, checkable=True, checked=value == chosen)
        action.triggered.connect(lambda _=False, value=value: window.look_wanted.emit(what, value))
        group.addAction(action)
        menu.addAction(action)
