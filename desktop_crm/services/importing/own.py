"""Columns that become fields of the business's own: those that it has, and new ones that take a column's heading."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from desktop_crm.domain import custom_fields as rules
from desktop_crm.domain.business import Business
from desktop_crm.domain.custom_fields import CustomField
from desktop_crm.domain.errors import N_, InvalidInput
from desktop_crm.domain.fields import FieldType
from desktop_crm.domain.importing import ColumnMapping, ImportField, Mapping, fields, numbers
from desktop_crm.domain.importing.fields import BESIDE
from desktop_crm.domain.values import fold, squash, to_minor
from desktop_crm.i18n import Language, language
from desktop_crm.readers import RawTable, Value
from desktop_crm.services.importing import values
from desktop_crm.services.importing.cells import NOTHING, text_of
from desktop_crm.services.importing.draft import Draft, Wrong
from desktop_crm.storage import custom_fields, records
from desktop_crm.storage.unit_of_work import Connection

NEW = "own:new"
"""Where a column goes that fits nothing: a new text field of the column's name."""

_OWN = "Own: {}"
_SIGN = re.compile(r"\s*\([^()]*\)\s*$")  # a currency behind an amount's heading
_TYPES = {"date": FieldType.DATE, "money": FieldType.MONEY, "number": FieldType.QUANTITY, "yes_no": FieldType.YES_NO}


def offered(connection: Connection, kind: str) -> tuple[ImportField, ...]:
    """The own fields that a column can become in an import as `kind`, those of the other records in its rows too."""
    if kind not in rules.KINDS:
        return ()
    nouns = ("", *(noun for noun in BESIDE.get(kind, ()) if noun in rules.KINDS))
    found = [ImportField(f"{noun}.{rules.key(item)}" if noun else rules.key(item), item.name,
                         _TYPES.get(item.type, FieldType.TEXT), noun=noun)
             for noun in nouns for item in custom_fields.listed(connection, noun or kind)]
    return (*found, ImportField(NEW, N_("A new own field"), many=True))


def named(own: Sequence[ImportField], name: str) -> ImportField | None:
    """The own field that a user means by its key or its name."""
    wanted = name.strip()
    return next((item for item in own if wanted.casefold() == item.key), None) or next(
        (item for item in own if item.key != NEW and fold(item.title) == fold(wanted) and not item.noun), None)


def titles(kind: str, words: Language) -> set[str]:
    """The titles of the common fields of a kind, in English and in a language, squashed."""
    return {squash(said.say(item.title)) for item in fields(kind) for said in (language("en"), words)}


def heading(name: str, kind: str, words: Language) -> str:
    """How an own field is headed in a file that goes out; one that is named as a common field is said to be own."""
    return _OWN.format(name) if squash(name) in titles(kind, words) else name


def by_name(names: Sequence[str], own: Sequence[ImportField], kind: str, words: Language) -> dict[int, str]:
    """The columns that are headed as own fields are named; a name that is a common field's title is that field."""
    common = titles(kind, words)
    mine = [item for item in own if item.key != NEW and not item.noun]
    known = {_same(_OWN.format(item.title)): item.key for item in mine} | {
        _same(item.title): item.key for item in mine if squash(item.title) not in common}
    money = {_same(item.title): item.key for item in mine if item.type is FieldType.MONEY}
    found: dict[int, str] = {}
    for index, name in enumerate(names):
        bare = _same(_SIGN.sub("", name)) if _SIGN.search(name) else ""
        key = known.get(_same(name)) or (money.get(bare) if bare and bare not in common else None)
        if key is not None and key not in found.values():
            found[index] = key
    return found


def _same(name: str) -> str:
    """What names that mean the same have in common: their letters and digits; signs alone stand for themselves."""
    return squash(name) or name.strip()


@dataclass(slots=True)
class Own:
    """What the rows say of own fields: their values by field id, a list as long as the rows; `new` are to be made."""

    fields: dict[int, CustomField] = field(default_factory=dict)
    values: dict[int, list[Any]] = field(default_factory=dict)
    new: list[CustomField] = field(default_factory=list)
    empties: dict[int, set[int]] = field(default_factory=dict)
    kept: frozenset[int] = frozenset()

    @property
    def shown(self) -> tuple[ImportField, ...]:
        """What a preview shows of them: each field that is there, and what goes into new ones together."""
        made = {item.id for item in self.new}
        there = (ImportField(rules.key(item), item.name) for key, item in self.fields.items() if key not in made)
        return *there, ImportField(NEW, N_("A new own field"))

    def first(self, row: int) -> str | None:
        """The column `custom` of a new record."""
        return rules.stored({key: column[row] for key, column in self.values.items()})

    def merged(self, row: int, before: str | None) -> str | None:
        """The column `custom` of a record that a row matches: what the row says, over what it had."""
        said = {key: column[row] for key, column in self.values.items() if key not in self.kept and (
            column[row] is not None or row in self.empties.get(key, ()))}
        return rules.stored({**rules.read(before), **said}) if said else before


