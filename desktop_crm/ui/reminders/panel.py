"""The panel in the window's corner: what rings, in the way of nothing, never a dialog."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from desktop_crm.domain.business import Business
from desktop_crm.domain.reminders import ReminderRow
from desktop_crm.ui import theme
from desktop_crm.ui.qt import override
from desktop_crm.ui.reminders.line import ReminderLine, SnoozeMenu
from desktop_crm.ui.widgets.buttons import Button, IconButton
from desktop_crm.ui.widgets.chips import Chip
from desktop_crm.ui.widgets.labels import Hairline, Heading, set_property
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.widgets.states import IconLabel
from desktop_crm.ui.words import N_, N_count, tr, tr_count

SHOWN = 3
_WIDTH, _EDGE, _STATUS = 368, 16, 26  # with its edges as wide as the side of the Tasks tab: no list is covered
_TITLE = N_count("{n} reminder", "{n} reminders")


class ReminderPanel(QFrame):
    """Up to three reminders, the latest on top, and how many more; folded it is a chip that says how many ring.

    Announces `done(ids)`, `snoozed(ids, instant)`, `dismissed(ids)`, `opened(task)`, `customer_wanted(id)`,
    `all_wanted()` for the list of all, and `left()` when the keyboard is to go back to the page.
    """

    done = Signal(list)
    snoozed = Signal(list, object)
    dismissed = Signal(list)
    opened = Signal(int)
    customer_wanted = Signal(int)
    all_wanted = Signal()
    left = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._rows: list[ReminderRow] = []
        self._business, self._now = Business(), datetime.min.replace(tzinfo=UTC)
        self.folded = False
        self._title = Heading("", 13)
        self.all_button = Button(tr(N_("Dismiss all")), kind="quiet")
        self.all_button.clicked.connect(lambda: self.dismissed.emit(self.ids()))
        self.fold_button = IconButton("chevron-down", tr(N_("Fold the reminders")), small=True, token="dim")
        self.fold_button.clicked.connect(lambda: self.fold(True))
        self.more_button = Button("", kind="quiet")
        self.more_button.clicked.connect(self.all_wanted)
        self.chip = Chip("", icon="bell", toggles=False)
        self.chip.clicked.connect(self.begin)
        head = QWidget()
        head.setLayout(row(IconLabel("bell", token="accent"), self._title, None, self.all_button, self.fold_button,
                           gap=8, margins=(14, 6, 10, 6)))
        self.lines = [ReminderLine() for _ in range(SHOWN)]
        self._rules = [Hairline() for _ in range(SHOWN)]
        parts = [part for pair in zip(self._rules, self.lines, strict=True) for part in pair]
        self._whole = QWidget()
        foot = QWidget()
        foot.setLayout(row(self.more_button, None, margins=(6, 0, 10, 6)))
        self._foot = foot
        self._whole.setLayout(column(head, *parts, foot, gap=0))
        self._box = column(self._whole, self.chip, gap=0)
        self.setLayout(self._box)
        for line in self.lines:
            self._follow(line)
        self.setAccessibleName(tr(N_("Reminders")))
        over.installEventFilter(self)
        self.hide()

    def ids(self) -> list[int]:
        """The tasks that ring."""
        return [row.task for row in self._rows]

    def show_rows(self, rows: Sequence[ReminderRow], business: Business, now: datetime, *, fold: bool) -> None:
        """Show what rings at an instant, folded or not; nothing hides the panel."""
        had = self._focused()
        self._rows, self._business = list(rows), business
        self.tick(now)
        count = tr_count(*_TITLE, len(rows))
        self._title.setText(count)
        self.chip.set_label(count)
        self.all_button.setVisible(len(rows) > 1)
        more = len(rows) - SHOWN
        self._foot.setVisible(more > 0)
        self.more_button.set_text(tr_count(N_("and {n} more"), N_("and {n} more"), max(0, more)))
        self.folded = fold
        self._lay()
        if had is not None:
            self._follow_focus(had)

    def tick(self, now: datetime) -> None:
        """Say anew how late everything is."""
        self._now = now
        local = self._business.local(now)
        for place, line in enumerate(self.lines):
            shown = place < len(self._rows)
            line.setVisible(shown)
            self._rules[place].setVisible(shown)
            if shown:
                line.show_reminder(self._rows[place], local)

    def fold(self, folded: bool) -> None:
        """Fold the panel into its chip and give the keyboard back, or unfold it."""
        had = self._focused() is not None
        self.folded = folded
        self._lay()
        if folded and had:
            self.left.emit()

    def begin(self) -> None:
        """Unfold, and put the keyboard on the first reminder."""
        if self._rows:
            self.fold(False)
            self.lines[0].done_button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.fold(True)
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _follow(self, line: ReminderLine) -> None:
        line.done.connect(lambda: self.done.emit(_task(line)))
        line.dismissed.connect(lambda: self.dismissed.emit(_task(line)))
        line.opened.connect(lambda: self._open(line))
        line.customer_wanted.connect(lambda: self._open(line, customer=True))
        line.snooze_wanted.connect(lambda: self.offer(line))

    def offer(self, line: ReminderLine) -> SnoozeMenu:
        """Offer for how long a reminder may be put off."""
        tasks = _task(line)
        menu = SnoozeMenu(self._business, self._now, line)
        menu.chosen.connect(lambda until: self.snoozed.emit(tasks, until))
        menu.below(line.snooze_button)
        return menu

    def _open(self, line: ReminderLine, customer: bool = False) -> None:
        """Make room for what is opened: the panel stands over it."""
        reminder = line.reminder
        self.fold(True)
        if reminder is not None and customer:
            self.customer_wanted.emit(reminder.customer_id or 0)
        elif reminder is not None:
            self.opened.emit(reminder.task)

    def _lay(self) -> None:
        self._whole.setVisible(not self.folded)
        self.chip.setVisible(self.folded)
        set_property(self, "folded", self.folded)
        self.setVisible(bool(self._rows))
        self._place()

    def _place(self) -> None:
        """Stand in the corner above the status line, on the side where lines end."""
        if self.isHidden():
            return
        edge = theme.px(_EDGE)
        self._box.activate()
        wish = max(theme.px(_WIDTH), self._box.minimumSize().width())  # long words may need more
        width = self.chip.sizeHint().width() if self.folded else min(wish, self._over.width() - 2 * edge)
        self.resize(width, self.sizeHint().height())
        right = self._over.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = edge if right else self._over.width() - width - edge
        self.move(x, self._over.height() - self.height() - theme.px(_STATUS) - edge)
        self.raise_()

    def _focused(self) -> _Focus | None:
        """Where in the panel the keyboard is; None if it is elsewhere."""
        focused = QApplication.focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            return None
        for place, line in enumerate(self.lines):
            if focused in line.buttons and line.reminder is not None:
                return _Focus(line.reminder.task, place, line.buttons.index(focused))
        return _Focus(0, 0, 0)

    def _follow_focus(self, before: _Focus) -> None:
        """After a change: the keyboard stays on its reminder, be it elsewhere; if that is gone, on the next one.

        A reminder that comes on top must not take the Enter that was meant for another.
        """
        ids = self.ids()
        if not ids or self.folded:
            self.left.emit()
            return
        if before.task in ids[SHOWN:]:
            self.more_button.setFocus()
            return
        place = ids.index(before.task) if before.task in ids else min(before.place, len(ids) - 1, SHOWN - 1)
        button = self.lines[place].buttons[before.button]
        (button if not button.isHidden() else self.lines[place].done_button).setFocus()


class _Focus(NamedTuple):
    """The task, the line and the button (by its number) that have the keyboard; task 0 for a button of the head."""

    task: int
    place: int
    button: int


def _task(line: ReminderLine) -> list[int]:
    return [line.reminder.task] if line.reminder is not None else []
