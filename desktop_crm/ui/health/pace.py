"""How steadily the open deals move on, in a card: the share, what it is of, and how long won deals took."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_crm.domain.adherence import Adherence, Usual
from desktop_crm.ui.widgets.buttons import Button
from desktop_crm.ui.widgets.cards import Card
from desktop_crm.ui.widgets.labels import Dim, Label
from desktop_crm.ui.widgets.layout import row
from desktop_crm.ui.widgets.states import ProgressBar
from desktop_crm.ui.words import N_, N_count, current, tr, tr_count

_OPEN = N_count("of {n} open deal: no longer in its stage than the median of the won deals there",
                  "of {n} open deals: no longer in their stage than the median of the won deals there")
_APART = N_count("{n} of them cannot be compared: no won deal has passed its stage yet, or its day is not known.",
                 "{n} of them cannot be compared: no won deal has passed their stage yet, or their day is not known.")
_LATE = N_count("{n} slow deal", "{n} slow deals")


class AdherenceCard(Card):
    """`wanted` asks for the deals that are slower than won ones were."""

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value = Label("", 24, strong=True)
        self.bar = ProgressBar()
        self.opened, self.apart, self.usual = Dim("", 12, wrap=True), Dim("", 12, wrap=True), Dim("", 12, wrap=True)
        self.late = Button("", kind="link")
        self.late.clicked.connect(self.wanted)
        for part in (Dim(tr(N_("Adherence")), 12), self.value, self.bar, self.opened, self.apart):
            self.body.addWidget(part)
        self.body.addLayout(row(self.late, None))
        self.body.addWidget(self.usual)

    def show_adherence(self, found: Adherence) -> None:
        """Show the share, or nothing at all where there is no open deal."""
        self.setVisible(bool(found.judged or found.apart))
        self.value.setText(current().rate(found.share))
        self.bar.set_share(found.share or 0.0, self.value.text())
        self.bar.setVisible(found.judged > 0)
        self.opened.setText(tr_count(*_OPEN, found.judged + found.apart))
        self.apart.setText(tr_count(*_APART, found.apart))
        self.apart.setVisible(found.apart > 0)
        self.late.set_text(tr_count(*_LATE, len(found.late)))
        self.late.setVisible(bool(found.late))
        self.usual.setText(tr(N_("Usual days of won deals: {stages}"),
                              stages=" · ".join(_said(item) for item in found.usual)))
        self.usual.setVisible(bool(found.usual))


def _said(item: Usual) -> str:
    return f"{item.stage} {current().number(item.days)}"
