"""Above the list: what to look at, how much of it there is, and what to do with the selected ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QDate, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu, QWidget

from desktop_crm.domain.activities import KINDS
from desktop_crm.domain.sellers import SellerRow
from desktop_crm.domain.tasks import TaskFilter
from desktop_crm.services.timeline import ICONS
from desktop_crm.ui import icons, theme
from desktop_crm.ui.widgets.buttons import Button, literal
from desktop_crm.ui.widgets.cards import Panel
from desktop_crm.ui.widgets.chips import Chip, ChipGroup
from desktop_crm.ui.widgets.fields import SearchField
from desktop_crm.ui.widgets.labels import Dim, Label
from desktop_crm.ui.widgets.layout import row
from desktop_crm.ui.widgets.pickers import calendar_popup
from desktop_crm.ui.words import N_, current, tr, tr_count

_TYPING_MS = 120
NOBODY = 0
Option = tuple[object, str, QIcon | None]


class TasksHeader(Panel):
    """Today or all, kind, seller and text as one TaskFilter: `changed()` after each choice.

    A filter from elsewhere (`show_rows`) stands as a chip that takes it away.
    """

    changed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.given: TaskFilter | None = None
        self._kinds: tuple[str, ...] = ()
        self._sellers: tuple[int, ...] = ()
        self._names: dict[int, str] = {}
        self.today_chip, self.all_chip = Chip(tr(N_("Today"))), Chip(tr(N_("All")))
        self.today_chip.setChecked(True)
        self._views = ChipGroup([self.today_chip, self.all_chip], self)
        self._views.buttonClicked.connect(lambda _: self.changed.emit())
        self.kind_chip, self.seller_chip = Chip("", icon="filter"), Chip("", icon="person")
        self._kind_menu, self._seller_menu = QMenu(self), QMenu(self)
        self.kind_chip.set_menu(self._kind_menu)
        self.seller_chip.set_menu(self._seller_menu)
        self.given_chip = Chip("", toggles=False)
        self.given_chip.clicked.connect(self.drop_given)
        self.search = SearchField(tr(N_("Filter tasks")))
        self.search.setMaximumWidth(theme.px(190))
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self.changed)
        self.search.textChanged.connect(lambda _: self._typing.start())
        self._counts = Dim("")
        self.setFixedHeight(theme.px(48))
        chips = row(self.given_chip, self.today_chip, self.all_chip, self.kind_chip, self.seller_chip, gap=6)
        self.setLayout(row(chips, None, self._counts, self.search, gap=12, margins=(16, 0, 16, 0)))
        self._retitle()

    @property
    def all_done(self) -> bool:
        """Whether all done tasks are shown, not only today's."""
        return self.all_chip.isChecked()

    def wanted(self) -> TaskFilter:
        """The filter as a whole."""
        base = self.given or TaskFilter()
        return replace(base, search=self.search.text().strip() or base.search, kinds=self._kinds or base.kinds,
                       sellers=self._sellers or base.sellers)

    def narrowed(self) -> bool:
        """Whether anything but the view keeps tasks out."""
        return self.wanted() != TaskFilter()

    def set_sellers(self, found: Sequence[SellerRow]) -> None:
        """Offer these sellers; without any there is nothing to choose."""
        self._names = {NOBODY: tr(N_("Nobody")), **{seller.id: seller.name for seller in found}}
        self._sellers = tuple(key for key in self._sellers if key in self._names)
        self._retitle()

    def set_counts(self, to_do: int, overdue: int, done: int) -> None:
        """Show how many are to be done by today, how many of these are late, how many were done today."""
        parts = [tr_count(N_("{n} to do"), N_("{n} to do"), to_do)]
        if overdue:
            parts.append(tr_count(N_("{n} overdue"), N_("{n} overdue"), overdue))
        if done:
            parts.append(tr_count(N_("{n} done"), N_("{n} done"), done))
        self._counts.setText(" · ".join(parts))

    def set_total(self, total: int) -> None:
        """Show how many there are in a list from elsewhere."""
        self._counts.setText(tr_count(N_("{n} task"), N_("{n} tasks"), total))

    def give(self, wanted: TaskFilter, title: str) -> None:
        """Take a filter from elsewhere, under its title; the own choices are cleared."""
        self.clear(announce=False)
        self.given = wanted
        self.given_chip.set_label(f"{title} ×" if len(title) <= 40 else f"{title[:39]}… ×")
        self.given_chip.setAccessibleName(tr(N_("Take the filter away: {title}"), title=title))
        self.given_chip.setToolTip(title)
        self._retitle()
        self.changed.emit()

    def drop_given(self) -> None:
        """Take the filter from elsewhere away."""
        self.given = None
        self._retitle()
        self.changed.emit()

    def clear(self, announce: bool = True) -> None:
        """Take all filters away."""
        self.given, self._kinds, self._sellers = None, (), ()
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._typing.stop()
        self._retitle()
        if announce:
            self.changed.emit()

    def save(self) -> dict[str, object]:
        """The choices as plain values."""
        return {"all": self.all_done, "kinds": list(self._kinds), "sellers": list(self._sellers)}

    def restore(self, state: dict[str, object]) -> None:
        """Take up what `save` gave; what is unknown is left out."""
        (self.all_chip if state.get("all") is True else self.today_chip).setChecked(True)
        kinds, chosen = state.get("kinds"), state.get("sellers")
        self._kinds = tuple(kind for kind in kinds if kind in KINDS) if isinstance(kinds, list) else ()
        self._sellers = tuple(key for key in chosen if isinstance(key, int)) if isinstance(chosen, list) else ()
        self._retitle()

    def _retitle(self) -> None:
        self.given_chip.setVisible(self.given is not None)
        for chip in (self.today_chip, self.all_chip):
            chip.setVisible(self.given is None)
        self.kind_chip.set_label(_title(tr(N_("Kind")), [tr(KINDS[kind]) for kind in self._kinds]))
        self.seller_chip.set_label(_title(tr(N_("Seller")), [self._names.get(key, "") for key in self._sellers]))
        self.kind_chip.setChecked(bool(self._kinds))
        self.seller_chip.setChecked(bool(self._sellers))
        self.seller_chip.setVisible(len(self._names) > 1)
        kinds: list[Option] = [(kind, tr(title), icons.icon(ICONS.get(kind, "note"), "dim"))
                               for kind, title in KINDS.items()]
        fill(self._kind_menu, kinds, self._choose_kind, self._kinds)
        fill(self._seller_menu, [(key, name, None) for key, name in self._names.items()], self._choose_seller,
             self._sellers)

    def _choose_kind(self, kind: object) -> None:
        self._kinds = tuple(key for key in KINDS if (key in self._kinds) != (key == kind))
        self._retitle()
        self.changed.emit()

    def _choose_seller(self, seller: object) -> None:
        self._sellers = tuple(key for key in self._names if (key in self._sellers) != (key == seller))
        self._retitle()
        self.changed.emit()


