"""The form of one task, in place of the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop_crm.domain.activities import KINDS
from desktop_crm.domain.deals import DealFilter
from desktop_crm.domain.errors import CrmError, InvalidInput
from desktop_crm.services import deals, quick_add, sellers
from desktop_crm.services.book import Book
from desktop_crm.ui import forms, theme
from desktop_crm.ui.customer_field import CustomerField
from desktop_crm.ui.forms import FieldSpec, FormPanel, TextField
from desktop_crm.ui.tasks import lines
from desktop_crm.ui.widgets.buttons import IconButton
from desktop_crm.ui.widgets.cards import Panel
from desktop_crm.ui.widgets.labels import Hairline, Heading
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.widgets.pickers import Choice
from desktop_crm.ui.words import N_, current, tr

_DEALS = 200


class TimeField(TextField):
    """A time of day as people write it ("10", "3pm", "10 pagi"), as 'HH:MM'."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__("10:00", parent)
        self._book = book

    def value(self) -> Any:
        """The time as 'HH:MM', None if the line is empty; InvalidInput if it says no time."""
        return quick_add.read_time(self._book, current(), self.text())

    def set_value(self, value: str | None) -> None:
        """Show a stored 'HH:MM', None as empty."""
        super().set_value(lines.clock(value))


class NumberField(TextField):
    """A whole number that is not negative; empty is None."""

    def value(self) -> Any:
        """The number; InvalidInput if the text is none."""
        text = self.text().strip()
        if text and not text.isdecimal():
            raise InvalidInput(N_("“{value}” is not a whole number."), "minutes", value=text)
        return int(text) if text else None

    def set_value(self, value: Any) -> None:
        """Show a number, None as empty."""
        super().set_value("" if value is None else str(value))


class TaskForm(Panel):
    """What, kind, when, whom for, by whom; `saved(values)` with what differs, `left()` on Escape or Back.

    `task` is the id of the task that is shown.
    """

    saved = Signal(dict)
    left = Signal()

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self.task: int | None = None
        self._before: dict[str, Any] = {}
        self._title = Heading(tr(N_("Task")), 14)
        self.form = FormPanel(self._specs())
        self.form.saved.connect(self._changed)
        self.form.cancelled.connect(self.left)
        self.form.editor("customer_id").changed.connect(self._offer_deals)
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        back = IconButton("chevron-right" if right else "chevron-left", tr(N_("Back to the day")))
        back.clicked.connect(self.left)
        head = QWidget()
        head.setFixedHeight(theme.px(48))
        head.setLayout(row(back, self._title, None, gap=6, margins=(10, 0, 16, 0)))
        inner = QWidget()
        inner.setLayout(column(self.form, margins=(16, 12, 16, 16)))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        area.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        self.setLayout(column(head, Hairline(), area, gap=0))

    def show_task(self, values: Mapping[str, Any]) -> None:
        """Show a task's values."""
        self.task = int(values["id"])
        self._offer_sellers()
        self._offer_deals(values["customer_id"])
        self.form.set_values(dict(values))
        self._before = self.form.values() or {}

    def dirty(self) -> bool:
        """Whether something was changed, or is half written, and not saved."""
        try:
            return any(self.form.editor(key).value() != value for key, value in self._before.items())
        except CrmError:
            return True

    def edit(self) -> None:
        """Put the keyboard into the first field."""
        self.form.focus_first()

    def refuse(self, error: CrmError) -> None:
        """Show why the service refused."""
        self.form.refuse(error)

    def _specs(self) -> tuple[FieldSpec, ...]:
        language, book = current(), self._book
        kinds = [(key, tr(title)) for key, title in KINDS.items()]
        return (
            forms.text("name", tr(N_("Task")), required=True),
            forms.day("due_on", tr(N_("Due on")), lambda typed: quick_add.read_day(book, language, typed),
                      lambda day: language.day(day, "short"), placeholder=tr(N_("tomorrow, friday, 25/12"))),
            replace(forms.choice("kind", tr(N_("Kind")), kinds), beside=True),
            FieldSpec("due_time", tr(N_("At")), lambda: TimeField(book)),
            FieldSpec("minutes", tr(N_("Minutes")), lambda: NumberField("30"), beside=True),
            FieldSpec("customer_id", tr(N_("Customer")), lambda: CustomerField(book)),
            FieldSpec("deal_id", tr(N_("Deal")), Choice),
            FieldSpec("seller_id", tr(N_("Seller")), Choice),
            forms.tick("important", tr(N_("Importance")), tr(N_("Important"))),
            replace(forms.tick("urgent", tr(N_("Urgency")), tr(N_("Urgent"))), beside=True),
            forms.long_text("notes", tr(N_("Notes")), lines=3),
        )

    def _offer_sellers(self) -> None:
        found = [(seller.id, seller.name) for seller in sellers.all_sellers(self._book)]
        self.form.editor("seller_id").set_options(((None, tr(N_("Nobody"))), *found))

    def _offer_deals(self, customer: int | None) -> None:
        """Offer the deals of the customer; a deal of another one is left."""
        found: list[tuple[object, str]] = []
        if customer is not None:
            ids = deals.list_ids(self._book, DealFilter(customers=(customer,)), limit=_DEALS)
            found = [(deal.id, deal.name) for deal in deals.rows(self._book, ids)]
        editor = self.form.editor("deal_id")
        editor.set_options(((None, tr(N_("No deal"))), *found))
        if editor.value() is None:
            editor.set_value(None)

    def _changed(self, values: dict[str, Any]) -> None:
        """Save what differs from what was shown: what others changed meanwhile is not overwritten."""
        self.saved.emit({key: value for key, value in values.items() if value != self._before.get(key)})
