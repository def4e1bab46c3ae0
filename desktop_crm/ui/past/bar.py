"""The banner over the past: which day it is, another one, and the way back to today."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from desktop_crm.ui import theme
from desktop_crm.ui.widgets.buttons import Button
from desktop_crm.ui.widgets.chips import Chip, ChipGroup
from desktop_crm.ui.widgets.fields import Field
from desktop_crm.ui.widgets.labels import Label, tip
from desktop_crm.ui.widgets.layout import row
from desktop_crm.ui.widgets.states import IconLabel
from desktop_crm.ui.words import N_, current, tr

LISTS = {"customers": N_("Customers"), "deals": N_("Deals"), "tasks": N_("Tasks"), "reports": N_("Reports")}
"""What can be seen of a past day: pages by key, with their titles."""


class PastBar(QFrame):
    """`asked(text)` brings a day as typed, `list_chosen(key)` which list, `left()` the wish for today."""

    asked = Signal(str)
    list_chosen = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Label("", 14, strong=True, tone="warn", wrap=True)
        self.title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.chips = {key: Chip(tr(title), icon=key) for key, title in LISTS.items()}
        self._group = ChipGroup(list(self.chips.values()), self)
        self.field = Field(tr(N_("12 March, 3 weeks ago …")))
        self.field.setAccessibleName(tr(N_("Day to look at")))
        self.field.setFixedWidth(theme.px(200))
        self.back = Button(tr(N_("Back to today (Esc)")), "undo")
        self.setLayout(row(IconLabel("history", token="warn"), self.title, *self.chips.values(), self.field, self.back,
                           gap=10, margins=(16, 8, 12, 8)))
        self.field.returnPressed.connect(lambda: self.asked.emit(self.field.text()))
        self.field.textEdited.connect(lambda _: self.refuse(""))
        self.back.clicked.connect(self.left)
        for key, chip in self.chips.items():
            chip.clicked.connect(lambda _=False, key=key: self.list_chosen.emit(key))
        self.show_day(None)

    def show_day(self, day: date | None) -> None:
        """Say which day is looked at; None while none is."""
        self.title.setText(tr(N_("As on {day} – reading only"), day=current().day(day, "full")) if day else
                           tr(N_("As on which day?")))
        for chip in self.chips.values():
            chip.setVisible(day is not None)
        self.refuse("")
        self.setAccessibleName(self.title.text())

    def show_list(self, key: str) -> None:
        """Mark the list that is shown."""
        self.chips[key].setChecked(True)

    def refuse(self, why: str) -> None:
        """Mark what was typed as no day that can be shown, with the reason; "" takes the mark away."""
        self.field.set_invalid(why)
        self.field.setToolTip(tip(why))
