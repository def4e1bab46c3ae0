"""What stands above a report: its title, its day or period, its cut, and the ways out of the window."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from desktop_crm.reports.catalogue import CatalogueEntry
from desktop_crm.ui import theme
from desktop_crm.ui.qt import override
from desktop_crm.ui.reports.periods import PeriodChoice
from desktop_crm.ui.reports.steppers import CustomDays, DayStepper, PeriodStepper
from desktop_crm.ui.widgets.buttons import Button, IconButton, literal
from desktop_crm.ui.widgets.cards import Panel
from desktop_crm.ui.widgets.chips import Chip
from desktop_crm.ui.widgets.labels import ElidedLabel, Hairline
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.words import N_, tr

_BUTTONS = (("print_report", N_("Print"), "print"), ("export_pdf", N_("PDF"), "pdf"),
            ("export_xlsx", N_("Excel"), ""), ("export_csv", N_("CSV"), ""))
_NARROW = 960


class ReportHeader(Panel):
    """Says what was chosen: `stepped(by)`, `day_picked(day or None)`, `period_picked`, `cut_picked(key)`.

    `wanted(act)` for the acts that have a button, `left` for the way back from a list to its report.
    """

    stepped = Signal(int)
    day_picked = Signal(object)
    period_picked = Signal(object)
    cut_picked = Signal(str)
    wanted = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.back = IconButton("chevron-right" if right else "chevron-left", tr(N_("Back to the report")), small=True)
        self.title = ElidedLabel("", 15, strong=True)
        self.day, self.period, self.custom = DayStepper(), PeriodStepper(), CustomDays()
        self.cut = Chip(" ", toggles=False)
        self.info = IconButton("info", tr(N_("How the figures are counted")), small=True, token="dim")
        self.board = IconButton("eye", tr(N_("Board of the day, on the full screen")), small=True, token="dim")
        self.buttons = {key: Button(tr(text), icon) for key, text, icon in _BUTTONS}
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        self._line = row(self.back, self.title, self.day, self.period, self.cut, self.info, self.board, None,
                   *self.buttons.values(), margins=(16, 0, 16, 0))
        self._custom_line = QWidget()
        self._custom_line.setLayout(row(self.custom, margins=(16, 0, 16, 8)))
        head = QWidget()
        head.setFixedHeight(theme.px(47))
        head.setLayout(self._line)
        self.setLayout(column(head, self._custom_line, Hairline(), gap=0))

    def _wire(self) -> None:
        self.back.clicked.connect(self.left)
        self.day.stepped.connect(self.stepped)
        self.day.picked.connect(self.day_picked)
        self.period.stepped.connect(self.stepped)
        self.period.picked.connect(self.period_picked)
        self.custom.picked.connect(self.period_picked)
        self.info.clicked.connect(lambda: self.wanted.emit("formulas"))
        self.board.clicked.connect(lambda: self.wanted.emit("board"))
        for key, button in self.buttons.items():
            button.clicked.connect(lambda _=False, key=key: self.wanted.emit(key))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.day.set_short(event.size().width() < theme.px(_NARROW))

    def show_entry(self, entry: CatalogueEntry, cut: str) -> None:
        """Show the controls that a report has."""
        self.title.setText(entry.title)
        self.back.hide()
        self.day.setVisible(entry.period == "day")
        self.period.setVisible(entry.period == "period")
        self.board.setVisible(entry.period == "day")
        self._custom_line.hide()
        self._offer_cuts(entry, cut)

    def show_list(self, title: str) -> None:
        """Show the title of a list of rows, and the way back."""
        self.title.setText(title)
        self.back.show()
        for part in (self.day, self.period, self.cut, self._custom_line, self.board):
            part.hide()

    def show_day(self, day: date, today: date, country: str = "") -> None:
        """Show the day of a daily report, also in the country's own calendar."""
        self.day.show_day(day, today, country)

    def show_period(self, choice: PeriodChoice, today: date, country: str = "") -> None:
        """Show the chosen period, and its two days where it was made by hand."""
        self.period.show_choice(choice, today)
        self._custom_line.setVisible(choice.unit == "custom")
        self.custom.show_choice(choice, today, country)

    def set_ready(self, ready: bool, figures: bool) -> None:
        """Whether there is a report to print, and whether it has figures to explain."""
        for button in self.buttons.values():
            button.setEnabled(ready)
        self.info.setVisible(figures)
        self.board.setEnabled(ready)

    def _offer_cuts(self, entry: CatalogueEntry, cut: str) -> None:
        titles = dict(entry.cuts)
        self.cut.hide()
        self.cut.deleteLater()
        old, self.cut = self.cut, Chip(titles.get(cut) or tr(N_("Divide by…")), toggles=True)
        menu = QMenu(self.cut)
        group = QActionGroup(menu)
        for key, title in (("", tr(N_("Undivided"))), *entry.cuts):
            action = QAction(literal(title), menu, checkable=True, checked=key == cut)
            action.triggered.connect(lambda _=False, key=key: self.cut_picked.emit(key))
            group.addAction(action)
            menu.addAction(action)
        self.cut.set_menu(menu)
        self.cut.setChecked(cut in titles)
        self._line.replaceWidget(old, self.cut)
        self.cut.setVisible(bool(entry.cuts))
