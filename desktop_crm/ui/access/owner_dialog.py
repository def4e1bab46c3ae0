"""Asks for the owner's PIN: what is about to leave the file, a line for the PIN, and for how long it holds."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from desktop_crm.services.owner import HOLDS
from desktop_crm.ui import theme
from desktop_crm.ui.widgets.buttons import Button, PrimaryButton
from desktop_crm.ui.widgets.fields import SecretField
from desktop_crm.ui.widgets.labels import Dim, Heading, Label
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.widgets.states import IconLabel
from desktop_crm.ui.words import N_, N_count, tr, tr_count

_WIDTH = 400
_HOLDS = N_count("It holds for {n} minute in this window, until the window is locked or somebody else works in it. "
                 "What is let out is written into the history.",
                 "It holds for {n} minutes in this window, until the window is locked or somebody else works in it. "
                 "What is let out is written into the history.")


class OwnerDialog(QDialog):
    """Over `window`, which waits; `tried(pin)` on Enter. Escape leaves everything where it is."""

    tried = Signal(str)

    def __init__(self, window: QWidget, what: str) -> None:
        super().__init__(window)
        self.setWindowTitle(tr(N_("Owner's PIN")))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setMinimumWidth(theme.px(_WIDTH))
        self.what = Label(what, strong=True, wrap=True)
        self.field = SecretField(tr(N_("Owner's PIN")))
        self._why = Label("", tone="bad", wrap=True)
        self._why.hide()
        self.go, self.leave = PrimaryButton(tr(N_("Go on"))), Button(tr(N_("Cancel")))
        self.go.setDefault(True)
        self.go.clicked.connect(lambda: self.tried.emit(self.field.text()))
        self.leave.clicked.connect(self.reject)
        self.setLayout(column(
            row(IconLabel("lock", 20), Heading(tr(N_("This needs the owner's PIN")), 16), None),
            self.what, self.field, self._why, row(self.go, self.leave, None),
            Dim(tr_count(*_HOLDS, HOLDS), 12, wrap=True), gap=12, margins=(20, 18, 20, 18)))
        self.field.setFocus()

    def refuse(self, why: str) -> None:
        """Say why the PIN was not taken; the line is emptied."""
        self.field.clear()
        self.field.set_invalid(why)
        self._why.setText(why)
        self._why.show()
        self.field.setFocus()
        self.adjustSize()

    def why(self) -> str:
        """The sentence that is shown under the line, "" for none."""
        return "" if self._why.isHidden() else self._why.text()
