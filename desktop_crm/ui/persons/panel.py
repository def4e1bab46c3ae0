"""The erasure of a person as a panel: what goes, what stays, and the name typed before anything happens."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import CrmError, NotFound
from desktop_crm.domain.values import fold
from desktop_crm.services import erasing, erasing_words
from desktop_crm.services.book import Book
from desktop_crm.services.erasing import Outcome, Preview
from desktop_crm.ui import theme
from desktop_crm.ui.jobs import Jobs, Latest, Progress
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.qt import override
from desktop_crm.ui.safekeeping import Safekeeping
from desktop_crm.ui.widgets.buttons import Button, IconButton
from desktop_crm.ui.widgets.cards import Card, Panel
from desktop_crm.ui.widgets.fields import Field
from desktop_crm.ui.widgets.labels import Dim, ElidedLabel, Hairline, Label
from desktop_crm.ui.widgets.layout import Scroll, column, row
from desktop_crm.ui.words import N_, current, tr

_WIDTH = 720


class ErasePanel(Panel):
    """Says what erasing one customer or contact does, and does it once their name is typed; Escape leads back."""

    closed = Signal()

    def __init__(self, book: Book, jobs: Jobs, messages: Messages, keeper: Safekeeping,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book, self._messages, self._keeper = book, messages, keeper
        self._look = Latest(jobs)
        self._person, self._kind = 0, "customers"
        self._seen: Preview | None = None
        self.title = ElidedLabel("", 15, strong=True)
        self.what = Label("", wrap=True)
        self.warning = Label("", strong=True, wrap=True, tone="bad")
        self.ask = Label("", wrap=True)
        self.name = Field(tr(N_("The name, as it stands above")))
        self.name.setAccessibleName(tr(N_("The name, as it stands above")))
        self.erase = Button(tr(N_("Erase for good")), "trash", kind="danger")
        self.leave = Button(tr(N_("Keep this person")))
        self.state = Dim("", 12, wrap=True)
        self._lay_out()
        self.setFocusProxy(self.name)
        self.name.textChanged.connect(lambda _: self._enable())
        self.name.returnPressed.connect(self._begin)
        self.erase.clicked.connect(self._begin)
        self.leave.clicked.connect(self._close)

    def _lay_out(self) -> None:
        close = IconButton("close", tr(N_("Close (Esc)")), token="dim")
        close.clicked.connect(self._close)
        head = row(self.title, close, margins=(16, 12, 16, 12))
        told, asked = Card(), Card()
        for part in (self.what, self.warning):
            told.body.addWidget(part)
        asked.body.addWidget(self.ask)
        asked.body.addWidget(self.name)
        asked.body.addWidget(self.state)
        asked.body.addLayout(row(self.erase, self.leave, None))
        inner = QWidget()
        inner.setMaximumWidth(theme.px(_WIDTH))
        inner.setLayout(column(told, asked, None, gap=16, margins=(16, 16, 16, 16)))
        whole = column(head, Hairline(), Scroll(inner), gap=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    # --- what would go --------------------------------------------------------------------------------------------

    def show_person(self, person: int, kind: str = "customers") -> None:
        """Look at what is held about a person, and say what erasing them does."""
        self._person, self._kind, self._seen = person, kind, None
        for label in (self.what, self.warning, self.ask):
            label.setText("")
        self.title.setText(tr(N_("Erase a person")))
        self.name.clear()
        self._told(tr(N_("Looking at what is held…")))
        self._enable()
        self._look.run(self._held, self._show, self._failed,
                       label=tr(N_("Erase a person")))

    def _held(self, _: Progress) -> Preview:
        return erasing.preview(self._book, self._person, self._kind)

    def _show(self, seen: Preview) -> None:
        self._seen = seen
        self.title.setText(tr(N_("Erase {name}"), name=seen.name))
        lines = erasing_words.lines(current(), seen.title, seen.goes, seen.stays, len(seen.backups), done=False,
                                    folder=seen.watched)
        self.what.setText("\n\n".join(lines[:-1]))
        self.warning.setText(lines[-1])
        self.ask.setText(tr(N_("To erase them, type the name: {name}"), name=seen.name))
        self._told("")
        self._enable()
        self.name.setFocus()

    def reload(self, changes: Changes) -> None:
        """After a change, other things would go; what is typed stays."""
        if self._seen is not None and changes.message != erasing.ACT:
            self._look.run(self._held, self._show, self._failed, label="")

    def _enable(self) -> None:
        self.erase.setEnabled(self._agreed())
        self.name.setEnabled(self._seen is not None)

    def _agreed(self) -> bool:
        """Whether the name is typed; case, accents and spaces aside."""
        return self._seen is not None and bool(self.name.text().strip()) and fold(self.name.text()) == fold(
            self._seen.name)

    # --- the act --------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        if not self._agreed():
            self._told(tr(N_("This is not the name. Nothing is erased.")), "warn")
            return

        def work(progress: Progress) -> Outcome:
            return erasing.erase(self._book, self._person, self._kind, step=progress.report, stop=progress.cancelled)

        if not self._keeper.alone(work, self._done, self._failed, tr(N_("Erase a person"))):
            self._told(tr(N_("A backup is being taken right now. Try again in a moment.")), "warn")
            return
        self._seen = None
        self._enable()
        self.leave.setEnabled(False)
        self._told(tr(N_("Erasing: the file, then its backups…")))

    def _done(self, outcome: Outcome) -> None:
        lines = erasing_words.lines(current(), outcome.title, outcome.goes, outcome.stays, outcome.backups, done=True,
                                    folder=outcome.watched)
        if outcome.problems:
            self.title.setText(outcome.title)
            self.what.setText("\n\n".join(lines))
            self.warning.setText("\n\n".join(current().error(error) for error in outcome.problems))
            self.ask.setText(tr(N_("What is left to do is tried again whenever the file is opened.")))
            self.name.clear()
            self.name.hide()
            self.erase.hide()
            self.leave.set_text(tr(N_("Close")))
            self.leave.setEnabled(True)
            self._told("")
            self.leave.setFocus()
            return
        said = tr(N_("Erased: what stays is called “{title}”."), title=outcome.title)
        more = (erasing_words.rewritten(current(), outcome.backups, done=True),
                erasing_words.watched(current(), outcome.watched))
        self._messages.note(" ".join(filter(None, (said, *more))), "good")
        self._close()

    def _failed(self, error: Exception) -> None:
        self.leave.setEnabled(True)
        if isinstance(error, NotFound):
            self._messages.tell(error)
            self._close()
        elif isinstance(error, CrmError):
            self._told(current().error(error), "bad")
            self._look.run(self._held, self._seen_again, self._messages.tell,
                           label="")
        else:
            self._messages.tell(error)

    def _seen_again(self, seen: Any) -> None:
        """After a failure that changed nothing, it can be tried again; what was said about it stays."""
        self._seen = seen
        self._enable()

    def _told(self, text: str, tone: str = "dim") -> None:
        self.state.set_tone(tone)
        self.state.setText(text)
        self.state.setVisible(bool(text))

    def _close(self) -> None:
        self._look.drop()
        self.closed.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.leave.isEnabled():
            self._close()
        else:
            super().keyPressEvent(event)
