"""A table model over an array of ids: only the pages that are looked at are ever fetched."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop_crm.ui.qt import override
from desktop_crm.ui.words import N_, tr

PAGE = 128
_KEPT_PAGES = 64
_FEW = 8
"""Rows that are looked for one by one; a table of all, which takes as long as sixty of them, is made for more."""

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
Align = Literal["start", "end", "center"]
Kind = Literal["text", "dim", "money", "badge", "check"]

_ROOT = QModelIndex()

ROW_ROLE = Qt.ItemDataRole.UserRole
ID_ROLE = Qt.ItemDataRole.UserRole + 1
TONE_ROLE = Qt.ItemDataRole.UserRole + 2
KIND_ROLE = Qt.ItemDataRole.UserRole + 3
BOLD_ROLE = Qt.ItemDataRole.UserRole + 4
STRUCK_ROLE = Qt.ItemDataRole.UserRole + 5
HEADING_ROLE = Qt.ItemDataRole.UserRole + 6
NOTE_ROLE = Qt.ItemDataRole.UserRole + 7
ICON_ROLE = Qt.ItemDataRole.UserRole + 8

_ALIGN = {"start": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
          "end": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
          "center": Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter}
_CELL = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_BOX = _CELL | Qt.ItemFlag.ItemIsUserCheckable


@dataclass(frozen=True, slots=True)
class ColumnSpec(Generic[Row]):
    """One column: how a row's text, tone and weight are read; `width` in design pixels.

    `tone` gives a tone of the theme or "" (a badge needs one); `note` a badge behind the text as
    (text, tone), `icon` a picture before it as (name, what it means), "" for none; `checked` the state of a
    "check" column; columns with `stretch` share spare width. One with a `least` may be narrowed to so many design
    pixels where there is no room for all.
    """

    key: str
    title: str
    text: Callable[[Row], str]
    align: Align = "start"
    kind: Kind = "text"
    tone: Callable[[Row], str] | None = None
    bold: bool = False
    width: int = 120
    least: int = 0
    tooltip: Callable[[Row], str] | None = None
    checked: Callable[[Row], bool] | None = None
    struck: Callable[[Row], bool] | None = None
    note: Callable[[Row], tuple[str, str]] | None = None
    icon: Callable[[Row], tuple[str, str]] | None = None
    sortable: bool = True
    hidden: bool = False
    stretch: bool = False


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Rows under a heading ("Overdue"); `tone` colours the heading."""

    title: str
    ids: Sequence[int]
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """What is painted of one cell; `heading` is the title of a row that is one, `ends` stands at the line's end."""

    text: str = ""
    tone: str = ""
    kind: str = "text"
    bold: bool = False
    struck: bool = False
    heading: str = ""
    note: tuple[str, str] = ("", "")
    icon: str = ""
    ends: bool = False


