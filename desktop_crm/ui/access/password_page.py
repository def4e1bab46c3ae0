"""What stands in place of the page while an encrypted file waits for its password."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_crm.ui import theme
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.buttons import Button, PrimaryButton
from desktop_crm.ui.widgets.cards import Panel
from desktop_crm.ui.widgets.fields import SecretField
from desktop_crm.ui.widgets.labels import Dim, Heading, Label
from desktop_crm.ui.widgets.layout import FlowLayout, column, row
from desktop_crm.ui.widgets.states import IconLabel
from desktop_crm.ui.words import N_, tr

_FORGOTTEN = N_("Forgotten the password? Nobody can get the data back without it.")
_WIDTH = 440


class PasswordPage(Panel):
    """`tried(password)` on Enter, `other` to choose another file, `left` (Escape) to go back."""

    tried = Signal(str)
    other = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Heading("", 18)
        self._title.setWordWrap(True)
        self._folder = Dim("", 12, wrap=True)
        self.field = SecretField(tr(N_("Password")))
        self._why = Label("", wrap=True)
        self.open = PrimaryButton(tr(N_("Open file")))
        self.another = Button(tr(N_("Open another file…")), "folder")
        self.back = Button(tr(N_("Cancel")))
        self.field.returnPressed.connect(self._try)
        self.open.clicked.connect(self._try)
        self.another.clicked.connect(self.other)
        self.back.clicked.connect(self.left)
        ways = FlowLayout()  # one below the other where a language has longer words
        for button in (self.open, self.another, self.back):
            ways.addWidget(button)
        head = row(IconLabel("lock", 20), self._title)
        head.setStretch(1, 1)
        middle = QWidget()
        middle.setFixedWidth(theme.px(_WIDTH))
        middle.setLayout(column(head, self._folder, self.field, self._why, ways, Dim(tr(_FORGOTTEN), 12, wrap=True),
                                gap=12))
        self.setLayout(column(None, row(None, middle, None), None, None))
        self.setFocusProxy(self.field)

    def ask(self, path: Path, back: bool) -> None:
        """Ask for the password of a file; `back` is whether one can go back to another that is open."""
        self._title.setText(tr(N_("{file} is encrypted"), file=path.name))
        self._folder.setText(str(path.parent))
        self.back.setVisible(back)
        self.refuse("")

    def wait(self) -> None:
        """The password is being tried: nothing can be typed for a moment."""
        self._say(tr(N_("One moment…")), "dim")
        self._allow(False)

    def refuse(self, why: str) -> None:
        """Say why the file did not open, "" for nothing yet; the line is emptied."""
        self._allow(True)
        self.field.clear()
        self.field.set_invalid(why)
        self._say(why, "bad")
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def why(self) -> str:
        """The sentence that is shown under the line."""
        return self._why.text()

    def _try(self) -> None:
        if self.field.text():
            self.tried.emit(self.field.text())

    def _say(self, text: str, tone: str) -> None:
        self._why.set_tone(tone)
        self._why.setText(text)
        self._why.setVisible(bool(text))

    def _allow(self, allowed: bool) -> None:
        for part in (self.field, self.open):
            part.setEnabled(allowed)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
