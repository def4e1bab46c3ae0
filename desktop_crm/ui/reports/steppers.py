"""Which day or period a report speaks of: a step back, the day or period itself, a step forward."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from desktop_crm.ui.reports.periods import PRESETS, PeriodChoice, said
from desktop_crm.ui.widgets.buttons import Button, IconButton
from desktop_crm.ui.widgets.chips import Chip
from desktop_crm.ui.widgets.labels import Dim
from desktop_crm.ui.widgets.layout import row
from desktop_crm.ui.widgets.pickers import DateField, calendar_popup
from desktop_crm.ui.words import N_, current, tr


class Stepper(QWidget):
    """A part in the middle between a step back and a step forward; `stepped(-1 or 1)`."""

    stepped = Signal(int)

    def __init__(self, middle: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        back, forward = ("chevron-right", "chevron-left") if right else ("chevron-left", "chevron-right")
        self.back = IconButton(back, tr(N_("Back")), small=True)
        self.forward = IconButton(forward, tr(N_("Forward")), small=True)
        self.back.clicked.connect(lambda: self.stepped.emit(-1))
        self.forward.clicked.connect(lambda: self.stepped.emit(1))
        self.setLayout(row(self.back, middle, self.forward, gap=4))


class DayStepper(Stepper):
    """‹ Saturday 21 November 2026 ›, a calendar behind the day, and the way back to today; `picked(day)`."""

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._button = Button(" ")
        super().__init__(self._button, parent)
        self._day: date | None = None
        self._short = False
        self._own = Dim("")  # the day in the years of the business's country
        self._today = Chip(tr(N_("Today")), toggles=False)
        self._today.clicked.connect(lambda: self.picked.emit(None))
        self._button.clicked.connect(self.pick)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(self._own)
            layout.addWidget(self._today)

    def show_day(self, day: date, today: date, country: str = "") -> None:
        """Show `day`, beside it in the calendar of the country's people; away from today there is a way back to it."""
        self._day = day
        self._own.setText(current().own_calendar(day, country))
        self._today.setVisible(day != today)
        self._retext()

    def set_short(self, short: bool) -> None:
        """Whether the day is written with short names, where the window is narrow."""
        self._short = short
        self._retext()

    def _retext(self) -> None:
        if self._day is not None:
            words = current()
            text = words.skeleton(self._day, "yMMMEEEd") if self._short else words.day(self._day, "full")
            self._button.set_text(text)
            self._own.setVisible(bool(self._own.text()) and not self._short)

    def pick(self) -> QMenu:
        """Open the calendar below the day; gives the pop-up."""
        popup, calendar = calendar_popup(self._button, self._day)
        for signal in (calendar.clicked, calendar.activated):
            signal.connect(popup.close)
            signal.connect(lambda day: self.picked.emit(day.toPython()))
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        left = self._button.width() - popup.sizeHint().width() if right else 0
        popup.popup(self._button.mapToGlobal(QPoint(left, self._button.height() + 2)))
        calendar.setFocus()
        return popup


class PeriodStepper(Stepper):
    """‹ November 2026 ›, with the common periods in a menu; `picked(PeriodChoice)`."""

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.chip = Chip(" ", icon="calendar", toggles=False)
        super().__init__(self.chip, parent)
        self._menu = QMenu(self)
        group = QActionGroup(self._menu)
        self._actions: list[tuple[PeriodChoice, QAction]] = []
        for title, choice in (*PRESETS, (N_("From … to …"), PeriodChoice("custom"))):
            action = QAction(tr(title), self._menu, checkable=True)
            action.triggered.connect(lambda _=False, choice=choice: self.picked.emit(choice))
            group.addAction(action)
            self._menu.addAction(action)
            self._actions.append((choice, action))
        group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        self.chip.set_menu(self._menu)

    def menu(self) -> QMenu:
        """The menu of periods."""
        return self._menu

    def show_choice(self, choice: PeriodChoice, today: date) -> None:
        """Show the chosen period; it can be stepped if it has a before and an after."""
        text = said(choice, today)
        self.chip.set_label(text)
        self.chip.setAccessibleName(tr(N_("Period: {period}"), period=text))
        for preset, action in self._actions:
            action.setChecked(preset == choice or (preset.unit == choice.unit == "custom"))
        for button in (self.back, self.forward):
            button.setVisible(choice.steps)


class CustomDays(QWidget):
    """From a day to a day, both of them included, as people say it; `picked(PeriodChoice)` half-open."""

    picked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today, self._country = date.min, ""
        self.first = DateField(self._read, lambda day: current().day(day), tr(N_("The beginning")))
        self.last = DateField(self._read, lambda day: current().day(day), tr(N_("The end")))
        for side, name in ((self.first, N_("First day")), (self.last, N_("Last day"))):
            side.setAccessibleName(tr(name))
            side.setFixedWidth(side.fontMetrics().averageCharWidth() * 24)
            side.changed.connect(lambda _: self._pick())
        self.setLayout(row(Dim(tr(N_("From"))), self.first, Dim(tr(N_("to"))), self.last, None))

    def show_choice(self, choice: PeriodChoice, today: date, country: str = "") -> None:
        """Show the days of a custom choice; years are read as `country` counts them, too."""
        self._today, self._country = today, country
        self.first.set_value(choice.start)
        self.last.set_value(choice.end and choice.end - timedelta(days=1))

    def _read(self, typed: str) -> date | None:
        return current().read_day(typed, self._today, self._country)

    def _pick(self) -> None:
        first, last = self.first.value(), self.last.value()
        if first is not None and last is not None and last < first:
            self.last.set_invalid(tr(N_("The last day is before the first.")))
            return
        self.last.set_invalid("")
        self.picked.emit(PeriodChoice("custom", 0, first, last and last + timedelta(days=1)))
