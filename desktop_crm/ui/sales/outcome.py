"""What was just done at the counter, big enough to read across it, with the ways back and to the paper."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_crm.domain.errors import CrmError
from desktop_crm.services import history
from desktop_crm.services.book import Book
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.widgets.buttons import Button
from desktop_crm.ui.widgets.cards import Card
from desktop_crm.ui.widgets.labels import Dim, Label
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.widgets.states import IconLabel
from desktop_crm.ui.words import N_, current, tr


class Outcome(Card):
    """The last act: `receipt_wanted(taking, change)` and `undone()`. Undo takes back that act alone."""

    receipt_wanted = Signal(str, int)
    undone = Signal()

    def __init__(self, book: Book, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent, margin=12)
        self._book, self._messages = book, messages
        self._work, self._taking, self._back = 0, "", 0
        self.said, self.more, self.change = Label("", strong=True, wrap=True), Dim("", 12, wrap=True), Label(
            "", 20, strong=True, tone="good")
        self.receipt = Button(tr(N_("Receipt")), "print")
        self.undo = Button(tr(N_("Undo")), "undo")
        self.receipt.clicked.connect(lambda: self.receipt_wanted.emit(self._taking, self._back))
        self.undo.clicked.connect(self.take_back)
        line = row(IconLabel("check", token="good"), column(self.said, self.more, gap=2), self.change, self.receipt,
                   self.undo, gap=10)
        line.setStretch(1, 1)
        self.body.addLayout(line)
        self.hide()

    def show_act(self, said: str, more: str = "", change: str = "", taking: str = "", back: int = 0) -> None:
        """Tell of the act that was just saved; `taking` is the money that a receipt can be given for.

        `back` is the change in minor units, which that receipt says too.
        """
        self._work, self._taking, self._back = newest(self._book), taking, back
        for label, text in ((self.said, said), (self.more, more), (self.change, change)):
            label.setText(text)
            label.setVisible(bool(text))
        self.receipt.setVisible(bool(taking))
        self.setAccessibleName(" ".join(part for part in (said, more, change) if part))
        self.show()

    def take_back(self) -> None:
        """Undo the act that is told of, unless something else was done since."""
        if take_back(self._book, self._messages, self._work):
            self.hide()
            self.undone.emit()


def newest(book: Book) -> int:
    """The number of the act that was done last."""
    found = history.acts(book, current(), 1)
    return found[-1].id if found else 0


def take_back(book: Book, messages: Messages, work: int) -> bool:
    """Undo an act if nothing else was done since; whether it was undone."""
    if newest(book) != work:
        messages.note(tr(N_("Something else was done since. Undo goes back step by step (Ctrl+Z).")))
        return False
    try:
        book.undo()
    except CrmError as error:
        messages.tell(error)
        return False
    return True
