"""The setup interview as a panel over the pages: the questions at the left, what they propose beside them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import CrmError
from desktop_crm.domain.selling import Proposal
from desktop_crm.services import selling
from desktop_crm.services.book import Book
from desktop_crm.ui import theme
from desktop_crm.ui.jobs import Jobs, Latest
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.over_panel import OverPanel
from desktop_crm.ui.qt import override
from desktop_crm.ui.setup.preview import Preview
from desktop_crm.ui.setup.questions import Questions, hint
from desktop_crm.ui.told_acts import Acts
from desktop_crm.ui.widgets.buttons import Button, PrimaryButton
from desktop_crm.ui.widgets.labels import Dim, Hairline, Heading, Label, tip
from desktop_crm.ui.widgets.layout import Scroll, column, row
from desktop_crm.ui.words import N_, current, tr

_SIDE = 400


class SetupPanel(OverPanel):
    """Asks, shows what the answers propose, and does what is ticked as one act. `closed()` to leave."""


    def __init__(self, book: Book, jobs: Jobs, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book, self._jobs = book, jobs
        self._acts = Acts(book, messages)
        self._latest = Latest(jobs)
        self._busy = False
        self.questions, self.preview = Questions(book), Preview()
        self.why = Label("", tone="bad", wrap=True)
        self.why.hide()
        self.go = PrimaryButton(tr(N_("Set up what is ticked")), "check")
        self.later = Button(tr(N_("Not now")))
        self._lay_out()
        self.questions.changed.connect(self.load)
        self.preview.changed.connect(self._enable)
        self.go.clicked.connect(self._accept)
        self.later.clicked.connect(self._close)
        self.setFocusProxy(self.questions)
        self.questions.show_answers(selling.remembered(book))
        self.load()

    def load(self) -> None:
        """Work out beside the window what the present answers propose, and show it."""
        try:
            answers = self.questions.answers()
        except CrmError as error:
            self._refuse(error)
            return
        self._latest.run(lambda _: selling.propose(self._book, answers), self._show, self._failed, label="")

    def reload(self, changes: Changes) -> None:
        """Propose anew where what is proposed for was changed, as by an undo."""
        if not self._busy and changes.touches("stages", "pipelines", "deals", "custom_fields", "targets", "segments",
                                              "tasks", "settings"):
            self.load()

    # --- parts ----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        head = self.head(Heading(tr(N_("Set up how you sell"))), None)
        inner = QWidget()
        inner.setLayout(column(hint(), self.questions, self.why, None, gap=16, margins=(16, 16, 16, 16)))
        side = Scroll(inner)
        side.setFixedWidth(theme.px(_SIDE))
        body = row(side, Hairline(vertical=True), Scroll(self.preview), gap=0)
        body.setStretch(2, 1)
        foot = row(Dim(tr(N_("All of it is one step: Ctrl+Z takes it back.")), 12), None, self.later, self.go,
                   margins=(16, 10, 16, 10))
        whole = column(head, Hairline(), body, Hairline(), foot, gap=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def _show(self, found: Proposal) -> None:
        self.why.hide()
        self.questions.target.set_invalid("")
        self.preview.show_proposal(found)
        self._enable()

    def _failed(self, error: Exception) -> None:
        if isinstance(error, CrmError):
            self._refuse(error)
        else:
            self._acts.tell(error)

    def _refuse(self, error: CrmError) -> None:
        """Say below the questions what cannot be; the only answer that is typed is the target."""
        self.why.setText(current().error(error))
        self.why.show()
        self.questions.target.set_invalid(self.why.text())
        self.go.setEnabled(False)

    def _enable(self) -> None:
        reading = tr(N_("The file is open for reading only.")) if self._book.reading else ""
        self.go.setEnabled(bool(self.preview.parts()) and not reading and not self._busy)
        self.go.setToolTip(tip(reading))

    # --- the act --------------------------------------------------------------------------------------------------

    def _accept(self) -> None:
        """Do what is ticked, by the answers as they are now."""
        try:
            answers = self.questions.answers()
        except CrmError as error:
            self._refuse(error)
            return
        parts = self.preview.parts()
        if not parts or self._book.reading or self._busy:
            return
        self._busy = True
        self._enable()
        self._acts.beside(self._jobs, lambda: selling.accept(self._book, answers, parts),
                          tr(N_("The file is set up for how you sell.")), lambda _: self._done(), self._refused,
                          label=tr(N_("Setting up…")))

    def _done(self) -> None:
        self._busy = False
        self._close()

    def _refused(self, error: Exception) -> None:
        self._busy = False
        self._enable()
        self._failed(error)

    @override
    def _close(self) -> None:
        if not self._busy:  # what was accepted is being done: its end leads back
            self._latest.drop()
            super()._close()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._accept()
        else:
            super().keyPressEvent(event)
