"""The file's columns as a table: its name, some of its cells, the field that it becomes, how it is written."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QModelIndex, QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QResizeEvent, QStandardItemModel
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from desktop_crm.domain.fields import FieldType
from desktop_crm.domain.importing import NOUNS, ColumnMapping, ImportField, Mapping
from desktop_crm.readers import RawTable
from desktop_crm.services.importing.cells import text_of
from desktop_crm.ui import fonts, icons, theme
from desktop_crm.ui.delegates import PADDING, RowDelegate
from desktop_crm.ui.importing import phrases
from desktop_crm.ui.importing.cells import Index, PlainTable
from desktop_crm.ui.models import BOLD_ROLE, KIND_ROLE, TONE_ROLE
from desktop_crm.ui.qt import override
from desktop_crm.ui.widgets.labels import draw_line
from desktop_crm.ui.widgets.pickers import Choice
from desktop_crm.ui.words import N_, tr

NAME, SAMPLE, FIELD, WRITTEN, WHY = range(5)
_ROOT = QModelIndex()
_SAMPLES = 3
_NUMBERS = (FieldType.MONEY, FieldType.INTEGER, FieldType.QUANTITY)


class Heading:
    """The value of a choice that only heads the ones below it."""


class Choosing(QAbstractTableModel):
    """A table in some of whose cells one of several values is chosen."""

    @abstractmethod
    def options(self, row: int, column: int) -> phrases.Options:
        """What can be chosen in a cell; () where nothing can."""


class ColumnsModel(Choosing):
    """One row a column of the file. What is chosen in it is wished for: `field_wanted`, `written_wanted`."""

    field_wanted = Signal(int, str)
    written_wanted = Signal(int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns: tuple[ColumnMapping, ...] = ()
        self._samples: tuple[str, ...] = ()
        self._fields: dict[str, ImportField] = {}

    def show(self, table: RawTable, mapping: Mapping) -> None:
        """Show another file's columns."""
        self.beginResetModel()
        self._columns = mapping.columns
        self._samples = tuple(_sample(table, index) for index in range(len(table.columns)))
        self._fields = {item.key: item for item in mapping.offered}
        self.endResetModel()

    def remap(self, mapping: Mapping) -> None:
        """Show the same columns mapped otherwise."""
        if self._columns:
            self._columns = mapping.columns
            self.dataChanged.emit(self.index(0, FIELD), self.index(len(self._columns) - 1, WHY))

    def mapping_of(self, row: int) -> ColumnMapping:
        """The column in a row."""
        return self._columns[row]

    def field_of(self, row: int) -> ImportField | None:
        """What the column in a row becomes."""
        return self._fields.get(self._columns[row].field)

    def options(self, row: int, column: int) -> phrases.Options:
        """What can be chosen in a cell; () where nothing can."""
        if column == FIELD:
            return field_options(tuple(self._fields.values()))
        item = self.field_of(row)
        if column != WRITTEN or item is None:
            return ()
        if item.type is FieldType.DATE:
            return phrases.orders()
        return phrases.signs() if item.type in _NUMBERS else ()

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._columns)

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else 5

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self._columns[index.row()]
        if role == Qt.ItemDataRole.EditRole:
            return column.field if index.column() == FIELD else column.order or column.decimal
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(column, index.row(), index.column())
        if role == TONE_ROLE:
            return "dim" if not column.field or index.column() in (SAMPLE, WHY) else ""
        return {BOLD_ROLE: index.column() == NAME and bool(column.field), KIND_ROLE: "text"}.get(role)

    @override
    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role == Qt.ItemDataRole.EditRole and isinstance(value, str):
            wanted = self.field_wanted if index.column() == FIELD else self.written_wanted
            wanted.emit(index.row(), value)
        return False  # the session decides; the change comes back by remap()

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsEditable if self.options(index.row(), index.column()) else flags

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        titles = (N_("Column in the file"), N_("For example"), N_("Becomes"), N_("Written as"), N_("Why"))
        return tr(titles[section]) if role == Qt.ItemDataRole.DisplayRole else None

    def _text(self, column: ColumnMapping, row: int, place: int) -> str:
        if place == NAME:
            return column.column
        if place == SAMPLE:
            return self._samples[row]
        if place == FIELD:
            item = self.field_of(row)
            return phrases.field_title(item) if item else tr(N_("Not imported"))
        if place == WRITTEN:
            return dict(self.options(row, WRITTEN)).get(column.order or column.decimal, "")
        return tr(column.reason)


