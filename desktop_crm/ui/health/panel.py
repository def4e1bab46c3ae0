"""The health of the data as a panel over the pages: the findings at the left, their rows, and the score beside."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.data_health import BY_KEY, KINDS, Health, Score
from desktop_crm.domain.errors import CrmError
from desktop_crm.services import data_health, data_repairs
from desktop_crm.services.book import Book
from desktop_crm.services.data_repairs import Repaired
from desktop_crm.ui import theme
from desktop_crm.ui.health.score import WIDTH, ScoreCards
from desktop_crm.ui.health.table import AFTER, FindingTable, look
from desktop_crm.ui.jobs import Jobs, Latest, Progress
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.over_panel import OverPanel
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.buttons import Button, PrimaryButton
from desktop_crm.ui.widgets.cards import Panel
from desktop_crm.ui.widgets.fields import Field
from desktop_crm.ui.widgets.labels import Dim, Hairline, Heading, tip
from desktop_crm.ui.widgets.layout import FlowLayout, Scroll, column, row
from desktop_crm.ui.widgets.segments import Segment, SegmentGroup, SegmentList
from desktop_crm.ui.widgets.states import EmptyState, ProgressBar
from desktop_crm.ui.words import N_, N_count, current, tr, tr_count

TODAY = "today"
_GROUPS = (("fault", N_("Wrong")), ("odd", N_("Odd")), ("quiet", N_("Gone quiet")), ("keep", N_("Still to keep?")),
           ("missing", N_("Missing")))
_REPAIRED = N_count("{n} record repaired.", "{n} records repaired.")
_LEFT = N_count("{n} needs a person.", "{n} need a person.")
_VERIFIED = N_count("{n} customer verified.", "{n} customers verified.")
_KEPT = N_count("{n} person is kept for another year.", "{n} people are kept for another year.")
_BY_HAND = N_("None of these can be put right by itself: open each of them.")
_LOOKED_AT = 200  # selected records
_WORDS = 720
"""How wide what is said and typed above the findings is, in design pixels."""
_KINDS = (270, 330)
"""The narrowest and the widest list of the kinds of findings, in design pixels."""


@dataclass(frozen=True, slots=True)
class _Found:
    """An examination, with the handful of the day, the scores of the days before, and the kinds that a repair mends."""

    health: Health
    handful: list[int]
    scores: list[Score]
    mended: frozenset[str]


class HealthPanel(OverPanel):
    """Shows what is found and repairs it; Escape or the close button lead back.

    `record_wanted(kind, id)` asks for a record to be opened, `act_wanted(key)` for the erasure of people:
    "erase:12,13", "erase:contacts/12".
    """

    record_wanted = Signal(str, int)
    act_wanted = Signal(str)

    def __init__(self, book: Book, jobs: Jobs, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book, self._jobs, self._messages = book, jobs, messages
        self._latest = Latest(jobs)
        self._found: _Found | None = None
        self._left = False
        self._stale = False
        self.kinds = SegmentList()
        self.kinds.setAccessibleName(tr(N_("Kinds of findings")))
        self.tables = {way: FindingTable(book, way) for way in AFTER}
        self.stack = QStackedWidget()
        self.title, self.why = Heading("", 14), Dim("", 12, wrap=True)
        self.all = PrimaryButton("", "check")
        self.some = Button(tr(N_("Only the selected")))
        self.look = Button(tr(N_("Open card")), "arrow-right")
        self.reason = Field(tr(N_("Why they are kept: warranty, tax law …")))
        self.reason.setAccessibleName(tr(N_("Why they are kept")))
        self.reason.setMaxLength(300)
        self.erase = Button(tr(N_("Erase the selected…")), "trash", kind="danger")
        self.scores = ScoreCards()
        self.progress = ProgressBar()
        self._lay_out()
        self._wire()
        self.setFocusProxy(self.kinds)
        self.load()

    # --- parts ----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        head = self.head(Heading(tr(N_("Data health"))), None)
        self.progress.setFixedHeight(theme.px(3))
        for table in self.tables.values():
            self.stack.addWidget(table)
        self.well = EmptyState("health", tr(N_("Examining the data…")))
        self.stack.addWidget(self.well)
        self.why.setMaximumWidth(theme.px(_WORDS))
        self.reason.setMaximumWidth(theme.px(_WORDS))
        ways = FlowLayout()
        for button in (self.all, self.some, self.look, self.erase):
            ways.addWidget(button)
        middle = Panel()
        self._over = QWidget()
        self._over.setLayout(column(self.title, self.why, self.reason, ways, gap=8, margins=(16, 12, 16, 12)))
        middle.setLayout(column(self._over, Hairline(), self.stack, gap=0))
        self.kinds.set_widths(*_KINDS)
        side = Scroll(self.scores)
        side.setFixedWidth(theme.px(WIDTH + 16))
        body = row(self.kinds, Hairline(vertical=True), middle, Hairline(vertical=True), side, gap=0)
        body.setStretch(2, 1)
        whole = column(head, Hairline(), self.progress, body, gap=0)
        whole.setStretch(3, 1)
        self.setLayout(whole)
        self._over.hide()
        self.scores.hide()

    def _wire(self) -> None:
        self.kinds.chosen.connect(lambda _: self._show_kind())
        self.scores.wanted.connect(self.kinds.choose)
        self.all.clicked.connect(lambda: self._repair(
            self.table.selected_ids() if self._key() == TODAY else self._ids()))
        self.some.clicked.connect(lambda: self._repair(self.table.selected_ids()))
        self.look.clicked.connect(self._open)
        self.erase.clicked.connect(self._erase)
        for table in self.tables.values():
            table.opened.connect(lambda _: self._open())
            table.confirmed.connect(self._repair)
            table.selected.connect(lambda _: self._enable())

    @property
    def table(self) -> FindingTable:
        """The table of the chosen kind."""
        return self.tables[look(self._kind())]

    def _key(self) -> str:
        return self.kinds.current_key()

    def _kind(self) -> str:
        """The chosen kind of finding; what is to be verified today is stale."""
        key = self._key()
        return key if key in BY_KEY else "stale"

    def _ids(self) -> list[int]:
        if self._found is None:
            return []
        return self._found.handful if self._key() == TODAY else list(self._found.health.of(self._kind()))

    # --- examining ------------------------------------------------------------------------------------------------

    def load(self) -> None:
        """Examine the file beside the window, and show what is found."""
        self._stale = False
        self._latest.run(self._examine, self._show, self._failed, label="").progressed.connect(self._progressed)

    def _examine(self, progress: Progress) -> _Found:
        def step(done: int, total: int) -> None:
            progress.check()
            progress.report(done, total)

        found = data_health.examine(self._book, step)
        mended = frozenset(item.kind for item in found.findings
                           if data_repairs.can_mend(self._book, item.kind, found.of(item.kind)))
        return _Found(found, data_health.handful(self._book), data_health.scores(self._book), mended)

    def _progressed(self, done: int, total: int, _: str) -> None:
        if self._latest.busy:
            self.progress.set_share(done / total if total else None)

    def _failed(self, error: Exception) -> None:
        self.progress.set_share(0.0)
        self._messages.tell(error)
        if self._found is None:
            self.well.show_state("warning", tr(N_("The data could not be examined.")))

    def _show(self, found: _Found) -> None:
        first, self._found = self._found is None, found
        self.progress.set_share(0.0)
        self.scores.show_health(found.health, self._noted(found))
        self.scores.setVisible(found.health.customers > 0 or found.health.adherence.judged > 0)
        key, groups = self._key(), self._groups(found)
        self.kinds.set_groups(groups)
        keys = [segment.key for group in groups for segment in group.segments]
        if key not in keys and keys:
            self.kinds.choose(keys[0], announce=False)
        self._show_kind()
        if first and keys and self.kinds.hasFocus():
            self.table.setFocus()

    def _noted(self, found: _Found) -> list[Score]:
        """The scores with today's, which is noted in the file unless that is open for reading only."""
        now = found.health
        if now.completeness is None:
            return found.scores
        today = Score(now.on_date, now.completeness, now.faults)
        if not self._book.reading and today not in found.scores:
            try:
                data_health.keep(self._book, now)
            except CrmError as error:
                self._messages.tell(error)
        return [*(score for score in found.scores if score.on_date != today.on_date), today]

    def _groups(self, found: _Found) -> list[SegmentGroup]:
        counts = {item.kind: item.count for item in found.health.findings}
        verify = (Segment(TODAY, tr(N_("Verify today")), len(found.handful)),)
        groups = [SegmentGroup(tr(N_("Today")), verify)] if found.handful or self._key() == TODAY else []
        for group, title in _GROUPS:
            kinds = tuple(Segment(kind.key, tr(kind.title), counts[kind.key]) for kind in KINDS
                          if kind.group == group and kind.key in counts)
            groups += [SegmentGroup(tr(title), kinds)] if kinds else []
        return groups

    def reload(self, changes: Changes) -> None:
        """Examine again after a change; at once if the panel is seen, else when it is."""
        if any(table != "health_scores" for table in changes.rows):
            if self.isVisible():
                self.load()
            else:
                self._stale = True

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.load()

    # --- one kind -------------------------------------------------------------------------------------------------

    def _show_kind(self) -> None:
        key, ids = self._key(), self._ids()
        item = BY_KEY[self._kind()]
        self._over.setVisible(bool(ids))
        if not ids:
            self._all_is_well(key)
            return
        self.title.setText(tr(N_("Verify today")) if key == TODAY else tr(item.title))
        self.why.setText(tr(N_("Is it still true? Enter says yes, E opens the record. A few each day keep the file "
                               "honest.")) if key == TODAY else " ".join(filter(None, (tr(item.why), self._by_hand()))))
        self.all.set_text(tr(item.repair) if key == TODAY or not item.repair else tr(
            N_("{repair} ({count})"), repair=tr(item.repair), count=current().number(len(ids))))
        self.stack.setCurrentWidget(self.table)
        self.table.show_rows(item.key, ids)
        self._enable()

    def _all_is_well(self, key: str) -> None:
        if key == TODAY:
            self.well.show_state("check", tr(N_("Done for today")), tr(N_("Tomorrow there are others.")))
        elif self._found is not None and not self._found.health.customers:
            self.well.show_state("health", tr(N_("Nothing to examine yet")),
                                 tr(N_("Once there are customers, this page tells how good their data is.")))
        elif self._found is not None:
            self.well.show_state("check", tr(N_("All is well")), tr(N_(
                "Nothing is wrong, odd, stale or missing.")))
        had = self.table.hasFocus()
        self.stack.setCurrentWidget(self.well)
        if had:
            self.kinds.setFocus()

    def _enable(self) -> None:
        """Offer what the chosen kind and the selected rows allow."""
        repairs = bool(BY_KEY[self._kind()].repair)
        chosen = self.table.chosen()
        self.all.setVisible(repairs)
        self.some.setVisible(repairs and self._key() != TODAY)
        reason = self._no_repair()
        self.all.setEnabled(not reason)
        self.some.setEnabled(not reason and self._mends_selected())
        for button in (self.all, self.some):
            button.setToolTip(tip(reason))
            button.setAccessibleDescription(reason)
        self.look.setEnabled(chosen is not None and chosen.opens is not None)
        asked = BY_KEY[self._kind()].group == "keep"
        self.reason.setVisible(asked)
        self.reason.setEnabled(not self._book.reading)
        self.erase.setVisible(asked)
        self.erase.setEnabled(bool(self.table.selected_ids()) and not self._book.reading)

    def _no_repair(self) -> str:
        """Why nothing of the chosen kind can be repaired, "" where something can."""
        if self._book.reading:
            return tr(N_("The file is open for reading only."))
        return self._by_hand()

    def _by_hand(self) -> str:
        """The sentence that the repair can do nothing for any record of the chosen kind; "" where it can."""
        idle = self._found is not None and self._key() != TODAY and self._kind() not in self._found.mended
        return tr(_BY_HAND) if idle and BY_KEY[self._kind()].repair else ""

    def _mends_selected(self) -> bool:
        """Whether any of the selected records would change; of very many that is taken for granted."""
        ids, model = self.table.selected_ids(), self.table.paged()
        if BY_KEY[self._kind()].group != "fault" or len(ids) > _LOOKED_AT:
            return bool(ids)
        rows = [model.record(row) for row in map(model.row_of, ids) if row is not None]
        return any(row.after for row in rows if row is not None)

    def _open(self) -> None:
        chosen = self.table.chosen()
        if chosen is not None and chosen.opens is not None:
            self.record_wanted.emit(*chosen.opens)

    def _erase(self) -> None:
        """Wish for the erasure of the selected people: what it takes is shown before anything happens."""
        ids, of = self.table.selected_ids(), BY_KEY[self._kind()].of
        if ids and not self._book.reading:
            people = ",".join(map(str, ids))
            self.act_wanted.emit(f"erase:contacts/{people}" if of == "contacts" else f"erase:{people}")

    # --- repairing ------------------------------------------------------------------------------------------------

    def _repair(self, ids: list[int]) -> None:
        """Repair some records of the chosen kind beside the window, as one undo step."""
        kind = self._kind()
        if not ids or self._book.reading or not BY_KEY[kind].repair:
            return

        reason = self.reason.text() if BY_KEY[kind].group == "keep" else ""

        def work(progress: Progress) -> Repaired:
            def step(done: int, total: int) -> None:
                progress.check()
                progress.report(done, total)

            return data_repairs.repair(self._book, kind, ids, step, reason)

        self._jobs.run(work, lambda done: self._repaired(kind, done), self._messages.tell,
                       label=tr(N_("Repairing…")))

    def _repaired(self, kind: str, done: Repaired) -> None:
        kept = BY_KEY[kind].group == "keep"
        said = [tr_count(*(_VERIFIED if kind == "stale" else _KEPT if kept else _REPAIRED), done.done)]
        if kept and not self._left:
            self.reason.clear()
        if done.asked > done.done:
            said.append(tr_count(*_LEFT, done.asked - done.done))
        text = " ".join(said) if done.done else said[-1]
        if done.done:
            self._messages.undoable(text, lambda: self._take_back(done.work))
        else:
            self._messages.note(text, "warn")

    def _take_back(self, work: int) -> None:
        try:
            data_repairs.take_back(self._book, work)
        except CrmError as error:
            self._messages.tell(error)

    @override
    def _close(self) -> None:
        self._left = True  # a repair that is under way is still told, but the panel will be gone
        self._latest.drop()
        super()._close()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.kinds.hasFocus():
            self.table.setFocus()
        else:
            super().keyPressEvent(event)
