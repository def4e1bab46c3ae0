"""The quiet line over the form of a new customer: whom they look like, to open or make one with. It never blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop_crm.domain.errors import Cancelled
from desktop_crm.services.book import Book
from desktop_crm.ui.customers.form_pane import FormPane, Values
from desktop_crm.ui.jobs import Jobs, Latest
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.widgets.buttons import Button
from desktop_crm.ui.widgets.labels import Label
from desktop_crm.ui.widgets.layout import FlowLayout, column, row
from desktop_crm.ui.widgets.states import IconLabel
from desktop_crm.ui.words import N_, N_count, tr, tr_count

if TYPE_CHECKING:  # comparing names brings its library with it: not before a name was typed
    from desktop_crm.domain.duplicates import Match

_EVERY = 400
_MORE = N_count("and {n} more", "and {n} more")


class Lookalike(QWidget):
    """Looks at what was typed every now and then; `opened(id)`, `merge_wanted(id)`, `looked()` after each answer."""

    opened = Signal(int)
    merge_wanted = Signal(int)
    looked = Signal()

    def __init__(self, pane: FormPane, book: Book, jobs: Jobs, messages: Messages) -> None:
        super().__init__(pane)
        self._pane, self._book, self._messages = pane, book, messages
        self._jobs = Latest(jobs)
        self._seen: Values = {}
        self.matches: list[Match] = []
        self.said = Label("", 12, tone="warn", wrap=True)
        self.open_button = Button(tr(N_("Open it")), kind="quiet")
        self.merge_button = Button(tr(N_("Save and make them one…")), kind="quiet")
        self.open_button.clicked.connect(lambda: self.opened.emit(self.matches[0].id))
        self.merge_button.clicked.connect(lambda: self.merge_wanted.emit(self.matches[0].id))
        acts = FlowLayout()
        for button in (self.open_button, self.merge_button):
            acts.addWidget(button)
        self.setLayout(column(row(IconLabel("warning", token="warn"), self.said, gap=8), acts, gap=2,
                              margins=(16, 0, 16, 6)))
        self.layout().itemAt(0).layout().setStretch(1, 1)  # type: ignore[union-attr]  # the row of the line above
        self.hide()
        self._timer = QTimer(pane, interval=_EVERY)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Ask whom what is typed now looks like, if it has changed."""
        values = self._pane.typed()
        if values == self._seen or not self._pane.isVisible():
            return
        self._seen = values
        phones, emails = ([str(pair[1]) for pair in values.get(key) or () if pair[0] != "unread"]
                          for key in ("phones", "emails"))
        fields = {key: value for key, value in values.items() if isinstance(value, str)}
        if not fields.get("name") or not (phones or emails or fields.get("registration") or fields.get("tax_number")):
            self._jobs.drop()
            self._answer([])
            return

        def work(_: object) -> list[Match]:
            from desktop_crm.services import duplicates

            return duplicates.like(self._book, fields, phones, emails)

        self._jobs.run(work, self._answer, self._failed, label="")

    def _answer(self, matches: list[Match]) -> None:
        self.matches = matches
        if matches:
            first = matches[0]
            text = tr(N_("Looks like: {name} ({phone})"), name=first.name, phone=first.phone) if first.phone else \
                tr(N_("Looks like: {name}"), name=first.name)
            more = tr_count(*_MORE, len(matches) - 1) if len(matches) > 1 else ""
            self.said.setText(f"{text} {more}".rstrip())
        self.setVisible(bool(matches))
        self.looked.emit()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Cancelled):
            self._messages.tell(error)
