"""Fields of the business's own: for customers, contacts and deals, one by one or as a trade's ready set."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QBoxLayout, QMenu, QWidget

from desktop_crm.domain.changes import Changes
from desktop_crm.domain.custom_fields import KINDS, TYPES, renamed
from desktop_crm.domain.errors import CrmError
from desktop_crm.domain.ready_fields import SETS
from desktop_crm.domain.values import fold
from desktop_crm.services import custom_fields
from desktop_crm.services.book import Book
from desktop_crm.ui import forms
from desktop_crm.ui.forms import FieldSpec, TagsField
from desktop_crm.ui.models import ColumnSpec
from desktop_crm.ui.settings.ordered import OrderedSection
from desktop_crm.ui.settings.records import Noun, Values, Words
from desktop_crm.ui.settings.section import Desk
from desktop_crm.ui.widgets.chips import Chip, ChipGroup
from desktop_crm.ui.widgets.labels import Hairline
from desktop_crm.ui.widgets.layout import row
from desktop_crm.ui.words import N_, N_count, current, tr, tr_count

_WORDS = Words(
    title=N_("Own fields"), new=N_("New field"), find=N_("Find a field"), empty=N_("No own fields yet"),
    hint=N_("Add what you write down and find no place for (Ctrl+N): a shoe size, a plate number, the day a contract "
            "ends. Or begin with a ready set for your trade, above."),
    deleted=N_("Deleted {count} fields"), choose=N_("Choose a field to change it, or press Ctrl+N for a new one."),
)
_DELETED = N_count("Deleted “{name}”, and what {n} record had in it",
                   "Deleted “{name}”, and what {n} records had in it")

_STILL = N_count("{n} record still says “{choice}”.", "{n} records still say “{choice}”.")


@dataclass(frozen=True, slots=True)
class OwnFieldRow:
    """One line of the list: `held` is how many records have a value in it."""

    id: int
    name: str
    type: str
    choices: tuple[str, ...]
    position: int
    held: int


class OwnFieldsSection(OrderedSection[OwnFieldRow]):
    """The fields of one kind of record at a time, in the order in which forms show them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        self._kind = "customers"
        super().__init__(desk, self._described(desk.book), self._order_fields, parent)
        self.chips = {key: Chip(tr(title)) for key, title in KINDS.items()}
        self._group = ChipGroup(list(self.chips.values()), self)
        for key, chip in self.chips.items():
            chip.clicked.connect(lambda _=False, key=key: self.show_kind(key))
        self.chips[self._kind].setChecked(True)
        self.ready = Chip(tr(N_("Ready set…")), icon="list")
        self.ready.set_menu(self._ready_menu())
        self.ready.setEnabled(not desk.book.reading)
        whole = self.layout()
        if isinstance(whole, QBoxLayout):  # below the head and its line
            whole.insertWidget(2, Hairline())
            whole.insertLayout(2, row(*self.chips.values(), None, self.ready, gap=6, margins=(16, 8, 16, 8)))
        self.form.editor("type").picked.connect(lambda _: self._fit_form())

    def show_kind(self, kind: str) -> None:
        """Show the fields of another kind of record, once what was typed is saved."""
        if kind != self._kind and self.leave():
            self._kind, self._record = kind, None
            self.filter.clear()
            self.form.begin(self._noun.values(None))
            self._load()
        self.chips[self._kind].setChecked(True)

    def reload(self, changes: Changes) -> None:
        """Load the list again if fields, or what records have in them, were changed."""
        if changes.touches(self._kind):
            self._load()
        else:
            super().reload(changes)

    def add_ready(self, trade: str) -> None:
        """Add the fields of a ready set, of all kinds at once."""
        book = self.desk.book
        before = len(custom_fields.every(book))
        title = tr(SETS[trade].title)
        try:
            done = self.desk.acts.do(lambda: custom_fields.add_ready(book, trade), tr(N_("Added: {name}"), name=title))
        except CrmError as error:
            self.desk.acts.tell(error)
            return
        if not done.count and before:
            self.desk.acts.note(tr(N_("All fields of “{name}” are there already."), name=title))

    # Parts

    def _described(self, book: Book) -> Noun[OwnFieldRow]:
        return Noun(
            "custom_fields", "list", _WORDS, lambda typed: _matching(book, self._kind, typed), _columns(),
            {"position": lambda line: line.position, "name": lambda line: line.name, "type": lambda line: line.type,
             "held": lambda line: line.held},
            lambda record: _fields(), _values,
            lambda book, values: custom_fields.add(book, self._kind, values["name"], str(values["type"]),
                                                   values["choices"]),
            lambda book, field, values: custom_fields.edit(
                book, field, name=values.get("name"), choices=values.get("choices")),
            custom_fields.delete)

    def _ready_menu(self) -> QMenu:
        menu = QMenu(self)
        for trade, ready in SETS.items():
            menu.addAction(tr(ready.title)).triggered.connect(lambda _=False, trade=trade: self.add_ready(trade))
        return menu

    def _order_fields(self, book: Book, ids: Sequence[int]) -> Changes:
        return custom_fields.order(book, self._kind, ids)

    def _show_form(self, found: OwnFieldRow | None) -> None:
        super()._show_form(found)
        self._fit_form()

    def _fit_form(self) -> None:
        """A field's type is chosen once, and only a choice has choices."""
        self.form.editor("type").setEnabled(self._record is None and not self.desk.book.reading)
        self.form.editor("choices").setEnabled(self.form.editor("type").value() == "choice")

    def _save(self, values: Values) -> None:
        before = self._record
        super()._save(values)
        if before is not None and before.type == "choice":
            self._ask_about_rename(before)

    def _ask_about_rename(self, before: OwnFieldRow) -> None:
        """Offer to write the new name of a choice where records still have the old one."""
        book = self.desk.book
        now = next((field for field in custom_fields.listed(book, self._kind) if field.id == before.id), None)
        pair = renamed(before.choices, now.choices) if now is not None else None
        count = custom_fields.having(book, before.id, pair[0]) if pair is not None else 0
        if pair is None or not count:
            return
        old, new = pair
        said = tr(N_("“{before}” is called “{after}” now."), before=old, after=new)

        def write() -> None:
            self.desk.acts.beside(self.desk.jobs, lambda: custom_fields.rename_choice(book, before.id, old, new), said,
                                  lambda _: None, self.desk.acts.tell, label=said)

        self.desk.acts.offer(tr_count(*_STILL, count, choice=old), tr(N_("Write “{choice}” there"), choice=new), write)

    def _said_deleted(self, ids: Sequence[int]) -> str:
        held = self._rows[ids[0]].held if len(ids) == 1 else 0
        return tr_count(*_DELETED, held, name=self._rows[ids[0]].name) if held else super()._said_deleted(ids)


