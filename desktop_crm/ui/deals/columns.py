"""One column of the board: a stage's head and its deals, dragged or moved by the keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from PySide6.QtCore import QItemSelectionModel, QMimeData, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from desktop_crm.domain.deals import DealRow, StageSum
from desktop_crm.ui import theme
from desktop_crm.ui.deals import standing
from desktop_crm.ui.deals.cards import CardDelegate
from desktop_crm.ui.deals.heads import StageHead
from desktop_crm.ui.models import ColumnSpec, Index, PagedModel
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.layout import column, row

MIME = "application/x-desktop-crm-deals"
"""The kind of what is dragged: the deals' ids in decimal, a space between."""

SCROLL_BAR = 10
"""The width of a scroll bar; it stands in the gap between two columns."""

Fetch = Callable[[Sequence[int]], Sequence[DealRow | None]]


def deals_mime(ids: Sequence[int]) -> QMimeData:
    """What is dragged when these deals are."""
    data = QMimeData()
    data.setData(MIME, " ".join(map(str, ids)).encode())
    return data


def deals_in(data: QMimeData) -> list[int]:
    """The ids of the deals that are dragged; none if something else is."""
    return [int(part) for part in bytes(data.data(MIME).data()).split()] if data.hasFormat(MIME) else []


_BATCH = 256
_CARD_FLAGS = (Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
               | Qt.ItemFlag.ItemIsDragEnabled)


class StageModel(PagedModel[DealRow]):
    """The deals of one stage, fetched a page at a time as they come into sight; they can be dragged.

    A list view lays out every row that its model owns to, so the rows are owned to in batches as it is scrolled.
    """

    def __init__(self, fetch: Fetch, today: Callable[[], date], parent: QWidget) -> None:
        self._owned = _BATCH
        super().__init__([ColumnSpec("deal", "", lambda item: standing.spoken(item, today()))], fetch, parent)

    def count(self) -> int:
        """How many deals there are, shown yet or not."""
        return super().rowCount()

    def reveal(self, place: int) -> None:
        """Own to the rows up to `place`."""
        while place >= self.rowCount() and self.canFetchMore(QModelIndex()):
            self.fetchMore(QModelIndex())

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # an invalid index never changes
        return min(super().rowCount(parent), self._owned)

    @override
    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._owned < self.count()

    @override
    def fetchMore(self, parent: Index) -> None:
        first, last = self.rowCount(), min(self.count(), self._owned + _BATCH) - 1
        if last >= first:
            self.beginInsertRows(QModelIndex(), first, last)
            self._owned += _BATCH
            self.endInsertRows()

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        return _CARD_FLAGS if index.isValid() else Qt.ItemFlag.NoItemFlags

    def refresh(self, ids: Iterable[int] | None = None) -> None:
        """Read the records `ids` (None: all) again where they are shown; order and selection stay."""
        self._pages.clear()
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0))