class PagedModel(QAbstractTableModel, Generic[Row]):
    """Rows by id: `fetch(ids)` gives one row (or None for one that is gone) per id, in order, a page at a time.

    Sorting belongs to the service: a click on a header emits `sort_requested(key, descending)` and the
    owner answers with `set_ids`. A click on a box emits `check_requested(id, checked)`.
    """

    sort_requested = Signal(str, bool)
    check_requested = Signal(int, bool)

    def __init__(self, columns: Sequence[ColumnSpec[Row]], fetch: Callable[[Sequence[int]], Sequence[Row | None]],
                 parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._fetch = fetch
        self._ids = array("q")
        self._headings: dict[int, RowGroup] = {}
        self._places: dict[int, int] | None = None
        self._looked = 0
        self._pages: OrderedDict[int, Sequence[Row | None]] = OrderedDict()
        self._sorted_by, self._descending = "", False

    # What the owner sets and asks

    def set_ids(self, ids: Iterable[int]) -> None:
        """Show these records, in this order; the pages are fetched when they come into sight."""
        self._reset(array("q", ids), {})

    def set_groups(self, groups: Sequence[RowGroup]) -> None:
        """Show records under headings, in this order; an empty group is left out."""
        ids, headings = array("q"), {}
        for group in groups:
            if group.ids:
                headings[len(ids)] = group
                ids.append(-len(ids) - 1)
                ids.extend(group.ids)
        self._reset(ids, headings)

    def ids(self) -> list[int]:
        """The records shown, in order, without headings."""
        return [key for key in self._ids if key > 0] if self._headings else self._ids.tolist()

    def id_at(self, row: int) -> int | None:
        """The id of the record in `row`; None for a heading or outside."""
        return self._ids[row] if 0 <= row < len(self._ids) and row not in self._headings else None

    def ids_between(self, first: int, last: int) -> list[int]:
        """The ids of the rows from `first` to `last`, both included, without headings."""
        return [key for key in self._ids[first:last + 1] if key > 0]

    def row_of(self, record: int) -> int | None:
        """The row in which `record` stands, None if it is not shown."""
        if self._places is None and self._looked < _FEW:
            self._looked += 1
            try:
                return self._ids.index(record)
            except ValueError:
                return None
        if self._places is None:
            self._places = {key: row for row, key in enumerate(self._ids)}
        return self._places.get(record)

    def record(self, row: int) -> Row | None:
        """The row's values, fetched with its page if need be; None for a heading or a record that is gone."""
        if not 0 <= row < len(self._ids) or row in self._headings:
            return None
        page = self._pages.get(row // PAGE)
        if page is None:
            page = self._load(row // PAGE)
        return page[row % PAGE]

    def heading(self, row: int) -> RowGroup | None:
        """The group that `row` heads, None for a record's row."""
        return self._headings.get(row)

    def heading_rows(self) -> list[int]:
        """The rows that are headings."""
        return list(self._headings)

    def refresh(self, ids: Iterable[int] | None = None) -> None:
        """Read the records `ids` (None: all) again where they are shown; order and selection stay."""
        if ids is None:
            self._pages.clear()
            rows: list[int] = [0, len(self._ids) - 1] if self._ids else []
        else:
            rows = sorted(row for row in map(self.row_of, ids) if row is not None)
            for row in rows:
                self._pages.pop(row // PAGE, None)
        if rows:
            self.dataChanged.emit(self.index(rows[0], 0), self.index(rows[-1], len(self.columns) - 1))

    def sort_state(self) -> tuple[str, bool]:
        """The column key that the header marks as sorted, "" if none, and whether descending."""
        return self._sorted_by, self._descending

    def mark_sorted(self, key: str, descending: bool) -> None:
        """Let the header show by what the owner sorted."""
        self._sorted_by, self._descending = key, descending
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def column_of(self, key: str) -> int:
        """The number of the column `key`; -1 if there is none."""
        return next((number for number, spec in enumerate(self.columns) if spec.key == key), -1)

    def set_columns(self, columns: Sequence[ColumnSpec[Row]]) -> None:
        """Show other columns of the same rows, as after a change of language."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    def cell(self, row: int, column: int) -> Cell:
        """All that is painted of a cell, at once: asked role by role through Qt, it takes ten times as long."""
        group = self._headings.get(row)
        if group is not None:
            return Cell(group.title if column == 0 else "", group.tone, heading=group.title)
        record, spec = self.record(row), self.columns[column]
        if record is None:
            return _GONE
        return Cell(spec.text(record), spec.tone(record) if spec.tone else "", spec.kind, spec.bold,
                    spec.struck(record) if spec.struck else False, "", spec.note(record) if spec.note else ("", ""),
                    spec.icon(record)[0] if spec.icon else "", spec.align == "end")

    # What Qt asks

    @override
    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    @override
    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    @override
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        group = self._headings.get(index.row())
        if group is not None:
            return _heading_data(group, index.column(), role)
        if role == ID_ROLE:
            return self._ids[index.row()]
        read = _READERS.get(role)
        if read is None:
            return None
        row = self.record(index.row())
        return None if row is None else read(self.columns[index.column()], row)

    @override
    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        record = self.id_at(index.row())
        if role == Qt.ItemDataRole.CheckStateRole and record is not None:
            self.check_requested.emit(record, Qt.CheckState(value) == Qt.CheckState.Checked)
        return False  # the service writes; the change comes back by refresh()

    @override
    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        if index.row() in self._headings:
            return Qt.ItemFlag.ItemIsEnabled
        return _BOX if self.columns[index.column()].kind == "check" else _CELL

    @override
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        spec = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            arrow = (" ↓" if self._descending else " ↑") if spec.key == self._sorted_by else ""
            return spec.title + arrow
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[spec.align]
        return None

    @override
    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if 0 <= column < len(self.columns) and self.columns[column].sortable:
            descending = order == Qt.SortOrder.DescendingOrder
            self.mark_sorted(self.columns[column].key, descending)
            self.sort_requested.emit(self.columns[column].key, descending)

    def _reset(self, ids: array[int], headings: dict[int, RowGroup]) -> None:
        if ids == self._ids and headings == self._headings:
            self.refresh()
            return
        self.beginResetModel()
        self._ids, self._headings, self._places, self._looked = ids, headings, None, 0
        self._pages.clear()
        self.endResetModel()

    def _load(self, number: int) -> Sequence[Row | None]:
        keys = self._ids[number * PAGE:(number + 1) * PAGE]
        wanted = [key for key in keys if key > 0] if self._headings else keys.tolist()
        rows = iter(self._fetch(wanted))
        page = [next(rows, None) if key > 0 else None for key in keys]
        self._pages[number] = page
        if len(self._pages) > _KEPT_PAGES:
            self._pages.popitem(last=False)
        return page


_GONE = Cell()


def _heading_data(group: RowGroup, column: int, role: int) -> Any:
    if role == HEADING_ROLE:
        return group.title
    if role == TONE_ROLE:
        return group.tone
    shown = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
    return group.title if shown and column == 0 else None


def _spoken(spec: ColumnSpec[Any], row: Any) -> str:
    if spec.checked is not None and spec.kind == "check":
        return tr(N_("done")) if spec.checked(row) else tr(N_("not done"))
    more = [part for part in (spec.icon(row)[1] if spec.icon is not None else "",
                              spec.note(row)[0] if spec.note is not None else "") if part]
    return " ".join((spec.text(row), *more)).strip()


def _check_state(spec: ColumnSpec[Any], row: Any) -> Qt.CheckState | None:
    if spec.kind != "check" or spec.checked is None:
        return None
    return Qt.CheckState.Checked if spec.checked(row) else Qt.CheckState.Unchecked


_READERS: dict[int, Callable[[ColumnSpec[Any], Any], Any]] = {
    Qt.ItemDataRole.DisplayRole: lambda spec, row: spec.text(row),
    Qt.ItemDataRole.TextAlignmentRole: lambda spec, row: _ALIGN[spec.align],
    Qt.ItemDataRole.CheckStateRole: _check_state,
    Qt.ItemDataRole.AccessibleTextRole: _spoken,
    Qt.ItemDataRole.ToolTipRole: lambda spec, row: spec.tooltip(row) if spec.tooltip else None,
    ROW_ROLE: lambda spec, row: row,
    TONE_ROLE: lambda spec, row: spec.tone(row) if spec.tone else "",
    KIND_ROLE: lambda spec, row: spec.kind,
    BOLD_ROLE: lambda spec, row: spec.bold,
    STRUCK_ROLE: lambda spec, row: spec.struck(row) if spec.struck else False,
    NOTE_ROLE: lambda spec, row: spec.note(row) if spec.note else ("", ""),
    ICON_ROLE: lambda spec, row: spec.icon(row)[0] if spec.icon else "",
}
