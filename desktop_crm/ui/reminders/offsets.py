"""When a reminder rings, in words: "10 min before", "1 day before", and the field that offers it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_crm.domain.reminders import OFFSETS
from desktop_crm.ui.widgets.pickers import Choice
from desktop_crm.ui.words import N_, N_count, current, tr, tr_count

_HOURS = N_count("{n} hour before", "{n} hours before")
_DAYS = N_count("{n} day before", "{n} days before")


def said(minutes: int | None) -> str:
    """An offset in words; None as "no reminder"."""
    if minutes is None:
        return tr(N_("no reminder"))
    if minutes == 0:
        return tr(N_("when it is due"))
    if minutes % 1440 == 0:
        return tr_count(*_DAYS, minutes // 1440)
    if minutes % 60 == 0:
        return tr_count(*_HOURS, minutes // 60)
    return tr(N_("{n} min before"), n=current().number(minutes))


def offered(kept: int | None = None) -> list[int | None]:
    """No reminder, the usual offsets, and one that is set already, in order."""
    known = set(OFFSETS) if kept is None else {*OFFSETS, kept}
    return [None, *sorted(known)]


class ReminderField(Choice):
    """A choice of offsets in minutes, None for no reminder; an unusual one that is set stays among them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__((), parent)
        self.set_value(None)

    def set_value(self, value: object) -> None:
        """Choose an offset."""
        kept = value if isinstance(value, int) else None
        offsets = offered(kept)
        if self._values != offsets:
            self.clear()
            self._values = list(offsets)
            self.addItems([said(minutes) for minutes in offsets])
        super().set_value(kept)
