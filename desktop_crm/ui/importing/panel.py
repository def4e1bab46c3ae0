"""The import wizard in the window: five steps at the side, the open one beside them, one button that leads on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QPushButton, QStackedWidget, QWidget

from desktop_crm.services.book import Book
from desktop_crm.ui.importing import phrases
from desktop_crm.ui.importing.cells import is_back
from desktop_crm.ui.importing.check_page import CheckPage, DonePage
from desktop_crm.ui.importing.columns_page import ColumnsPage
from desktop_crm.ui.importing.file_page import FilePage
from desktop_crm.ui.importing.footer import Footer
from desktop_crm.ui.importing.kind_page import KindPage
from desktop_crm.ui.importing.session import Session
from desktop_crm.ui.importing.step_page import StepPage
from desktop_crm.ui.importing.steps import StepList
from desktop_crm.ui.jobs import Job, Jobs
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.buttons import IconButton
from desktop_crm.ui.widgets.cards import Panel
from desktop_crm.ui.widgets.chips import Chip
from desktop_crm.ui.widgets.labels import ElidedLabel, Hairline
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.words import N_, tr

FILE, KIND, COLUMNS, CHECK, DONE = range(5)
_TITLES = (N_("File"), N_("What it is"), N_("Columns"), N_("Check"), N_("Done"))


class ImportPanel(QWidget):
    """Brings a file in, step by step. Enter leads on, Escape and Alt+Left lead back, from the first step out.

    `shown(kind)` wishes for the tab of what was imported; `closed` for the page that was there before.
    """

    closed = Signal()
    shown = Signal(str)

    def __init__(self, book: Book, jobs: Jobs, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._messages = messages
        self.session = Session(book, jobs, messages, self)
        self.file = FilePage(self.session)
        self.kind = KindPage(self.session)
        self.columns = ColumnsPage(self.session)
        self.check = CheckPage(self.session)
        self.done = DonePage(self.session)
        self.pages: tuple[StepPage, ...] = (self.file, self.kind, self.columns, self.check, self.done)
        self.steps = StepList([tr(title) for title in _TITLES])
        self.stack, self.footer = QStackedWidget(), Footer()
        self._title = ElidedLabel("", 15, strong=True)
        self._lay_out()
        self._wire()
        self.show_step(FILE)

    def _lay_out(self) -> None:
        close = IconButton("close", tr(N_("Close")))
        close.clicked.connect(self.close_panel)
        head, side = Panel(), QWidget()
        bar = row(self._title, close, margins=(16, 8, 12, 8))
        bar.setStretch(0, 1)
        head.setLayout(bar)
        for page in self.pages:
            self.stack.addWidget(page)
        right = column(head, Hairline(), self.stack, self.footer, gap=0)
        right.setStretchFactor(self.stack, 1)
        side.setLayout(column(self.steps))
        whole = row(side, Hairline(vertical=True), right, gap=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def _wire(self) -> None:
        session = self.session
        self.steps.wanted.connect(self.back_to)
        self.footer.next.clicked.connect(self.go_on)
        self.footer.back.clicked.connect(self.go_back)
        self.footer.cancelled.connect(self.cancel)
        self.done.again.connect(self.again)
        for page in self.pages:
            page.changed.connect(self._refresh)
        session.busy.connect(self._busy)
        session.idle.connect(self._rested)
        session.sampled.connect(lambda: self._arrive(KIND))
        session.loaded.connect(lambda: self._arrive(COLUMNS))
        session.checked.connect(self._checked)
        session.imported.connect(self._imported)

    # --- steps ----------------------------------------------------------------------------------------------------

    @property
    def step(self) -> int:
        """The number of the open step, from 0."""
        return self.stack.currentIndex()

    def take(self, path: Path) -> None:
        """Begin with a file; while one is being imported the new one has to wait."""
        if self.session.committing:
            self._messages.note(tr(N_("Wait for the import that is under way, or stop it.")), "warn")
            return
        self.show_step(FILE)
        self.session.take(path)

    def show_step(self, number: int) -> None:
        """Open a step."""
        here = self._has_keyboard()  # asked first: what is hidden hands the keyboard on to a neighbour
        self.stack.setCurrentIndex(number)
        self.steps.show_step(number, closed=number == DONE)
        self.pages[number].enter()
        self._refresh()
        if here:
            self._focus()

    def go_on(self) -> None:
        """Take the next step, if it can be taken."""
        if self.session.working or not self.pages[self.step].can_go_on():
            return
        if self.step == KIND:
            self.session.load()
        elif self.step == CHECK:
            self.session.run()
        elif self.step == DONE and self.session.result is None:
            self.again()
        elif self.step == DONE:
            self.shown.emit(self.session.kind)
        else:
            self.show_step(self.step + 1)

    def go_back(self) -> None:
        """Go one step back, out of the wizard from the first and last; while something runs, stop it."""
        if self.session.working:
            self.cancel()
        elif self.step in (FILE, DONE):
            self.close_panel()
        else:
            self.back_to(self.step - 1)

    def cancel(self) -> None:
        """Stop what runs; a check that was stopped leads back to the columns."""
        self.session.cancel()
        if self.step == CHECK and self.session.check_result is None:
            self.show_step(COLUMNS)

    def back_to(self, number: int) -> None:
        """Open an earlier step."""
        if not self.session.committing:
            self.session.drop()
            self.show_step(number)

    def again(self) -> None:
        """Begin with another file."""
        self.session.clear()
        self.show_step(FILE)

    def close_panel(self) -> None:
        """Leave the wizard; an import under way is stopped first."""
        if self.session.committing:
            self.session.cancel()
            return
        self.session.drop()
        self.closed.emit()

    def _arrive(self, number: int) -> None:
        if self.step == number - 1:
            self.show_step(number)
        else:
            self._refresh()

    def _checked(self) -> None:
        self._refresh()
        if self._has_keyboard() and self._at_the_foot():
            self._focus()

    def _imported(self) -> None:
        self.show_step(DONE)
        result = self.session.result
        if not self.isVisible() and result is not None:
            self._messages.note(f"{self.done.said.text()} {phrases.summary(result)}", "good")

    def _busy(self, label: str, job: Job) -> None:
        idle = self._has_keyboard() and (self._at_the_foot() or self.step == DONE)
        self.footer.show_busy(label, job)
        if idle:
            self._focus()  # the button that was pressed can be pressed no more

    def _rested(self) -> None:
        waiting = self._has_keyboard() and self._at_the_foot()
        self.footer.rest()
        self._refresh()
        if waiting:
            self._focus()

    def _refresh(self) -> None:
        self._say()
        page = self.pages[self.step]
        self._title.setText(page.title())
        self.footer.offer(page.next_text() if self.step != FILE or page.can_go_on() else "", page.can_go_on(),
                          back=self.step in (KIND, COLUMNS, CHECK))

    def _say(self) -> None:
        session = self.session
        self.steps.say(FILE, session.path.name)
        self.steps.say(KIND, phrases.kind_title(session.kind) if session.kind else "")
        if session.mapping is not None:
            columns = session.mapping.columns
            self.steps.say(COLUMNS, tr(N_("{n} of {all} imported"), n=sum(1 for item in columns if item.field),
                                       all=len(columns)))
        if session.check_result is not None:
            self.steps.say(CHECK, phrases.rows(session.check_result.read))

    def _keyboard(self) -> QWidget | None:
        """Who has the keyboard in this window."""
        return self.window().focusWidget()

    def _at_the_foot(self) -> bool:
        """Whether the keyboard is on a button of the foot, or nowhere in the step."""
        focused = self._keyboard()
        return focused is None or focused is self or self.footer.isAncestorOf(focused)

    def _has_keyboard(self) -> bool:
        """Whether the keyboard is in the wizard, not in the search line above it."""
        focused = self._keyboard()
        return self.isVisible() and (focused is None or focused is self or self.isAncestorOf(focused))

    def _focus(self) -> None:
        """Give the keyboard to the step's first part, else to the button that leads on, else keep it here."""
        for part in (self.pages[self.step].first(), self.footer.next, self):
            if part is not None and part.isVisible() and part.isEnabled():
                part.setFocus()
                return

    # --- what Qt asks ---------------------------------------------------------------------------------------------

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            button = QApplication.focusWidget()
            if isinstance(button, QPushButton) and not isinstance(button, Chip) and button is not self.footer.next:
                button.click()
            else:
                self.go_on()
        elif event.key() == Qt.Key.Key_Escape or is_back(event):
            self.go_back()
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._focus()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.step == DONE:
            self.done.enter()  # something else may have been done since
