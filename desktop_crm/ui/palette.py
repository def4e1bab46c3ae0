"""The palette under the search box: what was found, and every act that could be done."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QVBoxLayout, QWidget

from desktop_crm.ui import fonts, icons, theme
from desktop_crm.ui.entries import Entry
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.labels import draw_line
from desktop_crm.ui.words import N_, tr

Index = QModelIndex | QPersistentModelIndex


class _Entries(QAbstractListModel):
    """The lines of the palette."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._entries: list[Entry] = []

    def set_entries(self, entries: list[Entry]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def entry(self, row: int) -> Entry | None:
        """The line in a row."""
        return self._entries[row] if 0 <= row < len(self._entries) else None

    @override
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self._entries)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entry(index.row())
        if entry is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (entry.title, entry.detail, entry.keys) if part)
        return entry if role == Qt.ItemDataRole.UserRole else None

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        entry = self.entry(index.row())
        if entry is None or entry.run is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _EntryDelegate(QStyledItemDelegate):
    """Paints a line: icon, name, detail dim behind it, keys at the end."""

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        entry: Entry = index.data(Qt.ItemDataRole.UserRole)
        return QSize(0, theme.px(36 if entry.run else 28))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(Qt.ItemDataRole.UserRole)
        box: QRect = option.rect.adjusted(theme.px(12), 0, -theme.px(12), 0)
        painter.save()
        if entry.run is None:
            painter.setFont(fonts.font(11, strong=True))
            painter.setPen(theme.color("dim"))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, entry.title)
        else:
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(option.rect, theme.color("accent_soft"))
            self._paint_entry(painter, box, entry)
        painter.restore()

    def _paint_entry(self, painter: QPainter, box: QRect, entry: Entry) -> None:
        side = theme.px(16)
        if entry.icon in icons.names():
            icons.paint(painter, QRect(box.left(), box.center().y() - side // 2, side, side), entry.icon, "dim")
        rest = box.adjusted(side + theme.px(12), 0, 0, 0)
        painter.setFont(fonts.font(11))
        keys = QFontMetrics(painter.font()).horizontalAdvance(entry.keys) + theme.px(8) if entry.keys else 0
        painter.setPen(theme.color("faint"))
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing, entry.keys)
        rest.setRight(rest.right() - keys)
        painter.setFont(fonts.font(fonts.BASE))
        metrics = QFontMetrics(painter.font())
        title = metrics.elidedText(entry.title, Qt.TextElideMode.ElideRight, rest.width())
        painter.setPen(theme.color("text"))
        draw_line(painter, rest, title, False)
        taken = metrics.horizontalAdvance(title) + theme.px(12)
        if entry.detail and rest.width() > taken + theme.px(40):
            rest.setLeft(rest.left() + taken)
            painter.setPen(theme.color("dim"))
            draw_line(painter, rest, metrics.elidedText(entry.detail, Qt.TextElideMode.ElideRight, rest.width()), False)


class Palette(QFrame):
    """The panel under the search box; the focus stays in the box, which steers it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self._model = _Entries(self)
        self._list = QListView(self)
        self._list.setModel(self._model)
        self._list.setItemDelegate(_EntryDelegate(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setMouseTracking(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName(tr(N_("What was found")))
        self._list.clicked.connect(self._clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, theme.px(6), 1, theme.px(6))
        layout.addWidget(self._list)
        self.hide()

    def show_entries(self, entries: list[Entry], under: QWidget) -> None:
        """Show lines under the box, the first that can be run selected."""
        self._model.set_entries(entries or [Entry(tr(N_("Nothing was found.")))])
        self.steer(0)
        self._place(under, entries)
        self.show()
        self.raise_()

    def _place(self, under: QWidget, entries: list[Entry]) -> None:
        window = self._over
        width = max(under.width(), theme.px(560))
        corner = under.mapTo(window, under.rect().bottomRight())
        left = max(theme.px(8), corner.x() - width + 1)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            left = under.mapTo(window, under.rect().bottomLeft()).x()
        height = sum(theme.px(36 if entry.run else 28) for entry in entries) + theme.px(16)
        room = window.height() - corner.y() - theme.px(48)
        self.setGeometry(left, corner.y() + theme.px(8), width, min(max(height, theme.px(48)), room, theme.px(520)))

    def steer(self, by: int) -> None:
        """Move the selection by so many lines that can be run; 0 selects the first."""
        runnable = [row for row in range(self._model.rowCount())
                    if (entry := self._model.entry(row)) is not None and entry.run is not None]
        if not runnable:
            return
        current = self._list.currentIndex().row()
        place = runnable.index(current) + by if by and current in runnable else 0
        index = self._model.index(runnable[max(0, min(place, len(runnable) - 1))], 0)
        self._list.setCurrentIndex(index)
        if place <= 0:
            self._list.scrollToTop()  # the heading over the first line too
        else:
            self._list.scrollTo(index)

    def choose(self) -> None:
        """Run the selected line and close."""
        entry = self._model.entry(self._list.currentIndex().row())
        self.hide()
        if entry is not None and entry.run is not None:
            entry.run()

    def titles(self) -> list[str]:
        """The names of all lines, headings included."""
        return [entry.title for row in range(self._model.rowCount()) if (entry := self._model.entry(row)) is not None]

    def _clicked(self, index: QModelIndex) -> None:
        self._list.setCurrentIndex(index)
        self.choose()

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            self._model.set_entries([])
        return super().event(event)
