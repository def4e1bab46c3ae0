"""The requests that wait for an answer, on top of Today: who, from where, how much time is left, and the first call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_crm.domain.requests import RequestRow
from desktop_crm.services import requests
from desktop_crm.services.book import Book
from desktop_crm.ui.jobs import Jobs, Latest
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.reminders import spans
from desktop_crm.ui.widgets.buttons import Button
from desktop_crm.ui.widgets.chips import Badge
from desktop_crm.ui.widgets.labels import ElidedLabel, Hairline, Label
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.widgets.states import IconLabel
from desktop_crm.ui.words import N_, N_count, tr, tr_count

SHOWN = 3
_EVERY = 10_000
_TITLE = N_count("{n} request waits for an answer", "{n} requests wait for an answer")


def countdown(request: RequestRow, within: int, now: datetime) -> tuple[str, str]:
    """How much of the time is left, or by how much it is over, and the tone that says how much it matters."""
    left = request.left(within, now)
    if left <= 0:
        return spans.said("over", -left), "bad"
    return spans.said("left", left), "warn" if left * 3 <= within else "accent"


class RequestLine(QWidget):
    """One request: who and from where, the countdown, a button that logs the first call and one that opens it."""

    called = Signal(int)
    wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.request: RequestRow | None = None
        self._name, self._source = ElidedLabel("", strong=True), ElidedLabel("", 12, tone="dim")
        self.badge = Badge()
        self.call_button = Button(tr(N_("Log the first call")), "phone")
        self.open_button = Button(tr(N_("Open card")), kind="quiet")
        self.call_button.clicked.connect(lambda: self._emit(self.called))
        self.open_button.clicked.connect(lambda: self._emit(self.wanted))
        line = row(self._name, self._source, self.badge, self.call_button, self.open_button, gap=10,
                   margins=(0, 2, 0, 2))
        for part, share in ((self._name, 4), (self._source, 3)):  # in columns, however long the names are
            part.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            line.setStretchFactor(part, share)
        self.setLayout(line)

    def show_request(self, request: RequestRow, within: int, now: datetime) -> None:
        """Show a request as it stands at an instant."""
        self.request = request
        self._name.setText(request.customer)
        self._source.setText(request.source or "")
        self.call_button.setAccessibleName(tr(N_("Log the first call: {name}"), name=request.customer))
        self.open_button.setAccessibleName(tr(N_("Open {name}"), name=request.customer))
        self.tick(within, now)

    def tick(self, within: int, now: datetime) -> None:
        """Count on."""
        if self.request is not None:
            self.badge.set_state(*countdown(self.request, within, now))
            self.badge.setAccessibleName(f"{self.request.customer}: {self.badge.text()}")

    def _emit(self, signal: object) -> None:
        if self.request is not None:
            signal.emit(self.request.customer_id)  # type: ignore[attr-defined]


class RequestsStrip(QWidget):
    """Up to three requests, the newest on top, and how many more; hidden while there is none.

    `called(customer)` to log the first call, `wanted(customer)` to open one, `all_wanted(ids)` for the list of all.
    The countdown goes on by itself; the file is read again only when something was changed.
    """

    called = Signal(int)
    wanted = Signal(int)
    all_wanted = Signal(list)

    def __init__(self, book: Book, jobs: Jobs, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book, self._messages = book, messages
        self._latest = Latest(jobs)
        self._found: list[RequestRow] = []
        self._wanted = True
        self._title = Label("", strong=True, tone="warn")
        self.more_button = Button("", kind="quiet")
        self.more_button.clicked.connect(lambda: self.all_wanted.emit([one.customer_id for one in self._found]))
        self.lines = [RequestLine() for _ in range(SHOWN)]
        for line in self.lines:
            line.called.connect(self.called)
            line.wanted.connect(self.wanted)
        body = column(row(IconLabel("clock", token="warn"), self._title, None, self.more_button), *self.lines, gap=2,
                      margins=(16, 6, 16, 6))
        self.setLayout(column(body, Hairline(), gap=0))
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self.tick)
        self.hide()

    def first(self) -> int | None:
        """The customer of the request on top, None if there is none."""
        return self._found[0].customer_id if self._found else None

    def reload(self) -> None:
        """Read the requests again."""
        now = self._book.now()
        self._latest.run(lambda _: requests.unanswered(self._book, now), self._show, self._messages.tell, label="")

    def allow(self, allowed: bool) -> None:
        """Whether there is room for them: a list from elsewhere stands alone."""
        self._wanted = allowed
        self.setVisible(allowed and bool(self._found))

    def tick(self) -> None:
        """Count on without reading anything."""
        now, within = self._book.now(), self._book.business.answer_within
        for line, _ in zip(self.lines, self._found, strict=False):
            line.tick(within, now)
        self._line_up()

    def _line_up(self) -> None:
        """Give the countdowns one width, so that what stands before them stands in columns."""
        badges = [line.badge for line, _ in zip(self.lines, self._found, strict=False)]
        widest = max((badge.sizeHint().width() for badge in badges), default=0)
        for badge in badges:
            badge.setFixedWidth(widest)

    def _show(self, found: Sequence[RequestRow]) -> None:
        self._found = list(found)
        now, within = self._book.now(), self._book.business.answer_within
        for place, line in enumerate(self.lines):
            line.setVisible(place < len(found))
            if place < len(found):
                line.show_request(found[place], within, now)
        self._line_up()
        self._title.setText(tr_count(*_TITLE, len(found)))
        more = len(found) - SHOWN
        self.more_button.set_text(tr_count(N_("and {n} more"), N_("and {n} more"), max(0, more)))
        self.more_button.setVisible(more > 0)
        self.setAccessibleName(self._title.text())
        self.setVisible(self._wanted and bool(found))
        if found and not self._timer.isActive():
            self._timer.start()
        elif not found:
            self._timer.stop()