class BulkBar(Panel):
    """What can be done with several tasks at once, in place of the header."""

    done = Signal()
    moved = Signal(object)
    assigned = Signal(object)
    deleted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = Label("", strong=True)
        self.done_button = Button(tr(N_("Done")), "check")
        self.move_button = Button(tr(N_("Reschedule")), "calendar")
        self.seller_button = Button(tr(N_("Seller")), "person")
        self.delete_button = Button(tr(N_("Delete")), "trash")
        self.clear_button = Button(tr(N_("Deselect")), kind="quiet")
        self.done_button.clicked.connect(self.done)
        self.delete_button.clicked.connect(self.deleted)
        self.clear_button.clicked.connect(self.left)
        self._move_menu, self._seller_menu = QMenu(self), QMenu(self)
        self.move_button.setMenu(self._move_menu)
        self.seller_button.setMenu(self._seller_menu)
        self.setFixedHeight(theme.px(48))
        self.setLayout(row(self._count, self.done_button, self.move_button, self.seller_button, self.delete_button,
                           None, self.clear_button, gap=8, margins=(16, 0, 16, 0)))

    def show_count(self, count: int, today: date, sellers: Sequence[SellerRow]) -> None:
        """Speak of `count` tasks; days are seen from `today`."""
        self._count.setText(tr_count(N_("{n} selected"), N_("{n} selected"), count))
        self._move_menu.clear()
        add_days(self._move_menu, today, self.moved.emit, lambda: self.pick(today))
        seller_options: list[Option] = [(None, tr(N_("Nobody")), None), *((one.id, one.name, None) for one in sellers)]
        fill(self._seller_menu, seller_options, self.assigned.emit)
        self.seller_button.setVisible(bool(sellers))

    def pick(self, today: date) -> QMenu:
        """Open a calendar under the button."""
        return pick_day(self.move_button, self.move_button.mapToGlobal(QPoint(0, self.move_button.height() + 2)), today,
                        self.moved.emit)


def next_week(today: date) -> date:
    """The Monday of the week after."""
    return today + timedelta(days=7 - today.weekday())


def add_days(menu: QMenu, today: date, chosen: Callable[[date | None], None], pick: Callable[[], object]) -> None:
    """Offer days to move to in `menu`: today, tomorrow, next week, one to pick, none."""
    for title, day in ((N_("Today"), today), (N_("Tomorrow"), today + timedelta(days=1)),
                       (N_("Next week"), next_week(today))):
        text = f"{tr(title)}\t{current().skeleton(day, 'EEEdMMM')}"
        action = QAction(literal(text), menu)
        action.triggered.connect(lambda _=False, day=day: chosen(day))
        menu.addAction(action)
    picker, none = QAction(tr(N_("Pick a date…")), menu), QAction(tr(N_("No date")), menu)
    picker.triggered.connect(lambda: pick())
    none.triggered.connect(lambda: chosen(None))
    menu.addAction(picker)
    menu.addAction(none)


def pick_day(owner: QWidget, at: QPoint, day: date, chosen: Callable[[date], None]) -> QMenu:
    """Open a calendar at a global point; gives the pop-up."""
    popup, calendar = calendar_popup(owner, day)

    def take(picked: QDate) -> None:
        popup.close()
        chosen(date(picked.year(), picked.month(), picked.day()))

    calendar.clicked.connect(take)
    calendar.activated.connect(take)
    popup.popup(at)
    calendar.setFocus(Qt.FocusReason.PopupFocusReason)
    return popup


def fill(menu: QMenu, options: Sequence[Option], chosen: Callable[[object], None],
         ticked: Sequence[object] | None = None) -> None:
    """Offer (value, text, icon) in `menu`; with `ticked` each has a tick that says whether it is among them."""
    menu.clear()
    for value, text, icon in options:
        action = QAction(literal(text), menu, checkable=ticked is not None)
        if icon is not None and ticked is None:
            action.setIcon(icon)
        if ticked is not None:
            action.setChecked(value in ticked)
        action.triggered.connect(lambda _=False, value=value: chosen(value))
        menu.addAction(action)


def _title(name: str, chosen: Sequence[str]) -> str:
    if not chosen:
        return name
    more = f" +{current().number(len(chosen) - 1)}" if len(chosen) > 1 else ""
    return f"{name}: {chosen[0]}{more}"
