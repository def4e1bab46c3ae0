"""The menu on tasks of the list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop_crm.domain.sellers import SellerRow
from desktop_crm.domain.tasks import TaskRow
from desktop_crm.ui import icons
from desktop_crm.ui.tasks.header import add_days, fill
from desktop_crm.ui.widgets.buttons import literal
from desktop_crm.ui.words import N_, tr


class TaskMenu(QMenu):
    """What can be done with the selected tasks; it deletes itself once it is closed."""

    toggled = Signal()
    edited = Signal()
    attached = Signal()
    moved = Signal(object)
    pick_wanted = Signal()
    assigned = Signal(object)
    record_wanted = Signal(str, int)
    deleted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.exports = QMenu(tr(N_("Export")), self)  # to be filled with what the tasks can be exported to
        self.exports.setIcon(icons.icon("upload", "dim"))

    def put(self, icon: str, text: str, signal: Signal | object, keys: str = "") -> QAction:
        """Add an entry that emits `signal`; `keys` are shown, not bound."""
        action = QAction(icons.icon(icon, "dim"), literal(text) + (f"\t{keys}" if keys else ""), self)
        action.triggered.connect(lambda _=False: signal.emit())  # type: ignore[union-attr]
        self.addAction(action)
        return action


def task_menu(owner: QWidget, found: Sequence[TaskRow], today: date, sellers: Sequence[SellerRow],
              reading: bool = False) -> TaskMenu:
    """The menu for the given tasks, where one only reads without what changes them; the owner wires and pops it up."""
    menu = TaskMenu(owner)
    menu.aboutToHide.connect(menu.deleteLater)
    if reading:
        if len(found) == 1:
            menu.put("eye", tr(N_("Open")), menu.edited, tr(N_("Enter")))
            _add_links(menu, found[0])
        menu.addMenu(menu.exports)
        return menu
    done = all(task.done_on is not None for task in found)
    menu.put("check", tr(N_("Open again")) if done else tr(N_("Done")), menu.toggled, tr(N_("Space")))
    if len(found) == 1:
        menu.put("edit", tr(N_("Edit")), menu.edited, tr(N_("Enter")))
        menu.put("file", tr(N_("Attach a file…")), menu.attached)
        _add_links(menu, found[0])
    days = menu.addMenu(icons.icon("calendar", "dim"), tr(N_("Reschedule")))
    add_days(days, today, menu.moved.emit, menu.pick_wanted.emit)
    if sellers:
        people = menu.addMenu(icons.icon("person", "dim"), tr(N_("Seller")))
        fill(people, [(None, tr(N_("Nobody")), None), *((one.id, one.name, None) for one in sellers)],
             menu.assigned.emit)
    menu.addSeparator()
    menu.addMenu(menu.exports)
    menu.put("trash", tr(N_("Delete")), menu.deleted, tr(N_("Del")))
    return menu


def _add_links(menu: TaskMenu, task: TaskRow) -> None:
    for kind, key, name, icon in (("customers", task.customer_id, task.customer, "customers"),
                                  ("deals", task.deal_id, task.deal, "deals")):
        if key is not None and name:
            action = QAction(icons.icon(icon, "dim"), literal(tr(N_("Open {name}"), name=name)), menu)
            action.triggered.connect(lambda _=False, kind=kind, key=key: menu.record_wanted.emit(kind, key))
            menu.addAction(action)
