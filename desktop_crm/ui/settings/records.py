"""A list of records with the form of the chosen one beside it: what sellers and products have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.errors import CrmError
from desktop_crm.services.book import Book
from desktop_crm.ui import theme
from desktop_crm.ui.forms import FieldSpec
from desktop_crm.ui.jobs import Latest
from desktop_crm.ui.models import ColumnSpec, PagedModel
from desktop_crm.ui.ordering import name_key
from desktop_crm.ui.qt import override
from desktop_crm.ui.settings.section import Desk, Section, SettingsForm
from desktop_crm.ui.tables import RecordTable
from desktop_crm.ui.widgets.buttons import Button, IconButton
from desktop_crm.ui.widgets.cards import Panel
from desktop_crm.ui.widgets.fields import SearchField
from desktop_crm.ui.widgets.labels import Dim, ElidedLabel, Hairline
from desktop_crm.ui.widgets.layout import Scroll, column, row
from desktop_crm.ui.widgets.states import EmptyState
from desktop_crm.ui.words import N_, current, tr

_FORM_WIDTH = 360


class Named(Protocol):
    """A row that has an id and a name."""

    @property
    def id(self) -> int:
        """Its id."""

    @property
    def name(self) -> str:
        """Its name."""


R = TypeVar("R", bound=Named)
T = TypeVar("T")
Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Words:
    """What a section of records says, as message ids; `deleted` has a place {count}."""

    title: str
    new: str
    find: str
    empty: str
    hint: str
    deleted: str
    choose: str


@dataclass(frozen=True, slots=True)
class Noun(Generic[R]):
    """One kind of records: its words, its columns and fields, and the services behind them.

    `specs` gets what tells the record that is edited (None: a new one); `sorts` reads what a column sorts by,
    a text or a number, None last.
    """

    table: str
    icon: str
    words: Words
    load: Callable[[str], list[R]]
    columns: Sequence[ColumnSpec[R]]
    sorts: Mapping[str, Callable[[R], str | int | None]]
    specs: Callable[[Callable[[], R | None]], list[FieldSpec]]
    values: Callable[[R | None], Values]
    add: Callable[[Book, Values], int]
    edit: Callable[[Book, int, Values], Changes]
    delete: Callable[[Book, Sequence[int]], Changes]


class RecordsSection(Section, Generic[R]):
    """The list at the left, the form at the right. Arrow keys choose, Enter or F2 edits, Enter saves, Delete deletes.

    What was typed is saved also when another record is chosen; nothing asks and everything can be undone.
    """

    def __init__(self, desk: Desk, noun: Noun[R], parent: QWidget | None = None) -> None:
        super().__init__(desk, tr(noun.words.title), parent)
        self._noun = noun
        self._rows: dict[int, R] = {}
        self._record: R | None = None  # what the form shows; None for a new one or none at all
        self._wanted: int | None = None
        self._fresh = False
        self._latest = Latest(desk.jobs)
        self._build()
        self._wire()
        self._allow()

    # What the panel asks

    def start(self) -> None:
        """Load the list."""
        self._load()

    def reload(self, changes: Changes) -> None:
        """Load the list again if the changes touch it."""
        if changes.touches(self._noun.table, "settings"):
            self._load()

    def leave(self) -> bool:
        """Save what was typed; False if it was refused."""
        if self.form.isVisibleTo(self) and self.form.dirty():
            self.form.submit()
            return not self.form.dirty()
        return True

    def stop(self) -> None:
        """Forget what is still being loaded."""
        self._latest.drop()

    def focus(self) -> None:
        """Put the keyboard into the list."""
        self.table.setFocus()

    def seek(self) -> None:
        """Put the cursor into the filter."""
        self.filter.setFocus()
        self.filter.selectAll()

    def new(self) -> None:
        """Show an empty form."""
        if self.desk.book.reading or not self.leave():
            return
        self._record, self._fresh = None, True
        self.table.clearSelection()
        self._title.setText(tr(self._noun.words.new))
        self._show_form(None)
        self.form.focus_first()

    @override
    def open(self, record: int) -> None:
        """Show one record, also if the filter would hide it."""
        self._wanted = record
        if self.filter.text():
            self.filter.clear()
        elif not self.table.select(record):
            self._load()

    # Parts

    def _build(self) -> None:
        words = self._noun.words
        self.count = Dim("")
        self.filter = SearchField(tr(words.find))
        self.filter.setFixedWidth(theme.px(220))
        self.add_button = Button(tr(words.new), "plus")
        self.model: PagedModel[R] = PagedModel(self._noun.columns, lambda ids: [self._rows.get(key) for key in ids])
        self.table = RecordTable(tr(words.title))
        self.table.set_paged(self.model)
        self.model.mark_sorted("name", False)
        self._empty = EmptyState(self._noun.icon, tr(words.empty), tr(words.hint), tr(words.new))
        self.table.set_empty(self._empty)
        middle = row(self.table, Hairline(vertical=True), self._side(), gap=0)
        middle.setStretch(0, 1)
        self.setLayout(column(self.head(self.count, None, self.filter, self.add_button), Hairline(), middle, gap=0))

    def _side(self) -> QWidget:
        self._title = ElidedLabel("", 15, strong=True)
        self._remove = IconButton("trash", tr(N_("Delete")), token="dim")
        policy = self._remove.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the title stays where it is
        self._remove.setSizePolicy(policy)
        self.form = SettingsForm(self._noun.specs(lambda: self._record))
        self._choose = Dim(tr(self._noun.words.choose), wrap=True)
        inner = QWidget()
        inner.setLayout(column(self.form, margins=(16, 4, 16, 16)))
        head = row(self._title, self._remove, margins=(16, 12, 16, 8))
        head.setStretch(0, 1)
        self._card = QWidget()
        self._card.setLayout(column(head, Scroll(inner), gap=0))
        self._hint = QWidget()
        self._hint.setLayout(column(self._choose, None, margins=(16, 18, 16, 16)))
        side = Panel()
        side.setFixedWidth(theme.px(_FORM_WIDTH))
        side.setLayout(column(self._card, self._hint, gap=0))
        self._card.hide()
        return side

    def _wire(self) -> None:
        self.add_button.clicked.connect(self.new)
        self._empty.acted.connect(self._act_on_empty)
        self.filter.textChanged.connect(lambda _: self._load())
        self.filter.installEventFilter(self)
        self.table.installEventFilter(self)
        self.table.selected.connect(self._selected)
        self.table.opened.connect(lambda _: self._edit())
        self.table.delete_requested.connect(self._delete)
        self.model.sort_requested.connect(lambda *_: self._arrange())
        self._remove.clicked.connect(lambda: self._delete([self._record.id] if self._record else []))
        self.form.saved.connect(self._save)
        self.form.cancelled.connect(self._cancel)

    def _allow(self) -> None:
        for part in (self.add_button, self.form, self._remove, self._choose):
            part.setEnabled(not self.desk.book.reading)

    # The list

    def _load(self) -> None:
        typed = self.filter.text()
        self._latest.run(lambda _: self._noun.load(typed), lambda rows: self._loaded(rows, typed),
                         self.desk.acts.tell, label="")

    def _loaded(self, rows: list[R], typed: str) -> None:
        self._rows = {found.id: found for found in rows}
        self._arrange()
        self.count.setText(current().number(len(rows)) if rows else "")
        self._choose.setVisible(bool(rows))
        self._say_empty(typed)
        self._choose_row()

    def _arrange(self) -> None:
        key, descending = self.model.sort_state()
        read = self._noun.sorts[key]
        known = [found for found in self._rows.values() if read(found) is not None]
        by_name = name_key()
        known.sort(key=lambda found: _place(read(found), by_name), reverse=descending)
        blank = [found.id for found in self._rows.values() if read(found) is None]
        self.model.set_ids([found.id for found in known] + blank)

    def _say_empty(self, typed: str) -> None:
        words, reading = self._noun.words, self.desk.book.reading
        if typed:
            self._empty.show_state("search", tr(N_("Nothing matches “{typed}”"), typed=typed), "",
                                   tr(N_("Clear the filter")), "close")
        else:
            self._empty.show_state(self._noun.icon, tr(words.empty), "" if reading else tr(words.hint),
                                   "" if reading else tr(words.new))

    def _act_on_empty(self) -> None:
        if self.filter.text():
            self.filter.clear()
        else:
            self.new()

    def _choose_row(self) -> None:
        """After loading: the row that is wanted, else the one shown, else the first; what is typed stays."""
        wanted, self._wanted = self._wanted, None
        if wanted is not None and self.table.select(wanted):
            return
        if self._fresh or self.form.dirty():
            return
        if self._record is not None and self._record.id in self._rows:
            self._show_record(self._record.id)
        elif self.model.ids():
            self.table.select(self.model.ids()[0])
        else:
            self._show_record(None)

    # The form

    def _selected(self, ids: list[int]) -> None:
        current_id = self.table.current_id()
        record = current_id if current_id in ids else ids[-1] if ids else None
        if record is None or (self._record is not None and record == self._record.id):
            return
        if not self.leave():
            if self._record is not None:
                self.table.select(self._record.id)
            return
        self._show_record(record)

    def _show_record(self, record: int | None) -> None:
        self._record, self._fresh = None if record is None else self._rows.get(record), False
        if self._record is None:
            self._card.hide()
            self._hint.show()
            return
        self._title.setText(self._record.name)
        self._show_form(self._record)

    def _show_form(self, found: R | None) -> None:
        self._remove.setVisible(found is not None)
        self.form.begin(self._noun.values(found))
        self._hint.hide()
        self._card.show()

    def _edit(self) -> None:
        if self._record is not None and not self.desk.book.reading:
            self.form.focus_first()

    def _cancel(self) -> None:
        """Take back what was typed and go to the list; a new record is forgotten."""
        if self._fresh:
            self._fresh = False
            self.form.begin(self._noun.values(None))
            self._show_record(None)
            self._choose_row()
        else:
            self.form.begin(self._noun.values(self._record))
        self.table.setFocus()

    def _save(self, values: Values) -> None:
        book, shown, name = self.desk.book, self._record, str(values["name"])
        had_focus = self.form.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        if shown is None:
            done = self._put(values, lambda: self._noun.add(book, values), tr(N_("Added “{name}”"), name=name),
                             self._added)
        else:
            changed = self.form.changed(values)
            done = not changed or self._put(changed, lambda: self._noun.edit(book, shown.id, changed),
                                            tr(N_("Saved “{name}”"), name=name), lambda _: None)
        if done and had_focus:
            self.table.setFocus()

    def _put(self, values: Values, act: Callable[[], T], text: str, then: Callable[[T], None]) -> bool:
        """Save `values` by `act` and go on with its result; False if they were refused, which stands at the form."""
        return self.form.save(lambda: then(self.desk.acts.do(act, text)))

    def _added(self, record: int) -> None:
        self._fresh, self._wanted = False, record
        self.filter.clear()

    def _delete(self, ids: list[int]) -> None:
        if not ids or self.desk.book.reading:
            return
        place = self.model.row_of(ids[-1]) or 0
        if not self._drop(lambda: self._noun.delete(self.desk.book, ids), self._said_deleted(ids)):
            return
        gone = set(ids)
        kept = [key for key in self.model.ids()[place:] if key not in gone] or \
               [key for key in reversed(self.model.ids()[:place]) if key not in gone]
        self._wanted = kept[0] if kept else None
        self.form.begin(self._noun.values(None))
        self.table.setFocus()

    def _drop(self, act: Callable[[], Changes], text: str) -> bool:
        """Delete by `act`; False, and told, if that was refused."""
        try:
            self.desk.acts.do(act, text)
        except CrmError as error:
            self.desk.acts.tell(error)
            return False
        return True

    def _said_deleted(self, ids: Sequence[int]) -> str:
        if len(ids) == 1:
            return tr(N_("Deleted “{name}”"), name=self._rows[ids[0]].name)
        return tr(self._noun.words.deleted, count=len(ids))

    # What Qt asks

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.table and event.key() == Qt.Key.Key_F2:
                self._edit()
                return True
            if watched is self.filter and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.table.setFocus()
                return True
        return super().eventFilter(watched, event)


def _place(value: str | int | None, key: Callable[[str], Any]) -> Any:
    return key(value) if isinstance(value, str) else value
