"""Reminders as notifications of the desktop, where it has a tray; where it has none, nothing happens here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QSystemTrayIcon

from desktop_crm.domain.reminders import ReminderRow
from desktop_crm.ui import icons
from desktop_crm.ui.reminders import spans
from desktop_crm.ui.words import N_, N_count, tr, tr_count

_SIDES = (16, 22, 32, 48, 64)
_SHOWN_MS = 12_000
_SEVERAL = N_count("{n} reminder", "{n} reminders")


class Tray(QObject):
    """Tells what begins to ring; its icon is there while something rings. `clicked(task)`, 0 for several."""

    clicked = Signal(int)

    def __init__(self, available: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable,
                 make: Callable[[QIcon, QObject], QSystemTrayIcon] = QSystemTrayIcon,
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._available, self._make = available, make
        self._icon: QSystemTrayIcon | None = None
        self._task = 0

    def tell(self, new: Sequence[ReminderRow], now: datetime, *, private: bool) -> None:
        """Notify of what begins to ring at a local instant; a `private` one names nobody: the window is locked."""
        if not new or not self._available():
            return
        only = new[0] if len(new) == 1 and not private else None
        self._task = only.task if only is not None else 0
        title = only.name if only is not None else tr_count(*_SEVERAL, len(new))
        if only is not None:
            text = " · ".join(part for part in (spans.when(only, now), only.customer) if part)
        else:
            text = "" if private else ", ".join(row.name for row in new[:3])
        self._shown().showMessage(title, text or tr(N_("Desktop CRM")), self._shown().icon(), _SHOWN_MS)

    def show_count(self, count: int) -> None:
        """Say at the icon how many ring; it goes when nothing does."""
        if self._icon is not None and count:
            self._icon.setToolTip(tr_count(*_SEVERAL, count))
        elif self._icon is not None:
            self._icon.hide()

    def _shown(self) -> QSystemTrayIcon:
        """The icon, made with the first reminder."""
        if self._icon is None:
            picture = QIcon()
            for side in _SIDES:  # a tray asks for pixels, and knows nothing of ours that follow the theme
                picture.addPixmap(icons.pixmap("bell", side, "accent"))
            self._icon = self._make(picture, self)
            self._icon.messageClicked.connect(lambda: self.clicked.emit(self._task))
            self._icon.activated.connect(lambda _: self.clicked.emit(0))
        self._icon.show()
        return self._icon
