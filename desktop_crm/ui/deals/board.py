"""The board: a column per open stage, and below it where deals are dropped when they are decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from desktop_crm.domain.deals import Pipeline, StageSum
from desktop_crm.ui import fonts, theme
from desktop_crm.ui.deals.columns import SCROLL_BAR, Fetch, StageColumn, StageList, deals_in
from desktop_crm.ui.deals.loading import BoardRows
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.ui.words import N_, tr


class DropZone(QWidget):
    """A dashed place at the foot of the board; deals dropped on it are decided."""

    dropped = Signal(list)

    def __init__(self, text: str, tone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._tone, self._target = text, tone, False
        self.setAcceptDrops(True)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(200), theme.px(40))

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if deals_in(event.mimeData()):
            event.acceptProposedAction()
            self._aim(True)

    @override
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._aim(False)

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        self._aim(False)
        ids = deals_in(event.mimeData())
        if ids:
            event.acceptProposedAction()
            self.dropped.emit(ids)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.strong(self._tone), 1, Qt.PenStyle.DashLine))
        painter.setBrush(theme.soft(self._tone) if self._target else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(6), theme.px(6))
        painter.setFont(fonts.font())
        shown = painter.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, self.width() - theme.px(16))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, shown)

    def _aim(self, on: bool) -> None:
        self._target = on
        self.update()


class Board(QWidget):
    """The open deals of a pipeline. It emits what is asked for and changes nothing itself, but for `shift`.

    `move_wanted(ids, stage)`, `decide_wanted(ids, "won" | "lost")`; `picked(ids)` when others are chosen.
    """

    picked = Signal(list)
    opened = Signal(int)
    renamed = Signal(int)
    move_wanted = Signal(list, int)
    decide_wanted = Signal(list, str)
    delete_wanted = Signal(list)
    menu_wanted = Signal(list, QPoint)

    def __init__(self, fetch: Fetch, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fetch, self._today = fetch, today
        self._columns: list[StageColumn] = []
        self._quiet = False
        inner = QWidget()
        self._row: QHBoxLayout = row(gap=12 - SCROLL_BAR, margins=(16, 14, 16 - SCROLL_BAR, 0))
        inner.setLayout(self._row)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(inner)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._won = DropZone(tr(N_("Drop here: Won")), "good")
        self._lost = DropZone(tr(N_("Drop here: Lost, with a reason")), "bad")
        self._won.dropped.connect(lambda ids: self.decide_wanted.emit(ids, "won"))
        self._lost.dropped.connect(lambda ids: self.decide_wanted.emit(ids, "lost"))
        self._zones = QWidget()
        self._zones.setLayout(row(self._won, self._lost, gap=12, margins=(16, 8, 16, 12)))
        self.setLayout(column(self._scroll, self._zones, gap=0))

    def set_pipeline(self, pipeline: Pipeline, currency: str) -> None:
        """Show the columns of a pipeline, empty as yet where they are new."""
        stages = pipeline.open_stages
        while len(self._columns) > len(stages):
            gone = self._columns.pop()
            self._row.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self._columns) < len(stages):
            self._add_column()
        for item, stage in zip(self._columns, stages, strict=True):
            if item.stage != stage.id:
                item.cards.leave()
                item.cards.paged.set_ids([])
                item.show_sum(StageSum(stage, 0, 0, 0), currency)

    def show_rows(self, rows: BoardRows, currency: str) -> None:
        """Show sums and cards; what was chosen stays chosen where it still stands."""
        chosen = self.selected_ids()
        self._quiet = True
        for item, total, ids in zip(self._columns, rows.sums, rows.ids, strict=True):
            item.show_sum(total, currency)
            item.cards.paged.set_ids(ids)
        if chosen and not self.selected_ids():
            self._choose(chosen)
        self._quiet = False
        if chosen != self.selected_ids():
            self.picked.emit(self.selected_ids())

    def refresh(self) -> None:
        """Read the cards in sight again."""
        for item in self._columns:
            item.cards.paged.refresh()

    def shift(self, ids: Sequence[int], stage: int) -> None:
        """Let cards stand in another column at once; the next `show_rows` sets sums and order right."""
        self._quiet = True
        for item in self._columns:
            here = [key for key in item.cards.paged.ids() if key not in ids] if self._holds(item, ids) else None
            if item.stage == stage:
                kept = here if here is not None else item.cards.paged.ids()
                item.cards.paged.set_ids([*ids, *kept])
            elif here is not None:
                item.cards.leave()
                item.cards.paged.set_ids(here)
        self._quiet = False
        self.select(ids)

    def selected_ids(self) -> list[int]:
        """The chosen deals."""
        return [key for item in self._columns for key in item.cards.selected_ids()]

    def select(self, ids: Sequence[int]) -> bool:
        """Choose deals and bring them into sight; whether one is shown."""
        self._quiet = True
        found = self._choose(ids)
        self._quiet = False
        if found:
            self.picked.emit(self.selected_ids())
        return found

    def focus_cards(self) -> None:
        """Put the keyboard on the chosen card, else on the first."""
        lists = [item.cards for item in self._columns]
        target = next((cards for cards in lists if cards.selected_ids()), None) or \
            next((cards for cards in lists if cards.paged.rowCount()), None)
        if target is None:
            self._scroll.setFocus()
            return
        if not target.currentIndex().isValid():
            target.go_to(0)
        target.setFocus()

    def stage_after(self, step: int) -> int | None:
        """The stage `step` columns on from the chosen deals; None at the edge or if nothing is chosen."""
        place = next((number for number, item in enumerate(self._columns) if item.cards.selected_ids()), None)
        if place is None or not 0 <= place + step < len(self._columns):
            return None
        return self._columns[place + step].stage

    def look_only(self) -> None:
        """Offer no place where deals are decided: the file is open for reading only."""
        self._zones.hide()

    def lists(self) -> list[StageList]:
        """The columns' lists of cards, in order."""
        return [item.cards for item in self._columns]

    def zones(self) -> dict[str, DropZone]:
        """Where decided deals are dropped, by the kind of stage."""
        return {"won": self._won, "lost": self._lost}

    # Parts

    def _add_column(self) -> None:
        item = StageColumn(self._fetch, self._today)
        cards = item.cards
        cards.opened.connect(self.opened)
        cards.renamed.connect(self.renamed)
        cards.delete_requested.connect(self.delete_wanted)
        cards.menu_requested.connect(self.menu_wanted)
        cards.picked.connect(lambda: self._picked(cards))
        cards.stepped.connect(lambda step: self._step(item, step))
        cards.pushed.connect(self._push)
        cards.decided.connect(lambda kind: self.decide_wanted.emit(self.selected_ids(), kind))
        cards.dropped.connect(lambda ids: self._dropped(item, ids))
        self._columns.append(item)
        self._row.addWidget(item, 1)

    def _holds(self, item: StageColumn, ids: Sequence[int]) -> bool:
        return any(item.cards.paged.row_of(key) is not None for key in ids)

    def _choose(self, ids: Sequence[int]) -> bool:
        found = False
        for item in self._columns:
            if not found and item.cards.choose(ids):
                found = True
                self._scroll.ensureWidgetVisible(item, 0, 0)
            else:
                item.cards.leave()
        return found

    def _picked(self, cards: StageList) -> None:
        """Choosing in one column leaves the others."""
        if self._quiet:
            return
        if cards.selected_ids():
            self._quiet = True
            for item in self._columns:
                if item.cards is not cards:
                    item.cards.leave()
            self._quiet = False
        self.picked.emit(self.selected_ids())

    def _step(self, item: StageColumn, step: int) -> None:
        """Go to the nearest column beside that has cards, at about the same height."""
        place = self._columns.index(item) + step
        top = item.cards.visualRect(item.cards.currentIndex()).top()
        while 0 <= place < len(self._columns):
            cards = self._columns[place].cards
            if cards.paged.rowCount():
                beside = cards.indexAt(QPoint(cards.viewport().width() // 2, max(1, top + 1)))
                cards.go_to(beside.row() if beside.isValid() else cards.paged.rowCount() - 1)
                cards.setFocus()
                self._scroll.ensureWidgetVisible(self._columns[place], 0, 0)
                return
            place += step

    def _push(self, step: int) -> None:
        stage = self.stage_after(step)
        if stage is not None:
            self.move_wanted.emit(self.selected_ids(), stage)

    def _dropped(self, item: StageColumn, ids: list[int]) -> None:
        if any(item.cards.paged.row_of(key) is None for key in ids):
            self.move_wanted.emit(ids, item.stage)
