"""What stands over a locked window: a line for the password, and what the lock does not do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop_crm.ui import theme
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.buttons import Button, PrimaryButton
from desktop_crm.ui.widgets.fields import SecretField
from desktop_crm.ui.widgets.labels import Dim, Heading, Label
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.widgets.states import IconLabel
from desktop_crm.ui.words import N_, tr

NOT_ENCRYPTED = N_("This hides the window. The file itself is not encrypted: see Encryption in the settings.")
ENCRYPTED = N_("This hides the window. The file itself is encrypted by a password of its own.")
FORGOTTEN = N_("Forgotten the password? There is no other way in. Whoever set the lock can open it; so can a backup "
               "from before the lock was set.")
_WIDTH = 380


class LockCover(QWidget):
    """Fills `window`; `tried(password)` on Enter, `left` to close the file."""

    tried = Signal(str)
    left = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.field = SecretField(tr(N_("Password")))
        self._why = Label("", tone="bad", wrap=True)
        self._open = PrimaryButton(tr(N_("Unlock")))
        self._about = Dim("", 12, wrap=True)
        self._leave = Button(tr(N_("Close this file")), kind="quiet")
        self.field.returnPressed.connect(lambda: self.tried.emit(self.field.text()))
        self._open.clicked.connect(lambda: self.tried.emit(self.field.text()))
        self._leave.clicked.connect(self.left)
        title = Heading(tr(N_("Desktop CRM is locked")), 18)
        middle = QWidget()
        middle.setFixedWidth(theme.px(_WIDTH))
        middle.setLayout(column(
            row(IconLabel("lock", 20), title, None), self.field, self._why, row(self._open, self._leave, None),
            self._about, Dim(tr(FORGOTTEN), 12, wrap=True), gap=12))
        self.setLayout(column(None, row(None, middle, None), None, None))
        self.hide()

    def begin(self, encrypted: bool) -> None:
        """Cover the window, the cursor in the empty line; it says whether the file is `encrypted`."""
        self._about.setText(tr(ENCRYPTED if encrypted else NOT_ENCRYPTED))
        self.refuse("")
        self.setGeometry(self._window.rect())
        self.show()
        self.raise_()

    def refuse(self, why: str) -> None:
        """Say why the password did not open, "" for nothing yet; the line is emptied."""
        self.field.clear()
        self.field.set_invalid(why)
        self._why.setText(why)
        self._why.setVisible(bool(why))
        self.field.setFocus()

    def why(self) -> str:
        """The sentence that is shown under the line."""
        return self._why.text()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.field.clear()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.color("window"))
