"""What has happened to a deal: its way through the stages, and every change as a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop_crm.domain.deals import StageMove
from desktop_crm.services import deals, history
from desktop_crm.services.book import Book
from desktop_crm.ui.deals import standing
from desktop_crm.ui.widgets.chips import Chip, ChipGroup
from desktop_crm.ui.widgets.labels import Dim, ElidedLabel, Label
from desktop_crm.ui.widgets.layout import column, empty, row
from desktop_crm.ui.words import N_, current, tr, tr_count

_CHANGES = 30


class Past(QWidget):
    """Stages or changes of one deal, newest first; the chips choose which."""

    def __init__(self, book: Book, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._card: deals.Card | None = None
        self.stages, self.changes = Chip(tr(N_("Stages"))), Chip(tr(N_("Changes")))
        self.stages.setChecked(True)
        self._group = ChipGroup([self.stages, self.changes], self)
        self._group.buttonToggled.connect(lambda _, on: self._fill() if on else None)
        self._rows = column(gap=10)
        self.setLayout(column(row(self.stages, self.changes, None), self._rows, gap=10))

    def show_card(self, card: deals.Card) -> None:
        """Show the past of a deal."""
        self._card = card
        self._fill()

    def _fill(self) -> None:
        empty(self._rows)
        if self._card is None:
            return
        if self.changes.isChecked():
            self._fill_changes(self._card.row.id)
        else:
            end = self._card.row.closed_on or self._book.today()
            for line, stay in reversed(list(zip(self._card.moves, stays(self._card.moves, end), strict=True))):
                self._rows.addWidget(_move(line, stay))

    def _fill_changes(self, deal: int) -> None:
        business = self._book.business
        for change in history.changes(self._book, current(), "deals", deal, _CHANGES):
            at = business.local(change.at)
            when = " ".join(part for part in (standing.short_day(at.date()), current().clock(at), change.actor) if part)
            self._rows.addWidget(_entry(change.sentence, when))


def stays(moves: Sequence[StageMove], end: date) -> list[int | None]:
    """Whole days that a deal stayed where each move led it, the last one until `end`; None if unknown."""
    days = [move.on_date for move in moves] + [end]
    return [None if start is None or stop is None else max(0, (stop - start) // timedelta(days=1))
            for start, stop in pairwise(days)]


def _move(move: StageMove, stay: int | None) -> QWidget:
    text = f"{move.before} → {move.after}" if move.before else move.after
    parts = [standing.short_day(move.on_date), move.seller or ""]
    if stay is not None:
        parts.insert(1, tr_count(N_("{n} day there"), N_("{n} days there"), stay))
    return _entry(text, " · ".join(part for part in parts if part))


def _entry(text: str, when: str) -> QWidget:
    """A sentence that wraps over a dim line with its day."""
    entry = QWidget()
    said = Label(text, wrap=True)
    said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    entry.setLayout(column(said, Dim(when, 11), gap=1))
    return entry


def caption(text: str) -> ElidedLabel:
    """The small strong name of a part of the card."""
    return ElidedLabel(text, 11, strong=True, tone="dim")
