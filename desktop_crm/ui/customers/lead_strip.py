"""What stands on the card of a lead alone: its score, whose word its heat is, two checklists, the way to convert."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget

from desktop_crm.domain.checklists import Checklist, Mark
from desktop_crm.domain.customers import HEATS
from desktop_crm.domain.scoring import Score
from desktop_crm.ui import icons
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.buttons import literal
from desktop_crm.ui.widgets.chips import Chip
from desktop_crm.ui.widgets.labels import tip
from desktop_crm.ui.widgets.layout import FlowLayout, column
from desktop_crm.ui.words import N_, current, tr

_LISTS = {"marketing": N_("Marketing {done}/{all}"), "sales": N_("Sales {done}/{all}")}


class TickMenu(QMenu):
    """A menu of things to tick, which stays open while they are ticked."""

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if not self._tick(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() not in keys or not self._tick(self.activeAction()):
            super().keyPressEvent(event)

    def _tick(self, action: QAction | None) -> bool:
        if action is None or not action.isCheckable() or not action.isEnabled():
            return False
        action.trigger()
        return True


class LeadStrip(QWidget):
    """A line of chips under the head of a lead's card.

    `heat_set(heat or None)`, `ticked(item id, bool)`, `qualified()`, `converted()`, `refreshed()` for an old score,
    `settings_wanted(section, record)`.
    """

    heat_set = Signal(object)
    ticked = Signal(int, bool)
    qualified = Signal()
    converted = Signal()
    refreshed = Signal()
    settings_wanted = Signal(str, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.score, self.score_menu = Chip("", toggles=False), QMenu(self)
        self.heat, self.heat_menu = Chip("", toggles=False), QMenu(self)
        self.score.set_menu(self.score_menu)
        self.heat.set_menu(self.heat_menu)
        self.lists = {key: Chip("", toggles=False) for key in _LISTS}
        self.list_menus = {key: TickMenu(self) for key in _LISTS}
        for key, chip in self.lists.items():
            chip.set_menu(self.list_menus[key])
        self.qualify = Chip(tr(N_("Call it qualified")), icon="check", toggles=False)
        self.qualify.clicked.connect(self.qualified)
        self.convert = Chip(tr(N_("Convert…")), icon="arrow-right", toggles=False)
        self.convert.setToolTip(tip(tr(N_("Make this lead a customer, with a contact and a deal (Ctrl+G)"))))
        self.convert.clicked.connect(self.converted)
        flow = FlowLayout(gap=6)
        for chip in (self.score, self.heat, *self.lists.values(), self.qualify, self.convert):
            flow.addWidget(chip)
        self.setLayout(column(flow, margins=(16, 10, 16, 0)))
        self.hide()

    def show_lead(self, score: Score, lists: Mapping[str, Checklist], qualified: bool, reading: bool) -> None:
        """Show another lead; nothing can be changed while `reading`."""
        self._show_score(score, reading)
        self._show_heat(score, reading)
        for key, found in lists.items():
            self._show_list(key, found, reading)
        self.qualify.setVisible(not qualified and not reading and any(one.complete for one in lists.values()))
        self.convert.setVisible(not reading)
        self.show()

    # The parts

    def _show_score(self, score: Score, reading: bool) -> None:
        older = score.older and not reading
        self.score.setIcon(icons.icon("refresh", "warn") if older else icons.icon("health", "dim"))
        self.score.set_label(tr(N_("Score {points}"), points=current().number(score.total)) if score.rules
                             else tr(N_("No score")))
        self.score.setToolTip(tip(tr(N_("The points of today, and the rules that give them"))))
        menu = self.score_menu
        menu.clear()
        for part in score.parts:
            said = f"+{current().number(part.points)}" if part.points > 0 else current().number(part.points)
            action = menu.addAction(literal(f"{said}   {part.name}"))
            action.triggered.connect(lambda _=False, rule=part.id: self.settings_wanted.emit("scoring", rule))
        if not score.parts:
            nothing = N_("No rule applies today.") if score.rules else N_("There are no score rules yet.")
            menu.addAction(tr(nothing)).setEnabled(False)
        menu.addSeparator()
        if older:
            was = "—" if score.stored is None else current().number(score.stored)
            action = menu.addAction(icons.icon("refresh", "dim"), tr(
                N_("The list still says {points}: bring it up to date"), points=was))
            action.triggered.connect(self.refreshed)
        action = menu.addAction(icons.icon("settings", "dim"), tr(N_("Score rules…")))
        action.triggered.connect(lambda: self.settings_wanted.emit("scoring", 0))

    def _show_heat(self, score: Score, reading: bool) -> None:
        by_hand = score.heat is not None and not score.scored
        self.heat.set_label(tr(N_("Heat by hand")) if by_hand else tr(N_("Heat by score")) if score.scored
                            else tr(N_("No heat")))
        self.heat.setEnabled(not reading)
        menu = self.heat_menu
        menu.clear()
        group = QActionGroup(menu)
        for heat in ("hot", "warm", "cold"):
            action = menu.addAction(tr(HEATS[heat]))
            action.setCheckable(True)
            action.setChecked(by_hand and heat == score.heat)
            action.triggered.connect(lambda _=False, heat=heat: self.heat_set.emit(heat))
            group.addAction(action)
        menu.addSeparator()
        action = menu.addAction(tr(N_("By the score: {heat}"), heat=tr(HEATS[score.by_score])) if score.rules
                                else tr(N_("No heat")))
        action.setCheckable(True)
        action.setChecked(not by_hand)
        action.triggered.connect(lambda: self.heat_set.emit(None))
        group.addAction(action)

    def _show_list(self, key: str, found: Checklist, reading: bool) -> None:
        chip, menu = self.lists[key], self.list_menus[key]
        chip.setVisible(bool(found.marks))
        chip.set_label(tr(_LISTS[key], done=current().number(found.done), all=current().number(len(found.marks))))
        chip.setIcon(icons.icon("check", "good") if found.complete else icons.icon("list", "dim"))
        reached = found.reached_on
        chip.setToolTip(tip(tr(N_("Complete since {day}"), day=current().day(reached, "full")) if reached else ""))
        known = [action for action in menu.actions() if action.isCheckable()]
        if [action.data() for action in known] == [mark.item.id for mark in found.marks]:
            for action, mark in zip(known, found.marks, strict=True):  # it may be open, and is ticked further
                _dress(action, mark, reading)
            return
        menu.clear()
        for mark in found.marks:
            action = QAction(menu)
            action.setCheckable(True)
            action.setData(mark.item.id)
            _dress(action, mark, reading)
            action.triggered.connect(lambda on, item=mark.item.id: self.ticked.emit(item, on))
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(icons.icon("settings", "dim"), tr(N_("Checklists…"))).triggered.connect(
            lambda: self.settings_wanted.emit("checklists", 0))


def _dress(action: QAction, mark: Mark, reading: bool) -> None:
    """Name an item with its day and who said so, ticked or not."""
    said = [part for part in (current().day(mark.on_date, "medium") if mark.on_date else "", mark.seller) if part]
    action.setText(literal(mark.item.name + (f"   {' · '.join(said)}" if said else "")))
    action.setChecked(mark.on_date is not None)
    action.setEnabled(not reading)
