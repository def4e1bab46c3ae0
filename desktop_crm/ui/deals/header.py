"""The line above board and list: views, filters as chips, a text filter, and what it all comes to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from desktop_crm.domain.deals import DealTotals
from desktop_crm.services.business import Choice as Option
from desktop_crm.ui import theme
from desktop_crm.ui.deals.filters import CLOSES, CREATED, ORDERS, STATUSES, Filters
from desktop_crm.ui.deals.loading import Lists
from desktop_crm.ui.widgets.buttons import IconButton, literal
from desktop_crm.ui.widgets.cards import Panel
from desktop_crm.ui.widgets.chips import Chip, ChipGroup
from desktop_crm.ui.widgets.fields import SearchField
from desktop_crm.ui.widgets.labels import ElidedLabel, Hairline, set_property, tip
from desktop_crm.ui.widgets.layout import FlowLayout, column, row
from desktop_crm.ui.words import N_, current, tr, tr_count

_TYPED_MS = 120
"""How long the text filter waits for the next key before it asks."""

Options = Sequence[tuple[Any, str]]


class Header(Panel):
    """Shows the filter and lets it be changed: `changed(Filters)`, `view_picked("board" | "list")`."""

    changed = Signal(object)
    view_picked = Signal(str)
    order_picked = Signal(str)
    editor_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filters, self._lists, self._view, self._order = Filters(), Lists(), "board", "stage_on"
        self._views = {"board": Chip(tr(N_("Board"))), "list": Chip(tr(N_("List")))}
        self._group = ChipGroup(list(self._views.values()), self)
        for key, chip in self._views.items():
            chip.clicked.connect(lambda _=False, key=key: self.view_picked.emit(key))
        self._pipeline = self._menu_chip(self._fill_pipelines)
        self._seller = self._menu_chip(self._fill_sellers)
        self._closes = self._menu_chip(self._fill_closes)
        self._more = self._menu_chip(self._fill_more)
        self._more.set_label(tr(N_("+ Filter")))
        self.search = SearchField(tr(N_("Filter deals")), "Ctrl F")
        self.search.setMinimumWidth(theme.px(150))
        self.search.setMaximumWidth(theme.px(240))
        self._typing = QTimer(self, singleShot=True, interval=_TYPED_MS)
        self._typing.timeout.connect(self._typed)
        self.search.textChanged.connect(lambda _: self._typing.start())
        self.search.returnPressed.connect(self._leave)
        self._sort = self._menu_button("sort", tr(N_("Order of the cards")), self._fill_orders)
        self._totals = ElidedLabel(tone="dim")
        self._weighted = ElidedLabel(strong=True)
        self.active = ActiveFilters()
        self.active.changed.connect(self._set)
        self._lay_out()

    def _lay_out(self) -> None:
        rule = Hairline(vertical=True)
        rule.setFixedHeight(theme.px(24))
        totals = row(self._totals, self._weighted, gap=0)
        line = row(*self._views.values(), rule, self._pipeline, self._seller, self._closes, self._more, self.search,
                   None, totals, self._sort, margins=(16, 7, 12, 8))
        line.setStretchFactor(self.search, 2)
        self.setLayout(column(line, self.active, Hairline(), gap=0))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    # What the page sets

    def show_filters(self, filters: Filters, lists: Lists) -> None:
        """Show a filter in the chips; nothing is emitted."""
        self._filters, self._lists = filters, lists
        pipeline = lists.pipeline(filters.pipeline).name if lists.pipelines and filters.pipeline is not None else \
            tr(N_("all"))
        self._label(self._pipeline, tr(N_("Pipeline: {name}"), name=pipeline), False)
        self._label(self._seller, tr(N_("Seller: {name}"), name=_named(lists.sellers, filters.seller))
                    if filters.seller is not None else tr(N_("Seller")), filters.seller is not None)
        self._label(self._closes, tr(N_("Closes: {when}"), when=tr(CLOSES[filters.closes]).lower())
                    if filters.closes else tr(N_("Closes")), bool(filters.closes))
        if self.search.text().strip() != filters.search:
            self.search.blockSignals(True)
            self.search.setText(filters.search)
            self.search.blockSignals(False)
        self.active.show_filters(filters, lists, self._view == "list")

    def show_view(self, view: str) -> None:
        """Mark the view that is shown; nothing is emitted."""
        self._view = view
        self._views[view].setChecked(True)
        self._sort.setVisible(view == "board")
        self.active.show_filters(self._filters, self._lists, view == "list")

    def show_order(self, order: str) -> None:
        """Mark by what the cards are ordered."""
        self._order = order

    def show_totals(self, totals: DealTotals, currency: str, status: str) -> None:
        """Say what the filter comes to; `status` is that of the list, "open" for the board."""
        say = current()
        if status == "open":
            count = tr_count(N_("{n} open"), N_("{n} open"), totals.deals)
        else:
            count = tr_count(N_("{n} deal"), N_("{n} deals"), totals.deals)
        money = say.money(totals.amount, currency, short=True)
        weighted = say.money(totals.weighted, currency, symbol=False, short=True)
        shown = status == "open"
        parts = [count, money, tr(N_("weighted"))] if shown else [count, money]
        self._totals.setText(" · ".join(parts) + ("\u00a0" if shown else ""))
        self._weighted.setText(weighted if shown else "")
        note = tr_count(N_("{n} deal in another currency is not in the sums"),
                        N_("{n} deals in other currencies are not in the sums"), totals.others) if totals.others else ""
        self._totals.setToolTip(tip(note))
        set_property(self._totals, "note", note)

    def summary(self) -> str:
        """What the filter comes to, as it is shown."""
        return self._totals.text().replace("\u00a0", " ") + self._weighted.text()

    def flush(self) -> None:
        """Ask for what is typed at once."""
        self._typing.stop()
        self._typed()

    # Menus

    def _menu_chip(self, fill: Callable[[QMenu], None]) -> Chip:
        chip = Chip("", icon="")
        menu = QMenu(self)
        menu.aboutToShow.connect(lambda: _refill(menu, fill))
        chip.set_menu(menu)
        _refill(menu, fill)
        return chip

    def _menu_button(self, icon: str, name: str, fill: Callable[[QMenu], None]) -> IconButton:
        button, menu = IconButton(icon, name, token="dim"), QMenu(self)
        menu.aboutToShow.connect(lambda: _refill(menu, fill))
        button.setMenu(menu)
        return button

    def _label(self, chip: Chip, text: str, on: bool) -> None:
        chip.set_label(f"{text} ▾")
        chip.setChecked(on)

    def _fill_pipelines(self, menu: QMenu) -> None:
        options: list[tuple[Any, str]] = [(item.id, item.name) for item in self._lists.pipelines]
        if self._view == "list" and len(options) > 1:
            options.append((None, tr(N_("All pipelines"))))
        choices(menu, options, self._filters.pipeline, lambda value: self._change(pipeline=value))
        menu.addSeparator()
        menu.addAction(tr(N_("Edit pipelines and stages…"))).triggered.connect(lambda: self.editor_wanted.emit())

    def _fill_sellers(self, menu: QMenu) -> None:
        options = _options(self._lists.sellers, tr(N_("Any seller")), tr(N_("No seller")))
        choices(menu, options, self._filters.seller, lambda value: self._change(seller=value))

    def _fill_closes(self, menu: QMenu) -> None:
        choices(menu, [(key, tr(title)) for key, title in CLOSES.items()], self._filters.closes,
                lambda value: self._change(closes=value))

    def _fill_orders(self, menu: QMenu) -> None:
        choices(menu, [(key, tr(title)) for key, (title, _) in ORDERS.items()], self._order,
                self.order_picked.emit)

    def _fill_more(self, menu: QMenu) -> None:
        now = self._filters
        _tick(menu, tr(N_("No next step")), now.no_next_step, lambda on: self._change(no_next_step=on))
        _tick(menu, tr(N_("Over the stage's day limit")), now.over_limit, lambda on: self._change(over_limit=on))
        menu.addSeparator()
        choices(menu.addMenu(tr(N_("Source"))), _options(self._lists.sources, tr(N_("Any")), tr(N_("None"))),
                now.source, lambda value: self._change(source=value))
        choices(menu.addMenu(tr(N_("Lost reason"))), _options(self._lists.lost_reasons, tr(N_("Any")), tr(N_("None"))),
                now.lost_reason, lambda value: self._change(lost_reason=value))
        choices(menu.addMenu(tr(N_("Created"))), [(key, tr(title)) for key, title in CREATED.items()], now.created,
                lambda value: self._change(created=value))
        if now.narrowed:
            menu.addSeparator()
            menu.addAction(tr(N_("Clear the filter"))).triggered.connect(lambda: self._set(now.cleared()))

    def _change(self, **values: Any) -> None:
        self._set(replace(self._filters, **values))

    def _set(self, filters: Filters) -> None:
        if filters != self._filters:
            self.show_filters(filters, self._lists)
            self.changed.emit(filters)

    def _leave(self) -> None:
        self.flush()
        self.left.emit()

    def _typed(self) -> None:
        self._change(search=self.search.text().strip())


class ActiveFilters(QWidget):
    """The second line: the list's status, and a chip with a cross for each filter that has no chip above."""

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filters = Filters()
        self._status = {key: Chip(tr(title)) for key, title in STATUSES.items()}
        self._group = ChipGroup(list(self._status.values()), self)
        for key, chip in self._status.items():
            chip.clicked.connect(lambda _=False, key=key: self.pick(key))
        self._extra = QWidget()
        self._flow = FlowLayout(self._extra, gap=8)
        self.columns = IconButton("columns", tr(N_("Columns")), token="dim")
        self._extra.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        line = row(*self._status.values(), self._extra, self.columns, margins=(16, 0, 12, 8))
        line.setStretchFactor(self._extra, 1)
        self.setLayout(line)

    def show_filters(self, filters: Filters, lists: Lists, listed: bool) -> None:
        """Show a filter; the status and the columns belong to the list alone."""
        self._filters = filters
        for key, chip in self._status.items():
            chip.setVisible(listed)
            chip.setChecked(key == filters.status)
        self.columns.setVisible(listed)
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        words = _words(filters, lists)
        for text, without in words:
            self._flow.addWidget(self._crossed(text, without))
        self._extra.setVisible(bool(words) or listed)
        self.setVisible(bool(words) or listed)

    def extra(self) -> list[Chip]:
        """The chips that can be taken away, in order."""
        items = (self._flow.itemAt(number) for number in range(self._flow.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, Chip)]

    def _crossed(self, text: str, without: Mapping[str, Any]) -> Chip:
        chip = Chip(f"{text} ×", toggles=False, parent=self._extra)
        chip.setAccessibleName(tr(N_("Remove the filter {name}"), name=text))
        chip.setMaximumWidth(theme.px(420))
        chip.clicked.connect(lambda: self.changed.emit(replace(self._filters, **without)))
        chip.show()
        return chip

    def pick(self, key: str) -> None:
        """Show the deals of a status, a key of STATUSES."""
        self.changed.emit(replace(self._filters, status=key))


