"""One reminder that rings: what, whom for, when; and what can be done about it."""

from __future__ import annotations

from datetime import datetime, timedelta

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from desktop_crm.domain.business import Business
from desktop_crm.domain.reminders import SNOOZES, ReminderRow, tomorrow_morning
from desktop_crm.ui import icons
from desktop_crm.ui.reminders import spans
from desktop_crm.ui.widgets.buttons import Button, IconButton, literal
from desktop_crm.ui.widgets.labels import ElidedLabel
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.words import N_, N_count, current, tr, tr_count

_MINUTES = N_count("{n} minute", "{n} minutes")
_HOURS = N_count("{n} hour", "{n} hours")


class ReminderLine(QWidget):
    """Name, customer and time of a task above its buttons."""

    done = Signal()
    opened = Signal()
    customer_wanted = Signal()
    dismissed = Signal()
    snooze_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reminder: ReminderRow | None = None
        self._name, self._when = ElidedLabel("", strong=True), ElidedLabel("", 12, tone="dim")
        self.done_button = Button(tr(N_("Done")), "check")
        self.snooze_button = Button(tr(N_("Snooze")), "chevron-down")
        self.open_button = Button(tr(N_("Open task")), kind="quiet")
        self.customer_button = IconButton("person", " ", token="dim")
        self.dismiss_button = IconButton("close", tr(N_("Dismiss")), small=True, token="dim")
        self.buttons: tuple[QWidget, ...] = (self.done_button, self.snooze_button, self.open_button,
                                             self.customer_button, self.dismiss_button)
        for button, signal in ((self.done_button, self.done), (self.snooze_button, self.snooze_wanted),
                               (self.open_button, self.opened), (self.customer_button, self.customer_wanted),
                               (self.dismiss_button, self.dismissed)):
            button.clicked.connect(signal)
        head = row(column(self._name, self._when, gap=2), self.dismiss_button, gap=8)
        head.setStretch(0, 1)
        head.setAlignment(self.dismiss_button, Qt.AlignmentFlag.AlignTop)
        buttons = row(self.done_button, self.snooze_button, self.open_button, self.customer_button, None, gap=6)
        self.setLayout(column(head, buttons, gap=8, margins=(14, 10, 10, 10)))

    def show_reminder(self, reminder: ReminderRow, now: datetime) -> None:
        """Show a reminder as it is at a local instant."""
        self.reminder = reminder
        self._name.setText(reminder.name)
        self._when.setText(" · ".join(part for part in (spans.when(reminder, now), reminder.customer) if part))
        late = reminder.due is not None and reminder.due < now
        self._when.set_tone("warn" if late else "dim")
        self.customer_button.setVisible(reminder.customer_id is not None)
        self.customer_button.set_text(tr(N_("Open {name}"), name=reminder.customer or ""))
        for button, name in ((self.done_button, N_("Done: {name}")), (self.snooze_button, N_("Snooze: {name}")),
                             (self.open_button, N_("Open {name}")), (self.dismiss_button, N_("Dismiss: {name}"))):
            button.setAccessibleName(tr(name, name=reminder.name))

    def text(self) -> str:
        """What the line says."""
        return f"{self._name.text()}: {self._when.text()}"


class SnoozeMenu(QMenu):
    """For how long: `chosen(instant)`; each with the time at which it rings again."""

    chosen = Signal(object)

    def __init__(self, business: Business, now: datetime, parent: QWidget) -> None:
        super().__init__(parent)
        self.aboutToHide.connect(self.deleteLater)
        for minutes in SNOOZES:
            title = tr_count(*_HOURS, minutes // 60) if minutes % 60 == 0 else tr_count(*_MINUTES, minutes)
            self._offer(title, now + timedelta(minutes=minutes), business, now)
        self._offer(tr(N_("Tomorrow morning")), tomorrow_morning(business, now), business, now)

    def _offer(self, title: str, until: datetime, business: Business, now: datetime) -> None:
        local, today = business.local(until), business.local(now)
        clock = current().clock(local)
        at = clock if local.date() == today.date() else f"{current().skeleton(local.date(), 'E')} {clock}"
        action = self.addAction(icons.icon("clock", "dim"), f"{literal(title)}\t{at}")
        action.triggered.connect(lambda _=False: self.chosen.emit(until))

    def below(self, button: QWidget) -> None:
        """Open under a button."""
        self.popup(button.mapToGlobal(QPoint(0, button.height() + 2)))
