"""The form of one task, in place of the day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop_crm.domain.activities import KINDS
from desktop_crm.domain.deals import DealFilter
from desktop_crm.domain.errors import CrmError, InvalidInput
from desktop_crm.services import deals, quick_add, sellers
from desktop_crm.services.book import Book
from desktop_crm.ui import forms, theme
from desktop_crm.ui.customer_field import CustomerField
from desktop_crm.ui.documents.block import DocumentsBlock
from desktop_crm.ui.forms import FieldSpec, FormPanel, TextField
from desktop_crm.ui.jobs import Jobs, Latest
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.ordering import by_name
from desktop_crm.ui.qt import override
from desktop_crm.ui.reminders.offsets import ReminderField
from desktop_crm.ui.tasks import clash, lines
from desktop_crm.ui.tasks.clash import ClashLine, InTheWay
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

    `task` is the id of the task that is shown. What is in the way of its time stands above the fields, its documents
    below them.
    """

    saved = Signal(dict)
    left = Signal()

    def __init__(self, book: Book, jobs: Jobs, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book, self._messages = book, messages
        self._latest = Latest(jobs)
        self.task: int | None = None
        self._before: dict[str, Any] = {}
        self._done = False
        self._title = Heading(tr(N_("Task")), 14)
        self.form = FormPanel(self._specs())
        self.form.saved.connect(self._changed)
        self.form.cancelled.connect(self.left)
        self.form.editor("customer_id").changed.connect(self._offer_deals)
        self.documents = DocumentsBlock(book, jobs, messages)
        self.documents.acts.serve(self)
        self.way = ClashLine()
        self.way.taken.connect(self._take)
        for key in ("due_on", "due_time", "minutes"):
            self.form.editor(key).editingFinished.connect(self._look)
        self.form.editor("due_on").changed.connect(lambda _: self._look())
        self.form.editor("seller_id").picked.connect(lambda _: self._look())
        right = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self._back = back = IconButton("chevron-right" if right else "chevron-left", tr(N_("Back to the day")))
        back.clicked.connect(self.left)
        if book.reading:
            self.form.setEnabled(False)
        head = QWidget()
        head.setFixedHeight(theme.px(48))
        head.setLayout(row(back, self._title, None, gap=6, margins=(10, 0, 16, 0)))
        inner = QWidget()
        inner.setLayout(column(self.way, self.form, column(Hairline(), self.documents, None, gap=12,
                                                           margins=(0, 14, 0, 0)), gap=0, margins=(16, 12, 16, 16)))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        area.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)
        self.setLayout(column(head, Hairline(), area, gap=0))

    def show_task(self, values: Mapping[str, Any]) -> None:
        """Show a task's values."""
        self.task, self._done = int(values["id"]), values["done_on"] is not None
        self._offer_sellers()
        self._offer_deals(values["customer_id"])
        self.form.set_values(dict(values))
        self._before = self.form.values() or {}
        self.documents.show_record("tasks", self.task)
        self._look()

    def dirty(self) -> bool:
        """Whether something was changed, or is half written, and not saved."""
        try:
            return any(self.form.editor(key).value() != value for key, value in self._before.items())
        except CrmError:
            return True

    def edit(self) -> None:
        """Put the keyboard into the first field; where one only reads, on the way back."""
        if self._book.reading:
            self._back.setFocus()
        else:
            self.form.focus_first()

    def refuse(self, error: CrmError) -> None:
        """Show why the service refused."""
        self.form.refuse(error)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

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
            FieldSpec("remind_minutes", tr(N_("Reminder")), ReminderField),
            FieldSpec("customer_id", tr(N_("Customer")), lambda: CustomerField(book)),
            FieldSpec("deal_id", tr(N_("Deal")), Choice),
            FieldSpec("seller_id", tr(N_("Seller")), Choice),
            forms.tick("important", tr(N_("Importance")), tr(N_("Important"))),
            replace(forms.tick("urgent", tr(N_("Urgency")), tr(N_("Urgent"))), beside=True),
            forms.long_text("notes", tr(N_("Notes")), lines=3),
        )

    def _offer_sellers(self) -> None:
        found = [(seller.id, seller.name) for seller in by_name(sellers.all_sellers(self._book))]
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

    def _look(self) -> None:
        """Look what is in the way of the time that the fields say; one that they cannot read is not looked at."""
        if self._book.reading:
            return
        language = current()
        try:
            said = {key: self.form.editor(key).value() for key in ("due_on", "due_time", "minutes", "seller_id")}
        except CrmError:
            return
        day = None if self._done else said["due_on"]
        wanted = clash.Time(day, said["due_time"], said["minutes"], said["seller_id"], self.task)

        def done(found: InTheWay) -> None:
            self.way.show_way(found, wanted.day)

        self._latest.run(lambda _: clash.look(self._book, wanted, language), done, self._messages.tell, label="")

    def _take(self, free: datetime) -> None:
        """Put the free time into the fields."""
        self.form.editor("due_on").set_value(free.date())
        self.form.editor("due_time").set_value(free.strftime("%H:%M"))
        self._look()
        self.form.editor("due_time").setFocus()

    def _changed(self, values: dict[str, Any]) -> None:
        """Save what differs from what was shown: what others changed meanwhile is not overwritten."""
        self.saved.emit({key: value for key, value in values.items() if value != self._before.get(key)})