def _matching(book: Book, kind: str, typed: str) -> list[OwnFieldRow]:
    held = custom_fields.held(book, kind)
    return [OwnFieldRow(field.id, field.name, field.type, field.choices, place, held.get(field.id, 0))
            for place, field in enumerate(custom_fields.listed(book, kind), 1)
            if all(word in fold(field.name) for word in fold(typed).split())]


def _columns() -> list[ColumnSpec[OwnFieldRow]]:
    return [
        ColumnSpec("position", "#", lambda line: current().number(line.position), align="end", kind="dim", width=48),
        ColumnSpec("name", tr(N_("Name")), lambda line: line.name, bold=True, width=180, least=110, stretch=True,
                   tooltip=lambda line: line.name),
        ColumnSpec("type", tr(N_("Field type")), lambda line: tr(TYPES[line.type]), width=130,
                   tooltip=lambda line: current().listed(line.choices)),
        ColumnSpec("held", tr(N_("Filled in")), lambda line: current().number(line.held) if line.held else "—",
                   align="end", kind="dim", width=110, tooltip=lambda _: tr(N_("How many have something in it"))),
    ]


def _fields() -> list[FieldSpec]:
    return [
        forms.text("name", tr(N_("Name")), required=True),
        forms.choice("type", tr(N_("Field type")), [(key, tr(title)) for key, title in TYPES.items()], required=True),
        FieldSpec("choices", tr(N_("Choices")), lambda: TagsField(placeholder=tr(N_("Add a choice"))),
                  hint=tr(N_("One after the other, Enter after each. A record keeps a choice that you take away."))),
    ]


def _values(line: OwnFieldRow | None) -> Values:
    values: dict[str, Any] = {"name": "", "type": "text", "choices": ()}
    return values if line is None else {"name": line.name, "type": line.type, "choices": line.choices}
