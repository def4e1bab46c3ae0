"""The business as on a past day, in place of the page: its lists and cards for looking, under a banner."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import Cancelled, CrmError
from desktop_crm.services import past
from desktop_crm.services.book import Book
from desktop_crm.services.past import PastBook
from desktop_crm.ui import theme
from desktop_crm.ui.actions import Actions
from desktop_crm.ui.jobs import Job, Jobs, Progress
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.page import Page
from desktop_crm.ui.past.bar import LISTS, PastBar
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.cards import Panel
from desktop_crm.ui.widgets.layout import column
from desktop_crm.ui.widgets.states import EmptyState, ProgressBar
from desktop_crm.ui.words import N_, current, tr

MakePage = Callable[[str, Book, Jobs], Page]
TwinOf = Callable[[str], Page | None]
LOOKING = frozenset({
    "customers.about", "customers.next", "customers.previous", "customers.filter", "customers.clear",
    "customers.export", "deals_board", "deals_list", "filter_deals", "clear_deal_filter", "export_deals",
    "task_filter", "task_edit", "task_export", "task_day_before", "task_day_after", "task_day_today",
    "print_report", "export_pdf", "export_xlsx", "export_csv", "period_back", "period_forward", "report_today",
    "report_again", "formulas"})
"""The acts of the pages that only look; so do those that show a report."""
_REPORT = "report:"


class PastPanel(Panel):
    """A day is asked for and made beside the window; its pages are the window's own, over a book nobody can write.

    `record_wanted(kind, id)` asks for a record that only today's window can show. `closed` follows Escape, the button,
    and an erasure, which leaves nothing to look at that was made before it.
    """

    closed = Signal()
    record_wanted = Signal(str, int)

    def __init__(self, book: Book, jobs: Jobs, messages: Messages, make_page: MakePage, twin_of: TwinOf,
                 parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book, self._jobs, self._messages = book, jobs, messages
        self._make_page, self._twin_of = make_page, twin_of
        self._own = Jobs(self)  # of the pages: they end with the day that they read
        self._job: Job | None = None
        self._key = "customers"
        self.then: PastBook | None = None
        self.pages: dict[str, Page] = {}
        self.bar = PastBar()
        self.progress = ProgressBar()
        self.progress.setFixedHeight(theme.px(3))
        self.stack = QStackedWidget()
        self.ask = EmptyState("history", "")
        self.stack.addWidget(self.ask)
        whole = column(self.bar, self.progress, self.stack, gap=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.setFocusProxy(self.bar.field)
        self.bar.asked.connect(self.show_typed)
        self.bar.list_chosen.connect(self.show_list)
        self.bar.left.connect(self.closed)
        self.ask.acted.connect(self._stop)
        self._wait(False)

    def begin(self, key: str) -> None:
        """Ask for a day; its page of `key` (customers, deals, tasks, reports) will be shown first."""
        self._key = key if key in LISTS else "customers"
        if self.then is not None:
            self.show_list(self._key)
        self.bar.field.setFocus()
        self.bar.field.selectAll()

    # --- a day is made --------------------------------------------------------------------------------------------

    def show_typed(self, typed: str) -> None:
        """Show the day that was typed; what is no day is told where it stands."""
        try:
            self.show_day(past.read_day(self._book, current(), typed))
        except CrmError as error:
            self._refused(error)

    def show_day(self, day: date) -> None:
        """Make the book of a day beside the window, and show it."""
        self._stop()
        book = self._book

        def make(progress: Progress) -> PastBook:
            def step(done: int, total: int) -> None:
                progress.check()
                progress.report(done, total)

            return past.opened(book, day, step)

        self._job = job = self._jobs.run(
            make, lambda then: self._made(job, then), lambda error: self._failed(job, error),
            label=tr(N_("Going back to {day}"), day=current().day(day)))
        job.progressed.connect(lambda done, total, _: self.progress.set_share(done / total if total else None))
        self._wait(True)

    def _made(self, job: Job, then: PastBook) -> None:
        if job is not self._job:  # it was stopped, or the panel left, when it was made already
            then.close()
            return
        self._job = None
        self._leave_day()
        self.then = then
        self.bar.show_day(then.day)
        self.bar.field.clear()
        self._wait(False)
        self.show_list(self._key)

    def _failed(self, job: Job, error: Exception) -> None:
        if job is self._job:
            self._job = None
            self._wait(False)
            if not isinstance(error, Cancelled):
                self._refused(error)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, CrmError):
            self.bar.refuse(current().error(error))
        self.bar.field.setFocus()
        self._messages.tell(error)

    def _stop(self) -> None:
        """Give up the day that is being made, if any."""
        job, self._job = self._job, None
        if job is not None:
            job.cancel()
            self._wait(False)

    def _wait(self, busy: bool) -> None:
        """Say that a day is being made, or what can be asked for."""
        self.progress.set_share(None if busy else 0.0)
        self.progress.setVisible(busy)
        if busy:
            self.ask.show_state("history", tr(N_("Going back to that day…")), "", tr(N_("Stop")), "stop")
            self.stack.setCurrentWidget(self.ask)
            return
        self.ask.show_state("history", tr(N_("How did things stand on an earlier day?")), tr(
            N_("Type the day above. This file knows every day from {day} on."),
            day=current().day(past.begins(self._book), "long")))
        self.stack.setCurrentWidget(self.pages.get(self._key, self.ask))

    # --- a day is looked at ---------------------------------------------------------------------------------------

    def show_list(self, key: str) -> None:
        """Show the customers, deals, tasks or reports of the day."""
        if self.then is None:
            return
        self._key = key
        if key not in self.pages:
            self.pages[key] = self._page(key, self.then)
        self.bar.show_list(key)
        self.stack.setCurrentWidget(self.pages[key])
        self.pages[key].setFocus()

    def _page(self, key: str, then: PastBook) -> Page:
        """A page over the day, with the columns, filter and record of today's."""
        page, twin = self._make_page(key, then, self._own), self._twin_of(key)
        self.stack.addWidget(page)
        Actions(self).add([act for act in page.acts() if act.key in LOOKING or act.key.startswith(_REPORT)], page)
        page.record_wanted.connect(self._open)
        page.rows_wanted.connect(self._show_rows)
        page.act_wanted.connect(lambda _: self._refused_act(then))
        if twin is None:
            page.start()
        else:
            page.start_like(twin)
        return page

    def _open(self, kind: str, record: int) -> None:
        """Open a record of the day; what has no list here is opened in today's window."""
        tab = {"contacts": "customers", "activities": "customers", "payments": "customers"}.get(kind, kind)
        if tab in LISTS:
            self.show_list(tab)
            self.pages[tab].open(record)
        else:
            self.record_wanted.emit(kind, record)

    def _show_rows(self, wanted: object, title: str) -> None:
        tabs = {"CustomerFilter": "customers", "DealFilter": "deals", "TaskFilter": "tasks"}
        tab = tabs.get(type(wanted).__name__, "reports")
        self.show_list(tab)
        self.pages[tab].show_rows(wanted, title)

    def _refused_act(self, then: PastBook) -> None:
        self._messages.note(tr(then.locked))

    # --- leaving --------------------------------------------------------------------------------------------------

    def reload(self, changes: Changes) -> None:
        """Leave, once a person was erased: the day that is shown was made with them. Other changes are of today."""
        if changes.touches("works"):
            self.closed.emit()

    def release(self) -> None:
        """Give up the day and take its copy away; the panel is not shown any more."""
        self._stop()
        self._leave_day()
        self._own.close()

    def wait(self) -> None:
        """Wait until what is shown of the day has come; for pictures and tests."""
        self._own.wait_all()

    def _leave_day(self) -> None:
        self._own.cancel_all()
        self._own.wait_all()
        for page in self.pages.values():
            self.stack.removeWidget(page)
            page.deleteLater()
        self.pages.clear()
        if self.then is not None:
            self.then.close()
            self.then = None

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
