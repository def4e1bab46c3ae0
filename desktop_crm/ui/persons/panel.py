"""The erasure of a person as a panel: what goes, what stays, and the name typed before anything happens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import CrmError, NotFound
from desktop_crm.domain.values import fold, plain_digits
from desktop_crm.services import erasing, erasing_words
from desktop_crm.services.book import Book
from desktop_crm.services.erasing import Outcome, Preview
from desktop_crm.ui import theme
from desktop_crm.ui.jobs import Jobs, Latest, Progress
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.over_panel import OverPanel
from desktop_crm.ui.qt import override
from desktop_crm.ui.safekeeping import Safekeeping
from desktop_crm.ui.widgets.buttons import Button
from desktop_crm.ui.widgets.cards import Card
from desktop_crm.ui.widgets.fields import Field
from desktop_crm.ui.widgets.labels import Dim, ElidedLabel, Hairline, Label
from desktop_crm.ui.widgets.layout import Scroll, column, row
from desktop_crm.ui.words import N_, current, tr, tr_count

_WIDTH = 720
_NAMED = 20  # names that are told of several people


class ErasePanel(OverPanel):
    """Says what erasing one customer or contact does, and does it once their name is typed; Escape leads back."""


    def __init__(self, book: Book, jobs: Jobs, messages: Messages, keeper: Safekeeping,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book, self._messages, self._keeper = book, messages, keeper
        self._look = Latest(jobs)
        self._people: tuple[int, ...] = ()
        self._kind = "customers"
        self._seen: Preview | None = None
        self.title = ElidedLabel("", 15, strong=True)
        self.what = Label("", wrap=True)
        self.warning = Label("", strong=True, wrap=True, tone="bad")
        self.ask = Label("", wrap=True)
        self.name = Field("")
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
        head = self.head(self.title)
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

    def show_people(self, people: Sequence[int], kind: str = "customers") -> None:
        """Look at what is held about one person or several, and say what erasing them does."""
        self._people, self._kind, self._seen = tuple(people), kind, None
        for label in (self.what, self.warning, self.ask):
            label.setText("")
        self.title.setText(self._act())
        self.leave.set_text(tr(N_("Keep this person")) if len(self._people) == 1 else tr(N_("Keep these people")))
        self.name.setPlaceholderText(self._wanted_word())
        self.name.setAccessibleName(self._wanted_word())
        self.name.clear()
        self._told(tr(N_("Looking at what is held…")))
        self._enable()
        self._look.run(self._held, self._show, self._failed, label=self._act())

    def _act(self) -> str:
        return tr(N_("Erase a person")) if len(self._people) == 1 else tr(
            N_("Erase {n} people"), n=current().number(len(self._people)))

    def _wanted_word(self) -> str:
        """What is to be typed before anything happens: the name, or of several how many they are."""
        return tr(N_("The name, as it stands above")) if len(self._people) == 1 else tr(N_("How many people"))

    def _held(self, _: Progress) -> Preview:
        return erasing.preview_all(self._book, self._people, self._kind)

    def _show(self, seen: Preview) -> None:
        self._seen = seen
        several = len(self._people) > 1
        lines = erasing_words.lines(current(), seen.title, seen.goes, seen.stays, len(seen.backups), done=False,
                                    folder=seen.watched)
        if several:
            lines.insert(0, _some(seen.name.split("\n")))
            lines[-1] = tr(N_("Undo ends here: no act before it can be undone any more, and nobody can bring these "
                              "people back."))
        self.title.setText(self._act() if several else tr(N_("Erase {name}"), name=seen.name))
        self.what.setText("\n\n".join(lines[:-1]))
        self.warning.setText(lines[-1])
        self.ask.setText(tr(N_("To erase all of them, type how many they are: {n}"), n=len(self._people)) if several
                         else tr(N_("To erase them, type the name: {name}"), name=seen.name))
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
        """Whether the name is typed, case, accents and spaces aside; of several, how many they are."""
        typed = self.name.text().strip()
        if self._seen is None or not typed:
            return False
        if len(self._people) > 1:
            return plain_digits(typed) == str(len(self._people))
        return fold(typed) == fold(self._seen.name)

    # --- the act --------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        if not self._agreed():
            self._told(tr(N_("This is not the name. Nothing is erased.")) if len(self._people) == 1 else
                       tr(N_("This is not how many they are. Nobody is erased.")), "warn")
            return

        def work(progress: Progress) -> Outcome:
            return erasing.erase_all(self._book, self._people, self._kind, progress.report, progress.cancelled)

        if not self._keeper.alone(work, self._done, self._failed, self._act()):
            self._told(tr(N_("A backup is being taken right now. Try again in a moment.")), "warn")
            return
        self._seen = None
        self._enable()
        self.leave.setEnabled(False)
        self._told(tr(N_("Erasing: the file, then its backups…")))

    def _done(self, outcome: Outcome) -> None:
        self.leave.setEnabled(True)
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

    @override
    def _close(self) -> None:
        if self.leave.isEnabled():  # who is being erased is waited for
            self._look.drop()
            super()._close()


def _some(names: Sequence[str]) -> str:
    """The names, the first of very many."""
    shown = current().listed(names[:_NAMED])
    return shown if len(names) <= _NAMED else tr_count(
        N_("{names} and {n} more"), N_("{names} and {n} more"), len(names) - _NAMED, names=shown)