def read(connection: Connection, made: Draft, table: RawTable, mapping: Mapping, business: Business) -> Own:
    """Read the cells of all columns that become own fields; what cannot be read is noted in the draft."""
    columns = [column for column in mapping.columns if column.field.startswith("own:")]
    found = Own()
    if not columns:
        return found
    known = {item.id: item for item in custom_fields.listed(connection, mapping.kind)}
    for column in columns:
        item = known[int(column.field.removeprefix("own:"))] if column.field != NEW else _new(
            connection, column, mapping.kind, [*known.values(), *found.new], found)
        cells = [row[column.index] for row in table.rows]
        read_cells = _cells(made, cells, item, column, business)
        found.fields[item.id], found.values[item.id] = item, read_cells
        if mapping.empties:
            found.empties[item.id] = {row for row, cell in enumerate(cells) if not text_of(cell)}
        made.values[column.field] = read_cells if column.field not in made.values else [
            " · ".join(filter(None, both)) or None for both in zip(made.values[NEW], read_cells, strict=True)]
    found.kept = frozenset(int(key.removeprefix("own:")) for key in mapping.kept
                           if key.startswith("own:") and key != NEW)
    return found


def _new(connection: Connection, column: ColumnMapping, kind: str, there: Sequence[CustomField],
         found: Own) -> CustomField:
    """The field that a column makes; one that has its name already takes the column."""
    name = " ".join(column.column.split())[:60].strip() or f"{column.index + 1}"
    same = next((item for item in there if fold(item.name) == fold(name)), None)
    if same is not None and same.id not in found.values:
        return same
    taken = {fold(item.name) for item in there}
    unique = next(text for number in range(1, 1000)
                  if fold(text := name if number == 1 else f"{name[:55]} {number}") not in taken)
    made = CustomField(records.next_id(connection, "custom_fields") + len(found.new), kind, unique)
    found.new.append(made)
    return made


def _cells(made: Draft, cells: Sequence[Value], item: CustomField, column: ColumnMapping,
           business: Business) -> list[Any]:
    parse = _parser(item, column, business)
    found: list[Any] = []
    for row, cell in enumerate(cells):
        try:
            found.append(None if not text_of(cell) else parse(cell))
        except Wrong as wrong:
            made.wrong(row, column.field, wrong, column.column)
            found.append(None)
    return found


def _parser(item: CustomField, column: ColumnMapping, business: Business) -> Callable[[Value], Any]:
    if item.type == "date":
        return lambda cell: (values.moment(cell, column.order, business) or (None,))[0]
    if item.type in ("number", "money"):
        return lambda cell: _number(cell, column.decimal or ".", item, business)
    if item.type == "yes_no":
        return _yes_no
    return lambda cell: _fitting(item, text_of(cell).replace("\0", ""))


def _number(cell: Value, sign: str, item: CustomField, business: Business) -> Any:
    text = text_of(cell)
    if text.casefold() in NOTHING:
        return None
    plain = isinstance(cell, int | float) and not isinstance(cell, bool)
    found = (Decimal(repr(cell)), "") if plain else numbers.number(text, sign)
    if found is None or not found[0].is_finite():
        raise Wrong(N_("“{value}” is not a number; {fate}."), value=text)
    if item.type == "number":
        return _fitting(item, found[0])
    if found[1] and found[1] != business.currency:
        raise Wrong(N_("“{value}” is in another currency; {fate}."), value=text)
    try:
        return _fitting(item, to_minor(found[0], business.currency))
    except InvalidInput:
        raise Wrong(N_("“{value}” does not fit; {fate}."), value=text) from None


def _yes_no(cell: Value) -> bool | None:
    said = values.yes_no(cell)
    return None if said is None else bool(said)


def _fitting(item: CustomField, value: object) -> Any:
    try:
        return rules.value_checked(item, value)
    except InvalidInput:
        told = N_("“{value}” is none of the known words; {fate}.") if item.type == "choice" else N_(
            "“{value}” does not fit; {fate}.")
        raise Wrong(told, value=str(value)[:100]) from None


def make(connection: Connection, found: Own) -> None:
    """Make the new fields, which have their ids already."""
    for item in found.new:
        custom_fields.add(connection, item.kind, item.name, item.type, ())
