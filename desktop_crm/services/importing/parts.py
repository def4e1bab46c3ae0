"""One sheet, several kinds: the company, the contact person, the deal and the task of a row, each made once.

Rows that say the same company (or person, or deal) are one record of it: what the first of them leaves open, the
later ones say; what they say otherwise is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from desktop_crm.domain.errors import N_
from desktop_crm.domain.importing import MORE, ColumnMapping, Mapping, Problem, fields, parted
from desktop_crm.domain.importing.fields import BESIDE, NAME_PARTS
from desktop_crm.domain.importing.shapes import key as heading_key
from desktop_crm.domain.values import squash
from desktop_crm.readers import RawTable, Value
from desktop_crm.services.importing import cards
from desktop_crm.services.importing.cells import text_of
from desktop_crm.services.importing.draft import NOT_TAKEN
from desktop_crm.services.importing.labels import label_column
from desktop_crm.services.importing.picking import picked

ORDER = ("customers", "contacts", "deals", "tasks")
"""The order in which the records of a row are made: each links to those before it."""
_NAMES = ("name", *NAME_PARTS)
_STANDING = frozenset({"state", "lead_state", "heat", "seller", "source", "industry", "kind", "registration",
                       "tax_number", "credit_limit"})
"""What makes a person without a company a customer."""
_LISTING = "hubspot-"
"""The programs whose cells list all that a record is associated with: "Siti Ali (s@maju.my);Wei Tan (wei@tan.my)"."""
_BEHIND = re.compile(r"\s*\([^()\s]+@[^()\s]+\)\s*$")
_HAVE_NOTES = frozenset({"customers", "contacts", "deals", "tasks"})


@dataclass(slots=True)
class Part:
    """The rows of one kind: a table of their own, how it is mapped, and for each row of the sheet the part's row.

    `first` has the sheet's first row of each of the part's rows.
    """

    kind: str
    table: RawTable
    mapping: Mapping
    row_of: list[int | None]
    first: list[int]
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class _Column:
    """A column of a part on its way: what it becomes, its cells, and where it stood in the sheet."""

    mapped: ColumnMapping
    cells: Sequence[Value]


def parts(table: RawTable, mapping: Mapping) -> list[Part]:
    """The parts of a sheet in the order of their making; just the one of its own kind where rows hold no other."""
    if mapping.cards == cards.APART:
        return _apart(table, mapping)
    if _alone(mapping):
        rows = list(range(len(table.rows)))
        return [Part(mapping.kind, table, mapping, list(rows), rows)]
    columns = _columns(table, mapping)
    nouns = [noun for noun in BESIDE.get(mapping.kind, ()) if noun in columns]
    if not nouns and len({column.mapped.index for column in columns[""]}) == len(columns[""]):
        return [_whole(table, mapping, columns[""])]
    keys = _keys(columns, mapping.kind, len(table.rows), bool(mapping.shape))
    nouns = [noun for noun in BESIDE[mapping.kind] if noun in columns]
    for noun in nouns:
        _unclaimed(columns, noun, keys[noun], mapping.kind)
    found = {noun: _collapsed(table, mapping, noun, columns[noun], keys[noun]) for noun in nouns}
    own = keys[""] if mapping.kind in ("customers", "contacts") else [(row,) for row in range(len(table.rows))]
    found[mapping.kind] = _collapsed(table, mapping, mapping.kind, columns[""], own)
    return [found[kind] for kind in ORDER if kind in found]


def _apart(table: RawTable, mapping: Mapping) -> list[Part]:
    """The cards of a file as two parts: customers, and contacts of companies."""
    found: list[Part] = []
    for rows, own in cards.apart(table, mapping):
        for part in parts(picked(table, rows), own):
            row_of: list[int | None] = [None] * len(table.rows)
            for row, place in zip(rows, part.row_of, strict=True):
                row_of[row] = place
            found.append(replace(part, row_of=row_of, first=[rows[row] for row in part.first]))
    return found


def _alone(mapping: Mapping) -> bool:
    """Whether the rows are just what they are imported as, and their cells what they say (the usual case, quickly)."""
    plain = not mapping.meanings and not mapping.shape.startswith(_LISTING)
    return plain and all(parted(key) == ("", key) and key != MORE for key in mapping.mapped)


def _whole(table: RawTable, mapping: Mapping, columns: Sequence[_Column]) -> Part:
    rows = list(range(len(table.rows)))
    changed = {column.mapped.index: column.cells for column in columns
               if column.mapped != mapping.columns[column.mapped.index] or mapping.meanings}
    if changed:
        table = replace(table, rows=tuple(tuple(changed[index][number] if index in changed else cell
                                                for index, cell in enumerate(row))
                                          for number, row in enumerate(table.rows)))
    mapping = mapping.changed([column.mapped for column in columns])
    return Part(mapping.kind, table, mapping, list(rows), rows)


# --- the columns of each part ---------------------------------------------------------------------------------------

def _columns(table: RawTable, mapping: Mapping) -> dict[str, list[_Column]]:
    """The mapped columns by noun ("" for the row's own kind), their cells as they are meant."""
    found: dict[str, list[_Column]] = {"": []}
    for column in mapping.columns:
        if column.field:
            noun, bare = parted(column.field)
            cells = _meant([row[column.index] for row in table.rows], column, mapping)
            if mapping.shape.startswith(_LISTING) and heading_key(column.column).startswith("associated"):
                cells = _first_of_several(cells, column, found[""])
            if bare == MORE and (noun or mapping.kind) in _HAVE_NOTES:
                cells = [text and f"{column.column}: {text}" for text in map(text_of, cells)]
                bare = "notes"
            found.setdefault(noun, []).append(_Column(replace(column, field=bare), cells))
    _named_by_link(found, mapping.kind)
    return found


def _first_of_several(cells: list[Value], column: ColumnMapping, own: list[_Column]) -> list[Value]:
    """The first name of a cell that lists several, without the e-mail behind it; the whole list stays in the notes."""
    names: list[Value] = [_BEHIND.sub("", text_of(cell).split(";")[0]) or None for cell in cells]
    lists: list[Value] = [(text_of(cell) != (name or "") and f"{column.column}: {text_of(cell)}") or None
                          for cell, name in zip(cells, names, strict=True)]
    if any(lists):
        own.append(_Column(replace(column, field="notes"), lists))
    return names


def _meant(cells: list[Value], column: ColumnMapping, mapping: Mapping) -> list[Value]:
    """The cells with the words that were said to mean something else replaced by it."""
    said = {squash(word) or word: meaning for key, word, meaning in mapping.meanings if key == column.field}
    if not said:
        return cells
    return [said.get(squash(text) or text, cell) if (text := text_of(cell)) else cell for cell in cells]


def _named_by_link(found: dict[str, list[_Column]], kind: str) -> None:
    """Where a row holds more than its own record, its company has its name from the column that links to it."""
    linking = [column for column in found[""] if column.mapped.field == "customer" and kind in ("contacts", "deals")]
    if linking and len(found) > 1:
        found["customers"] = [_Column(replace(column.mapped, field="name"), column.cells)
                              for column in linking] + found.get("customers", [])
        found[""] = [column for column in found[""] if column.mapped.field != "customer"]


def _texts(columns: Iterable[_Column], wanted: Sequence[str], rows: int) -> list[str]:
    """The text of the first of these fields that a row says, names joined; "" where it says none."""
    chosen = [column for key in wanted for column in columns if column.mapped.field == key]
    if not chosen:
        return [""] * rows
    return [" ".join(text for column in chosen if (text := text_of(column.cells[row]))) for row in range(rows)]


Key = tuple[object, ...]


def _keys(columns: dict[str, list[_Column]], kind: str, rows: int, known: bool) -> dict[str, list[Key | None]]:
    """What tells the records of each part apart, row by row; None where a row has no such record."""
    named = {noun: _texts(own, _NAMES, rows) for noun, own in columns.items()}
    ids = {noun: _texts(own, ("external_id",), rows) for noun, own in columns.items()}
    _private(columns, named, kind, rows, known)
    company = "customers" if "customers" in columns else "" if kind == "customers" else None
    if company == "customers":
        ids.setdefault("customers", [""] * rows)
    firms: list[str] = [""] * rows if company is None else [
        one or other for one, other in zip(ids[company], named[company], strict=True)]
    keys: dict[str, list[Key | None]] = {}
    for noun, own in columns.items():
        more = firms if (noun or kind) != "customers" else [""] * rows
        reach = _texts(own, ("emails", "phones"), rows) if (noun or kind) == "contacts" and not noun else [""] * rows
        days = _texts(own, ("due",), rows)
        keys[noun] = [
            ("id", ids[noun][row]) if ids[noun][row] and (noun != "customers" or named[noun][row]) else
            ("name", named[noun][row], more[row], reach[row], days[row]) if named[noun][row] else
            (("row", row) if not noun or (_says(own, row) and noun == "deals") else None) for row in range(rows)]
    return keys


def _says(columns: Iterable[_Column], row: int, fields: frozenset[str] | None = None) -> bool:
    return any(text_of(column.cells[row]) for column in columns if fields is None or column.mapped.field in fields)


def _private(columns: dict[str, list[_Column]], named: dict[str, list[str]], kind: str, rows: int,
             known: bool) -> None:
    """Where a row has a deal, or says where its customer stands, but names none, the customer is the row's person.

    An account of which a row of a `known` export says the id alone is the one with this id, named after it until a
    file says its name.
    """
    customers, people = ("", "contacts") if kind == "customers" else (
        "customers", "" if kind == "contacts" else "contacts")
    if people not in columns:
        return
    own, there = columns.get(customers, []), named.get(customers, [""] * rows)
    deals = columns.get("deals", [])

    def wanted(row: int) -> bool:
        return not customers or kind == "deals" or _says(deals, row) or _says(own, row, _STANDING)

    ids = _texts(own, ("external_id",), rows) if customers and known else [""] * rows
    persons = _whole_names(columns[people], rows)
    instead = [(ids[row] or (persons[row] if wanted(row) else "")) if not there[row] else "" for row in range(rows)]
    if any(instead):
        heading = columns[people][0].mapped.column
        columns[customers] = _named(own, instead, [bool(name) and not ids[row] for row, name in enumerate(instead)],
                                    heading)
        named[customers] = [one or name for one, name in zip(instead, there, strict=True)]


def _whole_names(columns: Iterable[_Column], rows: int) -> list[str]:
    """The whole name that a row says, its parts joined where it says none."""
    own = list(columns)
    return [whole or joined for whole, joined in zip(_texts(own, ("name",), rows), _texts(own, NAME_PARTS, rows),
                                                     strict=True)]


def _named(own: Sequence[_Column], instead: Sequence[str], persons: Sequence[bool], heading: str) -> list[_Column]:
    """A customer's columns with the names of persons, or the id of an account, where there was no name; and which of
    them are persons."""
    found = list(own)
    at = next((place for place, column in enumerate(own) if column.mapped.field == "name"), None)
    cells = own[at].cells if at is not None else [None] * len(instead)
    mapped = own[at].mapped if at is not None else ColumnMapping(0, heading, "name")
    name = _Column(mapped, [one or cell for one, cell in zip(instead, cells, strict=True)])
    if at is None:
        found.insert(0, name)
    else:
        found[at] = name
    if not any(column.mapped.field == "kind" for column in own):
        found.append(_Column(ColumnMapping(0, heading, "kind"), ["person" if one else None for one in persons]))
    return found


def _unclaimed(columns: dict[str, list[_Column]], noun: str, keys: Sequence[Key | None], kind: str) -> None:
    """What a row says of a company or person that it does not name stays in the notes of the row's own record."""
    for column in columns[noun]:
        cells: list[Value] = [None if key is not None or not (text := text_of(column.cells[row])) else
                              f"{column.mapped.column}: {text}" for row, key in enumerate(keys)]
        if any(cells) and kind in _HAVE_NOTES:
            columns[""].append(_Column(replace(column.mapped, field="notes"), cells))


# --- rows of one record → one row -----------------------------------------------------------------------------------

def _collapsed(table: RawTable, mapping: Mapping, kind: str, columns: Sequence[_Column],
               keys: Sequence[Key | None]) -> Part:
    """The part's table: one row a key, in the sheet's order."""
    place: dict[Key, int] = {}
    row_of: list[int | None] = []
    first: list[int] = []
    for row, key in enumerate(keys):
        if key is not None and key not in place:
            place[key] = len(first)
            first.append(row)
        row_of.append(None if key is None else place[key])
    made = Part(kind, table, mapping, row_of, first)
    many = {item.key for item in fields(kind) if item.many}
    cells = [_merged(made, column, column.mapped.field in many) for column in columns]
    beside = _labels(table, mapping, columns)
    cells += [[table.rows[row][index] for row in first] for index in beside]
    new = [replace(column.mapped, index=index) for index, column in enumerate(columns)]
    new += [ColumnMapping(len(columns) + index, table.columns[at]) for index, at in enumerate(beside)]
    made.table = replace(table, columns=tuple(column.column for column in new), rows=tuple(zip(*cells, strict=True)),
                         lines=tuple(table.lines[row] for row in first))
    own = kind == mapping.kind
    kept = [parted(key) for key in mapping.kept]
    made.mapping = replace(mapping, kind=kind, columns=tuple(new), match=mapping.match if own else "", meanings=(),
                           kept=frozenset(key for noun, key in kept if noun == ("" if own else kind)))
    return made


def _labels(table: RawTable, mapping: Mapping, columns: Sequence[_Column]) -> list[int]:
    """The sheet's unmapped columns that say what an e-mail or a phone beside them is ("Phone 1 - Label")."""
    if any(len(column.cells) != len(table.rows) for column in columns):
        return []
    wanted = (label_column(table.columns, column.mapped.column) for column in columns
              if column.mapped.field in ("emails", "phones"))
    return [index for index in dict.fromkeys(wanted) if index is not None and not mapping.columns[index].field]


def _merged(made: Part, column: _Column, many: bool) -> list[Value]:
    """One cell a record: of a field that may hold several all that its rows say, else what the first of them says."""
    if len(made.first) == len(column.cells):
        return list(column.cells)
    found: list[Value] = [None] * len(made.first)
    join: Callable[[Value, Value], Value] = _both
    for row, place in enumerate(made.row_of):
        cell = column.cells[row]
        if place is None or not text_of(cell):
            continue
        if found[place] is None:
            found[place] = cell
        elif many:
            found[place] = join(found[place], cell)
        elif squash(text_of(found[place])) != squash(text_of(cell)) and column.mapped.field not in _NAMES:
            made.problems.append(Problem(
                made.table.lines[row], column.mapped.column,
                N_("“{value}” stands here, “{first}” in an earlier row of the same record; {fate}."),
                {"value": text_of(cell), "first": text_of(found[place]), "fate": NOT_TAKEN}))
    return found


def _both(one: Value, other: Value) -> Value:
    first, second = text_of(one), text_of(other)
    return first if second in first.split("\n") else f"{first}\n{second}"
