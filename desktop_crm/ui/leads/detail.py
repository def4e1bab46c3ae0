"""The chosen request: who, how to reach them, what they ask for, and what can be done with it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_crm.domain.business import Business
from desktop_crm.domain.requests import InboxRow
from desktop_crm.ui.leads.table import standing
from desktop_crm.ui.widgets.buttons import Button, PrimaryButton
from desktop_crm.ui.widgets.cards import Panel
from desktop_crm.ui.widgets.chips import Badge
from desktop_crm.ui.widgets.labels import Dim, Hairline, Label
from desktop_crm.ui.widgets.layout import FlowLayout, Scroll, column, row
from desktop_crm.ui.words import N_, N_count, current, tr, tr_count

_CHOSEN = N_count("{n} request chosen", "{n} requests chosen")


class RequestDetail(Panel):
    """Emits `wished(what)`: answer, open, assign, convert or aside."""

    wished = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row: InboxRow | None = None
        self._name, self.badge = Label("", 15, strong=True, wrap=True), Badge()
        self._from, self._reach = Dim("", wrap=True), Label("", wrap=True)
        self._text = Label("", wrap=True)
        self.answer = PrimaryButton(tr(N_("Log the first call")), "phone")
        self.open = Button(tr(N_("Open card")), "arrow-right")
        self.assign = Button(tr(N_("Seller…")), "person")
        self.convert = Button(tr(N_("Convert…")), "deals")
        self.aside = Button(tr(N_("Put aside")), "close")
        self._buttons = {"answer": self.answer, "open": self.open, "assign": self.assign, "convert": self.convert,
                         "aside": self.aside}
        ways = FlowLayout()
        for what, button in self._buttons.items():
            ways.addWidget(button)
            button.clicked.connect(lambda _=False, what=what: self.wished.emit(what))
        keys = Dim(tr(N_("L logs the first call, Enter opens, S gives it to a seller, C converts, Del puts it aside.")),
                   12, wrap=True)
        inner = QWidget()
        inner.setLayout(column(row(self.badge, None), self._name, self._from, self._reach, Hairline(), self._text, None,
                               gap=10, margins=(16, 14, 16, 14)))
        whole = column(Scroll(inner), Hairline(), gap=0)
        whole.setStretch(0, 1)
        foot = column(gap=8, margins=(16, 12, 16, 12))
        foot.addLayout(ways)
        foot.addWidget(keys)
        whole.addLayout(foot)
        self.setLayout(whole)

    def show_request(self, chosen: InboxRow, count: int, business: Business, now: datetime, reading: bool) -> None:
        """Show a request as it stands at an instant; `count` are chosen, to which the buttons apply."""
        self._row = chosen
        self._name.setText(chosen.name)
        said = [part for part in (chosen.source, chosen.campaign, chosen.seller) if part]
        if chosen.came_at is not None:
            said.append(current().day(business.local(chosen.came_at).date(), "short"))
        self._from.setText(" · ".join(said) if count == 1 else tr_count(*_CHOSEN, count))
        self._reach.setText("\n".join(part for part in (chosen.phone, chosen.email) if part))
        self._reach.setVisible(bool(self._reach.text()))
        self._text.setText(chosen.text or tr(N_("Nothing was written down.")))
        for what, button in self._buttons.items():
            button.setEnabled(what == "open" or not reading)
        self.open.setVisible(count == 1)
        self.convert.setVisible(count == 1)
        self.tick(business.answer_within, now)

    def tick(self, within: int, now: datetime) -> None:
        """Count on."""
        if self._row is not None:
            self.badge.set_state(*standing(self._row, within, now))
