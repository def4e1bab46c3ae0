"""What the window shows without a file: how to begin, or why a file could not be opened."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_crm.ui import theme
from desktop_crm.ui.widgets.buttons import Button, PrimaryButton
from desktop_crm.ui.widgets.labels import Dim, Heading, Label
from desktop_crm.ui.widgets.layout import row
from desktop_crm.ui.words import N_, tr


class StartPage(QWidget):
    """Three ways to begin; `wanted(key)` is sample, new or open. Under a refusal, its sentence stands on top."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Heading(tr(N_("Welcome to Desktop CRM")))
        self._why = Label("", wrap=True, tone="dim")
        self._why.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._offer = Label("", wrap=True, strong=True)
        self._offer.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.restore = PrimaryButton(tr(N_("Restore this backup")), "history")
        self.restore.clicked.connect(lambda: self._act())
        self._act: Callable[[], object] = self.restore.setFocus
        self.first = PrimaryButton(tr(N_("Look around in a sample business")), "building")
        self._buttons = (
            (self.first, "sample", tr(N_("Made-up customers, deals and reports to try everything on."))),
            (Button(tr(N_("Start my own file")), "plus"), "new",
             tr(N_("An empty file on this computer. Nothing leaves it."))),
            (Button(tr(N_("Open a file…")), "folder"), "open", tr(N_("A file that you or a colleague made before."))),
        )
        self._lay_out()

    def _lay_out(self) -> None:
        middle = QWidget()
        middle.setFixedWidth(theme.px(640))
        layout = QVBoxLayout(middle)
        layout.setSpacing(theme.px(8))
        layout.addWidget(self._title)
        layout.addWidget(self._why)
        layout.addSpacing(theme.px(16))
        self.restore.setFixedWidth(theme.px(320))
        layout.addWidget(self._offer)
        layout.addWidget(self.restore, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(theme.px(12))
        for button, key, hint in self._buttons:
            button.setFixedWidth(theme.px(320))
            button.clicked.connect(lambda _=False, key=key: self.wanted.emit(key))
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
            about = Dim(hint, 11)
            layout.addWidget(about, 0, Qt.AlignmentFlag.AlignHCenter)
            layout.addSpacing(theme.px(12))
            if button is self.first:
                self._about_sample = about
        outer = QVBoxLayout(self)
        outer.addStretch(2)
        outer.addLayout(row(None, middle, None))  # an alignment would give a long sentence the height of a short one
        outer.addStretch(3)
        self._offered(False)

    def welcome(self) -> None:
        """Greet a newcomer."""
        self._offered(False)
        self._title.setText(tr(N_("Welcome to Desktop CRM")))
        self._why.setText(tr(N_("Your customers, deals, tasks and reports in one file of your own. "
                                "How would you like to begin?")))
        self.first.setFocus()

    def refused(self, why: str) -> None:
        """Say why a file could not be opened; it was left as it is."""
        self._offered(False)
        self._title.setText(tr(N_("This file could not be opened")))
        self._why.setText(why)
        self._buttons[2][0].setFocus()

    def offer(self, text: str, restore: Callable[[], object]) -> None:
        """Offer a backup in the place of the refused file: what it holds in words, and a button that restores it."""
        self._offer.setText(text)
        self._act = restore
        self._offered(True)
        self.restore.setEnabled(True)
        self.restore.setFocus()

    def _offered(self, shown: bool) -> None:
        """Show the offer, and not the sample business beside it: whose file is lost is not looking around."""
        for part in (self._offer, self.restore):
            part.setVisible(shown)
        for part in (self.first, self._about_sample):
            part.setVisible(not shown)
