"""The bar above the list: chips that narrow it, a line to filter by typing, the count and the columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from desktop_crm.domain.conditions import Group
from desktop_crm.domain.customers import HEATS, STATES, CustomerFilter
from desktop_crm.domain.segments import LAPSE_DAYS
from desktop_crm.ui import theme
from desktop_crm.ui.customers.condition_chips import ConditionChips
from desktop_crm.ui.customers.facets import Facets
from desktop_crm.ui.customers.popups import Option, ask_line, fill_choices
from desktop_crm.ui.customers.typed_filters import TYPED, TypedFilters
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.buttons import IconButton
from desktop_crm.ui.widgets.cards import Panel
from desktop_crm.ui.widgets.chips import Chip
from desktop_crm.ui.widgets.fields import SearchField
from desktop_crm.ui.widgets.labels import Dim, tip
from desktop_crm.ui.widgets.layout import FlowLayout, column, row
from desktop_crm.ui.words import N_, tr, tr_count

if TYPE_CHECKING:
    from desktop_crm.services.conditions import Vocabulary
    from desktop_crm.ui.customers.conditions_panel import ConditionsPanel

_CHIPS = {"states": N_("State"), "heats": N_("Heat"), "sellers": N_("Seller"), "regions": N_("Region"),
          "tags": N_("Tag")}
_MORE = {"sources": N_("Source"), "industries": N_("Industry")}
_FLAGS = {"starred": (N_("Starred"), True, False), "owes": (N_("Owes money"), True, False),
          "no_next_step": (N_("No next step"), True, False), "untouched_days": (N_("Untouched 30 days"), 30, 0),
          "bought_days": (N_("Bought in 90 days"), 90, 0), "lapsed_days": (N_("Lapsed 180 days"), LAPSE_DAYS, 0),
          "never_bought": (N_("Never bought"), True, False),
          "low_regulars": (N_("Small regulars"), True, False),
          "open_deals": (N_("Open deals"), True, False), "overdue": (N_("Payment overdue"), True, False),
          "birthday_month": (N_("Birthday this month"), True, False)}
_LONGEST = 32
_NARROW = 600


class FilterBar(Panel):
    """Shows and changes a CustomerFilter: `changed(filter)`, `save_wanted(name)`, `columns_wanted(point)`,
    `sheet_wanted()`.

    Conditions of any field are made in a panel below it, which opens on demand; `left()` follows when it is closed.
    """

    changed = Signal(object)
    left = Signal()
    save_wanted = Signal(str)
    columns_wanted = Signal(QPoint)
    sheet_wanted = Signal()

    def __init__(self, typed: TypedFilters, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._typed = typed
        self._wanted, self._facets, self._title = CustomerFilter(), Facets({}), ""
        self._known: Vocabulary | None = None
        self.builder: ConditionsPanel | None = None
        self._strip = QWidget()
        self._flow = FlowLayout(self._strip, gap=6)
        self.chips: dict[str, Chip] = {}
        self._title_chip = self._chip("title", N_("Filter"), self.clear)
        for key, title in (*_CHIPS.items(), *_MORE.items()):
            self._menu_chip(key, title)
        for key, (title, _, off) in _FLAGS.items():
            self._chip(key, title, partial(self._change, **{key: off}))
        for key, title in TYPED.items():
            self._chip(key, title, partial(self._take_away, key))
        self.more = self._menu_chip("more", N_("+ Filter"), self._fill_more)
        self.conditions = ConditionChips(self._flow, self.more, self.open_conditions, self._use_conditions)
        self._chip("clear", N_("Clear"), self.clear)
        self.field = SearchField(tr(N_("Filter")))
        self.field.setMinimumWidth(theme.px(96))
        self.field.setMaximumWidth(theme.px(200))
        self.field.textEdited.connect(lambda text: self._change(search=text))
        self.field.textChanged.connect(self._emptied)
        self._count = Dim()
        self._columns = IconButton("columns", tr(N_("Columns")))
        self._columns.clicked.connect(lambda: self.columns_wanted.emit(
            self._columns.mapToGlobal(QPoint(0, self._columns.height() + 2))))
        self.sheet = IconButton("sheet", tr(N_("Edit in the list, like a sheet (Shift+F2)")))
        self.sheet.clicked.connect(self.sheet_wanted)
        box = row(self._strip, self.field, self._count, self.sheet, self._columns, margins=(16, 7, 12, 7))
        box.setAlignment(self._strip, Qt.AlignmentFlag.AlignVCenter)
        box.setStretch(0, 3)
        box.setStretch(1, 1)
        self.setLayout(column(box, gap=0))
        self._show()

    def wanted(self) -> CustomerFilter:
        """The filter that is shown."""
        return self._wanted

    def show_filter(self, wanted: CustomerFilter, title: str = "") -> None:
        """Show a filter; a `title` tells where it comes from, in a chip that takes it away. Nothing is emitted."""
        self._wanted, self._title = wanted, title
        if self.field.text() != wanted.search:
            self.field.setText(wanted.search)
        self._show()
        if self.builder is not None and self._building() and self.builder.group() != wanted.conditions:
            self.builder.show_group(self._vocabulary(), wanted.conditions)

    def show_facets(self, facets: Facets) -> None:
        """Offer other sellers, regions, tags …"""
        self._facets, self._known = facets, None
        self._show()

    def show_count(self, count: int | None) -> None:
        """Show how many customers the list has; None while that is unknown."""
        self._count.setText("" if count is None else tr_count(N_("{n} customer"), N_("{n} customers"), count))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._count.setVisible(event.size().width() >= theme.px(_NARROW))

    def clear(self) -> None:
        """Take the whole filter away."""
        self.show_filter(CustomerFilter())
        self.changed.emit(self._wanted)

    def ask_name(self) -> QMenu:
        """Ask under which name to save the filter as a segment; gives the pop-up."""
        at = self.more.mapToGlobal(QPoint(0, self.more.height() + 2))
        return ask_line(self, at, tr(N_("Name of the segment")), self.save_wanted.emit)

    def _emptied(self, text: str) -> None:
        """Escape empties the field without it counting as an edit."""
        if not text and self._wanted.search:
            self._change(search="")

    def _change(self, **values: Any) -> None:
        self._use(replace(self._wanted, **values))

    def _use(self, wanted: CustomerFilter) -> None:
        self.show_filter(wanted, self._title)
        self.changed.emit(self._wanted)

    def _take_away(self, key: str) -> None:
        self._use(self._typed.without(self._wanted, key))

    def ask_value(self, key: str) -> QMenu:
        """Ask for the day or amount of a condition; gives the pop-up."""
        at = self.more.mapToGlobal(QPoint(0, self.more.height() + 2))
        return ask_line(self, at, tr(TYPED[key]), partial(self._enter, key), self._typed.said(self._wanted, key))

    def _enter(self, key: str, text: str) -> None:
        wanted = self._typed.read(self._wanted, key, text)
        if wanted is not None:
            self._use(wanted)

    # Conditions of any field

    def open_conditions(self, place: int = -1) -> None:
        """Open the panel in which conditions are made, the keyboard in the part at `place`, else in the first one."""
        if self.builder is None:
            from desktop_crm.ui.customers.conditions_panel import ConditionsPanel  # not before one is asked for

            self.builder = ConditionsPanel()
            self.builder.changed.connect(self._use_conditions)
            self.builder.closed.connect(self.close_conditions)
            self.layout().addWidget(self.builder)  # type: ignore[union-attr]  # it was set when the bar was made
            self.builder.hide()
        if not self._building():
            self.builder.show_group(self._vocabulary(), self._wanted.conditions)
            self.builder.show()
            self._show()
        self.builder.focus_part(place)

    def close_conditions(self) -> None:
        """Close the panel; the conditions stay."""
        if self.builder is not None and self._building():
            self.builder.hide()
            self._show()
            self.left.emit()

    def _building(self) -> bool:
        """Whether the panel of the conditions is open."""
        return self.builder is not None and self.builder.isVisibleTo(self)

    def _use_conditions(self, group: Group | None) -> None:
        self._change(conditions=group)

    def _vocabulary(self) -> Vocabulary:
        """What can be asked for; read anew after the sellers, tags … have changed."""
        if self._known is None:
            self._known = self._typed.vocabulary()
        return self._known

    # Chips

    def _chip(self, key: str, title: str, clicked: Callable[[], None]) -> Chip:
        chip = Chip(tr(title), toggles=False)
        chip.clicked.connect(lambda: clicked())
        self.chips[key] = chip
        self._flow.addWidget(chip)
        return chip

    def _menu_chip(self, key: str, title: str, fill: Callable[[QMenu], None] | None = None) -> Chip:
        chip = Chip(tr(title))
        menu = QMenu(chip)
        menu.aboutToShow.connect(lambda: (fill or (lambda menu: self._fill(key, menu)))(menu))
        chip.set_menu(menu)
        self.chips[key] = chip
        self._flow.addWidget(chip)
        return chip

    def options(self, key: str) -> list[Option]:
        """What a chip offers, as (value, text)."""
        facets = self._facets
        if key in ("states", "heats"):
            return [(code, tr(title)) for code, title in (STATES if key == "states" else HEATS).items()]
        if key in ("regions", "industries"):
            return [(value, value) for value, _ in (facets.regions if key == "regions" else facets.industries)]
        choices = {"sellers": facets.sellers, "tags": facets.tags, "sources": facets.sources}[key]
        none: list[Option] = [(0, tr(N_("No seller")))] if key == "sellers" else []
        return [*none, *((choice.id, choice.name) for choice in choices)]

    def _fill(self, key: str, menu: QMenu) -> None:
        menu.clear()
        chosen = getattr(self._wanted, key)
        menu.addAction(tr(N_("Any"))).triggered.connect(lambda: self._change(**{key: ()}))
        menu.addSeparator()
        fill_choices(menu, self.options(key), lambda value: self._turn(key, value), chosen)

    def _turn(self, key: str, value: object) -> None:
        chosen = getattr(self._wanted, key)
        kept = tuple(item for item in chosen if item != value)
        self._change(**{key: kept if value in chosen else (*chosen, value)})

    def _flag(self, key: str, on: object, off: object, ticked: bool) -> None:
        self._change(**{key: on if ticked else off})

    def _fill_more(self, menu: QMenu) -> None:
        menu.clear()
        for key, title in _MORE.items():
            inner = menu.addMenu(tr(title))
            fill_choices(inner, self.options(key), partial(self._turn, key), getattr(self._wanted, key))
            inner.setEnabled(bool(self.options(key)))
        for key, (title, on, off) in _FLAGS.items():
            action = menu.addAction(tr(title))
            action.setCheckable(True)
            action.setChecked(bool(getattr(self._wanted, key)))
            action.toggled.connect(partial(self._flag, key, on, off))
        menu.addSeparator()
        for key, title in TYPED.items():
            menu.addAction(f"{tr(title)} …").triggered.connect(partial(self._asked, key))
        menu.addAction(tr(N_("More conditions …"))).triggered.connect(lambda: self.open_conditions())
        menu.addSeparator()
        save = menu.addAction(tr(N_("Save as a segment …")))
        save.setEnabled(self._wanted != CustomerFilter())
        save.triggered.connect(lambda: self.ask_name())

    def _asked(self, key: str, _: bool = False) -> None:
        self.ask_value(key)

    def _show(self) -> None:
        for key, title in (*_CHIPS.items(), *_MORE.items()):
            chosen = getattr(self._wanted, key)
            chip = self.chips[key]
            names = dict(self.options(key))
            text = ", ".join(str(names.get(value, "…")) for value in chosen)
            chip.set_label(f"{tr(title)}: {_cut(text)}" if chosen else tr(title))
            chip.setToolTip(tip(text))
            chip.setChecked(bool(chosen))
            if key in _MORE:
                chip.setVisible(bool(chosen))
        for key, (title, _, _) in _FLAGS.items():
            self.chips[key].setVisible(bool(getattr(self._wanted, key)))
            self.chips[key].set_label(f"{tr(title)} ×")
        for key, title in TYPED.items():
            said = self._typed.said(self._wanted, key)
            self.chips[key].setVisible(bool(said))
            self.chips[key].set_label(f"{tr(title)}: {said} ×")
        asked = None if self._building() else self._wanted.conditions  # rows that are in sight need no chips
        self.conditions.show(self._vocabulary() if asked is not None else None, asked)
        self._title_chip.setVisible(bool(self._title))
        self._title_chip.set_label(f"{_cut(self._title)} ×")
        self._title_chip.setToolTip(tip(self._title))
        self.chips["clear"].setVisible(self._wanted != CustomerFilter())
        self._strip.updateGeometry()


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST - 1] + "…"
