"""The parts that the sheets of the sales counter are made of: labelled rows, money, days in words, chips to choose."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_crm.domain.errors import CrmError, InvalidInput
from desktop_crm.services import quick_add
from desktop_crm.services.book import Book
from desktop_crm.ui import theme
from desktop_crm.ui.widgets.chips import Chip, ChipGroup
from desktop_crm.ui.widgets.fields import MoneyField
from desktop_crm.ui.widgets.labels import Dim, Label
from desktop_crm.ui.widgets.layout import FlowLayout, column, row
from desktop_crm.ui.widgets.pickers import DateField
from desktop_crm.ui.words import N_, current, tr

_LABEL, _LABEL_MOST = 96, 176
T = TypeVar("T")


class Labelled(QWidget):
    """A dim name before its field, and below it the sentence that refuses what the field says."""

    def __init__(self, name: str, *parts: QWidget | None, below: QWidget | None = None,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = Dim(name, wrap=True)
        self.label.setFixedWidth(theme.px(_LABEL))
        self.why = Label("", 12, tone="bad", wrap=True)
        self.why.hide()
        line: QHBoxLayout = row(*parts, gap=8)
        for place, part in enumerate(parts):
            if part is not None and None not in parts:
                line.setStretch(place, 1)
        whole = row(self.label, column(line, *([below] if below is not None else []), self.why, gap=2), gap=8)
        whole.setStretch(1, 1)
        whole.setAlignment(self.label, Qt.AlignmentFlag.AlignTop)
        self.setLayout(whole)
        self.label.setMinimumHeight(theme.px(32))
        self.label.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading)

    def refuse(self, sentence: str) -> None:
        """Say why the field was refused; "" takes the sentence away."""
        self.why.setText(sentence)
        self.why.setVisible(bool(sentence))


def align(rows: Iterable[Labelled]) -> None:
    """Give the names of a sheet's rows one width: what the longest needs; a very long one wraps."""
    labels = [row.label for row in rows]
    longest = max(label.fontMetrics().horizontalAdvance(label.text()) + 2 for label in labels)
    for label in labels:
        label.setFixedWidth(max(theme.px(_LABEL), min(theme.px(_LABEL_MOST), longest)))


class ChoiceChips(QWidget):
    """One of a few (value, text) pairs as chips; `picked(value)` when the user chooses another."""

    picked = Signal(str)

    def __init__(self, options: Sequence[tuple[str, str]], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chips = {value: Chip(text) for value, text in options}
        self._group = ChipGroup(list(self.chips.values()), self)
        flow = FlowLayout(self, gap=6)
        flow.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        for value, chip in self.chips.items():
            flow.addWidget(chip)
            chip.setAccessibleDescription(name)
            chip.clicked.connect(lambda _=False, value=value: self.picked.emit(value))
        self.set_value(options[0][0])

    def value(self) -> str:
        """The chosen value."""
        return next(value for value, chip in self.chips.items() if chip.isChecked())

    def set_value(self, value: str) -> None:
        """Choose a value; nothing is emitted."""
        self.chips[value].setChecked(True)

    def choose(self, value: str) -> None:
        """Choose a value as the user does."""
        self.set_value(value)
        self.picked.emit(value)


def money_field(book: Book, name: str, placeholder: str = "") -> MoneyField:
    """A line for an amount of the business's currency."""
    say, currency = current(), book.currency
    field = MoneyField(lambda typed: say.read_money(typed, currency),
                       lambda minor: say.money(minor, currency, symbol=False), placeholder)
    field.setAccessibleName(name)
    return field


def read_at(key: str, value: Callable[[], T]) -> T:
    """What a field says; what it refuses is refused at the row `key`."""
    try:
        return value()
    except InvalidInput as error:
        raise InvalidInput(error.message, key, **error.values) from error


def typed_amount(field: MoneyField) -> int | None:
    """What stands in a line for an amount at the moment; None for nothing and for what is no amount yet."""
    try:
        return field.value()
    except CrmError:
        return None


def day_field(book: Book, name: str) -> DateField:
    """A day in words ("next Friday", "in 2 weeks") or figures."""
    def form(day: date) -> str:
        return current().skeleton(day, "yMMMEd")

    field = DateField(lambda typed: quick_add.read_day(book, current(), typed), form,
                      tr(N_("next Friday, in 2 weeks, 5 December …")))
    field.setAccessibleName(name)
    return field
