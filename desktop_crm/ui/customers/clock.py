"""The clock on a card: what time it is there, whether it is night, and whether calls are welcome now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop_crm.services.local_time import There
from desktop_crm.ui.widgets.chips import Badge
from desktop_crm.ui.widgets.labels import Dim
from desktop_crm.ui.widgets.layout import row
from desktop_crm.ui.widgets.states import IconLabel
from desktop_crm.ui.words import N_, current, tr

_TICK_MS = 15_000


class LocalClock(QWidget):
    """"14:32 there", shown only where the time differs from ours; it goes on by itself.

    `night` and `window` stand elsewhere on the card: a mark at night, a line that tells the hours for calls.
    """

    def __init__(self, now: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self.there: There | None = None
        self.said = Dim("", 12)
        self.night = Badge(tone="warn")
        self.window_line = Dim("", 12, wrap=True)
        self.setLayout(row(IconLabel("clock", token="dim"), self.said, gap=4))
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self.show_there(None)

    def show_there(self, there: There | None) -> None:
        """Show the time of another customer; None while it is not known yet."""
        self.there = there
        night = there is not None and there.night
        self.setVisible(there is not None and there.differs and not night)
        self.night.setVisible(night)
        self.window_line.setVisible(there is not None and there.window is not None)
        if there is None:
            self._timer.stop()
            return
        at = current().clock(there.at)
        self.said.setText(tr(N_("{time} there"), time=at))
        self.night.set_state(tr(N_("night there: {time}"), time=at), "warn")
        if there.window is not None:
            self.window_line.setText(_window(there))
            self.window_line.set_tone("dim" if there.fits else "warn")
        if there.differs or there.window is not None:
            self._timer.start()

    def warning(self) -> str:
        """What to know before a call: that it is night there, or that they like calls at other hours; else ""."""
        if self.there is None:
            return ""
        if self.there.night:
            return tr(N_("It is night there: {time}."), time=current().clock(self.there.at))
        return _window(self.there) if not self.there.fits else ""

    def _tick(self) -> None:
        if self.there is not None:
            self.show_there(self.there.later(self._now()))


def _window(there: There) -> str:
    """The hours in which they like calls, and what time it is there now."""
    start, end = there.window or (None, None)
    said = _hours(start, end)
    now = current().clock(there.at)
    if there.differs:
        return tr(N_("Likes calls {hours} their time; now {time}"), hours=said, time=now)
    return tr(N_("Likes calls {hours}; now {time}"), hours=said, time=now)


def _hours(start: time | None, end: time | None) -> str:
    clock = current().clock
    if start is None or end is None:
        return tr(N_("until {time}"), time=clock(end)) if end is not None else \
            tr(N_("from {time}"), time=clock(start)) if start is not None else ""
    return f"{clock(start)}–{clock(end)}"