def choices(menu: QMenu, options: Options, chosen: Any, pick: Callable[[Any], None]) -> None:
    """Fill a menu with values of which one is ticked."""
    for value, text in options:
        action = QAction(literal(text), menu, checkable=True)
        action.setChecked(value == chosen)
        action.triggered.connect(lambda _=False, value=value: pick(value))
        menu.addAction(action)


def _refill(menu: QMenu, fill: Callable[[QMenu], None]) -> None:
    menu.clear()
    fill(menu)


def _tick(menu: QMenu, text: str, on: bool, pick: Callable[[bool], None]) -> None:
    action = QAction(text, menu, checkable=True)
    action.setChecked(on)
    action.triggered.connect(pick)
    menu.addAction(action)


def _options(items: Sequence[Option], any_: str, none: str) -> Options:
    return [(None, any_), *((item.id, item.name) for item in items), (0, none)]


def _named(items: Sequence[Option], wanted: int | None) -> str:
    return next((item.name for item in items if item.id == wanted), tr(N_("none")))


def _words(filters: Filters, lists: Lists) -> list[tuple[str, dict[str, Any]]]:
    """Each filter without a chip of its own: its words, and what takes it away."""
    found: list[tuple[str, dict[str, Any]]] = []
    if filters.base is not None:
        found.append((filters.title, {"base": None, "title": ""}))
    if filters.no_next_step:
        found.append((tr(N_("No next step")), {"no_next_step": False}))
    if filters.over_limit:
        found.append((tr(N_("Over the day limit")), {"over_limit": False}))
    if filters.source is not None:
        found.append((tr(N_("Source: {name}"), name=_named(lists.sources, filters.source)), {"source": None}))
    if filters.lost_reason is not None:
        found.append((tr(N_("Lost: {name}"), name=_named(lists.lost_reasons, filters.lost_reason)),
                      {"lost_reason": None}))
    if filters.created:
        found.append((tr(N_("Created: {when}"), when=tr(CREATED[filters.created]).lower()), {"created": ""}))
    return found