def _sample(table: RawTable, index: int) -> str:
    """The first different cells of a column that say something."""
    texts = dict.fromkeys(text for row in table.rows[:2000] if (text := text_of(row[index])))
    return " · ".join(text[:80] for text in islice(texts, _SAMPLES))


def field_options(items: Sequence[ImportField]) -> phrases.Options:
    """The fields to choose from, under headings by what they hold; first that the column is not imported."""
    groups: dict[str, list[tuple[object, str]]] = {}
    for item in items:
        groups.setdefault(_group(item), []).append((item.key, tr(item.title)))
    offered: list[tuple[object, str]] = [("", tr(N_("Not imported")))]
    for title, options in groups.items():
        offered += [(Heading(), tr(title)), *options]
    return tuple(offered)


def _group(item: ImportField) -> str:
    if item.key.startswith("own:"):
        return N_("Own fields")
    if item.noun:
        return NOUNS[item.noun]
    if item.link or item.type is FieldType.LINK:
        return N_("Belongs to")
    if item.type in (FieldType.DATE, FieldType.TIME):
        return N_("Days and times")
    return N_("Amounts and numbers") if item.type in _NUMBERS else N_("Details")


class _Editor(Choice):
    """The choice in a cell: opened at once, gone when its list is."""

    gone = Signal()

    def __init__(self, options: phrases.Options, parent: QWidget) -> None:
        super().__init__(options, parent)
        self.setMaxVisibleItems(14)
        self.setStyleSheet("combobox-popup: 0")  # else Fusion shows all fields at once, over the whole screen
        model = self.model()
        for number, (value, _) in enumerate(options):
            if isinstance(value, Heading) and isinstance(model, QStandardItemModel):
                item = model.item(number)
                item.setFlags(Qt.ItemFlag.NoItemFlags)
                item.setFont(fonts.font(11, strong=True))

    @override
    def showPopup(self) -> None:
        self.view().setMinimumWidth(theme.px(240))
        super().showPopup()

    @override
    def hidePopup(self) -> None:
        super().hidePopup()
        self.gone.emit()


