"""The Reports tab: the catalogue at the left, the chosen report at the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from desktop_crm.domain.activities import ActivityFilter
from desktop_crm.domain.changes import Changes
from desktop_crm.domain.payments import PaymentFilter
from desktop_crm.domain.values import Period
from desktop_crm.reports.catalogue import CatalogueEntry
from desktop_crm.reports.report import Report
from desktop_crm.services import business, evening
from desktop_crm.services import reports as service
from desktop_crm.services.book import Book
from desktop_crm.ui import theme
from desktop_crm.ui.jobs import Jobs, Latest, Progress
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.page import Act, Page
from desktop_crm.ui.qt import override
from desktop_crm.ui.reports import exporting
from desktop_crm.ui.reports.board import Board
from desktop_crm.ui.reports.body import ReportBody
from desktop_crm.ui.reports.catalogue import Catalogue
from desktop_crm.ui.reports.cells import Written
from desktop_crm.ui.reports.day_desk import DayDesk, DeskValues, read
from desktop_crm.ui.reports.formulas import formulas_popup
from desktop_crm.ui.reports.header import ReportHeader
from desktop_crm.ui.reports.lists import listed
from desktop_crm.ui.reports.periods import PeriodChoice, from_plain
from desktop_crm.ui.reports.preview import PrintPreview
from desktop_crm.ui.widgets.layout import column
from desktop_crm.ui.widgets.states import EmptyState, ProgressBar
from desktop_crm.ui.words import N_, current, tr

FIRST = "daily"
_SIDE = 200
_DEBOUNCE_MS = 150
_PATIENCE_MS = 300
_READ = ("customers", "state_moves", "deals", "deal_lines", "stage_moves", "tasks", "activities", "payments",
         "sellers", "products", "pipelines", "stages", "choices", "settings", "cash_counts", "targets", "printings")


@dataclass(frozen=True, slots=True)
class _Built:
    """A finished report, its tables measured, whether the file has nothing in it yet, and a day's desk."""

    report: Report
    tables: tuple[Written, ...]
    new: bool
    desk: DeskValues | None = None


def _built(report: Report, new: bool, desk: DeskValues | None = None) -> _Built:
    return _Built(report, tuple(Written(table, report.currency).measured() for table in report.tables), new, desk)