class StageList(QListView):
    """A stage's cards. Emits what the keys and the mouse ask for; the board knows the neighbours.

    `stepped(±1)` goes to the column beside, `pushed(±1)` moves the chosen deals there (+1: the next stage).
    """

    opened = Signal(int)
    picked = Signal()
    stepped = Signal(int)
    pushed = Signal(int)
    decided = Signal(str)
    renamed = Signal(int)
    delete_requested = Signal(list)
    menu_requested = Signal(list, QPoint)
    dropped = Signal(list)

    def __init__(self, fetch: Fetch, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.paged = StageModel(fetch, today, self)
        self._kept: tuple[int | None, list[int], int] = (None, [], 0)
        self._target = False
        self.setModel(self.paged)
        self.setItemDelegate(CardDelegate(today, self))
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.paged.modelAboutToBeReset.connect(self._keep)
        self.paged.modelReset.connect(self._restore)
        self.selectionModel().selectionChanged.connect(lambda *_: self.picked.emit())
        self.verticalScrollBar().rangeChanged.connect(self._make_room)
        self._make_room(0, 0)

    def current_id(self) -> int | None:
        """The deal with the keyboard's place, None if there is none."""
        return self.paged.id_at(self.currentIndex().row()) if self.currentIndex().isValid() else None

    def selected_ids(self) -> list[int]:
        """The chosen deals in their order."""
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [record for record in map(self.paged.id_at, rows) if record is not None]

    def go_to(self, place: int) -> None:
        """Choose the deal in the row `place`, or the last one, alone."""
        place = max(0, min(place, self.paged.count() - 1))
        self.paged.reveal(place)
        index = self.paged.index(place, 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def choose(self, ids: Sequence[int]) -> bool:
        """Choose these deals, as far as they stand here; whether any does."""
        places = [place for place in map(self.paged.row_of, ids) if place is not None]
        if not places:
            return False
        self.go_to(places[0])
        self._also_select(places[1:])
        return True

    def leave(self) -> None:
        """Choose nothing; the keyboard's place is forgotten as well."""
        self.selectionModel().clear()

    # What Qt asks

    @override
    def sizeHint(self) -> QSize:
        return QSize(theme.px(240), theme.px(400))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._arrow(event) or self._letter(event):
            return
        record = self.current_id()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and record is not None:
            self.opened.emit(record)
        elif event.key() == Qt.Key.Key_F2 and record is not None:
            self.renamed.emit(record)
        elif event.matches(QKeySequence.StandardKey.Delete) or event.key() == Qt.Key.Key_Backspace:
            if ids := self.selected_ids():
                self.delete_requested.emit(ids)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()  # the page closes the card
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Typing on the board searches nothing: the filter above does."""

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        record = self.paged.id_at(self.indexAt(event.position().toPoint()).row())
        if record is not None and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(record)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        ids = self.selected_ids()
        if not ids:
            return
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        at = self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).center()) if by_key else event.globalPos()
        self.menu_requested.emit(ids, at)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_keys = event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if by_keys and not self.currentIndex().isValid() and self.paged.rowCount():
            self.go_to(0)
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    @override
    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        ids = self.selected_ids()
        if not ids:
            return
        drag = QDrag(self)
        drag.setMimeData(deals_mime(ids))
        place = self.visualRect(self.currentIndex())
        drag.setPixmap(self.viewport().grab(place))
        drag.setHotSpot(QPoint(place.width() // 2, place.height() // 3))
        drag.exec(Qt.DropAction.MoveAction)

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self._aim(bool(deals_in(event.mimeData())))
        self._accept(event)

    @override
    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._accept(event)

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
        if self._target:
            painter = QPainter(self.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent_soft"))
            painter.drawRoundedRect(self.viewport().rect(), theme.px(8), theme.px(8))
            painter.end()
        super().paintEvent(event)

    # Parts

    def _arrow(self, event: QKeyEvent) -> bool:
        """Left and right go to the column beside; with Ctrl or Alt they take the deals along."""
        if event.key() not in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            return False
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        step = 1 if (event.key() == Qt.Key.Key_Right) != mirrored else -1
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        (self.pushed if held else self.stepped).emit(step)
        return True

    def _letter(self, event: QKeyEvent) -> bool:
        kind = {Qt.Key.Key_W: "won", Qt.Key.Key_L: "lost"}.get(Qt.Key(event.key()))
        if kind is None or event.modifiers() != Qt.KeyboardModifier.NoModifier or not self.selected_ids():
            return False
        self.decided.emit(kind)
        return True

    def _make_room(self, _first: int, last: int) -> None:
        """Keep cards as wide as the head whether or not there is a scroll bar: it stands in the gap."""
        self.setViewportMargins(0, 0, 0 if last > 0 else theme.px(SCROLL_BAR), 0)

    def _also_select(self, places: Sequence[int]) -> None:
        for place in places:
            self.paged.reveal(place)
            self.selectionModel().select(self.paged.index(place, 0), QItemSelectionModel.SelectionFlag.Select)

    def _aim(self, on: bool) -> None:
        self._target = on
        self.viewport().update()

    def _accept(self, event: QDropEvent) -> None:
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()

    def _keep(self) -> None:
        self._kept = (self.current_id(), self.selected_ids(), self.verticalScrollBar().value())

    def _restore(self) -> None:
        """After a reset: the chosen deals that still stand here, and the place that was in sight."""
        current_id, ids, scrolled = self._kept
        self._also_select([place for place in map(self.paged.row_of, ids) if place is not None])
        place = self.paged.row_of(current_id) if current_id is not None else None
        if place is not None:
            self.paged.reveal(place)
            self.selectionModel().setCurrentIndex(self.paged.index(place, 0),
                                                    QItemSelectionModel.SelectionFlag.NoUpdate)
        self.doItemsLayout()
        self.verticalScrollBar().setValue(scrolled)


class StageColumn(QWidget):
    """A head over its cards."""

    def __init__(self, fetch: Fetch, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = 0
        self.head = StageHead()
        self.cards = StageList(fetch, today)
        self.setMinimumWidth(theme.px(168))
        self.setLayout(column(row(self.head, margins=(0, 0, SCROLL_BAR, 0)), self.cards, gap=6))

    def show_sum(self, item: StageSum, currency: str) -> None:
        """Show a stage and what its deals come to."""
        self.stage = item.stage.id
        self.head.show_sum(item, currency)
        self.cards.setAccessibleName(self.head.accessibleName())