class ColumnDelegate(RowDelegate):
    """Paints what can be chosen as a box with an arrow, and edits it in a list."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A choice whose pick is saved at once."""
        model = index.model()
        options = model.options(index.row(), index.column()) if isinstance(model, Choosing) else ()
        editor = _Editor(options, parent)
        editor.setAccessibleName(str(index.sibling(index.row(), NAME).data()))
        editor.picked.connect(lambda _: self.commitData.emit(editor))
        # Qt hides the list before it tells the choice: the editor may only go after both.
        editor.gone.connect(lambda: self.closeEditor.emit(editor), Qt.ConnectionType.QueuedConnection)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the value that is chosen now."""
        if isinstance(editor, Choice):
            editor.set_value(index.data(Qt.ItemDataRole.EditRole))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Tell the model what was picked."""
        if isinstance(editor, Choice):
            model.setData(index, editor.value())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Lay the choice over its box."""
        editor.setGeometry(_box(option.rect))

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if not index.flags() & Qt.ItemFlag.ItemIsEditable:
            super().paint(painter, option, index)
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, option, index, False)
        self._paint_choice(painter, option, index)
        painter.restore()

    def _paint_choice(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box, right = _box(option.rect), option.direction == Qt.LayoutDirection.RightToLeft
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.setPen(QPen(theme.color("accent" if focused else "input_border"), 2 if focused else 1))
        painter.setBrush(theme.color("panel"))
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(6), theme.px(6))
        side = theme.px(12)
        inner = box.adjusted(theme.px(10), 0, -theme.px(10), 0)
        arrow = QRect(inner.left() if right else inner.right() - side + 1, inner.center().y() - side // 2, side, side)
        icons.paint(painter, arrow, "chevron-down", "dim")
        taken = side + theme.px(6)
        text = inner.adjusted(taken if right else 0, 0, 0 if right else -taken, 0)
        painter.setFont(fonts.font())
        painter.setPen(theme.color("text" if index.data(TONE_ROLE) != "dim" else "dim"))
        shown = painter.fontMetrics().elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, text.width())
        draw_line(painter, text, shown, right)


def _box(rect: QRect) -> QRect:
    return rect.adjusted(theme.px(2), theme.px(3), -theme.px(PADDING), -theme.px(4))


class ChoosingTable(PlainTable):
    """A table in whose cells something is chosen by a click or by keys."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setItemDelegate(ColumnDelegate(self))
        self.setSelectionMode(PlainTable.SelectionMode.SingleSelection)
        self.clicked.connect(self.choose)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def choose(self, index: QModelIndex) -> None:
        """Open the list of a cell that has one."""
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.setCurrentIndex(index)
            self.edit(index)
            editor = self.indexWidget(index)
            if isinstance(editor, _Editor):
                editor.showPopup()


class ColumnsTable(ChoosingTable):
    """The columns; up and down move, left and right change between the two choices, Space or F2 opens one."""

    def begin(self) -> None:
        """Put the keyboard on the first choice."""
        if not self.currentIndex().isValid() and self.model().rowCount():
            self.setCurrentIndex(self.model().index(0, FIELD))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        here = self.currentIndex()
        act = self._keys().get(Qt.Key(event.key()))
        alt_down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if here.isValid() and alt_down:
            self._open(here)
        elif here.isValid() and act is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            act(here)
        else:
            super().keyPressEvent(event)

    def _keys(self) -> dict[Qt.Key, Callable[[QModelIndex], object]]:
        ahead = WRITTEN if self.layoutDirection() == Qt.LayoutDirection.LeftToRight else FIELD
        back = FIELD if ahead == WRITTEN else WRITTEN
        return {
            Qt.Key.Key_Space: self._open, Qt.Key.Key_F2: self._open, Qt.Key.Key_F4: self._open,
            Qt.Key.Key_Right: lambda here: self._go(here, ahead), Qt.Key.Key_Left: lambda here: self._go(here, back),
            Qt.Key.Key_Delete: lambda here: self.model().setData(here.siblingAtColumn(FIELD), ""),
        }

    def _open(self, here: QModelIndex) -> None:
        """Open the list of a cell; from a cell without one, that of the column's field."""
        self.choose(here if here.flags() & Qt.ItemFlag.ItemIsEditable else here.siblingAtColumn(FIELD))

    def _go(self, here: QModelIndex, column: int) -> None:
        place = here.siblingAtColumn(column)
        if place.flags() & Qt.ItemFlag.ItemIsEditable:
            self.setCurrentIndex(place)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.spread()

    def spread(self) -> None:
        """Divide the width: names and examples give way, the choices keep theirs."""
        if self.model() is None:
            return
        room = self.viewport().width()
        wide = room > theme.px(960)
        field, written, why = (theme.px(size) for size in ((220, 168, 170) if wide else (200, 150, 150)))
        rest = max(theme.px(200), room - field - written - why)
        for column, width in ((NAME, rest * 2 // 5), (SAMPLE, rest - rest * 2 // 5), (FIELD, field),
                              (WRITTEN, written), (WHY, why)):
            self.setColumnWidth(column, width)
