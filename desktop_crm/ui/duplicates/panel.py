"""The duplicates as a panel over the pages: the groups at the left, the chosen one field by field beside them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.duplicates import Group
from desktop_crm.domain.errors import Cancelled, CrmError
from desktop_crm.services import duplicates, merging
from desktop_crm.services.book import Book
from desktop_crm.ui import theme
from desktop_crm.ui.duplicates import phrases
from desktop_crm.ui.duplicates.tables import FieldTable, GroupTable
from desktop_crm.ui.jobs import Job, Jobs, Latest, Progress
from desktop_crm.ui.messages import Messages
from desktop_crm.ui.over_panel import OverPanel
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.buttons import Button, PrimaryButton
from desktop_crm.ui.widgets.cards import Panel
from desktop_crm.ui.widgets.labels import Dim, Hairline, Heading, Label
from desktop_crm.ui.widgets.layout import FlowLayout, column, row
from desktop_crm.ui.widgets.states import EmptyState, ProgressBar
from desktop_crm.ui.words import N_, tr, tr_count

_TABLES = ("customers", "channels", "contacts", "distinctions", "deals", "tasks", "activities", "payments", "addresses")


class DuplicatesPanel(OverPanel):
    """Finds, compares and merges; Escape or the close button lead back."""


    def __init__(self, book: Book, jobs: Jobs, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book, self._messages = book, messages
        self._scans = Latest(jobs)
        self._job: Job | None = None
        self._found: list[Group] = []
        self._begun: Group | None = None  # the group that is compared
        self._choices: dict[str, int] = {}
        self._keep = self._out = 0  # who stays, and who is left out of a group of three or more (0: nobody)
        self.table, self.fields = GroupTable(), FieldTable()
        self.count = Dim()
        self.again = Button(tr(N_("Look through the whole file")), "refresh")
        self.merge_button = PrimaryButton(tr(N_("Make them one")), "check")
        self.apart_button = Button(tr(N_("Not a duplicate")), "close")
        self.keep_button = Button(tr(N_("Keep the next one instead")), "arrow-right")
        self.out_button = Button(tr(N_("Leave one out")), "minus")
        self.next_button = Button(tr(N_("Next group")), kind="quiet")
        self.why = Label("", wrap=True)
        self.moved = Dim("", 12, wrap=True)
        self.empty = EmptyState("customers", "")
        self.bar = ProgressBar()
        self.stop = Button(tr(N_("Stop")), "stop")
        self._lay_out()
        self._wire()
        self.setFocusProxy(self.table)

    def _lay_out(self) -> None:
        head = self.head(Heading(tr(N_("Duplicates"))), self.count, None, self.again)
        self._busy = QWidget()
        self._busy.setLayout(row(self.bar, self.stop, gap=12, margins=(16, 0, 16, 12)))
        self._busy.hide()
        keys = Dim(tr(N_("← → take another value · Enter makes them one · K keeps the next · L leaves one out · "
                         "N not a duplicate")), 12, wrap=True)
        foot = FlowLayout()
        for button in (self.merge_button, self.apart_button, self.keep_button, self.out_button, self.next_button):
            foot.addWidget(button)
        group = Panel()
        above, below = row(self.why, margins=(16, 8, 16, 6)), row(self.moved, margins=(16, 8, 16, 0))
        group.setLayout(column(above, self.fields, Hairline(), below, row(keys, margins=(16, 0, 16, 0)),
                               column(foot, margins=(16, 10, 16, 10)), gap=4))
        group.layout().setStretch(1, 1)  # type: ignore[union-attr]  # it was set in the line above
        self.table.setFixedWidth(theme.px(360))
        pair = QWidget()
        pair.setLayout(row(self.table, Hairline(vertical=True), group, gap=0))
        pair.layout().setStretch(2, 1)  # type: ignore[union-attr]  # a box layout, set above
        self._body = QStackedWidget()
        self._body.addWidget(self.empty)
        self._body.addWidget(pair)
        whole = column(head, self._busy, Hairline(), self._body, gap=0)
        whole.setStretch(3, 1)
        self.setLayout(whole)

    def _wire(self) -> None:
        self.again.clicked.connect(self.scan)
        self.stop.clicked.connect(self._stop)
        self.empty.acted.connect(self.scan)
        self.table.selected.connect(lambda _: self._begin())
        self.table.opened.connect(lambda _: self.fields.setFocus())
        self.fields.chosen.connect(self._choose)
        self.fields.wanted.connect(self.merge)
        self.merge_button.clicked.connect(self.merge)
        self.apart_button.clicked.connect(self.tell_apart)
        self.keep_button.clicked.connect(self.keep_next)
        self.out_button.clicked.connect(self.leave_out)
        self.next_button.clicked.connect(self.go_on)
        for button in (self.merge_button, self.apart_button):
            button.setEnabled(not self._book.reading)

    # --- finding --------------------------------------------------------------------------------------------------

    def scan(self) -> None:
        """Look through the whole file, beside the window."""
        self._busy.show()
        self.again.setEnabled(False)
        self._show([])
        self.empty.show_state("search", tr(N_("Looking for customers that may be the same…")))

        def work(progress: Progress) -> list[Group]:
            def step(done: int, total: int) -> None:
                progress.check()
                progress.report(done, total)

            return duplicates.scan(self._book, step=step)

        self._job = self._scans.run(work, self._scanned, self._failed, label=tr(N_("Look for duplicates")))
        self._job.progressed.connect(lambda done, total, _: self.bar.set_share(done / total if total else None))

    def compare(self, ids: Sequence[int]) -> None:
        """Show these customers as one group, whether they look alike or not."""
        try:
            group = Group(tuple(ids), duplicates.between(self._book, ids[0], ids[1]))
        except CrmError as error:
            self._messages.tell(error)
            return
        self._ended()
        self._scans.drop()
        self._found = [group]
        self._refresh()
        self.fields.setFocus()

    def _scanned(self, groups: list[Group]) -> None:
        self._ended()
        self._found = groups
        self._refresh()
        self.table.setFocus()

    def _failed(self, error: Exception) -> None:
        self._ended()
        if isinstance(error, Cancelled):
            self.empty.show_state("customers", tr(N_("Stopped")), tr(N_("Nothing was changed.")),
                                  tr(N_("Look through the whole file")), "refresh")
        else:
            self._messages.tell(error)

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _ended(self) -> None:
        self._job = None
        self._busy.hide()
        self.again.setEnabled(True)

    def _refresh(self) -> None:
        """Show of what was found what still stands: nobody gone, nobody told apart since."""
        groups = duplicates.standing(self._book, self._found)
        self._show(groups)
        if not groups:
            self.empty.show_state("check", tr(N_("No customers look like the same")),
                                  tr(N_("You are warned when one is entered who looks like another.")))

    def _show(self, groups: Sequence[Group]) -> None:
        self.count.setText(tr_count(N_("{n} group"), N_("{n} groups"), len(groups)) if groups else "")
        self._body.setCurrentIndex(1 if groups else 0)
        names = duplicates.names(self._book, [record for group in groups for record in group.ids])
        self.table.show_groups(groups, names)
        if self.table.chosen() != self._begun:  # another one has come into the place of the chosen
            self._begin()

    def reload(self, changes: Changes) -> None:
        """After a change, also an undone one: groups that are done leave, those that are back return."""
        if self._job is None and self._found and changes.touches(*_TABLES):
            before = self._begun
            self._refresh()
            if self._begun == before:
                self._preview()

    # --- one group ------------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._begun = group = self.table.chosen()
        self._choices, self._keep, self._out = {}, group.ids[0] if group else 0, 0
        self.out_button.setVisible(group is not None and len(group.ids) > 2)
        self.why.setText(tr(N_("Why: {reasons}"), reasons=phrases.why(group.likeness)) if group else "")
        self._preview()

    def _order(self) -> tuple[int, list[int]]:
        """Who stays, and who becomes one with them."""
        group = self.table.chosen()
        return self._keep, [key for key in group.ids if key not in (self._keep, self._out)] if group else []

    def _preview(self) -> None:
        keep, others = self._order()
        plan = None
        if others:
            try:
                plan = merging.preview(self._book, keep, others, self._choices)
            except CrmError as error:
                self._messages.tell(error)
        self.fields.show_plan(plan, self._book.currency)
        left = duplicates.names(self._book, [self._out]).get(self._out, "") if self._out else ""
        self.out_button.set_text(tr(N_("Left out: {name}"), name=left) if left else tr(N_("Leave one out")))
        moved = phrases.moved(plan) if plan else ""
        self.moved.setText(tr(N_("Moves to {name}: {what}"), name=plan.names[keep], what=moved) if plan and moved
                           else "")

    def _choose(self, field: str, whose: int) -> None:
        self._choices[field] = whose
        self._preview()

    def keep_next(self) -> None:
        """Keep the next customer of the group, with its number and history; the others become one with it."""
        group = self.table.chosen()
        if group is not None:
            place = group.ids.index(self._keep)
            self._keep, self._out = group.ids[(place + 1) % len(group.ids)], 0
            self._preview()

    def leave_out(self) -> None:
        """Of three or more, leave the last one out of what becomes one, then the one before; after the first nobody."""
        group = self.table.chosen()
        if group is None or len(group.ids) < 3:
            return
        turn = [*reversed([record for record in group.ids if record != self._keep]), 0]
        self._out = turn[(turn.index(self._out) + 1) % len(turn)]
        self._choices = {field: whose for field, whose in self._choices.items() if whose != self._out}
        self._preview()

    def go_on(self) -> None:
        """Go to the next group, from the last one to the first."""
        places = self.table.paged().ids()
        at = next(iter(self.table.selected_ids()), 0)
        if places:
            self.table.select(places[at % len(places)])

    def merge(self) -> None:
        """Make the group one, by the values chosen."""
        keep, others = self._order()
        names = duplicates.names(self._book, [keep])
        self._act(lambda: merging.merge(self._book, keep, others, self._choices),
                  tr(N_("“{name}” now is one customer."), name=names.get(keep, "")))

    def tell_apart(self) -> None:
        """Remember that these are not the same."""
        group = self.table.chosen()
        if group is not None:
            ids = group.ids
            self._act(lambda: duplicates.tell_apart(self._book, ids), tr(N_("They are kept apart from now on.")))

    def _act(self, act: Callable[[], Changes], told: str) -> None:
        if self._book.reading or self.table.chosen() is None:
            return
        try:
            changes = act()
        except CrmError as error:
            self._messages.tell(error)
            return
        self._refresh()
        self._messages.undoable(told, lambda: self._undo(changes.work_id))

    def _undo(self, work: int) -> None:
        """Take that very act back, whatever was done since, unless something contradicts."""
        try:
            self._book.undo_work(work)
        except CrmError as error:
            self._messages.tell(error)

    @override
    def _close(self) -> None:
        self._stop()
        self._scans.drop()
        super()._close()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts = {Qt.Key.Key_N: self.tell_apart, Qt.Key.Key_K: self.keep_next, Qt.Key.Key_L: self.leave_out}
        act = acts.get(Qt.Key(event.key())) if not event.modifiers() else None
        if act is not None:
            act()
        else:
            super().keyPressEvent(event)
