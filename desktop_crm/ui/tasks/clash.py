"""What stands in a task's way: another task at its time, or a day off; and the next free time, one click away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_crm.i18n import Language
from desktop_crm.services import hours
from desktop_crm.services.book import Book
from desktop_crm.services.hours import Clash
from desktop_crm.ui.tasks import lines
from desktop_crm.ui.widgets.buttons import Button
from desktop_crm.ui.widgets.labels import Label
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.words import N_, current, tr

_CHARS = 40  # of a name in a warning


@dataclass(frozen=True, slots=True)
class Time:
    """When a task is to be: its day, 'HH:MM' (None: any time), its length, by whom; `task` is its id if it has one."""

    day: date | None
    at: str | None
    minutes: int | None = None
    seller: int | None = None
    task: int | None = None


@dataclass(frozen=True, slots=True)
class InTheWay:
    """The tasks that a time overlaps, if any, and why the business is closed on its day ("" if it is not)."""

    clash: Clash | None = None
    closed: str = ""

    def text(self) -> str:
        """Both in one line; "" if nothing is in the way."""
        parts = [tr(N_("Closed on this day: {why}"), why=self.closed)] if self.closed else []
        if self.clash is not None:
            first = self.clash.tasks[0]
            name = first.name if len(first.name) <= _CHARS else first.name[:_CHARS - 1].rstrip() + "…"
            parts.append(tr(N_("Clashes with {time} {name}"), time=lines.clock(first.due_time), name=name))
        return " · ".join(parts)


def look(book: Book, wanted: Time, language: Language) -> InTheWay:
    """What is in the way of a time; for a worker, as it reads the file and the holidays of a year."""
    if wanted.day is None or wanted.day < book.today():
        return InTheWay()
    clash = hours.clash(book, wanted.day, wanted.at, wanted.minutes, but=wanted.task, seller=wanted.seller) \
        if wanted.at else None
    return InTheWay(clash, hours.closed(book, wanted.day, language))


def said_free(free: datetime, day: date | None) -> str:
    """The free time as a button says it: "17:00", or with its day if that is another."""
    at = current().clock(free)
    return at if free.date() == day else f"{current().skeleton(free, 'EEEdMMM')} {at}"


class ClashLine(QWidget):
    """A line that warns, with a button that takes the next free time: `taken(datetime)`. Hidden if all is well."""

    taken = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._free: datetime | None = None
        self._text = Label("", 12, tone="warn", wrap=True)
        self.button = Button("", "clock")
        self.button.clicked.connect(self._take)
        self.setLayout(column(self._text, row(self.button, None), gap=6, margins=(0, 0, 0, 12)))
        self.hide()

    def text(self) -> str:
        """The warning; "" if there is none."""
        return self._text.text() if not self.isHidden() else ""

    def show_way(self, found: InTheWay, day: date | None) -> None:
        """Warn of what is in the way of a time on `day`."""
        self._free = found.clash.free if found.clash is not None else None
        self._text.setText(found.text())
        if self._free is not None:
            self.button.set_text(tr(N_("Next free time: {time}"), time=said_free(self._free, day)))
        self.button.setVisible(self._free is not None)
        self.setVisible(bool(found.text()))

    def _take(self) -> None:
        if self._free is not None:
            self.taken.emit(self._free)