class ReportsPage(Page):
    """Shows one report of the catalogue, or the payments or activities behind a figure."""

    def __init__(self, book: Book, jobs: Jobs, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(book, jobs, messages, parent)
        self.entries = service.catalogue(current().code)
        self.entry = self._named(FIRST)
        self._day: date | None = None  # None: today, also after midnight
        self._periods: dict[str, PeriodChoice] = {}
        self._cuts: dict[str, str] = {}
        self._listed: tuple[PaymentFilter | ActivityFilter, str] | None = None
        self._started = self._stale = False
        self._next: tuple[object, Callable[[], object]] | None = None  # a wish for what is being counted, and which
        self._built_on: date | None = None
        self._latest = Latest(jobs)
        self.desk = DayDesk(book, messages)
        self.catalogue, self.header, self.body = Catalogue(self.entries), ReportHeader(), ReportBody(jobs, messages)
        self.trouble = EmptyState("warning", " ", "", tr(N_("Try again")))
        self.busy = ProgressBar(None)
        self._again = QTimer(self, singleShot=True, interval=_DEBOUNCE_MS)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._lay_out()
        self._wire()

    def _lay_out(self) -> None:
        self.busy.setFixedHeight(theme.px(3))
        policy = self.busy.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the report must not jump while another is counted
        self.busy.setSizePolicy(policy)
        self.busy.hide()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.body)
        self.stack.addWidget(self.trouble)
        inner = QWidget()
        layout = column(self.header, self.desk, self.busy, self.stack, gap=0)
        layout.setStretchFactor(self.stack, 1)
        inner.setLayout(layout)
        self.room = QStackedWidget()
        self.room.addWidget(inner)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.catalogue)
        self.splitter.addWidget(self.room)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([theme.px(_SIDE), theme.px(1366 - _SIDE)])
        self.setLayout(column(self.splitter, gap=0))
        self.setFocusProxy(self.catalogue)

    def _wire(self) -> None:
        self.catalogue.chosen.connect(self.show_report)
        self.header.stepped.connect(self.step)
        self.header.day_picked.connect(self.show_day)
        self.header.period_picked.connect(self.show_period)
        self.header.cut_picked.connect(self.show_cut)
        self.header.left.connect(self.back)
        self.header.wanted.connect(self._run)
        self.body.rows_wanted.connect(self._rows)
        self.body.record_wanted.connect(self._record)
        self.body.act_wanted.connect(self.act_wanted)
        self.desk.close_wanted.connect(lambda: self.act_wanted.emit("close_day"))
        self.preview: PrintPreview | None = None
        self.board: Board | None = None
        self.trouble.acted.connect(self.refresh)
        self._again.timeout.connect(self.refresh)
        self._patience.timeout.connect(self.busy.show)

    def acts(self) -> list[Act]:
        """The ways out of the window, the steps in time, and each report of the catalogue by its name."""
        own = [
            Act("print_report", N_("Print preview"), self.preview_print, "Ctrl+P", "print"),
            Act("export_pdf", N_("Save the report as PDF…"), lambda: self.export(".pdf"), "Ctrl+Shift+P", "pdf"),
            Act("export_xlsx", N_("Save the report as an Excel workbook…"), lambda: self.export(".xlsx"),
                "Ctrl+Shift+E", "sheet"),
            Act("export_csv", N_("Save the report as CSV…"), lambda: self.export(".csv"), "Ctrl+Shift+C", "sheet"),
            Act("period_back", N_("Earlier day or period"), lambda: self.step(-1), "Alt+Left", "chevron-left"),
            Act("period_forward", N_("Later day or period"), lambda: self.step(1), "Alt+Right", "chevron-right"),
            Act("report_today", N_("Daily report of today"), self._today, "Alt+Home", "calendar"),
            Act("report_again", N_("Count the report again"), self.refresh, "F5", "refresh"),
            Act("board", N_("Board of the day, on the full screen"), self.show_board, "F11", "eye"),
            Act("formulas", N_("How the figures are counted"), self.show_formulas, "Ctrl+Shift+I", "info"),
        ]
        return own + [
            Act(f"report:{entry.name}", tr(N_("Report: {name}"), name=entry.title),
                lambda name=entry.name: self.show_report(name), "", "reports")  # type: ignore[misc]
            for entry in self.entries]

    # --- what is shown ----------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Show the daily report of today."""
        self._started = True
        self.catalogue.choose(self.entry.name, announce=False)
        self.refresh()

    def show_report(self, name: str, period: Period | None = None, cut: str | None = None) -> None:
        """Show a report of the catalogue, for a period and with a cut or as they were chosen last."""
        self.entry = self._named(name)
        self._listed = None
        if period is not None and self.entry.period == "day":
            self._day = period.start
        elif period is not None:
            self._periods[name] = PeriodChoice("custom", 0, period.start, period.end)
        if cut is not None:
            self._cuts[name] = cut
        self.catalogue.choose(name, announce=False)
        self.refresh()

    def show_day(self, day: date | None) -> None:
        """Show a daily report for another day; None is today, whichever day that is."""
        self._day = None if day == self.book.today() else day
        self.refresh()

    def show_period(self, choice: PeriodChoice) -> None:
        """Show the report for another period; a custom one begins with the days that were shown."""
        if choice == PeriodChoice("custom") and self._choice().unit != "custom":
            shown = self._choice().period(self.book.today(), current().locale.first_week_day) or Period()
            choice = PeriodChoice("custom", 0, shown.start, shown.end)
        self._periods[self.entry.name] = choice
        self.refresh()

    def show_cut(self, cut: str) -> None:
        """Show the report divided another way; "" is undivided."""
        self._cuts[self.entry.name] = cut
        self.refresh()

    def step(self, by: int) -> None:
        """Show the day or the period `by` later."""
        if self._listed is not None:
            return
        if self.entry.period == "day":
            self.show_day((self._day or self.book.today()) + timedelta(days=by))
        elif self.entry.period == "period":
            self.show_period(self._choice().stepped(by))

    def back(self) -> None:
        """Leave a list of rows for the report that it came from."""
        self._listed = None
        self.refresh()

    def new(self) -> None:
        """Begin a new customer: a report has no records of its own."""
        self.act_wanted.emit("new")

    def open(self, record: int) -> None:
        """Show the report at a place of the catalogue, the first at 0."""
        if 0 <= record < len(self.entries):
            self.show_report(self.entries[record].name)

    def show_rows(self, wanted: object, title: str) -> None:
        """List the payments or activities of a filter; other records have tabs of their own."""
        if isinstance(wanted, (PaymentFilter, ActivityFilter)):
            self._listed = (wanted, title)
            self.refresh()

    def refresh(self) -> None:
        """Count what is shown anew, off the screen's thread; the newest wish wins."""
        self.room.setCurrentIndex(0)
        self._again.stop()
        self._stale = False
        self._show_header()
        self._patience.start()
        self._built_on = self.book.today()
        self._latest.run(self._work(), self._show, self._refused, label="")

    @override
    def start_like(self, twin: Page) -> None:
        """Start with the report that the twin shows, too; a day that it shows only if the book has come so far."""
        if isinstance(twin, ReportsPage):
            self.entry = self._named(twin.entry.name)
            self._day = twin._day if twin._day is not None and twin._day < self.book.today() else None
        super().start_like(twin)

    def reload(self, changes: Changes) -> None:
        """Count again soon if the changes touch what a report reads; at once if the page is not in sight: later."""
        if not self._started or not changes.touches(*_READ):
            return
        if self.isVisible() or (self.board is not None and self.board.isVisible()):
            self._again.start()
        else:
            self._stale = True

    def _work(self) -> Any:
        book, listing, entry, day, cut = self.book, self._listed, self.entry, self._day, self._cut()
        today, words = book.today(), current()
        if listing is not None:
            return lambda _: _built(listed(book, *listing), False)
        period = Period.day(day or today) if entry.period == "day" else \
            self._choice().period(today, words.locale.first_week_day) if entry.period == "period" else None

        def work(progress: Progress) -> _Built:
            report = service.build(book, entry.name, period, cut, words.code, today)
            desk = read(book, day or today) if entry.name == FIRST and not book.reading else None
            return _built(report, not any(business.counts(book).values()), desk)

        return work

    def _show(self, built: _Built) -> None:
        self._quiet()
        self.body.show_report(built.report, built.new, built.tables)
        self.stack.setCurrentWidget(self.body)
        self.header.set_ready(True, bool(built.report.figures))
        if built.desk is not None:
            self.desk.show_values(built.desk)
        if self.board is not None and self.board.isVisible():
            self._fill_board()
        wish, act = self._next or (None, None)
        self._next = None
        if act is not None and wish == (self.entry.name, self._listed):
            act()

    def _refused(self, error: Exception) -> None:
        self._quiet()
        self._next = None
        self.messages.tell(error)
        self.trouble.show_state("warning", tr(N_("This report could not be counted.")),
                                tr(N_("The file is as it was. Try again, or choose another report.")),
                                tr(N_("Try again")), "refresh")
        self.stack.setCurrentWidget(self.trouble)
        self.header.set_ready(False, False)

    def _quiet(self) -> None:
        self._patience.stop()
        self.busy.hide()

    def _show_header(self) -> None:
        if self._listed is not None or self.entry.name != FIRST:
            self.desk.hide()
        if self._listed is not None:
            self.header.show_list(self._listed[1])
            return
        self.header.show_entry(self.entry, self._cut())
        today = self.book.today()
        if self.entry.period == "day":
            self.header.show_day(self._day or today, today, self.book.business.country)
        elif self.entry.period == "period":
            self.header.show_period(self._choice(), today, self.book.business.country)

    # --- ways out ---------------------------------------------------------------------------------------------------

    def export(self, suffix: str) -> QWidget | None:
        """Ask where the report goes as a file of a kind (".pdf", ".xlsx", ".csv", ".json"), and write it there.

        None while it is being counted, and where the owner's PIN is to be given first.
        """
        shown = self._counted(lambda: self.export(suffix))
        if shown is None:
            return None
        report = exporting.stamped(shown, self.book)

        def chosen(path: Path) -> None:
            exporting.export(report, path, self.jobs, self.messages, lambda: self._told(report, suffix))

        return exporting.let_out(self, report, lambda: exporting.choose(self, report, suffix, chosen))

    def preview_print(self) -> None:
        """Show the report as it will be on paper, in place of the report."""
        report = self._counted(self.preview_print)
        if report is None:
            return
        if self.preview is None:
            self.preview = PrintPreview(self.jobs, self.messages)
            self.preview.closed.connect(self.close_preview)
            self.preview.pdf_wanted.connect(lambda: self.export(".pdf"))
            self.preview.sent.connect(self._told)
            self.room.addWidget(self.preview)
        self.preview.show_report(exporting.stamped(report, self.book))
        self.room.setCurrentWidget(self.preview)
        self.preview.setFocus()

    def _counted(self, act: Callable[[], object]) -> Report | None:
        """The chosen report; while it is being counted none, and `act` is done when it stands on the screen.

        What is seen until then is another report, or the same of another day: no way out of the window is for it.
        """
        if not self._latest.busy:
            return self.body.report()
        self._next = (self.entry.name, self._listed), act
        return None

    def _told(self, report: Report, suffix: str = "") -> None:
        """Note that a report is in a file, or without a suffix on paper.

        Of a day, what is entered from now on is late.
        """
        exporting.note(self, report, suffix)
        day = report.start
        if report.name == FIRST and day is not None and not self.book.reading:
            self.attempt(lambda: evening.printed(self.book, FIRST, day))

    def close_preview(self) -> None:
        """Come back from the preview to the report."""
        self.room.setCurrentIndex(0)
        self.catalogue.setFocus()

    def show_board(self) -> None:
        """Show the daily report large, on the full screen; Escape leads back."""
        if self.entry.name != FIRST or self._listed is not None:
            self._today()
        if self.board is None:
            self.board = Board(self)
            self.board.left.connect(self.catalogue.setFocus)
        self._fill_board()
        self.board.showFullScreen()

    def _fill_board(self) -> None:
        report = self.body.report()
        if self.board is not None and report is not None and report.name == FIRST:
            self.board.show_report(report)

    def show_formulas(self) -> QWidget | None:
        """Open the formulas of all figures; gives the pop-up."""
        report = self.body.report()
        if report is None or not report.figures:
            return None
        popup = formulas_popup(report, self)
        popup.popup(self.header.info.mapToGlobal(self.header.info.rect().bottomLeft()))
        return popup

    def _run(self, key: str) -> None:
        next(act for act in self.acts() if act.key == key).run()

    def _rows(self, wanted: object, title: str) -> None:
        """Payments and activities are listed here, all else by the window."""
        if isinstance(wanted, (PaymentFilter, ActivityFilter)):
            self.show_rows(wanted, title)
        else:
            self.rows_wanted.emit(wanted, title)

    def _record(self, kind: str, record: int) -> None:
        if record:
            self.record_wanted.emit(kind, record)

    def _today(self) -> None:
        self._day = None
        self.show_report(FIRST)

    # --- what is remembered -----------------------------------------------------------------------------------------

    def save_state(self) -> dict[str, Any]:
        """The period and cut of each report, and the width of the catalogue; never which report was open."""
        return {"sizes": self.splitter.sizes(), "cuts": dict(self._cuts),
                "periods": {name: choice.plain() for name, choice in self._periods.items()}}

    def restore_state(self, state: dict[str, Any]) -> None:
        """Take up what `save_state` gave; what is broken or of another version is left out."""
        known = {entry.name: {key for key, _ in entry.cuts} for entry in self.entries}
        sizes, cuts, periods = (state.get(key) for key in ("sizes", "cuts", "periods"))
        if isinstance(cuts, dict):
            self._cuts = {name: cut for name, cut in cuts.items() if cut in known.get(name, ())}
        if isinstance(periods, dict):
            self._periods = {name: from_plain(kept) for name, kept in periods.items()
                             if name in known and isinstance(kept, dict)}
        if isinstance(sizes, list) and len(sizes) == 2 and all(isinstance(size, int) and size > 0 for size in sizes):
            self.splitter.setSizes(sizes)

    def _named(self, name: str) -> CatalogueEntry:
        return next((entry for entry in self.entries if entry.name == name), self.entries[0])

    def _choice(self) -> PeriodChoice:
        return self._periods.get(self.entry.name, PeriodChoice())

    def _cut(self) -> str:
        return self._cuts.get(self.entry.name, "")

    # --- Qt ---------------------------------------------------------------------------------------------------------

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._started and (self._stale or self._built_on != self.book.today()):
            self.refresh()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        if self._again.isActive():
            self._again.stop()
            self._stale = True
        super().hideEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._listed is not None:
            self.back()
        elif event.key() == Qt.Key.Key_Escape and not self.catalogue.hasFocus():
            self.catalogue.setFocus()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.catalogue.hasFocus():
            self.body.focus_first()
        else:
            super().keyPressEvent(event)
