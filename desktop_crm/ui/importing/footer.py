"""The wizard's foot: the way back, what is under way with its Cancel, and the button that leads on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_crm.ui import theme
from desktop_crm.ui.jobs import Job
from desktop_crm.ui.widgets.buttons import Button, PrimaryButton
from desktop_crm.ui.widgets.cards import Panel
from desktop_crm.ui.widgets.labels import Dim, Hairline, KeyHint
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.widgets.states import ProgressBar
from desktop_crm.ui.words import N_, current, tr


class Footer(Panel):
    """Back at the start, Next at the end, progress and Cancel between them while something runs."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = Button(tr(N_("Back")))
        self.next = PrimaryButton(tr(N_("Next")))
        self.next.setMinimumWidth(theme.px(120))
        self._label, self._bar = Dim(""), ProgressBar(None)
        self._bar.setFixedWidth(theme.px(200))
        self.cancel = Button(tr(N_("Cancel")), kind="quiet")
        self._hint = KeyHint(tr(N_("Enter")))
        self._text, self._able, self._running, self._back = "", False, False, False
        bar = row(self.back, None, self._label, self._bar, self.cancel, self._hint, self.next, gap=12,
                  margins=(16, 10, 16, 10))
        self.setLayout(column(Hairline(), bar, gap=0))
        self.setFixedHeight(theme.px(54))
        self.cancel.clicked.connect(self._cancel)
        self.rest()

    def offer(self, text: str, able: bool, back: bool) -> None:
        """What the button says and whether it can be pressed; whether there is a way back."""
        self._text, self._able = text, able
        self.next.set_text(text)
        self._back = back
        self.back.setVisible(back)
        self._show()

    def show_busy(self, label: str, job: Job) -> None:
        """Show what runs, until `rest`."""
        self._running = True
        self._label.setText(label)
        self._bar.set_share(None, label)
        self.cancel.setEnabled(True)
        job.progressed.connect(self._progress)
        self._show()

    def rest(self) -> None:
        """Nothing runs any more."""
        self._running = False
        self._show()

    def _progress(self, done: int, total: int, _: str) -> None:
        if self._running and total:
            language = current()
            self._label.setText(tr(N_("{done} of {total} rows"), done=language.number(done),
                                   total=language.number(total)))
            self._bar.set_share(done / total, self._label.text())

    def _cancel(self) -> None:
        self.cancel.setEnabled(False)
        self._label.setText(tr(N_("Stopping")))
        self.cancelled.emit()

    def _show(self) -> None:
        for part in (self._label, self._bar, self.cancel):
            part.setVisible(self._running)
        self.next.setVisible(bool(self._text))
        self.next.setEnabled(self._able and not self._running)
        self.back.setEnabled(not self._running)
        self._hint.setVisible(bool(self._text) and self._able and not self._running)
        self.setVisible(self._running or bool(self._text) or self._back)
